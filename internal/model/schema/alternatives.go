package schema

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// AllowsNull reports whether a value may be null, by a keyword or as one of those
// that are listed.
func (v *View) AllowsNull() bool {
	return v.Nullable || slices.ContainsFunc(v.Enum, func(e *spec.Node) bool { return e.Is(spec.Null) })
}

// Alternatives returns the members of the oneOf or anyOf of a schema that tell
// of different types; members that only say which properties must be there, or
// null, do not.
func (f *Facts) Alternatives(v *View) []*spec.Node {
	for _, list := range v.OneOf {
		var rest, open []*spec.Node
		for _, n := range list {
			switch {
			case IsNull(n):
				v.Nullable = true
			case !OnlyRequires(n):
				rest = append(rest, n)
			case allowsAll(n):
				open = append(open, n)
			}
		}
		if len(rest) > 0 {
			return append(rest, open...) // anything at all is no less than one of the others
		}
	}
	return nil
}

func OnlyRequires(n *spec.Node) bool {
	for _, m := range n.All() {
		if m.Name != "required" && m.Name != "not" && !isAnnotation(m.Name) {
			return false
		}
	}
	return n.Is(spec.Object) || n.Is(spec.Bool)
}

// WithBase gives every alternative what stands beside the oneOf. The base comes
// first and without its own alternatives, so that one which refers back to it
// does not meet them again. An alternative that adds nothing is the base alone.
func (f *Facts) WithBase(n *spec.Node, alternatives []*spec.Node) []*spec.Node {
	base := spec.NewAllOf(n)
	f.bases[base] = true
	list := make([]*spec.Node, len(alternatives))
	for i, a := range alternatives {
		list[i] = spec.NewAllOf(base, a)
		if allowsAll(a) {
			list[i] = without(n, "oneOf", "anyOf", "discriminator")
			f.bases[list[i]] = true // what it extends may have some too
		}
	}
	return list
}

// without returns a schema that says what n says but for some keywords, and that
// stands for no other.
func without(n *spec.Node, keywords ...string) *spec.Node {
	members := slices.DeleteFunc(slices.Clone(n.All()), func(m spec.Member) bool { return slices.Contains(keywords, m.Name) })
	rest := spec.NewObject(n.Pos(), members...)
	if wrapped(rest) != nil {
		rest = spec.NewObject(n.Pos(), append(members, spec.Member{Name: "properties", Pos: n.Pos(), Value: spec.NewObject(n.Pos())})...)
	}
	return rest
}
