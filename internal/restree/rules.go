package restree

import (
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
	rule   string   // the name of the rule that decided
	lost   []string // the names of the rules that would have decided had it not
}

// A Rule says what the operations of one kind are called.
type Rule struct {
	Name    string // as gen inspect and docs/naming.md have it
	Example string // operations and their calls, a line each: "POST /uploads/{id}/complete -> uploads.complete"
	method  func(*tree, *op) (act, bool)
}

// Rules are the rules for the method of an operation, in the order in which
// they apply: the first one that fits decides. They look at the path, the HTTP
// method, the verb of the operationId and what the response is. In an example, *
// stands before an operation that returns a list, 1 before one that returns one
// thing, ~ before a stream of events and + before one that answers 201 Created.
func Rules() []Rule { return rules }

var rules = []Rule{
	// The path says it outright.
	{"target", "POST /#X-Amz-Target=Kinesis.AddTags -> addTags", (*tree).target},
	{"no-resource", "PUT /{bucket}/{key} id=PutObject -> putObject", (*tree).noResource},
	{"method-in-path", "POST /orders/{id}:cancel -> orders.cancel\nPOST /chat.postMessage -> chat.postMessage", (*tree).methodInPath},

	// The path ends with a parameter.
	{"verb-before-parameter", "POST /lab/run/{model} -> lab.run\nPOST /users/{id}/verify-email/{code} -> users.verifyEmail", (*tree).verbBeforeParameter},
	{"by-step", "GET /users/by-name/{name} -> users.getByName\nPOST /speech -> speech.create\nPOST /speech/with-timestamps -> speech.createWithTimestamps\nPOST /speech/detailed -> speech.createDetailed", (*tree).byStep},
	{"collection-in-parameter", "*GET /objects/{type} -> objects.list\nPOST /objects/{type} -> objects.create\nGET /objects/{type}/{id} -> objects.get", (*tree).collectionInParameter},
	{"list-of-item", "*GET /stops-for-route/{route_id} -> stopsForRoute.list", (*tree).listOfItem},
	{"part-of-item", "GET /transcripts/{id} -> transcripts.get\nGET /transcripts/{id}/{format} id=getSubtitles -> transcripts.getSubtitles", (*tree).partOfItem},
	{"operation-id-of-item", "DELETE /grants/{id} id=voidGrant -> grants.void", (*tree).idOfItem},
	{"post-on-item", "GET /evals/{id} -> evals.get\nPOST /evals/{id} -> evals.update", (*tree).postOnItem},
	{"item", "GET /pets/{id} -> pets.get\nDELETE /pets/{id} -> pets.delete", (*tree).itemByMethod},

	// The path ends with an action.
	{"object-of-verb", "POST /lab/validate/target -> lab.validateTarget\n*GET /search/stop -> search.stops", (*tree).objectOfVerb},
	{"search-is-the-list", "*GET /orders/search -> orders.list", (*tree).searchIsTheList},
	{"bulk-step", "PUT /rules/bulk -> rules.bulkUpdate\nPOST /rules/bulk/archive -> rules.bulkArchive", (*tree).bulkStep},
	{"two-things", "POST /orders -> orders.create\nPOST /orders/lines id=createOrderWithLines -> orders.createWithLines", (*tree).twoThings},
	{"verb-step", "POST /sessions/{id}/navigate -> sessions.navigate\nPUT /rewrite/update -> rewrite.update\n*GET /product/list -> product.list", (*tree).verbStep},
	{"verb-or-noun", "GET /orders/export -> orders.export\nPOST /videos/{id}/copy -> videos.copy", (*tree).verbOrNoun},
	{"operation-id-above", "GET /orders/{id} -> orders.get\nPOST /orders/{id}/cancellation id=cancelOrder -> orders.cancel", (*tree).idAbove},
	{"action-folder", "POST /servers/{id}/actions/soft_off id=softOffServer -> servers.softOff", (*tree).actionFolder},
	{"post-leaf", "GET /sessions/{id} -> sessions.get\nPOST /sessions/{id}/act -> sessions.act", (*tree).postLeaf},

	// GET reads a part or a view of what is above.
	{"chosen-one", "GET /settlements/{id} -> settlements.get\nGET /settlements/next -> settlements.getNext\nGET /profiles/{id} -> profiles.get\nGET /profiles/me -> profiles.getCurrent", (*tree).chosenOne},
	{"read-of-item", "GET /files/{id}/content -> files.content", (*tree).readOfItem},
	{"view", "GET /radar/dns/summary/ip_version -> radar.dns.summary.ipVersion\nGET /radar/dns/summary/protocol -> radar.dns.summary.protocol", (*tree).view},

	// The path ends with a resource.
	{"flat", "POST /uploadPart -> uploadPart\nPOST /reboot -> reboot", (*tree).flatMethod},
	{"operation-id-of-resource", "POST /events id=ingestEvents -> events.ingest", (*tree).idOfResource},
	{"stream", "~GET /events -> events.stream", (*tree).streamOf},
	{"list", "*GET /pets -> pets.list", (*tree).list},
	{"update-by-post", "GET /tax/settings -> tax.settings.get\nPOST /tax/settings id=updateSettings -> tax.settings.update", (*tree).updateByPost},
	{"create-by-put", "PUT /invoices id=createInvoices -> invoices.create", (*tree).createByPut},
	{"bulk", "DELETE /rules -> rules.bulkDelete\nDELETE /rules/{id} -> rules.delete", (*tree).bulk},
	{"resource", "GET /pets/{id}/quota -> pets.quota.get\nPOST /pets -> pets.create", (*tree).byMethod},
}

