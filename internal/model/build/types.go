package build

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A typed is a type as a use of a schema sees it.
type typed struct {
	model.Type
	nullable bool
}

// typ returns the type of a schema. Schemas are told apart by their place in
// the description, so that the same schema is one Go type wherever it is used.
func (b *builder) typ(n *spec.Node, o origin) typed {
	n, o, nullable := b.identity(n, o)
	if n == nil {
		return typed{Type: model.Any}
	}
	if t, ok := b.types[n]; ok {
		return typed{t.Type, t.nullable || nullable}
	}
	if b.open[n] { // a schema that is a list or map of itself
		return typed{b.defined(n, o), nullable}
	}
	if t, ok := b.forming[n]; ok { // a list or map, met again inside a struct in it
		return typed{t.Type, t.nullable || nullable}
	}
	if as := b.equalTo(n, o); as != nil {
		t := b.same(n, as, o)
		return typed{t.Type, t.nullable || nullable}
	}
	b.open[n] = true
	t := b.classify(n, b.facts.View(n), o)
	delete(b.open, n)
	if d, ok := b.recursive[n]; ok { // found to contain itself on the way
		d.Under = t.Type
		t.Type = d
	}
	b.types[n] = t
	return typed{t.Type, t.nullable || nullable}
}

// identity is the schema that decides the type of n, and where the name of that
// is from: the component, if a reference leads to it, else o.
func (b *builder) identity(n *spec.Node, o origin) (*spec.Node, origin, bool) {
	end := b.facts.Identity(n)
	if end.Named != nil {
		o = b.component(end.Named)
	}
	return end.Node, o, end.Nullable
}

// defined declares the type of a schema that contains itself without a struct
// between.
func (b *builder) defined(n *spec.Node, o origin) *model.Defined {
	d, ok := b.recursive[n]
	if !ok {
		d = &model.Defined{}
		b.declare(d, n, o)
		b.recursive[n] = d
	}
	return d
}

// classify chooses the type of a schema that is met for the first time.
func (b *builder) classify(n *spec.Node, v *schema.View, o origin) typed {
	t := b.typeOf(n, v, o)
	return typed{t, v.AllowsNull()}
}

func (b *builder) typeOf(n *spec.Node, v *schema.View, o origin) model.Type {
	if alternatives := b.facts.Alternatives(v); len(alternatives) > 0 {
		return b.union(n, v, alternatives, o)
	}
	if v.Enum != nil {
		if t := b.enum(n, v, o); t != nil {
			return t
		}
	}
	if len(v.Kinds) > 1 && !(len(v.Kinds) == 2 && slices.Contains(v.Kinds, "integer") && slices.Contains(v.Kinds, "number")) {
		return b.ofKinds(n, v, o)
	}
	switch {
	case v.Is("object"):
		return b.object(n, v, o)
	case v.Is("array"):
		return b.list(n, v, o)
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
	case v.WriteOnly || v.Sensitive || v.Format == "password":
		return model.Secret
	case v.Format == "date-time":
		return model.Time
	case v.Format == "date":
		return model.Date
	case v.Format == "byte":
		return model.Bytes
	}
	return model.String
}

func (b *builder) list(n *spec.Node, v *schema.View, o origin) model.Type {
	if len(v.Prefix) > 0 {
		return b.tuple(n, v, o)
	}
	list := &model.List{Elem: model.Any}
	b.forming[n] = typed{list, v.Nullable}
	if v.Items != nil {
		list.Elem = elem(b.typ(v.Items, o.item()))
	}
	return list
}

// inside builds what is in a struct. A list or map that is met again there is no
// list of itself: the struct stands between.
func (b *builder) inside(build func()) {
	open := b.open
	b.open = map[*spec.Node]bool{}
	build()
	b.open = open
}

// elem is the type of an element of a list or map.
func elem(t typed) model.Type {
	if !t.nullable || t.Type == model.Any {
		return t.Type
	}
	switch model.Underlying(t.Type).(type) {
	case *model.Object, *model.Union:
		return &model.Ptr{Elem: t.Type}
	}
	if isScalar(t.Type) {
		return &model.Opt{Elem: t.Type}
	}
	return &model.Null{Elem: t.Type}
}

// isScalar reports whether a type is one of the few that every SDK shares, and
// that a generic type can hold at no further price.
func isScalar(t model.Type) bool {
	_, ok := t.(model.Scalar)
	return ok
}

func (b *builder) object(n *spec.Node, v *schema.View, o origin) model.Type {
	if len(v.Props) == 0 && !v.Closed {
		if v.Extra.Is(spec.Object) && v.Extra.Len() > 0 {
			values := &model.Map{Elem: model.Any}
			b.forming[n] = typed{values, v.Nullable}
			if values.Elem = elem(b.typ(v.Extra, o.item())); values.Elem != model.Any {
				return values
			}
		}
		return model.AnyObject
	}
	object := &model.Object{}
	b.declare(object, n, o)
	b.types[n] = typed{object, v.Nullable} // before its fields: a schema may lead back to itself
	b.inside(func() { b.fields(object, object, v, nil) })
	return object
}

