package parity

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/spec"
)

var verbs = strings.Fields("get put post delete options head patch trace query")

// Match returns the config of an SDK that has the methods of calls: for each of
// them the operation of the description that it calls. What the description does
// not have, and what has no method, is a warning.
func Match(calls []Call, doc *spec.Document) (*config.Config, *diag.List) {
	m := &matcher{doc: doc, cfg: &config.Config{ListedOperations: true, ListedPages: true}, problems: &diag.List{}, byVerb: map[string][]endpoint{}, forms: map[string]string{}}
	m.endpoints()
	m.prefix(calls)
	for _, c := range calls {
		if strings.HasSuffix(c.Name, "AutoPaging") || strings.HasSuffix(c.Name, "Streaming") || strings.HasSuffix(c.Name, "All") {
			continue // a second method of one that is there
		}
		m.call(c)
	}
	m.settle(calls)
	return m.cfg, m.problems
}

// An endpoint is an operation of the description.
type endpoint struct {
	key, bare string
	node      *spec.Node
	params    []string // of its path, in order
}

type matcher struct {
	doc      *spec.Document
	cfg      *config.Config
	problems *diag.List
	byVerb   map[string][]endpoint
	forms    map[string]string // how the SDK writes words
	lost     []string

	before, without string // what paths have more in the description, or in the SDK
}

func (m *matcher) endpoints() {
	for path, item := range m.doc.Root.Get("paths").Members() {
		item, err := m.doc.Deref(item)
		if err != nil {
			continue
		}
		for _, verb := range verbs {
			if n := item.Get(verb); n != nil {
				e := endpoint{key: strings.ToUpper(verb) + " " + path, bare: bare(path), node: n}
				for _, p := range named.FindAllString(path, -1) {
					e.params = append(e.params, strings.Trim(p, "{}"))
				}
				m.byVerb[strings.ToUpper(verb)] = append(m.byVerb[strings.ToUpper(verb)], e)
			}
		}
	}
}

// prefix finds what stands before every path in the description and not in the SDK,
// or the other way round, such as /v1: what most methods need to have an operation.
func (m *matcher) prefix(calls []Call) {
	count := map[[2]string]int{}
	for _, c := range calls {
		seen := map[[2]string]bool{}
		for _, path := range c.Paths {
			for _, e := range m.byVerb[c.Verb] {
				var p [2]string
				switch {
				case path == "/" || e.bare == "/":
					continue
				case strings.HasSuffix(e.bare, path):
					p[0] = strings.TrimSuffix(e.bare, path)
				case strings.HasSuffix(path, e.bare):
					p[1] = strings.TrimSuffix(path, e.bare)
				default:
					continue
				}
				if !seen[p] && !strings.Contains(p[0]+p[1], "{}") {
					seen[p] = true
					count[p]++
				}
			}
		}
	}
	for p, n := range count {
		if best := count[[2]string{m.before, m.without}]; n > best || n == best && p[0]+p[1] < m.before+m.without {
			m.before, m.without = p[0], p[1]
		}
	}
}

// find returns the operation that a call sends.
func (m *matcher) find(c Call) (endpoint, bool) {
	for _, path := range c.Paths {
		for _, e := range m.byVerb[c.Verb] {
			if e.bare == m.before+strings.TrimPrefix(path, m.without) && strings.HasPrefix(path, m.without) {
				return e, true
			}
		}
	}
	return endpoint{}, false
}

func (m *matcher) call(c Call) {
	e, ok := m.find(c)
	if !ok {
		m.lost = append(m.lost, c.Name)
		return
	}
	parts := strings.Split(c.Name, ".")
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = ident.Camel(part)
		m.learn(part)
	}
	resource, method := strings.Join(words[:len(words)-1], "."), words[len(words)-1]
	if resource == "" {
		resource = config.Root
	}
	for i := range m.cfg.Operations {
		if op := &m.cfg.Operations[i]; op.Key == e.key {
			op.Also = append(op.Also, config.Call{Resource: resource, Method: method})
			return
		}
	}
	op := config.Operation{Key: e.key, Resource: resource, Method: method}
	m.arguments(&op, c, e)
	m.result(&op, c, e)
	m.cfg.Operations = append(m.cfg.Operations, op)
}