// act decides what an operation does.
func (t *tree) act(o *op) act {
	var a act
	for i := range rules {
		b, ok := rules[i].method(t, o)
		switch {
		case !ok:
		case a.rule == "":
			a = b
			a.rule = rules[i].Name
		default:
			a.lost = append(a.lost, rules[i].Name)
		}
	}
	if extra := ident.Words(o.route.extra); o.route.extra != "" && a.alt == "" && isVerb(extra[0]) {
		a.alt = ident.Camel(o.route.extra) // PUT /files/{id}#add_shared_link
	}
	for _, step := range o.node.chain() {
		if step.verbPrefix(o) && plainNames[a.name] && a.on != step {
			a.name = step.words[0]
		}
	}
	return a
}

// plainNames are the names that a verb in front of the path replaces.
var plainNames = set(`get list create update edit delete`)

// methodNames are the methods of an item and of a thing that there is one of.
var methodNames = map[string]string{
	"GET": "get", "PUT": "update", "PATCH": "update", "DELETE": "delete", "POST": "create",
	"HEAD": "head", "OPTIONS": "options", "TRACE": "trace", "QUERY": "query", "CONNECT": "connect",
}

// methodName is what an HTTP method is called on n. PATCH is an update, as most
// APIs have either of the two; where PUT is there as well, it is edit.
func (n *node) methodName(method string) string {
	if c := n.static(); method == "PATCH" && (n.has("PUT") || c != nil && c.has("PUT")) {
		return "edit"
	}
	if name, ok := methodNames[method]; ok {
		return name
	}
	return ident.Camel(method)
}

// target: one path for everything, and the name of the operation in its query.
func (t *tree) target(o *op) (act, bool) {
	if o.route.rpc == "" {
		return act{}, false
	}
	on := t.root
	if c := o.node.static(); c != nil {
		on = o.node
	}
	return act{name: ident.Camel(o.route.rpc), on: on, reason: "the path names the action"}, true
}

// noResource: nothing in the path but parameters.
func (t *tree) noResource(o *op) (act, bool) {
	if o.node.static() != nil {
		return act{}, false
	}
	name := o.method
	for _, text := range []string{o.route.extra, o.ID} {
		if text != "" {
			name = text
		}
	}
	return act{name: ident.Camel(name), on: t.root, reason: "no resource in the path"}, true
}

// methodInPath: the last step is written as a method.
func (t *tree) methodInPath(o *op) (act, bool) {
	n := o.node
	if !n.seg.rpc {
		return act{}, false
	}
	return act{name: ident.Camel(n.seg.text), on: n.parent, reason: "action segment " + n.seg.text}, true
}

// step returns the static step that o's path ends with, nil if it ends with
// another one or a parameter.
func (o *op) step() *node {
	if n := o.node; n.parent != nil && !n.seg.param {
		return n
	}
	return nil
}

// item returns the parameter that o's path ends with, and the step whose items
// it names; nil if the path ends otherwise.
func (o *op) item() (n, c *node) {
	if c := o.node.static(); o.node.seg.param && c != nil {
		return o.node, c
	}
	return nil, nil
}

// silent reports whether o's operationId does not say what it does.
func (o *op) silent() bool { return o.verb == "" || strings.EqualFold(o.verb, o.method) }

// creates reports whether o says that it makes something: by the verb of its
// operationId, or by 201 Created (RFC 9110, 15.3.2).
func (o *op) creates() bool { return o.class == create || o.Created && o.class == other }

// action returns the act of a method that the last step of o's path names. What
// that says of the resource above is left out: testWebhook of webhooks is test.
func (o *op) action(n *node, why string) act {
	a := act{name: ident.Camel(n.actionText()), on: n.parent, reason: "action segment " + n.seg.text + why}
	p := n.parent
	if actionFolders[p.seg.text] && p.parent.parent != nil && o.method != "GET" {
		a.on = p.parent // /servers/{id}/actions/reboot
	}
	switch c := crud[a.name]; {
	case n.alsoOnItems(o.method):
		a.name = ident.Camel("bulk " + a.name) // POST /users/ban beside POST /users/{id}/ban
	case o.method == "GET" && n.has("POST") && !views[n.words[0]]:
		a.name = ident.Camel("get " + a.name) // what POST has started
	case len(n.methods) > 1 && o.method != n.mainMethod():
		a.alt = ident.Camel(a.name + " " + o.method) // queryPost beside query
	case o.method == "POST" && p.plural && n.item == nil && (c == create || c == modify || c == remove):
		a.alt = ident.Camel("bulk " + a.name) // POST /things/delete beside DELETE /things
	}
	return a
}

// actionText returns the words of a step that is a method, without those of the
// resource that it is a method of.
func (n *node) actionText() string {
	c := n.parent.static()
	if c == nil || len(n.words) < 2 {
		return n.seg.text
	}
	if rest := n.words[1:]; slices.Equal(singulars(rest), c.ones) {
		return n.words[0]
	}
	return n.seg.text
}

// alsoOnItems reports whether the items of what n stands below have n's action
// as well.
func (n *node) alsoOnItems(method string) bool {
	p := n.parent
	if p.seg.param || !p.plural || p.item == nil {
		return false
	}
	k := p.item.byText[n.seg.text]
	return k != nil && k.has(method)
}

// mainMethod is the method of those on an action that has its plain name.
func (n *node) mainMethod() string {
	for _, m := range []string{"GET", "POST", "PUT", "PATCH"} {
		if n.has(m) && (m != "GET" || views[n.words[0]] || !n.has("POST")) {
			return m
		}
	}
	return n.methods[0]
}
