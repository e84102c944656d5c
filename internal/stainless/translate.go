package stainless

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Result says what a stainless.yml says.
type Result struct {
	Config  *config.Config
	Overlay []byte // nil if nothing is to be changed in the description
}

// Translate says what f says of a description in the terms of this project. What
// the description does not have is a warning.
func Translate(f *File, doc *spec.Document) (*Result, *diag.List) {
	t := &translator{file: f, doc: doc, cfg: &config.Config{}, problems: &diag.List{}, paths: map[string]string{}, models: map[string]*modelEntry{}}
	t.readPaths()
	t.casings()
	t.general()
	t.options()
	t.pages()
	t.eachResource(t.schemas)
	t.eachResource(t.methods)
	t.unlisted()
	overlay := t.overlay()
	return &Result{t.cfg, overlay}, t.problems
}

type translator struct {
	file     *File
	doc      *spec.Document
	cfg      *config.Config
	problems *diag.List
	forms    map[string]string
	paths    map[string]string // of the description, by the path without the names of its parameters
	models   map[string]*modelEntry
	taken    map[string]string // Go names of models, and their schema
	actions  []action
}

// readPaths lists the endpoints of the description.
func (t *translator) readPaths() {
	for path, item := range t.doc.Root.Get("paths").Members() {
		item, err := t.doc.Deref(item)
		if err != nil {
			continue
		}
		for _, verb := range verbs {
			if item.Has(verb) {
				key := strings.ToUpper(verb) + " " + path
				t.paths[bare(key)] = key
			}
		}
	}
}

// bare is an endpoint without the names of its parameters.
func bare(endpoint string) string {
	var b strings.Builder
	for rest := endpoint; rest != ""; {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			break
		}
		b.WriteString("{}")
		_, rest, _ = strings.Cut(after, "}")
	}
	return b.String()
}

// find is an endpoint as the description has it.
func (t *translator) find(e place) (string, bool) {
	if key, ok := t.paths[bare(e.text)]; ok {
		return key, true
	}
	var known []string
	for _, key := range t.paths {
		known = append(known, key)
	}
	slices.Sort(known)
	hint := ""
	if near := diag.Nearest(e.text, known); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	t.problems.Warningf(e.pos, "stainless-endpoint", "the description has no operation %s, so it is no method%s", e.text, hint)
	return "", false
}

func (t *translator) eachResource(do func(*resource)) {
	var visit func(list []*resource)
	visit = func(list []*resource) {
		for _, res := range list {
			if res.skip {
				continue
			}
			do(res)
			visit(res.below)
		}
	}
	visit(t.file.Resources)
}

// general translates what is not about a single method or model.
func (t *translator) general() {
	f, c := t.file, t.cfg
	c.Surface, c.ListedOperations, c.ListedPages, c.NoEnvelope = "stainless", true, true, true
	c.Package = packageName(f.Target.pkg)
	if c.Package == "" {
		c.Package = packageName(f.Organization)
	}
	c.Module, c.Version = f.Target.module, f.Target.version
	if c.Version != "" && (config.CheckVersion(c.Version) != nil || c.Module != "" && config.CheckRelease(c.Module, c.Version) != nil) {
		c.Version = ""
	}
	if f.Settings.noPositional {
		c.Positional = "none"
	}
	s := &f.Settings
	c.Unwrap, c.Timeout, c.Retries, c.IdempotencyHeader, c.Headers = s.Unwrap, s.Timeout, s.Retries, s.IdempotencyHeader, s.Headers
	c.QueryArrays, c.QueryObjects = s.QueryArrays, s.QueryObjects
	for _, e := range f.Environments {
		url := t.withDefaults(e.url)
		if err := config.CheckURL(url); err != nil {
			t.problems.Warningf(e.pos, "stainless-lost", "environments.%s is not translated: %v; write servers or base_url into gen.yaml", e.name, err)
			continue
		}
		c.Servers = append(c.Servers, config.Server{Name: ident.Camel(e.name), URL: strings.TrimRight(url, "/"), Pos: e.pos})
	}
	prefix := f.EnvPrefix
	if prefix == "" {
		prefix = strings.ToUpper(strings.Join(ident.Words(f.Organization), "_"))
	}
	if name := prefix + "_BASE_URL"; prefix != "" && config.CheckEnv(name) == nil {
		c.BaseURLEnv = name
	}
	if len(f.Endings) > 0 {
		c.StreamEnd = f.Endings[0]
	}
}

