package build

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

func TestPresenceOf(t *testing.T) {
	object, union, enum := &model.Object{}, &model.Union{}, &model.Enum{Base: model.String}
	list, defined := &model.List{Elem: model.String}, &model.Defined{Under: &model.List{Elem: model.String}}
	empty := &model.Enum{Base: model.String, Values: []*model.EnumValue{{Value: "asc"}, {Value: ""}}}
	for _, tt := range []struct {
		name               string
		typ                model.Type
		required, nullable bool
		want               model.Presence
	}{
		{"required", model.String, true, false, model.Plain},
		{"optional", model.String, false, false, model.Optional},
		{"nullable", model.String, true, true, model.Nullable},
		{"optional and nullable", model.String, false, true, model.Optional},
		{"optional enum", enum, false, false, model.OmitZero},
		{"optional enum with an empty value", empty, false, false, model.Pointer},
		{"nullable enum with an empty value", empty, true, true, model.Nullable},
		{"nullable enum", enum, true, true, model.TwoState},
		{"optional and nullable enum", enum, false, true, model.ThreeState},
		{"list", list, true, false, model.Plain},
		{"optional list", list, false, false, model.OmitZero},
		{"nullable list", list, true, true, model.TwoState},
		{"optional and nullable list", list, false, true, model.ThreeState},
		{"optional map", &model.Map{Elem: model.Int64}, false, false, model.OmitZero},
		{"optional list with a name", defined, false, false, model.OmitZero},
		{"optional and nullable list with a name", defined, false, true, model.ThreeState},
		{"struct", object, true, false, model.Plain},
		{"optional struct", object, false, false, model.Pointer},
		{"nullable struct", object, true, true, model.NullPointer},
		{"optional and nullable struct", object, false, true, model.ThreeState},
		{"union", union, true, false, model.Plain},
		{"optional union", union, false, false, model.OmitZero},
		{"nullable union", union, true, true, model.Plain},
		{"optional nullable union", union, false, true, model.OmitZero},
		{"empty text", model.Empty, false, false, model.Plain},
		{"any", model.Any, true, false, model.Plain},
		{"any that may be null is any", model.Any, true, true, model.Plain},
		{"optional any that may be null", model.Any, false, true, model.OmitZero},
		{"optional object without members", model.AnyObject, false, false, model.OmitZero},
		{"nullable object without members", model.AnyObject, true, true, model.Nullable},
		{"optional bytes", model.Bytes, false, false, model.OmitZero},
		{"optional file", model.File, false, false, model.OmitZero},
		{"optional stream", model.Reader, false, false, model.Plain},
		{"optional lines", &model.Lines{Elem: model.Any}, false, false, model.Plain},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := types.PresenceOf(tt.typ, tt.required, tt.nullable); got != tt.want {
				t.Errorf("%s: got %s, want %s", tt.name, presenceText(got), presenceText(tt.want))
			}
		})
	}
}

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

func TestSpoken(t *testing.T) {
	checkTexts(t, []text{
		{"plain", "size", "size"},
		{"minus", "-size", "minus size"},
		{"plus", "+1", "plus 1"},
		{"two signs", ">=5", "greater equal 5"},
		{"not equal", "!=a", "not equal a"},
		{"less", "<a", "less a"},
		{"a sign inside", "a-b", "a-b"},
		{"a sign after", "a+", "a+"},
		{"a comparison after", "a<", "a less"},
		{"two signs after", "a>=", "a greater equal"},
		{"padding", "YQ==", "YQ=="},
		{"signs alone", "<=", "<="},
		{"nothing", "", ""},
	}, spoken)
}

func TestFold(t *testing.T) {
	checkTexts(t, []text{
		{"camel", "nextPageToken", "nextpagetoken"},
		{"snake", "next_page_token", "nextpagetoken"},
		{"kebab", "Next-Page-Token", "nextpagetoken"},
		{"OData", "@odata.nextLink", "odatanextlink"},
		{"dollar", "$skip", "skip"},
		{"brackets stay", "page[number]", "page[number]"},
	}, fold)
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
	}, func(text string) string { return serverURL(node(t, text), true) })
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

