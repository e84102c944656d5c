package contract

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// parametersOf returns the parameters of an operation by place and name, those
// of its path that it does not replace among them. Those of the path itself
// have their place in it for a name.
func (s side) parametersOf(op *operation) (order []string, byKey map[string]*spec.Node) {
	byKey = map[string]*spec.Node{}
	path := variable.FindAllString(op.place, -1)
	for _, list := range []*spec.Node{op.item.Get("parameters"), op.node.Get("parameters")} {
		for _, n := range list.Elements() {
			n = s.deref(n)
			in, name := n.Get("in").Text(), n.Get("name").Text()
			if in == "header" {
				name = strings.ToLower(name)
			}
			if i := slices.Index(path, "{"+name+"}"); in == "path" && i >= 0 {
				name = string(rune('1' + i))
			}
			key := in + " parameter " + name
			if byKey[key] == nil {
				order = append(order, key)
			}
			byKey[key] = n
		}
	}
	return order, byKey
}

func (c *comparer) parameters(a at, old, new *operation) {
	was, before := c.old.parametersOf(old)
	is, after := c.new.parametersOf(new)
	name := func(n *spec.Node) string { return "the " + n.Get("in").Text() + " parameter " + n.Get("name").Text() }
	for _, key := range was {
		if n := before[key]; after[key] == nil {
			c.add(Major, a.in(name(n), n, nil), "is gone")
		}
	}
	for _, key := range is {
		n, old := after[key], before[key]
		a := a.in(name(n), old, n)
		required := n.Get("required").True()
		switch {
		case old == nil && required:
			c.add(Major, a, "is new and must be given")
			continue
		case old == nil:
			c.add(Minor, a, "is new")
			continue
		case required && !old.Get("required").True():
			c.add(Major, a, "must be given now")
		case !required && old.Get("required").True():
			c.add(Minor, a, "may be left out now")
		}
		if was, is := style(old), style(n); was != is {
			c.add(Major, a, "is now written "+is+"; was "+was)
		}
		c.text(old, n)
		c.schema(a, parameterSchema(old), parameterSchema(n), request)
	}
}

func parameterSchema(n *spec.Node) *spec.Node {
	if s := n.Get("schema"); s != nil {
		return s
	}
	for _, media := range n.Get("content").Members() {
		return media.Get("schema")
	}
	return nil
}

// style is how a parameter is written (OpenAPI 3, Parameter Object).
func style(n *spec.Node) string {
	style := n.Get("style").Text()
	if style == "" {
		style = map[string]string{"path": "simple", "header": "simple"}[n.Get("in").Text()]
	}
	if style == "" {
		style = "form"
	}
	if explode := n.Get("explode"); explode.True() || explode == nil && style == "form" {
		style += " exploded"
	}
	return style
}
