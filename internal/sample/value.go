// Package sample makes values that schemas allow: what a generated test sends,
// and what the tests' own server answers. It knows JSON Schema as kin-openapi
// reads it, and nothing of operations or of Go.
package sample

import (
	"encoding/json"
	"maps"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Amount says how much of what a schema allows a value has.
type Amount int

const (
	Minimal Amount = iota // only what is required
	Full                  // every member, an item for each variant
)

// Direction says which way a value goes: readOnly members are in responses
// only, writeOnly ones in requests only.
type Direction int

const (
	Request Direction = iota
	Response
)

// A Maker makes values that schemas allow. It keeps to type, format, enum,
// const, bounds, lengths, patterns that RE2 knows, required members, allOf, one
// variant of oneOf and anyOf, and discriminators; of not, if, contains and
// their like it knows nothing. The same schema gives the same value.
type Maker struct {
	Amount    Amount
	Direction Direction
	// Schemas are the components that a discriminator may name.
	Schemas openapi3.Schemas
	// Examples takes the examples of scalars and of lists of them, where their
	// schema allows them.
	Examples bool
	// Loose makes a value of a schema whose parts exclude each other too: of two
	// parts that do the later one counts, which mostly is the one that says more.
	Loose bool
}

// Value returns a value that a schema allows, as [encoding/json] would decode
// it, but with an int64 for an integer. It returns false if the schema allows
// none, or none that ends. A schema that contains itself is written out in full
// once and from then on with what is required only, so that the value is about
// as large as the description of it.
func (m *Maker) Value(schema *openapi3.SchemaRef) (any, bool) {
	run := maker{Maker: m, open: map[*openapi3.Schema]int{}, full: map[*openapi3.Schema]bool{}}
	return run.value(schema, "")
}

// A maker is a Maker at work on one value.
type maker struct {
	*Maker
	open map[*openapi3.Schema]int  // the schemas that it is in
	full map[*openapi3.Schema]bool // those that were written out in full

	inner  bool // the next array is an item of one
	second bool // it makes what another could not
}

// value makes a value; hint is what a string says that may say anything: the
// name of the member, "" for what is none.
func (m *maker) value(ref *openapi3.SchemaRef, hint string) (any, bool) {
	if ref == nil || ref.Value == nil {
		return map[string]any{}, true
	}
	s := ref.Value
	if s.Always != nil && !*s.Always || m.open[s] > 1 {
		return nil, false
	}
	m.open[s]++
	defer func() { m.open[s]-- }()

	if child := m.child(ref); child != nil {
		return m.value(child, hint)
	}
	ways := variants(s)
	if len(ways) == 0 {
		return m.one(m.merged(ref, nil), s, hint)
	}
	var first any
	found := false
	for _, way := range ways {
		made, ok := m.one(m.merged(ref, way), s, hint)
		if !ok {
			continue
		}
		if !found {
			first, found = made, true
		}
		if m.fits(s, made) {
			return made, true
		}
	}
	if found && !m.second {
		// With so little in it, or so much, a value may be of more than one variant.
		amount := Full
		if m.Amount == Full {
			amount = Minimal
		}
		other := maker{Maker: &Maker{amount, m.Direction, m.Schemas, m.Examples, m.Loose}, open: maps.Clone(m.open), full: map[*openapi3.Schema]bool{}, second: true}
		other.open[s]--
		if made, ok := other.value(ref, hint); ok && m.fits(s, made) {
			return made, true
		}
	}
	return first, found
}

// fits reports whether a value is of one variant only, where that matters.
func (m *maker) fits(s *openapi3.Schema, v any) bool {
	direction := openapi3.VisitAsRequest()
	if m.Direction == Response {
		direction = openapi3.VisitAsResponse()
	}
	return len(s.OneOf)+len(s.AnyOf) == 0 || Allows(&openapi3.SchemaRef{Value: s}, v, direction)
}

// variants returns the ways to choose from oneOf and anyOf. Each is a list,
// since a schema may have both, and then one of each applies.
func variants(s *openapi3.Schema) [][]choice {
	one, other := choices(s.OneOf, s.Discriminator), choices(s.AnyOf, s.Discriminator)
	var ways [][]choice
	for i := range max(len(one), len(other)) {
		var way []choice
		for _, list := range [][]choice{one, other} {
			if len(list) > 0 {
				way = append(way, list[min(i, len(list)-1)])
			}
		}
		ways = append(ways, way)
	}
	return ways
}

// choices returns the variants of a list that are not just null, or all of them
// if no other is there.
func choices(list openapi3.SchemaRefs, d *openapi3.Discriminator) []choice {
	var out []choice
	for _, v := range notNull(list) {
		if v.Value != nil {
			out = append(out, choice{v, d})
		}
	}
	return out
}

// A choice is a variant, and what tells it from the others.
type choice struct {
	ref  *openapi3.SchemaRef
	disc *openapi3.Discriminator
}

// child returns a schema that extends ref by allOf, if ref has a discriminator
// whose mapping names some, because it is then hardly meant to be used itself.
func (m *maker) child(ref *openapi3.SchemaRef) *openapi3.SchemaRef {
	disc := ref.Value.Discriminator
	if disc == nil || len(ref.Value.OneOf)+len(ref.Value.AnyOf) > 0 {
		return nil
	}
	for _, value := range slices.Sorted(maps.Keys(disc.Mapping)) {
		name := componentOf(disc.Mapping[value].Ref)
		child := m.Schemas[name]
		if child == nil || child.Value == nil || child.Value == ref.Value || m.open[child.Value] > 0 {
			continue
		}
		for _, base := range child.Value.AllOf {
			if base.Value == ref.Value {
				return &openapi3.SchemaRef{Ref: "#/components/schemas/" + name, Value: child.Value}
			}
		}
	}
	return nil
}

// notNull returns the variants that are not just null, unless all are.
func notNull(list openapi3.SchemaRefs) openapi3.SchemaRefs {
	rest := slices.DeleteFunc(slices.Clone(list), func(v *openapi3.SchemaRef) bool { return v.Value == nil || v.Value.Type.Is("null") })
	if len(rest) == 0 {
		return list
	}
	return rest
}

// componentOf returns the name of the schema that a reference or the value of a
// mapping leads to.
func componentOf(ref string) string {
	name := path.Base(ref)
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
}

// one makes a value of a merged schema, which was merged for the schema at.
func (m *maker) one(s, at *openapi3.Schema, hint string) (any, bool) {
	if v, ok := m.example(s); ok {
		return v, true
	}
	if s.Const != nil {
		return s.Const, true
	}
	if len(s.Enum) > 0 {
		for _, v := range s.Enum {
			if v != nil && typed(s.Type, v) {
				return v, true
			}
		}
		for _, v := range s.Enum {
			if v != nil {
				return v, true
			}
		}
		return nil, true // only null is left
	}
	switch kindOf(s) {
	case "object":
		return m.object(s, at)
	case "array":
		return m.array(s, hint)
	case "string":
		return text(s, hint)
	case "integer", "number":
		return number(s, kindOf(s) == "integer", m.Amount)
	case "boolean":
		return true, true
	case "null":
		return nil, true
	case "none":
		return nil, false
	}
	if hint == "" {
		return map[string]any{}, true // anything goes
	}
	return hint, true // a form has a way to write it, and none for an object without members
}

// example returns the example of a scalar or a list of them, if it has one that
// it allows.
func (m *maker) example(s *openapi3.Schema) (any, bool) {
	if !m.Examples || s.Const != nil {
		return nil, false
	}
	for _, v := range append([]any{s.Example}, s.Examples...) {
		switch x := v.(type) {
		case nil, map[string]any:
			continue
		case string:
			if x == "" {
				continue
			}
		case []any:
			if len(x) == 0 || slices.ContainsFunc(x, isContainer) {
				continue
			}
		}
		if kind := kindOf(s); kind != "" && Allows(&openapi3.SchemaRef{Value: s}, v) && inFormat(s, v) && typed(&openapi3.Types{kind}, v) {
			return v, true
		}
	}
	return nil, false
}

func isContainer(v any) bool {
	switch v.(type) {
	case nil, map[string]any, []any:
		return true
	}
	return false
}

// typed reports whether a value of an enum is of the type that it should be.
func typed(types *openapi3.Types, v any) bool {
	if types == nil {
		return true
	}
	switch v.(type) {
	case string:
		return types.Includes("string")
	case bool:
		return types.Includes("boolean")
	case float64, json.Number, int64, int:
		return types.Includes("number") || types.Includes("integer")
	case []any:
		return types.Includes("array")
	case map[string]any:
		return types.Includes("object")
	}
	return false
}

// kindOf returns the type that a value will have: the first that is declared
// and not null, else what the other members speak of. It is "none" if the
// parts of a schema exclude each other, and empty if anything goes.
func kindOf(s *openapi3.Schema) string {
	if s.Type != nil {
		for _, t := range *s.Type {
			if t != "null" {
				return t
			}
		}
		if len(*s.Type) == 0 {
			return "none"
		}
		return "null"
	}
	low, hasLow := lowest(s)
	_, hasHigh := highest(s)
	switch {
	case len(s.Properties) > 0, len(s.Required) > 0, s.AdditionalProperties.Schema != nil, s.AdditionalProperties.Has != nil,
		len(s.PatternProperties) > 0, s.MinProps > 0:
		return "object"
	case s.Items != nil, len(s.PrefixItems) > 0, s.MinItems > 0:
		return "array"
	case s.Pattern != "", s.Format != "" && !slices.Contains([]string{"int32", "int64", "float", "double"}, s.Format), s.MinLength > 0, s.MaxLength != nil:
		return "string"
	case hasLow && low == math.Trunc(low), s.Format == "int32", s.Format == "int64":
		return "integer"
	case hasHigh, s.MultipleOf != nil, s.Format != "":
		return "number"
	}
	return ""
}
