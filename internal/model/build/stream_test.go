package build

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

// streamText describes how an operation streams: what a value is, and how it is
// read.
func streamText(op *model.Operation) string {
	r := op.Result
	if r.Stream == nil {
		return "none"
	}
	var notes []string
	for _, n := range []struct {
		word string
		set  bool
	}{{"whole", r.Stream.Whole}, {"text", r.Stream.Text}, {"typed", r.Stream.Typed}} {
		if n.set {
			notes = append(notes, n.word)
		}
	}
	if len(r.Stream.Mixed) > 0 {
		notes = append(notes, fmt.Sprint("mixed ", r.Stream.Mixed))
	}
	if r.Stream.End != "" {
		notes = append(notes, "end "+r.Stream.End)
	}
	return strings.TrimSpace(typeText(r.Type) + " " + strings.Join(notes, " "))
}

// What the values of an event stream are, by its schema.
func TestEventType(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"nothing", "{}", "Event typed"},
		{"a text", "{schema: {type: string}}", "Event typed"},
		{"an object", "{schema: {type: object, properties: {a: {type: string}}}}", "WatchEvent"},
		{"a list of them", "{schema: {type: array, items: {type: object, properties: {a: {type: string}}}}}", "WatchEvent"},
		{"a number", "{schema: {type: integer}}", "Int64"},
		{"an object that has data among others", "{schema: {type: object, properties: {data: {type: string}, total: {type: integer}}}}", "WatchEvent"},
		{"one that tells of a failure", "{schema: {type: object, properties: {error: {type: string}}}}", "WatchEvent typed"},
		{"anything", "{schema: {type: object}}", "AnyObject typed"},
		{"an event of JSON", "{schema: {type: object, properties: {id: {type: string}, data: {type: object, properties: {a: {type: string}}}}}}", "WatchEvent whole"},
		{"an event of text", "{schema: {type: object, properties: {event: {type: string}, data: {type: string}}}}", "WatchEvent whole text"},
		{"one that can be an error", "{schema: {type: object, properties: {event: {type: string, enum: [a, error]}, data: {type: string}}}}", "WatchEvent whole text typed"},
		{"data alone is the value", "{itemSchema: {type: object, properties: {data: {type: string}}}}", "String text"},
		{"with JSON in it", "{itemSchema: {type: object, properties: {data: {type: string, contentSchema: {type: integer}}}}}", "Int64"},
		{"but not with something else", "{itemSchema: {type: object, properties: {data: {type: string, contentMediaType: text/csv, contentSchema: {}}}}}", "String text"},
		{"of several events", "{schema: {oneOf: [{type: object, required: [event], properties: {event: {const: a}, data: {type: integer}}}, {type: object, required: [event], properties: {event: {const: b}, data: {type: string}}}]}}",
			"WatchEvent whole mixed [b]"},
		{"of several things", "{schema: {oneOf: [{type: object, properties: {event: {const: a}, data: {type: integer}}}, {type: object, properties: {total: {type: integer}}}]}}", "WatchEvent"},
		{"an end in an example", `{schema: {type: object, properties: {a: {type: string}}}, example: "data: {}\n\ndata: {}\n\ndata: END\n\n"}`, "WatchEvent end END"},
		{"which all of them could be", `{schema: {type: object, properties: {a: {type: string}}}, example: "data: A\n\ndata: END\n\n"}`, "WatchEvent"},
		{"an end in a text", "{schema: {type: object, description: 'It ends with data: [END].', properties: {a: {type: string}}}}", "WatchEvent end [END]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, diags := built(t, "paths: {/watch: {get: {operationId: watch, responses: {'200': {description: OK, content: {text/event-stream: "+tt.content+"}}}}}}", config.Config{})
			if got := streamText(operations(api)["watch"]); got != tt.want || len(diags) > 0 {
				t.Errorf("got %q, want %q; %q", got, tt.want, diags)
			}
		})
	}
}

