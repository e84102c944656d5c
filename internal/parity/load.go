package parity

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ReadFolder returns the Go files below a folder by their slash-separated path, and
// the path of the module that its go.mod names; "sdk" without one. Tests, hidden
// folders, testdata, vendor, examples and commands are left out.
func ReadFolder(dir string) (module string, files map[string][]byte, err error) {
	module, files = "sdk", map[string][]byte{}
	root := os.DirFS(dir)
	if data, err := fs.ReadFile(root, "go.mod"); err == nil {
		for line := range strings.Lines(string(data)) {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
				module = strings.Trim(strings.TrimSpace(rest), `"`)
			}
		}
	}
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && skipped(d.Name()):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files[name], err = fs.ReadFile(root, name)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	if len(files) == 0 {
		return "", nil, fmt.Errorf("%s has no Go files", filepath.ToSlash(dir))
	}
	return module, files, nil
}

func skipped(folder string) bool {
	return slices.Contains([]string{"testdata", "vendor", "examples", "cmd", "sdktest"}, folder) || strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_")
}

// An SDK is the declarations of one.
type SDK struct {
	Module   string
	packages map[string]*types.Package // by folder; "" is the root
	docs     map[string]string         // of methods of services, by type and name
}

// Load reads an SDK from its files. What cannot be understood is left out: an SDK
// that does not build has the parts that do.
func Load(module string, files map[string][]byte) (*SDK, error) {
	l := &loader{
		module: module, fset: token.NewFileSet(), files: map[string][]*ast.File{},
		sdk:     &SDK{Module: module, packages: map[string]*types.Package{}, docs: map[string]string{}},
		outside: map[string]*types.Package{}, uses: map[string]map[string]int{},
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		folder := path.Dir(name)
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || slices.ContainsFunc(strings.Split(folder, "/"), func(part string) bool { return part != "." && skipped(part) }) {
			continue
		}
		f, err := parser.ParseFile(l.fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", module, err)
		}
		if f.Name.Name == "main" {
			continue
		}
		l.add(strings.TrimPrefix(folder, "."), f)
	}
	for _, folder := range slices.Sorted(maps.Keys(l.files)) {
		l.check(folder)
	}
	if len(l.sdk.packages) == 0 {
		return nil, fmt.Errorf("%s has no package", module)
	}
	return l.sdk, nil
}

type loader struct {
	module  string
	fset    *token.FileSet
	files   map[string][]*ast.File
	sdk     *SDK
	outside map[string]*types.Package
	uses    map[string]map[string]int // of each package from elsewhere, the names that are used and how many type arguments they have
	open    []string
}

// add takes a file up, with what its methods are documented by and what it uses of
// packages from elsewhere.
func (l *loader) add(folder string, f *ast.File) {
	l.files[folder] = append(l.files[folder], f)
	imported := map[string]string{}
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil || l.inside(name) {
			continue
		}
		local := packageOf(name)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		imported[local] = name
		if l.uses[name] == nil {
			l.uses[name] = map[string]int{}
		}
	}
	use := func(x ast.Expr, args int) {
		sel, ok := x.(*ast.SelectorExpr)
		if !ok {
			return
		}
		if id, ok := sel.X.(*ast.Ident); ok && imported[id.Name] != "" {
			of := l.uses[imported[id.Name]]
			of[sel.Sel.Name] = max(of[sel.Sel.Name], args)
		}
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			fn.Body = nil
			if fn.Recv != nil && len(fn.Recv.List) == 1 && fn.Doc != nil {
				l.sdk.docs[folder+"."+receiver(fn.Recv.List[0].Type)+"."+fn.Name.Name] = fn.Doc.Text()
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			use(n.X, 1)
		case *ast.IndexListExpr:
			use(n.X, len(n.Indices))
		case *ast.SelectorExpr:
			use(n, 0)
		}
		return true
	})
}

// packageOf guesses the name of a package from its path.
func packageOf(name string) string {
	base := path.Base(name)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" && path.Dir(name) != "." {
		base = path.Base(path.Dir(name))
	}
	return strings.TrimPrefix(strings.ReplaceAll(base, "-", "_"), "go_")
}

func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}

func (l *loader) inside(name string) bool {
	return name == l.module || strings.HasPrefix(name, l.module+"/")
}

func (l *loader) check(folder string) *types.Package {
	if p := l.sdk.packages[folder]; p != nil {
		return p
	}
	if slices.Contains(l.open, folder) || l.files[folder] == nil {
		return nil
	}
	l.open = append(l.open, folder)
	name := l.module
	if folder != "" {
		name += "/" + folder
	}
	config := types.Config{
		IgnoreFuncBodies: true, FakeImportC: true, DisableUnusedImportCheck: true,
		Importer: importFunc(l.load), Error: func(error) {},
	}
	p, _ := config.Check(name, l.fset, l.files[folder], nil)
	l.sdk.packages[folder] = p
	return p
}

type importFunc func(string) (*types.Package, error)

func (f importFunc) Import(name string) (*types.Package, error) { return f(name) }

// load returns a package: one of the SDK, or what stands for one from elsewhere.
func (l *loader) load(name string) (*types.Package, error) {
	if l.inside(name) {
		if p := l.check(strings.TrimPrefix(strings.TrimPrefix(name, l.module), "/")); p != nil {
			return p, nil
		}
		return nil, fmt.Errorf("there is no package %s", name)
	}
	if p := l.outside[name]; p != nil {
		return p, nil
	}
	p := types.NewPackage(name, packageOf(name))
	for _, used := range slices.Sorted(maps.Keys(l.uses[name])) {
		obj := types.NewTypeName(token.NoPos, p, used, nil)
		named := types.NewNamed(obj, types.NewStruct(nil, nil), nil)
		var params []*types.TypeParam
		for i := range l.uses[name][used] {
			param := types.NewTypeName(token.NoPos, p, "T"+strconv.Itoa(i), nil)
			params = append(params, types.NewTypeParam(param, types.NewInterfaceType(nil, nil)))
		}
		named.SetTypeParams(params)
		p.Scope().Insert(obj)
	}
	p.MarkComplete()
	l.outside[name] = p
	return p, nil
}
