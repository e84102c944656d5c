// Package foreign reads the configuration of the generators Fern and Speakeasy: a
// generators.yml, or a gen.yaml of theirs, and what both keep in extensions of the
// description. It says the same as a gen.yaml of this project.
//
// Names of resources and methods (x-fern-sdk-group-name, x-speakeasy-group and the
// like) are read from the description by every run, and are not repeated. What has
// no equal is a warning at its line.
package foreign

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Tool is a generator whose configuration is read.
type Tool string

// The tools.
const (
	Fern      Tool = "Fern"
	Speakeasy Tool = "Speakeasy"
)

// Is says whose configuration a file is; "" if it is of neither.
func Is(root *spec.Node) Tool {
	switch {
	case root.Has("configVersion") && root.Has("generation"):
		return Speakeasy
	case root.Has("groups") && (root.Get("groups").Is(spec.Object)) || root.Has("api") && root.Has("default-group"):
		return Fern
	}
	return ""
}

// Translate says what a configuration and the extensions of a description say.
func Translate(tool Tool, root *spec.Node, doc *spec.Document) (*config.Config, *diag.List) {
	t := &translator{tool: tool, doc: doc, cfg: &config.Config{}, problems: &diag.List{}}
	if tool == Fern {
		t.fern(root)
	} else {
		t.speakeasy(root)
	}
	t.servers()
	t.global()
	for path, item := range doc.Root.Get("paths").Members() {
		item, err := doc.Deref(item)
		if err != nil {
			continue
		}
		for _, verb := range strings.Fields("get put post delete options head patch trace query") {
			if op := item.Get(verb); op != nil {
				t.operation(strings.ToUpper(verb)+" "+path, op)
			}
		}
	}
	t.schemas()
	return t.cfg, t.problems
}

type translator struct {
	tool     Tool
	doc      *spec.Document
	cfg      *config.Config
	problems *diag.List
}

func (t *translator) lost(pos diag.Pos, what, why, how string) {
	t.problems.Warningf(pos, "foreign-lost", "%s is not translated: %s; %s", what, why, how)
}

// rest reports every member of an object that nobody read.
func (t *translator) rest(way string, n *spec.Node, known ...string) {
	for _, m := range n.All() {
		if !slices.Contains(known, m.Name) {
			t.lost(m.Pos, strings.TrimPrefix(way+"."+m.Name, "."), "gen has no equal, or does it anyway", "docs/config.md says what there is")
		}
	}
}

// fern reads a generators.yml.
func (t *translator) fern(root *spec.Node) {
	t.rest("", root, "groups", "api", "default-group")
	api := root.Get("api")
	t.rest("api", api, "environments", "default-environment", "headers", "specs", "path")
	first := api.Get("default-environment").Text()
	for _, m := range api.Get("environments").All() {
		url := m.Value.Text()
		if m.Value.Is(spec.Object) {
			url = m.Value.Get("url").Text()
		}
		if config.CheckURL(url) != nil {
			t.lost(m.Pos, "api.environments."+m.Name, "it is not one URL", "write servers into gen.yaml")
			continue
		}
		s := config.Server{Name: ident.Camel(m.Name), URL: strings.TrimRight(url, "/"), Pos: m.Pos}
		if m.Name == first {
			t.cfg.Servers = slices.Insert(t.cfg.Servers, 0, s)
			continue
		}
		t.cfg.Servers = append(t.cfg.Servers, s)
	}
	for _, m := range api.Get("headers").All() {
		t.header(m.Name, m.Value, m.Pos)
	}
	for _, group := range root.Get("groups").All() {
		for _, g := range group.Value.Get("generators").Elements() {
			if !strings.Contains(g.Get("name").Text(), "fern-go") {
				t.lost(g.Pos(), "the generator "+g.Get("name").Text(), "gen makes Go SDKs only", "keep it for its language")
				continue
			}
			c := g.Get("config")
			t.rest("config", c, "packageName", "importPath", "module")
			t.module(c.Get("module").Get("path").Text(), c.Get("importPath").Text())
			t.pkg(c.Get("packageName").Text())
			if path := g.Get("output").Get("path").Text(); path != "" {
				t.cfg.Output = path
			}
		}
	}
}

func (t *translator) module(paths ...string) {
	for _, path := range paths {
		if path != "" && t.cfg.Module == "" && config.CheckModule(path) == nil {
			t.cfg.Module = path
		}
	}
}

func (t *translator) pkg(name string) {
	if name = strings.ToLower(name); name != "" && config.CheckPackage(name) == nil {
		t.cfg.Package = name
	}
}

