package operation

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
)

// A text is a text and what a function makes of it.
type text struct{ name, text, want string }

func checkTexts(t *testing.T, tests []text, f func(string) string) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := f(tt.text); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestServerURL(t *testing.T) {
	checkTexts(t, []text{
		{"plain", "{url: 'https://a.test/v1'}", "https://a.test/v1"},
		{"slashes at the end", "{url: 'https://a.test/v1//'}", "https://a.test/v1"},
		{"only a slash", "{url: /}", ""},
		{"space", "{url: ' https://a.test/ '}", "https://a.test"},
		{"no scheme", "{url: '//a.test/v1'}", "https://a.test/v1"},
		{"relative", "{url: /v1}", "/v1"},
		{"default of a variable", "{url: 'https://{r}.a.test/{r}', variables: {r: {default: eu, enum: [us, eu]}}}", "https://eu.a.test/eu"},
		{"first value of a variable", "{url: 'https://{r}.a.test', variables: {r: {enum: [us, eu]}}}", "https://us.a.test"},
		{"a number for a default", "{url: 'https://a.test:{port}', variables: {port: {default: 8443}}}", "https://a.test:8443"},
		{"a variable that is not declared", "{url: 'https://{r}.a.test'}", "https://{r}.a.test"},
		{"a variable that is the whole", "{url: '{base}', variables: {base: {default: 'http://localhost/'}}}", "http://localhost"},
		{"none", "{}", ""},
	}, func(text string) string { return ServerURL(node(t, text), true) })
}

func TestEnvName(t *testing.T) {
	checkTexts(t, []text{
		{"snake", "base_url", "ACME_BASE_URL"},
		{"camel", "apiToken", "ACME_API_TOKEN"},
		{"kebab", "X-Auth-Key", "ACME_X_AUTH_KEY"},
		{"an initialism", "accountID", "ACME_ACCOUNT_ID"},
		{"spaces", "the token", "ACME_THE_TOKEN"},
		{"other letters", "日本", "ACME"},
	}, func(text string) string { return envName("acme", text) })
}

func TestMediaTypes(t *testing.T) {
	const stream, json, form, multipart, plain = "stream", "JSON", "form", "multipart", "text"
	const lines, sequence = "lines", "sequence"
	kinds := map[model.BodyKind]string{model.StreamBody: stream, model.JSONBody: json, model.FormBody: form, model.MultipartBody: multipart, model.TextBody: plain, model.LinesBody: lines, model.SequenceBody: sequence}
	checkTexts(t, []text{
		{"JSON", "application/json", json},
		{"JSON with a parameter", "application/json; charset=utf-8", json},
		{"JSON in capitals", " Application/JSON ", json},
		{"old JSON", "text/json", json},
		{"a format made of JSON", "application/vnd.acme.v1+json; q=1", json},
		{"problem", "application/problem+json", json},
		{"anything", "*/*", json},
		{"any application", "application/*", json},
		{"JSON in lines is no JSON", "application/x-ndjson", lines},
		{"lines of JSON by another name", "application/stream+json", lines},
		{"a sequence of JSON", "application/json-seq", sequence},
		{"a format made of one", "application/geo+json-seq", sequence},
		{"form", "application/x-www-form-urlencoded", form},
		{"multipart form", "multipart/form-data; boundary=x", multipart},
		{"parts that are no form", "multipart/mixed", "multipart"},
		{"parts in place of each other", "multipart/alternative", stream},
		{"plain", "text/plain; charset=utf-8", plain},
		{"HTML", "Text/HTML", plain},
		{"CSV", "text/csv", plain},
		{"events", "text/event-stream", stream},
		{"XML", "application/xml", plain},
		{"a format made of XML", "image/svg+xml", plain},
		{"YAML", "application/yaml", plain},
		{"script", "application/javascript", plain},
		{"GraphQL", "application/graphql", plain},
		{"bytes", "application/octet-stream", stream},
		{"image", "image/png", stream},
		{"none", "", stream},
	}, func(text string) string { return kinds[bodyKind(text)] })
}

