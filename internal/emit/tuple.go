package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// tuple writes a struct whose fields are the elements of a JSON array, and the
// codec for that.
func (e *emitter) tuple(o *model.Object, about []prose.Block) *jen.Statement {
	about = append(about, prose.Block{Text: "In JSON it is an array with one element per field."})
	var fields []jen.Code
	required := 0
	for i, f := range o.Fields {
		if snippet.MustBeThere(f) {
			required = i + 1
		}
		fields = append(fields, e.field(f, ""))
	}
	if x := o.Extra; x != nil {
		fields = append(fields, doc(prose.Text(x.Doc, "")...).Id(x.Name.Go).Index().Add(e.typ(x.Type)))
	}
	runtime := func(name string) *jen.Statement { return jen.Qual(e.importPath("internal/tuple"), name) }
	rest := jen.Lit(o.Extra != nil)
	s := doc(about...).Type().Id(o.Name.Go).Struct(fields...).Line().Line()
	return s.Add(e.codec("t", o.Name.Go,
		"reads an array.", runtime("Decode").Call(jen.Id("dec"), jen.Id("t"), rest),
		"writes an array.", runtime("Encode").Call(jen.Id("enc"), jen.Id("t"), jen.Lit(required), rest),
	))
}
