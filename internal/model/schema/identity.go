package schema

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// An Identity is the schema that decides the type of another one.
type Identity struct {
	Node     *spec.Node // nil if a reference is unresolved
	Named    *spec.Node // what the last reference on the way led to; nil if there was none
	Nullable bool       // a schema on the way allows null
}

// Identity follows references, and schemas that only wrap another one, to the
// schema that decides the type.
func (f *Facts) Identity(n *spec.Node) Identity {
	end := Identity{Node: n}
	seen := map[*spec.Node]bool{}
	for end.Node != nil && !seen[end.Node] {
		n := end.Node
		seen[n] = true
		if inner := f.embedded[n]; inner != nil {
			end.Node = inner
			continue
		}
		next := wrapped(n)
		if next == nil {
			return end
		}
		end.Nullable = end.Nullable || SaysNullable(n) || slices.ContainsFunc(n.Get("allOf").Elements(), SaysNullable) || HasNull(n)
		if next != n {
			end.Node = next
			continue
		}
		target, err := f.doc.Deref(n)
		if err != nil {
			f.diags.Add(spec.Loosen(err))
			f.Degrade(n)
			return Identity{Named: end.Named, Nullable: true}
		}
		end.Node, end.Named = target, target
	}
	return end
}

// Embed notes that the values of a schema are texts with JSON in them, which
// another schema describes.
func (f *Facts) Embed(n, inner *spec.Node) { f.embedded[n] = inner }

// IsEmbedded reports whether another schema describes what is in the text of a
// value.
func (f *Facts) IsEmbedded(n *spec.Node) bool { return f.embedded[n] != nil }

// wrapped returns the schema that n stands for if n adds nothing to its type:
// n itself if it is a reference, the only member of its allOf, anyOf or oneOf;
// else nil.
func wrapped(n *spec.Node) *spec.Node {
	var inner *spec.Node
	for _, m := range n.All() {
		switch m.Name {
		case "$ref":
			if !m.Value.Is(spec.String) || inner != nil {
				return nil
			}
			inner = n
		case "allOf", "oneOf", "anyOf":
			members := slices.DeleteFunc(slices.Clone(m.Value.Elements()), func(n *spec.Node) bool {
				return IsNull(n) && m.Name != "allOf" || m.Name == "allOf" && OnlyAnnotates(n)
			})
			if len(members) != 1 || inner != nil {
				return nil
			}
			inner = members[0]
		case "type":
			// Beside a wrapper, a type only repeats what is inside.
		default:
			if !isAnnotation(m.Name) {
				return nil
			}
		}
	}
	return inner
}

// IsNull reports whether an alternative allows null and nothing else, as one is
// meant to that says nothing but nullable (OpenAPI 3.0 has no type null).
func IsNull(n *spec.Node) bool {
	t := n.Get("type")
	if t.Text() == "null" || t.Is(spec.Null) || n.Get("nullable").True() && OnlyAnnotates(n) {
		return true
	}
	e := n.Get("enum")
	return e.Len() == 1 && e.At(0).Is(spec.Null) || n.Get("const").Is(spec.Null)
}

// SaysNullable reports whether a schema has the keyword, or the older extension.
func SaysNullable(n *spec.Node) bool { return n.Get("nullable").True() || n.Get("x-nullable").True() }

// HasNull reports whether a oneOf or anyOf has null among its members, or the
// type list beside it does.
func HasNull(n *spec.Node) bool {
	for _, k := range []string{"oneOf", "anyOf"} {
		if slices.ContainsFunc(n.Get(k).Elements(), IsNull) {
			return true
		}
	}
	return slices.ContainsFunc(n.Get("type").Elements(), func(t *spec.Node) bool { return t.Text() == "null" })
}

// OnlyAnnotates reports whether a schema has no keyword that decides a type.
func OnlyAnnotates(n *spec.Node) bool {
	for _, m := range n.All() {
		if !isAnnotation(m.Name) {
			return false
		}
	}
	return n.Is(spec.Object)
}

// allowsAll reports whether a schema says nothing of the values that it allows.
func allowsAll(n *spec.Node) bool { return OnlyAnnotates(n) || n.True() }

// Deref follows a reference of anything but a schema. What leads nowhere is a
// warning, and then absent.
func (f *Facts) Deref(n *spec.Node) *spec.Node {
	target, err := f.doc.Deref(n)
	if err != nil {
		f.diags.Add(spec.Loosen(err))
		return nil
	}
	return target
}

// MustDeref is Deref for what an operation cannot do without: a method that sends
// no body, or is not there, is no honest one. What leads nowhere is an error.
func (f *Facts) MustDeref(n *spec.Node) *spec.Node {
	target, err := f.doc.Deref(n)
	if err != nil {
		f.diags.Add(err)
		return nil
	}
	return target
}