func TestSuccessOf(t *testing.T) {
	const json, csv = "content: {application/json: {}}", "content: {text/csv: {}}"
	checkTexts(t, []text{
		{"the only one", "{'200': {" + json + "}}", "200 application/json"},
		{"the lowest", "{'202': {" + csv + "}, '201': {" + json + "}}", "201 application/json"},
		{"content over none", "{'200': {}, '202': {" + json + "}}", "202 application/json"},
		{"none has content", "{'204': {}, '202': {}}", "202 "},
		{"exact over a range", "{2XX: {" + csv + "}, '202': {" + json + "}}", "202 application/json"},
		{"a range over default", "{default: {" + json + "}, 2XX: {" + csv + "}}", "2XX text/csv"},
		{"no content over default", "{default: {" + json + "}, '204': {}}", "204 "},
		{"default alone", "{default: {" + json + "}}", "default application/json"},
		{"default and errors", "{'404': {" + csv + "}, default: {" + json + "}}", "default application/json"},
		{"errors alone", "{'404': {" + json + "}, 5XX: {" + json + "}}", "none"},
		{"redirects alone", "{'302': {" + json + "}}", "none"},
		{"nothing", "{}", "none"},
		{"JSON of two media types", "{'200': {content: {text/csv: {}, application/json: {}}}}", "200 application/json"},
		{"the first of two others", "{'200': {content: {text/csv: {}, image/png: {}}}}", "200 text/csv"},
		{"a reference", "{'200': {$ref: '#/components/responses/R'}}", "200 text/csv"},
	}, func(responses string) string {
		rd := newReader(t, "paths: {/a: {get: {responses: "+responses+"}}}\ncomponents: {responses: {R: {description: r, "+csv+"}}}\n", &config.Config{})
		rd.readOperations()
		r := rd.all[0].Success
		if r == nil {
			return "none"
		}
		return r.Status + " " + r.Media
	})
}

func TestEnvelopeOf(t *testing.T) {
	named := &config.Envelope{Result: "body", Success: "fine"}
	for _, tt := range []struct {
		name   string
		schema string
		cfg    config.Config
		want   string
	}{
		{"success and result", "{properties: {success: {type: boolean}, result: {type: object}}}", config.Config{}, "result of success"},
		{"ok and data", "{properties: {ok: {type: boolean}, data: {}}}", config.Config{}, "data of ok"},
		{"a payload", "{properties: {success: {type: boolean}, payload: {}}}", config.Config{}, "payload of success"},
		{"result before data", "{properties: {data: {}, success: {type: boolean}, result: {}}}", config.Config{}, "result of success"},
		{"in the members of an allOf", "{allOf: [{properties: {success: {type: boolean}}}, {properties: {result: {}}}]}", config.Config{}, "result of success"},
		{"a flag with one value", "{properties: {success: {type: boolean, enum: [true]}, result: {}}}", config.Config{}, "result of success"},
		{"success is a text", "{properties: {success: {type: string}, result: {}}}", config.Config{}, "none"},
		{"success without result", "{properties: {success: {type: boolean}, id: {}}}", config.Config{}, "none"},
		{"result without success", "{properties: {result: {}}}", config.Config{}, "none"},
		{"data and meta", "{properties: {data: {}, meta: {}}}", config.Config{}, "none"},
		{"a list", "{type: array, items: {}}", config.Config{}, "none"},
		{"nothing", "{}", config.Config{}, "none"},
		{"not wanted", "{properties: {success: {type: boolean}, result: {}}}", config.Config{NoEnvelope: true}, "none"},
		{"as the config says", "{properties: {fine: {type: boolean}, body: {}}}", config.Config{Envelope: named}, "body of fine"},
		{"as the config says, without a flag", "{properties: {body: {}}}", config.Config{Envelope: &config.Envelope{Result: "body"}}, "body of "},
		{"not as the config says", "{properties: {success: {type: boolean}, result: {}}}", config.Config{Envelope: named}, "none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rd := newReader(t, "paths: {}\n", &tt.cfg)
			if got := envelopeText(rd, rd.envelopeOf(rd.facts.View(node(t, tt.schema)))); got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.schema, got, tt.want)
			}
		})
	}
}

func envelopeText(rd *reader, p *schema.Prop) string {
	if p == nil {
		return "none"
	}
	return p.Name + " of " + rd.api.Success
}
