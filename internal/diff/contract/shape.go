package contract

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A shape is what a schema says of a value, with its references followed and
// its allOf merged.
type shape struct {
	node       *spec.Node // what the first reference leads to
	component  string     // its place, if it is one that has a name
	kinds      []string   // sorted; none: any
	nullable   bool
	format     string
	enum       []string // nil: any value
	limits     map[string]string
	properties []*property
	items      *spec.Node
	extra      *spec.Node
	variants   []*spec.Node
	required   []string
}

type property struct {
	name     string
	node     *spec.Node
	required bool
	readOnly bool
}

func (s *shape) property(name string) *property {
	i := slices.IndexFunc(s.properties, func(p *property) bool { return p.name == name })
	if i < 0 {
		return nil
	}
	return s.properties[i]
}

// String says what a value is: "an object {id, name}".
func (s *shape) String() string {
	if len(s.kinds) == 0 && len(s.variants) > 0 {
		return "one of several"
	}
	var words []string
	for _, kind := range s.kinds {
		switch kind {
		case "object":
			var names []string
			for _, p := range s.properties {
				names = append(names, p.name)
			}
			const few = 5
			if len(names) > few {
				names = append(names[:few], "…")
			}
			words = append(words, strings.TrimSpace("an object "+braces(strings.Join(names, ", "))))
		case "array":
			words = append(words, "a list")
		case "integer":
			words = append(words, "an integer")
		default:
			words = append(words, "a "+kind)
		}
	}
	switch {
	case len(words) == 0 && s.nullable:
		return "null"
	case len(words) == 0:
		return "anything"
	}
	return strings.Join(words, " or ")
}

func braces(text string) string {
	if text == "" {
		return ""
	}
	return "{" + text + "}"
}

// shape reads a schema; of an absent one it is that of any value.
func (s side) shape(n *spec.Node) *shape {
	is := &shape{limits: map[string]string{}}
	s.read(n, is, map[*spec.Node]bool{})
	for _, p := range is.properties {
		p.required = slices.Contains(is.required, p.name)
	}
	if is.node != nil && is.node != n {
		if at := s.doc.Pointer(is.node); strings.HasPrefix(at, "/components/schemas/") && strings.Count(at, "/") == 3 || strings.HasPrefix(at, "/definitions/") && strings.Count(at, "/") == 2 {
			is.component = "#" + at
		}
	}
	if len(is.kinds) == 0 && (len(is.properties) > 0) {
		is.kinds = []string{"object"}
	}
	if len(is.kinds) == 0 && is.items != nil {
		is.kinds = []string{"array"}
	}
	slices.Sort(is.kinds)
	return is
}

// read adds what a schema says to a shape.
func (s side) read(n *spec.Node, is *shape, seen map[*spec.Node]bool) {
	target := s.deref(n)
	if target == nil || seen[target] {
		return
	}
	seen[target] = true
	if is.node == nil {
		is.node = target
	}
	n = target
	types := []*spec.Node{n.Get("type")}
	if n.Get("type").Is(spec.Array) {
		types = n.Get("type").Elements()
	}
	for _, t := range types {
		switch kind := t.Text(); {
		case kind == "null":
			is.nullable = true
		case kind != "" && !slices.Contains(is.kinds, kind):
			is.kinds = append(is.kinds, kind)
		}
	}
	is.nullable = is.nullable || n.Get("nullable").True() || n.Get("x-nullable").True()
	if f := n.Get("format").Text(); f != "" {
		is.format = f
	}
	s.readEnum(n, is)
	for _, key := range limited {
		if v := n.Get(key); v.Text() != "" {
			is.limits[key] = v.Text()
		}
	}
	for name, p := range n.Get("properties").Members() {
		if is.property(name) == nil {
			is.properties = append(is.properties, &property{name: name, node: p, readOnly: p.Get("readOnly").True()})
		}
	}
	if items := n.Get("items"); items != nil {
		is.items = items
	}
	if extra := n.Get("additionalProperties"); extra.Is(spec.Object) && extra.Len() > 0 {
		is.extra = extra
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		for _, v := range n.Get(key).Elements() {
			if d := s.deref(v); d.Get("type").Text() == "null" {
				is.nullable = true
				continue
			}
			is.variants = append(is.variants, v)
		}
	}
	if len(is.variants) == 1 { // and null: the other is what it is
		only := is.variants[0]
		is.variants = nil
		s.read(only, is, seen)
	}
	s.joinValues(is)
	for _, part := range n.Get("allOf").Elements() {
		s.read(part, is, seen)
	}
	for _, name := range n.Get("required").Elements() {
		is.required = append(is.required, name.Text())
	}
}

// joinValues makes one enum of alternatives that are nothing but values: a oneOf
// of constants is how a list of values with a description each is written.
func (s side) joinValues(is *shape) {
	var enum, kinds []string
	for _, v := range is.variants {
		v = s.deref(v)
		of := &shape{}
		s.readEnum(v, of)
		if of.enum == nil {
			return
		}
		for _, key := range []string{"properties", "oneOf", "anyOf", "allOf"} {
			if v.Has(key) {
				return
			}
		}
		if kind := v.Get("type").Text(); kind != "" {
			of.kinds = []string{kind}
		}
		enum = append(enum, missing(of.enum, enum)...)
		kinds = append(kinds, missing(of.kinds, kinds)...)
	}
	if len(enum) > 0 {
		is.enum, is.variants = enum, nil
		is.kinds = append(is.kinds, missing(kinds, is.kinds)...)
	}
}

func (s side) readEnum(n *spec.Node, is *shape) {
	values := n.Get("enum").Elements()
	if v := n.Get("const"); v != nil {
		values = []*spec.Node{v}
	}
	if values == nil {
		return
	}
	is.enum = []string{}
	for _, v := range values {
		if v.Is(spec.Null) {
			is.nullable = true
			continue
		}
		if text := v.Text(); text != "" || v.Is(spec.String) {
			is.enum = append(is.enum, text)
		}
	}
}
