package wire_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestLater makes a client of the later description, which is not kept in this
// repository, and runs testdata/later/later_test.go beside it.
func TestLater(t *testing.T) {
	const description = "cloudflare-secrets-store-2026-07.yaml"
	runBeside(t, "later", description, "../../openapi/"+description)
}

// TestMachine makes a client of testdata/machine/openapi.yaml, and runs
// machine_test.go beside it.
func TestMachine(t *testing.T) {
	runBeside(t, "machine", "openapi.yaml", "testdata/machine/openapi.yaml")
}

// runBeside makes the client of testdata/NAME/gen.yaml in a module of its own,
// with the description there, and runs NAME_test.go.
func runBeside(t *testing.T, name, description, from string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it compiles a client")
	}
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for file, from := range map[string]string{
		"gen.yaml":        "testdata/" + name + "/gen.yaml",
		name + "_test.go": "testdata/" + name + "/" + name + "_test.go",
		description:       from,
		"go.sum":          "../../go.sum",
		"go.mod":          "../../go.mod",
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if file == "go.mod" {
			// The module is within ours by name, so that it may use what is internal.
			data = bytes.Replace(data, []byte("module github.com/openapi-lathe/lathe\n"), []byte("module github.com/openapi-lathe/lathe/internal/wire/"+name+"\n"), 1)
			data = append(data, "\nrequire github.com/openapi-lathe/lathe v0.0.0\n\nreplace github.com/openapi-lathe/lathe => "+checkout+"\n"...)
		}
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o666); err != nil {
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
