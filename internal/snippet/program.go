package snippet

import (
	"bytes"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// Program returns a program that calls an operation and prints something of what
// comes back: formatted, complete, to be copied and run. Credentials come from
// the environment. Its values are those of the description's examples if the
// model has its facts, else names that stand for them.
func (w *Writer) Program(op *model.Operation) (string, error) {
	args, params := w.values(op)
	return w.main(op, args, params)
}

func (w *Writer) main(op *model.Operation, args []*model.Value, params *model.Value) (string, error) {
	g := w.file()
	g.Func().Id("main").Params().Block(w.body(op, w.arguments(args, params))...)
	return render(g, op)
}

// render formats a program.
func render(g *jen.File, op *model.Operation) (string, error) {
	var b bytes.Buffer
	if err := g.Render(&b); err != nil {
		return "", fmt.Errorf("snippet: a program that calls %s: %w", op.Call, err)
	}
	text, _, err := Tidy(b.Bytes())
	if err != nil {
		return "", fmt.Errorf("snippet: a program that calls %s: %w", op.Call, err)
	}
	return string(text), nil
}

// A scope is the names that are taken in a function.
type scope map[string]bool

// local returns a name for a variable: the one that is asked for, unless it
// would hide what the function needs.
func (s scope) local(name string) string {
	for s[name] || token.IsKeyword(name) {
		name += "Value"
	}
	s[name] = true
	return name
}

// predeclared is what programs use of the language itself.
var predeclared = strings.Fields("any byte err error false float32 float64 int int32 int64 main new nil string true uint64")

// taken are the names that a variable of a program must not have.
func (w *Writer) taken(op *model.Operation) scope {
	s := scope{}
	for _, name := range predeclared {
		s[name] = true
	}
	for _, name := range strings.Fields("context fmt io jsontext log os param streaming strings time") {
		s[name] = true
	}
	s[w.api.Package] = true
	args, params := w.values(op)
	for _, v := range args {
		takePackages(s, v)
	}
	if params != nil {
		takePackages(s, params)
	}
	if d := declaration(op.Result.Type); d != nil && d.Package != nil {
		s[d.Package.Name] = true // a test names it
	}
	return s
}

// takePackages takes the names of the packages that a value is written with.
func takePackages(s scope, v *model.Value) {
	if v == nil {
		return
	}
	for t := v.Type; t != nil; t = model.Elem(t) {
		if d := declaration(t); d != nil && d.Package != nil {
			s[d.Package.Name] = true
		}
	}
	takePackages(s, v.Inner)
	for _, item := range v.Items {
		takePackages(s, item)
	}
	for _, f := range v.Fields {
		takePackages(s, f.Value)
	}
	for _, e := range v.Entries {
		takePackages(s, e.Value)
	}
}

func (w *Writer) body(op *model.Operation, arguments []jen.Code) []jen.Code {
	taken := w.taken(op)
	ctx, client := taken.local("ctx"), taken.local("client")
	call := jen.Id(client)
	for part := range strings.SplitSeq(op.Call, ".") {
		call.Dot(part)
	}
	args := append([]jen.Code{jen.Id(ctx)}, arguments...)
	failed := func() *jen.Statement {
		return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
	}
	code := []jen.Code{jen.Id(client).Op(":=").Qual(w.api.Module, "NewClient").Call()}
	if env := w.environment(op); env != "" {
		code[0] = jen.Id(client).Op(":=").Qual(w.api.Module, "NewClient").Call().Comment(env)
	}
	code = append(code, jen.Id(ctx).Op(":=").Qual("context", "Background").Call())
	one, many := w.variables(op)
	show := func(name string, t model.Type) jen.Code {
		return jen.Qual("fmt", "Println").Call(printed(jen.Id(name), t))
	}
	loop := func(over *jen.Statement) jen.Code {
		item := taken.local(one)
		return jen.For(jen.List(jen.Id(item), jen.Err()).Op(":=").Range().Add(over)).Block(failed(), show(item, op.Result.Type))
	}
	switch r := &op.Result; {
	case w.twin(op):
		way := jen.Id(client)
		parts := strings.Split(op.Call, ".")
		for _, part := range parts[:len(parts)-1] {
			way.Dot(part)
		}
		return append(code, loop(way.Dot(r.All).Call(args...)))
	case r.Kind == model.ItemsResult && w.api.Surface == model.Stainless:
		return append(code, loop(call.Call(args...).Dot("All").Call()))
	case r.Kind == model.ItemsResult:
		return append(code, loop(call.Call(args...)))
	case r.Kind == model.NoResult:
		return append(code, jen.If(jen.Err().Op(":=").Add(call.Call(args...)), jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err())))
	case r.Kind == model.PageResult:
		page := taken.local(many)
		return append(code,
			jen.List(jen.Id(page), jen.Err()).Op(":=").Add(call.Call(args...)), failed(),
			jen.Comment("Further pages are fetched as the loop needs them."),
			loop(jen.Id(page).Dot("All").Call(jen.Id(ctx))))
	case r.Kind == model.StreamResult:
		download := taken.local("download")
		return append(code,
			jen.List(jen.Id(download), jen.Err()).Op(":=").Add(call.Call(args...)), failed(),
			jen.Defer().Id(download).Dot("Close").Call(),
			jen.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Qual("io", "Copy").Call(jen.Qual("os", "Stdout"), jen.Id(download)), jen.Err().Op("!=").Nil()).
				Block(jen.Qual("log", "Fatal").Call(jen.Err())))
	}
	result := taken.local(one)
	return append(code,
		jen.List(jen.Id(result), jen.Err()).Op(":=").Add(call.Call(args...)), failed(), show(result, op.Result.Type))
}

