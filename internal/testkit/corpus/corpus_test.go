package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const petstore = `openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
`

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.yaml":             petstore,
		"b/quoted.yml":       "'openapi': 3.1.0\n",
		"b/old.json":         "\ufeff{\"info\": {\"title\": \"x\"}, \"swagger\": \"2.0\"}",
		"b/broken.json":      "{\n  \"openapi\": \"3.0.0\",\n  \"info\": {,\n",
		"b/part.json":        `{"type": "object", "properties": {"openapi": {"type": "string"}}}`,
		"b/part.yaml":        "components:\n  openapi: 3.0.0\n",
		"b/overlay.yaml":     "overlay: 1.0.0\n",
		"b/readme.md":        "openapi: 3.0.0\n",
		"c/commented.yaml":   "# openapi: 3.0.0\nopenapi : '3.0.0'\n",
		"c/after/other.yaml": "info: {}\nopenapi: 3.0.0\n",
	})
	for _, tt := range []struct {
		only string
		want []string
	}{
		{"", []string{"a.yaml", "b/broken.json", "b/old.json", "b/quoted.yml", "c/after/other.yaml", "c/commented.yaml"}},
		{"*.json", []string{"b/broken.json", "b/old.json"}},
		{"b/*", []string{"b/broken.json", "b/old.json", "b/quoted.yml"}},
		{"c", []string{"c/after/other.yaml", "c/commented.yaml"}},
		{"c/*", []string{"c/after/other.yaml", "c/commented.yaml"}},
		{"nothing", nil},
	} {
		got, err := find(dir, tt.only, 0)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("with %q there are %q, %v; want %q", tt.only, got, err, tt.want)
		}
	}
}

func TestFindSmallOnes(t *testing.T) {
	dir := folder(t, map[string]string{"a.yaml": petstore, "b.yaml": "openapi: 3.0.0\n"})
	if got, err := find(dir, "", 16); err != nil || !slices.Equal(got, []string{"b.yaml"}) {
		t.Errorf("there are %q, %v", got, err)
	}
}

