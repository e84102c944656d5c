package goapi

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
)

// An SDK is the declarations of one version of an SDK.
type SDK struct {
	one  *types.Package // all of them, by the names that mangle gives them
	fset *token.FileSet
}

// Load reads an SDK from its files, which are given by their path below the
// root of the module, or of the package that it is. Tests, the fake API for them,
// and folders named testdata or vendor, are left out. What it imports from elsewhere is found by
// outside.
func Load(module string, files map[string][]byte, outside types.Importer) (*SDK, error) {
	l := &loader{
		module: module, outside: outside, fset: token.NewFileSet(),
		files: map[string][]*ast.File{}, packages: map[string]*types.Package{}, defined: map[*ast.Ident]types.Object{}, used: map[*ast.Ident]types.Object{},
	}
	if err := l.parse(files); err != nil {
		return nil, err
	}
	for _, folder := range slices.Sorted(maps.Keys(l.files)) {
		if _, err := l.check(folder, nil); err != nil {
			return nil, err
		}
	}
	one, err := l.join()
	if err != nil {
		return nil, err
	}
	return &SDK{one: one, fset: l.fset}, nil
}

// Imports returns what the files of an SDK import that is not of its module.
func Imports(module string, files map[string][]byte) ([]string, error) {
	l := &loader{module: module, fset: token.NewFileSet(), files: map[string][]*ast.File{}}
	if err := l.parse(files); err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, list := range l.files {
		for _, f := range list {
			for _, spec := range f.Imports {
				if name := importPath(spec); !l.inside(name) && name != "unsafe" && name != "C" {
					found[name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

type loader struct {
	module   string
	outside  types.Importer
	fset     *token.FileSet
	files    map[string][]*ast.File // by folder, "" for the root
	packages map[string]*types.Package
	defined  map[*ast.Ident]types.Object
	used     map[*ast.Ident]types.Object
}

func (l *loader) parse(files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		folder := strings.TrimSuffix(path.Dir(name), ".")
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || skipped(folder) {
			continue
		}
		f, err := parser.ParseFile(l.fset, name, files[name], parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		if f.Name.Name == "main" || ignored(f) {
			continue
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				fn.Body = nil
			}
		}
		l.files[folder] = append(l.files[folder], f)
	}
	return nil
}

// fake is the package of the fake API: what is in it follows from the methods, and
// a change of one would be told twice.
const fake = "sdktest"

func skipped(folder string) bool {
	for part := range strings.SplitSeq(folder, "/") {
		if part == "testdata" || part == "vendor" || part == fake || strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_") {
			return true
		}
	}
	return false
}

// ignored reports whether a file is not for the system that this runs on.
func ignored(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if c.Pos() > f.Package || !constraint.IsGoBuild(c.Text) {
				continue
			}
			x, err := constraint.Parse(c.Text)
			return err == nil && !x.Eval(func(tag string) bool {
				return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "gc" || tag == "unix" && runtime.GOOS != "windows" || strings.HasPrefix(tag, "go1.")
			})
		}
	}
	return false
}

func importPath(spec *ast.ImportSpec) string {
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // it was parsed
	}
	return name
}

func (l *loader) inside(name string) bool {
	return name == l.module || strings.HasPrefix(name, l.module+"/")
}

// check type-checks the package in a folder, after those that it imports. The
// way has the folders that lead to it.
func (l *loader) check(folder string, way []string) (*types.Package, error) {
	if p, ok := l.packages[folder]; ok {
		return p, nil
	}
	if slices.Contains(way, folder) {
		return nil, fmt.Errorf("the packages %s import each other", strings.Join(way, ", "))
	}
	way = append(way, folder)
	p, err := l.typeCheck(path.Join(l.module, folder), l.files[folder], importFunc(func(name string) (*types.Package, error) {
		if !l.inside(name) {
			return l.outside.Import(name)
		}
		other := strings.TrimPrefix(strings.TrimPrefix(name, l.module), "/")
		if l.files[other] == nil {
			return nil, fmt.Errorf("there is no package %s", name)
		}
		return l.check(other, way)
	}))
	if err != nil {
		return nil, err
	}
	l.packages[folder] = p
	return p, nil
}

func (l *loader) typeCheck(name string, files []*ast.File, from types.Importer) (*types.Package, error) {
	var first error
	config := types.Config{
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Importer:         from,
		Error: func(err error) {
			if soft := (types.Error{}); first == nil && !(errors.As(err, &soft) && soft.Soft) {
				first = err
			}
		},
	}
	info := &types.Info{Defs: l.defined, Uses: l.used}
	p, _ := config.Check(name, l.fset, files, info)
	return p, first
}

type importFunc func(string) (*types.Package, error)

func (i importFunc) Import(name string) (*types.Package, error) { return i(name) }

// The first letters of names in the one package that stands for all: an
// identifier need not be one that Go could read, but it must be exported or not.
const (
	public  = "Ξ"
	private = "ξ"
)

// mangle is the name of an object among those of all packages. What is in an
// internal package is part of the API only where something public leads to it.
func mangle(folder, name string) string {
	letter := private
	if token.IsExported(name) && !strings.Contains("/"+folder+"/", "/internal/") {
		letter = public
	}
	if folder == "" {
		return letter + name
	}
	return letter + folder + "." + name
}

// unmangle makes what people read of a text with such names.
func unmangle(text string) string { return strings.NewReplacer(public, "", private, "").Replace(text) }

// join makes one package of all.
func (l *loader) join() (*types.Package, error) {
	folders := map[*types.Package]string{}
	for folder, p := range l.packages {
		folders[p] = folder
	}
	var files []*ast.File
	for _, folder := range slices.Sorted(maps.Keys(l.files)) {
		for _, f := range l.files[folder] {
			l.rename(f, folders)
			files = append(files, f)
		}
	}
	for _, f := range files {
		f.Name = ast.NewIdent("sdk")
	}
	l.defined, l.used = nil, nil
	return l.typeCheck("sdk", files, l.outside)
}

// rename gives every use of a declaration of the SDK in a file its name among
// those of all packages.
func (l *loader) rename(f *ast.File, folders map[*types.Package]string) {
	name := func(id *ast.Ident) (string, bool) {
		obj := l.used[id]
		if obj == nil {
			obj = l.defined[id]
		}
		if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() || obj.Name() == "_" {
			return "", false
		}
		folder, ok := folders[obj.Pkg()]
		return mangle(folder, obj.Name()), ok
	}
	astutil.Apply(f, func(c *astutil.Cursor) bool {
		switch n := c.Node().(type) {
		case *ast.ImportSpec:
			if l.inside(importPath(n)) {
				c.Delete()
			}
			return false
		case *ast.SelectorExpr:
			if _, ok := n.X.(*ast.Ident); !ok {
				return true
			}
			if full, ok := name(n.Sel); ok {
				c.Replace(&ast.Ident{NamePos: n.Pos(), Name: full})
				return false
			}
		case *ast.Ident:
			if full, ok := name(n); ok {
				n.Name = full
			}
		}
		return true
	}, nil)
	var imports []*ast.ImportSpec
	for _, spec := range f.Imports {
		if !l.inside(importPath(spec)) {
			imports = append(imports, spec)
		}
	}
	f.Imports = imports
}