// withDefaults fills in the variables of a URL that an option has a default for.
func (t *translator) withDefaults(url string) string {
	for _, o := range t.file.Options {
		if o.variable != "" && o.value != "" {
			url = strings.ReplaceAll(url, "{"+o.variable+"}", o.value)
		}
	}
	return url
}

func packageName(name string) string {
	name = strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "", " ", "").Replace(name))
	if config.CheckPackage(name) != nil {
		return ""
	}
	return name
}

// options translates the arguments of the client.
func (t *translator) options() {
	c := t.cfg
	schemes := t.file.Schemes
	if schemes == nil {
		schemes = t.doc.Root.Get("components").Get("securitySchemes")
	}
	for _, o := range t.file.Options {
		name := ident.Recase(ident.Exported(o.text), t.forms)
		switch {
		case o.scheme != "":
			if !schemes.Has(o.scheme) {
				t.problems.Warningf(o.pos, "stainless-lost", "client_settings.opts.%s is not translated: no security scheme is called %q; credentials in gen.yaml says where the credential comes from", o.text, o.scheme)
				continue
			}
			t.credential(o, name)
		case o.variable != "":
			t.problems.Warningf(o.pos, "stainless-lost", "client_settings.opts.%s is an option if the server of the description has the variable {%s}; without one, its default stands in the URL, and option.WithBaseURL says another", o.text, o.variable)
		default:
			c.ClientParams = append(c.ClientParams, config.ClientParam{Name: o.text, Env: o.env, Header: o.header, Query: o.query, Default: o.value, Pos: o.pos})
		}
	}
}

// credential gives a security scheme its option and variables.
func (t *translator) credential(o *option, name string) {
	i := slices.IndexFunc(t.cfg.Credentials, func(c config.Credential) bool { return c.Scheme == o.scheme })
	if i < 0 {
		i = len(t.cfg.Credentials)
		t.cfg.Credentials = append(t.cfg.Credentials, config.Credential{Scheme: o.scheme, Pos: o.pos})
	}
	cred := &t.cfg.Credentials[i]
	switch o.role {
	case "", "value":
		cred.Env, cred.Option = o.env, name
	case "username", "client_id":
		cred.Env = o.env
		t.problems.Warningf(o.pos, "stainless-lost", "client_settings.opts.%s has no option of its own: one option sets it together with its secret; in calls of With%s name both", o.text, name)
	case "password", "client_secret":
		cred.EnvPassword = o.env
	default:
		t.problems.Warningf(o.pos, "stainless-lost", "client_settings.opts.%s.auth.role is %q, which gen does not know; send the credential with option.WithHeader", o.text, o.role)
	}
}

// pages translates the schemes of pagination.
func (t *translator) pages() {
	for _, s := range t.file.Pagination {
		if p := t.page(s); p != nil {
			t.cfg.Pagination = append(t.cfg.Pagination, *p)
		}
	}
}

// page is a scheme as gen.yaml has it.
func (t *translator) page(s *scheme) *config.Pagination {
	style := map[string]string{"cursor": "cursor", "cursor_id": "cursor", "cursor_url": "next_url", "offset": "offset", "page_number": "page", "fake_page": "single"}[s.kind]
	if s.link {
		style = "link"
	}
	p := &config.Pagination{
		Name: ident.Recase(ident.Exported(s.text), t.forms), Style: style, Param: s.param, Items: s.items,
		HasMore: s.hasMore, Total: s.total, TotalPages: s.totalPages, Pos: s.pos,
	}
	if s.kind != "cursor_id" {
		p.Next = s.next // else it is the id of the last item, which build finds
	}
	if s.inBody && p.Param != "" {
		p.In = "body"
	}
	for _, name := range s.with {
		if name != s.param {
			p.With = append(p.With, name)
		}
	}
	for _, name := range s.answers {
		if !slices.ContainsFunc([]string{p.Items, p.Next, p.HasMore, p.Total, p.TotalPages}, func(way string) bool { return way == name || strings.HasPrefix(way, name+".") }) {
			p.Members = append(p.Members, name)
		}
	}
	return p
}