// fields fills in the fields of an object, without those that skip refuses. What
// is declared in them is named after owner: the object, or the page that it is.
func (b *builder) fields(owner model.Decl, object *model.Object, v *schema.View, skip func(*schema.Prop, *schema.View) bool) {
	for _, p := range v.Props {
		pv := b.facts.PropView(p)
		if skip != nil && skip(p, pv) {
			continue
		}
		if b.forbidden(p) {
			continue
		}
		t := b.propType(p, pv, origin{parent: owner, text: p.Name})
		f := &model.Field{
			Name:       model.Name{Spec: p.Name},
			Pos:        p.Pos,
			Doc:        b.facts.FieldDoc(pv, p.Name),
			Deprecated: schema.Deprecation(pv.Deprecated),
			Type:       t.Type,
			ReadOnly:   pv.ReadOnly,
			WriteOnly:  pv.WriteOnly,
			XML:        b.facts.XMLTag(p.Name, pv),
			Facts:      b.saidOf(p.Nodes...),
		}
		b.place(f, v.Required[p.Name], t.nullable)
		object.Fields = append(object.Fields, f)
	}
	unnamed := slices.ContainsFunc(v.Props, func(p *schema.Prop) bool { return !model.Taggable(p.Name) })
	if v.Closed && !unnamed {
		return
	}
	object.Extra = &model.Field{Type: model.Any}
	if v.Extra.Is(spec.Object) && v.Extra.Len() > 0 && !unnamed { // which may be of other types
		object.Extra.Type = elem(b.typ(v.Extra, origin{parent: owner, text: "extra", raw: "*"}))
		object.Extra.Doc = "Extra has the members that no other field has."
	}
}

// forbidden reports whether a property is the schema false: it cannot be there.
func (b *builder) forbidden(p *schema.Prop) bool {
	return len(p.Nodes) == 1 && p.Nodes[0].False() && p.Nodes[0].Is(spec.Bool)
}

// propType is the type of a property, whose declarations may stand in several
// members of an allOf.
func (b *builder) propType(p *schema.Prop, v *schema.View, o origin) typed {
	for _, n := range p.Nodes {
		if b.facts.IsEmbedded(n) {
			return b.typ(n, o)
		}
	}
	if len(p.Nodes) > 1 {
		// All that only describes or loosely repeats the rest adds nothing to the type.
		rest := slices.DeleteFunc(slices.Clone(b.facts.Narrow(p.Nodes)), schema.OnlyAnnotates)
		if len(rest) > 1 {
			return b.merged(rest, v, o)
		}
		if len(rest) == 1 {
			t := b.typ(rest[0], o)
			return typed{t.Type, t.nullable || v.Nullable}
		}
	}
	t := b.typ(p.Nodes[0], o)
	if t.Type == model.String && (v.WriteOnly || v.Sensitive) {
		t.Type = model.Secret // the use says so, not the schema that it refers to
	}
	return t
}

// merged is the type of a value that several schemas describe. The same ones
// make the same type.
func (b *builder) merged(nodes []*spec.Node, v *schema.View, o origin) typed {
	n, isNew := b.facts.Joint(nodes)
	if isNew {
		b.types[n] = b.classify(n, v, o)
	}
	if t, ok := b.types[n]; ok {
		return t
	}
	return typed{b.defined(n, o), v.Nullable}
}

// place settles how a field holds its value.
func (b *builder) place(f *model.Field, required, nullable bool) {
	f.Presence = presenceOf(f.Type, required, nullable)
	if f.Presence == model.ThreeState {
		if _, object := model.Underlying(f.Type).(*model.Object); object {
			f.Type = &model.Ptr{Elem: f.Type}
		}
	}
}

// presenceOf decides how a field shows that its value may be absent or null.
// Fields that would make a struct contain itself become pointers later, when
// all types are known.
func presenceOf(t model.Type, required, nullable bool) model.Presence {
	switch t := t.(type) {
	case *model.Enum:
		switch {
		case nullable && hasZero(t):
			if required {
				return model.Nullable
			}
			return model.Optional
		case nullable || required:
		case hasZero(t):
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
		return presenceOf(t.Under, required, nullable)
	case *model.Alias:
		return presenceOf(t.Target, required, nullable)
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
	case isScalar(t) || !nullable:
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

// hasZero reports whether the zero of an enum's type is one of its values, so
// that it cannot stand for what is left out.
func hasZero(e *model.Enum) bool {
	return slices.ContainsFunc(e.Values, func(v *model.EnumValue) bool { return v.Value == "" || v.Value == "0" })
}