func TestRecord(t *testing.T) {
	dir := folder(t, map[string]string{
		"record": "# a comment\n\na.yaml\tvetted\nb.yaml\tgenerated\t\tx.go:1:2: undefined: y\nc.yaml\trefused\nd.yaml\tcalled\t4 calls, 3 valid, 2 same\n",
		"bad":    "a.yaml\tvetted\nb.yaml\tperfect\n",
		"worse":  "a.yaml\tcalled\tall of them\n",
	})
	past, err := readRecord(filepath.Join(dir, "record"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		state state
		short bool
	}{
		{"a.yaml", vetted, false}, {"a.yaml", built, true}, {"b.yaml", generated, false}, {"b.yaml", refused, true},
		{"c.yaml", vetted, false}, {"c.yaml", failed, true}, {"new.yaml", refused, false}, {"new.yaml", failed, true},
	} {
		if got := past.short(row{Name: tt.name, State: tt.state}, vetted); got != tt.short {
			t.Errorf("%s falls short with %s: %v", tt.name, tt.state, got)
		}
	}
	if past.short(row{Name: "a.yaml", State: generated}, generated) {
		t.Error("it falls short of what was not tried")
	}
	for _, tt := range []struct {
		calls calls
		short bool
	}{{calls{4, 3, 2}, false}, {calls{5, 4, 3}, false}, {calls{4, 2, 2}, true}, {calls{4, 3, 1}, true}} {
		if got := past.short(row{Name: "d.yaml", State: called, Calls: tt.calls}, called); got != tt.short {
			t.Errorf("with %+v it falls short: %v", tt.calls, got)
		}
	}
	if past.short(row{Name: "d.yaml", State: vetted}, vetted) {
		t.Error("it falls short of calls that were not made")
	}

	grown := past.grow([]row{
		{Name: "a.yaml", State: built, Problem: "worse"}, {Name: "b.yaml", State: vetted},
		{Name: "new.yaml", State: refused, Problem: "3:1:\nno"}, {Name: "panic.yaml", State: failed},
	})
	file := filepath.Join(dir, "grown")
	if err := grown.write(file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if want := recordHead + "a.yaml\tvetted\nb.yaml\tvetted\nc.yaml\trefused\nd.yaml\tcalled\t4 calls, 3 valid, 2 same\nnew.yaml\trefused\t\t3:1: no\n"; err != nil || string(text) != want {
		t.Errorf("the record is\n%s\nnot\n%s", text, want)
	}

	if none, err := readRecord(filepath.Join(dir, "none")); err != nil || len(none) > 0 {
		t.Errorf("without a file the record is %v, %v", none, err)
	}
	for name, want := range map[string]string{"bad": "bad:2:", "worse": "worse:1:"} {
		if _, err := readRecord(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestCause(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"pets/pets.go:3:4: undefined: PetName", "cats/cats.go:30:40: undefined: CatName"},
		{`api.yaml:9:3: "#/components/schemas/A" leads nowhere`, `other.json:1:300: "#/x" leads nowhere`},
		{"vet: a/b.go:1:2: struct field Name_2 repeats json tag", "vet: c.go:1:2: struct field X_1 repeats json tag"},
	} {
		if a, b := causeOf(tt.a), causeOf(tt.b); a != b {
			t.Errorf("%q and %q are %q and %q", tt.a, tt.b, a, b)
		}
	}
	if a, b := causeOf("a.go:1:2: undefined: x"), causeOf("a.go:1:2: declared and not used: x"); a == b {
		t.Errorf("different problems are both %q", a)
	}
}

func TestFolders(t *testing.T) {
	m := &module{taken: map[string]string{}}
	for _, tt := range []struct{ description, want string }{
		{"real/a.b.json", "real-a-b-json"}, {"real/a-b.json", "real-a-b-json-2"}, {"real/a.b.json", "real-a-b-json"}, {"internal/é.yaml", "internal-yaml"},
	} {
		if got := m.folder(tt.description); got != tt.want {
			t.Errorf("the folder of %s is %s, not %s", tt.description, got, tt.want)
		}
	}
}

// A run from end to end: what is fine, what gen refuses, what falls short.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles SDKs")
	}
	dir := folder(t, map[string]string{"fine.yaml": petstore, "refused.yaml": "openapi: 3.0.3\ninfo: [\n", "part.yaml": "type: object\n"})
	t.Chdir("../../..") // the module of gen
	out := t.TempDir()
	record, tsv := filepath.Join(out, "record"), filepath.Join(out, "out.tsv")
	corpus := func(args ...string) (code int, stdout, stderr string) {
		var o, e bytes.Buffer
		code = run(t.Context(), args, &o, &e)
		return code, o.String(), e.String()
	}

	code, text, said := corpus("-record", record, "-update", "-out", tsv, "-work", filepath.Join(out, "work"), dir)
	if code != 0 {
		t.Fatalf("the exit code is %d\n%s%s", code, text, said)
	}
	for _, want := range []string{"fine.yaml", "called", "1/2", "1 refused", "refused.yaml:3:1: "} {
		if !strings.Contains(text, want) {
			t.Errorf("the table has no %q:\n%s", want, text)
		}
	}
	recorded, err := os.ReadFile(record)
	if want := recordHead + "fine.yaml\tcalled\t2 calls, 2 valid, 2 same\nrefused.yaml\trefused\t\t"; err != nil || !strings.HasPrefix(string(recorded), want) {
		t.Errorf("the record is %s, %v", recorded, err)
	}
	rows, err := os.ReadFile(tsv)
	if err != nil || !strings.Contains(string(rows), "fine.yaml\tcalled\t1\t1\t1\t0\t0\t") {
		t.Errorf("the rows are %s, %v", rows, err)
	}

	if err := os.WriteFile(record, []byte("refused.yaml\tvetted\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, text, _ := corpus("-only", "refused*", "-to", "generate", "-record", record, dir); code != 1 || !strings.Contains(text, "falls short: refused.yaml") {
		t.Errorf("with a better record the exit code is %d\n%s", code, text)
	}
	for _, args := range [][]string{{}, {dir, dir}, {"-only", "[", dir}, {"-to", "nowhere", dir}, {"-only", "none", dir}, {filepath.Join(dir, "none")}, {"-nosuch", dir}} {
		if code, _, said := corpus(args...); code != 2 || said == "" {
			t.Errorf("%q: the exit code is %d, with %q", args, code, said)
		}
	}
}

// TestPublic holds the descriptions of the repository's own to all that the
// corpus is held to. They are always there, so it is never skipped; with -short
// they are generated and no more.
func TestPublic(t *testing.T) {
	public, err := filepath.Abs("testdata/public")
	if err != nil {
		t.Fatal(err)
	}
	last := "call"
	if testing.Short() {
		last = "generate"
	}
	t.Chdir("../../..") // the module of gen
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"-to", last, "-record", public + ".tsv", "-work", t.TempDir(), public}, &out, &errs); code != 0 && last == "call" {
		t.Errorf("the exit code is %d\n%s%s", code, out.String(), errs.String())
	}
	if strings.Contains(out.String(), "refused") || !strings.Contains(out.String(), "library.yaml") {
		t.Errorf("a description is refused:\n%s%s", out.String(), errs.String())
	}
}