func TestCanTell(t *testing.T) {
	for _, tt := range []struct {
		name string
		role model.Role
		typ  model.Type
		want bool
	}{
		{"a cursor is text", model.Next, model.String, true},
		{"a cursor is no number", model.Next, model.Int64, false},
		{"a cursor is no object", model.Next, &model.Object{}, false},
		{"more is a boolean", model.HasMore, model.Bool, true},
		{"more is no text", model.HasMore, model.String, false},
		{"a total is a number", model.TotalItems, model.Int64, true},
		{"a small number", model.TotalPages, model.Int32, true},
		{"a fraction", model.PageNumber, model.Float64, true},
		{"a total is no text", model.TotalItems, model.String, false},
		{"a total is no object", model.TotalItems, &model.Object{}, false},
		{"a page is no boolean", model.PageNumber, model.Bool, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := canTell(tt.role, tt.typ); got != tt.want {
				t.Errorf("role %d in %s: got %v, want %v", tt.role, typeText(tt.typ), got, tt.want)
			}
		})
	}
}

// A question is a text and whether a function agrees.
type question struct {
	text string
	want bool
}

func checkQuestions(t *testing.T, tests []question, f func(string) bool) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := f(tt.text); got != tt.want {
				t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

func TestTellsOfPages(t *testing.T) {
	checkQuestions(t, []question{
		{"meta", true}, {"result_info", true}, {"pagination", true}, {"pageInfo", true}, {"paging", true}, {"cursors", true},
		{"response_metadata", true}, {"_links", true}, {"data", false}, {"owner", false}, {"result", false},
	}, tellsOfPages)
}

func TestIsVersion(t *testing.T) {
	checkQuestions(t, []question{
		{"v1", true}, {"V2", true}, {"1.0", true}, {"2024-01", true}, {"v1_2", true},
		{"v1beta", false}, {"x1", false}, {"Store", false}, {"ipv4", false},
	}, isVersion)
}

func TestWithoutPrefix(t *testing.T) {
	for _, tt := range []struct{ name, text, pkg, want string }{
		{"one word", "StoreSecret", "store", "secret"},
		{"two words", "secrets_store_secret", "secretsstore", "secret"},
		{"more words after", "secrets-store-secret-value", "secretsstore", "secret value"},
		{"nothing would be left", "SecretsStore", "secretsstore", "SecretsStore"},
		{"only part of a word", "Storefront", "store", "Storefront"},
		{"only part of the package", "SecretValue", "secretsstore", "SecretValue"},
		{"in the middle", "OldStoreSecret", "store", "OldStoreSecret"},
		{"no package", "StoreSecret", "", "StoreSecret"},
		{"nothing", "", "store", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := withoutPrefix(tt.text, tt.pkg); got != tt.want {
				t.Errorf("%q in %q: got %q, want %q", tt.text, tt.pkg, got, tt.want)
			}
		})
	}
}

func TestComponentNames(t *testing.T) {
	b := newBuilder(load(t, "paths: {}\ncomponents: {schemas: {Store: {}, old.Store: {}, Zone: {}}}\n"), &config.Config{})
	for _, tt := range []struct {
		name, text, pkg string
		want            []string
	}{
		{"plain", "Secret", "zones", []string{"Secret"}},
		{"snake", "secret_value", "zones", []string{"SecretValue"}},
		{"repeats its package", "zones_secret", "zones", []string{"Secret", "ZonesSecret"}},
		{"is its package", "Zones", "zones", []string{"Zones"}},
		{"dots", "corp.api.Secret", "zones", []string{"Secret", "APISecret", "CorpAPISecret"}},
		{"slashes", "a/b", "zones", []string{"B", "AB"}},
		{"dots, and the last part repeats its package", "corp.zones_secret", "zones", []string{"Secret", "ZonesSecret", "CorpZonesSecret"}},
		{"a version at the end", "Secret.v1", "zones", []string{"SecretV1"}},
		{"a version in the middle", "corp.v1.Secret", "zones", []string{"Secret", "V1Secret", "CorpV1Secret"}},
		{"the last part is the whole name of another", "old.Store", "zones", []string{"OldStore"}},
		{"the last part is that in other spelling", "old.zone", "zones", []string{"OldZone"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := b.componentNames(tt.text, &model.Package{Name: tt.pkg})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%q in %q: got %q, want %q", tt.text, tt.pkg, got, tt.want)
			}
		})
	}
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
		b := newBuilder(load(t, "paths: {/a: {get: {responses: "+responses+"}}}\ncomponents: {responses: {R: {description: r, "+csv+"}}}\n"), &config.Config{})
		r := b.readOperations()[0].success
		if r == nil {
			return "none"
		}
		return r.status + " " + r.media
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
			b := newBuilder(load(t, "paths: {}\n"), &tt.cfg)
			if got := envelopeText(b, b.envelopeOf(b.facts.View(node(t, tt.schema)))); got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.schema, got, tt.want)
			}
		})
	}
}

func envelopeText(b *builder, p *schema.Prop) string {
	if p == nil {
		return "none"
	}
	return p.Name + " of " + b.api.Success
}

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
