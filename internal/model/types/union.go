package types

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// union is the type of a value that one of several schemas describes.
func (r *Registry) union(n *spec.Node, v *schema.View, alternatives []*spec.Node, o Origin) model.Type {
	whole := alternatives
	switch {
	case v.Family != nil: // what extends a schema has all that the schema has
	case len(v.Props) > 0:
		whole = r.facts.WithBase(n, alternatives)
	default:
		if t := r.constants(n, v, alternatives, o); t != nil {
			return t
		}
		if t := r.text(n, v, alternatives, o); t != nil {
			return t
		}
		if t := r.common(alternatives); t != nil {
			return t
		}
	}
	if len(whole) == len(alternatives) && len(v.Props) == 0 && v.Family == nil {
		alternatives = r.oneText(n, alternatives)
		whole = alternatives
	}
	u := &model.Union{}
	r.Declare(u, n, o)
	r.types[n] = Typed{u, v.Nullable} // before its variants: they may lead back to it
	taken := map[string]bool{}
	views := make([]*schema.View, len(alternatives))
	for i, a := range alternatives {
		views[i] = r.facts.View(a)
	}
	value := r.valueOrEmpty(u, views)
	for i, a := range alternatives {
		texts := r.variantTexts(a, views[i], o)
		switch {
		case v.Family != nil && a == v.Family.Alone:
			texts = []string{schema.OtherText}
		case views[i] == value:
			texts = []string{valueText}
		}
		text := texts[0]
		if free := slices.IndexFunc(texts, func(t string) bool { return !taken[t] }); free >= 0 {
			text = texts[free]
		}
		taken[text] = true
		r.Inside(func() { r.variant(u, whole[i], text) })
	}
	if slices.ContainsFunc(u.Variants, func(v *model.Variant) bool { return v.Kind == model.KindString && v.Type != model.Empty }) {
		u.Variants = slices.DeleteFunc(u.Variants, func(v *model.Variant) bool { return v.Type == model.Empty }) // the text can be empty
	}
	if len(u.Variants) == 0 {
		r.facts.Degrade(n)
		return model.Any
	}
	if only := r.onlyVariant(u, whole); only != nil {
		r.types[n] = Typed{only, v.Nullable}
		return only
	}
	r.decide(u, alternatives, v, o)
	r.checkApart(u, strconv.Quote(o.Text))
	return u
}

// onlyVariant is the type of a union with one variant, which is no union; nil if
// there are more, or if something else may be in its place.
func (r *Registry) onlyVariant(u *model.Union, alternatives []*spec.Node) model.Type {
	if len(u.Variants) != 1 || u.Variants[0].Type == model.Empty {
		return nil
	}
	only := u.Variants[0].Type
	for _, a := range alternatives {
		if t := r.Type(a, Origin{}).Type; !SameType(t, only) {
			return nil
		}
	}
	if walksTo(only, u, map[model.Decl]bool{}) {
		return nil
	}
	return only
}

// walksTo reports whether a type leads to a union.
func walksTo(t model.Type, u *model.Union, seen map[model.Decl]bool) bool {
	if inner := model.Elem(t); inner != nil {
		return walksTo(inner, u, seen)
	}
	d, ok := t.(model.Decl)
	if !ok || seen[d] {
		return false
	}
	seen[d] = true
	switch d := d.(type) {
	case *model.Object:
		for _, f := range d.Fields {
			if walksTo(f.Type, u, seen) {
				return true
			}
		}
		return d.Extra != nil && walksTo(d.Extra.Type, u, seen)
	case *model.Union:
		return d == u || slices.ContainsFunc(d.Variants, func(v *model.Variant) bool { return walksTo(v.Type, u, seen) })
	case *model.Defined:
		return walksTo(d.Under, u, seen)
	case *model.Alias:
		return walksTo(d.Target, u, seen)
	}
	return false
}

