package contract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/spec"
)

func load(t *testing.T, text string) *spec.Document {
	t.Helper()
	file := filepath.Join(t.TempDir(), "api.yaml")
	if err := os.WriteFile(file, []byte("openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, problems := spec.Load(file, spec.Options{})
	if doc == nil {
		t.Fatal(problems.Err())
	}
	return doc
}

func lines(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		b.WriteString(c.Level.String() + " " + strings.TrimSpace(c.Place+": "+strings.TrimSpace(c.Where+" "+c.What)) + "\n")
	}
	return b.String()
}

func compare(t *testing.T, old, new string) string {
	t.Helper()
	return lines(Compare(load(t, old), load(t, new)))
}

// What is sent and what comes back are judged the other way round.
func TestSchemas(t *testing.T) {
	for _, c := range []struct{ name, old, new, sent, comes string }{
		{"same", "{type: string}", "{type: string}", "", ""},
		{"another type", "{type: string}", "{type: boolean}", "major is now a boolean; was a string", "major is now a boolean; was a string"},
		{"wider", "{type: integer}", "{type: number}", "minor is now a number; was an integer", "major is now a number; was an integer"},
		{"narrower", "{type: [string, integer]}", "{type: string}", "major is now a string; was an integer or a string", "minor is now a string; was an integer or a string"},
		{"null comes", "{type: string}", "{type: [string, 'null']}", "minor may be null now", "major may be null now"},
		{"null goes", "{type: string, nullable: true}", "{type: string}", "major is never null now", "minor is never null now"},
		{"null beside another", "{type: string}", "{anyOf: [{type: string}, {type: 'null'}]}", "minor may be null now", "major may be null now"},
		{"more values", "{type: string, enum: [a]}", "{type: string, enum: [a, b]}", "minor can have the value b too", "minor can have the value b too"},
		{"fewer values", "{type: string, enum: [a, b, c]}", "{type: string, enum: [b]}", "major no longer has the values a and c", "minor no longer has the values a and c"},
		{"values come", "{type: string}", "{type: string, enum: [a, b]}", "major is now one of a and b", "minor is now one of a and b"},
		{"values go", "{type: string, const: a}", "{type: string}", "minor can have any value now", "minor can have any value now"},
		{"format", "{type: string}", "{type: string, format: date}", "minor has the format date now; was none", "minor has the format date now; was none"},
		{"limit", "{type: string, maxLength: 5}", "{type: string, maxLength: 3}", "minor has the maxLength 3 now; was 5", "minor has the maxLength 3 now; was 5"},
		{"member gone", "{type: object, properties: {a: {}, b: {}}}", "{type: object, properties: {a: {}}}", "major .b is gone", "major .b is gone"},
		{"member comes", "{type: object, properties: {}}", "{type: object, properties: {a: {}}}", "minor .a is new", "minor .a is new"},
		{"must be given", "{type: object}", "{type: object, required: [a], properties: {a: {}}}", "major .a is new and must be given", "minor .a is new"},
		{"required", "{type: object, properties: {a: {}}}", "{type: object, required: [a], properties: {a: {}}}", "major .a must be given now", "minor .a is always there now"},
		{"optional", "{type: object, required: [a], properties: {a: {}}}", "{type: object, properties: {a: {}}}", "minor .a may be left out now", "major .a may be absent now"},
		{"inside a list", "{type: array, items: {type: string}}", "{type: array, items: {type: integer}}", "major [] is now an integer; was a string", "major [] is now an integer; was a string"},
		{"inside a map", "{type: object, additionalProperties: {type: string}}", "{type: object, additionalProperties: {type: integer}}", "major .* is now an integer; was a string", "major .* is now an integer; was a string"},
		{"allOf", "{allOf: [{type: object, properties: {a: {}}}, {required: [a]}]}", "{type: object, required: [a], properties: {a: {}}}", "", ""},
		{"variant gone", "{oneOf: [{type: string}, {type: integer}]}", "{oneOf: [{type: string}, {type: boolean}]}",
			"major is no longer an integer\nminor can be a boolean too", "minor is no longer an integer\nminor can be a boolean too"},
		{"variants in another order", "{oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}, {type: string}]}",
			"{oneOf: [{type: string}, {type: object, properties: {b: {}}}, {type: object, properties: {a: {}}}]}", "", ""},
		{"a variant before others", "{anyOf: [{type: object, properties: {a: {}}}, {type: string}]}", "{anyOf: [{type: boolean}, {type: object, properties: {a: {}}}, {type: string}]}",
			"minor can be a boolean too", "minor can be a boolean too"},
		{"a variant with more in it", "{oneOf: [{type: object, properties: {kind: {const: a}}}, {type: object, properties: {kind: {const: b}}}]}",
			"{oneOf: [{type: object, properties: {kind: {const: b}, more: {}}}, {type: object, properties: {kind: {const: a}}}]}", "minor .more is new", "minor .more is new"},
		{"values with a description each", "{oneOf: [{const: a, title: A}, {const: c, title: C}]}", "{oneOf: [{const: a, title: A}, {const: b, title: B}, {const: c, title: C}]}",
			"minor can have the value b too", "minor can have the value b too"},
		{"values written otherwise", "{type: string, enum: [b, a]}", "{oneOf: [{type: string, const: a}, {type: string, enum: [b]}]}", "", ""},
		{"text", "{type: string, description: a}", "{type: string, description: b}", "patch *", "patch *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			check := func(where, text, want string) {
				t.Helper()
				got := compare(t, strings.ReplaceAll(text, "SCHEMA", c.old), strings.ReplaceAll(text, "SCHEMA", c.new))
				full := ""
				for line := range strings.Lines(want) {
					level, what, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
					switch {
					case what == "*":
						full += "patch : some descriptions read differently\n"
					case strings.HasPrefix(what, ".") || strings.HasPrefix(what, "["):
						full += level + " POST /x: " + where + what + "\n"
					default:
						full += level + " POST /x: " + where + " " + what + "\n"
					}
				}
				if got != full {
					t.Errorf("%s: got\n%swant\n%s", where, got, full)
				}
			}
			check("Body", "paths: {/x: {post: {requestBody: {content: {application/json: {schema: SCHEMA}}}, responses: {}}}}", c.sent)
			check("Result", "paths: {/x: {post: {responses: {'200': {content: {application/json: {schema: SCHEMA}}}}}}}", c.comes)
		})
	}
}

