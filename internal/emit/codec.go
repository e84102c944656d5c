package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/prose"
)

// codec writes the two methods by which a type reads and writes its own JSON,
// each a call of the runtime. self is what they call the value, dec and enc what
// they read from and write to; the texts say what they do.
func (e *emitter) codec(self, typ, reads string, decode jen.Code, writes string, encode jen.Code) *jen.Statement {
	method := func(name, about, arg, of string, call jen.Code) *jen.Statement {
		return doc(prose.Block{Text: name + " " + about}).
			Func().Params(jen.Id(self).Op("*").Id(typ)).Id(name).Params(jen.Id(arg).Op("*").Qual(e.jsontext, of)).Error().
			Add(oneLine(jen.Return(call)))
	}
	return method("UnmarshalJSONFrom", reads, "dec", "Decoder", decode).Line().Line().
		Add(method("MarshalJSONTo", writes, "enc", "Encoder", encode))
}

// standardCodec writes the two methods by which encoding/json, which does not know
// those of [emitter.codec], reads and writes the same JSON.
func (e *emitter) standardCodec(self, typ string) *jen.Statement {
	return jen.Line().Line().
		Add(doc(prose.Block{Text: "MarshalJSON writes the same JSON for encoding/json."})).
		Func().Params(jen.Id(self).Id(typ)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).
		Add(oneLine(jen.Return(e.ofUnion("Marshal").Call(jen.Op("&").Id(self))))).Line().Line().
		Add(doc(prose.Block{Text: "UnmarshalJSON reads the same JSON for encoding/json."})).
		Func().Params(jen.Id(self).Op("*").Id(typ)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().
		Add(oneLine(jen.Return(e.ofUnion("Unmarshal").Call(jen.Id("data"), jen.Id(self)))))
}
