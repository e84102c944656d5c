package wire_test

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// testClient makes a client in a module of its own, by the gen.yaml of a folder
// of testdata, and runs the tests of that folder beside it. More files are put
// there from where they are in the repository.
func testClient(t *testing.T, name string, more map[string]string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it compiles a client")
	}
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{"go.sum": "../../go.sum", "go.mod": "../../go.mod"}
	maps.Copy(sources, more)
	files, err := filepath.Glob("testdata/" + name + "/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no testdata for %s, %v", name, err)
	}
	for _, file := range files {
		sources[filepath.Base(file)] = file
	}
	dir := t.TempDir()
	for to, from := range sources {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if to == "go.mod" {
			// The module is within ours by name, so that it may use what is internal.
			data = bytes.Replace(data, []byte("module github.com/openapi-lathe/lathe\n"), []byte("module github.com/openapi-lathe/lathe/internal/wire/"+name+"\n"), 1)
			data = append(data, "\nrequire github.com/openapi-lathe/lathe v0.0.0\n\nreplace github.com/openapi-lathe/lathe => "+checkout+"\n"...)
		}
		if err := os.WriteFile(filepath.Join(dir, to), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range [][]string{
		{"go", "run", "github.com/openapi-lathe/lathe/cmd/gen", "generate", "--quiet", "gen.yaml"},
		{"go", "vet", "./..."},
		{"go", "test", "."},
	} {
		cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
		}
	}
}
