package schema

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// An allOf often has a part that all responses share and that declares their
// result loosely, as any object, list or text, beside the part that says what
// this one's is. Both hold, so the narrower one is the type.

// PropView merges the schemas of a property, of several the narrower ones.
func (f *Facts) PropView(p *Prop) *View { return f.View(f.Narrow(p.Nodes)...) }

// Narrow returns the schemas of a value without those that say nothing but its
// kind, if another one says more.
func (f *Facts) Narrow(nodes []*spec.Node) []*spec.Node {
	if len(nodes) < 2 {
		return nodes
	}
	tells := func(n *spec.Node) bool { return !OnlyAnnotates(n) && !f.isLoose(n, 0) }
	if !slices.ContainsFunc(nodes, tells) {
		return nodes
	}
	return slices.DeleteFunc(slices.Clone(nodes), func(n *spec.Node) bool { return !OnlyAnnotates(n) && !tells(n) })
}

// isLoose reports whether a schema tells of a value no more than which kinds of
// JSON it can be.
func (f *Facts) isLoose(n *spec.Node, depth int) bool {
	if depth > 4 {
		return false
	}
	v := f.View(n)
	if len(v.Props) > 0 || v.Enum != nil || v.Format != "" || v.pattern || v.Closed || len(v.Prefix) > 0 ||
		len(v.Kinds) == 1 && !v.Is("object") && !v.Is("array") && !v.Is("string") {
		return false
	}
	loose := func(n *spec.Node) bool { return n == nil || f.isLoose(n, depth+1) }
	for _, list := range v.OneOf {
		if slices.ContainsFunc(list, func(n *spec.Node) bool { return !loose(n) }) {
			return false
		}
	}
	return loose(v.Items) && (!v.Extra.Is(spec.Object) || loose(v.Extra))
}
