package sample_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/sample"
)

// Each schema is #/components/schemas/A of a document; the others are for it to
// refer to.
const others = `
	"Name": {"type": "string", "maxLength": 3},
	"Node": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "next": {"$ref": "#/components/schemas/Node"}, "all": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}},
	"Endless": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Endless"}}},
	"Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
	"Dog": {"type": "object", "required": ["kind", "name"], "properties": {"kind": {"type": "string"}, "name": {"type": "string"}}},
	"Circle": {"type": "object", "required": ["shape"], "properties": {"shape": {"type": "string", "enum": ["round"]}}},
	"Square": {"type": "object", "required": ["shape"], "properties": {"shape": {"type": "string", "enum": ["angular"]}}},
	"Animal": {"type": "object", "required": ["species"], "properties": {"species": {"type": "string"}, "age": {"type": "integer"}}, "discriminator": {"propertyName": "species", "mapping": {"bird": "#/components/schemas/Bird"}}},
	"Payment": {"type": "object", "properties": {"by": {"type": "string", "pattern": "cash|card"}}, "discriminator": {"propertyName": "by", "mapping": {"money": "#/components/schemas/Cat", "card": "#/components/schemas/Dog"}}},
	"Bird": {"allOf": [{"$ref": "#/components/schemas/Animal"}, {"type": "object", "required": ["wings"], "properties": {"wings": {"type": "integer"}}}]}`

