package schema

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Family is a schema with a discriminator that lists no alternatives, and what
// extends it by allOf (OpenAPI 3, "Models with Polymorphism Support"). A value of
// the schema can be any of them, so it is a union as if they stood in its oneOf.
type Family struct {
	Members []*spec.Node // references to what extends the schema, in the order of the description, and itself alone
	Alone   *spec.Node   // the schema without its discriminator, for values that are no other
}

// OtherText is what the variant for the schema itself is called: a value of it
// that is none of the others.
const OtherText = "other"

// familyOf returns the family of a schema, nil if it has none.
func (f *Facts) familyOf(n *spec.Node) *Family {
	d := n.Get("discriminator")
	if d.Get("propertyName").Text() == "" || n.Get("oneOf").Len()+n.Get("anyOf").Len() > 0 {
		return nil
	}
	if known, ok := f.families[n]; ok {
		return known
	}
	f.families[n] = nil
	var heirs []*spec.Node
	f.addHeirs(n, n, &heirs)
	for _, m := range d.Get("mapping").All() {
		if target, err := f.doc.Lookup(m.Value); err == nil { // else it is reported where it is read
			f.addHeir(n, target, &heirs)
		}
	}
	if len(heirs) == 0 {
		return nil
	}
	all := &Family{Alone: without(n, "discriminator")}
	for _, h := range heirs {
		all.Members = append(all.Members, f.doc.RefTo(h))
	}
	all.Members = append(all.Members, all.Alone)
	f.families[n] = all
	return all
}

// FamilyValues returns the value of the discriminator that a member of a family
// says is its own, in the extension that AutoRest or go-swagger has for it; nil
// if it says none.
func (f *Facts) FamilyValues(member *spec.Node) []string {
	n, err := f.doc.Deref(member)
	if err != nil {
		return nil
	}
	for _, key := range []string{"x-ms-discriminator-value", "x-class"} {
		if text := n.Get(key).Text(); text != "" {
			return []string{text}
		}
	}
	return nil
}

// addHeirs adds the components that extend a schema, and those that extend them.
func (f *Facts) addHeirs(of, n *spec.Node, list *[]*spec.Node) {
	for _, c := range f.extensions()[n] {
		if f.addHeir(of, c, list) {
			f.addHeirs(of, c, list)
		}
	}
}

// addHeir adds a schema unless it is the one that it extends, or stands for it.
func (f *Facts) addHeir(of, n *spec.Node, list *[]*spec.Node) bool {
	if end := f.Identity(n).Node; end == nil || end == of || slices.Contains(*list, n) {
		return false
	}
	*list = append(*list, n)
	return true
}

// extensions returns the components that have a schema in their allOf, by that
// schema.
func (f *Facts) extensions() map[*spec.Node][]*spec.Node {
	if f.extending != nil {
		return f.extending
	}
	f.extending = map[*spec.Node][]*spec.Node{}
	for _, c := range f.doc.Root.Get("components").Get("schemas").Members() {
		for _, part := range c.Get("allOf").Elements() {
			if !part.Get("$ref").Is(spec.String) {
				continue
			}
			if base, err := f.doc.Deref(part); err == nil && !slices.Contains(f.extending[base], c) {
				f.extending[base] = append(f.extending[base], c)
			}
		}
	}
	return f.extending
}
