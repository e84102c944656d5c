package docs

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// An operationView is what the page of an operation shows.
type operationView struct {
	Method, Path string
	Server       string
	Call         string // client.SecretsStore.Stores.Create
	Signature    typeText
	Doc          string
	Deprecated   string
	Stage        string
	External     model.Link
	Security     []alternative
	NoneNeeded   bool
	Permissions  []string
	Params       typeText // the params struct
	ParamsID     string
	Groups       []group
	Returns      *returnsView
	Failures     []failureView
	Program      []snippet.Segment
	Curl         string
	Requests     []*model.Content
	Responses    []*responseView
	Streaming    *link
	Takes        []string
	Leaves       []leafView // what Try it asks for
	Form         *formView
}

// An alternative is a set of credentials that are sent together.
type alternative struct {
	Title   string
	Schemes []schemeView
}

type schemeView struct {
	Title, Option, Env, Line, Doc string
	Scopes                        []string
}

// A group is the parameters of one place.
type group struct {
	Title, ID, Note string
	Rows            []*row
}

type returnsView struct {
	Type    typeText
	Doc     string
	Page    typeText // the page type, of a list
	Item    typeText
	All     string // the twin that yields items
	Paging  string
	Rows    []*row
	Values  []value
	Inner   string // the anchor of a type that is shown here only
	Headers []string
}

type failureView struct {
	Status, Doc string
	Type        typeText
	Page        *link
}

type responseView struct {
	*model.Response
	Name    string // "Not Found"
	Rows    []*row // of its headers
	Success bool
}

// A leafView is a value that Try it asks for.
type leafView struct {
	Key, Kind, Wire string
	Options         []value
}

// A formView is what a request is made of, for the script.
type formView struct {
	Method, URL, Body, Media string
	Headers                  []string
	Leaves                   []leafView
}

func (s *site) operation(p *page) (*operationView, error) {
	op, r := p.op, s.rower(p)
	v := &operationView{
		Method: op.Method, Path: op.Path, Server: s.api.BaseURL, Call: "client." + op.Call,
		Deprecated: op.Deprecated, Doc: op.Doc, Takes: op.Takes,
	}
	if op.Server != "" {
		v.Server = op.Server
	}
	if f := op.Facts; f != nil {
		v.Doc, v.Stage, v.Permissions, v.Requests, v.External = f.Doc, f.Stage, f.Permissions, f.Request, f.External
		if v.Doc == "" {
			v.Doc = f.Summary
			if strings.TrimRight(sentence(v.Doc), ".") == p.title {
				v.Doc = ""
			}
		}
	}
	if strings.EqualFold(strings.TrimRight(strings.TrimSpace(v.Doc), "."), p.title) {
		v.Doc = ""
	}
	v.Signature = s.signature(p)
	s.security(v, op)
	s.parameters(v, op, r)
	v.Returns = s.returns(p, r)
	s.failures(v, p)
	s.responses(v, op, r)
	var err error
	if v.Program, err = s.use.Segments(op); err != nil {
		return nil, err
	}
	v.Curl = s.use.Curl(op)
	v.Leaves = leaves(v.Program)
	if other := op.Streaming; other != nil {
		v.Streaming = &link{Text: other.Name.Go, URL: p.to(s.ops[other]), Note: "the same as a stream"}
	}
	return v, nil
}

func leaves(program []snippet.Segment) []leafView {
	var list []leafView
	for _, seg := range program {
		if seg.Leaf == nil {
			continue
		}
		l := leafView{Key: seg.Leaf.Key, Kind: seg.Leaf.Kind, Wire: seg.Leaf.Wire}
		for _, v := range seg.Leaf.Values() {
			l.Options = append(l.Options, value{JSON: v.Value, Go: v.Name.Go})
		}
		list = append(list, l)
	}
	return list
}

// signature is the call with the types of what it takes and returns.
func (s *site) signature(p *page) typeText {
	op := p.op
	t := typeText{{text: "client." + op.Call + "(ctx context.Context"}}
	for _, arg := range op.Args {
		t = append(t.and(part{text: ", " + arg.Name.Go + " "}), s.typeText(p, arg.Type)...)
	}
	if op.Params != nil {
		t = t.and(part{text: ", params "}, part{op.Params.Package.Name + "." + op.Params.Name.Go, "#-params"})
	}
	t = t.and(part{text: ", opts ..."}, part{"option.RequestOption", p.to(s.guides["options"])}, part{text: ") "})
	result := s.result(p, op)
	switch {
	case result == nil:
		return t.and(part{text: "error"})
	case op.Result.Kind == model.ItemsResult:
		return append(t, result...)
	}
	return append(t.and(part{text: "("}), result...).and(part{text: ", error)"})
}

