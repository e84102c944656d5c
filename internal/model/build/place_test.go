package build

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

func TestPackages(t *testing.T) {
	get := func(path, schema string) string {
		return fmt.Sprintf("  %s: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/%s'}}}}}}}\n", path, schema)
	}
	const schemas = `
components:
  schemas:
    Store: {properties: {id: {type: string}, owner: {$ref: '#/components/schemas/Owner'}}}
    Zone: {properties: {id: {type: string}, owner: {$ref: '#/components/schemas/Owner'}}}
    Owner: {properties: {name: {type: string}, kind: {type: string, enum: [a]}}}
    Unused: {properties: {id: {type: string}}}
`
	aliases := config.Config{OperationTypes: true}
	for _, tt := range []struct {
		name  string
		paths string
		cfg   config.Config
		want  []string
	}{
		{"one resource", get("/stores", "Store"), config.Config{}, []string{"stores.Owner", "stores.OwnerKind", "stores.Store"}},
		{"two operations of one resource", get("/stores", "Store") + get("/stores/old", "Store"), config.Config{}, []string{"stores.Owner", "stores.OwnerKind", "stores.Store"}},
		{"two resources", get("/stores", "Store") + get("/shops", "Store"), config.Config{}, []string{"shared.Owner", "shared.OwnerKind", "shared.Store"}},
		{"two resources that share a part", get("/stores", "Store") + get("/zones", "Zone"), config.Config{}, []string{"shared.Owner", "shared.OwnerKind", "stores.Store", "zones.Zone"}},
		{
			"another name after the operation", get("/stores", "Store"), aliases,
			[]string{"stores.GetResponse=Store", "stores.Owner", "stores.OwnerKind", "stores.Store"},
		},
		{
			"another name beside each of two", get("/stores", "Store") + get("/shops", "Store"), aliases,
			[]string{"shared.Owner", "shared.OwnerKind", "shared.Store", "shops.GetResponse=Store", "stores.GetResponse=Store"},
		},
		{"a name of the config", get("/stores", "Store"), config.Config{Schemas: []config.Schema{{Component: "Store", Name: "Shop"}}}, []string{"stores.Owner", "stores.OwnerKind", "stores.Shop"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, "paths:\n"+tt.paths+schemas, tt.cfg)
			if diff := cmp.Diff(tt.want, placed(api)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// placed are the declarations of an API in their packages.
func placed(api *model.API) []string {
	var list []string
	for _, p := range api.Packages {
		for _, d := range p.Types {
			list = append(list, p.Path+"."+typeText(d))
		}
	}
	slices.Sort(list)
	return list
}

// TestSharedNeedsNothing holds that what a shared type refers to is shared too.
func TestSharedNeedsNothing(t *testing.T) {
	api, _ := built(t, `
paths:
  /cats: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}}}}
  /dogs: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}}}}
components:
  schemas:
    Cat: {properties: {dog: {$ref: '#/components/schemas/Dog'}, own: {properties: {x: {type: string}}}}}
    Dog: {properties: {cats: {type: array, items: {$ref: '#/components/schemas/Cat'}}, own: {properties: {x: {type: string}}}}}
`, config.Config{})
	want := []string{"shared.Cat", "shared.Dog", "shared.Own"}
	if diff := cmp.Diff(want, placed(api)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnions(t *testing.T) {
	const components = `
    Cat: {type: object, required: [type], properties: {type: {type: string, enum: [cat, kitten]}, lives: {type: integer}}}
    Dog: {type: object, required: [type], properties: {type: {const: dog}, bark: {type: string}}}
    Fish: {type: object, required: [fins], properties: {fins: {type: integer}}}
`
	const cat, dog, fish = "{$ref: '#/components/schemas/Cat'}", "{$ref: '#/components/schemas/Dog'}", "{$ref: '#/components/schemas/Fish'}"
	for _, tt := range []struct {
		name, schema string
		want         []string
	}{
		{"each allows values of its own", "{oneOf: [" + cat + ", " + dog + "]}", []string{"tag type", "Cat pointer Cat object [cat kitten]", "Dog pointer Dog object [dog]"}},
		{"anyOf is alike", "{anyOf: [" + cat + ", " + dog + "]}", []string{"tag type", "Cat pointer Cat object [cat kitten]", "Dog pointer Dog object [dog]"}},
		{"one has no values", "{oneOf: [" + cat + ", " + fish + "]}", []string{"tag type", "Cat pointer Cat object [cat kitten]", "Fish pointer Fish object []"}},
		{
			"values that two allow tell nothing", "{oneOf: [{title: A, type: object, properties: {k: {enum: [x, y]}, a: {}}}, {title: B, type: object, properties: {k: {enum: [y, z]}, b: {}}}]}",
			[]string{"tag ", "A pointer PetA object []", "B pointer PetB object []"},
		},
		{
			"the first member that tells all apart", "{oneOf: [{title: A, type: object, properties: {k: {enum: [x]}, l: {enum: [p]}}}, {title: B, type: object, properties: {k: {enum: [x]}, l: {enum: [q]}}}]}",
			[]string{"tag l", "A pointer PetA object [p]", "B pointer PetB object [q]"},
		},
		{
			"discriminator with a mapping", "{oneOf: [" + cat + ", " + fish + "], discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', f: Fish, g: '#/components/schemas/Fish'}}}",
			[]string{"tag kind", "Cat pointer Cat object [c]", "Fish pointer Fish object [f g]"},
		},
		{
			"discriminator without a mapping", "{oneOf: [" + cat + ", " + fish + "], discriminator: {propertyName: kind}}",
			[]string{"tag kind", "Cat pointer Cat object [Cat]", "Fish pointer Fish object [Fish]"},
		},
		{
			"discriminator without a mapping, but values", "{oneOf: [" + cat + ", " + dog + "], discriminator: {propertyName: type}}",
			[]string{"tag type", "Cat pointer Cat object [cat kitten]", "Dog pointer Dog object [dog]"},
		},
		{"a string or a number", "{oneOf: [{type: string}, {type: integer}]}", []string{"tag ", "StringValue optional String string []", "IntegerValue optional Int64 number []"}},
		{"types in a list of kinds", "{oneOf: [{type: string}, {type: array, items: {type: string}}]}", []string{"tag ", "StringValue optional String string []", "StringList omitzero []String list []"}},
		{"a list of a component", "{oneOf: [" + fish + ", {type: array, items: " + fish + "}]}", []string{"tag ", "Fish pointer Fish object []", "FishList omitzero []Fish list []"}},
		{"a title", "{oneOf: [{title: Big one, type: string}, {type: boolean}]}", []string{"tag ", "BigOne optional String string []", "BoolValue optional Bool bool []"}},
		{"null is no variant", "{oneOf: [{type: string}, {type: boolean}, {type: 'null'}]}", []string{"tag ", "StringValue optional String string []", "BoolValue optional Bool bool []"}},
		{
			"one that is there twice", "{oneOf: [" + cat + ", " + dog + ", " + cat + "]}",
			[]string{"tag type", "Cat pointer Cat object [cat kitten]", "Dog pointer Dog object [dog]"},
		},
		{"a base with a part or without", "{type: object, properties: {a: {type: string}}, oneOf: [{title: With b, properties: {b: {type: string}}}, {title: Other, description: d}]}", []string{"tag ", "WithB pointer PetWithB object []", "Other pointer PetOther object []"}},
		{"what extends one that is anything", "{allOf: [{oneOf: [{title: B, properties: {b: {type: string}}}, {title: Other}]}], properties: {a: {type: string}}}", []string{"tag ", "B pointer PetB object []", "Other pointer PetOther object []"}},
		{"itself is none", "{oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}, {type: boolean}]}", []string{"tag ", "StringValue optional String string []", "BoolValue optional Bool bool []"}},
		{"one or anything", "{oneOf: [{type: number}, {}]}", []string{"tag ", "NumberValue optional Float64 number []"}},
		{"named after the value that it must have", "{oneOf: [{type: object, properties: {type: {const: up}}}, {type: object, properties: {type: {const: down}}}]}", []string{"tag type", "Up pointer PetUp object [up]", "Down pointer PetDown object [down]"}},
		{"named after a member that it must have", "{oneOf: [{type: object, required: [url], properties: {url: {type: string}}}, {type: object, required: [file], properties: {file: {type: string}}}]}", []string{"tag ", "URL pointer PetURL object []", "File pointer PetFile object []"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, `
paths: {/pets: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}}
components:
  schemas:
    Pet: `+tt.schema+components, config.Config{})
			got := unionText(declarations(api)["pets.Pet"].(*model.Union))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestUnionCycle holds that no union leads back to itself by its variants alone.
func TestUnionCycle(t *testing.T) {
	api, warnings := built(t, `
paths: {/pets: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}}
components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {type: integer}]}
    Cat: {oneOf: [{$ref: '#/components/schemas/Dog'}, {type: string}]}
    Dog: {oneOf: [{$ref: '#/components/schemas/Pet'}, {type: boolean}]}
`, config.Config{})
	got := append(unionText(declarations(api)["pets.Pet"].(*model.Union)), warnings...)
	want := []string{
		"tag ", "IntegerValue optional Int64 number []",
		"union-cycle: this alternative is one of several of which another leads back here; it is left out, and what only it allows is kept as raw JSON",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// unionText describes a union: its tag and, a line each, its variants.
func unionText(u *model.Union) []string {
	list := []string{"tag " + u.Tag}
	for _, v := range u.Variants {
		kind := [...]string{"any", "object", "list", "string", "number", "bool"}[v.Kind]
		list = append(list, fmt.Sprintf("%s %s %s %s %v", v.Name.Go, presenceText(v.Presence), typeText(v.Type), kind, v.Values))
	}
	return list
}

// TestNoUnion holds which alternatives need no union, as one type holds all.
func TestNoUnion(t *testing.T) {
	checkTexts(t, []text{
		{"two strings", "{oneOf: [{type: string, format: date}, {type: string}]}", "v optional String"},
		{"an enum or any string", "{anyOf: [{type: string, enum: [a]}, {type: string}]}", "v omitzero ThingV"},
		{"two numbers", "{oneOf: [{type: integer}, {type: number}]}", "v optional Number"},
		{"two integers", "{oneOf: [{type: integer, format: int32}, {type: integer}]}", "v optional Int64"},
		{"one", "{oneOf: [{type: boolean}]}", "v optional Bool"},
		{"one or null", "{oneOf: [{type: boolean}, {type: 'null'}]}", "v optional Bool"},
		{"one or only nullable", "{anyOf: [{type: boolean}, {nullable: true, description: d}]}", "v optional Bool"},
		{"nullable alone", "{nullable: true, description: d}", "v omitzero Any"},
		{"what only says which members are needed", "{type: object, properties: {a: {}}, anyOf: [{required: [a]}, {required: [b]}]}", "v pointer ThingV"},
		{"nothing known", "{oneOf: [{}, {}]}", "v omitzero Any"},
	}, func(schema string) string {
		api, _ := built(t, `
paths: {/things: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}}}
components: {schemas: {Thing: {type: object, properties: {v: `+schema+`}}}}
`, config.Config{})
		return fieldsText(declarations(api)["things.Thing"].(*model.Object).Fields)
	})
}

func TestSecurity(t *testing.T) {
	const op = "responses: {'204': {description: d}}"
	for _, tt := range []struct {
		name string
		all  string   // of the description; empty if it says nothing
		ops  []string // of each operation; empty if it says nothing
		want string
	}{
		{"nothing", "", []string{""}, "API [], fallback [], operations [[]]"},
		{"of all", "[{token: []}]", []string{""}, "API [[token]], fallback [], operations [[]]"},
		{"an operation as all", "[{token: []}]", []string{"[{token: []}]", ""}, "API [[token]], fallback [], operations [[] []]"},
		{"an operation needs none", "[{token: []}]", []string{"", "", "[]"}, "API [[token]], fallback [], operations [[] [] [[]]]"},
		{"an operation needs another", "[{token: []}]", []string{"", "", "[{key: [], email: []}]"}, "API [[token]], fallback [], operations [[] [] [[key email]]]"},
		{"a choice", "[{token: []}, {key: [], email: []}]", []string{""}, "API [[token] [key email]], fallback [], operations [[]]"},
		{"optional", "[{token: []}, {}]", []string{""}, "API [[token] []], fallback [], operations [[]]"},
		{"an alternative twice", "[{token: []}, {token: []}]", []string{""}, "API [[token]], fallback [], operations [[]]"},
		{"a scheme that is not declared", "[{other: []}, {token: []}]", []string{""}, "API [[token]], fallback [], operations [[]]"},
		{"a scheme that needs no credential", "[{mtls: [], token: []}]", []string{""}, "API [[token]], fallback [], operations [[]]"},
		{"what most accept", "", []string{"[{token: []}]", "[{token: []}]", "[]"}, "API [[token]], fallback [], operations [[] [] [[]]]"},
		{"what most accept, and one says nothing", "", []string{"[{token: []}]", "[{token: []}]", ""}, "API [[token]], fallback [], operations [[] [] [[]]]"},
		{"what most accept is not what is said of all", "[{key: []}]", []string{"[{token: []}]", "[{token: []}]", ""}, "API [[token]], fallback [[key]], operations [[] [] [[key]]]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			keyword := map[bool]string{true: "x-none", false: "security"}
			fmt.Fprintf(&b, "%s: %s\npaths:\n", keyword[tt.all == ""], tt.all)
			for i, s := range tt.ops {
				fmt.Fprintf(&b, "  /a%d: {get: {operationId: op%d, %s: %s, %s}}\n", i, i, keyword[s == ""], s, op)
			}
			b.WriteString("components: {securitySchemes: {token: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: X-Key}, email: {type: apiKey, in: header, name: X-Email}, mtls: {type: mutualTLS}}}\n")
			api, _ := built(t, b.String(), config.Config{})
			ops := operations(api)
			var list []model.Security
			for _, id := range slices.Sorted(maps.Keys(ops)) {
				list = append(list, ops[id].Security)
			}
			if got := fmt.Sprintf("API %v, fallback %v, operations %v", api.Security, api.Fallback, list); got != tt.want {
				t.Errorf("got\n\t%s\nwant\n\t%s", got, tt.want)
			}
		})
	}
}

// TestSchemes holds where each kind of credential goes.
func TestSchemes(t *testing.T) {
	checkTexts(t, []text{
		{"bearer", "{type: http, scheme: Bearer}", `header Authorization "Bearer " false ACME_THE_KEY []`},
		{"basic", "{type: http, scheme: basic}", `header Authorization "" true ACME_USERNAME []`},
		{"another scheme", "{type: http, scheme: Digest}", `header Authorization "Digest " false ACME_THE_KEY []`},
		{"OAuth", "{type: oauth2, flows: {}}", `header Authorization "Bearer " false ACME_THE_KEY []`},
		{"OpenID", "{type: openIdConnect, openIdConnectUrl: 'https://a.test'}", `header Authorization "Bearer " false ACME_THE_KEY []`},
		{"key in a header", "{type: apiKey, in: header, name: X-Key}", `header X-Key "" false ACME_THE_KEY []`},
		{"key in the query", "{type: apiKey, in: query, name: key}", `query key "" false ACME_THE_KEY []`},
		{"key in a cookie", "{type: apiKey, in: cookie, name: sid}", `cookie sid "" false ACME_THE_KEY []`},
		{"key without a name", "{type: apiKey, in: header}", `none [security-scheme: security scheme "the_key" has no name to send its key by; the SDK has no option for it, and a call that needs it fails unless the program authenticates it itself, with option.WithHeader or middleware]`},
		{"key that HTTP cannot carry", `{type: apiKey, in: header, name: "X\"); b"}`, `none [security-scheme: security scheme "the_key" sends its key in the header "X\"); b", a name that HTTP does not allow (RFC 9110, section 5.6.2); the SDK has no option for it, and a call that needs it fails unless the program authenticates it itself, with option.WithHeader or middleware]`},
		{"key in the query, of any name", `{type: apiKey, in: query, name: "a key"}`, `query a key "" false ACME_THE_KEY []`},
		{"scheme that HTTP cannot carry", `{type: http, scheme: "a b"}`, `none [security-scheme: security scheme "the_key" is of the HTTP scheme "a b", a name that HTTP does not allow (RFC 9110, section 5.6.2); the SDK has no option for it, and a call that needs it fails unless the program authenticates it itself, with option.WithHeader or middleware]`},
		{"certificate", "{type: mutualTLS}", "none []"},
		{"unknown", "{type: magic}", `none [security-scheme: security scheme "the_key" is of the unknown type "magic"; the SDK has no option for it, and a call that needs it fails unless the program authenticates it itself, with option.WithHeader or middleware]`},
	}, func(scheme string) string {
		api, warnings := built(t, "paths: {/a: {get: {responses: {}}}}\ncomponents: {securitySchemes: {the_key: "+scheme+"}}\n", config.Config{})
		if len(api.Schemes) == 0 {
			return fmt.Sprint("none ", warnings)
		}
		s := api.Schemes[0]
		return fmt.Sprintf("%s %s %q %v %s %v", [...]string{"path", "query", "header", "cookie"}[s.In], s.Key, s.Prefix, s.Basic, s.Env, warnings)
	})
}
