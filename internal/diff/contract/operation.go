package contract

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// An operation is one of a description, with what its path says for it.
type operation struct {
	place      string // METHOD /path
	node, item *spec.Node
}

var (
	verbs    = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
	variable = regexp.MustCompile(`\{[^{}]*\}`)
)

// operations returns those of a description in its order.
func (s side) operations() (list []*operation) {
	add := func(method, path string, item, n *spec.Node) {
		list = append(list, &operation{strings.ToUpper(method) + " " + path, n, item})
	}
	for path, item := range s.doc.Root.Get("paths").Members() {
		if strings.HasPrefix(path, "x-") {
			continue
		}
		s.pathItem(path, item, add)
	}
	return list
}

// pathItem calls add for each operation of a path item.
func (s side) pathItem(path string, item *spec.Node, add func(method, path string, item, n *spec.Node)) {
	item = s.deref(item)
	for _, m := range item.All() {
		switch {
		case slices.Contains(verbs, m.Name):
			add(m.Name, path, item, m.Value)
		case m.Name == "additionalOperations":
			for method, n := range m.Value.Members() {
				add(method, path, item, n)
			}
		}
	}
}

// route is the method and path of an operation without the names of its
// parameters.
func (o *operation) route() string { return variable.ReplaceAllString(o.place, "{}") }

// match finds for each operation of new the one of old that it is: with its
// method and path; else with both but for the names of parameters; else with
// its method and operationId, whose path moved.
func match(old, new []*operation) map[*operation]*operation {
	was := map[*operation]*operation{}
	taken := map[*operation]bool{}
	for _, same := range []func(o, n *operation) bool{
		func(o, n *operation) bool { return o.place == n.place },
		func(o, n *operation) bool { return o.route() == n.route() },
		func(o, n *operation) bool {
			id := n.node.Get("operationId").Text()
			return id != "" && o.node.Get("operationId").Text() == id && o.method() == n.method()
		},
	} {
		key := func(list []*operation) []*operation {
			return slices.DeleteFunc(slices.Clone(list), func(o *operation) bool { return taken[o] || was[o] != nil })
		}
		rest := key(old)
		for _, n := range key(new) {
			if i := slices.IndexFunc(rest, func(o *operation) bool { return same(o, n) }); i >= 0 {
				was[n] = rest[i]
				taken[rest[i]] = true
				rest = slices.Delete(rest, i, i+1)
			}
		}
	}
	return was
}

func (o *operation) method() string {
	method, _, _ := strings.Cut(o.place, " ")
	return method
}

// operations compares all of them.
func (c *comparer) operations() {
	old, new := c.old.operations(), c.new.operations()
	was := match(old, new)
	stays := map[*operation]bool{}
	for _, o := range was {
		stays[o] = true
	}
	for _, o := range old {
		if !stays[o] {
			c.add(Major, at{place: o.place}.in("", o.node, nil), "is gone")
		}
	}
	for _, n := range new {
		o := was[n]
		if o == nil {
			c.add(Minor, at{place: n.place}.in("", nil, n.node), "is new")
			continue
		}
		if o.route() != n.route() {
			c.add(Major, at{place: n.place}.in("", o.node, n.node), "moved to "+n.place+"; was "+o.place)
		}
		c.operation(o, n)
	}
	c.webhooks()
	if c.texts > 0 {
		c.add(Patch, at{}, "some descriptions read differently")
	}
}

// webhooks compares the requests that the server makes (OpenAPI 3.1, webhooks):
// what comes with them is judged as what comes back from it is.
func (c *comparer) webhooks() {
	was, is := c.old.webhooks(), c.new.webhooks()
	for _, o := range was {
		if !slices.ContainsFunc(is, func(n *operation) bool { return n.place == o.place }) {
			c.add(Major, at{place: o.place}.in("", o.node, nil), "is gone")
		}
	}
	for _, n := range is {
		i := slices.IndexFunc(was, func(o *operation) bool { return n.place == o.place })
		if i < 0 {
			c.add(Minor, at{place: n.place}.in("", nil, n.node), "is new")
			continue
		}
		a := at{place: n.place}.in("Body", was[i].node, n.node)
		c.text(was[i].node, n.node)
		body := func(s side, n *spec.Node) *spec.Node { return s.deref(n.Get("requestBody")).Get("content") }
		c.content(a, body(c.old, was[i].node), body(c.new, n.node), response)
	}
}

// webhooks returns the webhooks of a description, those of a draft of it too.
func (s side) webhooks() (list []*operation) {
	for _, key := range []string{"webhooks", "x-webhooks"} {
		for name, item := range s.doc.Root.Get(key).Members() {
			s.pathItem(name, item, func(_, name string, item, n *spec.Node) {
				list = append(list, &operation{"webhook " + name, n, item})
			})
		}
	}
	return list
}

func (c *comparer) operation(old, new *operation) {
	a := at{place: new.place}.in("", old.node, new.node)
	c.text(old.node, new.node)
	if !old.node.Get("deprecated").True() && new.node.Get("deprecated").True() {
		c.add(Minor, a, "is deprecated now")
	}
	c.parameters(a, old, new)
	c.body(a, c.old.deref(old.node.Get("requestBody")), c.new.deref(new.node.Get("requestBody")))
	c.responses(a, old.node.Get("responses"), new.node.Get("responses"))
	c.security(a, old.node, new.node)
	c.servers(a, old, new)
}

