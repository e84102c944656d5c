package emit

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// method writes a method of a service: what it sends, and what comes back.
func (e *emitter) method(g *jen.File, r *model.Resource, op *model.Operation) {
	m := e.methodOf(r, op)
	g.Add(m.function(e.aboutMethod(r, op)))
	for _, old := range op.Old {
		g.Add(m.old(old, op.Name.Go, m.results())).Line()
	}
	if op.Result.All != "" {
		g.Add(m.all())
		for _, old := range op.Result.OldAll {
			g.Line().Add(m.old(old, op.Result.All, []jen.Code{m.items()}))
		}
	}
	if op.Streaming != nil {
		m := e.methodOf(r, op.Streaming)
		g.Add(m.function(aboutStreaming(m.service, op.Streaming, op)))
		for _, old := range op.Streaming.Old {
			g.Add(m.old(old, op.Streaming.Name.Go, m.results())).Line()
		}
	}
}

// function writes the Go function of a method.
func (m *method) function(about []prose.Block) jen.Code {
	return doc(about...).Func().Params(m.receiver()).Id(m.op.Name.Go).
		Params(m.params()...).Params(m.results()...).Block(m.body()...).Line()
}

// aboutMethod is the doc comment of a method.
func (e *emitter) aboutMethod(r *model.Resource, op *model.Operation) []prose.Block {
	route := op.Method + " " + prose.Line(op.Path)
	fact := op.Name.Go + " " + e.words.Sentence(prose.Call{
		ID: op.ID, Name: op.Name.Go, Resource: r.Name.Spec, Method: op.Method, Path: op.Path,
		List: op.Result.Kind == model.PageResult || isList(op.Result.Type),
	})
	said := prose.Introduce(op.Name, op.Doc, fact, func(text string) (string, bool) {
		if does, ok := e.words.Operation(text); ok || op.Method != http.MethodGet {
			return does, ok
		}
		return e.words.Returned(text)
	})
	if op.Result.Kind == model.ItemsResult {
		said = append(said, prose.Block{Text: itemsText})
	}
	if len(op.Takes) > 0 {
		said = append(said, prose.Block{Text: "The body may also be sent as " + join(op.Takes, "or") + ": see [option.WithRequestContentType]."})
	}
	if len(op.Headers) > 0 {
		what := " is a header"
		if len(op.Headers) > 1 {
			what = " are headers"
		}
		said = append(said, prose.Block{Text: join(op.Headers, "and") + what + " of the response; read it with [option.WithResponseHeader]."})
	}
	said = append(said, e.failures(op, r.Package)...)
	return prose.Deprecate(append(said, prose.Block{Kind: prose.Code, Text: route}), op.Deprecated)
}

// isList reports whether a result is a list.
func isList(t model.Type) bool {
	_, ok := t.(*model.List)
	return ok
}

// join writes names as people do, with a word before the last.
func join(names []string, word string) string {
	last := len(names) - 1
	if last == 0 {
		return prose.Line(names[0])
	}
	return prose.Line(strings.Join(names[:last], ", ") + " " + word + " " + names[last])
}

// A method is an operation with the names that its Go function uses.
type method struct {
	*emitter
	op      *model.Operation
	service string
	names   scope
	args    map[*model.Arg]string

	self, ctx, in, opts, req, page, out, err string
}

// serviceName is the type that the operations of a resource are methods of.
func serviceName(api *model.API, r *model.Resource) string {
	if r == api.Root {
		return "Client"
	}
	return r.Service
}

// A scope is the names that are taken in a function.
type scope map[string]bool

// local returns a name for a variable: the one that is asked for, unless it
// would hide what the function needs.
func (s scope) local(name string) string {
	for s[name] {
		name += "Value"
	}
	s[name] = true
	return name
}

// predeclared is what the functions here use of the language itself.
const predeclared = "any bool byte error float32 float64 int32 int64 new nil string uint64"