// Events is the union of the payloads of events, of which each has a name. What tells
// of one event only is called after the event, what several have after itself. The
// second result has the variant of each payload, nil for one without a type.
func (r *Registry) Events(n *spec.Node, payloads []*spec.Node, names []string, o Origin) (*model.Union, []*model.Variant) {
	u := &model.Union{}
	r.Declare(u, n, o)
	uses := map[*spec.Node]int{}
	for _, p := range payloads {
		end, _, _ := r.Identity(p, Origin{})
		uses[end]++
	}
	found := make([]*model.Variant, len(payloads))
	taken := map[string]bool{}
	for i, p := range payloads {
		text := names[i]
		if end, co, _ := r.Identity(p, Origin{}); uses[end] > 1 && co.Component {
			text = co.Text
		}
		for taken[ident.Exported(text)] && text != names[i] {
			text = names[i]
		}
		known := len(u.Variants)
		r.Inside(func() { r.variant(u, p, text) })
		if len(u.Variants) > known {
			taken[ident.Exported(text)] = true
		}
		t := r.Type(p, Origin{Parent: u, Text: text}).Type
		for _, v := range u.Variants {
			if SameType(v.Type, t) {
				found[i] = v
			}
		}
	}
	r.decide(u, payloads, r.facts.View(n), o)
	return u, found
}

// common is the one type that holds every alternative without loss: string for
// strings of every kind, the wider of two numbers. nil if there is none.
func (r *Registry) common(alternatives []*spec.Node) model.Type {
	var kinds []string
	var types []model.Type
	for _, n := range alternatives {
		v := r.facts.View(n)
		if v.Is("integer") || v.Is("number") {
			types = append(types, numberType(v))
		}
		if len(r.facts.Alternatives(v)) > 0 || len(v.Kinds) != 1 {
			return nil
		}
		if !slices.Contains(kinds, v.Kinds[0]) {
			kinds = append(kinds, v.Kinds[0])
		}
	}
	slices.Sort(kinds)
	switch strings.Join(kinds, " ") {
	case "string":
		return model.String
	case "integer", "number", "integer number":
		return widest(types)
	case "boolean":
		return model.Bool
	}
	return nil
}

// variant adds an alternative to a union. Alternatives that are one Go type are
// one variant.
func (r *Registry) variant(u *model.Union, n *spec.Node, text string) {
	v := r.facts.View(n)
	t := Typed{Type: model.Empty}
	if !onlyEmpty(v) {
		t = r.Type(n, Origin{Parent: u, Text: text})
	}
	if t.Type == model.Any {
		return // what no variant fits stays raw anyway
	}
	if inner, ok := model.Underlying(t.Type).(*model.Union); ok && leadsTo(inner, u, map[*model.Union]bool{}) {
		if inner != u {
			r.diags.Warningf(n.Pos(), "union-cycle", "this alternative is one of several of which another leads back here; it is left out, and what only it allows is kept as raw JSON")
		}
		return // or the SDK would never be done with choosing
	}
	for _, known := range u.Variants {
		if SameType(known.Type, t.Type) {
			return
		}
	}
	variant := &model.Variant{
		Name: model.Name{Spec: text},
		Type: t.Type, Kind: jsonKind(t.Type), Pos: n.Pos(),
		Presence: PresenceOf(t.Type, false, false),
	}
	if _, ok := t.Type.(*model.Union); ok {
		variant.Presence = model.Pointer
	}
	if variant.Kind == model.KindObject {
		r.describe(variant, v)
	}
	r.variants[variant] = n
	u.Variants = append(u.Variants, variant)
}

// valueText is what the variant beside an empty text is called.
const valueText = "value"

// valueOrEmpty returns the alternative that has only an empty text beside it, or
// once had as far as the lock knows; nil if there is none.
func (r *Registry) valueOrEmpty(u *model.Union, alternatives []*schema.View) *schema.View {
	rest := slices.DeleteFunc(slices.Clone(alternatives), onlyEmpty)
	if len(rest) == len(alternatives) || len(rest) == 0 {
		return nil
	}
	had := r.cfg.Lock.Find(lockfile.Member, r.PlaceOf(u)+"|"+valueText)
	if len(rest) > 1 && len(had) == 0 {
		return nil
	}
	return rest[0]
}

