package mockapi_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
)

// A part of an allOf that allows no other members than its own is meant to
// close the whole.
func TestClosedPart(t *testing.T) {
	server, err := mockapi.New([]byte(`{
		"openapi": "3.0.3", "info": {"title": "t", "version": "1"},
		"paths": {"/pets": {"post": {
			"requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewPet"}}}},
			"responses": {"204": {"description": "OK"}}}}},
		"components": {"schemas": {
			"NewPet": {"allOf": [
				{"$ref": "#/components/schemas/Named"},
				{"type": "object", "additionalProperties": false, "required": ["age"], "properties": {"age": {"type": "integer"}, "home": {"$ref": "#/components/schemas/Home"}}}]},
			"Named": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
			"Home": {"type": "object", "additionalProperties": false, "properties": {"city": {"type": "string"}}}}}}`), mockapi.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string][]string{
		`{"name":"Rex","age":3}`:                                       nil,
		`{"name":"Rex","age":3,"home":{"city":"Ulm"}}`:                 nil,
		`{"name":"Rex","age":3,"color":"red"}`:                         {`body: property "color" is unsupported`},
		`{"name":"Rex","age":3,"home":{"city":"Ulm","name":"a home"}}`: {`body: /home: property "name" is unsupported`},
		`{"name":"Rex"}`: {`body: /age: property "age" is missing`},
	} {
		server.Reset()
		r := httptest.NewRequest(http.MethodPost, "/pets", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		server.ServeHTTP(httptest.NewRecorder(), r)
		if got := server.Calls()[0].Problems; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
}
