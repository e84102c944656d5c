package restree

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// The rules for paths that end with a parameter.

// verbBeforeParameter: a verb, and what it is done to or with.
func (t *tree) verbBeforeParameter(o *op) (act, bool) {
	n, c := o.item()
	if n == nil || !c.takesParameters() || c.top() && (o.class == create || o.method == "GET") {
		return act{}, false
	}
	a := act{name: ident.Camel(c.actionText()), on: c.parent, reason: "action segment " + c.seg.text}
	if len(c.methods) > 0 {
		a.alt = with(a.name, "by", last(o.route.segments).text)
	}
	return a, true
}

// takesParameters reports whether the parameters below n are only those of a
// method that n names: one operation ends with each, and nothing lies under it.
func (n *node) takesParameters() bool {
	switch {
	case n.verb == verb && !n.lists && n.item != nil && !(n.plural && len(n.words) == 1):
	case n.verb == either && !n.top() && len(n.methods) == 0 && n.posts == n.under:
		return true // all of it calls something
	default:
		return false
	}
	for i := n.item; i != nil; i = i.item {
		if len(i.kids) > 0 || len(i.methods) > 1 {
			return false
		}
	}
	return true
}

// byStep: a step that begins with a preposition says by what, or how, what is
// above it is read or made. So does an adjective where POST makes it.
func (t *tree) byStep(o *op) (act, bool) {
	c := o.node.static()
	if c == nil || c.top() || isPrefixVerb(c.parent) {
		return act{}, false
	}
	adverbial := len(c.words) > 1 && slices.Contains(prepositions, c.words[0])
	if !adverbial && !(o.method == "POST" && len(c.words) == 1 && c.verb < rare && adjective(c.words[0])) {
		return act{}, false
	}
	verb := c.parent.methodName(o.method)
	if o.saysMoreThanHTTP() {
		verb = o.verb
	}
	switch {
	case o.node == c && (!c.single() || !c.parent.has(o.method)):
		return act{}, false // it does not say more of anything
	case o.node != c && (c.words[0] != "by" || o.method != "GET"):
		return act{}, false
	case o.Returns == List:
		verb = "list"
	}
	return act{name: ident.Camel(verb + " " + c.seg.text), on: c.parent, reason: o.method + " /" + c.seg.text}, true
}

// collectionInParameter: the parameter says which collection, as another one
// behind it names the items, and GET answers with a list.
func (t *tree) collectionInParameter(o *op) (act, bool) {
	n, c := o.item()
	if n == nil || !n.inCollection() {
		return act{}, false
	}
	a := act{name: n.methodName(o.method), on: n, reason: o.method + " on a collection of /" + c.seg.text}
	switch o.method {
	case "GET":
		a.name = "list"
	case "POST":
	default:
		if n.item.has(o.method) {
			a.name = ident.Camel("bulk " + a.name)
		}
	}
	return a, true
}

// inCollection reports whether the parameter n names a collection.
func (n *node) inCollection() bool {
	return n.item != nil && len(n.item.methods) > 0 && n.returnsList && !n.parent.returnsList
}

// listOfItem: what belongs to one thing, as a list, and nothing else does.
func (t *tree) listOfItem(o *op) (act, bool) {
	n, c := o.item()
	if n == nil || o.method != "GET" || o.Returns != List || c.returnsList || n.writes {
		return act{}, false
	}
	return act{name: "list", on: n, reason: "GET returns a list of /" + c.seg.text}, true
}

// partOfItem: a second parameter names a part, which the operationId tells of.
func (t *tree) partOfItem(o *op) (act, bool) {
	n, c := o.item()
	if n == nil || !n.parent.seg.param || !n.parent.has(o.method) || n.parent.inCollection() {
		return act{}, false
	}
	object, ok := o.idObject()
	if !ok || crud[o.verb] == other || overlap(object, c.ones) {
		return act{}, false
	}
	return act{name: o.saying(nil), on: n, reason: "operationId " + o.ID}, true
}

// overlap reports whether two lists of words have one in common.
func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) })
}

// idOfItem: the operationId has a verb that says more than the HTTP method.
func (t *tree) idOfItem(o *op) (act, bool) {
	n, c := o.item()
	if n == nil {
		return act{}, false
	}
	object, ok := o.idObject()
	if !ok || !(o.saysMoreThanHTTP() && sameWords(object, c.ones) ||
		(o.method == "PUT" || o.method == "POST" && updatedByPost(o, n, c)) && crud[o.verb] == other && hasSuffix(object, c.ones)) { // cancelEvalRun
		return act{}, false
	}
	return act{name: o.verb, on: n, reason: "operationId " + o.ID}, true
}

// postOnItem: POST on what is there already changes it.
func (t *tree) postOnItem(o *op) (act, bool) {
	n, c := o.item()
	if n == nil || o.method != "POST" || !updatedByPost(o, n, c) {
		return act{}, false
	}
	return act{name: "update", on: n, reason: "POST on an item of /" + c.seg.text}, true
}

func updatedByPost(o *op, n, c *node) bool {
	return !n.has("PUT") && !n.has("PATCH") && !o.creates() && (n.has("GET") || c.has("POST") || o.class == modify)
}

// itemByMethod: an item, and what the HTTP method does to it.
func (t *tree) itemByMethod(o *op) (act, bool) {
	n, c := o.item()
	if n == nil {
		return act{}, false
	}
	return act{name: n.methodName(o.method), on: n, reason: o.method + " on an item of /" + c.seg.text}, true
}