// learn notes how a name writes its words, where gen would do otherwise.
func (m *matcher) learn(name string) {
	rest := name
	for _, word := range ident.Words(name) {
		if len(word) > len(rest) || !strings.EqualFold(rest[:len(word)], word) {
			return
		}
		form := rest[:len(word)]
		rest = rest[len(word):]
		if ours := ident.Exported(word); strings.EqualFold(ours, word) && ours != form && len(word) > 1 && form[0] >= 'A' && form[0] <= 'Z' {
			if _, ok := m.forms[word]; !ok {
				m.forms[word] = form
			}
		}
	}
}

// arguments says which parameters of the path are arguments, where that is not
// just the last.
func (m *matcher) arguments(op *config.Operation, c Call, e endpoint) {
	var args []string
	for i, typ := range c.Args {
		if typ == "string" || typ == "int64" || typ == "bool" || strings.HasSuffix(typ, "ID") {
			args = append(args, c.Names[i])
		}
		if strings.HasSuffix(typ, "Params") {
			m.learn(lastName(typ))
		}
	}
	if len(args) == min(1, len(e.params)) {
		return
	}
	names := []string{}
	for i, arg := range args {
		at := slices.IndexFunc(e.params, func(p string) bool { return strings.EqualFold(ident.Exported(p), ident.Exported(arg)) })
		switch {
		case at >= 0:
			names = append(names, e.params[at])
		case i < len(e.params):
			names = append(names, e.params[i])
		}
	}
	op.Positional = &names
}

var paged = regexp.MustCompile(`^(?:[\w.]*\.)?(\w+)\[(.*)\]$`)

func lastName(typ string) string {
	return strings.TrimLeft(typ[strings.LastIndexByte(typ, '.')+1:], "*[]")
}

// result takes over what a call returns: the page that it is one of, and the name of
// the component.
func (m *matcher) result(op *config.Operation, c Call, e endpoint) {
	typ := c.Result
	item := false
	if found := paged.FindStringSubmatch(typ); found != nil {
		op.Pagination = &config.Pagination{Name: found[1]}
		typ, item = strings.TrimLeft(found[2], "*"), true
	}
	if strings.HasPrefix(typ, "[]") {
		typ, item = strings.TrimLeft(typ, "[]*"), true
	}
	name := lastName(typ)
	if name == "" || config.CheckExported(name) != nil {
		return
	}
	m.learn(name)
	component := m.component(e.node, item)
	if item && op.Pagination == nil {
		op.Unwrap = m.only(e.node)
	}
	if component == "" || strings.HasSuffix(name, "ResponseData") {
		return
	}
	if plain := strings.TrimSuffix(name, "Union"); plain == calledAfter(c.Name)+"Response" && (ident.Exported(component) == plain || !m.isComponent(plain)) {
		return // it is called after its method anyway
	}
	if !slices.ContainsFunc(m.cfg.Schemas, func(s config.Schema) bool { return s.Component == component || s.Name == name }) {
		s := config.Schema{Component: component, Name: strings.TrimSuffix(name, "Union")}
		if strings.HasPrefix(typ, "shared.") {
			s.Resource = config.Shared
		}
		m.cfg.Schemas = append(m.cfg.Schemas, s)
	}
}

// calledAfter is what Stainless calls the types of a method after.
func calledAfter(call string) string {
	parts := strings.Split(call, ".")
	for i := range parts[:len(parts)-1] {
		parts[i] = ident.Exported(ident.Singular(parts[i]))
	}
	return strings.Join(parts, "")
}

// isComponent reports whether a component schema is called so in Go.
func (m *matcher) isComponent(name string) bool {
	for component := range m.doc.Root.Get("components").Get("schemas").Members() {
		if ident.Exported(component) == name {
			return true
		}
	}
	return false
}

// only is the one member of a response, if that is a list: the SDK returns it, and
// not what is around it.
func (m *matcher) only(op *spec.Node) string {
	for status, response := range op.Get("responses").Members() {
		response, err := m.doc.Deref(response)
		if err != nil || !strings.HasPrefix(status, "2") {
			continue
		}
		schema, err := m.doc.Deref(response.Get("content").Get("application/json").Get("schema"))
		if err != nil {
			continue
		}
		if p := schema.Get("properties"); p.Len() == 1 {
			return p.All()[0].Name
		}
	}
	return ""
}

