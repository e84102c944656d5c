package names

import (
	"cmp"
	"slices"
	"strings"
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
	return Camel(method)
}

// act decides what an operation does from its verb, the shape of its path and
// the verb of its operationId.
func (t *tree) act(o *op) act {
	a := t.shapeAct(o)
	if extra := Words(o.route.extra); o.route.extra != "" && a.alt == "" && isVerb(extra[0]) {
		a.alt = Camel(o.route.extra) // PUT /files/{id}#add_shared_link
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
		return act{name: Camel(cmp.Or(o.route.rpc, o.ID, o.route.extra, o.method)), on: t.root, reason: "no resource in the path"}
	case o.route.rpc != "":
		return act{name: Camel(o.route.rpc), on: n, reason: "the path names the action"}
	case n.seg.param:
		return t.itemAct(o, c)
	case n.item == nil && !n.seg.rpc && underVerb(n) != nil:
		v := underVerb(n)
		return act{name: Camel(textFrom(v, n)), on: v.parent, reason: "action segment " + v.seg.text}
	case o.method == "GET" && n.leaf() && n.seg.text == "search" && o.lists && n.parent.plural && !n.parent.has("GET"):
		return act{name: "list", on: n.parent, alt: "search", reason: "GET /search is the only list of /" + n.parent.seg.text}
	}
	if name := jointName(o); name != "" {
		return act{name: name, on: n.parent, reason: "operationId " + o.ID}
	}
	if v := parentVerb(o); v != "" {
		return act{name: v, on: n.parent, alt: Camel(n.seg.text), reason: "operationId " + o.ID}
	}
	if !t.isAction(o) {
		return t.staticAct(o)
	}
	a := act{name: Camel(n.seg.text), on: n.parent, reason: "action segment " + n.seg.text}
	if p := n.parent; actionFolders[p.seg.text] && p.parent.parent != nil && o.method != "GET" {
		a.on = p.parent // /servers/{id}/actions/reboot
	}
	if len(n.methods) > 1 && o.method != "GET" && !n.seg.rpc {
		a.alt = Camel(a.name + " " + o.method) // queryPost beside query
	}
	return a
}

// itemAct is for a path that ends with a parameter, of an item of c.
func (t *tree) itemAct(o *op, c *node) act {
	n := o.node
	seg := c.seg.text
	switch {
	case n.leaf() && isPrefixVerb(c):
		return act{name: Camel(seg), on: c.parent, reason: "action segment " + seg}
	case o.method == "GET" && len(c.words) > 1 && c.words[0] == "by":
		verb := "get "
		if o.ReturnsList {
			verb = "list "
		}
		return act{name: Camel(verb + seg), on: c.parent, reason: "GET /" + seg}
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
			a.name, a.reason = Camel(strings.Join(o.id[:3], " ")), "operationId "+o.ID
		case single && (o.class == modify || silent && !n.collection() && !n.has("DELETE")):
			a.name = "update"
		default:
			a.reason = onCollection
		}
	case "PUT", "PATCH", "DELETE":
		switch {
		case n.own == "" && n.items() && n.item.has(o.method) && (n.lists || n.plural || !n.has("GET")):
			a.name, a.reason = Camel("bulk "+a.name), onCollection
		case o.method == "PUT" && o.class == create && (n.lists || n.collection()):
			a.name, a.reason = "create", "operationId "+o.ID
		}
	}
	if twin := n.twin(); twin != nil && n.plural && o.method != "GET" {
		a.alt = Camel("bulk " + a.name) // POST /rules beside POST /rule
	}
	return a
}

// isPrefixVerb reports whether n is a verb with its object behind it, as in
// /ai/run/{model}: all that lies under it is POST, and something lies above it.
func isPrefixVerb(n *node) bool {
	return n.parent != nil && n.verb != noun && verbs[n.words[0]] && !n.top() && len(n.methods) == 0 && n.posts == n.under
}

// underVerb returns the prefix verb that nothing but static steps lead from to
// n, however many: what stands behind the verb is its object, a name with
// slashes in it as well (/run/{model} and /run/acme/small-1). Nil if none.
func underVerb(n *node) *node {
	for v := n.parent; v != nil && !v.seg.param; v = v.parent {
		if isPrefixVerb(v) {
			return v
		}
	}
	return nil
}

// textFrom returns the steps from v to n, both included.
func textFrom(v, n *node) string {
	text := n.seg.text
	for n != v {
		n = n.parent
		text = n.seg.text + " " + text
	}
	return text
}