// schemas translates the models of a resource.
func (t *translator) schemas(res *resource) {
	if t.taken == nil {
		t.taken = map[string]string{}
	}
	for _, m := range res.models {
		if m.alias == "" {
			t.schema(res, m)
		}
	}
	for _, m := range res.models {
		if m.alias == "" || m.skip {
			continue
		}
		target := t.models[strings.Join(append(slices.Clone(res.way), m.alias), ".")]
		if target == nil {
			t.problems.Warningf(m.pos, "stainless-lost", "%s.models.%s is not translated: the resource has no model %q; name the schema in gen.yaml", strings.Join(res.way, "."), m.text, m.alias)
			continue
		}
		t.named(target.schema.text).Also = append(t.named(target.schema.text).Also, t.typeName(res, m, target.schema.text))
	}
}

// named is the entry of a schema that there is.
func (t *translator) named(key string) *config.Schema {
	i := slices.IndexFunc(t.cfg.Schemas, func(s config.Schema) bool { return s.Component == key })
	return &t.cfg.Schemas[i]
}

func (t *translator) schema(res *resource, m *modelEntry) {
	key, ok := t.component(m.schema)
	if !ok {
		return
	}
	m.schema.text = key
	t.models[strings.Join(append(slices.Clone(res.way), m.text), ".")] = m
	if m.skip {
		return // its type has the name of its place then
	}
	name := t.typeName(res, m, key)
	if i := slices.IndexFunc(t.cfg.Schemas, func(s config.Schema) bool { return s.Component == key }); i >= 0 {
		if first := &t.cfg.Schemas[i]; first.Name != name && !slices.Contains(first.Also, name) {
			first.Also = append(first.Also, name)
		}
		return
	}
	s := config.Schema{Component: key, Name: name, Pos: m.pos}
	switch {
	case res.text == config.Shared:
		s.Resource = config.Shared
	case len(res.way) > 0:
		s.Resource = ident.Camel(res.way[0])
	}
	t.cfg.Schemas = append(t.cfg.Schemas, s)
}

// typeName is the name of a model's type: its own, after its resource where
// another one has that.
func (t *translator) typeName(res *resource, m *modelEntry, key string) string {
	name := ident.Recase(ident.Exported(m.text), t.forms)
	if other, ok := t.taken[name]; ok && other != key {
		full := ident.Recase(ident.Exported(strings.Join(append(slices.Clone(res.way), m.text), " ")), t.forms)
		t.problems.Warningf(m.pos, "stainless-name", "two models are called %s; this one is %s", name, full)
		name = full
	}
	t.taken[name] = key
	return name
}

const componentPrefix = "#/components/schemas/"

// component is the key of a schema in gen.yaml: the name of a component, or the
// JSON pointer to what is inside of one.
func (t *translator) component(uri place) (string, bool) {
	text := uri.text
	if strings.HasPrefix(text, "$") || strings.Contains(text, "[?") {
		if pointer, ok := t.query(uri); ok {
			text = pointer
		} else {
			return "", false
		}
	}
	if !strings.HasPrefix(text, "#") {
		text = componentPrefix + strings.NewReplacer("~", "~0", "/", "~1").Replace(text)
	}
	if t.doc.At(t.doc.File(t.doc.Root), strings.TrimPrefix(text, "#")) == nil {
		t.problems.Warningf(uri.pos, "stainless-schema", "the description has no schema %s%s", uri.text, t.near(text))
		return "", false
	}
	if name, ok := strings.CutPrefix(text, componentPrefix); ok && !strings.Contains(name, "/") {
		return strings.NewReplacer("~1", "/", "~0", "~").Replace(name), true
	}
	return text, true
}

