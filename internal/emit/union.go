package emit

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// rawField is the field of a union for what fits none of its variants.
const rawField = snippet.RawField

// union writes a struct with a field for each variant, of which one is set, and
// the codec that sets it.
func (e *emitter) union(u *model.Union, about []prose.Block) jen.Code {
	about = append(about, prose.Block{Text: "Exactly one field is set. " + rawField + " holds a value that fits none of the others."})
	var fields []jen.Code
	for _, v := range u.Variants {
		field := &model.Field{Name: v.Name, Type: v.Type, Presence: v.Presence}
		fields = append(fields, jen.Id(v.Name.Go).Add(e.presence(field)))
	}
	fields = append(fields, jen.Id(rawField).Qual(e.jsontext, "Value"))

	s := doc(about...).Type().Id(u.Name.Go).Struct(fields...).Line().Line()
	decode, table := e.variants(u)
	encode := e.ofUnion("Encode").Call(jen.Id("enc"), jen.Id("u"))
	if table != nil {
		s.Add(table).Line().Line()
		if fills(u) {
			encode = jen.Id(tableName(u)).Dot("Encode").Call(jen.Id("enc"), jen.Id("u"))
		}
	}
	s.Add(e.codec("u", u.Name.Go,
		"sets the field that the value fits.", decode,
		"writes the field that is set.", encode,
	))
	s.Add(e.standardCodec("u", u.Name.Go)).Line().Line()
	s.Add(doc(prose.Block{Text: "Variant returns the field that is set, for a type switch."})).
		Func().Params(jen.Id("u").Op("*").Id(u.Name.Go)).Id("Variant").Params().Any().
		Add(oneLine(jen.Return(e.ofUnion("Set").Call(jen.Id("u")))))
	for _, f := range u.Shared {
		s.Line().Line().Add(doc(prose.Block{Text: f.Name.Go + " returns " + f.Name.Spec + ", which every variant has."})).
			Func().Params(jen.Id("u").Op("*").Id(u.Name.Go)).Id(f.Name.Go).Params().Params(jen.Id("v").Add(e.presence(f))).
			Block(e.ofUnion("Shared").Call(jen.Id("u"), jen.Lit(f.Name.Go), jen.Op("&").Id("v")), jen.Return(jen.Id("v")))
	}
	return s
}

func (e *emitter) ofUnion(name string) *jen.Statement {
	return jen.Qual(e.importPath("internal/union"), name)
}

// fills reports whether the tag of a variant that is sent may have to be set: it
// has one value there, and its own type does not see to it.
func fills(u *model.Union) bool {
	if !u.Request || u.Tag == "" {
		return false
	}
	return slices.ContainsFunc(u.Variants, func(v *model.Variant) bool {
		o, ok := model.Underlying(v.Type).(*model.Object)
		if !ok || len(v.Values) != 1 {
			return false
		}
		i := slices.IndexFunc(o.Fields, func(f *model.Field) bool { return f.In == model.InJSON && f.Name.Spec == u.Tag })
		return i >= 0 && !o.Fields[i].FillsItself() || i < 0 && o.Extra != nil && o.Extra.Type == model.Any
	})
}

func tableName(u *model.Union) string { return "variantsOf" + u.Name.Go }

// variants writes the call that decodes a union and the table that it needs,
// which is nil where the kind of the JSON tells the variants apart.
func (e *emitter) variants(u *model.Union) (decode, table jen.Code) {
	byKind := u.Default == nil
	kinds := []jen.Code{jen.Id("dec"), jen.Id("u")}
	var variants []jen.Code
	for _, v := range u.Variants {
		entries := e.variant(u, v)
		byKind = byKind && len(entries) == 0
		kind := jen.Lit(0)
		if k := kindRune(v); k != 0 {
			kind = jen.LitRune(k)
			entries = append([]entry{{"Kind", kind}}, entries...)
		}
		kinds = append(kinds, kind)
		variants = append(variants, compact(entries...))
	}
	if byKind {
		return jen.Qual(e.importPath("internal/union"), "ByKind").Call(kinds...), nil
	}
	entries := []entry{{"Variants", jen.Index().Qual(e.importPath("internal/union"), "Variant").Add(multiline(variants...))}}
	if i := slices.Index(u.Variants, u.Default); i >= 0 {
		entries = append([]entry{{"Default", jen.Lit(i + 1)}}, entries...)
	}
	if u.Tag != "" {
		entries = append([]entry{{"Tag", jen.Lit(u.Tag)}}, entries...)
	}
	if fills(u) {
		entries = append([]entry{{"Fill", jen.True()}}, entries...)
	}
	name := tableName(u)
	table = jen.Var().Id(name).Op("=").Add(literal(jen.Qual(e.importPath("internal/union"), "Table"), entries...))
	return jen.Id(name).Dot("Decode").Call(jen.Id("dec"), jen.Id("u")), table
}

// variant has what tells a variant from others of its kind. Members matter only
// among several objects, or lists of objects, of which no tag tells.
func (e *emitter) variant(u *model.Union, v *model.Variant) []entry {
	var entries []entry
	add := func(key string, list []string) {
		if len(list) > 0 {
			entries = append(entries, entry{key, stringList(list)})
		}
	}
	if v.Item != model.KindAny {
		entries = append(entries, entry{"Item", jen.LitRune(jsonKind(v.Item))})
	}
	add("Values", v.Values)
	alone := !slices.ContainsFunc(u.Variants, func(w *model.Variant) bool {
		return w != v && (w.Kind == v.Kind || w.Kind == model.KindAny || v.Kind == model.KindAny)
	})
	if !v.ByMembers || alone {
		return entries
	}
	if len(v.Also) > 0 {
		var tags []jen.Code
		for _, t := range v.Also {
			tags = append(tags, compact(entry{"Member", jen.Lit(t.Member)}, entry{"Values", stringList(t.Values)}))
		}
		entries = append(entries, entry{"Also", jen.Index().Add(e.ofUnion("Tag")).Values(tags...)})
	}
	kinds := make([]string, len(v.Kinds))
	for i, s := range v.Kinds {
		kinds[i] = string(jsonKind(s.Kind)) + s.Member
	}
	add("Kinds", kinds)
	add("Required", v.Required)
	add("Known", v.Known)
	return entries
}

// kindRune is the kind of a variant as the runtime's table has it.
func kindRune(v *model.Variant) rune {
	if v.Integer {
		return 'i'
	}
	return jsonKind(v.Kind)
}

func stringList(list []string) *jen.Statement {
	texts := make([]jen.Code, len(list))
	for i, text := range list {
		texts[i] = jen.Lit(text)
	}
	return jen.Index().String().Values(texts...)
}

// jsonKind is a kind of JSON as package jsontext has it; 0 is any.
func jsonKind(k model.JSONKind) rune {
	switch k {
	case model.KindAny:
		return 0
	case model.KindObject:
		return '{'
	case model.KindArray:
		return '['
	case model.KindString:
		return '"'
	case model.KindNumber:
		return '0'
	case model.KindBool:
		return 't'
	default:
		panic(fmt.Sprintf("emit: unknown kind of JSON %d", k))
	}
}
