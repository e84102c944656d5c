package parity

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Call is a method of an SDK and the request that it sends, as far as the SDK
// says so.
type Call struct {
	Name   string   // "Chat.Completions.New"
	Verb   string   // GET; empty if nothing says it
	Paths  []string // texts that may be the path of the request, with {} for a parameter, the likeliest first
	Args   []string // the types of what it takes, without the context and the options
	Names  []string // of those
	Result string   // the type of what it returns; empty if that is only an error
}

var (
	titled    = regexp.MustCompile(`<code title="([a-zA-Z]+) ([^"]+)">(.*?)</code>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
	clientFn  = regexp.MustCompile(`^client\.([\w.]+)\((.*?)\)\s*(.*)$`)
	formatted = regexp.MustCompile(`%[a-z]`)
	named     = regexp.MustCompile(`\{[^{}]*\}`)
)

// ReadAPI reads the methods that an api.md lists: a line for each, with the verb
// and the path as the title of the call.
func ReadAPI(text string) []Call {
	var calls []Call
	for _, m := range titled.FindAllStringSubmatch(text, -1) {
		line := strings.ReplaceAll(html.UnescapeString(tag.ReplaceAllString(m[3], "")), `\`, "")
		fn := clientFn.FindStringSubmatch(line)
		if fn == nil {
			continue
		}
		c := Call{Name: fn[1], Verb: strings.ToUpper(m[1]), Paths: []string{bare(m[2])}}
		for _, arg := range splitList(fn[2]) {
			name, typ, ok := strings.Cut(arg, " ")
			if !ok || typ == "context.Context" || strings.HasPrefix(typ, "...") {
				continue
			}
			c.Names, c.Args = append(c.Names, name), append(c.Args, typ)
		}
		results := splitList(strings.TrimSuffix(strings.TrimPrefix(fn[3], "("), ")"))
		if len(results) > 1 {
			c.Result = strings.TrimLeft(results[0], "*")
		}
		calls = append(calls, c)
	}
	return calls
}

// splitList splits a list at the commas that are in no brackets.
func splitList(text string) []string {
	var list []string
	depth, start := 0, 0
	for i, r := range text {
		switch r {
		case '[', '(', '{':
			depth++
		case ']', ')', '}':
			depth--
		case ',':
			if depth == 0 {
				list, start = append(list, strings.TrimSpace(text[start:i])), i+1
			}
		}
	}
	if last := strings.TrimSpace(text[start:]); last != "" {
		list = append(list, last)
	}
	return list
}

// bare is a path with {} for each parameter and a slash in front.
func bare(path string) string {
	path = formatted.ReplaceAllString(named.ReplaceAllString(path, "{}"), "{}")
	path, _, _ = strings.Cut(path, "?")
	return "/" + strings.Trim(path, "/")
}

// Calls finds the methods of an SDK in its source, and in the bodies of their
// functions the request that they send: a verb, and texts that may be its path.
func Calls(module string, files map[string][]byte) ([]Call, error) {
	r := &callReader{module: module, fields: map[string][]field{}, funcs: map[string][]*ast.FuncDecl{}, fset: token.NewFileSet()}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(r.fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		r.read(strings.TrimPrefix(path.Dir(name), "."), f)
	}
	var calls []Call
	for _, root := range []string{".Client", "client.Client"} {
		if r.fields[root] != nil || r.funcs[root] != nil {
			r.walk(root, "", map[string]bool{}, &calls)
			break
		}
	}
	return calls, nil
}

// A field leads from a service to another one.
type field struct{ name, typ string }

type callReader struct {
	module string
	fset   *token.FileSet
	fields map[string][]field         // of structs, by folder and name
	funcs  map[string][]*ast.FuncDecl // methods, by folder and name of their receiver
}

func (r *callReader) read(folder string, f *ast.File) {
	imports := map[string]string{}
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		local := packageOf(name)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		imports[local] = name
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && len(d.Recv.List) == 1 && d.Name.IsExported() {
				key := folder + "." + receiver(d.Recv.List[0].Type)
				r.funcs[key] = append(r.funcs[key], d)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				t, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				s, ok := t.Type.(*ast.StructType)
				if !ok {
					continue
				}
				key := folder + "." + t.Name.Name
				r.fields[key] = append(r.fields[key], field{})
				for _, fl := range s.Fields.List {
					target := r.target(folder, fl.Type, imports)
					for _, name := range fl.Names {
						if name.IsExported() && target != "" {
							r.fields[key] = append(r.fields[key], field{name.Name, target})
						}
					}
				}
			}
		}
	}
}

// target is the struct that a field is of, by its folder and name.
func (r *callReader) target(folder string, x ast.Expr, imports map[string]string) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return r.target(folder, x.X, imports)
	case *ast.Ident:
		return folder + "." + x.Name
	case *ast.SelectorExpr:
		if id, ok := x.X.(*ast.Ident); ok {
			if in, ok := strings.CutPrefix(imports[id.Name], r.module+"/"); ok {
				return in + "." + x.Sel.Name
			}
			if imports[id.Name] == r.module {
				return "." + x.Sel.Name
			}
		}
	}
	return ""
}

func (r *callReader) walk(key, way string, open map[string]bool, calls *[]Call) {
	if open[key] {
		return
	}
	open[key] = true
	defer delete(open, key)
	for _, fn := range r.funcs[key] {
		if way == "" && clientOwn[fn.Name.Name] {
			continue
		}
		if c, ok := r.call(way+fn.Name.Name, fn); ok {
			*calls = append(*calls, c)
		}
	}
	for _, f := range r.fields[key] {
		if f.name != "" && (len(r.funcs[f.typ]) > 0 || len(r.fields[f.typ]) > 1) && r.fields[f.typ] != nil {
			r.walk(f.typ, way+f.name+".", open, calls)
		}
	}
}

// call reads what a function sends. One that has no context sends nothing.
func (r *callReader) call(name string, fn *ast.FuncDecl) (Call, bool) {
	c := Call{Name: name}
	hasContext := false
	for _, p := range fn.Type.Params.List {
		typ := r.source(p.Type)
		if typ == "context.Context" {
			hasContext = true
			continue
		}
		if _, variadic := p.Type.(*ast.Ellipsis); variadic {
			continue
		}
		for _, n := range p.Names {
			c.Names, c.Args = append(c.Names, n.Name), append(c.Args, typ)
		}
	}
	if !hasContext {
		return c, false
	}
	if results := fn.Type.Results; results != nil && len(results.List) > 1 {
		c.Result = strings.TrimLeft(r.source(results.List[0].Type), "*")
	}
	if m := route.FindStringSubmatch(fn.Doc.Text()); m != nil {
		c.Verb, c.Paths = m[1], []string{bare(m[2])}
		return c, true
	}
	if fn.Body == nil {
		return c, true
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && id.Name == "http" && c.Verb == "" {
				if verb, ok := strings.CutPrefix(n.Sel.Name, "Method"); ok {
					c.Verb = strings.ToUpper(verb)
				}
			}
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
				if verb := strings.ToUpper(text); c.Verb == "" && slices.Contains([]string{"GET", "PUT", "POST", "PATCH", "DELETE", "HEAD"}, verb) {
					c.Verb = verb
				} else if text != "" && !strings.ContainsAny(text, " \n:") {
					c.Paths = append(c.Paths, bare(text))
				}
			}
		}
		return true
	})
	return c, c.Verb != "" && len(c.Paths) > 0
}

// source is the text of a type.
func (r *callReader) source(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.StarExpr:
		return "*" + r.source(x.X)
	case *ast.SelectorExpr:
		return r.source(x.X) + "." + x.Sel.Name
	case *ast.ArrayType:
		return "[]" + r.source(x.Elt)
	case *ast.IndexExpr:
		return r.source(x.X) + "[" + r.source(x.Index) + "]"
	case *ast.MapType:
		return "map[" + r.source(x.Key) + "]" + r.source(x.Value)
	case *ast.InterfaceType:
		return "any"
	}
	return "?"
}

// ReadCalls reads the methods of an SDK: those that an api.md lists, or all of a
// folder, else those that its source has.
func ReadCalls(name string) ([]Call, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		calls := ReadAPI(string(data))
		if len(calls) == 0 {
			return nil, errors.New("the file lists no methods, as an api.md does: <code title=\"get /things\">client.Things.List(…)</code>")
		}
		return calls, nil
	}
	var calls []Call
	err = fs.WalkDir(os.DirFS(name), ".", func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Base(file) == "api.md" {
			data, err := os.ReadFile(filepath.Join(name, filepath.FromSlash(file)))
			if err != nil {
				return err
			}
			calls = append(calls, ReadAPI(string(data))...)
		}
		return err
	})
	if err != nil || len(calls) > 0 {
		return calls, err
	}
	module, files, err := ReadFolder(name)
	if err != nil {
		return nil, err
	}
	if calls, err = Calls(module, files); err == nil && len(calls) == 0 {
		err = errors.New("it has no Client whose methods send requests")
	}
	return calls, err
}

// Listed are the methods of an api.md as symbols.
func Listed(calls []Call) map[string]*Symbol {
	found := map[string]*Symbol{}
	for _, c := range calls {
		args := append([]string{"context.Context"}, c.Args...)
		args = append(args, "...option.RequestOption")
		result := "error"
		if c.Result != "" {
			result = "(*" + c.Result + ", error)"
		}
		s := &Symbol{Kind: Method, Name: c.Name, Text: "(" + strings.Join(args, ", ") + ") " + result, Route: c.Verb + " " + c.Paths[0], listed: true}
		found[string(Method)+" "+c.Name] = s
	}
	return found
}

// RootPackage is the name of the package in the root of an SDK.
func RootPackage(files map[string][]byte, module string) string {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Dir(name) != "." {
			continue
		}
		if f, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.PackageClauseOnly); err == nil {
			return f.Name.Name
		}
	}
	return packageOf(module)
}
