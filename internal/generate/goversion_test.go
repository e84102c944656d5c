package generate

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/emit"
)

// The SDK is for the version of Go that the module around it has.
func TestInferGo(t *testing.T) {
	for _, tt := range []struct{ goMod, said, want string }{
		{"module example.com/app\n\ngo 1.27.0\n", "", "1.27"},
		{"module example.com/app\n\ngo 1.27rc1 // soon\n", "", "1.27"},
		{"module example.com/app\n\ngo 1.30\n", "", "1.27"},
		{"module example.com/app\n\ngo 1.26.3\n", "", "1.26"},
		{"module example.com/app\n\ngo 1.21\n", "", "1.26"},
		{"module example.com/app\n\ngo 1.26\n", "1.27", "1.27"},
		{"module example.com/app\n\ngo 1.27\n", "1.26", "1.26"},
	} {
		dir := t.TempDir()
		put(t, dir, "go.mod", tt.goMod)
		api := put(t, dir, "api.yaml", things)
		sdk, err := Run(Options{Spec: api, Output: filepath.Join(dir, "sdk"), Package: "things", Go: tt.said})
		if err != nil {
			t.Fatal(err)
		}
		if sdk.API.Go != tt.want {
			t.Errorf("%q, --go %q: it is for %s, not %s", tt.goMod, tt.said, sdk.API.Go, tt.want)
		}
	}
}

// From Go 1.27 on an SDK has no dependency, and builds with an empty go.sum.
func TestGo127(t *testing.T) {
	if testing.Short() {
		t.Skip("builds an SDK with another toolchain")
	}
	env := append(os.Environ(), "GOTOOLCHAIN=go1.27.0", "GOFLAGS=-mod=readonly", "GOWORK=off")
	version := exec.Command("go", "version")
	version.Env = env
	if out, err := version.CombinedOutput(); err != nil || !strings.Contains(string(out), "go1.27") {
		t.Skipf("the toolchain of Go 1.27 cannot be had: %v\n%s", err, out)
	}
	dir := t.TempDir()
	sdk, err := Run(Options{Spec: put(t, t.TempDir(), "api.yaml", things), Output: dir, Package: "things", Module: "example.com/things", Go: "1.27", Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	if needs := emit.Dependency("1.27"); needs != "" || strings.Contains(string(sdk.Files["go.mod"]), "require") || len(sdk.Files["go.sum"]) > 0 {
		t.Fatalf("it requires %s:\n%s%s", needs, sdk.Files["go.mod"], sdk.Files["go.sum"])
	}
	for name, text := range sdk.Files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		put(t, dir, name, string(text))
	}
	for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
		run := exec.Command("go", args...)
		run.Dir, run.Env = dir, env
		if out, err := run.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}
