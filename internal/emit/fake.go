package emit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// fakePackage is the package of the SDK that plays the API in people's tests.
// What is written of it is one line for each operation: its types, and a tag
// that says what the runtime needs to know of it. See the runtime's table.
const fakePackage = "sdktest"

// planFake adds the fake API.
func (e *emitter) planFake() {
	aliases := e.fakeAliases()
	f := e.file(fakePackage, fakePackage, "on")
	f.aliases = aliases
	names := onTypes(e.api.Root)
	f.add(func(g *jen.File) {
		g.Add(e.describedFake()).Line()
		g.Add(doc(prose.Block{Text: "New returns an in-process fake of the API. A request that no handler answers fails the test."})).
			Func().Id("New").Params(jen.Id("t").Qual("testing", "TB")).Op("*").Id("Server").Block(
			jen.Id("s").Op(":=").New(jen.Id("Server")),
			jen.Id("s").Dot("init").Call(jen.Id("t"), jen.Op("&").Id("described"), jen.Op("&").Id("s").Dot("On")),
			jen.Return(jen.Id("s")),
		).Line()
	})
	e.planOn(f, e.api.Root, names)
	for _, r := range e.api.Root.Children {
		// The end of its name is one that no system or processor has.
		of := e.file(fakePackage, fakePackage, fakeFile(r)+"_on")
		of.aliases = aliases
		walk(r, func(r *model.Resource) { e.planOn(of, r, names) })
	}
}

// fakeFile is what the file of a top-level resource is called.
func fakeFile(r *model.Resource) string {
	if r.Package.Path == "" {
		return r.File
	}
	return strings.ReplaceAll(r.Package.Path, "/", "_")
}

// fakeAliases returns other names for the packages of the SDK that are called like
// something that the runtime declares, such as plan.
func (e *emitter) fakeAliases() map[string]string {
	declared := map[string]bool{}
	for _, f := range sources() {
		if path.Dir(f.path) != fakePackage {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.path, f.text, parser.SkipObjectResolution)
		if err != nil {
			panic(err) // it is embedded
		}
		for _, name := range declaredNames(file) {
			declared[name] = true
		}
	}
	aliases := map[string]string{}
	for pkg, name := range e.packages {
		if declared[name] {
			aliases[pkg] = name + "api"
		}
	}
	return aliases
}

