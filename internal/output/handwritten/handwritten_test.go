package handwritten

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// clashes puts people's files into an output folder and returns what is wrong
// with them, a line each, without the name of the folder.
func clashes(t *testing.T, theirs, made map[string]string, ours ...string) []string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range theirs {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string][]byte{}
	for name, text := range made {
		files[name] = []byte(text)
	}
	var lines []string
	for _, d := range Clashes(dir, files, func(name string) bool { return slices.Contains(ours, name) }).Sorted() {
		lines = append(lines, strings.ReplaceAll(d.Error(), filepath.ToSlash(dir)+"/", ""))
	}
	return lines
}

const service = `package things

type Service struct {
	client int
	Items  ItemService
}

type ItemService struct{}

type List[T any] struct{}

func (s *Service) Get() {}

func (l *List[T]) Next() {}

func New() {}

func init() {}

const Max, Min = 1, 0

var _ = Max
`

func TestClashes(t *testing.T) {
	const named = ": rename it, or give the other another name in gen.yaml [custom-clash]"
	for _, tt := range []struct{ name, theirs, want string }{
		{"nothing", "package things\n\nfunc (s *Service) Ping() {}\n\nfunc init() {}\n\nvar _ = 1\n", ""},
		{"a method", "package things\n\nfunc (s *Service) Get() {}\n", "things/my.go:3:19: error: method Get of Service is declared here, and gen writes method Get of Service (things/service.go:12:19)" + named},
		{"a method of a value, in parentheses", "package things\n\nfunc (s (Service)) Get() {}\n", "things/my.go:3:20: error: method Get of Service is declared here"},
		{"a method of a generic type", "package things\n\nfunc (l List[E]) Next() {}\n", "things/my.go:3:18: error: method Next of List is declared here"},
		{"a method where a field is", "package things\n\nfunc (s *Service) Items() {}\n", "method Items of Service is declared here, and gen writes field Items of Service (things/service.go:5:2)"},
		{"a type", "package things\n\ntype (\n\tMine int\n\tItemService int\n)\n", "things/my.go:5:2: error: type ItemService is declared here"},
		{"a function where a constant is", "package things\n\nfunc Min() {}\n", "func Min is declared here, and gen writes const Min (things/service.go:20:12)"},
		{"a variable where a function is", "package things\n\nvar a, New = 1, 2\n", "things/my.go:3:8: error: var New is declared here, and gen writes func New"},
		{"another package", "package main\n\nfunc main() {}\n", "things/my.go:1:9: warning: this file is of package main, and gen writes package things into its folder (things/service.go:1:9): move it, or change its package [custom-clash]"},
		{"another package in some builds", "//go:build tools\n\npackage main\n", "things/my.go:3:9: warning: this file is of package main, and gen writes package things into its folder (things/service.go:1:9): move it, or change its package [custom-clash]"},
		{"a test of the package from outside", "package things_test\n\nfunc TestIt() {}\n", ""},
		{"what is not built", "//go:build ignore\n\npackage main\n\nfunc New() {}\n", ""},
		{"what does not parse", "package things\n\nfunc (s *Service Get() {}\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := clashes(t, map[string]string{"things/my.go": tt.theirs}, map[string]string{"things/service.go": service})
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("it reports %q", got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)):
				t.Errorf("got  %q\nwant %s", got, tt.want)
			}
		})
	}
}

// A name is taken in its own folder only, and what an earlier run wrote is not
// people's: it goes, or is written over.
func TestClashesElsewhere(t *testing.T) {
	made := map[string]string{"things/service.go": service, "README.md": "func New() {}"}
	for _, tt := range []struct {
		name   string
		theirs map[string]string
		ours   []string
	}{
		{"another folder", map[string]string{"others/my.go": "package others\n\nfunc New() {}\n", "my.go": "package sdk\n\nfunc New() {}\n"}, nil},
		{"gen's own of an earlier run", map[string]string{"things/old.go": "package things\n\nfunc New() {}\n"}, []string{"things/old.go"}},
		{"what is written over", map[string]string{"things/service.go": "package things\n\nfunc New() {}\n"}, nil},
		{"no Go", map[string]string{"things/notes.txt": "package things\n\nfunc New() {}\n"}, nil},
		{"no output yet", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := clashes(t, tt.theirs, made, tt.ours...); len(got) > 0 {
				t.Errorf("it reports %q", got)
			}
		})
	}
}

// Every clash is reported, in the order of files and lines.
func TestClashesAll(t *testing.T) {
	got := clashes(t, map[string]string{
		"things/b.go": "package things\n\nfunc New() {}\n",
		"things/a.go": "package things\n\nconst (\n\tMax = 1\n\tMin = 2\n)\n",
	}, map[string]string{"things/service.go": service})
	want := []string{"things/a.go:4:2", "things/a.go:5:2", "things/b.go:3:6"}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i, place := range want {
		if !strings.HasPrefix(got[i], place+": error: ") {
			t.Errorf("got %s, want it at %s", got[i], place)
		}
	}
}

// The root of the output is refused if it is another package.
func TestOtherPackage(t *testing.T) {
	made := map[string]string{"client.go": "package acme\n"}
	for _, tt := range []struct{ theirs, want string }{
		{"package main\n", "my.go:1:9: error: this file is of package main, and gen would write package acme into its folder, which does not compile; choose another folder with -o [output-package]"},
		{"package mine\n", "my.go:1:9: error: this file is of package mine, and gen would write package acme into its folder, which does not compile; choose another folder with -o, or name the package with -p mine [output-package]"},
		{"//go:build tools\n\npackage mine\n", "my.go:3:9: warning: this file is of package mine, and gen writes package acme into its folder (client.go:1:9): move it, or change its package [custom-clash]"},
		{"package acme_test\n", ""},
	} {
		if got := strings.Join(clashes(t, map[string]string{"my.go": tt.theirs}, made), "\n"); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.theirs, got, tt.want)
		}
	}
}
