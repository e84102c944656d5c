package restree

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lexicon"
)

// The rules for paths that end with a resource.

// flatMethod: in an API of nothing but single steps they are its methods, but
// for those that read as collections.
func (t *tree) flatMethod(o *op) (act, bool) {
	n := o.step()
	if n == nil || !t.flat || !n.top() || !n.single() || n.plural && n.verb < either {
		return act{}, false
	}
	return o.action(n, ""), true
}

// idOfResource: the operationId has a verb that says more than the HTTP method.
func (t *tree) idOfResource(o *op) (act, bool) {
	n := o.step()
	if n == nil {
		return act{}, false
	}
	object, ok := o.idObject()
	if !ok || !(o.adds() && sameWords(object, n.ones) || o.saysMoreThanHTTP() && (sameWords(object, n.ones) || o.method == "POST" && hasSuffix(object, n.ones))) {
		return act{}, false
	}
	return act{name: o.verb, on: n, reason: "operationId " + o.ID}, true
}

// saysMoreThanHTTP reports whether the verb of o's operationId is one and nothing else, and
// says more than the HTTP method does.
func (o *op) saysMoreThanHTTP() bool {
	return crud[o.verb] == other && !joins[o.verb] && o.method != "GET" && (particular[o.verb] || lexicon.Of(o.verb) == lexicon.Verb)
}

// adds reports whether o adds something that is there already: what can be had
// one by one is created, what has no item of its own is added.
func (o *op) adds() bool {
	n := o.node
	return o.method == "POST" && o.verb == "add" && !n.items() && n.parent.seg.param
}

// streamOf: GET answers with a stream of events, which is no list. The verb of
// the operationId says what one does, if it says more than get.
func (t *tree) streamOf(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "GET" || o.Returns != Stream {
		return act{}, false
	}
	name := "stream"
	if o.verb != "" && crud[o.verb] == other {
		name = o.verb
	}
	return act{name: name, on: n, reason: "GET on /" + n.seg.text + " answers with a stream"}, true
}

// list: what GET returns is a collection. The response decides; only where it
// does not tell, the word does.
func (t *tree) list(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "GET" || n.whole() || !(o.lists || o.Returns == Unknown && n.collection() || o.class == list && (n.collection() || n.many()) || n.items() && (o.class == list || n.collection())) {
		return act{}, false
	}
	return act{name: "list", on: n, reason: "GET on the collection /" + n.seg.text}, true
}

// whole reports whether n can be replaced, but not item by item: then it is one
// thing, unless it reads as a collection. A list that PUT replaces with a list is
// one thing too.
func (n *node) whole() bool {
	if n.items() || n.plural && (n.has("POST") || n.returnsList && !n.takesList) {
		return false
	}
	return n.has("PUT") && !n.makes || n.has("PATCH")
}

// updateByPost: POST changes a thing that there is one of, if it sends what GET
// returns, or the operationId says so.
func (t *tree) updateByPost(o *op) (act, bool) {
	n := o.step()
	if n == nil || o.method != "POST" || n.lists || n.items() || n.has("PUT") || n.has("PATCH") ||
		!(o.class == modify || n.has("GET") && o.silent() && !o.Created && n.sends(o) && !n.collection()) {
		return act{}, false
	}
	return act{name: "update", on: n, reason: "POST on /" + n.seg.text + " sends what GET returns"}, true
}

// createByPut: PUT makes something, or does both, as the operationId says.
func (t *tree) createByPut(o *op) (act, bool) {
	n := o.step()
	switch {
	case n == nil:
	case o.method == "POST" && len(o.id) > 3 && o.id[1] == "or" && crud[o.id[0]] != other && crud[o.id[2]] != other: // updateOrCreateItems
		return act{name: ident.Camel(strings.Join(o.id[:3], " ")), on: n, reason: "operationId " + o.ID}, true
	case o.method == "PUT" && o.class == create && (n.lists || n.collection()) && !n.bulk(o):
		return act{name: "create", on: n, reason: "operationId " + o.ID}, true
	}
	return act{}, false
}

// bulk: all of a collection, or several of it, where one of its items is to be
// had by the same HTTP method.
func (t *tree) bulk(o *op) (act, bool) {
	n := o.step()
	if n == nil || !n.bulk(o) {
		return act{}, false
	}
	name := ident.Camel("bulk " + n.methodName(o.method))
	return act{name: name, on: n, reason: o.method + " on the collection /" + n.seg.text}, true
}

func (n *node) bulk(o *op) bool {
	switch o.method {
	case "PUT", "PATCH", "DELETE":
		return n.own == "" && n.items() && n.item.has(o.method) && (n.lists || n.plural || !n.has("GET"))
	}
	return false
}

// byMethod: a resource, and what the HTTP method does to it.
func (t *tree) byMethod(o *op) (act, bool) {
	n := o.step()
	if n == nil {
		return act{}, false
	}
	a := act{name: n.methodName(o.method), on: n, reason: o.method + " on /" + n.seg.text}
	if o.method == "POST" {
		a.reason = "POST on the collection /" + n.seg.text
	}
	if twin := n.twin(); twin != nil && n.plural && o.method != "GET" {
		a.alt = ident.Camel("bulk " + a.name) // POST /rules beside POST /rule
	}
	return a, true
}
