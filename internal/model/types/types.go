package types

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Typed is a type as a use of a schema sees it.
type Typed struct {
	model.Type
	Nullable bool
}

// Type returns the type of a schema. Schemas are told apart by their place in
// the description, so that the same schema is one Go type wherever it is used.
func (r *Registry) Type(n *spec.Node, o Origin) Typed {
	n, o, nullable := r.Identity(n, o)
	if n == nil {
		return Typed{Type: model.Any}
	}
	if t, ok := r.types[n]; ok {
		return Typed{t.Type, t.Nullable || nullable}
	}
	if r.open[n] { // a schema that is a list or map of itself
		return Typed{r.defined(n, o), nullable}
	}
	if t, ok := r.forming[n]; ok { // a list or map, met again inside a struct in it
		return Typed{t.Type, t.Nullable || nullable}
	}
	if as := r.equalTo(n, o); as != nil {
		t := r.same(n, as, o)
		return Typed{t.Type, t.Nullable || nullable}
	}
	r.open[n] = true
	t := r.classify(n, r.facts.View(n), o)
	delete(r.open, n)
	if d, ok := r.recursive[n]; ok { // found to contain itself on the way
		d.Under = t.Type
		t.Type = d
	}
	r.types[n] = t
	return Typed{t.Type, t.Nullable || nullable}
}

// Identity is the schema that decides the type of n, and where the name of that
// is from: the component, if a reference leads to it, else o.
func (r *Registry) Identity(n *spec.Node, o Origin) (*spec.Node, Origin, bool) {
	end := r.facts.Identity(n)
	if end.Named != nil {
		o = r.Component(end.Named)
	}
	return end.Node, o, end.Nullable
}

// defined declares the type of a schema that contains itself without a struct
// between.
func (r *Registry) defined(n *spec.Node, o Origin) *model.Defined {
	d, ok := r.recursive[n]
	if !ok {
		d = &model.Defined{}
		r.Declare(d, n, o)
		r.recursive[n] = d
	}
	return d
}

// classify chooses the type of a schema that is met for the first time.
func (r *Registry) classify(n *spec.Node, v *schema.View, o Origin) Typed {
	t := r.typeOf(n, v, o)
	return Typed{t, v.AllowsNull()}
}

func (r *Registry) typeOf(n *spec.Node, v *schema.View, o Origin) model.Type {
	if alternatives := r.facts.Alternatives(v); len(alternatives) > 0 {
		return r.union(n, v, alternatives, o)
	}
	if v.Enum != nil {
		if t := r.enum(n, v, o); t != nil {
			return t
		}
	}
	if len(v.Kinds) > 1 && !(len(v.Kinds) == 2 && slices.Contains(v.Kinds, "integer") && slices.Contains(v.Kinds, "number")) {
		return r.ofKinds(n, v, o)
	}
	switch {
	case v.Is("object"):
		return r.object(n, v, o)
	case v.Is("array"):
		return r.list(n, v, o)
	case v.Is("string"):
		return stringType(v)
	case v.Is("integer"), v.Is("number"), len(v.Kinds) == 2 && slices.Contains(v.Kinds, "integer") && slices.Contains(v.Kinds, "number"):
		return numberType(v)
	case v.Is("boolean"):
		return model.Bool
	}
	return model.Any
}

func stringType(v *schema.View) model.Type {
	switch {
	case v.Sensitive || v.Format == "password":
		return model.Secret
	case v.Format == "date-time":
		return model.Time
	case v.Format == "date":
		return model.Date
	case v.Format == "byte" && v.MayBeBase64():
		return model.Bytes
	}
	return model.String
}

func (r *Registry) list(n *spec.Node, v *schema.View, o Origin) model.Type {
	if len(v.Prefix) > 0 {
		return r.tuple(n, v, o)
	}
	list := &model.List{Elem: model.Any}
	r.forming[n] = Typed{list, v.Nullable}
	if v.Items != nil {
		list.Elem = Elem(r.Type(v.Items, o.item()))
	}
	return list
}

