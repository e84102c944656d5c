package build

import (
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

// TestTypeNames: what wants one name is told apart by what it is, and not by a
// number or a hash.
func TestTypeNames(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string // types and fields of params, in the alphabet
	}{
		{"one parameter in the path and one in the query", `
paths:
  /ovens/{fan_mode}:
    get:
      operationId: getOven
      parameters:
        - {name: fan_mode, in: path, required: true, schema: {type: string, enum: [low, high]}}
        - {name: fanMode, in: query, schema: {type: string, enum: [auto, off]}}
      responses: {'204': {description: Done}}
  /pans: {get: {responses: {'204': {description: Done}}}}
`, "GetParams GetParams.FanMode GetParamsPathFanMode GetParamsQueryFanMode"},
		{"comparisons", `
paths:
  /ovens:
    get:
      operationId: listOvens
      parameters:
        - {name: Sold, in: query, schema: {type: string}}
        - {name: Sold<, in: query, schema: {type: string}}
        - {name: Sold>, in: query, schema: {type: string}}
      responses: {'204': {description: Done}}
`, "ListParams ListParams.Sold ListParams.SoldGreater ListParams.SoldLess"},
		{"a list of something in a response", `
paths:
  /ovens:
    get:
      operationId: listOvens
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                type: object
                properties:
                  next_steps: {type: string}
                  data: {type: array, items: {type: object, properties: {size: {type: integer}}}}
`, "ListResponse ListResponseItem"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, problems := built(t, tt.text, config.Config{})
			if len(problems) > 0 {
				t.Errorf("problems %q", problems)
			}
			var got []string
			for _, op := range operations(api) {
				if op.Params != nil {
					got = append(got, op.Params.Name.Go)
					for _, f := range op.Params.Fields {
						got = append(got, op.Params.Name.Go+"."+f.Name.Go)
					}
				}
			}
			for _, p := range api.Packages {
				for _, d := range p.Types {
					if _, ok := d.(*model.Page); !ok {
						got = append(got, d.Declaration().Name.Go)
					}
				}
			}
			slices.Sort(got)
			if all := strings.Join(slices.Compact(got), " "); all != tt.want {
				t.Errorf("got  %s\nwant %s", all, tt.want)
			}
		})
	}
}
