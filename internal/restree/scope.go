package restree

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// roots are first steps of a path that say only that this is an API.
var roots = set(`api apis rest`)

// prefixes marks the steps below n that are no resources: versions, and leading
// steps that name no resource or that nine in ten operations share.
func (t *tree) prefixes(n *node) {
	for _, k := range n.kids {
		k.leading = n.leading && (n == t.root || n.clear)
		switch {
		case ident.IsVersion(k.seg.text), k.leading && digits(k.seg.text):
			k.clear = k.leading || !slices.ContainsFunc(n.kids, isVersionedResource)
		case digits(k.seg.text):
			k.clear = true // a number is no name
		case k.repeats(n):
			k.clear = true
		case !k.leading || k.items():
		case roots[k.seg.text]:
			k.clear = true
		default:
			k.clear = k.folder() && len(k.kids) > 1 && k.under*10 >= len(t.ops)*9
		}
		t.prefixes(k)
	}
	if n.item != nil {
		t.prefixes(n.item)
	}
}

// repeats reports whether k only says again what its parent n says, as a singular
// with items does after its plural: /users/user/{id}.
func (k *node) repeats(n *node) bool {
	return n.plural && !k.plural && k.items() && slices.Equal(k.ones, n.ones)
}

// isVersionedResource reports whether n is a version that is a resource itself,
// as its versions are in /images/v1/{id} and /images/v2.
func isVersionedResource(n *node) bool {
	return ident.IsVersion(n.seg.text) && (n.items() || len(n.methods) > 0 && !n.leaf() && !(len(n.methods) == 1 && n.has("GET")))
}

// scopes finds the parameters that say whose a resource is, and are no resource
// for what lies under them.
func (t *tree) scopes() {
	whole := map[string]bool{}           // there is an operation, by verb and path
	rest := map[string]map[string]bool{} // what it is under, by verb and path below a parameter with much under it
	under := map[*node][]*op{}
	for i := range t.ops {
		o := &t.ops[i]
		whole[o.method+key(t.root, o.node)] = true
		for n := o.node.parent; n != nil; n = n.parent {
			if n.seg.param && len(n.kids) > 1 {
				under[n] = append(under[n], o)
				if c := n.static(); c != nil && len(n.kids) > 3 {
					k := o.method + key(n, o.node)
					if rest[k] == nil {
						rest[k] = map[string]bool{}
					}
					rest[k][joined(c.ones)] = true
				}
			}
		}
	}
	t.root.walk(func(n *node) {
		if len(under[n]) == 0 || n.static() == nil {
			return
		}
		twins := 0
		for _, o := range under[n] {
			if k := o.method + key(n, o.node); whole[k] || len(rest[k]) > 1 {
				twins++
			}
		}
		// What is there a second time, verb by verb, is a resource of its own
		// in both places.
		n.scope = twins*5 <= len(under[n])*3 && t.isScope(n, under[n])
	})
	names := map[string]bool{}
	t.root.walk(func(n *node) {
		if n.scope {
			names[joined(n.static().ones)] = true
			n.ownParam = t.ownParam(n, under[n])
		}
	})
	t.root.walk(func(n *node) { // what is a scope in one place is one everywhere
		if c := n.static(); n.seg.param && n.parent == c && c != nil && len(n.kids) > 0 {
			n.scope = names[joined(c.ones)]
		}
	})
}

// isScope decides whether the parameter p is a scope. The tags of what lies
// under it say so if they name what lies under it, and not the thing that p
// names. Without such tags, what lies under p must be much of the API, or most
// of it stand beside it as well: /namespaces/{namespace}/pods and /pods.
func (t *tree) isScope(p *node, under []*op) bool {
	c := p.static()
	collections, beside := 0, 0
	for _, k := range p.kids {
		if k.leaf() && !k.has("GET") && !k.plural {
			continue
		}
		collections++
		if len(c.parent.byWords[joined(k.ones)]) > 0 {
			beside++
		}
	}
	own, deep := 0, 0
	for _, o := range under {
		switch {
		case len(o.tag) == 0:
		case ownTag(o, p):
			own++
		case deepTag(o, p):
			deep++
		}
	}
	switch {
	case collections < 2:
		return false
	case (own+deep)*3 >= len(under):
		return deep > own && len(under)*5 >= len(t.ops)
	}
	return collections >= 4 && len(under)*5 >= len(t.ops)*2 || collections >= 5 && beside*4 >= collections*3
}

// ownTag reports whether o's tag says that it belongs to the thing that p names
// the items of: it is that thing's name ("Zone"), or that and the name of the
// next step ("Zone Holds"), or what that is a kind of ("Zone Plans" of
// /available_plans).
func ownTag(o *op, p *node) bool {
	rest, ok := cutPrefix(o.tag, p.static().ones)
	if !ok {
		return false
	}
	next := o.node
	for next.parent != p {
		next = next.parent
	}
	return len(rest) == 0 || subset(rest, next.ones) || len(next.ones) > 0 && last(rest) == last(next.ones)
}

// deepTag reports whether o's tag has a word of a step below p.
func deepTag(o *op, p *node) bool {
	for n := o.node; n != p; n = n.parent {
		for _, w := range n.ones {
			if slices.Contains(o.tag, w) {
				return true
			}
		}
	}
	return false
}

// ownParam returns what operations on the item p itself call it, if that is not
// what most operations under p call it: /namespaces/{name}, where what lies in
// a namespace is under /namespaces/{namespace}.
func (t *tree) ownParam(p *node, under []*op) string {
	at := p.depth() - 1
	names := map[string]int{}
	for _, o := range under {
		names[o.route.segments[at].text]++
	}
	own := ""
	for i := range t.ops {
		o := &t.ops[i]
		if o.node != p {
			continue
		}
		if name := o.route.segments[at].text; names[name]*4 < len(under) && (own == "" || name < own) {
			own = name
		}
	}
	return own
}

// resource returns the steps that are the resource of an operation on n.
func resource(o *op, n *node) []*node {
	chain := n.chain()
	start := 0
	for i, step := range chain {
		if step.scope && i < len(chain)-1 {
			start = i + 1
			if belongs(o, chain, i) {
				start = slices.Index(chain, step.static())
			}
		}
	}
	var nodes []*node
	for i, step := range chain {
		switch {
		case step.seg.param, step.clear, step.verbPrefix(o):
		case i < start && (step.item != nil || step.branches() < 2): // a scope, or only the way to one
		default:
			nodes = append(nodes, step)
		}
	}
	return nodes
}

// belongs reports whether an operation under the scope chain[i] belongs to the
// thing that the scope names, and not only into it.
func belongs(o *op, chain []*node, i int) bool {
	p := chain[i]
	return chain[i+1].seg.param || ownTag(o, p) || p.ownParam != "" && o.route.segments[i].text == p.ownParam
}

// verbPrefix reports whether n is a folder that says what is done to what lies
// under it, with the verb that o's operationId starts with: /watch/pods.
func (n *node) verbPrefix(o *op) bool {
	return n.folder() && len(n.words) == 1 && isVerb(n.words[0]) && len(o.id) > 0 && o.id[0] == n.words[0] && !n.holdsObjects()
}