// twin reports whether an operation has a second method whose result is a loop over
// its items.
func (w *Writer) twin(op *model.Operation) bool {
	return op.Result.All != "" && w.api.Surface != model.Stainless
}

// environment says which variables the credentials of an operation come from.
func (w *Writer) environment(op *model.Operation) string {
	for _, alternative := range w.security(op) {
		var env []string
		for _, name := range alternative {
			s := w.schemes[name]
			switch {
			case s == nil:
			case s.Basic:
				env = append(env, s.Env, s.EnvPassword)
			default:
				env = append(env, s.Env)
			}
		}
		if len(env) > 0 {
			return prose.Line("credentials from " + strings.Join(env, " and "))
		}
	}
	return ""
}

// security is what an operation accepts.
func (w *Writer) security(op *model.Operation) model.Security {
	if op.Security != nil {
		return op.Security
	}
	return w.api.Security
}

// variables names what an operation returns, one and many of them.
func (w *Writer) variables(op *model.Operation) (one, many string) {
	one, many = "result", "page"
	if op.Result.Kind == model.PageResult || op.Result.Kind == model.ItemsResult {
		one = "item"
	}
	if op.Result.Kind == model.TextResult {
		return "text", many
	}
	r := w.resources[op]
	d := declaration(op.Result.Type)
	if r == nil || d == nil || r == w.api.Root {
		return one, many
	}
	plural := ident.Unexported(r.Name.Spec)
	single := ident.Singular(plural)
	if !strings.HasPrefix(strings.ToLower(d.Name.Go), strings.ToLower(single)) {
		return one, many
	}
	if single == plural {
		return single, many
	}
	return single, plural
}

// declaration is that of a named type, through its other names.
func declaration(t model.Type) *model.Declared {
	d, ok := t.(model.Decl)
	if !ok {
		return nil
	}
	return d.Declaration()
}

// tellingFields are what a program prints of a result, the likeliest first.
var tellingFields = []string{"id", "uid", "uuid", "key", "name", "title", "slug", "status", "url"}

// printed is what tells which of its kind a value is: a field, or all of it.
func printed(value *jen.Statement, t model.Type) *jen.Statement {
	for {
		a, ok := t.(*model.Alias)
		if !ok {
			break
		}
		t = a.Target
	}
	o, ok := t.(*model.Object)
	if !ok {
		return value
	}
	best, rank := -1, len(tellingFields)+1
	for i, f := range o.Fields {
		if !prints(f) {
			continue
		}
		at := slices.Index(tellingFields, strings.ToLower(f.Name.Spec))
		if at < 0 {
			at = len(tellingFields)
		}
		if at < rank {
			best, rank = i, at
		}
	}
	if best < 0 {
		return value
	}
	return value.Dot(o.Fields[best].Name.Go)
}

// prints reports whether a field prints as people expect.
func prints(f *model.Field) bool {
	if f.Deprecated != "" || f.In != model.InJSON || !model.Taggable(f.Name.Spec) || f.Presence != model.Plain && f.Presence != model.OmitZero {
		return false
	}
	switch t := f.Type.(type) {
	case model.Scalar:
		switch t {
		case model.String, model.Bool, model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Number, model.Time, model.Date:
			return true
		}
	case *model.Enum:
		return true
	}
	return false
}

// arguments are those of a call after its context.
func (w *Writer) arguments(values []*model.Value, params *model.Value) []jen.Code {
	var args []jen.Code
	for _, v := range values {
		args = append(args, w.Value(v))
	}
	if params != nil {
		args = append(args, w.Value(params))
	}
	return args
}

// values are what a call is made with: the values of the description's
// examples, and stand-ins for what must be there and has none.
func (w *Writer) values(op *model.Operation) (args []*model.Value, params *model.Value) {
	call := &model.Sample{}
	if op.Facts != nil && op.Facts.Call != nil {
		call = op.Facts.Call
	}
	for i, arg := range op.Args {
		var v *model.Value
		if i < len(call.Args) {
			v = call.Args[i]
		}
		if v == nil {
			v = StandIn(arg.Name.Spec, arg.Type, nil)
		}
		args = append(args, v)
	}
	if op.Params == nil {
		return args, nil
	}
	params = &model.Value{Type: op.Params}
	given := map[*model.Field]*model.Value{}
	if call.Params != nil {
		params.Entries = call.Params.Entries
		for _, f := range call.Params.Fields {
			given[f.Field] = f.Value
		}
	}
	needed := map[*model.Field]*model.Value{}
	for _, f := range StandIn("", op.Params, nil).Fields {
		needed[f.Field] = f.Value
	}
	for _, f := range op.Params.Fields {
		v := given[f]
		if v == nil {
			v = needed[f]
		}
		if v != nil {
			params.Fields = append(params.Fields, model.FieldValue{Field: f, Value: v})
		}
	}
	return args, params
}
