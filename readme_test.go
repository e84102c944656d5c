package lathe_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var fence = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// What the README and the pages in docs show as Go is built as it stands there,
// each snippet as a package in one module.
func TestREADME(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds")
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
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, snippet := range fence.FindAllSubmatchIndex(text, -1) {
			source := text[snippet[2]:snippet[3]]
			line := 1 + bytes.Count(text[:snippet[2]], []byte("\n"))
			name := "main.go"
			if bytes.Contains(source, []byte("*testing.T")) {
				name = "main_test.go"
			}
			located := append(fmt.Appendf(nil, "//line %s:%d\n", page, line), source...)
			write(t, filepath.Join(dir, page, fmt.Sprint("line", line), name), located)
			if formatted := gofmt(t, source); formatted != "" {
				t.Errorf("%s:%d: it is not what gofmt makes of it:\n%s", page, line, formatted)
			}
		}
	}

	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("what the pages show does not compile: %v\n%s", err, out)
	}
}

// pages are the README and what is in docs.
func pages(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("docs/*.md")
	if err != nil || len(list) == 0 {
		t.Fatalf("docs has no pages: %v", err)
	}
	return append([]string{"README.md"}, list...)
}

var code = regexp.MustCompile("(?ms)^```.*?^```$")

var link = regexp.MustCompile(`\]\(([^)\s]*)\)`)

// A link from one page to another leads to a file that is there, and to one of
// its headings.
func TestLinks(t *testing.T) {
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllSubmatch(code.ReplaceAll(text, nil), -1) {
			target, anchor, _ := strings.Cut(string(m[1]), "#")
			if strings.Contains(target, "://") {
				continue
			}
			to := page
			if target != "" {
				to = filepath.Join(filepath.Dir(page), target)
			}
			there, err := os.ReadFile(to)
			if info, e := os.Stat(to); e == nil && info.IsDir() {
				continue
			}
			if err != nil {
				t.Errorf("%s: %s leads nowhere: %v", page, m[1], err)
			} else if anchor != "" && !slices.Contains(anchors(there), anchor) {
				t.Errorf("%s: %s has no heading %s", page, to, anchor)
			}
		}
	}
}

// anchors are the names of the headings of a page, as they are in links to them.
func anchors(text []byte) []string {
	var list []string
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			word := func(r rune) rune {
				switch {
				case r == ' ':
					return '-'
				case r == '-', unicode.IsLetter(r), unicode.IsDigit(r):
					return unicode.ToLower(r)
				}
				return -1
			}
			list = append(list, strings.Map(word, strings.TrimSpace(title)))
		}
	}
	return list
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
