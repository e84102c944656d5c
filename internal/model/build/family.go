package build

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A family is a schema with a discriminator that lists no alternatives, and what
// extends it by allOf (OpenAPI 3, "Models with Polymorphism Support"). A value of
// the schema can be any of them, so it is a union as if they stood in its oneOf.
type family struct {
	members []*spec.Node // references to what extends the schema, in the order of the description, and itself alone
	alone   *spec.Node   // the schema without its discriminator, for values that are no other
}

// otherText is what the variant for the schema itself is called: a value of it
// that is none of the others.
const otherText = "other"

// familyOf returns the family of a schema, nil if it has none.
func (b *builder) familyOf(n *spec.Node) *family {
	d := n.Get("discriminator")
	if d.Get("propertyName").Text() == "" || n.Get("oneOf").Len()+n.Get("anyOf").Len() > 0 {
		return nil
	}
	if f, ok := b.families[n]; ok {
		return f
	}
	b.families[n] = nil
	var heirs []*spec.Node
	b.addHeirs(n, n, &heirs)
	for _, m := range d.Get("mapping").All() {
		if target, err := b.doc.Lookup(m.Value); err == nil { // else it is reported where it is read
			b.addHeir(n, target, &heirs)
		}
	}
	if len(heirs) == 0 {
		return nil
	}
	f := &family{alone: without(n, "discriminator")}
	for _, h := range heirs {
		f.members = append(f.members, b.doc.RefTo(h))
	}
	f.members = append(f.members, f.alone)
	b.families[n] = f
	return f
}

// familyValues returns the value of the discriminator that a member of a family
// says is its own, in the extension that AutoRest or go-swagger has for it; nil
// if it says none.
func (b *builder) familyValues(member *spec.Node) []string {
	n, err := b.doc.Deref(member)
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
func (b *builder) addHeirs(of, n *spec.Node, list *[]*spec.Node) {
	for _, c := range b.extensions()[n] {
		if b.addHeir(of, c, list) {
			b.addHeirs(of, c, list)
		}
	}
}

// addHeir adds a schema unless it is the one that it extends, or stands for it.
func (b *builder) addHeir(of, n *spec.Node, list *[]*spec.Node) bool {
	if end, _, _ := b.identity(n, origin{}); end == nil || end == of || slices.Contains(*list, n) {
		return false
	}
	*list = append(*list, n)
	return true
}

// extensions returns the components that have a schema in their allOf, by that
// schema.
func (b *builder) extensions() map[*spec.Node][]*spec.Node {
	if b.extending != nil {
		return b.extending
	}
	b.extending = map[*spec.Node][]*spec.Node{}
	for _, c := range b.doc.Root.Get("components").Get("schemas").Members() {
		for _, part := range c.Get("allOf").Elements() {
			if !part.Get("$ref").Is(spec.String) {
				continue
			}
			if base, err := b.doc.Deref(part); err == nil && !slices.Contains(b.extending[base], c) {
				b.extending[base] = append(b.extending[base], c)
			}
		}
	}
	return b.extending
}