// result is the type of what a method returns beside its error; nil if it
// returns nothing.
func (s *site) result(p *page, op *model.Operation) typeText {
	switch r := &op.Result; r.Kind {
	case model.NoResult:
		return nil
	case model.PageResult:
		t := typeText{{text: "*pagination."}, {r.Page.Name.Go, s.typeURL(p, r.Page)}, {text: "["}}
		return append(append(t, s.typeText(p, r.Type)...), part{text: "]"})
	case model.StreamResult:
		return typeText{{text: "*"}, {"streaming.Download", p.to(s.guides["streaming"])}}
	case model.ItemsResult:
		return append(append(plainType("iter.Seq2["), s.typeText(p, r.Type)...), part{text: ", error]"})
	case model.TextResult:
		return plainType("string")
	}
	switch target(op.Result.Type).(type) {
	case *model.Object, *model.Union:
		return append(plainType("*"), s.typeText(p, op.Result.Type)...)
	}
	return s.typeText(p, op.Result.Type)
}

// security says how to authenticate.
func (s *site) security(v *operationView, op *model.Operation) {
	list := op.Security
	if list == nil {
		list = s.api.Security
	}
	for _, names := range list {
		if len(names) == 0 {
			v.NoneNeeded = true
			continue
		}
		a := alternative{}
		for _, name := range names {
			scheme := s.schemes[name]
			if scheme == nil {
				continue
			}
			sv := s.scheme(scheme)
			if op.Facts != nil {
				for _, scopes := range op.Facts.Scopes {
					if scopes.Scheme == name {
						for _, scope := range scopes.Names {
							if !slices.Contains(sv.Scopes, scope) {
								sv.Scopes = append(sv.Scopes, scope)
							}
						}
					}
				}
			}
			if a.Title != "" {
				a.Title += " + "
			}
			a.Title += sv.Title
			a.Schemes = append(a.Schemes, sv)
		}
		if len(a.Schemes) > 0 {
			v.Security = append(v.Security, a)
		}
	}
}

// scheme is a credential as pages show it.
func (s *site) scheme(scheme *model.Scheme) schemeView {
	v := schemeView{Title: titled(scheme.Name), Option: "option." + scheme.Option.Go, Env: scheme.Env, Doc: scheme.Doc}
	example := "$" + scheme.Env
	if scheme.Facts != nil && scheme.Facts.Example != "" {
		example = scheme.Facts.Example
	}
	switch {
	case scheme.Basic:
		v.Env += ", " + scheme.EnvPassword
		v.Line = "Authorization: Basic base64($" + scheme.Env + ":$" + scheme.EnvPassword + ")"
	case scheme.In == model.InQuery:
		v.Line = "?" + scheme.Key + "=" + example
	case scheme.In == model.InCookie:
		v.Line = "Cookie: " + scheme.Key + "=" + example
	default:
		v.Line = scheme.Key + ": " + scheme.Prefix + example
	}
	return v
}