func (e *emitter) methodOf(r *model.Resource, op *model.Operation) *method {
	m := &method{emitter: e, op: op, service: serviceName(e.api, r), names: scope{}, args: map[*model.Arg]string{}}
	for _, name := range strings.Fields(predeclared) {
		m.names[name] = true
	}
	for _, name := range []string{"api", "context", "http", "io", "iter", "jsontext", "option", "pagination", "param", "streaming", "time"} {
		m.names[name] = true
	}
	if d := named(op.Result.Type); d != nil {
		m.names[d.Package.Name] = true
	}
	receiver := "s"
	if r == e.api.Root {
		receiver = "c"
	}
	m.self, m.ctx, m.in, m.opts = m.names.local(receiver), m.names.local("ctx"), m.names.local("params"), m.names.local("opts")
	m.req, m.page, m.out, m.err = m.names.local("req"), m.names.local("page"), m.names.local("out"), m.names.local("err")
	for _, arg := range op.Args {
		m.args[arg] = m.names.local(arg.Name.Go)
	}
	return m
}

func (m *method) receiver() jen.Code { return jen.Id(m.self).Op("*").Id(m.service) }

func (m *method) params() []jen.Code {
	params := []jen.Code{jen.Id(m.ctx).Qual("context", "Context")}
	for i, arg := range m.op.Args {
		if i+1 < len(m.op.Args) && arg.Type == m.op.Args[i+1].Type {
			params = append(params, jen.Id(m.args[arg])) // the next one says the type
			continue
		}
		params = append(params, jen.Id(m.args[arg]).Add(m.typ(arg.Type)))
	}
	if m.op.Params != nil {
		params = append(params, jen.Id(m.in).Add(m.typ(m.op.Params)))
	}
	return append(params, jen.Id(m.opts).Op("...").Add(m.option()))
}

func (m *method) results() []jen.Code {
	var results []jen.Code
	if r := m.result(); r != nil {
		results = append(results, r)
	}
	if m.op.Result.Kind == model.ItemsResult {
		return results // each of its values comes with an error
	}
	return append(results, jen.Error())
}

// result writes the type of what the method returns beside its error; nil if it
// returns nothing.
func (m *method) result() *jen.Statement {
	switch r := &m.op.Result; r.Kind {
	case model.NoResult:
		return nil
	case model.PageResult:
		return jen.Op("*").Add(m.pageType())
	case model.StreamResult:
		return jen.Op("*").Add(m.streaming("Download"))
	case model.ItemsResult:
		if m.api.Surface == model.Stainless {
			return jen.Op("*").Add(m.ssestream("Stream")).Types(m.typ(r.Type))
		}
		return jen.Qual("iter", "Seq2").Types(m.typ(r.Type), jen.Error())
	case model.TextResult:
		return jen.String()
	case model.ValueResult:
		if m.pointed(r.Type) {
			return jen.Op("*").Add(m.typ(r.Type))
		}
		return m.typ(r.Type)
	default:
		panic(fmt.Sprintf("emit: unknown result %d", r.Kind))
	}
}

// pointed reports whether the method returns a pointer to a value of type t: with
// the surface of Stainless to each.
func (m *method) pointed(t model.Type) bool { return m.api.Surface == model.Stainless || pointed(t) }

// pointed reports whether a method returns a pointer to a value of type t.
func pointed(t model.Type) bool {
	switch t := t.(type) {
	case *model.Object, *model.Union:
		return true
	case *model.Alias:
		return pointed(t.Target)
	}
	return false
}

func (m *method) pageType() *jen.Statement {
	return m.typ(m.op.Result.Page).Types(m.typ(m.op.Result.Type))
}

