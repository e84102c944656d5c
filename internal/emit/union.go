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
	if table != nil {
		s.Add(table).Line().Line()
	}
	return s.Add(e.codec("u", u.Name.Go,
		"sets the field that the value fits.", decode,
		"writes the field that is set, or null.", jen.Qual(e.importPath("internal/union"), "Encode").Call(jen.Id("enc"), jen.Id("u")),
	))
}

// variants writes the call that decodes a union and the table that it needs,
// which is nil where the kind of the JSON tells the variants apart.
func (e *emitter) variants(u *model.Union) (decode, table jen.Code) {
	objects := 0
	for _, v := range u.Variants {
		if v.Kind == model.KindObject || v.Kind == model.KindAny {
			objects++
		}
	}
	byKind := u.Default == nil
	kinds := []jen.Code{jen.Id("dec"), jen.Id("u")}
	var variants []jen.Code
	for _, v := range u.Variants {
		entries := variant(v, objects > 1)
		byKind = byKind && len(entries) == 0
		kind := jen.Lit(0)
		if k := jsonKind(v.Kind); k != 0 {
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
	name := "variantsOf" + u.Name.Go
	table = jen.Var().Id(name).Op("=").Add(literal(jen.Qual(e.importPath("internal/union"), "Table"), entries...))
	return jen.Id(name).Dot("Decode").Call(jen.Id("dec"), jen.Id("u")), table
}

// variant has what tells a variant from others of its kind. Members matter only
// among several objects of which no tag tells.
func variant(v *model.Variant, members bool) []entry {
	var entries []entry
	add := func(key string, list []string) {
		if len(list) > 0 {
			entries = append(entries, entry{key, stringList(list)})
		}
	}
	add("Values", v.Values)
	if members && len(v.Values) == 0 {
		add("Required", v.Required)
		add("Known", v.Known)
	}
	return entries
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