// servers compares the servers of an operation, where it or its path has its own.
func (c *comparer) servers(a at, old, new *operation) {
	own := func(o *operation) *spec.Node {
		if n := o.node.Get("servers"); n != nil {
			return n
		}
		return o.item.Get("servers")
	}
	was, is := own(old), own(new)
	if was != nil || is != nil {
		c.serverList(a.in("the server", was, is), was, is, "that of the API")
	}
}

// text notes that what is said of something reads differently.
func (c *comparer) text(old, new *spec.Node) {
	for _, key := range []string{"summary", "description", "title"} {
		if old.Get(key).Text() != new.Get(key).Text() {
			c.texts++
			return
		}
	}
}

func (c *comparer) body(a at, old, new *spec.Node) {
	a = a.in("Body", old, new)
	required := new.Get("required").True()
	switch {
	case old == nil && new == nil:
		return
	case old == nil && required:
		c.add(Major, a, "is new and must be given")
		return
	case old == nil:
		c.add(Minor, a, "is new")
		return
	case new == nil:
		c.add(Major, a, "is gone")
		return
	case required && !old.Get("required").True():
		c.add(Major, a, "must be given now")
	case !required && old.Get("required").True():
		c.add(Minor, a, "may be left out now")
	}
	c.content(a, old.Get("content"), new.Get("content"), request)
}

// content compares what is sent or comes back, by media type.
func (c *comparer) content(a at, old, new *spec.Node, d direction) {
	was, is := keys(old), keys(new)
	gone, added := missing(was, is), missing(is, was)
	if len(gone) > 0 {
		c.add(Major, a, "is no longer "+list(gone, ""))
	}
	if len(added) > 0 {
		c.add(Minor, a, "can be "+list(added, "")+" now")
	}
	for _, media := range is {
		if o, n := c.old.deref(old.Get(media)), c.new.deref(new.Get(media)); o != nil {
			c.schema(a, o.Get("schema"), n.Get("schema"), d)
		}
	}
}

func keys(n *spec.Node) []string {
	var list []string
	for name := range n.Members() {
		list = append(list, name)
	}
	return list
}

// responses compares what comes back. A success that has another status is the
// same success, if there is no other.
func (c *comparer) responses(a at, old, new *spec.Node) {
	was, is := keys(old), keys(new)
	gone, added := missing(was, is), missing(is, was)
	success := func(status string) bool { return strings.HasPrefix(status, "2") }
	if i, j := slices.IndexFunc(gone, success), slices.IndexFunc(added, success); i >= 0 && j >= 0 {
		o, n := c.old.deref(old.Get(gone[i])), c.new.deref(new.Get(added[j]))
		a := a.in("Result", o, n)
		c.add(Minor, a, "comes with status "+added[j]+" now; was "+gone[i])
		c.response(a, o, n)
		gone, added = slices.Delete(gone, i, i+1), slices.Delete(added, j, j+1)
	}
	for _, status := range gone {
		level := Minor
		if success(status) {
			level = Major
		}
		c.add(level, a.in("", old.Get(status), nil), "no longer answers with status "+status)
	}
	for _, status := range added {
		c.add(Minor, a.in("", nil, new.Get(status)), "can answer with status "+status+" now")
	}
	for _, status := range is {
		o, n := c.old.deref(old.Get(status)), c.new.deref(new.Get(status))
		if o == nil || n == nil || !slices.Contains(was, status) {
			continue
		}
		where := "Result"
		if !success(status) {
			where = "Error " + status
		}
		c.response(a.in(where, o, n), o, n)
	}
}

func (c *comparer) response(a at, old, new *spec.Node) {
	c.text(old, new)
	switch was, is := old.Get("content"), new.Get("content"); {
	case was.Len() > 0 && is.Len() == 0:
		c.add(Major, a, "is empty now")
	case was.Len() == 0 && is.Len() > 0:
		c.add(Minor, a, "has content now")
	default:
		c.content(a, was, is, response)
	}
}

// security compares the credentials that an operation accepts.
func (c *comparer) security(a at, old, new *spec.Node) {
	was, before := c.old.security(old)
	is, after := c.new.security(new)
	gone, added := missing(was, is), missing(is, was)
	a = a.in("", old.Get("security"), new.Get("security"))
	if len(gone) > 0 {
		c.add(Major, a, "no longer accepts "+list(gone, ""))
	}
	if len(added) > 0 {
		c.add(Minor, a, "accepts "+list(added, "")+" now")
	}
	for i, name := range is {
		j := slices.Index(was, name)
		if j < 0 {
			continue
		}
		for scheme, scopes := range after[i].Members() {
			had, has := texts(before[j].Get(scheme)), texts(scopes)
			if more := missing(has, had); len(more) > 0 {
				c.add(Major, a, "needs the "+plural("scope", more)+" "+list(more, "")+" of "+scheme+" now")
			}
			if less := missing(had, has); len(less) > 0 {
				c.add(Minor, a, "no longer needs the "+plural("scope", less)+" "+list(less, "")+" of "+scheme)
			}
		}
	}
}

func texts(n *spec.Node) []string {
	var list []string
	for _, e := range n.Elements() {
		list = append(list, e.Text())
	}
	return list
}

// security returns the alternatives of an operation: what they are called, by
// the schemes of each, and the nodes that say so.
func (s side) security(op *spec.Node) (names []string, nodes []*spec.Node) {
	n := op.Get("security")
	if n == nil {
		n = s.doc.Root.Get("security")
	}
	for _, alternative := range n.Elements() {
		schemes := keys(alternative)
		slices.Sort(schemes)
		names = append(names, list(schemes, "no credential"))
		nodes = append(nodes, alternative)
	}
	if len(names) == 0 {
		return []string{"no credential"}, []*spec.Node{nil}
	}
	return names, nodes
}
