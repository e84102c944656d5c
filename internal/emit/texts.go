package emit

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"text/template"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/templates"
)

// A page of text is filled in with this.
type texts struct {
	*model.API
	The        string // the API in a sentence: "the Cloudflare API"
	About      string // the first paragraph of what the description says
	Import     string // how a program imports the root package
	Variables  []variable
	Options    []variable // the options that are particular to this API
	Example    string
	Paged      bool
	Operations []section
}

// A section is a service and its operations.
type section struct {
	Call  string
	Lines []call
}

// A call is an operation and what calls it.
type call struct {
	Route, Go, All string
	Deprecated     bool
}

// addTexts adds the files that are no Go.
func (e *emitter) addTexts(files map[string][]byte) error {
	t := &texts{API: e.api, The: e.title(), Variables: e.variables(), Import: e.rootImport()}
	if about := blocks(e.api.Doc); len(about) > 0 && about[0].kind == prose {
		t.About = about[0].text
	}
	for _, v := range t.Variables {
		if v.Option != "WithBaseURL" {
			t.Options = append(t.Options, v)
		}
	}
	t.Paged = len(e.api.Pages) > 0
	t.Operations = e.sections(files[operationsFile])
	var err error
	if t.Example, err = e.example(); err != nil {
		return err
	}
	all, err := template.New("").Funcs(template.FuncMap{"line": line, "code": codeSpan}).ParseFS(templates.Texts, "*.tmpl")
	if err != nil {
		return fmt.Errorf("emit: %w", err)
	}
	for _, name := range []string{"README.md", operationsFile} {
		var b bytes.Buffer
		if err := all.ExecuteTemplate(&b, name+".tmpl", t); err != nil {
			return fmt.Errorf("emit: %w", err)
		}
		files[name] = b.Bytes()
	}
	return nil
}

// codeSpan writes text as code in Markdown.
func codeSpan(text string) string { return "`" + strings.ReplaceAll(line(text), "`", "'") + "`" }

// rootImport is how a program imports the root package.
func (e *emitter) rootImport() string {
	if path.Base(e.api.Module) == e.api.Package {
		return fmt.Sprintf("%q", e.api.Module)
	}
	return fmt.Sprintf("%s %q", e.api.Package, e.api.Module)
}

// planSignatures adds the signatures of all methods, in the order of the
// resource tree, as a Go file without bodies in the place of api.md, which takes
// them from there: what they look like is known where methods are written.
func (e *emitter) planSignatures() {
	f := &file{path: operationsFile, importPath: operationsFile, name: "p", packages: e.packages}
	f.add(func(g *jen.File) {
		walk(e.api.Root, func(r *model.Resource) {
			for _, op := range r.Methods {
				m := e.methodOf(r, op)
				params := m.params()
				g.Func().Id("_").Params(params[1 : len(params)-1]...).Params(m.results()...)
			}
		})
	})
	e.files = append(e.files, f)
}

const operationsFile = "api.md"

// walk calls visit with a resource and all below it, parents first.
func walk(r *model.Resource, visit func(*model.Resource)) {
	visit(r)
	for _, c := range r.Children {
		walk(c, visit)
	}
}

// sections lists every operation.
func (e *emitter) sections(signatures []byte) []section {
	var found []string
	for l := range strings.Lines(string(signatures)) {
		if signature, ok := strings.CutPrefix(strings.TrimSuffix(l, "\n"), "func _("); ok {
			found = append(found, signature)
		}
	}
	var list []section
	walk(e.api.Root, func(r *model.Resource) {
		s := section{Call: r.Call}
		if r == e.api.Root {
			s.Call = "Client"
		}
		for _, op := range r.Methods {
			args := "(ctx, "
			if found[0][0] == ')' {
				args = "(ctx"
			}
			s.Lines = append(s.Lines, call{
				Route: op.Method + " " + op.Path, Go: "client." + op.Call + args + found[0],
				All: op.Result.All, Deprecated: op.Deprecated != "",
			})
			found = found[1:]
		}
		if len(s.Lines) > 0 {
			list = append(list, s)
		}
	})
	return list
}

