package build

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

// TestOrNull holds that what has a name and may be null as well as left out, or a
// list or map of it, has one type for it, beside its own and whatever the fields are called, and
// that its name gives way to those of the description.
func TestOrNull(t *testing.T) {
	const description = `
paths: {/homes: {put: {requestBody: {required: true, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Home'}}}}}, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Home'}}}}}}}}
components:
  schemas:
    Home:
      required: [kind, must]
      properties:
        address: {oneOf: [{$ref: '#/components/schemas/Address'}, {type: 'null'}]}
        other: {oneOf: [{$ref: '#/components/schemas/Address'}, {type: 'null'}]}
        must: {oneOf: [{$ref: '#/components/schemas/Address'}, {type: 'null'}]}
        kind: {oneOf: [{$ref: '#/components/schemas/Kind'}, {type: 'null'}]}
        color: {type: [string, 'null'], enum: [red, blue, null]}
        tags: {type: [array, 'null'], items: {type: string}}
        past: {type: [array, 'null'], items: {$ref: '#/components/schemas/Address'}}
        rooms: {type: [object, 'null'], additionalProperties: {$ref: '#/components/schemas/Kind'}}
        size: {type: [integer, 'null']}
    Address: {properties: {street: {type: string}}}
    Kind: {type: string, enum: [flat, house]}
`
	for _, tt := range []struct {
		name, more, home string
		want             []string
	}{
		{
			"in what refers to them", "",
			"address omitzero AddressOrNull; other omitzero AddressOrNull; must nullpointer Address; kind plain KindOrNull; color omitzero HomeColorOrNull; tags threestate []String; past omitzero AddressListOrNull; rooms omitzero KindMapOrNull; size optional Int64",
			[]string{"homes.Address", "homes.AddressListOrNull", "homes.AddressOrNull", "homes.Home", "homes.HomeColor", "homes.HomeColorOrNull", "homes.Kind", "homes.KindMapOrNull", "homes.KindOrNull"},
		},
		{
			"beside a component of that name",
			"    AddressOrNull: {properties: {a: {$ref: '#/components/schemas/Address'}}}\n",
			"address omitzero AddressOrNullValue; other omitzero AddressOrNullValue; must nullpointer Address; kind plain KindOrNull; color omitzero HomeColorOrNull; tags threestate []String; past omitzero AddressListOrNull; rooms omitzero KindMapOrNull; size optional Int64; more pointer AddressOrNull",
			[]string{"homes.Address", "homes.AddressListOrNull", "homes.AddressOrNull", "homes.AddressOrNullValue", "homes.Home", "homes.HomeColor", "homes.HomeColorOrNull", "homes.Kind", "homes.KindMapOrNull", "homes.KindOrNull"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := description
			if tt.more != "" {
				const last = "size: {type: [integer, 'null']}\n"
				text = strings.Replace(text, last, last+"        more: {$ref: '#/components/schemas/AddressOrNull'}\n", 1) + tt.more
			}
			api, _ := built(t, text, config.Config{})
			if diff := cmp.Diff(tt.want, placed(api)); diff != "" {
				t.Errorf("declarations (-want +got):\n%s", diff)
			}
			home := declarations(api)["homes.Home"].(*model.Object)
			if diff := cmp.Diff(tt.home, fieldsText(home.Fields)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}
