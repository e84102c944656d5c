package restree

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// The rules for paths that end with an action, and for what GET reads of the
// resource above.

// objectOfVerb: what stands behind a verb is its object. Where nothing stands
// before the verb it is the resource, and the object the method.
func (t *tree) objectOfVerb(o *op) (act, bool) {
	n := o.step()
	if n == nil || n.item != nil || n.seg.rpc {
		return act{}, false
	}
	if v := n.parent; v.holdsObjects() {
		name := n.seg.text
		if o.Returns == List && !n.plural {
			name = joined(append(slices.Clone(n.words[:len(n.words)-1]), ident.Pluralize(last(n.words))))
		}
		return act{name: ident.Camel(name), on: v, reason: "what stands behind the verb /" + v.seg.text}, true
	}
	v := underVerb(n)
	if v == nil {
		return act{}, false
	}
	name := textFrom(v, n)
	if o.method == "GET" && len(v.methods) > 0 {
		name = "get " + name // GET reads what belongs to the action
	}
	return act{name: ident.Camel(name), on: v.parent, reason: "action segment " + v.seg.text}, true
}

// holdsObjects reports whether n is a verb that paths begin with, and has nothing
// but its objects behind it.
func (n *node) holdsObjects() bool {
	if n.parent == nil || n.seg.param || n.clear || !n.top() || n.verb < either || len(n.words) > 1 || n.plural || !n.folder() {
		return false
	}
	for _, k := range n.kids {
		if !k.single() {
			return false
		}
	}
	return true
}

// isPrefixVerb reports whether n is a verb with its object behind it, as in
// /ai/run/{model}: all that lies under it is POST, and something lies above it.
// A verb that can be called itself is one too.
func isPrefixVerb(n *node) bool {
	if n.parent == nil || n.verb < either || n.top() {
		return false
	}
	calls := n.posts == n.under && (n.verb == verb || n.listedVerb()) && (len(n.methods) == 0 || n.item == nil)
	return calls || n.called()
}

// called reports whether n is a verb that is a method itself.
func (n *node) called() bool { return n.verb == verb && n.item == nil && n.isCall() }

// isCall reports whether the methods of n are those of one action: one, or those
// that send the same terms in another way. What can be deleted, or read and
// replaced, is a thing.
func (n *node) isCall() bool {
	switch {
	case len(n.methods) == 0 || n.lists && n.items():
		return false
	case len(n.methods) == 1:
		return true
	}
	return !n.has("DELETE") && !(n.has("GET") && (n.has("PUT") || n.has("PATCH")))
}

// listedVerb reports whether the first word of n is a verb.
func (n *node) listedVerb() bool { return isVerb(n.words[0]) }