func TestValue(t *testing.T) {
	const none = "none"
	for _, tt := range []struct {
		name, schema  string
		minimal, full string // none if there is no value; the same if full is empty
	}{
		{"string", `{"type":"string"}`, `"text"`, ""},
		{"string that is long", `{"type":"string","minLength":6}`, `"textxx"`, ""},
		{"string that is short", `{"type":"string","maxLength":2}`, `"te"`, ""},
		{"format", `{"type":"string","format":"date-time"}`, `"2024-02-29T13:37:59.5Z"`, ""},
		{"format that nobody knows", `{"type":"string","format":"colour"}`, `"text"`, ""},
		{"pattern", `{"type":"string","pattern":"^[A-Z]{3}-\\d+(x|y)?$"}`, `"AAA-0"`, ""},
		{"pattern with a length", `{"type":"string","pattern":"^[a-z]*$","minLength":5}`, `"aaaaa"`, ""},
		{"pattern of JavaScript", `{"type":"string","pattern":"^(?!x)[a-z]+$"}`, `"text"`, ""},
		{"enum", `{"type":"string","enum":["a","b"]}`, `"a"`, ""},
		{"enum with null", `{"type":"string","nullable":true,"enum":[null,"b"]}`, `"b"`, ""},
		{"only null", `{"nullable":true,"enum":[null]}`, `null`, ""},
		{"const", `{"const":7}`, `7`, ""},
		{"integer", `{"type":"integer"}`, `1`, ""},
		{"integer with bounds", `{"type":"integer","minimum":10,"exclusiveMinimum":true}`, `11`, ""},
		{"integer below zero", `{"type":"integer","maximum":-3}`, `-3`, ""},
		{"integer that a float cannot hold", `{"type":"integer","format":"int64"}`, `1`, `9007199254740993`},
		{"multiple", `{"type":"integer","multipleOf":7,"minimum":10}`, `14`, ""},
		{"number", `{"type":"number"}`, `1.5`, ""},
		{"number between", `{"type":"number","minimum":0.1,"maximum":0.2}`, `0.15000000000000002`, ""},
		{"boolean", `{"type":"boolean"}`, `true`, ""},
		{"null", `{"type":"null"}`, `null`, ""},
		{"several types", `{"type":["null","integer"]}`, `1`, ""},
		{"anything", `{}`, `{}`, ""},
		{"without a type", `{"properties":{"a":{"type":"string"}}}`, `{}`, `{"a":"a"}`},
		{"true", `true`, `{}`, ""},
		{"false", `false`, none, ""},

		{"object", `{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}`, `{"a":"a"}`, `{"a":"a","b":1}`},
		{"required and not described", `{"type":"object","required":["a"]}`, `{"a":"a"}`, ""},
		{"map", `{"type":"object","additionalProperties":{"type":"integer"}}`, `{}`, `{"key":1}`},
		{"map beside members", `{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}`, `{}`, `{"a":"a","key":1}`},
		{"at least", `{"type":"object","minProperties":2}`, `{"key":"text","other":"text"}`, ""},
		{"at most", `{"type":"object","maxProperties":1,"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}`, `{}`, `{"a":1}`},
		{"names by pattern", `{"type":"object","patternProperties":{"^x-":{"type":"integer"}}}`, `{}`, `{"x-":1}`},
		{"read-only", `{"type":"object","required":["a","b"],"properties":{"a":{"type":"integer","readOnly":true},"b":{"type":"integer","writeOnly":true}}}`, `{"b":1}`, ""},

		{"list", `{"type":"array","items":{"type":"integer"}}`, `[]`, `[1,1]`},
		{"list of something", `{"type":"array","minItems":3,"items":{"type":"boolean"}}`, `[true,true,true]`, ""},
		{"list of lists", `{"type":"array","minItems":2,"items":{"type":"array","items":{"type":"boolean"}}}`, `[[true],[true]]`, ""},
		{"set", `{"type":"array","uniqueItems":true,"minItems":2,"items":{"type":"integer"}}`, `[1,2]`, ""},
		{"set of an enum", `{"type":"array","uniqueItems":true,"minItems":2,"items":{"type":"string","enum":["a","b"]}}`, `["a","b"]`, ""},
		{"set by pattern", `{"type":"array","uniqueItems":true,"minItems":2,"items":{"type":"string","pattern":"^(0|[1-9][0-9]*)$"}}`, `["0","10"]`, ""},
		{"set that cannot be", `{"type":"array","uniqueItems":true,"minItems":2,"items":{"type":"string","enum":["a"]}}`, none, ""},
		{"short list", `{"type":"array","maxItems":1,"items":{"type":"string"}}`, `[]`, `["text"]`},
		{"tuple", `{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}]}`, `["text",1]`, ""},

		{"allOf", `{"allOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"required":["a","b"],"properties":{"b":{"type":"integer"}}}]}`, `{"a":"a","b":1}`, ""},
		{"allOf that narrows", `{"allOf":[{"$ref":"#/components/schemas/Name"},{"type":"string","enum":["abcd","abc"]}]}`, `"abcd"`, ""},
		{"allOf of number and integer", `{"allOf":[{"type":"number","minimum":3},{"type":"integer","maximum":5}]}`, `3`, ""},
		{"allOf that excludes itself", `{"allOf":[{"type":"string"},{"type":"integer"}]}`, none, ""},
		{"allOf with a choice", `{"allOf":[{"oneOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}},{"type":"string"}]},{"type":"object","required":["b"]}]}`, `{"a":1,"b":"b"}`, ""},
		{"oneOf", `{"oneOf":[{"type":"null"},{"type":"integer"},{"type":"string"}]}`, `1`, ""},
		{"oneOf that overlap", `{"oneOf":[{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false},{"type":"object","properties":{"b":{"type":"integer"}},"additionalProperties":false}]}`, `{"a":1}`, ""},
		{"anyOf", `{"anyOf":[{"type":"object","required":["a"]},{"type":"string"}]}`, `{"a":"a"}`, ""},
		{"oneOf of which all that there can be is of both", `{"oneOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}},{"type":"object","required":["b"],"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}]}`, `{"a":1}`, `{"b":1}`},
		{"list of a union", `{"type":"array","items":{"oneOf":[{"type":"integer"},{"type":"string"},{"type":"boolean"}]}}`, `[]`, `[1,"text",true]`},
		{"discriminator", `{"oneOf":[{"$ref":"#/components/schemas/Dog"},{"$ref":"#/components/schemas/Cat"}],"discriminator":{"propertyName":"kind"}}`, `{"kind":"Cat"}`, ""}, // a dog would be a cat as well, to kin
		{"discriminator with a mapping", `{"oneOf":[{"$ref":"#/components/schemas/Dog"},{"$ref":"#/components/schemas/Cat"}],"discriminator":{"propertyName":"kind","mapping":{"woof":"#/components/schemas/Dog","meow":"#/components/schemas/Cat"}}}`, `{"kind":"woof","name":"name"}`, ""},
		{"discriminator with the values in the variants", `{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],"discriminator":{"propertyName":"shape"}}`, `{"shape":"round"}`, ""},
		{"base with a discriminator", `{"$ref":"#/components/schemas/Animal"}`, `{"species":"bird","wings":1}`, `{"age":1,"species":"bird","wings":1}`},
		{"base that its name does not suit", `{"allOf":[{"$ref":"#/components/schemas/Payment"},{"description":"d"}]}`, `{"by":"card"}`, ""},
		{"one of constants, of which there is a list", `{"type":"integer","enum":[3],"allOf":[{"oneOf":[{"const":1},{"const":3}]}]}`, `3`, ""},
		{"one of constants, of which none is left", `{"type":"integer","enum":[2],"allOf":[{"oneOf":[{"const":1},{"const":3}]}]}`, `1`, ""},
		{"what extends it", `{"$ref":"#/components/schemas/Bird"}`, `{"species":"bird","wings":1}`, `{"age":1,"species":"bird","wings":1}`},

		{"within itself", `{"$ref":"#/components/schemas/Node"}`, `{"id":1}`, `{"all":[{"id":1}],"id":1,"next":{"id":1}}`},
		{"within itself for ever", `{"$ref":"#/components/schemas/Endless"}`, none, ""},
		{"what has no end is left out", `{"type":"object","properties":{"a":{"$ref":"#/components/schemas/Endless"},"b":{"type":"array","items":{"$ref":"#/components/schemas/Endless"}}}}`, `{}`, `{"b":[]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			loader := openapi3.NewLoader()
			doc, err := loader.LoadFromData(fmt.Appendf(nil, `{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":{"A":%s,%s}}}`, tt.schema, others))
			if err != nil {
				t.Fatal(err)
			}
			if tt.full == "" {
				tt.full = tt.minimal
			}
			for amount, want := range map[sample.Amount]string{sample.Minimal: tt.minimal, sample.Full: tt.full} {
				m := sample.Maker{Amount: amount, Direction: sample.Request, Schemas: doc.Components.Schemas}
				v, ok := m.Value(doc.Components.Schemas["A"])
				got := none
				if ok {
					text, err := json.Marshal(v)
					if err != nil {
						t.Fatal(err)
					}
					got = string(text)
				}
				if got != want {
					t.Errorf("with %d the value is\n\t%s\nnot\n\t%s", amount, got, want)
				}
			}
		})
	}
}

