package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
)

// littleWords say something only of what they are part of.
var littleWords = []string{
	"attribute", "attributes", "body", "content", "data", "element", "entry", "item", "items", "object", "params", "payload",
	"properties", "response", "result", "results", "value", "values",
}

// saysLittle reports whether a name needs that of what it is part of, as does one
// word for some values, such as type or status.
func saysLittle(name string, enum bool) bool {
	list := ident.Words(name)
	return len(list) < 2 && (enum || len(list) == 0 || slices.Contains(littleWords, strings.ToLower(list[0])))
}

// whole is what something is part of: the resource whose method takes it, or what
// that is called where it stands.
func (b *builder) whole(o origin) string {
	in := b.origins[o.parent]
	if in.op != nil && in.op.Params == o.parent && len(in.op.Resource.Path) > 0 {
		return ident.Singular(in.op.Resource.Path[len(in.op.Resource.Path)-1])
	}
	return in.text
}

// repeatedName is what a type that stands for several schemas is called in all of
// them: where they stand, or at the end of that, or by their title; "" if it is
// nothing.
func (b *builder) repeatedName(d model.Decl) string {
	r := b.repeatOf(d)
	if r == nil {
		return ""
	}
	common := ident.Words(r.texts[0])
	for _, text := range r.texts[1:] {
		common = commonEnd(common, ident.Words(text))
	}
	_, enum := d.(*model.Enum)
	little := len(common) == 0 || saysLittle(strings.Join(common, " "), enum)
	if title := r.titles[0]; little && len(r.titles) == 1 && title != "" && !saysLittle(title, enum) && len(title) <= longestName {
		common = ident.Words(title)
	}
	if len(common) == 0 {
		return choiceName(d)
	}
	return strings.Join(common, " ")
}

// choiceName is the name of a union after its variants, if they are a few components
// and scalars: "string or file"; else "".
func choiceName(d model.Decl) string {
	u, ok := d.(*model.Union)
	if !ok || len(u.Variants) > schema.FewVariants {
		return ""
	}
	list := make([]string, len(u.Variants))
	for i, v := range u.Variants {
		list[i] = v.Name.Spec
		if d, ok := v.Type.(model.Decl); ok && !d.Declaration().Component || !ok && !isScalar(v.Type) {
			return ""
		}
	}
	return strings.Join(list, " or ")
}

// repeatedNames are the names that a type may have for what it is in all schemas
// that it stands for: that alone if it says enough, with what all are part of, or
// with the one text that it can be.
func (b *builder) repeatedNames(d model.Decl) []string {
	name := b.repeatedName(d)
	enum, isEnum := d.(*model.Enum)
	if name == "" {
		return nil
	}
	if isEnum && enum.Base == model.String && len(enum.Values) == 1 && len(enum.Values[0].Value) <= longestName {
		return []string{ident.Exported(enum.Values[0].Value + " " + name)}
	}
	little := saysLittle(name, isEnum)
	var list []string
	if !little {
		list = append(list, ident.Exported(name))
	}
	if wholes := b.repeatOf(d).wholes; len(wholes) == 1 && !strings.EqualFold(ident.Exported(wholes[0]), ident.Exported(name)) {
		list = append(list, ident.Exported(wholes[0]+" "+name))
	}
	if choice := choiceName(d); choice != "" {
		list = append(list, ident.Exported(choice))
	}
	if !little {
		list = append(list, ident.Exported(name)+kindWord(d))
	}
	return list
}

// commonEnd is the words that two names end with.
func commonEnd(a, b []string) []string {
	n := 0
	for n < len(a) && n < len(b) && strings.EqualFold(a[len(a)-1-n], b[len(b)-1-n]) {
		n++
	}
	return a[len(a)-n:]
}
