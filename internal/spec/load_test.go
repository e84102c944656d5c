package spec

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// write makes files in a new folder, which becomes the current one.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// lines returns the lines of a list that a user would see.
func lines(list *diag.List) []string {
	var all []string
	for _, d := range list.Sorted() {
		all = append(all, d.Error())
	}
	return all
}

// mustLoad loads a description that has no problem.
func mustLoad(t *testing.T, name string, opts Options) *Document {
	t.Helper()
	d, list := Load(name, opts)
	if list.Len() > 0 {
		t.Fatalf("problems:\n\t%s", strings.Join(lines(list), "\n\t"))
	}
	return d
}

func TestLoadProblems(t *testing.T) {
	for _, tt := range []struct{ name, file, text, want string }{
		{"missing", "other.yaml", "", "api.yaml: error: cannot read the description: there is no such file [unreadable-file]"},
		{"folder", "api.yaml/x", "", "api.yaml: error: cannot read the description: it is a folder, not a file [unreadable-file]"},
		{"empty", "api.yaml", "", "api.yaml: error: the file is empty [empty-file]"},
		{"only comments", "api.yaml", "# soon\n", "api.yaml:1:1: error: not an OpenAPI description: it is null, not an object [not-openapi]"},
		{"text", "api.yaml", "hello", "api.yaml:1:1: error: not an OpenAPI description: it is a string, not an object [not-openapi]"},
		{"list", "api.yaml", "- openapi: 3.0.0", "api.yaml:1:1: error: not an OpenAPI description: it is an array, not an object [not-openapi]"},
		{"anything", "api.yaml", "a: 1", `api.yaml:1:1: error: not an OpenAPI description: it has neither a member "openapi" nor "swagger" [not-openapi]`},
		{"no version", "api.yaml", "paths: {}", `api.yaml:1:1: error: not an OpenAPI description: it has paths, but no member "openapi" that names the version, such as openapi: 3.0.3 [not-openapi]`},
		{"JSON Schema", "api.yaml", "$schema: https://json-schema.org/draft/2020-12/schema", "api.yaml:1:1: error: not an OpenAPI description: it is a JSON Schema [not-openapi]"},
		{"schema", "api.yaml", "type: object\nproperties: {}", "api.yaml:1:1: error: not an OpenAPI description: it is a JSON Schema [not-openapi]"},
		{"AsyncAPI", "api.yaml", "asyncapi: 3.0.0", "api.yaml:1:1: error: not an OpenAPI description: it is an AsyncAPI document [not-openapi]"},
		{"Overlay", "api.yaml", "overlay: 1.0.0", "api.yaml:1:1: error: not an OpenAPI description: it is an OpenAPI Overlay, which changes a description and is not one [not-openapi]"},
		{"Arazzo", "api.yaml", "arazzo: 1.0.0", "api.yaml:1:1: error: not an OpenAPI description: it is an Arazzo document, which uses a description and is not one [not-openapi]"},
		{"Postman", "api.yaml", "info: {_postman_id: 1}", "api.yaml:1:1: error: not an OpenAPI description: it is a Postman collection; export it as OpenAPI [not-openapi]"},
		{"GraphQL", "api.yaml", "data: {__schema: {}}", "api.yaml:1:1: error: not an OpenAPI description: it is the schema of a GraphQL API [not-openapi]"},
		{"Swagger 1", "api.yaml", "swaggerVersion: 1.2", "api.yaml:1:1: error: not an OpenAPI description: it is written for Swagger 1, which nothing reads any more; convert it to OpenAPI 3 [not-openapi]"},
		{"Swagger 1, newer", "api.yaml", "swagger: '1.2'", "api.yaml:1:10: error: OpenAPI 1.2 is too old to read; convert the description to OpenAPI 3 [unknown-version]"},
		{"OpenAPI 4", "api.yaml", "openapi: 4.0.0", "api.yaml:1:10: error: OpenAPI 4.0.0 is newer than the newest version known, which is 3.2 [unknown-version]"},
		{"no number", "api.yaml", "openapi: latest", `api.yaml:1:10: error: "latest" is no version of OpenAPI; write openapi: 3.0.3 or another that is [unknown-version]`},
		{"null", "api.yaml", "swagger:", `api.yaml:1:9: error: null is no version of OpenAPI; write swagger: "2.0" or another that is [unknown-version]`},
		{"not JSON", "api.yaml", "{", "api.yaml:1:1: error: not valid YAML: did not find expected node content (while parsing a flow node that starts on line 1) [invalid-yaml]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{tt.file: tt.text})
			d, list := Load("api.yaml", Options{})
			if d != nil {
				t.Error("there is a document")
			}
			if diff := cmp.Diff([]string{tt.want}, lines(list)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVersions(t *testing.T) {
	for _, tt := range []struct {
		text    string
		version Version
		written string
		want    string
	}{
		{"openapi: 3.0.0", V30, "3.0.0", ""},
		{"openapi: 3.0.4", V30, "3.0.4", ""},
		{"openapi: 3.1.2", V31, "3.1.2", ""},
		{"openapi: 3.2.0", V32, "3.2.0", ""},
		{"swagger: '2.0'", V30, "2.0", ""},
		{"swagger: 2.0", V30, "2.0", ""},
		{"openapi: '2.0'", V30, "2.0", ""},
		{"openapi: 3.0.5", V30, "3.0.5", "api.yaml:1:10: warning: 3.0.5 is no known version of OpenAPI; it is read as 3.0.0 [unknown-version]"},
		{"openapi: 3", V30, "3", "api.yaml:1:10: warning: 3 is no known version of OpenAPI; it is read as 3.0.0 [unknown-version]"},
		{"openapi: 3.1", V31, "3.1", "api.yaml:1:10: warning: 3.1 is no known version of OpenAPI; it is read as 3.1.0 [unknown-version]"},
		{"openapi: '3.1'", V31, "3.1", "api.yaml:1:10: warning: 3.1 is no known version of OpenAPI; it is read as 3.1.0 [unknown-version]"},
		{"openapi: 3.1.0-rc1", V31, "3.1.0-rc1", "api.yaml:1:10: warning: 3.1.0-rc1 is no known version of OpenAPI; it is read as 3.1.0 [unknown-version]"},
		{"openapi: 3.9.0", V32, "3.9.0", "api.yaml:1:10: warning: 3.9.0 is no known version of OpenAPI; it is read as 3.2.0 [unknown-version]"},
		{"openapi: 3.10", V32, "3.10", "api.yaml:1:10: warning: 3.10 is no known version of OpenAPI; it is read as 3.2.0 [unknown-version]"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			write(t, map[string]string{"api.yaml": tt.text})
			d, list := Load("api.yaml", Options{})
			if got := strings.Join(lines(list), "\n"); got != tt.want {
				t.Fatalf("problems: got %s, want %s", got, tt.want)
			}
			if d.Version != tt.version || d.Written != tt.written {
				t.Errorf("got %s, written %s", d.Version, d.Written)
			}
		})
	}
}

func TestStdin(t *testing.T) {
	write(t, map[string]string{"pet.yaml": "type: string"})
	d := mustLoad(t, "-", Options{Stdin: strings.NewReader("openapi: 3.0.0\ncomponents: {schemas: {P: {$ref: pet.yaml}}}")})
	p := d.Root.Get("components").Get("schemas").Get("P")
	if got := p.Pos().String(); got != "stdin:2:27" {
		t.Errorf("P is at %s", got)
	}
	to, err := d.Deref(p)
	if err != nil || to.Pos().String() != "pet.yaml:1:1" {
		t.Errorf("P leads to %s, %v", to.Pos(), err)
	}
}

// What a reference leads to, by its text: $ref stands at 3:9 of api/main.yaml.
func TestDeref(t *testing.T) {
	files := map[string]string{
		"api/main.yaml": `openapi: 3.1.0
x-refs:
  - $ref: REF
paths:
  /a/{b}:
    get:
      responses:
        "200": {content: {application/json: {schema: {type: integer}}}}
components:
  schemas:
    Pet: {$anchor: pet, properties: {name: {type: string}}, oneOf: [{type: "null"}]}
    Alias: {$ref: '#/components/schemas/Pet'}
    Alias2: {$ref: '#/components/schemas/Alias'}
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    Lost: {$ref: '#/components/schemas/Nowhere'}
    "a b%c/d~e": {type: number}
    Böse: {type: number}
    Yes: true
    Text: hello
    WithID:
      $id: https://example.com/schemas/thing
      $defs:
        inner: {$anchor: deep, type: boolean}
      properties:
        rel: {$ref: '#/$defs/inner'}
        abs: {$ref: '#/components/schemas/Pet'}
        sibling: {$ref: other}
    Other:
      $id: https://example.com/schemas/other
    Old: {$id: '#old'}
    Dyn: {$dynamicAnchor: dyn}
    Generic1: {$id: https://example.com/1, $dynamicAnchor: generic, properties: {x: {$dynamicRef: '#generic'}}}
    Generic2: {$id: https://example.com/2, $dynamicAnchor: generic}
    Recursive: {$recursiveAnchor: true, properties: {x: {$recursiveRef: '#'}}}
    Parameters: {properties: {x: {$ref: '#/definitions/Pet'}}}
`,
		"api/models/toy.yaml":      "type: object\nproperties:\n  owner: {$ref: ../main.yaml#/components/schemas/Pet}\n  self: {$ref: '#'}\n  more: {$ref: deeper/x.json#/X}\n",
		"api/models/deeper/x.json": `{"X": {"$ref": "../my toy.json"}, "list": [{"type": "string"}]}`,
		"api/models/my toy.json":   `{"title": "my toy"}`,
		"api/broken.yaml":          "a: [",
		"api/doc.md":               "# hello",
		"secret.yaml":              "type: string",
	}
	const lost = `api/main.yaml:3:11: error: unresolved $ref %q: %s [unresolved-ref]`
	for _, tt := range []struct{ ref, want, pointer string }{
		{"#/components/schemas/Pet", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"#/components/schemas/Pet/properties/name", "api/main.yaml:11:44", "/components/schemas/Pet/properties/name"},
		{"#/components/schemas/Pet/oneOf/0", "api/main.yaml:11:69", "/components/schemas/Pet/oneOf/0"},
		{"#/components/schemas/Alias2", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"#/components/schemas/Alias2/properties/name", "api/main.yaml:11:44", "/components/schemas/Pet/properties/name"},
		{"#/paths/~1a~1%7Bb%7D/get/responses/200/content/application~1json/schema", "api/main.yaml:8:54", "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema"},
		{"#/paths/~1a~1{b}/get/responses/200/content/application~1json/schema", "api/main.yaml:8:54", "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema"},
		{"#/components/schemas/a%20b%25c~1d~0e", "api/main.yaml:17:18", "/components/schemas/a b%c~1d~0e"},
		{"#/components/schemas/a b%c~1d~0e", "api/main.yaml:17:18", "/components/schemas/a b%c~1d~0e"},
		{"#/components/schemas/B%C3%B6se", "api/main.yaml:18:12", "/components/schemas/Böse"},
		{"#/components/schemas/Yes", "api/main.yaml:19:10", "/components/schemas/Yes"},
		{"#components/schemas/Pet", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"main.yaml#/components/schemas/Pet", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"#pet", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"#dyn", "api/main.yaml:32:10", "/components/schemas/Dyn"},
		{"#old", "api/main.yaml:31:10", "/components/schemas/Old"},
		{"https://example.com/schemas/thing", "api/main.yaml:22:7", "/components/schemas/WithID"},
		{"https://example.com/schemas/thing#deep", "api/main.yaml:24:16", "/components/schemas/WithID/$defs/inner"},
		{"https://example.com/schemas/thing#/$defs/inner", "api/main.yaml:24:16", "/components/schemas/WithID/$defs/inner"},
		{"#/components/schemas/WithID/properties/rel", "api/main.yaml:24:16", "/components/schemas/WithID/$defs/inner"},
		{"#/components/schemas/WithID/properties/abs", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"#/components/schemas/WithID/properties/sibling", "api/main.yaml:30:7", "/components/schemas/Other"},
		{"#/components/schemas/Recursive/properties/x", "api/main.yaml:35:16", "/components/schemas/Recursive"},
		{"models/toy.yaml", "api/models/toy.yaml:1:1", ""},
		{"./models/toy.yaml#", "api/models/toy.yaml:1:1", ""},
		{`models\toy.yaml`, "api/models/toy.yaml:1:1", ""},
		{"models/toy.yaml#/properties/owner", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"models/toy.yaml#/properties/self", "api/models/toy.yaml:1:1", ""},
		{"models/toy.yaml#/properties/more", "api/models/my toy.json:1:1", ""},
		{"models/my%20toy.json", "api/models/my toy.json:1:1", ""},
		{"models/deeper/../deeper/x.json#/list/0", "api/models/deeper/x.json:1:44", "/list/0"},

		{"#/components/schemas/pet", fmt.Sprintf(lost, "#/components/schemas/pet", `/components/schemas has no member "pet"; did you mean "Pet"?`), ""},
		{"#/components/schemas/Nowhere", fmt.Sprintf(lost, "#/components/schemas/Nowhere", `/components/schemas has no member "Nowhere"`), ""},
		{"#/definitions/Pet", "api/main.yaml:11:10", "/components/schemas/Pet"},
		{"#/definitions/Toy", fmt.Sprintf(lost, "#/definitions/Toy", `the file has no member "definitions"`), ""},
		{"#/components/schemas/Generic1/properties/x", `api/main.yaml:33:99: error: unresolved $ref "#generic": there are several $dynamicAnchor of that name, and which is meant depends on what refers to this [unresolved-ref]`, ""},
		{"", `api/main.yaml:3:11: error: unresolved $ref "": it is empty [unresolved-ref]`, ""},
		{"#/components/schemas/Pet/oneOf/1", fmt.Sprintf(lost, "#/components/schemas/Pet/oneOf/1", `/components/schemas/Pet/oneOf has 1 elements`), ""},
		{"#/components/schemas/Lost", `api/main.yaml:16:18: error: unresolved $ref "#/components/schemas/Nowhere": /components/schemas has no member "Nowhere" [unresolved-ref]`, ""},
		{"#/components/schemas/Lost/properties/x", fmt.Sprintf(lost, "#/components/schemas/Lost/properties/x", `unresolved $ref /components/schemas/Lost`), ""},
		{"#/components/schemas/A", `api/main.yaml:14:15: error: circular $ref "#/components/schemas/B" [ref-cycle]`, ""},
		{"#/components/schemas/A/properties/x", fmt.Sprintf(lost, "#/components/schemas/A/properties/x", `unresolved $ref /components/schemas/A`), ""},
		{"#/x-refs/0", `api/main.yaml:3:11: error: circular $ref "#/x-refs/0" [ref-cycle]`, ""},
		{"#/components/schemas/Pet/type", fmt.Sprintf(lost, "#/components/schemas/Pet/type", `/components/schemas/Pet has no member "type"`), ""},
		{"#/openapi", `api/main.yaml:3:11: error: "#/openapi" leads to a string, not an object [unresolved-ref]`, ""},
		{"#", `api/main.yaml:3:11: error: "#" leads to the whole description [unresolved-ref]`, ""},
		{"#nothing", fmt.Sprintf(lost, "#nothing", `there is no $anchor "nothing"`), ""},
		{"nowhere.yaml", fmt.Sprintf(lost, "nowhere.yaml", "there is no such file"), ""},
		{"models", fmt.Sprintf(lost, "models", "it is a folder, not a file"), ""},
		{"../secret.yaml", `api/main.yaml:3:11: error: the folder . is outside of the one that may be read; run gen with --root . [outside-root]`, ""},
		{"models/../../secret.yaml", `api/main.yaml:3:11: error: the folder . is outside of the one that may be read; run gen with --root . [outside-root]`, ""},
		{"../../x/secret.yaml", `api/main.yaml:3:11: error: the folder ../x is outside of the one that may be read; run gen with --root .. [outside-root]`, ""},
		{"link.yaml", fmt.Sprintf(lost, "link.yaml", "it is outside of the folder that may be read; name a folder that holds all files with --root DIR"), ""},
		{"/etc/passwd", fmt.Sprintf(lost, "/etc/passwd", "/etc/passwd is an absolute path; write it relative to the file that it is in"), ""},
		{"file:///etc/passwd", fmt.Sprintf(lost, "file:///etc/passwd", "/etc/passwd is an absolute path; write it relative to the file that it is in"), ""},
		{"https://example.com/pet.yaml#/Pet", fmt.Sprintf(lost, "https://example.com/pet.yaml#/Pet", "nothing is fetched from example.com unless it is allowed with --allow-host example.com"), ""},
		{"urn:example:pet", fmt.Sprintf(lost, "urn:example:pet", "nothing is read from urn URLs"), ""},
		{"doc.md", `api/main.yaml:3:11: error: "doc.md" leads to null, not an object [unresolved-ref]`, ""},
	} {
		t.Run(tt.ref, func(t *testing.T) {
			mine := make(map[string]string, len(files))
			for name, text := range files {
				mine[name] = strings.Replace(text, "REF", "'"+tt.ref+"'", 1)
			}
			write(t, mine)
			if err := os.Symlink("../secret.yaml", "api/link.yaml"); err != nil {
				t.Skip(err)
			}
			d, list := Load("api/main.yaml", Options{})
			if d == nil {
				t.Fatal(lines(list))
			}
			to, err := d.Deref(d.Root.Get("x-refs").At(0))
			if err != nil {
				if err.Error() != tt.want {
					t.Errorf("got  %s\nwant %s", err, tt.want)
				}
				return
			}
			if got := to.Pos().String(); got != tt.want {
				t.Errorf("leads to %s, want %s", got, tt.want)
			}
			if got := d.Pointer(to); got != tt.pointer {
				t.Errorf("the pointer is %s, want %s", got, tt.pointer)
			}
			if tt.pointer != "" && d.At(d.File(to), tt.pointer) != to {
				t.Error("the pointer leads elsewhere")
			}
			if again, _ := d.Deref(d.Root.Get("x-refs").At(0)); again != to {
				t.Error("the second time leads to another node")
			}
		})
	}
}

// A reference within a file leads to that file, whatever the description has
// under the same name.
func TestSameNameInOtherFile(t *testing.T) {
	write(t, map[string]string{
		"api.yaml": "openapi: 3.0.0\ncomponents:\n  schemas:\n    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, lib: {$ref: 'lib.yaml#/components/schemas/Wrap'}}}\n",
		"lib.yaml": "components:\n  schemas:\n    Wrap: {properties: {node: {$ref: '#/components/schemas/Node'}}}\n    Node: {type: string}\n",
	})
	d := mustLoad(t, "api.yaml", Options{})
	node := d.Root.Get("components").Get("schemas").Get("Node")
	lib, err := d.Deref(node.Get("properties").Get("lib"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := d.Deref(lib.Get("properties").Get("node"))
	if err != nil || other.Get("type").Text() != "string" || d.File(other) != "lib.yaml" {
		t.Errorf("got %s, %v", other.AppendJSON(nil), err)
	}
	if next, _ := d.Deref(node.Get("properties").Get("next")); next != node {
		t.Error("the other reference does not lead to the description")
	}
}

func TestLookup(t *testing.T) {
	write(t, map[string]string{
		"api.yaml": "openapi: 3.0.0\nx-map: [Pet, '#/components/schemas/Pet', pet.yaml, Nowhere, 1]\ncomponents:\n  schemas:\n    Pet: {$ref: pet.yaml}\n",
		"pet.yaml": "type: string\n",
	})
	d := mustLoad(t, "api.yaml", Options{})
	var got []string
	for _, n := range d.Root.Get("x-map").Items() {
		to, err := d.Lookup(n)
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, to.Pos().String())
	}
	want := []string{
		"pet.yaml:1:1", "pet.yaml:1:1", "pet.yaml:1:1",
		`api.yaml:2:52: error: unresolved $ref "Nowhere": /components/schemas has no member "Nowhere" [unresolved-ref]`,
		`api.yaml:2:61: error: a reference must be a string, not a number [unresolved-ref]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRoot(t *testing.T) {
	files := map[string]string{
		"api/v1/main.yaml":   "openapi: 3.0.0\ncomponents: {schemas: {P: {$ref: ../common.yaml}}}\n",
		"api/common.yaml":    "properties: {x: {$ref: v1/x.yaml}, bad: {$ref: ../../out.yaml}}\n",
		"api/v1/x.yaml":      "type: string\n",
		"elsewhere/none.txt": "",
	}
	for _, tt := range []struct{ from, name, root, want string }{
		{".", "api/v1/main.yaml", "api", "api/common.yaml:1:1 api/v1/x.yaml:1:1"},
		{".", "api/v1/main.yaml", ".", "api/common.yaml:1:1 api/v1/x.yaml:1:1"},
		{"api", "v1/main.yaml", ".", "common.yaml:1:1 v1/x.yaml:1:1"},
		{"api/v1", "main.yaml", "..", "../common.yaml:1:1 x.yaml:1:1"},
		{"elsewhere", "../api/v1/main.yaml", "../api", "../api/common.yaml:1:1 ../api/v1/x.yaml:1:1"},
		{".", "./api/v1/main.yaml", "./api/", "api/common.yaml:1:1 api/v1/x.yaml:1:1"},
		{".", "api/v1/main.yaml", "elsewhere", "api/v1/main.yaml: error: the description is outside of elsewhere, the base folder; set --root to a folder that holds it [unreadable-file]"},
	} {
		t.Run(tt.from+" "+tt.name, func(t *testing.T) {
			write(t, files)
			t.Chdir(tt.from)
			d, list := Load(tt.name, Options{Root: tt.root})
			if d == nil {
				if got := strings.Join(lines(list), "\n"); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
				return
			}
			p, err := d.Deref(d.Root.Get("components").Get("schemas").Get("P"))
			if err != nil {
				t.Fatal(err)
			}
			x, err := d.Deref(p.Get("properties").Get("x"))
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Pos().String() + " " + x.Pos().String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if _, err := d.Deref(p.Get("properties").Get("bad")); err == nil || !strings.Contains(err.Error(), "--root") {
				t.Errorf("the way out of the root: %v", err)
			}
		})
	}
}

func TestOtherFileIsBroken(t *testing.T) {
	write(t, map[string]string{
		"api.yaml":    "openapi: 3.0.0\ncomponents: {schemas: {P: {$ref: broken.yaml}, Q: {$ref: broken.yaml#/x}}}\n",
		"broken.yaml": "a: b: c\n",
	})
	_, list := Load("api.yaml", Options{})
	want := []string{"broken.yaml:1:5: error: not valid YAML: mapping values are not allowed in this context: a value that contains a colon and a space needs quotes, and names of one mapping need the same indentation [invalid-yaml]"}
	if diff := cmp.Diff(want, lines(list)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTooManyFiles(t *testing.T) {
	write(t, map[string]string{
		"api.yaml": "openapi: 3.0.0\ncomponents: {schemas: {P: {$ref: a.yaml}, Q: {$ref: b.yaml}}}\n",
		"a.yaml":   "type: string\n",
		"b.yaml":   "type: string\n",
	})
	d, _ := Load("api.yaml", Options{Limits: Limits{Files: 2}})
	_, err := d.Deref(d.Root.Get("components").Get("schemas").Get("Q"))
	want := `api.yaml:2:53: error: unresolved $ref "b.yaml": the description has more than 2 files; if that is meant, raise the limit with --max-files [unresolved-ref]`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestSelf(t *testing.T) {
	write(t, map[string]string{
		"api.yaml": "openapi: 3.2.0\n$self: https://example.com/api/openapi.yaml\ncomponents:\n  schemas:\n" +
			"    A: {$ref: 'https://example.com/api/openapi.yaml#/components/schemas/C'}\n    B: {$ref: 'openapi.yaml#/components/schemas/C'}\n    C: {type: string}\n    D: {$ref: 'pet.yaml'}\n",
		"pet.yaml": "type: string\n",
	})
	d := mustLoad(t, "api.yaml", Options{})
	var got []string
	for _, n := range d.Root.Get("components").Get("schemas").Members() {
		to, err := d.Deref(n)
		if err != nil {
			t.Error(err)
		}
		got = append(got, to.Pos().String())
	}
	if want := []string{"api.yaml:7:8", "api.yaml:7:8", "api.yaml:7:8", "pet.yaml:1:1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFetch(t *testing.T) {
	outside := httptest.NewServer(http.NotFoundHandler())
	defer outside.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/api/openapi.yaml", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "openapi: 3.0.0\ncomponents: {schemas: {P: {$ref: 'models/pet.yaml'}, Q: {$ref: '/moved'}, R: {$ref: '/gone'}, S: {$ref: '/out'}, T: {$ref: '/huge'}, U: {$ref: '"+outside.URL+"'}, V: {$ref: 'file:///etc/passwd'}}}")
	})
	mux.HandleFunc("/api/models/pet.yaml", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "properties: {back: {$ref: '../openapi.yaml#/components/schemas/P'}}")
	})
	mux.Handle("/moved", http.RedirectHandler("/api/models/pet.yaml", http.StatusFound))
	mux.Handle("/out", http.RedirectHandler(outside.URL, http.StatusFound))
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, strings.Repeat(" ", 2000)) })
	server := httptest.NewServer(mux)
	defer server.Close()
	host := strings.TrimPrefix(outside.URL, "http://")

	d := mustLoad(t, server.URL+"/api/openapi.yaml", Options{Limits: Limits{Bytes: 1000}})
	var got []string
	for name, n := range d.Root.Get("components").Get("schemas").Members() {
		to, err := d.Deref(n)
		if err != nil {
			_, message, _ := strings.Cut(err.Error(), `": `)
			got = append(got, name+" "+message)
			continue
		}
		got = append(got, name+" "+strings.TrimPrefix(to.Pos().String(), server.URL))
	}
	want := []string{
		"P /api/models/pet.yaml:1:1",
		"Q /moved:1:1",
		"R the server answers 404 Not Found [unresolved-ref]",
		"S nothing is fetched from " + host + " unless it is allowed with --allow-host " + host + " [unresolved-ref]",
		"T it has more than 1000 bytes; if that is meant, raise the limit with --max-bytes [unresolved-ref]",
		"U nothing is fetched from " + host + " unless it is allowed with --allow-host " + host + " [unresolved-ref]",
		"V /etc/passwd is an absolute path; write it relative to the file that it is in [unresolved-ref]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	write(t, map[string]string{"api.yaml": "openapi: 3.0.0\ncomponents: {schemas: {P: {$ref: '" + server.URL + "/api/models/pet.yaml'}}}"})
	d = mustLoad(t, "api.yaml", Options{AllowHosts: []string{strings.TrimPrefix(server.URL, "http://")}})
	if _, err := d.Deref(d.Root.Get("components").Get("schemas").Get("P")); err != nil {
		t.Error(err)
	}
}