// What the config says of a stream wins.
func TestStreamConfig(t *testing.T) {
	const description = `
paths:
  /a: {post: {operationId: a, responses: {'200': {description: OK, content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}, text/event-stream: {schema: {type: object, properties: {data: {type: string}, id: {type: string}}}}}}}}}
  /a/b: {post: {operationId: b, x-go-name: aStreaming, responses: {'204': {description: OK}}}}`
	for _, tt := range []struct {
		name, want string
		cfg        config.Config
	}{
		{"nothing", "createStreaming: CreateEvent whole text", config.Config{}},
		{"an end for all", "createStreaming: CreateEvent whole text end X", config.Config{StreamEnd: "X"}},
		{"and its own", "watch: CreateEvent end Y", config.Config{StreamEnd: "X", Operations: []config.Operation{{Key: "a", Stream: &config.Stream{Method: "watch", End: "Y", Item: "data"}}}}},
		{"no stream", "", config.Config{Operations: []config.Operation{{Key: "a", NoStream: true}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, description, tt.cfg)
			op := operations(api)["a"].Streaming
			got := ""
			if op != nil {
				got = op.Name.Spec + ": " + streamText(op)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The second method has a name that nothing else has.
func TestStreamingName(t *testing.T) {
	const answer = "responses: {'200': {description: OK, content: {application/json: {schema: {type: string}}, text/event-stream: {}}}}"
	api, diags := built(t, `
paths:
  /things:
    post: {operationId: a, x-fern-sdk-group-name: [things], x-fern-sdk-method-name: make, `+answer+`}
    put: {operationId: b, x-fern-sdk-group-name: [things], x-fern-sdk-method-name: makeStreaming, `+answer+`}
`, config.Config{})
	ops := operations(api)
	if got := ops["a"].Streaming.Call + " " + ops["b"].Streaming.Call; got != "Things.MakeStream Things.MakeStreamingStreaming" || len(diags) > 0 {
		t.Errorf("got %s, %q", got, diags)
	}
}

// So is a parameter of the query.
func TestStreamQuery(t *testing.T) {
	for _, tt := range []struct{ name, param, answer, plain, streaming string }{
		{"optional", "schema: {type: boolean}", "application/json: {schema: {type: string}}, text/event-stream: {}", "none", "true"},
		{"required", "required: true, schema: {type: boolean}", "application/json: {schema: {type: string}}, text/event-stream: {}", "false", "true"},
		{"true by default", "schema: {type: boolean, default: true}", "application/json: {schema: {type: string}}, text/event-stream: {}", "false", "true"},
		{"a stream and nothing else", "schema: {type: boolean}", "text/event-stream: {}", "true", "none"},
		{"no stream", "schema: {type: boolean}", "application/json: {schema: {type: string}}", "none", "none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, "paths: {/things: {get: {operationId: a, parameters: [{name: stream, in: query, "+tt.param+"}], responses: {'200': {description: OK, content: {"+tt.answer+"}}}}}}", config.Config{})
			said := func(op *model.Operation) string {
				if op == nil || op.Query == nil {
					return "none"
				}
				return fmt.Sprint(op.Query.Value)
			}
			op := operations(api)["a"]
			if hasParams := op.Params != nil; said(op) != tt.plain || said(op.Streaming) != tt.streaming || hasParams != (tt.name == "no stream") {
				t.Errorf("says %s and %s, has params: %v", said(op), said(op.Streaming), hasParams)
			}
		})
	}
}

// A stream may be the answer of another status than the value.
func TestStreamOfAnotherStatus(t *testing.T) {
	api, _ := built(t, "paths: {/things: {get: {operationId: a, responses: {'200': {description: OK, content: {application/json: {schema: {type: string}}}}, '206': {description: Part, content: {application/jsonl: {schema: {type: integer}}}}}}}}", config.Config{})
	op := operations(api)["a"]
	if op.Result.Kind != model.ValueResult || op.Streaming == nil || streamText(op.Streaming) != "Int64" {
		t.Errorf("%+v", op)
	}
}

// The member that asks for a stream is the method's business, in whatever body.
func TestStreamFlag(t *testing.T) {
	for _, tt := range []struct{ name, body, fields, plain, streaming string }{
		{"optional", "application/json: {schema: {type: object, properties: {a: {type: string}, stream: {type: boolean}}}}", "a optional String", "", "true"},
		{"required", "application/json: {schema: {type: object, required: [stream], properties: {a: {type: string}, stream: {type: boolean}}}}", "a optional String", "false", "true"},
		{"true where it is left out", "application/json: {schema: {type: object, properties: {a: {type: string}, stream: {type: boolean, default: true}}}}", "a optional String", "false", "true"},
		{"nullable", "application/json: {schema: {type: object, properties: {a: {type: string}, stream: {anyOf: [{type: boolean}, {type: 'null'}]}}}}", "a optional String", "", "true"},
		{"no boolean", "application/json: {schema: {type: object, properties: {a: {type: string}, stream: {type: string}}}}", "a optional String; stream optional String", "", ""},
		{"multipart", "multipart/form-data: {schema: {type: object, properties: {a: {type: string}, stream: {type: boolean}}}}", "a optional String", "", "true"},
		{"a list has none", "application/json: {schema: {type: array, items: {type: string}}}", "body omitzero []String", "", ""},
		{"one of several", "application/json: {schema: {oneOf: [{type: object, required: [a], properties: {a: {type: string}, stream: {type: boolean}}}, {type: string}]}}", "body omitzero CreateParamsBody", "", "true"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, "paths: {/things: {post: {operationId: a, requestBody: {content: {"+tt.body+"}}, responses: {'200': {description: OK, content: {application/json: {schema: {type: string}}, text/event-stream: {}}}}}}}", config.Config{})
			op := operations(api)["a"]
			said := func(op *model.Operation) string {
				if f := op.Body.Flag; f != nil {
					return fmt.Sprint(f.Value)
				}
				return ""
			}
			if got := fieldsText(op.Params.Fields); got != tt.fields || said(op) != tt.plain || said(op.Streaming) != tt.streaming {
				t.Errorf("got %q, says %q and %q", got, said(op), said(op.Streaming))
			}
		})
	}
}
