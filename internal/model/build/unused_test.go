package build

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
)

// TestUnused holds that what the config decides for what is not there is said.
func TestUnused(t *testing.T) {
	const description = `
paths: {/stores: {get: {operationId: listStores, security: [{token: []}], responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Store'}}}}}}}}
components:
  schemas: {Store: {properties: {id: {type: string}}}}
  securitySchemes: {token: {type: http, scheme: bearer}}
`
	for _, tt := range []struct {
		name string
		cfg  config.Config
		want []string
	}{
		{"nothing", config.Config{}, nil},
		{"an operation by its ID", config.Config{Operations: []config.Operation{{Key: "listStores"}}}, nil},
		{"an operation by its path", config.Config{Operations: []config.Operation{{Key: "GET /stores"}}}, nil},
		{"no operation", config.Config{Operations: []config.Operation{{Key: "listStore"}}}, []string{`config-unused: the description has no operation "listStore"; did you mean "listStores"?`}},
		{"no method", config.Config{Operations: []config.Operation{{Key: "PUT /stores"}}}, []string{`config-unused: the description has no operation "PUT /stores"; did you mean "GET /stores"?`}},
		{"a schema", config.Config{Schemas: []config.Schema{{Component: "Store", Name: "Shop"}}}, nil},
		{"no schema", config.Config{Schemas: []config.Schema{{Component: "Stroe", Name: "Shop"}}}, []string{`config-unused: the description has no schema "Stroe"; did you mean "Store"?`}},
		{"nothing like it", config.Config{Schemas: []config.Schema{{Component: "Completely", Name: "Other"}}}, []string{`config-unused: the description has no schema "Completely"`}},
		{"a scheme", config.Config{Credentials: []config.Credential{{Scheme: "token", Env: "T"}}}, nil},
		{"no scheme", config.Config{Credentials: []config.Credential{{Scheme: "tokens", Env: "T"}}}, []string{`config-unused: the description has no security scheme "tokens"; did you mean "token"?`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, got := built(t, description, tt.cfg)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