func TestValueGoesItsWay(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":{
		"A":{"type":"object","required":["a","b"],"properties":{"a":{"type":"integer","readOnly":true},"b":{"type":"integer","writeOnly":true},"c":{"allOf":[{"type":"string","readOnly":true}]}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for direction, want := range map[sample.Direction]string{sample.Request: `{"b":1}`, sample.Response: `{"a":1,"c":"c"}`} {
		m := sample.Maker{Amount: sample.Full, Direction: direction}
		v, _ := m.Value(doc.Components.Schemas["A"])
		if got, err := json.Marshal(v); err != nil || string(got) != want {
			t.Errorf("with %d the value is %s, not %s, %v", direction, got, want, err)
		}
	}
}

// Of parts that exclude each other the later one counts, where that is asked
// for.
func TestLoose(t *testing.T) {
	for schema, want := range map[string]string{
		`{"allOf":[{"type":"object","properties":{"result":{"type":"string"}}},{"type":"object","required":["result"],"properties":{"result":{"type":"array","items":{"type":"integer"}}}}]}`: `{"result":[]}`,
		`{"allOf":[{"type":"string","enum":["a"]},{"type":"string","enum":["b"]}]}`:                                                                                                           `"b"`,
	} {
		doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":{"A":` + schema + `}}}`))
		if err != nil {
			t.Fatal(err)
		}
		m := sample.Maker{}
		if v, ok := m.Value(doc.Components.Schemas["A"]); ok {
			t.Errorf("%s: got %v", schema, v)
		}
		m.Loose = true
		v, ok := m.Value(doc.Components.Schemas["A"])
		got, err := json.Marshal(v)
		if err != nil || !ok || string(got) != want {
			t.Errorf("%s: got %s, %v, want %s", schema, got, err, want)
		}
	}
}

// A schema that is made of itself allows nothing that could be said, and asking
// comes to an end.
func TestAllowsEnds(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":{
		"A":{"oneOf":[{"$ref":"#/components/schemas/B"},{"type":"string"}]},
		"B":{"anyOf":[{"$ref":"#/components/schemas/A"}]},
		"List":{"type":"array","items":{"$ref":"#/components/schemas/A"}},
		"Tree":{"type":"object","properties":{"value":{"oneOf":[{"type":"string"},{"type":"integer"}]},"next":{"$ref":"#/components/schemas/Tree"}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		schema string
		v      any
		want   bool
	}{
		{"A", "text", false},
		{"List", []any{"text"}, false},
		{"List", []any{}, true},
		{"Tree", map[string]any{"value": "a", "next": map[string]any{"value": 1.0}}, true},
		{"Tree", map[string]any{"value": true}, false},
	} {
		if got := sample.Allows(doc.Components.Schemas[tt.schema], tt.v); got != tt.want {
			t.Errorf("%s: %v: got %v", tt.schema, tt.v, got)
		}
	}
	m := sample.Maker{}
	m.Value(doc.Components.Schemas["A"]) // ends
	if err := sample.Endless(doc); err == nil {
		t.Error("nothing is endless")
	}
}

func TestFormats(t *testing.T) {
	formats := sample.Formats()
	for _, tt := range []struct {
		format, value string
		ok            bool
	}{
		{"ipv4", "192.0.2.1", true}, {"ipv4", "192.0.2.1/8", false}, {"ipv4", "::1", false}, {"ipv4", "192.0.2.256", false},
		{"ipv6", "2001:db8::1", true}, {"ipv6", "192.0.2.1", false}, {"ipv6", "::g", false},
		{"date", "2024-02-29", true}, {"date", "2023-02-29", false},
		{"uri", "https://a", true}, {"uri", "a", false},
	} {
		if err := formats[tt.format](tt.value); (err == nil) != tt.ok {
			t.Errorf("%s as %s: %v", tt.value, tt.format, err)
		}
	}
}
