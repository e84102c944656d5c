package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// format writes how a stream is read.
func (e *emitter) format(s *model.Stream) *jen.Statement {
	var entries []entry
	switch s.Framing {
	case model.EventStream: // is the zero
	case model.JSONLines:
		entries = append(entries, entry{"Framing", e.streaming("Lines")})
	case model.JSONSequence:
		entries = append(entries, entry{"Framing", e.streaming("Sequence")})
	default:
		panic(fmt.Sprintf("emit: unknown framing %d", s.Framing))
	}
	if s.End != "" {
		entries = append(entries, entry{"End", jen.Lit(s.End)})
	}
	for _, f := range []struct {
		key string
		set bool
	}{{"Whole", s.Whole}, {"Text", s.Text}, {"Typed", s.Typed}} {
		if f.set {
			entries = append(entries, entry{f.key, jen.True()})
		}
	}
	if len(s.Mixed) > 0 {
		names := make([]jen.Code, len(s.Mixed))
		for i, name := range s.Mixed {
			names[i] = jen.Lit(name)
		}
		entries = append(entries, entry{"Mixed", jen.Index().String().Values(names...)})
	}
	return e.streaming("Format").Add(compact(entries...))
}

const itemsText = "The loop sends the request when it begins, and yields each value as the API sends it."

// aboutStreaming is the doc comment of a method that asks for a stream where
// another one of its service does not.
func aboutStreaming(service string, op, plain *model.Operation) []prose.Block {
	return append([]prose.Block{
		{Text: op.Name.Go + " is [" + service + "." + plain.Name.Go + "] with its result as a stream of values."},
		{Text: itemsText},
		{Kind: prose.Code, Text: op.Method + " " + prose.Line(op.Path)},
	}, prose.Deprecation(op.Deprecated)...)
}