// header makes a header that every request has one that can be set for a client; one
// with a text that is no type has it always.
func (t *translator) header(name string, n *spec.Node, pos diag.Pos) {
	if config.CheckHeader(name) != nil {
		t.lost(pos, "the header "+name, "HTTP allows no such name", "mend it")
		return
	}
	option, env := n.Get("name").Text(), n.Get("env").Text()
	if option == "" {
		option = name
	}
	if config.CheckEnv(env) != nil {
		env = ""
	}
	t.cfg.ClientParams = append(t.cfg.ClientParams, config.ClientParam{Name: option, Header: name, Env: env, Pos: pos})
}

// speakeasy reads a gen.yaml of Speakeasy.
func (t *translator) speakeasy(root *spec.Node) {
	for _, m := range root.All() {
		switch m.Name {
		case "configVersion", "go", "generation":
		default:
			t.lost(m.Pos, m.Name, "gen makes Go SDKs only", "keep it for its language")
		}
	}
	g := root.Get("go")
	t.module(g.Get("modulePath").Text(), g.Get("packageName").Text())
	t.pkg(g.Get("sdkPackageName").Text())
	if v := g.Get("version").Text(); v != "" && config.CheckVersion(v) == nil && (t.cfg.Module == "" || config.CheckRelease(t.cfg.Module, v) == nil) {
		t.cfg.Version = v
	}
	t.rest("go", g, "modulePath", "packageName", "sdkPackageName", "version")
	t.rest("generation", root.Get("generation"))
}

// servers gives the servers of the description the names that an extension has.
func (t *translator) servers() {
	if len(t.cfg.Servers) > 0 {
		return
	}
	for _, s := range t.doc.Root.Get("servers").Elements() {
		for _, key := range []string{"x-fern-server-name", "x-speakeasy-server-id"} {
			name, url := s.Get(key).Text(), strings.TrimRight(s.Get("url").Text(), "/")
			if name != "" && config.CheckURL(url) == nil && !strings.Contains(url, "{") {
				t.cfg.Servers = append(t.cfg.Servers, config.Server{Name: ident.Camel(name), URL: url, Pos: s.Pos()})
			}
		}
	}
}

// global reads the extensions of the description as a whole.
func (t *translator) global() {
	root := t.doc.Root
	t.retries(root.Get("x-speakeasy-retries"), func(r *config.Retries) { t.cfg.Retries = r })
	if ms, ok := root.Get("x-speakeasy-timeout").Int(); ok && ms > 0 {
		t.cfg.Timeout = time.Duration(ms) * time.Millisecond
	}
	for _, h := range root.Get("x-fern-global-headers").Elements() {
		t.header(h.Get("header").Text(), h, h.Pos())
	}
	for _, h := range root.Get("x-fern-idempotency-headers").Elements() {
		if name := h.Get("header").Text(); config.CheckHeader(name) == nil && t.cfg.IdempotencyHeader == "" {
			t.cfg.IdempotencyHeader = name
			t.problems.Warningf(h.Pos(), "foreign-changed", "every request but GET and HEAD has the header %s, and not only those that x-fern-idempotent marks", name)
		}
	}
	for _, m := range root.Get("x-speakeasy-globals").Get("parameters").Elements() {
		p, err := t.doc.Deref(m)
		if name := p.Get("name").Text(); err == nil && name != "" {
			t.cfg.ClientParams = append(t.cfg.ClientParams, config.ClientParam{Name: name, Pos: m.Pos()})
		}
	}
}

// retries reads a policy of Speakeasy. How often it repeats follows from how long
// it goes on.
func (t *translator) retries(n *spec.Node, set func(*config.Retries)) {
	switch {
	case n == nil:
		return
	case n.Get("strategy").Text() == "none":
		none := 0
		set(&config.Retries{Max: &none, Pos: n.Pos()})
		return
	}
	ms := func(name string) time.Duration {
		v, _ := n.Get("backoff").Get(name).Int()
		return time.Duration(max(v, 0)) * time.Millisecond
	}
	r := &config.Retries{MinDelay: ms("initialInterval"), MaxDelay: ms("maxInterval"), Pos: n.Pos()}
	if whole := ms("maxElapsedTime"); whole > 0 && r.MinDelay > 0 {
		count, spent, delay := 0, time.Duration(0), r.MinDelay
		for spent+delay <= whole && count < 10 {
			spent += delay
			if delay *= 2; r.MaxDelay > 0 {
				delay = min(delay, r.MaxDelay)
			}
			count++
		}
		r.Max = &count
	}
	if codes := n.Get("statusCodes"); codes != nil {
		t.lost(codes.Pos(), "x-speakeasy-retries.statusCodes", "the runtime knows which answers are worth another try", "x-should-retry of a response or option.WithRetryPolicy say otherwise")
	}
	set(r)
}

