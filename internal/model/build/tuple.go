package build

import (
	"fmt"
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// tuple is the type of an array whose elements have a schema each (JSON Schema
// 2020-12, prefixItems): a list where they are all alike, else a struct.
func (b *builder) tuple(n *spec.Node, v *schema.View, o origin) model.Type {
	if t := b.alike(v); t != nil {
		return &model.List{Elem: t}
	}
	if b.oneSchema(v) {
		list := &model.List{Elem: model.Any}
		b.forming[n] = typed{list, v.Nullable}
		list.Elem = elem(b.typ(v.Prefix[0], o.item()))
		return list
	}
	tuple := &model.Object{Tuple: true}
	b.declare(tuple, n, o)
	b.types[n] = typed{tuple, v.Nullable} // before its fields: a schema may lead back to itself
	b.inside(func() { b.elements(tuple, v) })
	return tuple
}

// alike is the one type of the elements of a tuple that are plain scalars, nil
// if there is more to them.
func (b *builder) alike(v *schema.View) model.Type {
	elements := v.Prefix
	if v.Items != nil && !v.Items.False() {
		elements = append(slices.Clone(elements), v.Items)
	}
	var all model.Type
	for _, n := range elements {
		ev := b.facts.View(n)
		var t model.Type
		switch {
		case ev.Nullable || ev.Enum != nil || len(b.facts.Alternatives(ev)) > 0:
			return nil
		case ev.Is("string"):
			t = stringType(ev)
		case ev.Is("integer"), ev.Is("number"):
			t = numberType(ev)
		case ev.Is("boolean"):
			t = model.Bool
		default:
			return nil
		}
		if all != nil && t != all {
			return nil
		}
		all = t
	}
	return all
}

// oneSchema reports whether all elements of a tuple refer to the same schema.
func (b *builder) oneSchema(v *schema.View) bool {
	first := b.facts.Identity(v.Prefix[0]).Node
	elements := v.Prefix
	if v.Items != nil && !v.Items.False() {
		elements = append(slices.Clone(elements), v.Items)
	}
	return first != nil && len(v.Prefix) > 1 && !slices.ContainsFunc(elements, func(n *spec.Node) bool {
		end := b.facts.Identity(n)
		return end.Node != first || end.Nullable
	})
}

var ordinals = [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

// elements fills in the fields of a tuple: called by their titles if all have
// one of their own, else by number. An element that need not be there shows
// whether it is.
func (b *builder) elements(tuple *model.Object, v *schema.View) {
	names := make([]string, len(v.Prefix))
	for i, n := range v.Prefix {
		title := b.facts.View(n).Title
		if title == "" || len(title) > 40 || slices.Contains(names[:i], title) {
			names = nil
			break
		}
		names[i] = title
	}
	required, _ := v.MinItems.Int()
	for i, n := range v.Prefix {
		name := fmt.Sprintf("element %d", i+1)
		switch {
		case names != nil:
			name = names[i]
		case i < len(ordinals):
			name = ordinals[i]
		}
		ev := b.facts.View(n)
		t := b.typ(n, origin{parent: tuple, text: name})
		f := &model.Field{Name: model.Name{Spec: name}, Pos: n.Pos(), Doc: b.facts.FieldDoc(ev, name), Deprecated: schema.Deprecation(ev.Deprecated), Type: t.Type, Facts: b.saidOf(n)}
		b.place(f, int64(i) < required, t.nullable)
		tuple.Fields = append(tuple.Fields, f)
	}
	most, limited := v.MaxItems.Int()
	if v.Items.False() || limited && most <= int64(len(v.Prefix)) {
		return
	}
	tuple.Extra = &model.Field{Type: model.Any, Doc: "Rest has the elements after these."}
	if v.Items.Is(spec.Object) && v.Items.Len() > 0 {
		tuple.Extra.Type = elem(b.typ(v.Items, origin{parent: tuple, text: "rest"}))
	}
}

// ofKinds is the type of a value of one of several kinds of JSON: a union of
// what the schema says of each. Kinds that none of its values has are none.
func (b *builder) ofKinds(n *spec.Node, v *schema.View, o origin) model.Type {
	var kinds []string
	var alternatives []*spec.Node
	for _, kind := range v.Kinds {
		only := []spec.Member{{Name: "type", Pos: n.Pos(), Value: spec.NewString(n.Pos(), kind)}}
		if v.Enum != nil {
			values := slices.DeleteFunc(slices.Clone(v.Enum), func(e *spec.Node) bool {
				return schema.KindOf(e) != kind && !(kind == "number" && schema.KindOf(e) == "integer")
			})
			if len(values) == 0 {
				continue
			}
			only = append(only, spec.Member{Name: "enum", Pos: n.Pos(), Value: spec.NewArray(n.Pos(), values...)})
		}
		kinds = append(kinds, kind)
		alternatives = append(alternatives, spec.NewAllOf(spec.NewObject(n.Pos(), only...), n))
	}
	switch len(kinds) {
	case 0:
		return model.Any
	case 1:
		return b.typ(alternatives[0], o).Type
	}
	u := &model.Union{}
	b.declare(u, n, o)
	b.types[n] = typed{u, v.Nullable} // before its variants: they may lead back to it
	for i, a := range alternatives {
		name := kinds[i]
		if name == "array" {
			name = "list"
		}
		b.inside(func() { b.variant(u, a, name) })
	}
	return u
}
