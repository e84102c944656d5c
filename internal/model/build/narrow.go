package build

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// An allOf often has a part that all responses share and that declares their
// result loosely, as any object, list or text, beside the part that says what
// this one's is. Both hold, so the narrower one is the type.

// propView merges the schemas of a property, of several the narrower ones.
func (b *builder) propView(p *prop) *view { return b.view(b.narrow(p.nodes)...) }

// narrow returns the schemas of a value without those that say nothing but its
// kind, if another one says more.
func (b *builder) narrow(nodes []*spec.Node) []*spec.Node {
	if len(nodes) < 2 {
		return nodes
	}
	tells := func(n *spec.Node) bool { return !onlyAnnotates(n) && !b.isLoose(n, 0) }
	if !slices.ContainsFunc(nodes, tells) {
		return nodes
	}
	return slices.DeleteFunc(slices.Clone(nodes), func(n *spec.Node) bool { return !onlyAnnotates(n) && !tells(n) })
}

// isLoose reports whether a schema tells of a value no more than which kinds of
// JSON it can be.
func (b *builder) isLoose(n *spec.Node, depth int) bool {
	if depth > 4 {
		return false
	}
	v := b.view(n)
	if len(v.props) > 0 || v.enum != nil || v.format != "" || v.pattern || v.closed || len(v.prefix) > 0 ||
		len(v.kinds) == 1 && !v.is("object") && !v.is("array") && !v.is("string") {
		return false
	}
	loose := func(n *spec.Node) bool { return n == nil || b.isLoose(n, depth+1) }
	for _, list := range v.oneOf {
		if slices.ContainsFunc(list, func(n *spec.Node) bool { return !loose(n) }) {
			return false
		}
	}
	return loose(v.items) && (!v.extra.Is(spec.Object) || loose(v.extra))
}
