package emit

import (
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// planClient adds the root package: the client and the names that its users
// need for errors.
func (e *emitter) planClient() {
	f := e.file("", e.api.Package, "client")
	f.doc = append([]prose.Block{{Text: "Package " + e.api.Package + " is a client for " + e.title() + "."}}, prose.Blocks(e.api.Doc)...)
	f.add(func(g *jen.File) {
		if e.api.Release != "" {
			about := prose.Block{Text: "Version is the version of this SDK. Requests carry it in the User-Agent header."}
			g.Add(doc(about)).Const().Id("Version").Op("=").Lit(e.api.Release).Line()
		}
		g.Add(e.client()).Line()
		g.Add(e.newRootClient()).Line()
		g.Add(e.do()).Line()
		g.Add(e.errors())
	})
}

// title is what the API is called in a sentence: "the Cloudflare API".
func (e *emitter) title() string {
	title := prose.Line(e.api.Title)
	if title == "" {
		title = e.api.Package
	}
	title = strings.TrimPrefix(title, "The ")
	if strings.HasSuffix(strings.ToLower(title), "api") || strings.Contains(" "+strings.ToLower(title)+" ", " api ") {
		return "the " + title
	}
	return "the " + title + " API"
}

func (e *emitter) client() jen.Code {
	var fields []jen.Code
	for _, r := range e.api.Root.Children {
		fields = append(fields, jen.Id(r.Name.Go).Add(e.serviceType(r)))
		fields = append(fields, oldFields(r, e.serviceType(r))...)
	}
	if len(fields) > 0 {
		fields = append(fields, jen.Line())
	}
	fields = append(fields, jen.Id("client").Op("*").Add(e.internal("Client")))
	return doc(prose.Block{Text: "Client calls " + e.title() + ". It is safe for concurrent use."}).Type().Id("Client").Struct(fields...)
}

func (e *emitter) serviceType(r *model.Resource) *jen.Statement {
	return jen.Qual(e.importPath(r.Package.Path), r.Service)
}

// newRootClient writes NewClient. What it calls its variables must not hide the
// packages of the resources.
func (e *emitter) newRootClient() jen.Code {
	names := scope{}
	for _, r := range e.api.Root.Children {
		names[r.Package.Name] = true
	}
	shared, opts := names.local("c"), names.local("opts")
	star, pointer := "*", "&"
	if e.api.Surface == model.Stainless { // a client is a value
		star, pointer = "", ""
	}
	var entries []entry
	for _, r := range e.api.Root.Children {
		for _, name := range append([]string{r.Name.Go}, r.Old...) {
			entries = append(entries, entry{name, jen.Qual(e.importPath(r.Package.Path), r.Make).Call(jen.Id(shared))})
		}
	}
	entries = append(entries, entry{"client", jen.Id(shared)})
	body := []jen.Code{
		jen.Id(shared).Op(":=").Add(e.newClient(opts)),
		jen.Return(literal(jen.Op(pointer).Id("Client"), entries...)),
	}
	return doc(e.aboutNewClient()...).Func().Id("NewClient").Params(jen.Id(opts).Op("...").Add(e.option())).Op(star).Id("Client").Block(body...)
}

// do writes the method for what the description lacks.
func (e *emitter) do() jen.Code {
	return doc(
		prose.Block{Text: "Do sends a request that no method covers, with the same credentials, options, retries and errors. " +
			"The path is relative to the base URL, and may have a query. Escape the values in it with [net/url.PathEscape]."},
		prose.Block{Text: "For GET, HEAD and DELETE, params are the query: a struct or a map with one member per parameter. For any other method they are the JSON body; bytes, a string or an io.Reader are sent as they are. Nil sends none; see also [option.WithQuery] and [option.WithRequestBody]."},
		prose.Block{Text: "The whole response is decoded into what result points to: a struct or a map for JSON, a *string or *[]byte for any content, or an *io.ReadCloser, which the caller closes. Nil discards it."},
	).Func().Params(jen.Id("c").Op("*").Id("Client")).Id("Do").
		Params(jen.Id("ctx").Qual("context", "Context"), jen.List(jen.Id("method"), jen.Id("path")).String(), jen.List(jen.Id("params"), jen.Id("result")).Any(), jen.Id("opts").Op("...").Add(e.option())).
		Error().Block(jen.Return(jen.Id("c").Dot("client").Dot("Call").Call(jen.Id("ctx"), jen.Id("method"), jen.Id("path"), jen.Id("params"), jen.Id("result"), jen.Id("opts"))))
}

// aboutNewClient lists what the environment can say.
func (e *emitter) aboutNewClient() []prose.Block {
	first := prose.Block{Text: "NewClient returns a client. Options set its credentials and its transport."}
	vars := e.variables()
	if len(vars) == 0 {
		return []prose.Block{first}
	}
	first.Text = "NewClient returns a client. Unless an option sets them, it reads these environment variables:"
	about := []prose.Block{first}
	for _, v := range vars {
		about = append(about, prose.Block{Kind: prose.Item, Mark: "-", Text: v.Name + ", for [option." + v.Option + "]"})
	}
	return about
}

// A variable is one of the environment's.
type variable struct {
	Name, What, Option string
}

// variables are those that a client reads, in the order of the description.
func (e *emitter) variables() []variable {
	var vars []variable
	add := func(name, what, option string) {
		if name != "" {
			vars = append(vars, variable{prose.Line(name), what, option})
		}
	}
	for _, s := range e.api.Schemes {
		what := "sent in the " + places[s.In] + " " + prose.Line(s.Key)
		if s.Basic {
			what = "the user name of HTTP basic authentication"
		}
		add(s.Env, what, s.Option.Go)
		if s.Basic {
			add(s.EnvPassword, "its password", s.Option.Go)
		}
		if g := s.Grant; g != nil {
			add(g.EnvID, "the id of an OAuth 2.0 client, which fetches its own access tokens", g.Client.Go)
			add(g.EnvSecret, "its secret", g.Client.Go)
		}
	}
	for _, p := range e.api.Params {
		add(p.Env, "the default "+prose.Line(p.Name), p.Option.Go)
	}
	add(e.api.BaseURLEnv, "the base URL", "WithBaseURL")
	return vars
}

// places are what the places of a parameter are called.
var places = [...]string{model.InPath: "path", model.InQuery: "query parameter", model.InHeader: "header", model.InCookie: "cookie"}

// planConfig adds the data that the runtime works with.
func (e *emitter) planConfig() {
	f := e.file("internal/config", "config", "config")
	f.doc = []prose.Block{{Text: "Package config describes " + e.title() + " to the runtime."}}
	f.add(func(g *jen.File) {
		g.Add(doc(prose.Block{Text: "API is the configuration that every client of this SDK starts from."})).
			Var().Id("API").Op("=").Add(e.config())
	})
}

func (e *emitter) config() *jen.Statement {
	version := strings.TrimPrefix(prose.Line(e.api.Version), "v")
	entries := []entry{{"Name", jen.Lit(e.api.Package)}}
	add := func(key, value string) {
		if value != "" {
			entries = append(entries, entry{key, jen.Lit(value)})
		}
	}
	add("Version", version)
	add("BaseURL", e.api.BaseURL)
	add("BaseURLEnv", e.api.BaseURLEnv)
	if e.api.Release == "" {
		add("UserAgent", userAgent(e.api.Package, version))
	} else {
		add("UserAgent", userAgent(e.api.Package, e.api.Release))
	}
	if len(e.api.Schemes) > 0 {
		var credentials []jen.Code
		for _, s := range e.api.Schemes {
			credentials = append(credentials, e.credential(s))
		}
		entries = append(entries, entry{"Credentials", jen.Index().Add(e.internal("Credential")).Add(multiline(credentials...))})
	}
	if len(e.api.Security) > 0 {
		entries = append(entries, entry{"Security", e.security(e.api.Security)})
	}
	if len(e.api.Fallback) > 0 {
		entries = append(entries, entry{"Fallback", e.security(e.api.Fallback)})
	}
	if len(e.api.Params) > 0 {
		var params []jen.Code
		for _, p := range e.api.Params {
			params = append(params, compact(strs("Name", p.Name, "Option", p.Option.Go, "Env", p.Env, "Header", p.Header, "Query", p.Query, "Default", p.Default)...))
		}
		entries = append(entries, entry{"Params", jen.Index().Add(e.internal("ClientParam")).Add(multiline(params...))})
	}
	if e.api.Timeout > 0 {
		entries = append(entries, entry{"Timeout", duration(e.api.Timeout)})
	}
	if r := e.api.Retries; r != nil {
		entries = append(entries, entry{"Retries", jen.Op("&").Add(e.internal("Retries")).Add(compact(e.retries(r)...))})
	}
	if len(e.api.Headers) > 0 {
		var fields []jen.Code
		for _, h := range e.api.Headers {
			fields = append(fields, compact(strs("Name", h.Name, "Value", h.Value)...))
		}
		entries = append(entries, entry{"Headers", jen.Index().Add(e.internal("Field")).Add(multiline(fields...))})
	}
	if e.api.Server != "" {
		entries = append(entries, entry{"Server", jen.Lit(e.api.Server)})
		var variables []jen.Code
		for _, v := range e.api.Variables {
			variable := strs("Name", v.Name, "Option", v.Option.Go, "Default", v.Default)
			if len(v.Values) > 0 {
				variable = append(variable, entry{"Values", lits(v.Values)})
			}
			variables = append(variables, compact(variable...))
		}
		entries = append(entries, entry{"Variables", jen.Index().Add(e.internal("Variable")).Add(multiline(variables...))})
	}
	if key := e.api.IdempotencyKey; key != "" && !strings.EqualFold(key, "Idempotency-Key") {
		entries = append(entries, entry{"IdempotencyKey", jen.Lit(key)})
	}
	if e.api.Success != "" {
		entries = append(entries, entry{"Envelope", e.internal("Envelope").Values(jen.Id("Success").Op(":").Lit(e.api.Success))})
	}
	if e.api.XML {
		entries = append(entries, entry{"ReadXML", e.xml("Read")})
	}
	return literal(e.internal("API"), entries...)
}

// userAgent is what the client calls itself: a token and a version, as RFC 9110
// has them.
func userAgent(pkg, version string) string {
	version = strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f && !strings.ContainsRune(`"(),/:;<=>?@[\\]{}`, r) {
			return r
		}
		return -1
	}, version)
	if version == "" {
		return pkg + "-go"
	}
	return pkg + "-go/" + version
}