func (t *translator) near(pointer string) string {
	var known []string
	for name := range t.doc.Root.Get("components").Get("schemas").Members() {
		known = append(known, name)
	}
	if near := diag.Nearest(strings.TrimPrefix(pointer, componentPrefix), known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// methods translates the methods of a resource.
func (t *translator) methods(res *resource) {
	for _, m := range res.methods {
		if m.alias == "" && !m.skip {
			t.method(res, m)
		}
	}
	for _, m := range res.methods {
		if m.alias == "" || m.skip {
			continue
		}
		i := slices.IndexFunc(res.methods, func(other *method) bool { return other.text == m.alias && other.alias == "" })
		if i < 0 {
			t.problems.Warningf(m.pos, "stainless-lost", "the method %s is not translated: its resource has no method %q", m.text, m.alias)
			continue
		}
		if key, ok := t.find(res.methods[i].endpoint); ok {
			t.again(key, res, m)
		}
	}
}

// again gives an operation a further method.
func (t *translator) again(key string, res *resource, m *method) {
	for i := range t.cfg.Operations {
		if op := &t.cfg.Operations[i]; op.Key == key {
			op.Also = append(op.Also, config.Call{Resource: wayTo(res.way), Method: methodName(m.text), Pos: m.pos})
			return
		}
	}
}

func (t *translator) method(res *resource, m *method) {
	key, ok := t.find(m.endpoint)
	if !ok {
		return
	}
	if slices.ContainsFunc(t.cfg.Operations, func(op config.Operation) bool { return op.Key == key }) {
		t.again(key, res, m)
		return
	}
	op := config.Operation{
		Key: key, Resource: wayTo(res.way), Method: methodName(m.text), BodyName: m.bodyName, Positional: t.positional(m, key),
		Unwrap: m.unwrap, NoUnwrap: m.noUnwrap, NoPaging: m.unpaged, MaxRetries: m.maxRetries, Pos: m.pos,
	}
	op.Deprecated = m.deprecated
	if op.Deprecated == "" {
		op.Deprecated = res.old
	}
	if m.timeout != "" {
		op.Timeout, _ = time.ParseDuration(m.timeout) // which it is the text of
	}
	if m.scheme.text != "" {
		t.schemeOf(&op, m)
	}
	if m.stream != nil {
		op.Stream = &config.Stream{Method: methodName(m.text) + "Streaming", Pos: m.pos}
		if m.stream.flag != "stream" {
			op.Stream.Flag = m.stream.flag
		}
		if e := m.stream.event; e.text != "" {
			model := t.models[e.text]
			if model == nil {
				t.problems.Warningf(e.pos, "stainless-lost", "there is no model %s, so the events are of the type that the description has for them; say stream.event in gen.yaml", e.text)
			} else {
				op.Stream.Event = model.schema.text
			}
		}
	}
	t.cfg.Operations = append(t.cfg.Operations, op)
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// positional are the path parameters that a method has as arguments, as the
// description calls them.
func (t *translator) positional(m *method, key string) *[]string {
	if m.positional == nil {
		return nil
	}
	theirs, ours := placeholder.FindAllStringSubmatch(m.endpoint.text, -1), placeholder.FindAllStringSubmatch(key, -1)
	names := []string{}
	for _, name := range *m.positional {
		i := slices.IndexFunc(theirs, func(p []string) bool { return p[1] == name })
		if i < 0 {
			t.problems.Warningf(m.pos, "stainless-lost", "%s is no argument of %s: the path %s has no such parameter", name, m.text, key)
			continue
		}
		names = append(names, ours[i][1])
	}
	return &names
}

// schemeOf gives an operation the scheme that it names.
func (t *translator) schemeOf(op *config.Operation, m *method) {
	for _, s := range t.file.Pagination {
		if s.text == m.scheme.text {
			op.Pagination = t.page(s)
			op.Pagination.With, op.Pagination.Members = nil, nil // it was said to fit
			return
		}
	}
	t.problems.Warningf(m.scheme.pos, "stainless-lost", "there is no pagination scheme %q, so the method is not paged by one; say pagination for it in gen.yaml", m.scheme.text)
}

// unlisted says which operations become no methods because nobody lists them.
func (t *translator) unlisted() {
	listed := map[string]bool{}
	for _, op := range t.cfg.Operations {
		listed[op.Key] = true
	}
	for _, e := range t.file.Ignored {
		if key, ok := t.paths[bare(e.text)]; ok {
			listed[key] = true // it is known not to be one
		}
	}
	var skip func(list []*resource, all bool)
	skip = func(list []*resource, all bool) {
		for _, res := range list {
			for _, m := range res.methods {
				if key, ok := t.paths[bare(m.endpoint.text)]; ok && (all || res.skip || m.skip) {
					listed[key] = true
				}
			}
			skip(res.below, all || res.skip)
		}
	}
	skip(t.file.Resources, false)
	var left []string
	for path, item := range t.doc.Root.Get("paths").Members() {
		for _, verb := range verbs {
			if key := strings.ToUpper(verb) + " " + path; item.Has(verb) && !listed[key] {
				left = append(left, key)
			}
		}
	}
	if len(left) == 0 {
		return
	}
	shown := left[:min(len(left), 5)]
	more := ""
	if len(left) > len(shown) {
		more = fmt.Sprintf(" and %d more", len(left)-len(shown))
	}
	t.problems.Warningf(diag.Pos{}, "stainless-unlisted", "no method of the file calls %s%s, so the SDK has none, as it was; infer: {operations: true} in gen.yaml adds them", strings.Join(shown, ", "), more)
}
