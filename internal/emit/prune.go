package emit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
)

// prune takes out files of a package that declare only unexported functions and
// types which no other file of it uses: what reads the pages of a style that the
// API does not have.
func prune(files map[string][]byte, pkg string) error {
	var names []string
	for name := range files {
		if path.Dir(name) == pkg && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	private := map[string][]string{} // what each file declares, if it is all unexported
	uses := map[string]map[string]bool{}
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		private[name] = unexported(f)
		uses[name] = map[string]bool{}
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				uses[name][id.Name] = true
			}
			return true
		})
	}
	for {
		before := len(names)
		names = slices.DeleteFunc(names, func(name string) bool {
			declared := private[name]
			used := slices.ContainsFunc(declared, func(id string) bool {
				return slices.ContainsFunc(names, func(other string) bool { return other != name && uses[other][id] })
			})
			if len(declared) == 0 || used {
				return false
			}
			delete(files, name)
			return true
		})
		if len(names) == before {
			return nil
		}
	}
}

// unexported returns the names of the functions and types that a file declares;
// nil if it declares anything else, or anything that is exported.
func unexported(f *ast.File) []string {
	var names []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil || d.Name.Name == "init" {
				return nil
			}
			names = append(names, d.Name.Name)
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			for _, s := range d.Specs {
				t, ok := s.(*ast.TypeSpec)
				if !ok {
					return nil
				}
				names = append(names, t.Name.Name)
			}
		}
	}
	if slices.ContainsFunc(names, ast.IsExported) {
		return nil
	}
	return names
}
