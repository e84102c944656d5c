package generate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/lockfile"
)

const things = `openapi: 3.0.3
info: {title: Things, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components: {schemas: {Thing: {type: object, properties: {name: {type: string}}}}}
`

func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "api.yaml", things)
	cfg := put(t, dir, "gen.yaml", "spec: api.yaml\noutput: out\npackage: things\nmodule: example.com/things\n")
	put(t, dir, "gen.lock", "things.Object #/components/schemas/Thing\n")
	var opened, stages []string
	sdk, err := Run(Options{
		ConfigFile: cfg,
		Opened:     func(name string) { opened = append(opened, filepath.Base(name)) },
		Stage:      func(stage string) { stages = append(stages, strings.Fields(stage)[0]) },
	})
	if err != nil || sdk.Problems.Len() > 0 {
		t.Fatal(err, sdk.Problems.Err())
	}
	if want := []string{"gen.yaml", "api.yaml"}; !slices.Equal(opened, want) {
		t.Errorf("it reads %q, not %q", opened, want)
	}
	if want := []string{"reading", "building", "writing"}; !slices.Equal(stages, want) {
		t.Errorf("its stages are %q, not %q", stages, want)
	}
	if sdk.Output != filepath.Join(dir, "out") || sdk.LockFile != filepath.Join(dir, "gen.lock") {
		t.Errorf("it is for %s and %s", sdk.Output, sdk.LockFile)
	}
	for _, name := range []string{"client.go", "go.mod", "README.md"} {
		if sdk.Files[name] == nil {
			t.Errorf("there is no %s", name)
		}
	}
	if len(sdk.Lock.Named("things.Object")) != 1 {
		t.Errorf("the name of the lock is gone:\n%s", sdk.Lock.Bytes())
	}
	if _, err := os.Stat(sdk.Output); err == nil {
		t.Error("something was written")
	}
}

// What a run finds wrong is in its result, with as much as there is.
func TestRunProblems(t *testing.T) {
	dir := t.TempDir()
	api := put(t, dir, "api.yaml", strings.Replace(things, "schemas/Thing'", "schemas/Nothing'", 1))
	sdk, err := Run(Options{Spec: api, Output: filepath.Join(dir, "out"), Module: "example.com/things", Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if sdk.API != nil || sdk.Files != nil || sdk.Lock != nil || sdk.Doc == nil || !sdk.Problems.Failed() {
		t.Errorf("an unresolved $ref in a strict run: %v", sdk.Problems.Sorted())
	}

	// A contradiction of the command line is no problem of the description.
	put(t, dir, "go.mod", "module example.com/other\n")
	api = put(t, dir, "api.yaml", things)
	if _, err := Run(Options{Spec: api, Output: dir, Module: "example.com/things"}); err == nil || !strings.Contains(err.Error(), "example.com/other") {
		t.Error(err)
	}
}

// Names that are given count where no lock says others, and a detached SDK asks
// nothing of the folder that it would be written to.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "go.mod", "module example.com/other\n")
	api := put(t, dir, "api.yaml", things)
	names := lockfile.New("", []lockfile.Entry{{Name: "things.Object", Place: "#/components/schemas/Thing"}})
	sdk, err := Model(Options{Spec: api, Module: "example.com/things", Output: dir, Names: names, Detached: true})
	if err != nil || sdk.API == nil {
		t.Fatal(err, sdk.Problems.Err())
	}
	if sdk.Files != nil || len(sdk.Lock.Named("things.Object")) != 1 {
		t.Errorf("%s", sdk.Lock.Bytes())
	}
	lock := put(t, dir, "names.lock", "things.Item #/components/schemas/Thing\n")
	sdk, err = Model(Options{Spec: api, Module: "example.com/things", Names: names, Lock: lock, Detached: true})
	if err != nil || len(sdk.Lock.Named("things.Item")) != 1 {
		t.Errorf("%v\n%s", err, sdk.Lock.Bytes())
	}
	sdk, err = Model(Options{Spec: api, Module: "example.com/things", Lock: lock, NoLock: true, Detached: true})
	if err != nil || len(sdk.Lock.Named("things.Item")) != 0 {
		t.Errorf("%v\n%s", err, sdk.Lock.Bytes())
	}
}
