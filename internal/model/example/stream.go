package example

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/operation"
	"github.com/openapi-lathe/lathe/internal/sample"
)

// streamSamples gives the method that streams the calls of the other one, with
// the answers of its own.
func (s *sampler) streamSamples(op *operation.Operation) {
	kin := s.operation(op)
	for _, plain := range op.Samples {
		amount := sample.Minimal
		if plain.Name != "required" {
			amount = sample.Full
		}
		answer, ok := s.streamAnswer(op, op.Streaming, kin, amount)
		if !ok {
			continue
		}
		made := *plain
		made.Answer = answer
		op.Streaming.Samples = append(op.Streaming.Samples, &made)
	}
}

// streamAnswer makes a stream of values, as a method of the operation reads it.
// It reports false if no value can be made.
func (s *sampler) streamAnswer(op *operation.Operation, method *model.Operation, kin *openapi3.Operation, amount sample.Amount) (model.Answer, bool) {
	c, stream := op.StreamOf(), method.Result.Stream
	if op.NamesEvent() || c.Elsewhere {
		return model.Answer{}, false // samples are made of the description, which does not say it there
	}
	a := model.Answer{Status: http.StatusOK, ContentType: cmp.Or(method.Accept, "application/json")}
	maker := s.maker(amount, sample.Response)
	schema := streamSchema(kin, c.Media)
	if method.Result.Type == model.Event {
		schema = nil
	}
	values := []any{"text", "text"}
	if schema != nil {
		v, ok := s.streamValue(maker, schema, method, op.InWhole(c))
		if !ok {
			return a, false
		}
		list, isList := v.([]any)
		if !isList || op.InWhole(c) {
			list = []any{v, v}
		}
		values = list
	}
	var b bytes.Buffer
	for _, v := range values {
		switch stream.Framing {
		case model.JSONLines:
			b.WriteString(jsonText(v) + "\n")
		case model.JSONSequence:
			b.WriteString("\x1e" + jsonText(v) + "\n")
		default:
			writeEvent(&b, v, stream.Whole)
		}
	}
	if stream.Framing == model.EventStream && stream.End != "" {
		b.WriteString("data: " + stream.End + "\n\n")
	}
	a.Body = b.Bytes()
	return a, true
}

// streamSchema is the schema of a stream; nil if it has none.
func streamSchema(kin *openapi3.Operation, media string) *openapi3.SchemaRef {
	for _, key := range kin.Responses.Keys() {
		response := kin.Responses.Value(key)
		if response == nil || response.Value == nil || !strings.HasPrefix(key, "2") && key != "default" {
			continue
		}
		if m := response.Value.Content[media]; m != nil {
			if m.ItemSchema != nil {
				return m.ItemSchema
			}
			return m.Schema
		}
	}
	return nil
}

// streamValue makes a value of a stream, with what the method yields of it and nothing
// else: a stream fails with an error beside it.
func (s *sampler) streamValue(maker *sample.Maker, schema *openapi3.SchemaRef, method *model.Operation, item bool) (any, bool) {
	member := method.Result.Unwrap
	if member == "" || schema.Value == nil {
		return s.eventValue(maker, schema, method.Result.Stream, item)
	}
	v, ok := maker.Value(schema.Value.Properties[member])
	return map[string]any{member: v}, ok
}

// eventValue makes a value of a stream. Where the text of an event's data has
// JSON in it, that is what is made of it.
func (s *sampler) eventValue(maker *sample.Maker, schema *openapi3.SchemaRef, stream *model.Stream, item bool) (any, bool) {
	inner := embeddedSchema(schema)
	switch {
	case inner == nil:
	case !stream.Whole:
		return maker.Value(inner)
	case len(schema.Value.OneOf)+len(schema.Value.AnyOf) > 0:
		return nil, false // which of them is made cannot be told
	}
	v, ok := maker.Value(schema)
	object, isObject := v.(map[string]any)
	if !isObject || !ok {
		return v, ok
	}
	if inner != nil {
		object["data"], ok = maker.Value(inner)
	} else if item && stream.Framing == model.EventStream && !stream.Whole && len(object) == 1 && object["data"] != nil {
		return object["data"], true // what has data alone is the data
	}
	return object, ok
}

// embeddedSchema is that of the JSON in the text of an event's data; nil if
// there is none.
func embeddedSchema(schema *openapi3.SchemaRef) *openapi3.SchemaRef {
	if schema == nil || schema.Value == nil {
		return nil
	}
	if data := schema.Value.Properties["data"]; data != nil && data.Value != nil && data.Value.ContentSchema != nil {
		return data.Value.ContentSchema
	}
	for _, list := range []openapi3.SchemaRefs{schema.Value.AllOf, schema.Value.OneOf, schema.Value.AnyOf} {
		for _, part := range list {
			if inner := embeddedSchema(part); inner != nil {
				return inner
			}
		}
	}
	return nil
}

// writeEvent writes an event: its fields, or its data alone.
func writeEvent(b *bytes.Buffer, v any, whole bool) {
	data := v
	if object, ok := v.(map[string]any); ok && whole {
		data = object["data"]
		for _, name := range []string{"event", "id", "retry"} {
			if field, ok := object[name]; ok {
				fmt.Fprintf(b, "%s: %s\n", name, oneLine(fmt.Sprint(field)))
			}
		}
	}
	text, ok := data.(string)
	if !ok {
		text = jsonText(data)
	}
	fmt.Fprintf(b, "data: %s\n\n", oneLine(text))
}

func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
