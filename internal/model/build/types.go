package build

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
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
	t := b.classify(n, b.view(n), o)
	delete(b.open, n)
	if d, ok := b.recursive[n]; ok { // found to contain itself on the way
		d.Under = t.Type
		t.Type = d
	}
	b.types[n] = t
	return typed{t.Type, t.nullable || nullable}
}

// identity follows references, and schemas that only wrap another one, to the
// schema that decides the type. The second result is how that is called: after
// the component, if a reference led to it.
func (b *builder) identity(n *spec.Node, o origin) (*spec.Node, origin, bool) {
	nullable := false
	seen := map[*spec.Node]bool{}
	for n != nil && !seen[n] {
		seen[n] = true
		if inner := b.embedded[n]; inner != nil {
			n = inner
			continue
		}
		next := wrapped(n)
		if next == nil {
			return n, o, nullable
		}
		nullable = nullable || saysNullable(n) || slices.ContainsFunc(n.Get("allOf").Elements(), saysNullable) || hasNull(n)
		if next != n {
			n = next
			continue
		}
		target, err := b.doc.Deref(n)
		if err != nil {
			b.diags.Add(degrade(err))
			b.degraded(n)
			return nil, o, true
		}
		n, o = target, b.component(target)
	}
	return n, o, nullable
}

// wrapped returns the schema that n stands for if n adds nothing to its type:
// n itself if it is a reference, the only member of its allOf, anyOf or oneOf;
// else nil.
func wrapped(n *spec.Node) *spec.Node {
	var inner *spec.Node
	for _, m := range n.All() {
		switch m.Name {
		case "$ref":
			if !m.Value.Is(spec.String) || inner != nil {
				return nil
			}
			inner = n
		case "allOf", "oneOf", "anyOf":
			members := slices.DeleteFunc(slices.Clone(m.Value.Elements()), func(n *spec.Node) bool {
				return isNull(n) && m.Name != "allOf" || m.Name == "allOf" && onlyAnnotates(n)
			})
			if len(members) != 1 || inner != nil {
				return nil
			}
			inner = members[0]
		case "type":
			// Beside a wrapper, a type only repeats what is inside.
		default:
			if !isAnnotation(m.Name) {
				return nil
			}
		}
	}
	return inner
}

// isNull reports whether an alternative allows null and nothing else, as one is
// meant to that says nothing but nullable (OpenAPI 3.0 has no type null).
func isNull(n *spec.Node) bool {
	t := n.Get("type")
	if t.Text() == "null" || t.Is(spec.Null) || n.Get("nullable").True() && onlyAnnotates(n) {
		return true
	}
	e := n.Get("enum")
	return e.Len() == 1 && e.At(0).Is(spec.Null) || n.Get("const").Is(spec.Null)
}

// saysNullable reports whether a schema has the keyword, or the older extension.
func saysNullable(n *spec.Node) bool { return n.Get("nullable").True() || n.Get("x-nullable").True() }

// hasNull reports whether a oneOf or anyOf has null among its members, or the
// type list beside it does.
func hasNull(n *spec.Node) bool {
	for _, k := range []string{"oneOf", "anyOf"} {
		if slices.ContainsFunc(n.Get(k).Elements(), isNull) {
			return true
		}
	}
	return slices.ContainsFunc(n.Get("type").Elements(), func(t *spec.Node) bool { return t.Text() == "null" })
}

func onlyAnnotates(n *spec.Node) bool {
	for _, m := range n.All() {
		if !isAnnotation(m.Name) {
			return false
		}
	}
	return n.Is(spec.Object)
}

// allowsAll reports whether a schema says nothing of the values that it allows.
func allowsAll(n *spec.Node) bool { return onlyAnnotates(n) || n.True() }

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

// allowsNull reports whether a value may be null, by a keyword or as one of those
// that are listed.
func (v *view) allowsNull() bool {
	return v.nullable || slices.ContainsFunc(v.enum, func(e *spec.Node) bool { return e.Is(spec.Null) })
}

// classify chooses the type of a schema that is met for the first time.
func (b *builder) classify(n *spec.Node, v *view, o origin) typed {
	t := b.typeOf(n, v, o)
	return typed{t, v.allowsNull()}
}

func (b *builder) typeOf(n *spec.Node, v *view, o origin) model.Type {
	if alternatives := b.alternatives(v); len(alternatives) > 0 {
		return b.union(n, v, alternatives, o)
	}
	if v.enum != nil {
		if t := b.enum(n, v, o); t != nil {
			return t
		}
	}
	if len(v.kinds) > 1 && !(len(v.kinds) == 2 && slices.Contains(v.kinds, "integer") && slices.Contains(v.kinds, "number")) {
		return b.ofKinds(n, v, o)
	}
	switch {
	case v.is("object"):
		return b.object(n, v, o)
	case v.is("array"):
		return b.list(n, v, o)
	case v.is("string"):
		return stringType(v)
	case v.is("integer"), v.is("number"), len(v.kinds) == 2 && slices.Contains(v.kinds, "integer") && slices.Contains(v.kinds, "number"):
		return numberType(v)
	case v.is("boolean"):
		return model.Bool
	}
	return model.Any
}

func stringType(v *view) model.Type {
	switch {
	case v.writeOnly || v.sensitive || v.format == "password":
		return model.Secret
	case v.format == "date-time":
		return model.Time
	case v.format == "date":
		return model.Date
	case v.format == "byte":
		return model.Bytes
	}
	return model.String
}

