package types

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// This file says what tells the variants of a union apart, for the SDK to choose
// by before it decodes anything. In this order: the kind of the JSON, the values of
// one member, the tag; the values of further members; the kinds of members; the
// members that must be there, and those that can be. Lists are told apart by what
// they hold.

// decide settles what tells the variants of a union apart.
func (r *Registry) decide(u *model.Union, alternatives []*spec.Node, v *schema.View, o Origin) {
	switch d := v.Discriminator; {
	case d != nil:
		r.mapped(u, d, v, nil, o)
	default:
		base := r.commonBase(alternatives)
		if base == nil {
			inferTag(u)
			break
		}
		d := base.Get("discriminator")
		var inherited []string
		if p := r.facts.View(base).Prop(d.Get("propertyName").Text()); p != nil {
			inherited = tagOf(p.Name, r.facts.PropView(p)).Values
		}
		r.mapped(u, d, v, inherited, o)
	}
	numbers := ofKind(u.Variants, model.KindNumber)
	for _, v := range numbers {
		v.Integer = len(numbers) > 1 && isInteger(v.Type)
	}
	if texts := ofKind(u.Variants, model.KindString); len(texts) > 1 {
		for _, v := range texts {
			if e, ok := v.Type.(*model.Enum); ok {
				for _, value := range e.Values {
					v.Values = append(v.Values, value.Value)
				}
			}
		}
	}
	r.decideLists(ofKind(u.Variants, model.KindArray))
	objects := ofKind(u.Variants, model.KindObject)
	r.decideLists(slices.DeleteFunc(slices.Clone(objects), func(v *model.Variant) bool {
		_, isMap := model.Underlying(v.Type).(*model.Map)
		return !isMap
	}))
	byMembers(slices.DeleteFunc(objects, func(v *model.Variant) bool { return decidedByTag(u, v) }), u.Tag)
}

func ofKind(variants []*model.Variant, kind model.JSONKind) []*model.Variant {
	var list []*model.Variant
	for _, v := range variants {
		if v.Kind == kind {
			list = append(list, v)
		}
	}
	return list
}

func isInteger(t model.Type) bool {
	switch t := model.Underlying(t).(type) {
	case model.Scalar:
		return t == model.Int32 || t == model.Int64 || t == model.Uint64
	case *model.Enum:
		return t.Base == model.Int64
	}
	return false
}

