package build

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// unusedSchemas finds the component schemas that nothing which is called or sent
// refers to, and makes types of them if the config asks for that.
func (b *builder) unusedSchemas() {
	reached := map[*spec.Node]bool{}
	for _, op := range slices.Concat(b.all, b.left) {
		b.reach(op.node, reached)
		b.reach(op.item.Get("parameters"), reached)
	}
	if b.api.Webhooks != nil {
		for _, list := range []string{"webhooks", "x-webhooks"} {
			b.reach(b.doc.Root.Get(list), reached)
		}
	}
	for _, n := range b.doc.Root.Get("components").Get("schemas").Members() {
		switch {
		case reached[n] || b.types.Has(n):
		case b.cfg.UnusedSchemas:
			b.api.Spare = append(b.api.Spare, b.types.Type(n, b.types.Component(n)).Type)
		default:
			b.api.Unused++
		}
	}
}

// reach notes all schemas in what n has and refers to.
func (b *builder) reach(n *spec.Node, reached map[*spec.Node]bool) {
	if n == nil || reached[n] || n.Len() == 0 {
		return
	}
	reached[n] = true
	if n.IsRef() {
		if to, err := b.doc.Deref(n); err == nil {
			b.reach(to, reached)
		}
		if to := b.doc.Next(n); to != nil { // which may be another reference
			b.reach(to, reached)
		}
	}
	for _, m := range n.All() {
		if m.Name == "mapping" {
			for _, entry := range m.Value.All() {
				if to, err := b.doc.Lookup(entry.Value); err == nil {
					b.reach(to, reached)
				}
			}
		}
		b.reach(m.Value, reached)
	}
	for _, item := range n.Elements() {
		b.reach(item, reached)
	}
}
