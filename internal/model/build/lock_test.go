package build

import (
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
)

// lockOf is the lock that a run writes.
func lockOf(api *model.API) *lockfile.Lock {
	var entries []lockfile.Entry
	for _, n := range api.Names {
		entries = append(entries, lockfile.Entry{Name: n.Name, Place: n.Place})
	}
	return lockfile.New("gen.lock", entries)
}

// again builds a description, and then another one with the names of the first.
func again(t *testing.T, first, second string, cfg config.Config) (before, after *model.API, warnings []string) {
	t.Helper()
	before, _ = built(t, first, config.Config{})
	cfg.Lock = lockOf(before)
	after, warnings = built(t, second, cfg)
	return before, after, warnings
}

func publicNames(api *model.API, place string) []string {
	var list []string
	for _, n := range api.Names {
		if n.Place == place {
			list = append(list, n.Name)
		}
	}
	return list
}

func TestLockPlaces(t *testing.T) {
	api, _ := built(t, `
security: [{key: []}, {auth: []}]
servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu}}}]
paths:
  /things/{id}/parts:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: state, in: query, schema: {type: string, enum: [a]}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {state: {type: string, enum: [b]}, size: {$ref: '#/components/schemas/Size'}}}}}}
      responses: {'200': {description: '', content: {application/json: {schema: {type: object, properties: {list: {type: array, items: {type: object, properties: {x: {}}}}}}}, text/event-stream: {schema: {type: string}}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: K}
    auth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}
  schemas:
    Size: {oneOf: [{type: string}, {type: object, properties: {w: {type: integer}}}]}
`, config.Config{})
	for name, place := range map[string]string{
		"Client.Things.Parts":                 "resource things.parts",
		"things.PartService":                  "resource things.parts",
		"Client.Things.Parts.Create":          "POST /things/{id}/parts",
		"things.PartCreateParams":             "POST /things/{id}/parts params",
		"things.PartCreateParams.Size":        "POST /things/{id}/parts params.size",
		"things.PartCreateParams.BodyState":   "POST /things/{id}/parts params.state",
		"things.Size":                         "#/components/schemas/Size",
		"things.SizeWithW":                    "#/components/schemas/Size/oneOf/1",
		"things.Size.WithW":                   "#/components/schemas/Size|with w",
		"things.SizeWithW.W":                  "#/components/schemas/Size/oneOf/1.w",
		"things.SizeWithW.Extra":              "#/components/schemas/Size/oneOf/1.*",
		"things.PartCreateResponse":           "POST /things/{id}/parts responses/200/content/application~1json/schema",
		"Client.Things.Parts.CreateStreaming": "POST /things/{id}/parts stream",
		"option.WithKey":                      "credential key",
		"option.WithKeyFunc":                  "credential function key",
		"option.WithOAuth2ClientCredentials":  "client credentials auth",
		"option.WithOAuth2TokenURL":           "token URL auth",
		"option.WithRegion":                   "server variable region",
	} {
		if !slices.ContainsFunc(api.Names, func(n model.Public) bool { return n.Name == name && n.Place == place }) {
			t.Errorf("%s is not of %s; that has %q", name, place, publicNames(api, place))
		}
	}
	seen := map[model.Public]bool{}
	for _, n := range api.Names {
		n.Pos.Line, n.Pos.Col, n.Pos.File = 0, 0, ""
		if seen[n] && !strings.HasSuffix(n.Place, " page") {
			t.Errorf("%s %s is there twice", n.Name, n.Place)
		}
		seen[n] = true
	}
}

const listed = `{'200': {description: '', content: {application/json: {schema: {type: object, required: [page, items], properties: {page: {type: integer}, items: {type: array, items: {type: string}}}}}}}}`

// What is new joins a page if that changes nothing in it, and has its own if it
// would.
func TestLockPages(t *testing.T) {
	const parameters = `parameters: [{name: page, in: query, schema: {type: integer}}]`
	first := `paths: {/a: {get: {` + parameters + `, responses: ` + listed + `}}}`
	for _, c := range []struct{ name, response, want string }{
		{"the same", listed, "NumberedPage"},
		{"with more", strings.Replace(listed, "page: {", "more: {type: string}, page: {", 1), "NumberedPage"},
		{"with less", strings.Replace(listed, "required: [page, items]", "required: [items]", 1), "ItemsNumberedPage"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// The new operation comes before the old one.
			second := `paths: {/0: {get: {operationId: zero, ` + parameters + `, responses: ` + c.response + `}}, /a: {get: {operationId: a, ` + parameters + `, responses: ` + listed + `}}}`
			_, after, _ := again(t, first, second, config.Config{})
			ops := operations(after)
			old, new := ops["a"].Result.Page, ops["zero"].Result.Page
			if old == nil || new == nil || old.Name.Go != "NumberedPage" || new.Name.Go != c.want {
				t.Fatalf("the old page is %+v, the new one %+v, and should be %s", old, new, c.want)
			}
			if f := fieldNamed(old.Fields, "page"); f.Presence != model.Plain {
				t.Errorf("what was always there may be absent now")
			}
		})
	}
}

