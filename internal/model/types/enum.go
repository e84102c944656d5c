package types

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A value is one that an enum lists, with what the description says of it.
type value struct {
	node *spec.Node
	name string // empty if it has none of its own
	doc  string
}

// enum declares the type of a schema that lists its values. It returns nil for
// values that no constant can have: booleans, null, lists, a mixture.
func (r *Registry) enum(n *spec.Node, v *schema.View, o Origin) model.Type {
	values := make([]value, len(v.Enum))
	for i, e := range v.Enum {
		values[i].node = e
	}
	r.nameValues(n, values)
	return r.enumOf(n, v, values, o)
}

// LongestName is how long a title may be to name a value; what is longer tells
// of it.
const LongestName = 32

// constants declares the type of a schema whose alternatives are a value each,
// which is how JSON Schema gives the values of an enum names and descriptions.
func (r *Registry) constants(n *spec.Node, v *schema.View, alternatives []*spec.Node, o Origin) model.Type {
	var values []value
	for _, a := range alternatives {
		av := r.facts.View(a)
		if len(av.Enum) != 1 || len(av.Props) > 0 || len(av.OneOf) > 0 {
			return nil
		}
		if v.Enum != nil && !slices.ContainsFunc(v.Enum, func(e *spec.Node) bool { return e.Text() == av.Enum[0].Text() }) {
			continue // what lists them too does not have it
		}
		made := value{node: av.Enum[0], doc: av.Description}
		if len(av.Title) <= LongestName {
			made.name = av.Title
		}
		values = append(values, made)
	}
	if len(values) < 2 {
		return nil
	}
	return r.enumOf(n, v, values, o)
}

// text declares the type of a schema whose alternatives are texts, of which some
// list values: one enum of all of them, which takes any text as every enum does.
// It returns nil if there is more than texts, or no value.
func (r *Registry) text(n *spec.Node, v *schema.View, alternatives []*spec.Node, o Origin) model.Type {
	values, ok := r.texts(alternatives, map[*spec.Node]bool{})
	if !ok || len(values) == 0 || slices.ContainsFunc(values, func(e value) bool { return e.node.Text() == "" }) {
		return nil
	}
	return r.enumOf(n, v, values, o)
}

// texts returns the values that alternatives list. It returns false if one of them
// is no text.
func (r *Registry) texts(alternatives []*spec.Node, seen map[*spec.Node]bool) ([]value, bool) {
	var all []value
	for _, a := range alternatives {
		n := r.facts.Identity(a).Node
		if n == nil || seen[n] {
			return nil, false
		}
		seen[n] = true
		v := r.facts.View(a)
		if inner := r.facts.Alternatives(v); len(inner) > 0 {
			values, ok := r.texts(inner, seen)
			if !ok || len(v.Props) > 0 {
				return nil, false
			}
			all = append(all, values...)
			continue
		}
		if !v.Is("string") || v.Sensitive || v.Format == "password" || v.Format == "byte" {
			return nil, false
		}
		values := make([]value, len(v.Enum))
		for i, e := range v.Enum {
			values[i].node = e
		}
		r.nameValues(n, values)
		all = append(all, values...)
	}
	return all, true
}

// oneText makes one of the alternatives that are texts, so that a union has one
// variant for them.
func (r *Registry) oneText(n *spec.Node, alternatives []*spec.Node) []*spec.Node {
	isText := func(a *spec.Node) bool {
		_, ok := r.texts([]*spec.Node{a}, map[*spec.Node]bool{})
		return ok && !onlyEmpty(r.facts.View(a))
	}
	var texts, rest []*spec.Node
	at := 0
	for _, a := range alternatives {
		if !isText(a) {
			rest = append(rest, a)
			continue
		}
		if len(texts) == 0 {
			at = len(rest)
		}
		texts = append(texts, a)
	}
	if len(texts) < 2 || len(rest) == 0 {
		return alternatives
	}
	return slices.Insert(rest, at, spec.NewAnyOf(n.Pos(), texts...))
}

