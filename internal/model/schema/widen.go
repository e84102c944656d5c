package schema

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// Widen returns a schema for the values of both x and y: one that lists the
// values or alternatives of both, or has the properties of both, of which those are
// required that both require. nil if they differ in anything else but in what is
// said of their use. made are the schemas that are new in it, the innermost first.
func (f *Facts) Widen(x, y *spec.Node) (wide *spec.Node, made []*spec.Node) {
	w := &widening{facts: f}
	wide = w.widened(x, y, OfUse)
	if wide == nil {
		return nil, nil
	}
	return wide, w.made
}

// A widening is one run of [Facts.Widen].
type widening struct {
	facts *Facts
	made  []*spec.Node
}

func (w *widening) widened(x, y *spec.Node, ignored func(string) bool) *spec.Node {
	f := w.facts
	if f.Number(x) == f.Number(y) {
		return x
	}
	if !x.Is(spec.Object) || !y.Is(spec.Object) || x.Has("$ref") || y.Has("$ref") {
		return nil
	}
	var members []spec.Member
	changed := false
	for _, m := range x.All() {
		other := y.Get(m.Name)
		wide := m.Value
		switch {
		case ignored(m.Name):
		case m.Name == "properties":
			wide = w.widenedProperties(m.Value, other)
		case m.Name == "items":
			wide = w.widened(m.Value, other, describes)
		case m.Name == "enum", m.Name == "anyOf", m.Name == "oneOf":
			wide = f.united(m.Value, other)
		case m.Name == "required" && x.Has("properties"):
			wide = intersected(m.Value, other)
		case f.Number(m.Value) != f.Number(other):
			return nil
		}
		if wide == nil {
			return nil
		}
		changed = changed || wide != m.Value
		members = append(members, spec.Member{Name: m.Name, Pos: m.Pos, Value: wide})
	}
	for _, m := range y.All() {
		if !ignored(m.Name) && !x.Has(m.Name) && m.Name != "required" {
			return nil
		}
	}
	if !changed {
		return x
	}
	wide := spec.NewObject(x.Pos(), members...)
	w.made = append(w.made, wide)
	f.stands[wide] = x
	if first := f.stands[x]; first != nil {
		f.stands[wide] = first
	}
	return wide
}

func (w *widening) widenedProperties(x, y *spec.Node) *spec.Node {
	if !x.Is(spec.Object) || !y.Is(spec.Object) {
		return nil
	}
	members := slices.Clone(x.All())
	changed := false
	for _, m := range y.All() {
		i := slices.IndexFunc(members, func(have spec.Member) bool { return have.Name == m.Name })
		if i < 0 {
			members = append(members, m)
			changed = true
			continue
		}
		wide := w.widened(members[i].Value, m.Value, describes)
		if wide == nil {
			return nil
		}
		changed = changed || wide != members[i].Value
		members[i].Value = wide
	}
	if !changed {
		return x
	}
	return spec.NewObject(x.Pos(), members...)
}

// StandsFor is the schema of the description that one which was made for the
// values of several is in the place of; nil if it is none of those.
func (f *Facts) StandsFor(n *spec.Node) *spec.Node { return f.stands[n] }

// united is a list of the elements of both x and y; nil if one is no list.
func (f *Facts) united(x, y *spec.Node) *spec.Node {
	if !x.Is(spec.Array) || !y.Is(spec.Array) {
		return nil
	}
	list := slices.Clone(x.Elements())
	for _, v := range y.Elements() {
		if !slices.ContainsFunc(list, func(w *spec.Node) bool { return f.Number(v) == f.Number(w) }) {
			list = append(list, v)
		}
	}
	if len(list) == x.Len() {
		return x
	}
	return spec.NewArray(x.Pos(), list...)
}

// intersected is a list of those elements of x that y has too.
func intersected(x, y *spec.Node) *spec.Node {
	list := slices.DeleteFunc(slices.Clone(x.Elements()), func(v *spec.Node) bool {
		return !slices.ContainsFunc(y.Elements(), func(w *spec.Node) bool { return v.Text() == w.Text() })
	})
	if len(list) == x.Len() {
		return x
	}
	return spec.NewArray(x.Pos(), list...)
}