// example writes a program that calls an operation: the first one that lists
// something, or else the first that needs the least.
func (e *emitter) example() (string, error) {
	r, op := e.exampleOperation()
	if op == nil {
		return "", nil
	}
	g := jen.NewFilePathName("main", "main")
	g.NoFormat = true
	g.ImportNames(e.packages)
	if path.Base(e.api.Module) != e.api.Package {
		g.ImportAlias(e.api.Module, e.api.Package)
	}
	names := scope{e.api.Package: true}
	if op.Params != nil {
		names[op.Params.Package.Name] = true
	}
	ctx, client, item, result := names.local("ctx"), names.local("client"), names.local("item"), names.local("result")
	args := []jen.Code{jen.Id(ctx)}
	for _, arg := range op.Args {
		args = append(args, placeholder(arg.Name.Spec, arg.Type))
	}
	if op.Params != nil {
		var entries []entry
		for _, f := range op.Params.Fields {
			if f.Presence == model.Plain && f.Type == model.String {
				entries = append(entries, entry{f.Name.Go, placeholder(f.Name.Spec, f.Type)})
			}
		}
		args = append(args, e.typ(op.Params).Add(compact(entries...)))
	}
	name := op.Name.Go
	if op.Result.All != "" {
		name = op.Result.All
	}
	function := jen.Id(client)
	for part := range strings.SplitSeq(r.Call, ".") {
		if part != "" {
			function.Dot(part)
		}
	}
	function = function.Dot(name).Call(args...)
	fail := func() jen.Code {
		return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
	}
	body := []jen.Code{
		jen.Id(ctx).Op(":=").Qual("context", "Background").Call(),
		jen.Id(client).Op(":=").Qual(e.api.Module, "NewClient").Call(),
	}
	switch {
	case op.Result.All != "":
		body = append(body, jen.For(jen.List(jen.Id(item), jen.Err()).Op(":=").Range().Add(function)).Block(
			fail(), jen.Qual("fmt", "Println").Call(jen.Id(item)),
		))
	case op.Result.Kind == model.NoResult:
		body = append(body, jen.If(jen.Err().Op(":=").Add(function), jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err())))
	default:
		body = append(body, jen.List(jen.Id(result), jen.Err()).Op(":=").Add(function), fail(), jen.Qual("fmt", "Println").Call(jen.Id(result)))
	}
	g.Func().Id("main").Params().Block(body...)
	var b bytes.Buffer
	if err := g.Render(&b); err != nil {
		return "", err
	}
	text, _, err := tidy(b.Bytes())
	if err != nil {
		return "", fmt.Errorf("emit: README.md: %w", err)
	}
	return string(text), nil
}

// placeholder is a value that shows what goes there.
func placeholder(name string, t model.Type) jen.Code {
	switch t {
	case model.String, model.Secret:
		return jen.Lit(name)
	case model.Bool:
		return jen.True()
	case model.Int32, model.Int64, model.Float32, model.Float64:
		return jen.Lit(1)
	}
	if enum, ok := t.(*model.Enum); ok && enum.Base == model.String {
		return jen.Lit(name)
	}
	return nil
}

// exampleOperation chooses what the README shows.
func (e *emitter) exampleOperation() (*model.Resource, *model.Operation) {
	var resource *model.Resource
	var best *model.Operation
	rank := func(op *model.Operation) int {
		n := 2 * len(op.Args)
		if op.Result.All == "" {
			n += 10
		}
		if op.Method != "GET" {
			n += 20
		}
		if op.Deprecated != "" || op.Result.Kind == model.StreamResult {
			n += 40
		}
		for _, arg := range op.Args {
			if placeholder("", arg.Type) == nil {
				n += 1000
			}
		}
		return n
	}
	walk(e.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			if best == nil || rank(op) < rank(best) {
				resource, best = r, op
			}
		}
	})
	if best == nil || rank(best) >= 1000 {
		return nil, nil
	}
	return resource, best
}
