package types

import (
	"fmt"
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// tuple is the type of an array whose elements have a schema each (JSON Schema
// 2020-12, prefixItems): a list where they are all alike, else a struct.
func (r *Registry) tuple(n *spec.Node, v *schema.View, o Origin) model.Type {
	if t := r.alike(v); t != nil {
		return &model.List{Elem: t}
	}
	if r.oneSchema(v) {
		list := &model.List{Elem: model.Any}
		r.forming[n] = Typed{list, v.Nullable}
		list.Elem = Elem(r.Type(v.Prefix[0], o.item()))
		return list
	}
	tuple := &model.Object{Tuple: true}
	r.Declare(tuple, n, o)
	r.types[n] = Typed{tuple, v.Nullable} // before its fields: a schema may lead back to itself
	r.Inside(func() { r.elements(tuple, v) })
	return tuple
}

// alike is the one type of the elements of a tuple that are plain scalars, nil
// if there is more to them.
func (r *Registry) alike(v *schema.View) model.Type {
	elements := v.Prefix
	if v.Items != nil && !v.Items.False() {
		elements = append(slices.Clone(elements), v.Items)
	}
	var all model.Type
	for _, n := range elements {
		ev := r.facts.View(n)
		var t model.Type
		switch {
		case ev.Nullable || ev.Enum != nil || len(r.facts.Alternatives(ev)) > 0:
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
func (r *Registry) oneSchema(v *schema.View) bool {
	first := r.facts.Identity(v.Prefix[0]).Node
	elements := v.Prefix
	if v.Items != nil && !v.Items.False() {
		elements = append(slices.Clone(elements), v.Items)
	}
	return first != nil && len(v.Prefix) > 1 && !slices.ContainsFunc(elements, func(n *spec.Node) bool {
		end := r.facts.Identity(n)
		return end.Node != first || end.Nullable
	})
}

var ordinals = [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

// elements fills in the fields of a tuple: called by their titles if all have
// one of their own, else by number. An element that need not be there shows
// whether it is.
func (r *Registry) elements(tuple *model.Object, v *schema.View) {
	names := make([]string, len(v.Prefix))
	for i, n := range v.Prefix {
		title := r.facts.View(n).Title
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
		ev := r.facts.View(n)
		t := r.Type(n, Origin{Parent: tuple, Text: name})
		f := &model.Field{Name: model.Name{Spec: name}, Pos: n.Pos(), Doc: r.facts.FieldDoc(ev, name), Deprecated: schema.Deprecation(ev.Deprecated, ev.Reason), Type: t.Type, Facts: r.SaidOf(n)}
		r.Place(f, int64(i) < required, t.Nullable)
		tuple.Fields = append(tuple.Fields, f)
	}
	most, limited := v.MaxItems.Int()
	if v.Items.False() || limited && most <= int64(len(v.Prefix)) {
		return
	}
	tuple.Extra = &model.Field{Type: model.Any, Doc: "Rest has the elements after these."}
	if v.Items.Is(spec.Object) && v.Items.Len() > 0 {
		tuple.Extra.Type = Elem(r.Type(v.Items, Origin{Parent: tuple, Text: "rest"}))
	}
}

// ofKinds is the type of a value of one of several kinds of JSON: a union of
// what the schema says of each. Kinds that none of its values has are none.
func (r *Registry) ofKinds(n *spec.Node, v *schema.View, o Origin) model.Type {
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
		return r.Type(alternatives[0], o).Type
	}
	u := &model.Union{}
	r.Declare(u, n, o)
	r.types[n] = Typed{u, v.Nullable} // before its variants: they may lead back to it
	for i, a := range alternatives {
		name := kinds[i]
		if name == "array" {
			name = "list"
		}
		r.Inside(func() { r.variant(u, a, name) })
	}
	return u
}
