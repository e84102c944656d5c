package emit

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"text/template"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/templates"
)

// The texts are filled in with this.
type texts struct {
	*model.API
	The        string     // the API in a sentence: "the Cloudflare API"
	About      string     // the first paragraph of what the description says
	Options    []variable // the options that are particular to this API
	Example    string
	Paged      bool
	Pager      bool   // it returns a pager
	ListAll    string // an auto-paging method, to name one
	Streamed   bool
	Files      bool
	Usual      []failure // the bodies of errors
	Operations []section
	Events     []eventLine
	EventKey   string // a field of the handler's, for the README
	EventType  string
}

// An eventLine is an event and the field of the union that has it.
type eventLine struct {
	Name, Callback, Field, Type string
	Deprecated                  bool
}

// events lists the webhooks for the texts.
func (t *texts) events() {
	if t.Webhooks == nil {
		return
	}
	pkg := t.Webhooks.Package.Name
	for _, w := range t.Webhooks.Events {
		line := eventLine{Name: w.Spec, Callback: w.Callback, Field: rawField, Deprecated: w.Deprecated != ""}
		if v := w.Variant; v != nil {
			line.Field = v.Name.Go
			if named(v.Type) != nil {
				line.Type = nameOf(v.Type, nil)
			}
			if t.EventKey == "" && v.Presence == model.Pointer && line.Type != "" {
				t.EventKey, t.EventType = v.Name.Go, line.Type
			}
		}
		line.Field = pkg + "." + t.Webhooks.Union.Name.Go + "." + line.Field
		t.Events = append(t.Events, line)
	}
}

// A section is a service and its operations.
type section struct {
	Call  string
	Lines []call
}

// A call is an operation and what calls it.
type call struct {
	Route, Go, All string
	Fails          []failure // with what is not usual
	Deprecated     bool
}

// A failure is the type of the body of an error, and its statuses as text.
type failure struct{ Type, For string }

func failuresOf(list []*model.ErrorBody) []failure {
	var out []failure
	for _, f := range list {
		out = append(out, failure{nameOf(f.Type, nil), strings.TrimPrefix(forStatuses(f.Statuses), " for status ")})
	}
	return out
}

// addTexts adds the files that are no Go.
func (e *emitter) addTexts(files map[string][]byte) error {
	t := &texts{API: e.api, The: e.title(), Paged: len(e.api.Pages) > 0}
	if about := prose.Blocks(e.api.Doc); len(about) > 0 && about[0].Kind == prose.Paragraph {
		t.About = about[0].Text
	}
	for _, v := range e.variables() {
		if v.Option != "WithBaseURL" {
			t.Options = append(t.Options, v)
		}
	}
	walk(e.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			t.Streamed = t.Streamed || op.Streaming != nil || op.Result.Kind == model.ItemsResult
			t.Files = t.Files || op.Result.Kind == model.StreamResult || sendsFiles(op)
			t.Pager = e.api.Surface == model.Stainless
			t.ListAll = cmp.Or(t.ListAll, op.Result.All)
		}
	})
	t.Usual = failuresOf(e.api.Errors)
	t.events()
	t.Operations = e.sections(files[operationsFile])
	var err error
	if t.Example, err = e.example(); err != nil {
		return err
	}
	all, err := template.New("").Funcs(template.FuncMap{"line": prose.Line, "code": codeSpan}).ParseFS(templates.Texts, "*.tmpl")
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

// sendsFiles reports whether an operation uploads content.
func sendsFiles(op *model.Operation) bool {
	if op.Body == nil {
		return false
	}
	return op.Body.Kind == model.StreamBody || op.Body.Kind == model.MultipartBody
}

// codeSpan writes text as code in Markdown.
func codeSpan(text string) string { return "`" + strings.ReplaceAll(prose.Line(text), "`", "'") + "`" }

// planSignatures adds the signatures of all methods, in the order of the
// resource tree, as a Go file without bodies in the place of api.md, which takes
// them from there: what they look like is known where methods are written.
func (e *emitter) planSignatures() {
	f := &file{path: operationsFile, importPath: operationsFile, name: "p", packages: e.packages}
	f.add(func(g *jen.File) {
		walk(e.api.Root, func(r *model.Resource) {
			for _, op := range methods(r) {
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

// methods are the methods of a service, those that stream among them.
func methods(r *model.Resource) []*model.Operation {
	var list []*model.Operation
	for _, op := range r.Methods {
		list = append(list, op)
		if op.Streaming != nil {
			list = append(list, op.Streaming)
		}
	}
	return list
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
		for _, op := range methods(r) {
			args := "(ctx, "
			if found[0][0] == ')' {
				args = "(ctx"
			}
			s.Lines = append(s.Lines, call{
				Route: op.Method + " " + op.Path, Go: "client." + op.Call + args + found[0],
				All: op.Result.All, Fails: failuresOf(e.unusual(op)), Deprecated: op.Deprecated != "",
			})
			found = found[1:]
		}
		if len(s.Lines) > 0 {
			list = append(list, s)
		}
	})
	return list
}