func (r *Registry) enumOf(n *spec.Node, v *schema.View, list []value, o Origin) model.Type {
	var values []value
	for _, e := range list {
		if e.node.Is(spec.Null) {
			continue
		}
		if !e.node.Is(spec.String) && !e.node.Is(spec.Number) && !e.node.Is(spec.Bool) {
			return nil
		}
		if !slices.ContainsFunc(values, func(x value) bool { return x.node.Text() == e.node.Text() }) {
			values = append(values, e)
		}
	}
	r.checkEnum(n, v, values)
	base, ok := enumBase(v, values)
	if !ok {
		return nil
	}
	enum := &model.Enum{Base: base}
	r.Declare(enum, n, o)
	for _, e := range values {
		text := e.node.Text()
		made := &model.EnumValue{Name: model.Name{Spec: text}, Value: text, Doc: strings.TrimSpace(e.doc)}
		if e.name != "" {
			made.Name.Spec = e.name
		}
		enum.Values = append(enum.Values, made)
	}
	return enum
}

// enumBase is the type of an enum's constants: what the schema declares, whatever
// the values look like, since the quotes of a value are easily forgotten in YAML.
// It returns false for values that no constant can have.
func enumBase(v *schema.View, values []value) (model.Scalar, bool) {
	all := func(fits func(text string) bool) bool {
		return !slices.ContainsFunc(values, func(e value) bool { return !fits(e.node.Text()) })
	}
	isInt := func(text string) bool { _, err := strconv.ParseInt(text, 10, 64); return err == nil }
	isFloat := func(text string) bool {
		f, err := strconv.ParseFloat(text, 64)
		return err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
	}
	kind := kindOfEnum(v, values)
	switch {
	case kind == "string":
		return model.String, true
	case (kind == "integer" || kind == "number") && all(isInt):
		return model.Int64, true
	case kind == "number" && len(values) == 1 && all(isFloat):
		return model.Float64, true
	}
	return 0, false
}

// kindOfEnum is the kind that a schema declares, else that of all its values, else
// "".
func kindOfEnum(v *schema.View, values []value) string {
	if len(v.Kinds) == 1 {
		return v.Kinds[0]
	}
	kind := ""
	for _, e := range values {
		if k := schema.KindOf(e.node); kind == "" || kind == k {
			kind = k
		} else {
			return ""
		}
	}
	if len(v.Kinds) > 0 && !slices.Contains(v.Kinds, kind) {
		return ""
	}
	return kind
}

// checkEnum reports an enum whose values are of another kind than its type.
func (r *Registry) checkEnum(n *spec.Node, v *schema.View, values []value) {
	for _, e := range values {
		kind := schema.KindOf(e.node)
		if len(v.Kinds) != 1 || v.Is(kind) || v.Is("number") && kind == "integer" {
			continue
		}
		r.diags.Warningf(n.Pos(), "enum-kind", "the type of this enum is %s, but its value %s is of type %s; it is sent and read as the type says", v.Kinds[0], e.node.Text(), kind)
		return
	}
}

// nameValues takes the names and descriptions of values from the extensions
// that generators have for them. They are lists in the order of the values, or
// objects by value.
func (r *Registry) nameValues(n *spec.Node, values []value) {
	for i := range values {
		v := &values[i]
		for _, extension := range []string{"x-enum-varnames", "x-enumNames", "x-enum-names", "x-speakeasy-enums"} {
			v.name = firstText(v.name, ofValue(n.Get(extension), i, v.node).Text())
		}
		for _, extension := range []string{"x-enum-descriptions", "x-enumDescriptions", "x-enum-description"} {
			v.doc = firstText(v.doc, ofValue(n.Get(extension), i, v.node).Text())
		}
		about := n.Get("x-fern-enum").Get(v.node.Text())
		for _, item := range n.Get("x-ms-enum").Get("values").Elements() {
			if item.Get("value").Text() == v.node.Text() {
				about = item
			}
		}
		v.name = firstText(v.name, about.Get("name").Text())
		v.doc = firstText(v.doc, about.Get("description").Text())
	}
}

// ofValue returns what an extension has for the value at an index.
func ofValue(extension *spec.Node, i int, value *spec.Node) *spec.Node {
	if extension.Is(spec.Array) {
		return extension.At(i)
	}
	return extension.Get(value.Text())
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return strings.TrimSpace(b)
}
