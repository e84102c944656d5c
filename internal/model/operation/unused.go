package operation

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// unusedSchemas finds the component schemas that nothing which is called or sent
// refers to, and makes types of them if the config asks for that.
func (rd *reader) unusedSchemas() {
	reached := map[*spec.Node]bool{}
	for _, op := range slices.Concat(rd.all, rd.left) {
		rd.reach(op.Node, reached)
		rd.reach(op.item.Get("parameters"), reached)
	}
	if rd.api.Webhooks != nil {
		for _, list := range []string{"webhooks", "x-webhooks"} {
			rd.reach(rd.doc.Root.Get(list), reached)
		}
	}
	for _, n := range rd.doc.Root.Get("components").Get("schemas").Members() {
		switch {
		case reached[n] || rd.types.Has(n):
		case rd.cfg.UnusedSchemas:
			rd.api.Spare = append(rd.api.Spare, rd.types.Type(n, rd.types.Component(n)).Type)
		default:
			rd.api.Unused++
		}
	}
}

// reach notes all schemas in what n has and refers to.
func (rd *reader) reach(n *spec.Node, reached map[*spec.Node]bool) {
	if n == nil || reached[n] || n.Len() == 0 {
		return
	}
	reached[n] = true
	if n.IsRef() {
		if to, err := rd.doc.Deref(n); err == nil {
			rd.reach(to, reached)
		}
		if to := rd.doc.Next(n); to != nil { // which may be another reference
			rd.reach(to, reached)
		}
	}
	for _, m := range n.All() {
		if m.Name == "mapping" {
			for _, entry := range m.Value.All() {
				if to, err := rd.doc.Lookup(entry.Value); err == nil {
					rd.reach(to, reached)
				}
			}
		}
		rd.reach(m.Value, reached)
	}
	for _, item := range n.Elements() {
		rd.reach(item, reached)
	}
}