// decidedByTag reports whether the tag alone decides for a variant.
func decidedByTag(u *model.Union, v *model.Variant) bool {
	if len(v.Values) == 0 {
		return false
	}
	return !slices.ContainsFunc(u.Variants, func(w *model.Variant) bool { return w != v && w.Kind == v.Kind && overlap(v.Values, w.Values) })
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// decideLists notes what lists, or maps, hold where there are several.
func (r *Registry) decideLists(lists []*model.Variant) {
	if len(lists) < 2 {
		return
	}
	for _, v := range lists {
		elem := model.Elem(model.Underlying(v.Type))
		if elem == nil {
			continue // a tuple
		}
		if v.Item = jsonKind(elem); v.Item == model.KindObject && v.Kind == model.KindArray {
			if items := r.facts.View(r.variants[v]).Items; items != nil {
				r.describe(v, r.facts.View(items))
			}
		}
	}
	byMembers(slices.DeleteFunc(slices.Clone(lists), func(v *model.Variant) bool { return v.Item != model.KindObject || v.Kind != model.KindArray }), "")
}

// byMembers notes of variants that no tag decides for what in their members does:
// values that only one of them has, and kinds.
func byMembers(variants []*model.Variant, tag string) {
	for _, v := range variants {
		v.ByMembers = len(variants) > 1 || len(v.Values) == 0
		for _, t := range v.Tags {
			if t.Member == tag || len(t.Values) == 0 {
				continue
			}
			clash := func(w *model.Variant) bool { return w != v && overlap(t.Values, w.TagValues(t.Member)) }
			told := func(w *model.Variant) bool { return w != v && len(w.TagValues(t.Member)) > 0 }
			if slices.ContainsFunc(variants, told) && !slices.ContainsFunc(variants, clash) {
				v.Also = append(v.Also, t)
			}
		}
		for _, s := range v.Shapes {
			if slices.ContainsFunc(variants, func(w *model.Variant) bool {
				other := w.ShapeOf(s.Member)
				return w != v && other != model.KindAny && other != s.Kind
			}) {
				v.Kinds = append(v.Kinds, s)
			}
		}
	}
}

// commonBase is the schema with a discriminator that all alternatives extend; nil
// if there is none.
func (r *Registry) commonBase(alternatives []*spec.Node) *spec.Node {
	var base *spec.Node
	for _, a := range alternatives {
		found := r.baseOf(a, map[*spec.Node]bool{})
		if found == nil || base != nil && base != found {
			return nil
		}
		base = found
	}
	return base
}

// baseOf is the nearest schema with a discriminator that a schema extends.
func (r *Registry) baseOf(n *spec.Node, seen map[*spec.Node]bool) *spec.Node {
	n = r.facts.Identity(n).Node
	if n == nil || seen[n] {
		return nil
	}
	seen[n] = true
	for _, part := range n.Get("allOf").Elements() {
		target, err := r.doc.Deref(part)
		if err != nil {
			continue // it is reported where the type is made
		}
		if target.Get("discriminator").Get("propertyName").Text() != "" {
			return target
		}
		if base := r.baseOf(target, seen); base != nil {
			return base
		}
	}
	return nil
}

// inferTag finds the member that tells most object variants apart, if it tells any:
// of one that has values for a member of its own, the member decides. Where several
// tell as many, it is the one that comes first.
func inferTag(u *model.Union) {
	objects := ofKind(u.Variants, model.KindObject)
	if len(objects) < 2 {
		return
	}
	best := 0
	for _, v := range objects {
		for _, t := range v.Tags {
			if n := toldApart(objects, t.Member); n > best {
				u.Tag, best = t.Member, n
			}
		}
	}
	if u.Tag == "" {
		return
	}
	for _, v := range objects {
		v.Values = v.TagValues(u.Tag)
	}
}

// toldApart counts the variants that a member decides for. It is none if another
// can have any value there, unless those that list values have one each, which
// then means more than any.
func toldApart(objects []*model.Variant, member string) int {
	n, several, open := 0, false, false
	for _, v := range objects {
		values := v.TagValues(member)
		if len(values) == 0 {
			open = open || slices.Contains(v.Known, member)
			continue
		}
		several = several || len(values) > 1
		if !slices.ContainsFunc(objects, func(w *model.Variant) bool { return w != v && overlap(values, w.TagValues(member)) }) {
			n++
		}
	}
	if open && several {
		return 0
	}
	return n
}

// checkApart reports the variants that nothing in their JSON tells apart. The first
// that fits is taken then.
func (r *Registry) checkApart(u *model.Union, name string) {
	for i, v := range u.Variants {
		for _, w := range u.Variants[:i] {
			if ambiguous(u, v, w) {
				r.diags.Warningf(v.Pos, "union-ambiguous", "this alternative of %s is indistinguishable from the one at %s, which is always chosen; add a discriminator", name, w.Pos)
				return
			}
		}
	}
}

// ambiguous reports whether every value of one variant could be of the other too.
func ambiguous(u *model.Union, v, w *model.Variant) bool {
	if v.Kind != w.Kind || v.Integer != w.Integer {
		return false
	}
	switch v.Kind {
	case model.KindString:
		return len(v.Values)+len(w.Values) == 0 || overlap(v.Values, w.Values)
	case model.KindArray:
		if v.Item != w.Item || v.Item == model.KindObject && !sameMembers(v, w) {
			return false
		}
		return model.Elem(model.Underlying(v.Type)) != nil && model.Elem(model.Underlying(w.Type)) != nil
	case model.KindObject:
		if (len(v.Values) > 0 || len(w.Values) > 0) && !overlap(v.Values, w.Values) {
			return false
		}
		return v.Item == w.Item && sameMembers(v, w)
	}
	return true
}

// sameMembers reports whether two objects have members of the same names, kinds and
// values, and must have the same.
func sameMembers(v, w *model.Variant) bool {
	sorted := func(list []string) []string { return slices.Sorted(slices.Values(list)) }
	if !slices.Equal(sorted(v.Known), sorted(w.Known)) || !slices.Equal(sorted(v.Required), sorted(w.Required)) {
		return false
	}
	return len(v.Also)+len(w.Also)+len(v.Kinds)+len(w.Kinds) == 0
}