// titled is a name in words, each with a capital: "API Email".
func titled(name string) string {
	words := strings.Fields(spaced(name, name))
	for i, w := range words {
		r := []rune(w)
		words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(words, " ")
}

// parameters are the rows of what a method takes, by where it goes.
func (s *site) parameters(v *operationView, op *model.Operation, r *rower) {
	places := map[model.In]*group{
		model.InPath: {Title: "Path parameters", ID: "path"}, model.InQuery: {Title: "Query parameters", ID: "query"},
		model.InHeader: {Title: "Header parameters", ID: "header"}, model.InCookie: {Title: "Cookie parameters", ID: "cookie"},
	}
	inputs := map[*model.Field]bool{}
	for _, in := range op.Inputs {
		g := places[in.In]
		if in.Arg != nil {
			out := &row{ID: r.id(in.Arg.Name.Spec), Name: in.Arg.Name.Go, Type: s.typeText(r.page, in.Arg.Type), Marks: []string{"required"}}
			if in.Arg.Name.Spec != in.Arg.Name.Go {
				out.Wire = in.Arg.Name.Spec
			}
			r.describe(out, in.Arg.Facts, "")
			r.members(out, in.Arg.Type)
			g.Rows = append(g.Rows, out)
			continue
		}
		inputs[in.Field] = true
		g.Rows = append(g.Rows, r.field("", in.Field))
	}
	for _, in := range []model.In{model.InPath, model.InQuery, model.InHeader, model.InCookie} {
		if g := places[in]; len(g.Rows) > 0 {
			v.Groups = append(v.Groups, *g)
		}
	}
	if op.Params != nil {
		v.Params = plainType(op.Params.Package.Name + "." + op.Params.Name.Go)
	}
	if op.Body == nil || op.Params == nil {
		return
	}
	body := group{Title: "Body", ID: "body", Note: op.Body.ContentType}
	if body.Note == "" || strings.Contains(body.Note, "*") {
		body.Note = "application/json"
	}
	if f := op.Body.Field; f != nil {
		one := r.field("", f)
		one.Wire = ""
		if d := named(f.Type); d != nil && len(one.Rows) == 0 && len(one.Values) == 0 {
			one.Rows, one.Brief = r.of("body", d), nil
			if d := target(d).(model.Decl).Declaration(); len(one.Rows) > 0 {
				one.InnerName = d.Name.Go
			}
		}
		body.Rows = append(body.Rows, one)
	}
	for _, other := range op.Body.Others {
		if other.Field != nil {
			inputs[other.Field] = true
			one := r.field("", other.Field)
			one.Facts = append(one.Facts, fact{"media type", other.ContentType})
			body.Rows = append(body.Rows, one)
		}
	}
	if op.Body.Field == nil {
		body.Rows = append(body.Rows, r.fields("body", op.Params, func(f *model.Field) bool { return !inputs[f] })...)
	}
	if len(body.Rows) > 0 {
		v.Groups = append(v.Groups, body)
	}
}

// returns tells what a method returns.
func (s *site) returns(p *page, r *rower) *returnsView {
	op := p.op
	t := s.result(p, op)
	if t == nil {
		return nil
	}
	v := &returnsView{Type: t, Paging: op.Paging, Headers: op.Headers}
	if op.Result.Kind == model.PageResult {
		v.Page = plainType("pagination." + op.Result.Page.Name.Go)
		v.Page[0].url = s.typeURL(p, op.Result.Page)
		v.Item = s.typeText(p, op.Result.Type)
		v.All = op.Result.All
	}
	if op.Result.Kind == model.ItemsResult {
		v.Item = s.typeText(p, op.Result.Type)
	}
	d := named(op.Result.Type)
	if d == nil {
		return v
	}
	v.Doc = d.Declaration().Doc
	if v.Item == nil {
		v.Item = s.typeText(p, d)
	}
	if s.isLocal(d) {
		v.Inner = r.inner(d)
	}
	if e, ok := target(d).(*model.Enum); ok {
		v.Values = s.values(e)
		return v
	}
	r.terse = true
	v.Rows = r.of("result", d)
	r.terse = false
	if len(v.Rows) > fewRows && !s.isLocal(d) { // its page has the rest
		v.Rows = v.Rows[:fewRows]
	}
	return v
}

// fewRows is how many members of a result are shown whose type has a page of its
// own.
const fewRows = 60

// failures lists the errors that an operation says it fails with.
func (s *site) failures(v *operationView, p *page) {
	types := map[string]typeText{}
	for _, e := range p.op.Errors {
		for _, status := range e.Statuses {
			t := types[status]
			if t != nil {
				t = t.and(part{text: " or "})
			}
			types[status] = append(t, s.typeText(p, e.Type)...)
		}
	}
	if p.op.Facts == nil {
		return
	}
	for _, r := range p.op.Facts.Responses {
		if !strings.HasPrefix(r.Status, "4") && !strings.HasPrefix(r.Status, "5") && r.Status != "default" {
			continue
		}
		f := failureView{Status: r.Status, Doc: r.Doc, Type: types[r.Status]}
		for _, e := range s.errors {
			if slices.Contains(e.failure.statuses, r.Status) {
				f.Page = &link{Text: e.failure.name, URL: p.to(e)}
			}
		}
		v.Failures = append(v.Failures, f)
	}
}

func (s *site) responses(v *operationView, op *model.Operation, r *rower) {
	if op.Facts == nil {
		return
	}
	for _, response := range op.Facts.Responses {
		rv := &responseView{Response: response, Success: strings.HasPrefix(response.Status, "2")}
		if code, err := strconv.Atoi(response.Status); err == nil {
			rv.Name = http.StatusText(code)
		}
		for _, h := range response.Headers {
			out := &row{ID: r.id("header", response.Status, h.Name), Name: h.Name}
			r.describe(out, h.Facts, "")
			rv.Rows = append(rv.Rows, out)
		}
		v.Responses = append(v.Responses, rv)
	}
}