func (e *emitter) credential(s *model.Scheme) jen.Code {
	entries := strs("Name", s.Name, "Option", s.Option.Go, "Env", s.Env)
	place := [...]string{model.InHeader: "Header", model.InQuery: "Query", model.InCookie: "Cookie"}[s.In]
	entries = append(entries, entry{"In", e.internal(place)})
	entries = append(entries, strs("Key", s.Key, "Prefix", s.Prefix)...)
	if s.Basic {
		entries = append(entries, entry{"Basic", jen.True()})
		entries = append(entries, strs("EnvPassword", s.EnvPassword)...)
	}
	g := s.Grant
	if g == nil {
		return compact(entries...)
	}
	entries = append(entries, strs("TokenURL", g.URL)...)
	if len(g.Scopes) > 0 {
		entries = append(entries, entry{"Scopes", lits(g.Scopes)})
	}
	return literal(jen.Null(), append(entries, strs("EnvID", g.EnvID, "EnvSecret", g.EnvSecret, "ClientOption", g.Client.Go, "TokenOption", g.Place.Go)...)...)
}

func lits(texts []string) *jen.Statement {
	list := make([]jen.Code, len(texts))
	for i, text := range texts {
		list[i] = jen.Lit(text)
	}
	return jen.Index().String().Values(list...)
}

// strs makes entries of pairs of a key and a text, without those that are
// empty.
func strs(pairs ...string) []entry {
	var entries []entry
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			entries = append(entries, entry{pairs[i], jen.Lit(pairs[i+1])})
		}
	}
	return entries
}

func (e *emitter) retries(r *model.Retries) []entry {
	most := e.internal("DefaultMaxRetries")
	if r.Max >= 0 {
		most = jen.Lit(r.Max)
	}
	entries := []entry{{"Max", most}}
	if r.MinDelay > 0 {
		entries = append(entries, entry{"MinDelay", duration(r.MinDelay)})
	}
	if r.MaxDelay > 0 {
		entries = append(entries, entry{"MaxDelay", duration(r.MaxDelay)})
	}
	return entries
}

// duration writes a time in the largest unit that it is whole in.
func duration(d time.Duration) *jen.Statement {
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}} {
		if d%unit.of == 0 {
			return jen.Lit(int(d/unit.of)).Op("*").Qual("time", unit.name)
		}
	}
	return jen.Lit(int(d)).Op("*").Qual("time", "Nanosecond")
}