func (m *method) body() []jen.Code {
	body := []jen.Code{jen.Id(m.req).Op(":=").Add(m.request())}
	for _, in := range m.op.Inputs {
		body = append(body, m.input(in))
	}
	for _, f := range m.op.Fixed {
		body = append(body, m.fixed(f))
	}
	if f := m.op.Query; f != nil {
		body = append(body, jen.Id(m.req).Dot("Query").Call(jen.Lit(f.Name), jen.Lit(f.Value)))
	}
	if m.op.Body != nil {
		body = append(body, jen.Id(m.req).Dot("Body").Op("=").Add(m.payload()))
		body = append(body, m.others()...)
	}
	return append(body, m.call()...)
}

// request writes what is known of the request before it is called.
func (m *method) request() *jen.Statement {
	entries := []entry{
		{"Operation", jen.Lit(m.op.Call)},
		{"Method", verb(m.op.Method)},
		{"Path", jen.Lit(m.op.Path)},
	}
	if m.op.Server != "" {
		entries = append(entries, entry{"Server", jen.Lit(m.op.Server)})
	}
	if m.op.Security != nil {
		entries = append(entries, entry{"Security", m.security(m.op.Security)})
	}
	for _, e := range []struct{ key, text string }{
		{"Accept", m.op.Accept},
		{"Cursor", m.op.Result.Cursor},
		{"Unwrap", m.op.Result.Unwrap},
		{"IdempotencyKey", m.op.IdempotencyKey},
	} {
		if e.text != "" {
			entries = append(entries, entry{e.key, jen.Lit(e.text)})
		}
	}
	if said := m.op.ShouldRetry; len(said) > 0 {
		statuses := jen.Dict{}
		for status, should := range said {
			statuses[jen.Lit(status)] = jen.Lit(should)
		}
		entries = append(entries, entry{"ShouldRetry", jen.Map(jen.String()).Bool().Values(statuses)})
	}
	switch r := &m.op.Result; {
	case r.Kind != model.PageResult:
	case r.Body && r.Number:
		entries = append(entries, entry{"CursorIn", m.internal("InBodyNumber")})
	case r.Body:
		entries = append(entries, entry{"CursorIn", m.internal("InBody")})
	}
	if m.op.Result.Empty {
		entries = append(entries, entry{"MayBeEmpty", jen.True()})
	}
	if m.op.Timeout > 0 {
		entries = append(entries, entry{"Timeout", duration(m.op.Timeout)})
	}
	if n := m.op.MaxRetries; n != nil {
		entries = append(entries, entry{"MaxRetries", m.internal("Count").Call(jen.Lit(*n))})
	}
	if m.op.Result.Zero {
		entries = append(entries, entry{"ZeroBased", jen.True()})
	}
	return literal(m.internal("Request"), entries...)
}

// verb writes the method of a request.
func verb(method string) jen.Code {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect, http.MethodOptions, http.MethodTrace:
		return jen.Qual("net/http", "Method"+method[:1]+strings.ToLower(method[1:]))
	}
	return jen.Lit(method)
}

func (e *emitter) security(s model.Security) *jen.Statement {
	alternatives := make([]jen.Code, len(s))
	for i, names := range s {
		schemes := make([]jen.Code, len(names))
		for j, name := range names {
			schemes[j] = jen.Lit(name)
		}
		alternatives[i] = jen.Values(schemes...)
	}
	return e.internal("Security").Values(alternatives...)
}

// input writes what sets a parameter of the request.
func (m *method) input(in *model.Input) jen.Code {
	return m.set(in.In, in.Name, m.value(in), in.Style, in.AllowReserved)
}

// fixed writes what sets a parameter that has one allowed value.
func (m *method) fixed(f *model.Fixed) jen.Code {
	return m.set(f.In, f.Name, jen.Lit(f.Value), f.Style, false)
}

func (m *method) set(in model.In, name string, value jen.Code, style model.Style, reserved bool) jen.Code {
	place := in.String()
	method := strings.ToUpper(place[:1]) + place[1:]
	args := []jen.Code{jen.Lit(name), value}
	switch {
	case style != model.Default, reserved:
		method += "Style"
		args = append(args, m.written(style, reserved))
	case in == model.InPath:
		method = "PathParam"
	}
	return jen.Id(m.req).Dot(method).Call(args...)
}

