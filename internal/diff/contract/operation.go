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

// operations returns those of a description in its order, and each by its
// method and path, in which the names of parameters do not count.
func (s side) operations() (order []string, byKey map[string]*operation) {
	byKey = map[string]*operation{}
	add := func(method, path string, item, n *spec.Node) {
		key := strings.ToUpper(method) + " " + variable.ReplaceAllString(path, "{}")
		if byKey[key] == nil {
			order = append(order, key)
			byKey[key] = &operation{strings.ToUpper(method) + " " + path, n, item}
		}
	}
	for path, item := range s.doc.Root.Get("paths").Members() {
		if strings.HasPrefix(path, "x-") {
			continue
		}
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
	return order, byKey
}

// operations compares all of them.
func (c *comparer) operations() {
	was, old := c.old.operations()
	is, new := c.new.operations()
	for _, key := range was {
		if new[key] == nil {
			c.add(Major, at{place: old[key].place}.in("", old[key].node, nil), "is gone")
		}
	}
	for _, key := range is {
		if old[key] == nil {
			c.add(Minor, at{place: new[key].place}.in("", nil, new[key].node), "is new")
			continue
		}
		c.operation(old[key], new[key])
	}
	if c.texts > 0 {
		c.add(Patch, at{}, "some descriptions read differently")
	}
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
	was, is := c.old.security(old), c.new.security(new)
	gone, added := missing(was, is), missing(is, was)
	a = a.in("", old.Get("security"), new.Get("security"))
	if len(gone) > 0 {
		c.add(Major, a, "no longer accepts "+list(gone, ""))
	}
	if len(added) > 0 {
		c.add(Minor, a, "accepts "+list(added, "")+" now")
	}
}

// security returns the alternatives of an operation in words.
func (s side) security(op *spec.Node) []string {
	n := op.Get("security")
	if n == nil {
		n = s.doc.Root.Get("security")
	}
	var alternatives []string
	for _, alternative := range n.Elements() {
		schemes := keys(alternative)
		slices.Sort(schemes)
		alternatives = append(alternatives, list(schemes, "no credential"))
	}
	if len(alternatives) == 0 {
		alternatives = []string{"no credential"}
	}
	return alternatives
}
