package naming

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// repeatedName is what a type that stands for several schemas is called in all of
// them: where they stand, or at the end of that, or by their title; "" if it is
// nothing.
func (n *namer) repeatedName(d model.Decl) string {
	r := n.types.RepeatOf(d)
	if r == nil {
		return ""
	}
	common := ident.Words(r.Texts[0])
	for _, text := range r.Texts[1:] {
		common = commonEnd(common, ident.Words(text))
	}
	_, enum := d.(*model.Enum)
	little := len(common) == 0 || types.SaysLittle(strings.Join(common, " "), enum)
	if title := r.Titles[0]; little && len(r.Titles) == 1 && title != "" && !types.SaysLittle(title, enum) && len(title) <= types.LongestName {
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
		if d, ok := v.Type.(model.Decl); ok && !d.Declaration().Component || !ok && !types.IsScalar(v.Type) {
			return ""
		}
	}
	return strings.Join(list, " or ")
}

// repeatedNames are the names that a type may have for what it is in all schemas
// that it stands for: that alone if it says enough, with what all are part of, or
// with the one text that it can be.
func (n *namer) repeatedNames(d model.Decl) []string {
	name := n.repeatedName(d)
	enum, isEnum := d.(*model.Enum)
	if name == "" {
		return nil
	}
	if isEnum && enum.Base == model.String && len(enum.Values) == 1 && len(enum.Values[0].Value) <= types.LongestName {
		return []string{ident.Exported(enum.Values[0].Value + " " + name)}
	}
	little := types.SaysLittle(name, isEnum)
	var list []string
	if !little {
		list = append(list, ident.Exported(name))
	}
	if wholes := n.types.RepeatOf(d).Wholes; len(wholes) == 1 && !strings.EqualFold(ident.Exported(wholes[0]), ident.Exported(name)) {
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
