package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/testkit/effort"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// programOf is a program that uses every public name of an SDK, and calls every
// operation.
func programOf(t *testing.T, e *edition) string {
	t.Helper()
	var code []string
	seen := map[string]bool{}
	for _, n := range e.api.Names {
		if use := e.sdk.Use(n.Name, e.root); use != "" && !seen[n.Name] {
			seen[n.Name] = true
			code = append(code, use)
		}
	}
	user := emit.NewUser(e.api)
	for _, name := range slices.Sorted(maps.Keys(e.ops)) {
		call, err := user.Call(e.ops[name], func(*model.Field) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		code = append(code, call)
	}
	return program(e, strings.Join(code, "\n"))
}

var declared = regexp.MustCompile(`(?m)^(func|var) (field|method|value|function|call)\b`)

// program makes a file of code: with imports, and a name of its own for each
// declaration.
func program(e *edition, code string) string {
	n := 0
	code = declared.ReplaceAllStringFunc(code, func(s string) string {
		n++
		return fmt.Sprint(s, n)
	})
	known := map[string]string{e.root: diffModule, "jsontext": "github.com/go-json-experiment/json/jsontext"}
	for _, std := range []string{"context", "io", "iter", "net/http", "strings", "time", "bytes", "log/slog"} {
		known[path.Base(std)] = std
	}
	for file := range e.files {
		if folder := path.Dir(file); folder != "." && !strings.HasPrefix(folder+"/", "internal/") {
			known[path.Base(folder)] = diffModule + "/" + folder
		}
	}
	var imports strings.Builder
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if regexp.MustCompile(`(^|\.\.\.|[^.\pL\pN_"])` + name + `\.\pL`).MatchString(code) {
			fmt.Fprintf(&imports, "import %s %q\n", name, known[name])
		}
	}
	return "package program\n\n" + imports.String() + "\n" + code
}

// compile type-checks a program that uses an SDK.
func compile(e *edition, program string) error {
	fset := token.NewFileSet()
	folders := map[string][]*ast.File{}
	for _, name := range slices.Sorted(maps.Keys(e.files)) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, e.files[name], parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folders[path.Dir(name)] = append(folders[path.Dir(name)], f)
	}
	done := map[string]*types.Package{}
	var from importFunc
	from = func(name string) (*types.Package, error) {
		if name != diffModule && !strings.HasPrefix(name, diffModule+"/") {
			return e.outside.Import(name)
		}
		if p := done[name]; p != nil {
			return p, nil
		}
		files := folders[path.Join(".", strings.TrimPrefix(strings.TrimPrefix(name, diffModule), "/"))]
		if files == nil {
			return nil, fmt.Errorf("there is no package %s", name)
		}
		p, err := (&types.Config{IgnoreFuncBodies: true, Importer: from}).Check(name, fset, files, nil)
		done[name] = p
		return p, err
	}
	f, err := parser.ParseFile(fset, "program.go", program, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	_, err = (&types.Config{Importer: from}).Check("program", fset, []*ast.File{f}, nil)
	return err
}

type importFunc func(string) (*types.Package, error)

func (f importFunc) Import(name string) (*types.Package, error) { return f(name) }

// Whatever a description has, code can be written that uses all of its SDK.
func TestProgramsOfGoldens(t *testing.T) {
	if testing.Short() {
		t.Skip("it checks the types of many SDKs")
	}
	for i, c := range golden.Read(t, goldens) {
		if !effort.Full() && i%4 != 0 {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range c.In {
				writeFiles(t, dir, map[string][]byte{name: []byte(text)})
			}
			t.Chdir(dir)
			cmd := &command{stderr: io.Discard}
			if c.In["gen.yaml"] != "" {
				cmd.config = "gen.yaml"
			}
			var cleanUp cleaner
			defer cleanUp.run()
			e, err := cmd.edition("openapi.yaml", nil, &cleanUp)
			if err != nil {
				t.Skip(err) // which is what the case is about, as TestGolden knows
			}
			if err := compile(e, programOf(t, e)); err != nil {
				t.Error(err)
			}
		})
	}
}