// written writes a style and whether reserved characters stay as they are.
func (e *emitter) written(s model.Style, reserved bool) *jen.Statement {
	switch {
	case !reserved:
		return e.style(s)
	case s == model.Default:
		return e.internal("AllowReserved")
	}
	return e.style(s).Op("|").Add(e.internal("AllowReserved"))
}

// style writes the runtime's name of a style.
func (e *emitter) style(s model.Style) *jen.Statement {
	explode := func(of *jen.Statement) *jen.Statement { return of.Op("|").Add(e.internal("Explode")) }
	switch s {
	case model.Default:
		return e.internal("Default")
	case model.FormJoined:
		return e.internal("Joined")
	case model.SpaceDelimited:
		return e.internal("SpaceDelimited")
	case model.PipeDelimited:
		return e.internal("PipeDelimited")
	case model.Brackets:
		return e.internal("Brackets")
	case model.Dots:
		return e.internal("Dots")
	case model.DeepObject:
		return e.internal("DeepObject")
	case model.SimpleExploded:
		return e.internal("Explode")
	case model.Label:
		return e.internal("Label")
	case model.LabelExploded:
		return explode(e.internal("Label"))
	case model.Matrix:
		return e.internal("Matrix")
	case model.MatrixExploded:
		return explode(e.internal("Matrix"))
	case model.JSONContent:
		return e.internal("Content")
	case model.CookieVerbatim:
		return e.internal("Verbatim")
	case model.CookieVerbatimExploded:
		return explode(e.internal("Verbatim"))
	case model.QueryText:
		return e.internal("Whole")
	case model.QueryJSON:
		return e.internal("WholeContent")
	default:
		panic(fmt.Sprintf("emit: unknown style %d", s))
	}
}

func (m *method) value(in *model.Input) jen.Code {
	if in.Arg != nil {
		return jen.Id(m.args[in.Arg])
	}
	field := jen.Id(m.in).Dot(in.Field.Name.Go)
	if _, ok := in.Field.Type.(*model.Enum); ok && in.Field.Presence == model.OmitZero {
		return m.internal("OmitZero").Call(field)
	}
	return field
}

// payload writes the body of the request.
func (m *method) payload() jen.Code {
	b := m.op.Body
	body := m.encoded(b)
	switch b.Kind {
	case model.StreamBody, model.LinesBody, model.SequenceBody: // a nil reader is no body
		return body
	}
	if b.Flag == nil && !b.Required {
		return m.internal("Optional").Call(body)
	}
	return m.flagged(body)
}

// flagged adds what the method itself sets to a body of the params.
func (m *method) flagged(body *jen.Statement) *jen.Statement {
	if f := m.op.Body.Flag; f != nil {
		return m.internal("With").Call(body, jen.Lit(f.Name), jen.Lit(f.Value))
	}
	return body
}

// others writes the bodies of other media types.
func (m *method) others() []jen.Code {
	var code []jen.Code
	for _, b := range m.op.Body.Others {
		if b.Field == m.op.Body.Field {
			code = append(code, jen.Id(m.req).Dot("Also").Call(m.flagged(m.encoded(b))))
			continue
		}
		field := jen.Id(m.in).Dot(b.Field.Name.Go)
		set := field.Clone().Op("!=").Nil()
		if isOpt(b.Field) {
			set = jen.Op("!").Add(field).Dot("IsZero").Call()
		}
		code = append(code, jen.If(set).Block(jen.Id(m.req).Dot("Body").Op("=").Add(m.encoded(b))))
	}
	return code
}