// Inside builds what is in a struct. A list or map that is met again there is no
// list of itself: the struct stands between.
func (r *Registry) Inside(build func()) {
	open := r.open
	r.open = map[*spec.Node]bool{}
	build()
	r.open = open
}

// Elem is the type of an element of a list or map.
func Elem(t Typed) model.Type {
	if !t.Nullable || t.Type == model.Any {
		return t.Type
	}
	switch model.Underlying(t.Type).(type) {
	case *model.Object, *model.Union:
		return &model.Ptr{Elem: t.Type}
	}
	if IsScalar(t.Type) {
		return &model.Opt{Elem: t.Type}
	}
	return &model.Null{Elem: t.Type}
}

// IsScalar reports whether a type is one of the few that every SDK shares, and
// that a generic type can hold at no further price.
func IsScalar(t model.Type) bool {
	_, ok := t.(model.Scalar)
	return ok
}

func (r *Registry) object(n *spec.Node, v *schema.View, o Origin) model.Type {
	if len(v.Props) == 0 && !v.Closed {
		if v.Extra.Is(spec.Object) && v.Extra.Len() > 0 {
			values := &model.Map{Elem: model.Any}
			r.forming[n] = Typed{values, v.Nullable}
			if values.Elem = Elem(r.Type(v.Extra, o.item())); values.Elem != model.Any {
				return values
			}
		}
		return model.AnyObject
	}
	object := &model.Object{}
	r.Declare(object, n, o)
	r.types[n] = Typed{object, v.Nullable} // before its fields: a schema may lead back to itself
	r.Inside(func() { r.Fields(object, object, v, nil) })
	return object
}

// Fields fills in the fields of an object, without those that skip refuses. What
// is declared in them is named after owner: the object, or the page that it is.
func (r *Registry) Fields(owner model.Decl, object *model.Object, v *schema.View, skip func(*schema.Prop, *schema.View) bool) {
	for _, p := range v.Props {
		pv := r.facts.PropView(p)
		if skip != nil && skip(p, pv) {
			continue
		}
		if r.forbidden(p) {
			continue
		}
		t := r.PropType(p, pv, Origin{Parent: owner, Text: p.Name})
		f := &model.Field{
			Name:       model.Name{Spec: p.Name},
			Pos:        p.Pos,
			Doc:        r.facts.FieldDoc(pv, p.Name),
			Deprecated: schema.Deprecation(pv.Deprecated, pv.Reason),
			Type:       t.Type,
			ReadOnly:   pv.ReadOnly,
			WriteOnly:  pv.WriteOnly,
			XML:        r.facts.XMLTag(p.Name, pv),
			Facts:      r.SaidOf(p.Nodes...),
		}
		for _, n := range p.Nodes {
			if f.Own == "" {
				f.Own = schema.OwnName(n, schema.Property)
			}
		}
		if only, ok := pv.OnlyValue(); ok && t.Type == model.Bool {
			f.OnlyTrue = only.True()
		}
		r.Place(f, v.Required[p.Name], t.Nullable)
		object.Fields = append(object.Fields, f)
	}
	unnamed := slices.ContainsFunc(v.Props, func(p *schema.Prop) bool { return !model.Taggable(p.Name) })
	if v.Closed && !unnamed {
		return
	}
	object.Extra = &model.Field{Type: model.Any}
	if v.Extra.Is(spec.Object) && v.Extra.Len() > 0 && !unnamed { // which may be of other types
		object.Extra.Type = Elem(r.Type(v.Extra, Origin{Parent: owner, Text: "extra", Raw: "*"}))
		object.Extra.Doc = "Extra has the members that no other field has."
	}
}

// forbidden reports whether a property is the schema false: it cannot be there.
func (r *Registry) forbidden(p *schema.Prop) bool {
	return len(p.Nodes) == 1 && p.Nodes[0].False() && p.Nodes[0].Is(spec.Bool)
}