// component is the component schema that an operation answers with, or that an
// element of its list is; empty if it is none.
func (m *matcher) component(op *spec.Node, item bool) string {
	for status, response := range op.Get("responses").Members() {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		response, err := m.doc.Deref(response)
		if err != nil {
			continue
		}
		for media, content := range response.Get("content").Members() {
			if !strings.Contains(media, "json") {
				continue
			}
			schema := content.Get("schema")
			if item {
				schema = m.items(schema, 0)
			}
			if name := refName(schema); name != "" {
				return name
			}
		}
	}
	return ""
}

// items is the schema of an element of the list that a schema is or has.
func (m *matcher) items(n *spec.Node, depth int) *spec.Node {
	n, err := m.doc.Deref(n)
	if err != nil || depth > 3 {
		return nil
	}
	if items := n.Get("items"); items != nil {
		return items
	}
	for _, part := range n.Get("allOf").Elements() {
		if found := m.items(part, depth+1); found != nil {
			return found
		}
	}
	for _, name := range []string{"data", "items", "result", "results"} {
		if p := n.Get("properties").Get(name); p != nil {
			return m.items(p, depth+1)
		}
	}
	return nil
}

func refName(n *spec.Node) string {
	name, ok := strings.CutPrefix(n.Get("$ref").Text(), "#/components/schemas/")
	if !ok || strings.Contains(name, "/") {
		return ""
	}
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
}

// settle takes over what the SDK as a whole shows.
func (m *matcher) settle(calls []Call) {
	root, other := 0, 0
	for _, c := range calls {
		for _, typ := range c.Args {
			if !strings.HasSuffix(typ, "Params") {
				continue
			}
			pkg, _, qualified := strings.Cut(strings.TrimLeft(typ, "*"), ".")
			first, _, _ := strings.Cut(c.Name, ".")
			switch {
			case !qualified:
			case strings.EqualFold(strings.ReplaceAll(pkg, "_", ""), first):
				other++
			default:
				root++
			}
		}
		for _, typ := range c.Args {
			if lastName(typ) == calledAfter(c.Name)+"Params" && strings.Contains(c.Name, ".") {
				m.cfg.Surface = "stainless"
			}
		}
		if strings.HasSuffix(c.Name, ".New") || strings.HasSuffix(c.Name, "AutoPaging") || strings.HasPrefix(c.Result, "pagination.") {
			m.cfg.Surface = "stainless"
		}
	}
	switch {
	case m.cfg.Surface == "stainless" && other > root:
		m.cfg.Layout = "resources"
	case m.cfg.Surface != "stainless":
		m.cfg.Positional = "last"
	}
	words := make([]string, 0, len(m.forms))
	for word := range m.forms {
		words = append(words, word)
	}
	slices.Sort(words)
	for _, word := range words {
		if config.CheckForm(m.forms[word]) == nil {
			m.cfg.Casings = append(m.cfg.Casings, config.Casing{Word: word, Form: m.forms[word]})
		}
	}
	if len(m.lost) > 0 {
		m.problems.Warningf(diag.Pos{}, "match-lost", "the description has no operation for %d of the %d methods, so the SDK has none: %s", len(m.lost), len(calls), some(m.lost))
	}
	known := map[string]bool{}
	for _, op := range m.cfg.Operations {
		known[op.Key] = true
	}
	var left []string
	for _, verb := range verbs {
		for _, e := range m.byVerb[strings.ToUpper(verb)] {
			if !known[e.key] {
				left = append(left, e.key)
			}
		}
	}
	if len(left) > 0 {
		m.problems.Warningf(diag.Pos{}, "match-unlisted", "no method calls %s, so the SDK has none; infer: {operations: true} in gen.yaml adds them", some(left))
	}
}

// some are the first of a list in words.
func some(list []string) string {
	const most = 5
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:most], ", ") + " and " + fmt.Sprint(len(list)-most) + " more"
}