// encoded writes a body of the params or of the field that has it.
func (m *method) encoded(b *model.Body) *jen.Statement {
	value := jen.Id(m.in)
	switch f := b.Field; {
	case f != nil:
		value.Dot(f.Name.Go)
	case m.op.Params == nil: // all that there is in it the method knows
		value = jen.Struct().Values()
	}
	switch b.Kind {
	case model.JSONBody:
		if b.ContentType != "" && b.ContentType != "application/json" {
			return m.internal("JSONAs").Call(jen.Lit(b.ContentType), value)
		}
		return m.internal("JSON").Call(value)
	case model.FormBody:
		return m.internal("Form").Call(m.withParts(value, b.Parts)...)
	case model.MultipartBody:
		if media, _, _ := strings.Cut(b.ContentType, ";"); media != "" && !strings.EqualFold(strings.TrimSpace(media), "multipart/form-data") {
			return m.internal("MultipartAs").Call(append([]jen.Code{jen.Lit(b.ContentType)}, m.withParts(value, b.Parts)...)...)
		}
		return m.internal("Multipart").Call(m.withParts(value, b.Parts)...)
	case model.StreamBody:
		return m.internal("Stream").Call(jen.Lit(b.ContentType), value)
	case model.LinesBody:
		return m.internal("Lines").Call(jen.Lit(b.ContentType), value)
	case model.SequenceBody:
		return m.internal("Sequence").Call(jen.Lit(b.ContentType), value)
	case model.XMLBody:
		return m.internal("Converted").Call(jen.Lit(b.ContentType), value, m.xml("Writer").Call(jen.Lit(b.Root)))
	case model.TextBody:
		if b.Field != nil && isOpt(b.Field) {
			value = value.Dot("Or").Call(jen.Lit(""))
		}
		return m.internal("Text").Call(jen.Lit(b.ContentType), value)
	default:
		panic(fmt.Sprintf("emit: unknown body %d", b.Kind))
	}
}

// withParts writes the arguments of a body of parts: each that is not written as
// usual after the value.
func (m *method) withParts(value jen.Code, parts []*model.Part) []jen.Code {
	args := []jen.Code{value}
	for _, p := range parts {
		entries := []entry{{"Name", jen.Lit(p.Name)}}
		if p.ContentType != "" {
			entries = append(entries, entry{"ContentType", jen.Lit(p.ContentType)})
		}
		switch {
		case p.Style != model.Default || p.AllowReserved:
			entries = append(entries, entry{"Style", m.written(p.Style, p.AllowReserved)})
		case p.Styled:
			entries = append(entries, entry{"Styled", jen.True()})
		}
		if len(p.Header) > 0 {
			var header []jen.Code
			for _, h := range p.Header {
				header = append(header, jen.Lit(h.Name).Op(":").Lit(h.Value))
			}
			entries = append(entries, entry{"Header", jen.Map(jen.String()).String().Values(header...)})
		}
		args = append(args, jen.Line().Add(m.internal("Part")).Add(compact(entries...)))
	}
	return args
}

// call writes what sends the request and returns its result.
func (m *method) call() []jen.Code {
	request := jen.Op("&").Id(m.req)
	do := func(out jen.Code) *jen.Statement {
		return jen.Id(m.self).Dot("client").Dot("Do").Call(jen.Id(m.ctx), request, out, jen.Id(m.opts))
	}
	fetch := func(call *jen.Statement, out jen.Code) []jen.Code {
		return []jen.Code{
			jen.If(jen.Id(m.err).Op(":=").Add(call), jen.Id(m.err).Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Id(m.err))),
			jen.Return(out, jen.Nil()),
		}
	}
	switch r := &m.op.Result; {
	case r.Kind == model.NoResult:
		return []jen.Code{jen.Return(do(jen.Nil()))}
	case r.Kind == model.PageResult:
		call := m.pagination("Fetch").Call(jen.Id(m.ctx), jen.Id(m.self).Dot("client"), request, jen.Id(m.page), jen.Id(m.opts))
		return append([]jen.Code{jen.Id(m.page).Op(":=").New(m.pageType())}, fetch(call, jen.Id(m.page))...)
	case r.Kind == model.StreamResult:
		return []jen.Code{jen.Return(m.streaming("Open").Call(jen.Id(m.ctx), jen.Id(m.self).Dot("client"), request, jen.Id(m.opts)))}
	case r.Kind == model.ItemsResult:
		items := m.streaming("Items").Types(m.typ(r.Type)).
			Call(jen.Id(m.ctx), jen.Id(m.self).Dot("client"), request, m.format(r.Stream), jen.Id(m.opts))
		if m.api.Surface == model.Stainless {
			items = m.ssestream("NewStream").Call(items)
		}
		return []jen.Code{jen.Return(items)}
	case r.Kind == model.ValueResult && m.pointed(r.Type):
		return append([]jen.Code{jen.Id(m.out).Op(":=").New(m.typ(r.Type))}, fetch(do(jen.Id(m.out)), jen.Id(m.out))...)
	default:
		return []jen.Code{
			jen.Var().Id(m.out).Add(m.result()),
			jen.Id(m.err).Op(":=").Add(do(jen.Op("&").Id(m.out))),
			jen.Return(jen.Id(m.out), jen.Id(m.err)),
		}
	}
}