// underVerb returns the first prefix verb that nothing but static steps lead
// from to n, however many: what stands behind the verb is its object, a name with
// slashes in it as well (/run/{model} and /run/acme/small-1). Nil if none.
func underVerb(n *node) *node {
	var first *node
	for v := n.parent; v != nil && !v.seg.param; v = v.parent {
		if isPrefixVerb(v) {
			first = v
		}
	}
	return first
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

// searchIsTheList: a collection that one can read by searching only.
func (t *tree) searchIsTheList(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "GET" || !n.leaf() || n.seg.text != "search" || !o.lists || !n.parent.plural || n.parent.has("GET") {
		return act{}, false
	}
	return act{name: "list", on: n.parent, alt: "search", reason: "GET /search is the only list of /" + n.parent.seg.text}, true
}

// bulkStep: a step called bulk says how many, and no resource.
func (t *tree) bulkStep(o *op) (act, bool) {
	n := o.step()
	if n == nil {
		return act{}, false
	}
	b := bulkNode(n)
	if b == nil {
		return act{}, false
	}
	return act{name: bulkName(o, b), on: b.parent, reason: "action segment " + b.seg.text}, true
}

// bulkNode returns the step "bulk" that n is, or that n is a verb below, nil if
// it is neither.
func bulkNode(n *node) *node {
	b := n
	if n.seg.text != "bulk" && n.verb == verb && n.leaf() && n.parent.parent != nil {
		b = n.parent
	}
	if b.seg.text != "bulk" || b.seg.param || b.top() || b.item != nil {
		return nil
	}
	return b
}

// bulkName returns the method of an operation on the step b or below it: what
// the path says, else the operationId, else the HTTP method.
func bulkName(o *op, b *node) string {
	does := o.class
	if len(o.id) > 1 && o.id[0] == "bulk" { // bulkUpdateThings
		does = crud[o.id[1]]
	}
	switch verb := classNames[does]; {
	case o.node != b:
		return ident.Camel("bulk " + o.node.seg.text)
	case o.method == "POST" && verb != "":
		return ident.Camel("bulk " + verb)
	}
	return ident.Camel("bulk " + b.methodName(o.method))
}

// twoThings: the operationId is a verb, the resource above and the last step, so
// that the resource is made together with what the step names. What is no verb
// comes along: createOrderWithLines.
func (t *tree) twoThings(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "POST" || n.top() || n.parent.seg.param || !n.leaf() {
		return act{}, false
	}
	object, ok := o.idObject()
	if !ok {
		return act{}, false
	}
	rest, ok := cutPrefix(object, n.parent.ones)
	if !ok || len(rest) < 2 || rest[0] != "and" && rest[0] != "with" || !slices.Equal(rest[1:], n.ones) {
		return act{}, false
	}
	name := ident.Camel(o.verb + " " + joined(o.id[len(o.id)-len(rest):]))
	return act{name: name, on: n.parent, reason: "operationId " + o.ID}, true
}

// verbStep: the last step is a verb, or begins with one. It is the action
// whatever the HTTP method, and with steps or parameters behind it.
func (t *tree) verbStep(o *op) (act, bool) {
	n := o.step()
	switch {
	case n == nil, n.verb != verb && !n.crudLeaf() && !(o.method == "GET" && n.words[0] == "list" && n.leaf()), n.isVersion(), n.parent.verbPrefix(o), !n.isCall():
		return act{}, false
	case n.top() && o.class == create && crud[n.words[0]] == other, n.top() && !n.leaf():
		return act{}, false // /checkout/… is a part of the API
	case n.plural && o.class == create && crud[n.words[0]] != create:
		return act{}, false
	case o.method == "GET" && n.plural && crud[n.words[0]] != get && crud[n.words[0]] != list && o.class != crud[n.words[0]]:
		return act{}, false // /archived-orders is no action
	}
	return o.action(n, ""), true
}

// crudLeaf reports whether n is a word for what an HTTP method does, and a noun
// only where it has items: /product/list.
func (n *node) crudLeaf() bool {
	return len(n.words) == 1 && crud[n.words[0]] != other && n.leaf() && n.verb >= either
}

// verbOrNoun: the last step may be a verb, and something says that it is.
func (t *tree) verbOrNoun(o *op) (act, bool) {
	n := o.step()
	if n == nil || n.verb != either || !n.calls() || n.isVersion() || n.parent.verbPrefix(o) || n.top() ||
		n.parent.hasBelowItems(n.seg.text) && !n.alsoOnItems(o.method) {
		return act{}, false
	}
	first := n.words[0]
	says := false
	switch {
	case len(n.methods) > 1 && !(views[n.seg.text] && len(n.methods) == 2 && n.has("GET") && n.has("POST")):
	case o.method == "GET":
		says = views[first] || !n.plural && views[last(n.words)] || o.verb == first || slices.Equal(o.id, n.words)
	case o.method == "POST" && o.class == create:
	case o.method == "POST":
		says = o.silent() || slices.Contains(n.words, o.verb) || actionFolders[n.parent.seg.text]
	default:
		says = o.verb == first
	}
	if !says {
		return act{}, false
	}
	return o.action(n, ""), true
}

// calls reports whether n is a leaf, or has only objects behind it that POST calls
// it with.
func (n *node) calls() bool { return n.leaf() || n.item == nil && n.posts == n.under }

// idAbove: the operationId is a verb and the resource whose item the last step
// lies under, where that step is no verb.
func (t *tree) idAbove(o *op) (act, bool) {
	n := o.step()
	if n == nil {
		return act{}, false
	}
	c := n.parent.static()
	if o.method != "POST" || c == nil || !n.parent.seg.param || !n.leaf() || len(n.methods) > 1 || n.verb >= either || n.plural {
		return act{}, false
	}
	object, ok := o.idObject()
	if !ok || crud[o.verb] != other || !slices.Equal(object, c.ones) {
		return act{}, false
	}
	return act{name: o.verb, on: n.parent, alt: ident.Camel(n.seg.text), reason: "operationId " + o.ID}, true
}

// actionFolder: the step above says that it holds actions.
func (t *tree) actionFolder(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "POST" || !n.single() || !actionFolders[n.parent.seg.text] || n.top() || o.class == create && n.verb != verb {
		return act{}, false
	}
	return o.action(n, ""), true
}

// single reports whether n has one method, and nothing below it.
func (n *node) single() bool { return n.leaf() && len(n.methods) == 1 }

// postLeaf: under an item, what can only be called is an action, be its word in
// a list or not; beside one, if it can be read as a verb, or the operationId
// begins with it.
func (t *tree) postLeaf(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "POST" || !n.single() || n.top() || n.isVersion() || n.parent.verbPrefix(o) ||
		n.parent.hasBelowItems(n.seg.text) && !n.alsoOnItems(o.method) {
		return act{}, false
	}
	says := len(o.id) > 0 && o.id[0] == n.words[0] // the operationId begins with the same verb
	switch {
	case o.class == create, n.plural && !(says && isVerb(n.words[0])):
	case says, !o.Created && n.parent.seg.param && n.verb != noun, !o.Created && n.verb == rare && len(n.words) > 1:
		return o.action(n, ", which can only be called"), true
	}
	return act{}, false
}

// chosenOne: GET reads the one of a collection, or those, that an adjective
// chooses. The method says get or list, as it would read as another action.
func (t *tree) chosenOne(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "GET" || !n.single() || n.parent.seg.param || !n.parent.plural || len(n.words) != 1 || n.isVersion() {
		return act{}, false
	}
	word := n.words[0]
	if you[word] {
		word = "current"
	} else if !choosers[word] && !(n.parent.choosable() && adjective(word)) {
		return act{}, false
	}
	verb := "get "
	if o.Returns == List {
		verb = "list "
	}
	return act{name: ident.Camel(verb + word), on: n.parent, reason: "GET of the one that /" + n.seg.text + " chooses"}, true
}

// choosable reports whether n is a collection that GET can choose from.
func (n *node) choosable() bool { return n.items() || n.lists }

// you are the words for whoever calls, choosers those that choose one and are no
// adjectives by the lexicon.
var (
	you      = set(`me self myself current whoami`)
	choosers = set(`current default latest prev newest oldest`)
)

// readOfItem: what GET reads of an item, and is no thing that the item has.
func (t *tree) readOfItem(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "GET" || !n.single() || !n.parent.seg.param || n.parent.hasBelowItems(n.seg.text) ||
		!(reads[n.seg.text] || n.report() && !n.plural) {
		return act{}, false
	}
	return o.action(n, ""), true
}

// view: what GET reads below something that one can only read.
func (t *tree) view(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "GET" || !n.single() || n.isVersion() || n.top() || n.parent.seg.param || n.parent.verbPrefix(o) ||
		n.parent.hasBelowItems(n.seg.text) {
		return act{}, false
	}
	p := n.parent
	switch {
	case views[p.seg.text] && p.folder():
	case o.lists && o.class == list:
		return act{}, false
	case inReport(n), p.lists && !p.writes && p.item == nil && o.class == get:
	case n.plural || o.lists:
		return act{}, false
	case p.item != nil || p.folder() && allCalls(p):
	default:
		return act{}, false
	}
	return o.action(n, ""), true
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
		if !k.single() || k.plural {
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
