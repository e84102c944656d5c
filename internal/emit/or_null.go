package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// orNull writes a struct that holds a value which may be null, and its codec.
func (e *emitter) orNull(d *model.OrNull) jen.Code {
	what := "[" + named(d.Elem).Name.Go + "]"
	switch d.Elem.(type) {
	case *model.List:
		what = "a list of " + what
	case *model.Map:
		what = "a map of " + what
	}
	s := doc(prose.Block{Text: d.Name.Go + " is " + what + " or null. Its zero value is omitted."}).
		Type().Id(d.Name.Go).Struct(
		jen.Id("Value").Add(e.typ(d.Elem)),
		jen.Id("Null").Bool(),
	).Line().Line()
	runtime := func(name string) *jen.Statement { return jen.Qual(e.importPath("internal/union"), name) }
	value, null := jen.Op("&").Id("v").Dot("Value"), jen.Id("v").Dot("Null")
	s.Add(e.codec("v", d.Name.Go,
		"reads a value or null.", runtime("DecodeOrNull").Call(jen.Id("dec"), value, jen.Op("&").Add(null)),
		"writes the value or null.", runtime("EncodeOrNull").Call(jen.Id("enc"), value, null),
	))
	return s.Add(e.standardCodec("v", d.Name.Go))
}