// operation reads the extensions of one.
func (t *translator) operation(key string, n *spec.Node) {
	op := config.Operation{Key: key, Pos: n.Pos()}
	op.Skip = n.Get("x-fern-ignore").True() || n.Get("x-speakeasy-ignore").True()
	op.Deprecated = n.Get("x-speakeasy-deprecation-message").Text()
	if ms, ok := n.Get("x-speakeasy-timeout").Int(); ok && ms > 0 {
		op.Timeout = time.Duration(ms) * time.Millisecond
	}
	t.retries(n.Get("x-speakeasy-retries"), func(r *config.Retries) { op.MaxRetries = r.Max })
	if n.Get("x-fern-retries").Get("disabled").True() {
		none := 0
		op.MaxRetries = &none
	}
	t.fernPages(&op, n.Get("x-fern-pagination"))
	t.speakeasyPages(&op, n.Get("x-speakeasy-pagination"))
	said := op.Skip || op.Deprecated != "" || op.Timeout > 0 || op.MaxRetries != nil || op.Pagination != nil || op.NoPaging
	if said {
		t.cfg.Operations = append(t.cfg.Operations, op)
	}
}

// member is the way that an expression has: $request.cursor, $response.page.next,
// $.data.
func member(n *spec.Node, prefixes ...string) string {
	text := n.Text()
	for _, prefix := range prefixes {
		if way, ok := strings.CutPrefix(text, prefix); ok {
			return way
		}
	}
	return ""
}

func (t *translator) fernPages(op *config.Operation, n *spec.Node) {
	if n.True() {
		n = t.doc.Root.Get("x-fern-pagination")
	}
	switch {
	case n.False():
		op.NoPaging = true
		return
	case !n.Is(spec.Object):
		return
	}
	p := &config.Pagination{Items: member(n.Get("results"), "$response."), HasMore: member(n.Get("has-next-page"), "$response."), Pos: n.Pos()}
	switch {
	case n.Has("cursor"):
		p.Style, p.Param, p.Next = "cursor", member(n.Get("cursor"), "$request."), member(n.Get("next_cursor"), "$response.")
	case n.Has("offset"):
		p.Style, p.Param = "offset", member(n.Get("offset"), "$request.")
		if strings.Contains(strings.ToLower(p.Param), "page") {
			p.Style = "page"
		}
	case n.Has("next_uri"):
		p.Style, p.Next = "next_url", member(n.Get("next_uri"), "$response.")
	default:
		t.lost(n.Pos(), "x-fern-pagination of "+op.Key, "gen knows no such kind", "say pagination for it in gen.yaml")
		return
	}
	op.Pagination = p
}

func (t *translator) speakeasyPages(op *config.Operation, n *spec.Node) {
	if !n.Is(spec.Object) {
		return
	}
	out := n.Get("outputs")
	p := &config.Pagination{Items: member(out.Get("results"), "$."), TotalPages: member(out.Get("numPages"), "$."), Pos: n.Pos()}
	input := func(kind string) string {
		for _, in := range n.Get("inputs").Elements() {
			if in.Get("type").Text() == kind {
				return in.Get("name").Text()
			}
		}
		return ""
	}
	switch kind := n.Get("type").Text(); kind {
	case "cursor":
		p.Style, p.Param, p.Next = "cursor", input("cursor"), member(out.Get("nextCursor"), "$.")
	case "offsetLimit":
		if p.Style, p.Param = "page", input("page"); p.Param == "" {
			p.Style, p.Param = "offset", input("offset")
		}
	case "url":
		p.Style, p.Next = "next_url", member(out.Get("nextUrl"), "$.")
	default:
		t.lost(n.Pos(), "x-speakeasy-pagination of "+op.Key, fmt.Sprintf("gen knows no type %q", kind), "say pagination for it in gen.yaml")
		return
	}
	op.Pagination = p
}

// schemas reads the names that schemas have.
func (t *translator) schemas() {
	for name, n := range t.doc.Root.Get("components").Get("schemas").Members() {
		for _, key := range []string{"x-fern-type-name", "x-speakeasy-name-override"} {
			if own := ident.Exported(n.Get(key).Text()); n.Get(key).Text() != "" && config.CheckExported(own) == nil {
				t.cfg.Schemas = append(t.cfg.Schemas, config.Schema{Component: name, Name: own, Pos: n.Pos()})
			}
		}
	}
}
