package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
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
	s := doc(block{text: d.Name.Go + " is " + what + " or null. Its zero value is neither, and is left out."}).
		Type().Id(d.Name.Go).Struct(
		jen.Id("Value").Add(e.typ(d.Elem)),
		jen.Id("Null").Bool(),
	).Line().Line()
	method := func(name, about, arg, of, call string, null jen.Code) *jen.Statement {
		return doc(block{text: name + " " + about}).
			Func().Params(jen.Id("v").Op("*").Id(d.Name.Go)).Id(name).Params(jen.Id(arg).Op("*").Qual(e.jsontext, of)).Error().
			Add(oneLine(jen.Return(jen.Qual(e.importPath("internal/union"), call).Call(jen.Id(arg), jen.Op("&").Id("v").Dot("Value"), null))))
	}
	return s.Add(method("UnmarshalJSONFrom", "reads a value or null.", "dec", "Decoder", "DecodeOrNull", jen.Op("&").Id("v").Dot("Null"))).Line().Line().
		Add(method("MarshalJSONTo", "writes the value or null.", "enc", "Encoder", "EncodeOrNull", jen.Id("v").Dot("Null")))
}
