package overlay

import (
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/jsonpath"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Apply returns the description root with the changes made, one action after
// the other. It shares with root what does not change. A target that matches
// nothing is a warning. After an error it is root as far as it had come.
func (o *Overlay) Apply(root *spec.Node, list *diag.List) *spec.Node {
	left := o.limit
	for _, a := range o.actions {
		c := change{action: a, list: list, left: &left, most: o.limit, strict: o.strict}
		changed, ok := c.apply(root)
		if !ok {
			return root
		}
		root = changed
	}
	return root
}

// A change is an action that is being carried out.
type change struct {
	action
	list *diag.List
	left *int       // how many nodes may still be added
	most int        // how many values a query may visit
	with *spec.Node // what the targets are merged with

	strict bool
}

func (c *change) apply(root *spec.Node) (*spec.Node, bool) {
	found, err := c.target.Select(root, c.most)
	switch {
	case err != nil:
		return root, c.tooMuch(c.pos, err.Error())
	case len(found) == 0:
		c.list.Warningf(c.pos, "overlay-no-match", "the target %s matches nothing in the description", c.target)
		return root, true
	}
	if ok := c.source(root); !ok || !c.remove && c.with == nil {
		return root, ok
	}
	if !c.alike(found) {
		return root, false
	}
	places := &place{}
	for _, m := range found {
		places.add(m)
	}
	changed, ok := c.at(root, places)
	if ok && changed == nil {
		return root, c.fail(c.pos, "the target is the whole description, which cannot be removed")
	}
	return changed, ok
}

// source finds what the targets are merged with, which is nothing for an action
// that has no effect.
func (c *change) source(root *spec.Node) bool {
	switch {
	case c.remove:
	case c.update != nil:
		c.with = c.update
	case c.copy != nil:
		from, err := c.copy.Select(root, c.most)
		if err != nil {
			return c.tooMuch(c.from, err.Error())
		}
		if len(from) != 1 {
			return c.fail(c.from, "%s matches %d values, and copy needs one", c.copy, len(from))
		}
		c.with = from[0].Node
	default:
		c.list.Warningf(c.pos, "overlay-no-effect", "the action does nothing: it has neither update nor remove")
	}
	return true
}

// alike reports whether the targets of an update are of one kind, as the
// standard demands.
func (c *change) alike(found []*jsonpath.Match) bool {
	for _, m := range found[1:] {
		if c.strict && !c.remove && sort(m.Node) != sort(found[0].Node) {
			return c.fail(c.pos, "the target matches %s at %s and %s at %s; all must be objects, arrays or single values",
				found[0].Node.Kind(), found[0], m.Node.Kind(), m)
		}
	}
	return true
}

// sort is the kind of a node, where single values are all of one.
func sort(n *spec.Node) spec.Kind {
	if k := n.Kind(); k == spec.Object || k == spec.Array {
		return k
	}
	return spec.Null
}

func (c *change) fail(pos diag.Pos, format string, args ...any) bool {
	c.list.Errorf(pos, "overlay-mismatch", format, args...)
	return false
}

func (c *change) tooMuch(pos diag.Pos, what string) bool {
	c.list.Errorf(pos, "limit", "%s; if that is meant, raise the limit with --max-nodes", what)
	return false
}

// A place is where something changes: there itself, or below.
type place struct {
	here  bool
	below map[jsonpath.Step]*place
}

// add notes that what is matched changes.
func (p *place) add(m *jsonpath.Match) {
	for _, step := range m.Path() {
		if p.below == nil {
			p.below = map[jsonpath.Step]*place{}
		}
		next := p.below[step]
		if next == nil {
			next = &place{}
			p.below[step] = next
		}
		p = next
	}
	p.here = true
}

// at returns n with the changes at a place, first there, then below. What is
// removed is nil.
func (c *change) at(n *spec.Node, p *place) (*spec.Node, bool) {
	if p.here && c.remove {
		return nil, true
	}
	if p.here {
		var ok bool
		if n, ok = c.merge(n, c.with); !ok {
			return nil, false
		}
	}
	if len(p.below) == 0 {
		return n, true
	}
	if n.Is(spec.Array) {
		return c.atItems(n, p)
	}
	members := make([]spec.Member, 0, n.Len())
	for _, m := range n.All() {
		if next := p.below[jsonpath.Step{Name: m.Name, Index: -1}]; next != nil {
			value, ok := c.at(m.Value, next)
			if !ok {
				return nil, false
			}
			if m.Value = value; value == nil {
				continue
			}
		}
		members = append(members, m)
	}
	return spec.NewObject(n.Pos(), members...), true
}

func (c *change) atItems(n *spec.Node, p *place) (*spec.Node, bool) {
	var items []*spec.Node
	for i, item := range n.Elements() {
		if next := p.below[jsonpath.Step{Index: i}]; next != nil {
			var ok bool
			if item, ok = c.at(item, next); !ok {
				return nil, false
			}
			if item == nil {
				continue
			}
		}
		items = append(items, item)
	}
	return spec.NewArray(n.Pos(), items...), true
}

// merge returns n, which is a target, merged with another value.
func (c *change) merge(n, with *spec.Node) (*spec.Node, bool) {
	switch {
	case n.Is(spec.Object) && with.Is(spec.Object):
		return c.mergeObjects(n, with)
	case n.Is(spec.Array):
		added, ok := c.clone(with)
		if !ok {
			return nil, false
		}
		items := append([]*spec.Node(nil), n.Elements()...)
		if added.Is(spec.Array) {
			return spec.NewArray(n.Pos(), append(items, added.Elements()...)...), true
		}
		return spec.NewArray(n.Pos(), append(items, added)...), true
	case sort(n) == spec.Null && sort(with) == spec.Null:
		return c.clone(with)
	}
	return c.unlike(n, with)
}

// unlike returns what becomes of a value and another that it cannot be merged
// with.
func (c *change) unlike(n, with *spec.Node) (*spec.Node, bool) {
	if c.strict {
		return nil, c.fail(with.Pos(), "%s cannot be merged with %s, which is at %s", with.Kind(), n.Kind(), n.Pos())
	}
	c.list.Warningf(with.Pos(), "overlay-mismatch", "%s cannot be merged with %s, which is at %s; it replaces it", with.Kind(), n.Kind(), n.Pos())
	return c.clone(with)
}

func (c *change) mergeObjects(n, with *spec.Node) (*spec.Node, bool) {
	members := append([]spec.Member(nil), n.All()...)
	index := make(map[string]int, len(members))
	for i, m := range members {
		index[m.Name] = i
	}
	for _, m := range with.All() {
		i, there := index[m.Name]
		value, ok := (*spec.Node)(nil), false
		if there {
			value, ok = c.mergeMember(members[i].Value, m.Value)
		} else {
			value, ok = c.clone(m.Value)
		}
		if !ok {
			return nil, false
		}
		if there {
			members[i].Value = value
			continue
		}
		m.Value = value
		members = append(members, m)
	}
	return spec.NewObject(n.Pos(), members...), true
}

// mergeMember merges the values that two objects have for one name. Unlike a
// target, an array takes no single value there.
func (c *change) mergeMember(n, with *spec.Node) (*spec.Node, bool) {
	switch {
	case with.Is(spec.Null) && sort(n) != spec.Null:
		return n, true // "components:" with nothing in it adds nothing
	case n.Is(spec.Array) && !with.Is(spec.Array):
		return c.unlike(n, with)
	}
	return c.merge(n, with)
}

// clone copies a value, so that what stands in two places is two values.
func (c *change) clone(n *spec.Node) (*spec.Node, bool) {
	if *c.left -= n.Size(*c.left); *c.left < 0 {
		return nil, c.tooMuch(c.pos, "the overlay adds too many values")
	}
	return n.Clone(), true
}
