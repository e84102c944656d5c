package restree

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

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
	return ident.Camel(o.verb + " " + joined(o.id[len(o.id)-len(rest):]))
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
	case !n.leaf() || len(n.methods) > 1 && !query || p.verbPrefix(o) || ident.IsVersion(n.seg.text):
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
		case n.verb == verb && !(n.plural && o.class == create), n.verb == verb && actionFolders[p.seg.text]:
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
		case views[p.seg.text] && p.folder(), n.seg.text == "me" && p.plural:
			return true
		case o.lists && o.class == list:
			return false
		case inReport(n), p.lists && !p.writes && p.item == nil && o.class == get:
			return true // below a list that one can only read: another view of it
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

// bulkStep returns the step "bulk" that n is, or that n is a verb below, nil if
// it is neither: it is no resource, but says how many of the one above.
func bulkStep(n *node) *node {
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
	return ident.Camel("bulk " + methodName(o.method))
}
