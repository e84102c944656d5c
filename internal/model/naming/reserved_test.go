package naming

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

// TestReservedNames holds the names that are kept free against those that the
// runtime's packages really declare.
func TestReservedNames(t *testing.T) {
	for _, tt := range []struct {
		pkg      string
		reserved []string
	}{
		{"option", reservedOptions},
		{"pagination", reserved[model.PaginationPath]},
		{"streaming", reserved[model.StreamingPath]},
		{"apierror", slices.Concat(reserved[model.APIErrorPath], []string{"Data"})},
	} {
		t.Run(tt.pkg, func(t *testing.T) {
			for _, name := range declared(t, filepath.Join("../../../templates/runtime", tt.pkg)) {
				if !slices.Contains(tt.reserved, name) {
					t.Errorf("package %s declares %s, which a name of a description could be too", tt.pkg, name)
				}
			}
		})
	}
}

// declared returns the exported names of a package, without methods.
func declared(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	var names []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names = append(names, d.Name.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						names = append(names, s.Name.Name)
					case *ast.ValueSpec:
						for _, n := range s.Names {
							names = append(names, n.Name)
						}
					}
				}
			}
		}
	}
	return slices.DeleteFunc(names, func(n string) bool { return !ast.IsExported(n) })
}
