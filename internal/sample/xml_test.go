package sample_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/sample"
)

func TestXML(t *testing.T) {
	for _, tt := range []struct{ name, schema, value, want string }{
		{"text", `{"type":"string"}`, `"a<b"`, `<A>a&lt;b</A>`},
		{"number", `{"type":"number"}`, `1500000`, `<A>1500000</A>`},
		{"a name of its own", `{"type":"string","xml":{"name":"Text"}}`, `"a"`, `<Text>a</Text>`},
		{"members", `{"type":"object","properties":{"b":{"type":"boolean","xml":{"name":"On"}}}}`, `{"b":true,"a":"x"}`, `<A><a>x</a><On>true</On></A>`},
		{"members of parts", `{"allOf":[{"properties":{"a":{"xml":{"name":"Z"}}}},{"xml":{"name":"Whole"}}]}`, `{"a":1}`, `<Whole><Z>1</Z></Whole>`},
		{"null", `{"properties":{"a":{}}}`, `{"a":null}`, `<A><a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></A>`},
		{"attribute", `{"properties":{"a":{"xml":{"attribute":true,"name":"Id"}},"b":{"xml":{"attribute":true}}}}`, `{"a":"\"","b":null}`, `<A Id="&#34;"></A>`},
		{"attribute by node type", `{"properties":{"a":{"xml":{"nodeType":"attribute"}}}}`, `{"a":1}`, `<A a="1"></A>`},
		{"text of the element", `{"properties":{"a":{"xml":{"nodeType":"text"}}}}`, `{"a":"x"}`, `<A>x</A>`},
		{"list", `{"properties":{"a":{"type":"array","items":{"type":"integer"}}}}`, `{"a":[1,2]}`, `<A><a>1</a><a>2</a></A>`},
		{"list whose items have a name", `{"properties":{"a":{"type":"array","items":{"xml":{"name":"b"}}}}}`, `{"a":[1]}`, `<A><b>1</b></A>`},
		{"list in an element", `{"properties":{"a":{"type":"array","xml":{"wrapped":true},"items":{"xml":{"name":"b"}}}}}`, `{"a":[1]}`, `<A><a><b>1</b></a></A>`},
		{"list in an element by node type", `{"properties":{"a":{"type":"array","xml":{"nodeType":"element"},"items":{}}}}`, `{"a":[1]}`, `<A><a><a>1</a></a></A>`},
		{"list in a list", `{"properties":{"a":{"type":"array","items":{"type":"array","items":{}}}}}`, `{"a":[[1,2]]}`, `<A><a><a>1</a><a>2</a></a></A>`},
		{"a list by itself", `{"type":"array","items":{"xml":{"name":"b"}}}`, `[1]`, `<A><b>1</b></A>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"A":` + tt.schema + `}}}`))
			if err != nil {
				t.Fatal(err)
			}
			ref := &openapi3.SchemaRef{Ref: "#/components/schemas/A", Value: doc.Components.Schemas["A"].Value}
			got := strings.TrimPrefix(string(sample.XML(decoded(t, tt.value), ref)), xml.Header)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	if got := string(sample.XML("a", nil)); got != xml.Header+"<root>a</root>" {
		t.Errorf("without a schema: %s", got)
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
