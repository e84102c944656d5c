package contract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A direction is which way a value goes.
type direction int

const (
	request direction = iota
	response
)

// level is that of a change which breaks callers in one direction only.
func (d direction) level(breaks direction) Level {
	if d == breaks {
		return Major
	}
	return Minor
}

// A pair is two schemas that were compared for a direction. The place counts
// too: what is not in a component is told wherever it is.
type pair struct {
	old, new *spec.Node
	d        direction
	place    string
}

// schema compares what describes a value.
func (c *comparer) schema(a at, old, new *spec.Node, d direction) {
	o, n := c.old.shape(old), c.new.shape(new)
	if o.component != "" && o.component == n.component {
		a = at{place: n.component}.in("", o.node, n.node)
	}
	key := pair{o.node, n.node, d, a.place}
	if c.pairs[key] {
		return
	}
	c.pairs[key] = true
	if o.node != nil || n.node != nil {
		a = a.in(a.where, o.node, n.node)
	}
	c.text(o.node, n.node)
	if !c.kinds(a, o, n, d) {
		return
	}
	c.nullable(a, o, n, d)
	c.enum(a, o, n, d)
	c.limits(a, o, n)
	c.properties(a, o, n, d)
	if o.items != nil || n.items != nil {
		where := a.where + "[]"
		if a.where == "" {
			where = "each element"
		}
		c.schema(a.in(where, o.items, n.items), o.items, n.items, d)
	}
	if o.extra != nil && n.extra != nil {
		c.schema(a.in(dot(a.where, "*"), o.extra, n.extra), o.extra, n.extra, d)
	}
	c.variants(a, o, n, d)
}

func dot(where, name string) string {
	if where == "" {
		return name
	}
	return where + "." + name
}

// kinds compares the types, and reports whether it makes sense to go on.
func (c *comparer) kinds(a at, o, n *shape, d direction) bool {
	if slices.Equal(o.kinds, n.kinds) {
		if o.format != n.format {
			c.add(Minor, a, fmt.Sprintf("has the format %s now; was %s", or(n.format, "none"), or(o.format, "none")))
		}
		return true
	}
	// A wider type may be sent in place of a narrower one, and a narrower may
	// come in place of a wider.
	level := Major
	if d == request && covers(n.kinds, o.kinds) || d == response && covers(o.kinds, n.kinds) {
		level = Minor
	}
	c.add(level, a, "is now "+n.String()+"; was "+o.String())
	return false
}

// covers reports whether every value of the kinds in some is one of all.
func covers(all, some []string) bool {
	if len(all) == 0 {
		return true
	}
	return len(some) > 0 && !slices.ContainsFunc(some, func(k string) bool {
		return !slices.Contains(all, k) && !(k == "integer" && slices.Contains(all, "number"))
	})
}

func or(text, none string) string {
	if text == "" {
		return none
	}
	return text
}

func (c *comparer) nullable(a at, o, n *shape, d direction) {
	switch {
	case n.nullable && !o.nullable:
		c.add(d.level(response), a, "may be null now")
	case o.nullable && !n.nullable:
		c.add(d.level(request), a, "is never null now")
	}
}

func (c *comparer) enum(a at, o, n *shape, d direction) {
	switch {
	case o.enum == nil && n.enum == nil:
	case o.enum == nil:
		c.add(d.level(request), a, "is now one of "+list(n.enum, "nothing"))
	case n.enum == nil:
		c.add(Minor, a, "can have any value now")
	default:
		if gone := missing(o.enum, n.enum); len(gone) > 0 {
			c.add(d.level(request), a, "no longer has the "+plural("value", gone)+" "+list(gone, ""))
		}
		if added := missing(n.enum, o.enum); len(added) > 0 {
			c.add(Minor, a, "can have the "+plural("value", added)+" "+list(added, "")+" too")
		}
	}
}

func plural(noun string, list []string) string {
	if len(list) == 1 {
		return noun
	}
	return noun + "s"
}

