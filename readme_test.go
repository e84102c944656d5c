package lathe_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

var fence = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// What the README shows as Go is built as it stands there, each snippet as a
// package in a module of its own.
func TestREADME(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds")
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	snippets := fence.FindAllSubmatch(text, -1)
	if len(snippets) == 0 {
		t.Fatal("README.md has no Go in it")
	}
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}

	dir := t.TempDir()
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		t.Fatal(err)
	}
	mod = bytes.Replace(mod, []byte("module "+module), []byte("module example.com/readme"), 1)
	mod = fmt.Appendf(mod, "\nrequire %s v0.0.0\n\nreplace %[1]s => %s\n", module, root)
	write(t, filepath.Join(dir, "go.mod"), mod)
	write(t, filepath.Join(dir, "go.sum"), sum)
	for _, snippet := range snippets {
		line := 1 + bytes.Count(text[:bytes.Index(text, snippet[0])+len("```go\n")], []byte("\n"))
		name := "main.go"
		if bytes.Contains(snippet[1], []byte("*testing.T")) {
			name = "main_test.go"
		}
		located := append(fmt.Appendf(nil, "//line README.md:%d\n", line), snippet[1]...)
		write(t, filepath.Join(dir, fmt.Sprint("line", line), name), located)
	}

	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("what README.md shows does not compile: %v\n%s", err, out)
	}
	for _, snippet := range snippets {
		if formatted := gofmt(t, snippet[1]); formatted != "" {
			t.Errorf("what README.md shows is not what gofmt makes of it:\n%s", formatted)
		}
	}
}

// gofmt returns what gofmt would change.
func gofmt(t *testing.T, source []byte) string {
	t.Helper()
	cmd := exec.Command("gofmt", "-d")
	cmd.Stdin = bytes.NewReader(source)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return string(out)
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
