package build

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
)

// A body that can have nothing in it is none, if it need not be there.
func TestEmptyBody(t *testing.T) {
	for _, tt := range []struct {
		body string
		some bool
	}{
		{"content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {}, additionalProperties: false}}}", false},
		{"content: {application/json: {schema: {type: object, additionalProperties: false}}}", false},
		{"required: true, content: {application/json: {schema: {type: object, additionalProperties: false}}}", true},
		{"content: {application/json: {schema: {type: object, properties: {}}}}", true},
		{"content: {application/json: {schema: {type: object, nullable: true, additionalProperties: false}}}", true},
		{"content: {application/json: {schema: {type: object, additionalProperties: false}}, text/plain: {schema: {type: string}}}", true},
	} {
		api, _ := built(t, "paths: {/a: {get: {operationId: a, requestBody: {"+tt.body+"}, responses: {'204': {description: ''}}}}}", config.Config{})
		if op := operations(api)["a"]; (op.Body != nil) != tt.some || (op.Params != nil) != tt.some {
			t.Errorf("%s: body %v, params %v", tt.body, op.Body, op.Params)
		}
	}
}