// all writes the twin of a method that yields the items of its pages.
func (m *method) all() jen.Code {
	if m.api.Surface == model.Stainless {
		return m.autoPaging()
	}
	text := m.op.Result.All + " yields each item of [" + m.service + "." + m.op.Name.Go + "], and fetches further pages as the loop needs them."
	page, none, yield := m.page, m.names.local("none"), m.names.local("yield")
	item := m.typ(m.op.Result.Type)
	loop := jen.Func().Params(jen.Id(yield).Func().Params(item, jen.Error()).Bool()).Block(
		jen.List(jen.Id(page), jen.Id(m.err)).Op(":=").Id(m.self).Dot(m.op.Name.Go).Call(m.passed()...),
		jen.If(jen.Id(m.err).Op("!=").Nil()).Block(
			jen.Var().Id(none).Add(item),
			jen.Id(yield).Call(jen.Id(none), jen.Id(m.err)),
			jen.Return(),
		),
		jen.Id(page).Dot("All").Call(jen.Id(m.ctx)).Call(jen.Id(yield)),
	)
	return doc(append([]prose.Block{{Text: text}}, prose.Deprecation(m.op.Deprecated)...)...).
		Func().Params(m.receiver()).Id(m.op.Result.All).Params(m.params()...).Add(m.items()).
		Block(jen.Return(loop))
}

// items writes the type of what the twin returns.
func (m *method) items() jen.Code {
	if m.api.Surface == model.Stainless {
		return jen.Op("*").Add(m.pagination(m.op.Result.Page.Name.Go + "AutoPager")).Types(m.typ(m.op.Result.Type))
	}
	return jen.Qual("iter", "Seq2").Types(m.typ(m.op.Result.Type), jen.Error())
}

// passed are the parameters of the method, to be passed on.
func (m *method) passed() []jen.Code {
	args := []jen.Code{jen.Id(m.ctx)}
	for _, arg := range m.op.Args {
		args = append(args, jen.Id(m.args[arg]))
	}
	if m.op.Params != nil {
		args = append(args, jen.Id(m.in))
	}
	return append(args, jen.Id(m.opts).Op("..."))
}

// params writes the params struct of an operation.
func (e *emitter) params(r *model.Resource, op *model.Operation) jen.Code {
	about := []prose.Block{{Text: op.Params.Name.Go + " are the parameters of [" + serviceName(e.api, r) + "." + op.Name.Go + "]."}}
	omitted := func(f *model.Field) bool { return f.In == model.InJSON && f.Presence == model.Plain }
	if op.Body != nil && op.Body.Field == nil && !op.Body.Required && slices.ContainsFunc(op.Params.Fields, omitted) {
		about = append(about, prose.Block{Text: "If no field of the body is set, the request has none."})
	}
	return doc(append(about, prose.Deprecation(op.Deprecated)...)...).Type().Id(op.Params.Name.Go).
		Struct(e.fields(op.Params, op.Body != nil && op.Body.Field == nil)...)
}