// declaredNames returns the names that a file declares, without methods.
func declaredNames(file *ast.File) []string {
	var names []string
	for _, d := range file.Decls {
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
					for _, name := range s.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}

// onTypes returns the names of the types that have the operations of resources.
// They follow from the way to the resource, and nobody writes them.
func onTypes(root *model.Resource) map[*model.Resource]string {
	names, taken := map[*model.Resource]string{}, scope{}
	walk(root, func(r *model.Resource) {
		name := "On" + strings.ReplaceAll(r.Call, ".", "")
		for i := 2; taken[name]; i++ {
			name = "On" + strings.ReplaceAll(r.Call, ".", "") + strconv.Itoa(i)
		}
		names[r] = taken.local(name)
	})
	return names
}

// planOn adds the type that has the operations of a resource.
func (e *emitter) planOn(f *file, r *model.Resource, names map[*model.Resource]string) {
	for _, op := range r.Methods {
		f.mention(nil, surface(op)...)
	}
	about := names[r] + " has the operations of client." + r.Call + "."
	if r == e.api.Root {
		about = names[r] + " mirrors the client: it has each operation where the client has its method."
	}
	f.add(func(g *jen.File) {
		var fields []jen.Code
		for _, c := range r.Children {
			fields = append(fields, jen.Id(c.Name.Go).Id(names[c]))
		}
		for _, op := range methods(r) {
			if len(fields) > 0 {
				fields = append(fields, jen.Line()) // else gofmt puts the ends of all lines below one another
			}
			fields = append(fields, e.on(r, op))
		}
		g.Add(doc(prose.Block{Text: about})).Type().Id(names[r]).Struct(fields...).Line()
	})
}

// on writes the field of an operation.
func (e *emitter) on(r *model.Resource, op *model.Operation) jen.Code {
	m := e.methodOf(r, op)
	params := m.params()
	result := m.answered()
	results := []jen.Code{jen.Error()}
	if op.Result.Kind != model.NoResult {
		results = []jen.Code{result, jen.Error()}
	}
	handle := jen.Func().Params(params[:len(params)-1]...).Params(results...)
	if len(results) == 1 {
		handle = jen.Func().Params(params[:len(params)-1]...).Error()
	}
	tag := fmt.Sprintf("route:%q", op.Method+" "+op.Path)
	if in := fakeInputs(op); in != "" {
		tag += fmt.Sprintf(" in:%q", in)
	}
	tag += fmt.Sprintf(" out:%q", fakeResult(op))
	return jen.Id(op.Name.Go).Id("Operation").Types(handle, result.Clone()).Op(" ").Add(stringLiteral(tag))
}

// answered writes the type of what a fake operation answers with.
func (m *method) answered() *jen.Statement {
	switch r := &m.op.Result; r.Kind {
	case model.NoResult:
		return jen.Id("None")
	case model.PageResult:
		return jen.Index().Add(m.typ(r.Type))
	case model.StreamResult:
		return jen.Index().Byte()
	}
	return m.result()
}

// describedFake writes what the runtime has to know of the API as a whole.
func (e *emitter) describedFake() jen.Code {
	entries := []entry{{"api", jen.Op("&").Qual(e.importPath("internal/config"), "API")}}
	if d := e.api.ErrorData; d != nil {
		var w wordList
		w.add("list", escaped(d.Member))
		for _, f := range []struct {
			name  string
			field *model.Field
		}{{"code", d.Code}, {"message", d.Message}} {
			if f.field != nil {
				w.add(f.name, escaped(f.field.Name.Spec))
			}
		}
		entries = append(entries, entry{"error", stringLiteral(w.String())})
	} else {
		entries = append(entries, entry{"error", jen.Lit("code=code message=message")})
	}
	if e.api.XML {
		entries = append(entries, entry{"writeXML", e.xml("Writer")})
	}
	if len(e.api.Pages) > 0 {
		var pages []jen.Code
		for _, p := range e.api.Pages {
			pages = append(pages, jen.Lit(p.Name.Go).Op(":").Add(stringLiteral(fakePage(p))))
		}
		entries = append(entries, entry{"pages", jen.Map(jen.String()).String().Add(multiline(pages...))})
	}
	return jen.Var().Id("described").Op("=").Add(literal(jen.Id("description"), entries...))
}

// wordList are words with values, as the runtime's table has them.
type wordList []string

func (w *wordList) add(name string, value string) {
	if value == "" {
		*w = append(*w, name)
		return
	}
	*w = append(*w, name+"="+value)
}

func (w wordList) String() string { return strings.Join(w, " ") }

// escaped writes a text so that nothing in it ends a word, or a step of a way.
func escaped(text string) string { return url.QueryEscape(text) }

// wayOf writes the way along fields.
func wayOf(fields []*model.Field) string {
	steps := make([]string, len(fields))
	for i, f := range fields {
		steps[i] = escaped(f.Name.Spec)
	}
	return strings.Join(steps, "/")
}

// fakeInputs says where in a request is what the method was called with.
func fakeInputs(op *model.Operation) string {
	var w wordList
	params := false
	for _, in := range op.Inputs {
		to := ""
		if in.Arg != nil {
			for i, arg := range op.Args {
				if arg == in.Arg {
					to = strconv.Itoa(i)
				}
			}
		} else {
			to, params = in.Field.Name.Go, true
		}
		place := in.In.String()
		if style := fakeStyle(in.Style); style != "" {
			place += "+" + style
		}
		w.add(to, place+":"+escaped(in.Name))
	}
	if b := op.Body; b != nil && op.Params != nil {
		to := "."
		if b.Field != nil {
			to = b.Field.Name.Go
		}
		params = true
		w.add(to, fakeBody(b.Kind))
		if b.Flag != nil {
			w.add("", "flag:"+escaped(b.Flag.Name))
		}
	}
	if op.Params != nil && !params {
		w.add(".", "none")
	}
	return w.String()
}

// fakeStyle is the runtime's word for a style; empty for the default, and for
// what it reads as that.
func fakeStyle(s model.Style) string {
	switch s {
	case model.FormJoined:
		return "joined"
	case model.SpaceDelimited:
		return "space"
	case model.PipeDelimited:
		return "pipe"
	case model.DeepObject:
		return "deep"
	case model.SimpleExploded:
		return "exploded"
	case model.Label:
		return "label"
	case model.LabelExploded:
		return "label-exploded"
	case model.Matrix:
		return "matrix"
	case model.MatrixExploded:
		return "matrix-exploded"
	case model.JSONContent:
		return "json"
	}
	return ""
}

// fakeBody is the runtime's word for a kind of body; none if it does not read it.
func fakeBody(k model.BodyKind) string {
	switch k {
	case model.JSONBody:
		return "json"
	case model.FormBody:
		return "form"
	case model.MultipartBody:
		return "multipart"
	case model.StreamBody:
		return "stream"
	case model.TextBody:
		return "text"
	case model.XMLBody:
		return "xml"
	}
	return "none"
}

// fakeResult says how the result of an operation is written.
func fakeResult(op *model.Operation) string {
	var w wordList
	r := &op.Result
	switch r.Kind {
	case model.NoResult:
		return "none"
	case model.TextResult:
		w.add("string", "")
	case model.StreamResult:
		w.add("download", "")
	case model.ItemsResult:
		fakeStream(&w, r.Stream)
	case model.PageResult:
		w.add("page", r.Page.Name.Go)
		switch {
		case r.Cursor == "":
		case r.Body:
			steps := strings.Split(r.Cursor, ".")
			for i := range steps {
				steps[i] = escaped(steps[i])
			}
			w.add("member", strings.Join(steps, "/"))
		default:
			w.add("cursor", escaped(r.Cursor))
		}
		if r.Zero {
			w.add("zero", "")
		}
	default:
		w.add("value", "")
		if r.XML {
			w.add("xml", escaped(r.Root))
		}
	}
	if r.Unwrap != "" {
		w.add("unwrap", escaped(r.Unwrap))
	}
	if op.Accept != "" {
		w.add("type", escaped(op.Accept))
	}
	return w.String()
}

func fakeStream(w *wordList, s *model.Stream) {
	w.add("stream", [...]string{model.EventStream: "events", model.JSONLines: "lines", model.JSONSequence: "sequence"}[s.Framing])
	if s.End != "" {
		w.add("end", escaped(s.End))
	}
	if s.Whole {
		w.add("whole", "")
	}
	if s.Text {
		w.add("text", "")
	}
	if len(s.Mixed) > 0 {
		names := make([]string, len(s.Mixed))
		for i, name := range s.Mixed {
			names[i] = escaped(name)
		}
		w.add("mixed", strings.Join(names, "/"))
	}
}

// fakePage says where a page has what.
func fakePage(p *model.Page) string {
	var w wordList
	w.add([...]string{
		model.SinglePage: "single", model.NumberedPage: "number", model.OffsetPage: "offset",
		model.CursorPage: "cursor", model.NextURLPage: "url", model.LinkPage: "link",
	}[p.Style], "")
	if p.Bare {
		w.add("bare", "")
	} else {
		w.add("items", wayOf(p.Items))
	}
	for _, f := range p.Facts {
		name := [...]string{
			model.PageNumber: "page", model.PerPage: "per_page", model.TotalItems: "total", model.TotalPages: "pages",
			model.Next: "next", model.HasMore: "more", model.Offset: "offset", model.LastID: "last",
		}[f.Role]
		w.add(name, wayOf(f.Path))
	}
	return w.String()
}
