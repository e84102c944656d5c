package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// tuple writes a struct whose fields are the elements of a JSON array, and the
// codec for that.
func (e *emitter) tuple(o *model.Object, about []block) *jen.Statement {
	about = append(about, block{text: "In JSON it is an array of its fields."})
	var fields []jen.Code
	required := 0
	for i, f := range o.Fields {
		if mustBeThere(f) {
			required = i + 1
		}
		fields = append(fields, e.field(f, ""))
	}
	if x := o.Extra; x != nil {
		fields = append(fields, doc(text(x.Doc, "")...).Id(x.Name.Go).Index().Add(e.typ(x.Type)))
	}
	codec := func(name string) *jen.Statement { return jen.Qual(e.importPath("internal/tuple"), name) }
	rest := jen.Lit(o.Extra != nil)
	s := doc(about...).Type().Id(o.Name.Go).Struct(fields...).Line().Line()
	s.Add(doc(block{text: "UnmarshalJSONFrom reads an array."})).
		Func().Params(jen.Id("t").Op("*").Id(o.Name.Go)).Id("UnmarshalJSONFrom").
		Params(jen.Id("dec").Op("*").Qual(e.jsontext, "Decoder")).Error().Add(oneLine(
		jen.Return(codec("Decode").Call(jen.Id("dec"), jen.Id("t"), rest)),
	)).Line().Line()
	s.Add(doc(block{text: "MarshalJSONTo writes an array."})).
		Func().Params(jen.Id("t").Op("*").Id(o.Name.Go)).Id("MarshalJSONTo").
		Params(jen.Id("enc").Op("*").Qual(e.jsontext, "Encoder")).Error().Add(oneLine(
		jen.Return(codec("Encode").Call(jen.Id("enc"), jen.Id("t"), jen.Lit(required), rest)),
	))
	return s
}