// onlyEmpty reports whether a schema allows nothing but the empty text, which is
// how APIs whose bodies are forms, where there is no null, let a value be unset.
func onlyEmpty(v *schema.View) bool {
	return len(v.Enum) == 1 && v.Enum[0].Is(spec.String) && v.Enum[0].Text() == ""
}

// leadsTo reports whether one union is another, or has it among its variants or
// theirs.
func leadsTo(from, to *model.Union, seen map[*model.Union]bool) bool {
	if from == to || seen[from] {
		return from == to
	}
	seen[from] = true
	return slices.ContainsFunc(from.Variants, func(v *model.Variant) bool {
		inner, ok := model.Underlying(v.Type).(*model.Union)
		return ok && leadsTo(inner, to, seen)
	})
}

// describe notes what tells an object from others: the members that it must
// have, those that it can have, and the one value that a member can have.
func (r *Registry) describe(variant *model.Variant, v *schema.View) {
	for _, p := range v.Props {
		variant.Known = append(variant.Known, p.Name)
		pv := r.facts.PropView(p)
		if v.Required[p.Name] && !pv.ReadOnly && !pv.WriteOnly { // those need not be there in both directions
			variant.Required = append(variant.Required, p.Name)
		}
		if len(r.facts.Alternatives(pv)) > 0 {
			continue
		}
		if kind := kindOfSchema(pv); kind != model.KindAny && !pv.AllowsNull() {
			variant.Shapes = append(variant.Shapes, model.Shape{Member: p.Name, Kind: kind})
		}
		if len(pv.Enum) > 0 {
			variant.Tags = append(variant.Tags, tagOf(p.Name, pv))
		}
	}
}

// kindOfSchema is the one kind of JSON that a schema allows.
func kindOfSchema(v *schema.View) model.JSONKind {
	if len(v.Kinds) != 1 {
		return model.KindAny
	}
	return map[string]model.JSONKind{
		"object": model.KindObject, "array": model.KindArray, "string": model.KindString,
		"integer": model.KindNumber, "number": model.KindNumber, "boolean": model.KindBool,
	}[v.Kinds[0]]
}

// tagOf is a member as a tag, with the values that its schema lists.
func tagOf(member string, v *schema.View) model.Tag {
	tag := model.Tag{Member: member}
	for _, e := range v.Enum {
		if e.Is(spec.String) || e.Is(spec.Number) || e.Is(spec.Bool) {
			tag.Values = append(tag.Values, e.Text())
		}
	}
	return tag
}

// variantTexts are what a variant may be called, the best first: its
// component's name, its title, the value of a member that has only one, what it
// is a list of, the members that it must have, the kind of its JSON.
func (r *Registry) variantTexts(n *spec.Node, v *schema.View, o Origin) []string {
	if onlyEmpty(v) {
		return []string{"empty"}
	}
	var texts []string
	if target, co, _ := r.Identity(n, o); target != nil && co.Component && co != o {
		texts = append(texts, co.Text)
	}
	if v.Title != "" && len(v.Title) < 60 {
		texts = append(texts, v.Title)
	}
	for _, name := range []string{"type", "kind", "object", "action", "event", "name"} {
		if p := v.Prop(name); p != nil {
			if pv := r.facts.PropView(p); len(pv.Enum) == 1 && pv.Enum[0].Is(spec.String) {
				texts = append(texts, pv.Enum[0].Text())
			}
		}
	}
	switch {
	case v.Is("array"):
		if v.Items != nil {
			if target, io, _ := r.Identity(v.Items, Origin{}); target != nil && io.Component {
				texts = append(texts, io.Text+" list")
			} else if iv := r.facts.View(v.Items); len(iv.Kinds) == 1 {
				texts = append(texts, iv.Kinds[0]+" list")
			}
		}
		texts = append(texts, "list")
	case v.Is("object"):
		for _, p := range v.Props {
			if v.Required[p.Name] {
				texts = append(texts, p.Name)
			}
		}
		for _, p := range v.Props {
			texts = append(texts, "with "+p.Name)
		}
	case v.Is("string") && v.Enum != nil:
		texts = append(texts, "enum")
	}
	if len(v.Kinds) == 1 {
		texts = append(texts, v.Kinds[0])
	}
	return append(texts, "value")
}