// PropType is the type of a property, whose declarations may stand in several
// members of an allOf.
func (r *Registry) PropType(p *schema.Prop, v *schema.View, o Origin) Typed {
	for _, n := range p.Nodes {
		if r.facts.IsEmbedded(n) {
			return r.Type(n, o)
		}
	}
	if len(p.Nodes) > 1 {
		// All that only describes or loosely repeats the rest adds nothing to the type.
		rest := slices.DeleteFunc(slices.Clone(r.facts.Narrow(p.Nodes)), schema.OnlyAnnotates)
		if len(rest) > 1 {
			return r.merged(rest, v, o)
		}
		if len(rest) == 1 {
			t := r.Type(rest[0], o)
			return Typed{t.Type, t.Nullable || v.Nullable}
		}
	}
	t := r.Type(p.Nodes[0], o)
	if t.Type == model.String && (v.Sensitive || isCredential(p.Name, v.WriteOnly)) {
		t.Type = model.Secret // the use says so, not the schema that it refers to
	}
	return t
}

// merged is the type of a value that several schemas describe. The same ones
// make the same type.
func (r *Registry) merged(nodes []*spec.Node, v *schema.View, o Origin) Typed {
	n, isNew := r.facts.Joint(nodes)
	if isNew {
		r.types[n] = r.classify(n, v, o)
	}
	if t, ok := r.types[n]; ok {
		return t
	}
	return Typed{r.defined(n, o), v.Nullable}
}

// Place settles how a field holds its value.
func (r *Registry) Place(f *model.Field, required, nullable bool) {
	f.Presence = PresenceOf(f.Type, required, nullable)
	if f.Presence == model.ThreeState {
		if _, object := model.Underlying(f.Type).(*model.Object); object {
			f.Type = &model.Ptr{Elem: f.Type}
		}
	}
}

// PresenceOf decides how a field shows that its value may be absent or null.
// Fields that would make a struct contain itself become pointers later, when
// all types are known.
func PresenceOf(t model.Type, required, nullable bool) model.Presence {
	switch t := t.(type) {
	case *model.Enum:
		switch {
		case nullable && HasZero(t):
			if required {
				return model.Nullable
			}
			return model.Optional
		case nullable || required:
		case HasZero(t):
			return model.Pointer
		default:
			return model.OmitZero
		}
	case *model.List, *model.Map:
		if !nullable && !required {
			return model.OmitZero // nil is absent, empty is sent
		}
	case *model.Lines: // the zero is no body
		return model.Plain
	case *model.Union: // it has a zero of its own, and keeps a null like any value that fits no variant
		if required {
			return model.Plain
		}
		return model.OmitZero
	case *model.Defined:
		return PresenceOf(t.Under, required, nullable)
	case *model.Alias:
		return PresenceOf(t.Target, required, nullable)
	case *model.Object:
		if !nullable && !required {
			return model.Pointer
		}
	case model.Scalar:
		if t == model.Any { // its null is a value like any other
			nullable = false
		}
		switch t {
		case model.Reader, model.Empty: // nil is no body, false no text
			return model.Plain
		case model.Any, model.AnyObject, model.Bytes, model.File:
			if !nullable && !required {
				return model.OmitZero
			}
		}
	}
	switch {
	case !nullable && required:
		return model.Plain
	case IsScalar(t) || !nullable:
		if required {
			return model.Nullable
		}
		return model.Optional
	case !required:
		return model.ThreeState
	}
	if _, object := t.(*model.Object); object {
		return model.NullPointer
	}
	return model.TwoState
}

// HasZero reports whether the zero of an enum's type is one of its values, so
// that it cannot stand for what is left out.
func HasZero(e *model.Enum) bool {
	return slices.ContainsFunc(e.Values, func(v *model.EnumValue) bool { return v.Value == "" || v.Value == "0" })
}

// Has reports whether a schema was asked for and decides a type.
func (r *Registry) Has(n *spec.Node) bool {
	_, ok := r.types[n]
	return ok
}