func (b *builder) list(n *spec.Node, v *view, o origin) model.Type {
	if len(v.prefix) > 0 {
		return b.tuple(n, v, o)
	}
	list := &model.List{Elem: model.Any}
	b.forming[n] = typed{list, v.nullable}
	if v.items != nil {
		list.Elem = elem(b.typ(v.items, o.item()))
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
	switch underlying(t.Type).(type) {
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

func (b *builder) object(n *spec.Node, v *view, o origin) model.Type {
	if len(v.props) == 0 && !v.closed {
		if v.extra.Is(spec.Object) && v.extra.Len() > 0 {
			values := &model.Map{Elem: model.Any}
			b.forming[n] = typed{values, v.nullable}
			if values.Elem = elem(b.typ(v.extra, o.item())); values.Elem != model.Any {
				return values
			}
		}
		return model.AnyObject
	}
	object := &model.Object{}
	b.declare(object, n, o)
	b.types[n] = typed{object, v.nullable} // before its fields: a schema may lead back to itself
	b.inside(func() { b.fields(object, object, v, nil) })
	return object
}

// fields fills in the fields of an object, without those that skip refuses. What
// is declared in them is named after owner: the object, or the page that it is.
func (b *builder) fields(owner model.Decl, object *model.Object, v *view, skip func(*prop, *view) bool) {
	for _, p := range v.props {
		pv := b.propView(p)
		if skip != nil && skip(p, pv) {
			continue
		}
		if b.forbidden(p) {
			continue
		}
		t := b.propType(p, pv, origin{parent: owner, text: p.name})
		f := &model.Field{
			Name:       model.Name{Spec: p.name},
			Pos:        p.pos,
			Doc:        b.fieldDoc(pv, p.name),
			Deprecated: deprecation(pv.deprecated),
			Type:       t.Type,
			ReadOnly:   pv.readOnly,
			WriteOnly:  pv.writeOnly,
			XML:        b.xmlTag(p.name, pv),
			Facts:      b.saidOf(p.nodes...),
		}
		b.place(f, v.required[p.name], t.nullable)
		object.Fields = append(object.Fields, f)
	}
	unnamed := slices.ContainsFunc(v.props, func(p *prop) bool { return !model.Taggable(p.name) })
	if v.closed && !unnamed {
		return
	}
	object.Extra = &model.Field{Type: model.Any}
	if v.extra.Is(spec.Object) && v.extra.Len() > 0 && !unnamed { // which may be of other types
		object.Extra.Type = elem(b.typ(v.extra, origin{parent: owner, text: "extra", raw: "*"}))
		object.Extra.Doc = "Extra has the members that no other field has."
	}
}

// forbidden reports whether a property is the schema false: it cannot be there.
func (b *builder) forbidden(p *prop) bool {
	return len(p.nodes) == 1 && p.nodes[0].False() && p.nodes[0].Is(spec.Bool)
}

// propType is the type of a property, whose declarations may stand in several
// members of an allOf.
func (b *builder) propType(p *prop, v *view, o origin) typed {
	for _, n := range p.nodes {
		if b.embedded[n] != nil {
			return b.typ(n, o)
		}
	}
	if len(p.nodes) > 1 {
		// All that only describes or loosely repeats the rest adds nothing to the type.
		rest := slices.DeleteFunc(slices.Clone(b.narrow(p.nodes)), onlyAnnotates)
		if len(rest) > 1 {
			return b.merged(rest, v, o)
		}
		if len(rest) == 1 {
			t := b.typ(rest[0], o)
			return typed{t.Type, t.nullable || v.nullable}
		}
	}
	t := b.typ(p.nodes[0], o)
	if t.Type == model.String && (v.writeOnly || v.sensitive) {
		t.Type = model.Secret // the use says so, not the schema that it refers to
	}
	return t
}

// merged is the type of a value that several schemas describe. The same ones
// make the same type.
func (b *builder) merged(nodes []*spec.Node, v *view, o origin) typed {
	var key strings.Builder
	for _, n := range nodes {
		n, _, _ := b.identity(n, o)
		fmt.Fprintf(&key, "%p ", n)
	}
	n, ok := b.merges[key.String()]
	if !ok {
		n = spec.NewObject(nodes[0].Pos())
		b.merges[key.String()] = n
		b.parts[n] = nodes
		b.types[n] = b.classify(n, v, o)
	}
	if t, ok := b.types[n]; ok {
		return t
	}
	return typed{b.defined(n, o), v.nullable}
}

// place settles how a field holds its value.
func (b *builder) place(f *model.Field, required, nullable bool) {
	f.Presence = presenceOf(f.Type, required, nullable)
	if f.Presence == model.ThreeState {
		if _, object := underlying(f.Type).(*model.Object); object {
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

// alternatives returns the members of the oneOf or anyOf of a schema that tell
// of different types; members that only say which properties must be there, or
// null, do not.
func (b *builder) alternatives(v *view) []*spec.Node {
	for _, list := range v.oneOf {
		var rest, open []*spec.Node
		for _, n := range list {
			switch {
			case isNull(n):
				v.nullable = true
			case !onlyRequires(n):
				rest = append(rest, n)
			case allowsAll(n):
				open = append(open, n)
			}
		}
		if len(rest) > 0 {
			return append(rest, open...) // anything at all is no less than one of the others
		}
	}
	return nil
}

func onlyRequires(n *spec.Node) bool {
	for _, m := range n.All() {
		if m.Name != "required" && m.Name != "not" && !isAnnotation(m.Name) {
			return false
		}
	}
	return n.Is(spec.Object) || n.Is(spec.Bool)
}