// A problem keeps its type, whatever most operations answer with now.
func TestLockErrors(t *testing.T) {
	failure := func(name string) string {
		return `{'400': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/` + name + `'}}}}}`
	}
	const schemas = `
components: {schemas: {
  A: {type: object, properties: {errors: {type: array, items: {type: object, required: [message], properties: {message: {type: string}, a: {type: string}}}}}},
  B: {type: object, properties: {errors: {type: array, items: {type: object, required: [message], properties: {message: {type: string}, b: {type: string}}}}}}}}`
	first := `paths: {/a: {get: {responses: ` + failure("A") + `}}}` + schemas
	second := `paths: {/0: {get: {responses: ` + failure("B") + `}, put: {responses: ` + failure("B") + `}}, /a: {get: {responses: ` + failure("A") + `}}}` + schemas
	fresh, _ := built(t, second, config.Config{})
	if fieldNamed(fresh.ErrorData.Data.Fields, "b") == nil {
		t.Fatal("without a lock it is the shape of most")
	}
	if _, after, _ := again(t, first, second, config.Config{}); fieldNamed(after.ErrorData.Data.Fields, "a") == nil {
		t.Error("with a lock it is another shape now")
	}
}

// The config goes before the lock, and what the SDK itself needs too.
func TestLockGivesWay(t *testing.T) {
	const text = `paths: {/things: {get: {operationId: get, responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}}}
components: {schemas: {Thing: {type: object, properties: {id: {type: string}}}}}`
	_, after, warnings := again(t, text, text, config.Config{
		Operations: []config.Operation{{Key: "get", Resource: "others.parts", Method: "fetch"}},
		Schemas:    []config.Schema{{Component: "Thing", Name: "Item"}},
	})
	if got := operations(after)["get"].Call; got != "Others.Parts.Fetch" || len(warnings) > 0 {
		t.Errorf("the call is %s; %q", got, warnings)
	}
	if got := publicNames(after, "#/components/schemas/Thing"); !slices.Equal(got, []string{"others.Item"}) {
		t.Errorf("the type is %q", got)
	}
	taken := lockfile.New("gen.lock", []lockfile.Entry{{Name: "things.New", Place: "#/components/schemas/Thing"}})
	after, warnings = built(t, text, config.Config{Lock: taken})
	if got := publicNames(after, "#/components/schemas/Thing"); slices.Contains(got, "things.New") || len(warnings) != 1 || !strings.Contains(warnings[0], "cannot keep the name things.New, which the SDK's own New has now") {
		t.Errorf("the type is %q; %q", got, warnings)
	}
}

// What earlier runs called by a name that nothing would be called now, keeps it,
// and the parts of a thing need no lines of their own.
func TestLockPart(t *testing.T) {
	const text = `paths: {'/things/{id}': {get: {operationId: get, responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}}}
components: {schemas: {Thing: {type: object, properties: {state: {type: string, enum: [on]}}}}}`
	api, _ := built(t, text, config.Config{Lock: lockfile.New("gen.lock", []lockfile.Entry{
		{Name: "Client.Gadgets.Show", Place: "GET /things/{id}"},
		{Name: "gadgets.Widget", Place: "#/components/schemas/Thing"},
		{Name: "gadgets.Widget.Mode", Place: "#/components/schemas/Thing.state"},
	})})
	if got := operations(api)["get"].Call; got != "Gadgets.Show" {
		t.Errorf("the call is %s", got)
	}
	for place, want := range map[string]string{
		"#/components/schemas/Thing":                     "gadgets.Widget",
		"#/components/schemas/Thing.state":               "gadgets.Widget.Mode",
		"#/components/schemas/Thing/properties/state":    "gadgets.WidgetState",
		"#/components/schemas/Thing/properties/state=on": "gadgets.WidgetStateOn",
		"#/components/schemas/Thing.*":                   "gadgets.Widget.Extra",
		"GET /things/{id}":                               "Client.Gadgets.Show",
		"resource gadgets":                               "Client.Gadgets",
	} {
		if got := publicNames(api, place); !slices.Contains(got, want) {
			t.Errorf("%s is %q, not %s", place, got, want)
		}
	}
}

// What is new comes before what was there, and wants its names.
func TestLockOptions(t *testing.T) {
	const operation = `
    get: {responses: {'200': {description: '', content: {application/json: {schema: {type: string}}, text/event-stream: {schema: {type: string}}}}}}`
	text := func(url, variables, path, schemes string) string {
		return `
servers: [{url: 'https://` + url + `', variables: {` + variables + `region: {default: eu}}}]
security: [{zap: []}]
paths:
  /things:` + path + operation + `
components:
  securitySchemes:` + schemes + `
    zap: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}
`
	}
	first := text("{region}.example.com", "", "", "")
	second := text("{Region}.{region}.{zapClientCredentials}.example.com", "Region: {default: us}, zapClientCredentials: {default: x}, ", `
    delete: {x-go-name: getStreaming, responses: {'204': {description: ''}}}`, `
    ZAP: {type: http, scheme: bearer}
    zap-func: {type: http, scheme: bearer}
    zap-token-url: {type: http, scheme: bearer}
    zap-client-credentials: {type: http, scheme: bearer}`)
	second = strings.Replace(second, "[{zap: []}]", "[{zap: []}, {ZAP: []}, {zap-func: []}, {zap-token-url: []}, {zap-client-credentials: []}]", 1)
	fresh, _ := built(t, second, config.Config{})
	_, after, _ := again(t, first, second, config.Config{})
	for place, name := range map[string]string{
		"credential zap":          "option.WithZap",
		"credential function zap": "option.WithZapFunc",
		"client credentials zap":  "option.WithZapClientCredentials",
		"token URL zap":           "option.WithZapTokenURL",
		"server variable region":  "option.WithRegion",
		"GET /things stream":      "Client.Things.GetStreaming",
	} {
		if got := publicNames(after, place); !slices.Equal(got, []string{name}) {
			t.Errorf("%s has %q, want %s", place, got, name)
		}
		if got := publicNames(fresh, place); slices.Equal(got, []string{name}) && place != "client credentials zap" { // which says more anyway
			t.Errorf("%s has its name without a lock too, so this shows nothing", place)
		}
	}
}