func TestOperations(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"gone and new", "paths: {/a: {get: {}}}", "paths: {/b: {get: {}}}", "major GET /a: is gone\nminor GET /b: is new\n"},
		{"the name of a path parameter", "paths: {'/a/{x}': {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}]}}}",
			"paths: {'/a/{y}': {get: {parameters: [{name: y, in: path, required: true, schema: {type: integer}}]}}}", "major GET /a/{y}: the path parameter y is now an integer; was a string\n"},
		{"parameters", "paths: {/a: {get: {parameters: [{name: a, in: query}, {name: b, in: query, required: true}, {name: X-C, in: header}]}}}",
			"paths: {/a: {parameters: [{name: x-c, in: header, required: true}], get: {parameters: [{name: b, in: query}, {name: d, in: query}, {name: e, in: cookie, required: true}]}}}",
			"major GET /a: the query parameter a is gone\nmajor GET /a: the header parameter x-c must be given now\nmajor GET /a: the cookie parameter e is new and must be given\n" +
				"minor GET /a: the query parameter b may be left out now\nminor GET /a: the query parameter d is new\n"},
		{"style", "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {type: array}}]}}}", "paths: {/a: {get: {parameters: [{name: a, in: query, explode: false, schema: {type: array}}]}}}",
			"major GET /a: the query parameter a is now written form; was form exploded\n"},
		{"default style", "paths: {/a: {get: {parameters: [{name: a, in: query}]}}}", "paths: {/a: {get: {parameters: [{name: a, in: query, style: form, explode: true}]}}}", ""},
		{"body", "paths: {/a: {put: {}, post: {requestBody: {content: {a/b: {}}}}}}", "paths: {/a: {put: {requestBody: {required: true, content: {a/b: {}}}}, post: {requestBody: {required: true, content: {c/d: {}}}}}}",
			"major PUT /a: Body is new and must be given\nmajor POST /a: Body must be given now\nmajor POST /a: Body is no longer a/b\nminor POST /a: Body can be c/d now\n"},
		{"responses", "paths: {/a: {get: {responses: {'200': {content: {a/b: {}}}, '404': {}}}}}", "paths: {/a: {get: {responses: {'202': {}, '409': {}}}}}",
			"major GET /a: Result is empty now\nminor GET /a: Result comes with status 202 now; was 200\nminor GET /a: no longer answers with status 404\nminor GET /a: can answer with status 409 now\n"},
		{"security", "security: [{a: []}]\npaths: {/a: {get: {}, put: {security: []}}}", "security: [{b: [], a: []}, {}]\npaths: {/a: {get: {}, put: {}}}",
			"major GET /a: no longer accepts a\nminor GET /a: accepts a and b and no credential now\nminor PUT /a: accepts a and b now\n"},
		{"scopes", "components: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a/t', scopes: {r: R, w: W}}}}}}\npaths: {/a: {get: {security: [{o: [r]}]}, put: {security: [{o: [r, w]}]}}}",
			"components: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://b/t', scopes: {r: R, w: W}}}}}}\npaths: {/a: {get: {security: [{o: [r, w]}]}, put: {security: [{o: [w]}]}}}",
			"major GET /a: needs the scope w of o now\nminor credential o: the token URL of the flow clientCredentials is now https://b/t; was https://a/t\nminor PUT /a: no longer needs the scope r of o\n"},
		{"flows", "components: {securitySchemes: {o: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a', scopes: {r: R}}}}, i: {type: openIdConnect, openIdConnectUrl: 'https://a'}}}",
			"components: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a', scopes: {}}}}, i: {type: openIdConnect, openIdConnectUrl: 'https://b'}}}",
			"major credential o: the flow implicit is gone\nminor credential o: the flow clientCredentials is new\nminor credential i: the OpenID Connect URL is now https://b; was https://a\n"},
		{"servers of a path", "servers: [{url: 'https://a'}]\npaths: {/a: {get: {}}}", "servers: [{url: 'https://a'}]\npaths: {/a: {servers: [{url: 'https://b'}], get: {}}}",
			"minor GET /a: the server is now https://b; was that of the API\n"},
		{"a server's variable", "servers: [{url: 'https://{r}.a', variables: {r: {default: eu}}}]\npaths: {}", "servers: [{url: 'https://{r}.a', variables: {r: {default: us}}}]\npaths: {}",
			"minor : the server is now https://{r=us}.a; was https://{r=eu}.a\n"},
		{"webhooks", "webhooks: {made: {post: {requestBody: {content: {a/b: {schema: {type: object, required: [a], properties: {a: {}}}}}}}}, lost: {post: {}}}",
			"webhooks: {made: {post: {requestBody: {content: {a/b: {schema: {type: object, properties: {a: {}, b: {}}}}}}}}, sent: {post: {}}}",
			"major webhook lost: is gone\nmajor webhook made: Body.a may be absent now\nminor webhook made: Body.b is new\nminor webhook sent: is new\n"},
		{"two paths that differ in the name of a parameter only", "paths: {'/a/{x}': {get: {}}, '/a/{y}': {get: {}, put: {}}}", "paths: {'/a/{x}': {get: {}}}", "major GET /a/{y}: is gone\nmajor PUT /a/{y}: is gone\n"},
		{"a path that moves", "paths: {/a: {get: {operationId: g}}, /b: {get: {operationId: h}}}", "paths: {/v2/a: {get: {operationId: g, deprecated: true}}, /b: {get: {operationId: i}}}",
			"major GET /v2/a: moved to GET /v2/a; was GET /a\nminor GET /v2/a: is deprecated now\n"},
		{"deprecated", "paths: {/a: {get: {}}}", "paths: {/a: {get: {deprecated: true}}}", "minor GET /a: is deprecated now\n"},
		{"servers", "servers: [{url: 'https://a/'}]\npaths: {}", "servers: [{url: 'https://b'}]\npaths: {}", "minor : the server is now https://b; was https://a\n"},
		{"credentials", "components: {securitySchemes: {k: {type: apiKey, in: header, name: A}, l: {type: http, scheme: basic}}}", "components: {securitySchemes: {k: {type: apiKey, in: header, name: B}, m: {type: http, scheme: bearer}}}",
			"major credential k: is now apiKey header B; was apiKey header A\nmajor credential l: is gone\nminor credential m: is new\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := compare(t, c.old, c.new); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// Alternatives that lead back to what they are of end.
func TestVariantsOfThemselves(t *testing.T) {
	text := "paths: {/a: {get: {responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}}}}}\ncomponents: {schemas: {S: {oneOf: [{$ref: '#/components/schemas/S'}, {oneOf: [{$ref: '#/components/schemas/S'}, {const: a}]}, {const: b}]}}}"
	if got := compare(t, text, text); got != "" {
		t.Error(got)
	}
}

// A component is compared once, wherever it is used, and by the worse of the
// directions that it goes; one that contains itself ends.
func TestComponents(t *testing.T) {
	text := func(schema string) string {
		return "paths: {/a: {get: {responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}}},\n" +
			"  put: {requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}}, post: {requestBody: {content: {a/b: {schema: {type: array, items: {$ref: '#/components/schemas/S'}}}}}}}}\n" +
			"components: {schemas: {S: " + schema + "}}"
	}
	old := text("{type: object, properties: {next: {$ref: '#/components/schemas/S'}, a: {type: string}}}")
	new := text("{type: object, required: [a], properties: {next: {$ref: '#/components/schemas/S'}, a: {type: [string, 'null']}}}")
	want := "major #/components/schemas/S: a may be null now\nmajor #/components/schemas/S: a must be given now\nminor #/components/schemas/S: a is always there now\n"
	if got := compare(t, old, new); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	changes := Compare(load(t, old), load(t, new))
	if len(changes) == 0 || changes[0].Old.Line != 5 || changes[0].New.Line != 5 {
		t.Errorf("positions: %+v", changes)
	}
}