// jointName returns the method of an operationId that is a verb, the resource
// above and the last step: createOrderAndPay of POST /orders/pay, which makes an
// order as well, is createAndPay of orders. What is no verb comes along:
// createOrderWithLines. Without such an operationId it is "".
func jointName(o *op) string {
	n := o.node
	object, ok := o.idObject()
	if o.method != "POST" || !ok || n.top() || n.parent.seg.param || !n.leaf() {
		return ""
	}
	rest, ok := cutPrefix(object, n.parent.ones)
	if !ok || len(rest) < 2 || rest[0] != "and" && rest[0] != "with" || !slices.Equal(rest[1:], n.ones) {
		return ""
	}
	return Camel(o.verb + " " + joined(o.id[len(o.id)-len(rest):]))
}

// parentVerb returns the verb of an operationId that is a verb and the resource
// whose item the last step lies under, where that step is no verb: cancelOrder
// of POST /orders/{id}/cancellation.
func parentVerb(o *op) string {
	n := o.node
	c := n.parent.static()
	if o.method != "POST" || c == nil || !n.parent.seg.param || !n.leaf() || len(n.methods) > 1 || n.verb != noun {
		return ""
	}
	if object, ok := o.idObject(); ok && crud[o.verb] == other && slices.Equal(object, c.ones) {
		return o.verb
	}
	return ""
}

// isAction reports whether the last step of o's path is a method and no
// resource.
func (t *tree) isAction(o *op) bool {
	n, p := o.node, o.node.parent
	query := views[n.seg.text] && len(n.methods) == 2 && n.has("GET") && n.has("POST") // with its terms in the URL or the body
	switch {
	case n.seg.rpc:
		return true
	case !n.leaf() || len(n.methods) > 1 && !query || p.verbPrefix(o) || isVersion(n.seg.text):
		return false
	case n.top():
		// In an API of nothing but such steps they are its methods, but for those
		// that read as collections.
		return t.flat && !(n.plural && n.verb == noun) || n.verb == verb && o.class != create
	case n.verb != verb && p.hasBelowItems(n.seg.text):
		return false
	}
	first := n.words[0]
	switch o.method {
	case "POST":
		switch {
		case n.verb == verb && !(n.plural && o.class == create):
			return true
		case o.class == create:
			return false
		case actionFolders[p.seg.text], len(o.id) > 0 && o.id[0] == first:
			return true
		case n.verb == noun:
			return false
		}
		return o.verb == "" || strings.EqualFold(o.verb, o.method) || slices.Contains(n.words, o.verb)
	case "GET":
		switch {
		case n.verb == verb && (!n.plural || crud[first] == get || crud[first] == list), // /get_origins
			views[first], n.verb == either && o.verb == first:
			return true
		case p.seg.param:
			return reads[n.seg.text] || n.report() && !n.plural
		case views[p.seg.text] && p.folder():
			return true
		case o.lists && o.class == list:
			return false
		case inReport(n):
			return true
		case n.plural || o.lists:
			return false
		}
		return p.item != nil || p.folder() && allCalls(p)
	case "PUT", "PATCH", "DELETE":
		return n.verb == verb && crud[first] == other && !n.plural || n.verb == either && o.verb == first
	}
	return false
}

// hasBelowItems reports whether the items of n have a step of that name: then
// it is a resource, and beside the items too.
func (n *node) hasBelowItems(text string) bool {
	for i := n.item; i != nil; i = i.item {
		if i.byText[text] != nil {
			return true
		}
	}
	return false
}

// allCalls reports whether what lies right below the folder p is all there is,
// and each has one method and is no collection.
func allCalls(p *node) bool {
	for _, k := range p.kids {
		if !k.leaf() || len(k.methods) != 1 || k.plural {
			return false
		}
	}
	return len(p.kids) > 1
}

// inReport reports whether n is one of several views of what its parent names,
// a method of that and no resource: nothing beside it can be written, nothing
// has items. A step that reads as a collection is one nevertheless, unless its
// parent is a report by its name (/usage/images), or one of those above has a
// view that is no collection.
func inReport(n *node) bool {
	p := n.parent
	switch {
	case !isReport(p):
		// A lone view counts if it is a view inside a report.
		return !n.plural && !p.seg.param && len(p.kids) == 1 && p.item == nil && isReport(p.parent)
	case !n.plural, !n.lists, p.report():
		return true
	}
	for q := p; isReport(q); q = q.parent {
		if slices.ContainsFunc(q.kids, func(k *node) bool { return k.leaf() && !k.plural }) {
			return true
		}
	}
	return false
}

// isReport reports whether p has only views: two at least.
func isReport(p *node) bool {
	return p.parent != nil && !p.seg.param && !p.clear && !p.writes && p.item == nil && len(p.kids) > 1
}
