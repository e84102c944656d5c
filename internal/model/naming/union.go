package naming

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// settleVariants names the fields of a union by what tells them apart: the value of
// the tag, the words of their names that not all of them have, the kind of a value
// without a name.
func (n *namer) settleVariants(u *model.Union) {
	sc := &scope{}
	sc.reserve("Raw", "Variant", "MarshalJSONTo", "UnmarshalJSONFrom", "MarshalJSON", "UnmarshalJSON")
	words := distinctWords(u, n.plainText)
	for i, v := range u.Variants {
		if v.Name.Go = n.keep(sc, lockfile.Member, types.VariantPlace(n.types.PlaceOf(u), v), nil); v.Name.Go != "" {
			continue
		}
		name := ident.Exported(withoutPrefix(v.Name.Spec, u.Package.Name))
		var candidates []string
		for _, text := range []string{tagText(u, v), words[i], plainKind(v)} {
			if text != "" && !n.isEvents(u) {
				candidates = append(candidates, ident.Exported(text))
			}
		}
		candidates = append(candidates, name, ident.Exported(v.Name.Spec), name+kindName(v.Kind))
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: slices.Compact(candidates),
			What:       "variant " + `"` + v.Name.Spec + `"`, Pos: v.Pos,
			Set: func(name string) { v.Name.Go = name },
		})
	}
	sc.settle(n)
	n.shareMembers(u, sc)
}

// isEvents reports whether a union is that of the events that the API sends, whose
// variants have the whole names of the events: there will be more of them.
func (n *namer) isEvents(u *model.Union) bool {
	return n.api.Webhooks != nil && n.api.Webhooks.Union == u
}

var hash = regexp.MustCompile(`^[0-9a-fA-F-]{12,}$|^[^a-zA-Z]*$`)

// longTag is how long the value of a tag may be to name a variant.
const longTag = 40

// tagText is the value of the tag that means a variant, if it is a name for people.
func tagText(u *model.Union, v *model.Variant) string {
	if u.Tag == "" || v == u.Default || v.Kind != model.KindObject || len(v.Values) != 1 {
		return ""
	}
	text := v.Values[0]
	for _, w := range u.Variants {
		if w != v && slices.Contains(w.Values, text) {
			return ""
		}
	}
	if hash.MatchString(text) || len(text) > longTag || len(text) == 1 && text == strings.ToLower(text) || text == v.Name.Spec {
		return ""
	}
	return text
}

// plainKind is the kind of a variant whose schema has no name, as a word; "" if it
// has one.
func plainKind(v *model.Variant) string {
	switch v.Name.Spec {
	case "string", "enum", "integer", "number", "boolean", "value":
	default:
		return ""
	}
	switch t := model.Underlying(v.Type).(type) {
	case *model.Map:
		return "map"
	case model.Scalar:
		switch t {
		case model.Int32, model.Int64, model.Uint64:
			return "integer value"
		case model.Time:
			return "time value"
		case model.Date:
			return "date value"
		case model.Bytes:
			return "bytes value"
		}
	case *model.Enum:
		if t.Base == model.Int64 {
			return "integer value"
		}
	}
	return [...]string{"any", "object", "list", "string value", "number value", "bool value"}[v.Kind]
}

// plainText reports whether the text of a variant is the name of its schema.
func (n *namer) plainText(v *model.Variant) bool {
	return plainKind(v) == "" && v.Type != model.Empty
}

// distinctWords returns the names of the variants without the words that all begin
// or end with; "" for what has no name, or where nothing would be left of one.
func distinctWords(u *model.Union, named func(*model.Variant) bool) []string {
	all := make([][]string, len(u.Variants))
	var with []int
	for i, v := range u.Variants {
		if named(v) {
			all[i] = ident.Words(v.Name.Spec)
			with = append(with, i)
		}
	}
	out := make([]string, len(u.Variants))
	if len(with) < 2 {
		return out
	}
	same := func(at func([]string) string) bool {
		first := ""
		for n, i := range with {
			if len(all[i]) < 2 {
				return false
			}
			switch word := strings.ToLower(at(all[i])); {
			case word == "list": // it says that there are many
				return false
			case n == 0:
				first = word
			case word != first:
				return false
			}
		}
		return true
	}
	for same(func(words []string) string { return words[0] }) {
		for _, i := range with {
			all[i] = all[i][1:]
		}
	}
	for same(func(words []string) string { return words[len(words)-1] }) {
		for _, i := range with {
			all[i] = all[i][:len(all[i])-1]
		}
	}
	for _, i := range with {
		out[i] = strings.Join(all[i], " ")
	}
	return out
}

func kindName(k model.JSONKind) string {
	return [...]string{"Value", "Object", "List", "String", "Number", "Bool"}[k]
}

// shareMembers notes the members that all variants of a union have, for which it
// gets methods. What a method cannot be called, because a variant is, has none.
func (n *namer) shareMembers(u *model.Union, sc *scope) {
	var objects []*model.Object
	for _, v := range u.Variants {
		o, ok := model.Underlying(v.Type).(*model.Object)
		if !ok || o.Tuple || v.Presence != model.Pointer {
			return
		}
		objects = append(objects, o)
	}
	if len(objects) < 2 {
		return
	}
	for _, f := range objects[0].Fields {
		if f.In != model.InJSON || !model.Taggable(f.Name.Spec) || sc.owner(f.Name.Go) != nil {
			continue
		}
		if shared := sharedField(objects, f); shared != nil {
			u.Shared = append(u.Shared, shared)
		}
	}
}

// sharedField is a field as all objects have it: as it is if it is of one type and
// shape, else its value, else the text of what is text in all of them.
func sharedField(objects []*model.Object, f *model.Field) *model.Field {
	same, values, texts := true, true, true
	for _, o := range objects {
		i := slices.IndexFunc(o.Fields, func(g *model.Field) bool { return g.In == model.InJSON && g.Name == f.Name })
		if i < 0 {
			return nil
		}
		g := o.Fields[i]
		same = same && types.SameType(f.Type, g.Type) && f.Presence == g.Presence
		_, scalar := g.Type.(model.Scalar)
		single := g.Presence == model.Plain || g.Presence == model.Optional || g.Presence == model.Nullable || g.Presence == model.OmitZero
		values = values && scalar && single && types.SameType(f.Type, g.Type)
		e, isEnum := g.Type.(*model.Enum)
		texts = texts && single && (g.Type == model.String || isEnum && e.Base == model.String)
	}
	shared := &model.Field{Name: f.Name, Type: f.Type, Presence: f.Presence}
	switch {
	case same:
	case values:
		shared.Presence = model.Plain
	case texts:
		shared.Type, shared.Presence = model.String, model.Plain
	default:
		return nil
	}
	return shared
}
