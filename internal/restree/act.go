package restree

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// An act is what an operation does, and on what.
type act struct {
	name   string
	on     *node  // the step that it is a method of
	alt    string // what it is called where something else has the name
	reason string
}

// methodNames are the methods of an item and of a thing that there is one of.
var methodNames = map[string]string{
	"GET": "get", "PUT": "update", "PATCH": "edit", "DELETE": "delete", "POST": "create",
	"HEAD": "head", "OPTIONS": "options", "TRACE": "trace", "QUERY": "query", "CONNECT": "connect",
}

func methodName(method string) string {
	if name, ok := methodNames[method]; ok {
		return name
	}
	return ident.Camel(method)
}

// act decides what an operation does from its verb, the shape of its path and
// the verb of its operationId.
func (t *tree) act(o *op) act {
	a := t.shapeAct(o)
	if extra := ident.Words(o.route.extra); o.route.extra != "" && a.alt == "" && isVerb(extra[0]) {
		a.alt = ident.Camel(o.route.extra) // PUT /files/{id}#add_shared_link
	}
	for _, step := range o.node.chain() {
		if step.verbPrefix(o) && plainNames[a.name] {
			a.name = step.words[0]
		}
	}
	return a
}

// plainNames are the names that a verb in front of the path replaces.
var plainNames = set(`get list create update edit delete`)

func (t *tree) shapeAct(o *op) act {
	n := o.node
	c := n.static()
	switch {
	case c == nil:
		return act{name: ident.Camel(cmp.Or(o.route.rpc, o.ID, o.route.extra, o.method)), on: t.root, reason: "no resource in the path"}
	case o.route.rpc != "":
		return act{name: ident.Camel(o.route.rpc), on: n, reason: "the path names the action"}
	case n.seg.param:
		return t.itemAct(o, c)
	case n.item == nil && !n.seg.rpc && underVerb(n) != nil:
		v := underVerb(n)
		return act{name: ident.Camel(textFrom(v, n)), on: v.parent, reason: "action segment " + v.seg.text}
	case o.method == "GET" && n.leaf() && n.seg.text == "search" && o.lists && n.parent.plural && !n.parent.has("GET"):
		return act{name: "list", on: n.parent, alt: "search", reason: "GET /search is the only list of /" + n.parent.seg.text}
	}
	if b := bulkStep(n); b != nil {
		return act{name: bulkName(o, b), on: b.parent, reason: "action segment " + b.seg.text}
	}
	if name := jointName(o); name != "" {
		return act{name: name, on: n.parent, reason: "operationId " + o.ID}
	}
	if v := parentVerb(o); v != "" {
		return act{name: v, on: n.parent, alt: ident.Camel(n.seg.text), reason: "operationId " + o.ID}
	}
	if !t.isAction(o) {
		return t.staticAct(o)
	}
	a := act{name: ident.Camel(n.seg.text), on: n.parent, reason: "action segment " + n.seg.text}
	if p := n.parent; actionFolders[p.seg.text] && p.parent.parent != nil && o.method != "GET" {
		a.on = p.parent // /servers/{id}/actions/reboot
	}
	switch c := crud[a.name]; {
	case len(n.methods) > 1 && o.method != "GET" && !n.seg.rpc:
		a.alt = ident.Camel(a.name + " " + o.method) // queryPost beside query
	case o.method == "POST" && n.parent.plural && (c == create || c == modify || c == remove):
		a.alt = ident.Camel("bulk " + a.name) // POST /things/delete beside DELETE /things
	}
	return a
}

// itemAct is for a path that ends with a parameter, of an item of c.
func (t *tree) itemAct(o *op, c *node) act {
	n := o.node
	seg := c.seg.text
	switch {
	case n.leaf() && isPrefixVerb(c):
		return act{name: ident.Camel(seg), on: c.parent, reason: "action segment " + seg}
	case o.method == "GET" && len(c.words) > 1 && c.words[0] == "by":
		verb := "get "
		if o.ReturnsList {
			verb = "list "
		}
		return act{name: ident.Camel(verb + seg), on: c.parent, reason: "GET /" + seg}
	}
	a := act{name: methodName(o.method), on: n, reason: o.method + " on an item of /" + seg}
	if o.method == "POST" && !n.has("PUT") && !n.has("PATCH") && o.class != create &&
		(n.has("GET") || c.has("POST") || o.class == modify) {
		a.name = "update"
	}
	object, ok := o.idObject()
	switch {
	case !ok:
	case particular[o.verb] && slices.Equal(object, c.ones),
		a.name == "update" && crud[o.verb] == other && hasSuffix(object, c.ones): // cancelEvalRun
		a.name, a.reason = o.verb, "operationId "+o.ID
	}
	return a
}

// staticAct is for a path that ends with a step that is a resource.
func (t *tree) staticAct(o *op) act {
	n := o.node
	a := act{name: methodName(o.method), on: n, reason: o.method + " on /" + n.seg.text}
	if object, ok := o.idObject(); ok && particular[o.verb] && slices.Equal(object, n.ones) {
		a.name, a.reason = o.verb, "operationId "+o.ID
		return a
	}
	onCollection := o.method + " on the collection /" + n.seg.text
	switch o.method {
	case "GET":
		// What can be replaced, but not item by item, is one thing.
		whole := n.has("PUT") && !n.makes || n.has("PATCH")
		if n.items() || n.plural && n.has("POST") {
			whole = false
		}
		if !whole && (o.lists || n.collection() || n.items() && o.class == list) {
			a.name, a.reason = "list", onCollection
		}
	case "POST":
		single := n.has("GET") && !n.lists && !n.items() && !n.has("PUT") && !n.has("PATCH")
		silent := o.verb == "" || strings.EqualFold(o.verb, o.method)
		switch {
		case len(o.id) > 3 && o.id[1] == "or" && crud[o.id[0]] != other && crud[o.id[2]] != other: // updateOrCreateItems
			a.name, a.reason = ident.Camel(strings.Join(o.id[:3], " ")), "operationId "+o.ID
		case single && (o.class == modify || silent && !n.collection() && !n.has("DELETE")):
			a.name = "update"
		default:
			a.reason = onCollection
		}
	case "PUT", "PATCH", "DELETE":
		switch {
		case n.own == "" && n.items() && n.item.has(o.method) && (n.lists || n.plural || !n.has("GET")):
			a.name, a.reason = ident.Camel("bulk "+a.name), onCollection
		case o.method == "PUT" && o.class == create && (n.lists || n.collection()):
			a.name, a.reason = "create", "operationId "+o.ID
		}
	}
	if twin := n.twin(); twin != nil && n.plural && o.method != "GET" {
		a.alt = ident.Camel("bulk " + a.name) // POST /rules beside POST /rule
	}
	return a
}