// limited are the keywords that bound a value of a type.
var limited = []string{"minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
	"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "default"}

func (c *comparer) limits(a at, o, n *shape) {
	for _, key := range limited {
		switch was, is := o.limits[key], n.limits[key]; {
		case was == is:
		case is == "":
			c.add(Minor, a, fmt.Sprintf("has no %s now; was %s", key, was))
		case was == "":
			c.add(Minor, a, fmt.Sprintf("has the %s %s now", key, is))
		default:
			c.add(Minor, a, fmt.Sprintf("has the %s %s now; was %s", key, is, was))
		}
	}
}

func (c *comparer) properties(a at, o, n *shape, d direction) {
	for _, p := range o.properties {
		if n.property(p.name) == nil {
			c.add(Major, a.in(dot(a.where, p.name), p.node, nil), "is gone")
		}
	}
	for _, p := range n.properties {
		was := o.property(p.name)
		a := a.in(dot(a.where, p.name), nil, p.node)
		if was == nil {
			if p.required && d == request && !p.readOnly {
				c.add(Major, a, "is new and must be given")
			} else {
				c.add(Minor, a, "is new")
			}
			continue
		}
		a.old = was.node.Pos()
		switch {
		case p.required && !was.required && d == request:
			c.add(Major, a, "must be given now")
		case p.required && !was.required:
			c.add(Minor, a, "is always there now")
		case was.required && !p.required && d == request:
			c.add(Minor, a, "may be left out now")
		case was.required && !p.required:
			c.add(Major, a, "may be absent now")
		}
		c.schema(a, was.node, p.node, d)
	}
}

// variants compares the alternatives of a oneOf or anyOf. Each is found by what
// it is, never by its order: a component by its name, another by all that it
// says, or else by what it is called.
func (c *comparer) variants(a at, o, n *shape, d direction) {
	if len(o.variants) == 0 && len(n.variants) == 0 {
		return
	}
	was, is := c.old.variants(o), c.new.variants(n)
	before := make([]*variant, len(is)) // the one of old that each is
	taken := make([]bool, len(was))
	for _, same := range []func(o, n *variant) bool{
		func(o, n *variant) bool { return o.all == n.all },
		func(o, n *variant) bool { return o.name == n.name },
		func(o, n *variant) bool { return o.tag != "" && o.tag == n.tag },
	} {
		for i := range is {
			for j := range was {
				if before[i] == nil && !taken[j] && same(&was[j], &is[i]) {
					before[i], taken[j] = &was[j], true
				}
			}
		}
	}
	var gone, added []string
	for j, v := range was {
		if !taken[j] {
			gone = append(gone, v.name)
		}
	}
	for i, v := range is {
		if before[i] == nil {
			added = append(added, v.name)
		}
	}
	if len(gone) > 0 {
		c.add(d.level(request), a, "is no longer "+list(gone, ""))
	}
	if len(added) > 0 {
		c.add(Minor, a, "can be "+list(added, "")+" too")
	}
	for i, v := range is {
		if before[i] != nil {
			c.schema(a, before[i].node, v.node, d)
		}
	}
}

// A variant is an alternative.
type variant struct {
	name string // "Cat", "an object {id, name}"
	tag  string // the values of its members that have only one: "kind=cat"
	all  string // its JSON, or its name if it is a component
	node *spec.Node
}

func (s side) variants(of *shape) []variant {
	list := make([]variant, len(of.variants))
	for i, n := range of.variants {
		is := s.shape(n)
		v := variant{name: is.component[strings.LastIndexByte(is.component, '/')+1:], node: n}
		for _, p := range is.properties {
			if one := s.shape(p.node).enum; len(one) == 1 {
				v.tag += p.name + "=" + one[0] + " "
			}
		}
		v.all = v.name
		if v.name == "" {
			v.name, v.all = is.String(), string(n.AppendJSON(nil))
		}
		list[i] = v
	}
	return list
}