// SameType reports whether two types are written alike.
func SameType(a, b model.Type) bool {
	inner := model.Elem(a)
	if inner == nil || reflect.TypeOf(a) != reflect.TypeOf(b) {
		return a == b
	}
	return SameType(inner, model.Elem(b))
}

// jsonKind is the kind of JSON that a type is written as.
func jsonKind(t model.Type) model.JSONKind {
	switch t := t.(type) {
	case *model.List:
		return model.KindArray
	case *model.Object:
		if t.Tuple {
			return model.KindArray
		}
		return model.KindObject
	case *model.Map:
		return model.KindObject
	case *model.Enum:
		return jsonKind(t.Base)
	case *model.Alias:
		return jsonKind(t.Target)
	case *model.Defined:
		if t.Under != nil {
			return jsonKind(t.Under)
		}
	case *model.Union:
		kind := model.KindAny
		for i, v := range t.Variants {
			if i > 0 && v.Kind != kind {
				return model.KindAny
			}
			kind = v.Kind
		}
		return kind
	case model.Scalar:
		switch t {
		case model.AnyObject:
			return model.KindObject
		case model.String, model.Time, model.Date, model.Bytes, model.Secret, model.Empty:
			return model.KindString
		case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Number:
			return model.KindNumber
		case model.Bool, model.True:
			return model.KindBool
		}
	}
	return model.KindAny
}

// mapped takes the tag of a union from its discriminator (OpenAPI 3,
// Discriminator Object): the values that its mapping gives a variant, else the
// values that the variant allows, else the name of its schema. In a family the
// values that all inherit say nothing.
func (r *Registry) mapped(u *model.Union, d *spec.Node, of *schema.View, inherited []string, o Origin) {
	u.Tag = d.Get("propertyName").Text()
	if u.Tag == "" {
		r.diags.Warningf(d.Pos(), "discriminator", "the discriminator has no propertyName; variants are told apart by their members")
		inferTag(u)
		return
	}
	mapping := map[model.Type][]string{}
	for _, m := range d.Get("mapping").All() {
		target, err := r.doc.Lookup(m.Value)
		if err != nil {
			r.diags.Add(spec.Loosen(err))
			continue
		}
		// The value may lead to a schema that is only reached through here.
		if n, o, _ := r.Identity(target, r.Component(target)); n != nil {
			t := r.Type(n, o).Type
			mapping[t] = append(mapping[t], m.Name)
		}
	}
	if of.Family != nil {
		for _, m := range of.Family.Members {
			if t := r.Type(m, o).Type; mapping[t] == nil {
				mapping[t] = r.facts.FamilyValues(m)
			}
		}
	}
	var usual model.Type
	if m := d.Get("defaultMapping"); m != nil { // OpenAPI 3.2
		if target, err := r.doc.Lookup(m); err != nil {
			r.diags.Add(spec.Loosen(err))
		} else if n, o, _ := r.Identity(target, r.Component(target)); n != nil {
			usual = r.Type(n, o).Type
		}
	}
	if other := u.Variants[len(u.Variants)-1]; of.Family != nil && other.Name.Spec == schema.OtherText {
		inherited, u.Default = other.TagValues(u.Tag), other
		if other.Values = append(mapping[u], mapping[other.Type]...); other.Values == nil {
			other.Values = []string{o.Text}
		}
	}
	for _, v := range u.Variants {
		if v.Type == usual {
			u.Default = v
		}
		switch own := v.TagValues(u.Tag); {
		case v.Values != nil:
		case len(mapping[v.Type]) > 0:
			v.Values = mapping[v.Type]
		case own != nil && !slices.Equal(own, inherited):
			v.Values = own
		case v.Kind == model.KindObject:
			v.Values = []string{v.Name.Spec}
		}
	}
}
