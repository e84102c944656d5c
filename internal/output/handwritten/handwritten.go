// Package handwritten looks at the Go files that people keep in the folders of
// an SDK: methods and functions beside those that gen writes. They stay as they
// are; what they declare must not be what gen declares too.
//
// Problem: a description grows an operation, and gen writes a method that
// somebody had written by hand. The compiler says so, after the output has been
// replaced, in generated code that nobody may change. Others keep such code
// between marks in generated files, or in folders that they ignore.
//
// Decision: the files are parsed before anything is written, and a clash is an
// error at the hand-written declaration, which is the one that can be renamed.
package handwritten

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Clashes returns an error for each declaration in a Go file of the output dir
// that the files to be written declare too, and for each Go file of another
// package than they are. The files that ours names are no one's but gen's.
func Clashes(dir string, files map[string][]byte, ours func(name string) bool) *diag.List {
	problems := &diag.List{}
	folders := map[string][]string{} // of what is written
	for name := range files {
		if strings.HasSuffix(name, ".go") {
			folders[path.Dir(name)] = append(folders[path.Dir(name)], name)
		}
	}
	for folder, written := range folders {
		theirs := foreign(dir, folder, files, ours)
		if len(theirs) == 0 {
			continue
		}
		slices.Sort(written)
		made := read(dir, written, func(name string) ([]byte, error) { return files[name], nil })
		people := read(dir, theirs, func(name string) ([]byte, error) {
			return os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		})
		people.against(made, folder, problems)
	}
	return problems
}

// foreign returns the Go files in a folder that are not gen's.
func foreign(dir, folder string, files map[string][]byte, ours func(string) bool) []string {
	entries, err := fs.ReadDir(os.DirFS(filepath.Join(dir, filepath.FromSlash(folder))), ".")
	if err != nil {
		return nil // it is not there yet, or writing it tells what is wrong
	}
	var names []string
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if _, written := files[name]; !written && e.Type().IsRegular() && strings.HasSuffix(name, ".go") && !ours(name) {
			names = append(names, name)
		}
	}
	return names
}

// A source is what some files declare.
type source struct {
	packages []declaration // the package clause of each
	all      []declaration
}

// A declaration is a name in a package, or of a type in it: "Client",
// "Client.Ping".
type declaration struct {
	pkg  string // tests may be of another package than what they test
	tags bool   // of a package clause: the file is built in some builds only
	name string
	what string // "func Ping", "type Client", "field Name of Store"
	pos  diag.Pos
}

// read parses files. What cannot be parsed declares nothing: the compiler has
// the better words for it.
func read(dir string, names []string, text func(string) ([]byte, error)) *source {
	s := &source{}
	fset := token.NewFileSet()
	for _, name := range names {
		data, err := text(name)
		if err != nil {
			continue
		}
		file := filepath.ToSlash(filepath.Join(dir, name))
		f, err := parser.ParseFile(fset, file, data, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil || strings.Contains(head(fset, f, data), "//go:build ignore") {
			continue
		}
		at := func(n ast.Node) diag.Pos {
			p := fset.Position(n.Pos())
			return diag.Pos{File: file, Line: p.Line, Col: p.Column}
		}
		s.packages = append(s.packages, declaration{pkg: f.Name.Name, tags: strings.Contains(head(fset, f, data), "//go:build "), pos: at(f.Name)})
		for _, d := range f.Decls {
			s.declare(f.Name.Name, d, at)
		}
	}
	return s
}

// head is the text of a file in front of its package clause.
func head(fset *token.FileSet, f *ast.File, data []byte) string {
	return string(data[:min(fset.Position(f.Package).Offset, len(data))])
}

func (s *source) declare(pkg string, d ast.Decl, at func(ast.Node) diag.Pos) {
	add := func(name, what string, n ast.Node) {
		s.all = append(s.all, declaration{pkg: pkg, name: name, what: what, pos: at(n)})
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		switch receiver := receiverOf(d); {
		case receiver != "":
			add(receiver+"."+name, fmt.Sprintf("method %s of %s", name, receiver), d.Name)
		case name != "init" && name != "_":
			add(name, "func "+name, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				add(spec.Name.Name, "type "+spec.Name.Name, spec.Name)
				if fields, ok := spec.Type.(*ast.StructType); ok {
					for _, f := range fields.Fields.List {
						for _, id := range f.Names {
							add(spec.Name.Name+"."+id.Name, fmt.Sprintf("field %s of %s", id.Name, spec.Name.Name), id)
						}
					}
				}
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					if id.Name != "_" {
						add(id.Name, d.Tok.String()+" "+id.Name, id)
					}
				}
			}
		}
	}
}

// receiverOf is the type that a method is of, "" for a function.
func receiverOf(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// against reports what both people and gen declare in a folder, and files of
// another package than gen writes there: two packages in one do not compile. In
// the root of the output that is an error, as the folder is the wrong one.
func (s *source) against(made *source, folder string, problems *diag.List) {
	type key struct{ pkg, name string }
	first := map[key]declaration{}
	for _, d := range made.all {
		if k := (key{d.pkg, d.name}); first[k].name == "" {
			first[k] = d
		}
	}
	for _, d := range s.all {
		if other, ok := first[key{d.pkg, d.name}]; ok {
			problems.Errorf(d.pos, "custom-clash", "%s is declared here, and gen writes %s (%s): rename it, or give the other another name in gen.yaml", d.what, other.what, other.pos)
		}
	}
	i := slices.IndexFunc(made.packages, func(p declaration) bool { return !strings.HasSuffix(p.pkg, "_test") })
	if i < 0 {
		return
	}
	is := made.packages[i]
	for _, p := range s.packages {
		if p.pkg != is.pkg && p.pkg != is.pkg+"_test" {
			switch {
			case p.tags || folder != ".":
				problems.Warningf(p.pos, "custom-clash", "this file is of package %s, and gen writes package %s into its folder (%s): move it, or change its package", p.pkg, is.pkg, is.pos)
			case p.pkg == "main":
				problems.Errorf(p.pos, "output-package", "this file is of package %s, and gen would write package %s into its folder, which does not compile; choose another folder with -o", p.pkg, is.pkg)
			default:
				problems.Errorf(p.pos, "output-package", "this file is of package %s, and gen would write package %s into its folder, which does not compile; choose another folder with -o, or name the package with -p %s", p.pkg, is.pkg, p.pkg)
			}
		}
	}
}
