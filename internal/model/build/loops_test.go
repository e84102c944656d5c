package build

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

func TestBreakLoops(t *testing.T) {
	const node, other = "{$ref: '#/components/schemas/Node'}", "{$ref: '#/components/schemas/Other'}"
	for _, tt := range []struct {
		name        string
		node, other string
		want        map[string]string
	}{
		{"optional itself", "{properties: {next: " + node + "}}", "", map[string]string{"nodes.Node": "next pointer Node"}},
		{"required itself", "{required: [next], properties: {next: " + node + "}}", "", map[string]string{"nodes.Node": "next nullpointer Node"}},
		{
			"nullable itself", "{properties: {next: {oneOf: [" + node + ", {type: 'null'}]}}}", "",
			map[string]string{"nodes.Node": "next pointer Node"},
		},
		{"in a list", "{required: [kids], properties: {kids: {type: array, items: " + node + "}}}", "", map[string]string{"nodes.Node": "kids plain []Node"}},
		{"in a map", "{required: [kids], properties: {kids: {type: object, additionalProperties: " + node + "}}}", "", map[string]string{"nodes.Node": "kids plain map Node"}},
		{
			"mutual and required", "{required: [o], properties: {o: " + other + "}}", "{required: [n], properties: {n: " + node + "}}",
			map[string]string{"nodes.Node": "o nullpointer Other", "nodes.Other": "n nullpointer Node"},
		},
		{
			"mutual, and one is optional", "{required: [o], properties: {o: " + other + "}}", "{properties: {n: " + node + "}}",
			map[string]string{"nodes.Node": "o plain Other", "nodes.Other": "n pointer Node"},
		},
		{
			"beside a loop", "{required: [o, next], properties: {o: " + other + ", next: " + node + "}}", "{properties: {id: {type: string}}}",
			map[string]string{"nodes.Node": "o plain Other; next nullpointer Node", "nodes.Other": "id optional String"},
		},
		{
			"leads to a loop", "{required: [o], properties: {o: " + other + "}}", "{required: [next], properties: {next: " + other + "}}",
			map[string]string{"nodes.Node": "o plain Other", "nodes.Other": "next nullpointer Other"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, `
paths: {/nodes: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}}}}}
components:
  schemas:
    Node: `+tt.node+`
    Other: `+tt.other+`
`, config.Config{})
			got := map[string]string{}
			for name, d := range declarations(api) {
				if o, ok := d.(*model.Object); ok {
					got[name] = fieldsText(o.Fields)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestMarkRequests holds that what only the server sets is left out of what is
// sent, and stays in what is only received.
func TestMarkRequests(t *testing.T) {
	const description = `
paths:
  /things:
    get: {operationId: list, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Got'}}}}}}
    post:
      operationId: create
      requestBody: {required: true, content: {application/json: {schema: {required: [part, parts], properties: {part: {$ref: '#/components/schemas/Sent'}, parts: {type: array, items: {$ref: '#/components/schemas/Both'}}}}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}}}
components:
  schemas:
    Got: {required: [id, name], properties: {id: {type: string, readOnly: true}, name: {type: string}}}
    Sent: {required: [id, name], properties: {id: {type: string, readOnly: true}, name: {type: string}}}
    Both: {required: [id], properties: {id: {type: string, readOnly: true}, at: {type: string, readOnly: true}, in: {$ref: '#/components/schemas/Deep'}}}
    Deep: {required: [id, tags], properties: {id: {type: integer, readOnly: true}, tags: {type: array, items: {type: string}, readOnly: true}}}
`
	api, _ := built(t, description, config.Config{})
	decls := declarations(api)
	for _, tt := range []struct {
		name string
		sent bool
		want string
	}{
		{"Got", false, "id plain String; name plain String"},
		{"Sent", true, "id omitzero String; name plain String"},
		{"Both", true, "id omitzero String; at optional String; in pointer Deep"},
		{"Deep", true, "id omitzero Int64; tags omitzero []String"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := decls["things."+tt.name].(*model.Object)
			if got := fieldsText(o.Fields); got != tt.want || o.Request != tt.sent {
				t.Errorf("got %q, sent %v, want %q, sent %v", got, o.Request, tt.want, tt.sent)
			}
		})
	}
	if p := operations(api)["create"].Params; !p.Request {
		t.Error("the params are not sent")
	}
}
