package restree

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// A tree has the paths of all operations, and what their shape says.
type tree struct {
	root *node
	ops  []op
	flat bool // nearly every path is one step: methods, and no resources
}

// A node is a step that paths share. All parameters in one place are one node.
type node struct {
	seg    segment
	words  []string // of a static step
	ones   []string // words, each in the singular
	plural bool
	verb   strength

	parent  *node
	kids    []*node            // static steps below
	byText  map[string]*node   // kids
	byWords map[string][]*node // kids, by ones
	item    *node              // the parameter below

	methods     []string
	under       int      // operations here and below
	posts       int      // of those, POST
	writes      bool     // one of those is no GET
	lists       bool     // GET here returns a list, and is called so
	returnsList bool     // GET here returns a list
	takesList   bool     // PUT here takes a list
	members     []string // of what GET here returns
	makes       bool     // PUT here creates, as its operationId says
	label       string   // name, once it is known
	heard       hearsay
	own         string // what the thing itself is called beside its items: default

	leading  bool   // nothing but clear steps above
	clear    bool   // no resource: a version, or in front of all paths
	scope    bool   // a parameter that says whose, and not what
	ownParam string // what a scope's parameter is called in the operations on its own item, if it differs
}

// grow makes the tree of the paths of all operations.
func grow(ops []Operation) *tree {
	t := &tree{root: &node{leading: true}, ops: make([]op, len(ops))}
	tags := reader{}
	flat := 0
	for i := range ops {
		t.ops[i] = tags.operation(&ops[i])
		t.add(&t.ops[i])
	}
	for i := range t.ops {
		o, n := &t.ops[i], t.ops[i].node
		if n.parent == t.root && n.leaf() {
			flat++
		}
		o.lists = n.listed(o)
		n.takesList = n.takesList || o.method == "PUT" && o.SendsList
		if o.method == "GET" {
			n.lists = n.lists || o.lists
			n.returnsList = n.returnsList || o.Returns == List
			n.members = append(n.members, o.Members...)
		}
	}
	for i := range t.ops {
		t.ops[i].node.hearOwn(&t.ops[i])
	}
	t.flat = flat*5 >= len(ops)*4
	t.prefixes(t.root)
	t.scopes()
	return t
}

func (t *tree) add(o *op) {
	n := t.root
	for _, s := range o.route.segments {
		n = n.child(s)
	}
	o.node = n
	if c := n.static(); c != nil && o.verb == "" {
		o.setVerb(cmp.Or(runOnVerb(o.id, c.ones), verbBefore(o.id, c.ones)))
	}
	if !n.has(o.method) {
		n.methods = append(n.methods, o.method)
	}
	n.makes = n.makes || o.method == "PUT" && o.class == create
	for m := n; m != nil; m = m.parent {
		m.under++
		m.writes = m.writes || o.method != "GET"
		if o.method == "POST" {
			m.posts++
		}
	}
	if c := n.static(); c != nil {
		c.hear(o)
	}
}

// child returns the node below n for seg, and makes it if there is none.
func (n *node) child(seg segment) *node {
	if seg.param {
		if n.item == nil {
			n.item = &node{seg: seg, parent: n}
		}
		return n.item
	}
	text := seg.text
	if seg.rpc {
		text += "()" // no step: /chat/send is not /chat.send
	}
	if k, ok := n.byText[text]; ok {
		return k
	}
	k := &node{seg: seg, parent: n, words: ident.Words(seg.text), plural: ident.Plural(seg.text)}
	k.ones = singulars(k.words)
	k.verb = verbness(k.words, k.plural)
	if n.byText == nil {
		n.byText, n.byWords = map[string]*node{}, map[string][]*node{}
	}
	n.kids = append(n.kids, k)
	n.byText[text] = k
	n.byWords[joined(k.ones)] = append(n.byWords[joined(k.ones)], k)
	return k
}

func joined(words []string) string { return strings.Join(words, " ") }

func (n *node) has(method string) bool { return slices.Contains(n.methods, method) }

func (n *node) leaf() bool { return n.item == nil && len(n.kids) == 0 }

// top reports whether nothing above n could have a method.
func (n *node) top() bool { return n.parent.parent == nil || n.parent.clear }

// folder reports whether n only holds others: no operation, no items.
func (n *node) folder() bool { return !n.seg.param && len(n.methods) == 0 && n.item == nil }

// items reports whether n has items with operations of their own, whatever it
// takes to name one.
func (n *node) items() bool {
	for i := n.item; i != nil; i = i.item {
		if len(i.methods) > 0 {
			return true
		}
	}
	return false
}

// listed reports whether o, on n, returns a collection. Values by their names are
// one only if they are called so.
func (n *node) listed(o *op) bool {
	switch o.Returns {
	case List:
		// Xero has even one thing in a list: getOnlineInvoice of /online_invoice.
		one := n.report() || o.class == get && len(o.id) > 1 && !ident.Plural(last(beforeLink(o.id)))
		return !one || n.plural || n.items() || n.many()
	case Map:
		return n.collection() || n.many()
	}
	return false
}

// sends reports whether o, on n, sends what GET here returns: at least half
// of the members of the request are members of that.
func (n *node) sends(o *op) bool {
	common := 0
	for _, name := range o.Sends {
		if slices.Contains(n.members, name) {
			common++
		}
	}
	return len(o.Sends) > 0 && common*2 >= len(o.Sends)
}

// isVersion reports whether n is the version of an API.
func (n *node) isVersion() bool { return ident.IsVersion(n.seg.text) }

// many reports whether n reads as a collection that has no plural: history.
func (n *node) many() bool { return !n.seg.param && len(n.ones) > 0 && collectives[last(n.ones)] }

// report reports whether n names a view of other things: usage, summary.
func (n *node) report() bool { return len(n.ones) > 0 && reports[last(n.ones)] }

// collection reports whether n reads as a collection, by its name.
func (n *node) collection() bool { return n.plural && !singletons[last(n.ones)] }

// static returns the static step that n belongs to: itself, or the one whose
// items it names. It is nil for parameters that a path starts with.
func (n *node) static() *node {
	for n.parent != nil && n.seg.param {
		n = n.parent
	}
	if n.parent == nil {
		return nil
	}
	return n
}

// chain returns the nodes from the first step of a path to n.
func (n *node) chain() []*node {
	var c []*node
	for ; n.parent != nil; n = n.parent {
		c = append(c, n)
	}
	slices.Reverse(c)
	return c
}

func (n *node) depth() int {
	d := 0
	for ; n.parent != nil; n = n.parent {
		d++
	}
	return d
}

// branches returns the number of static steps below n, looking through those
// that are no resources.
func (n *node) branches() int {
	b := 0
	for _, k := range n.kids {
		if k.clear {
			b += k.branches()
		} else {
			b++
		}
	}
	return b
}

// walk calls f for n and all nodes below.
func (n *node) walk(f func(*node)) {
	f(n)
	for _, k := range n.kids {
		k.walk(f)
	}
	if n.item != nil {
		n.item.walk(f)
	}
}

// key returns the path from n (exclusive) to m, with all parameters alike and
// without steps that are no resources.
func key(n, m *node) string {
	var steps []string
	for ; m != n && m.parent != nil; m = m.parent {
		switch {
		case m.seg.param:
			steps = append(steps, "{}")
		case !m.clear:
			steps = append(steps, m.seg.text)
		}
	}
	return strings.Join(steps, "/") // backwards, which is as good
}
