package mockapi_test

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// testModule makes a module of files, which are given by where they are taken
// from, generates the client that its gen.yaml asks for, and runs its tests.
func testModule(t *testing.T, name string, from map[string]string) {
	t.Helper()
	checkout, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	files := maps.Clone(from)
	files["go.sum"], files["go.mod"] = "../../../go.sum", "../../../go.mod"
	dir := t.TempDir()
	for name, from := range files {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	// The module is within ours by name, so that it may use what is internal.
	mod = bytes.Replace(mod, []byte("module github.com/openapi-lathe/lathe\n"), []byte("module github.com/openapi-lathe/lathe/internal/testkit/mockapi/"+name+"\n"), 1)
	mod = append(mod, "\nrequire github.com/openapi-lathe/lathe v0.0.0\n\nreplace github.com/openapi-lathe/lathe => "+checkout+"\n"...)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), mod, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{"go", "run", "github.com/openapi-lathe/lathe/cmd/gen", "generate", "--quiet", "gen.yaml"},
		{"go", "vet", "./..."},
		{"go", "test", "./..."},
	} {
		cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
		}
	}
}
