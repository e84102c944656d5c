package sample

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// merged returns one schema that says what ref, all that it is made of, and the
// choice say.
func (m *maker) merged(ref *openapi3.SchemaRef, chosen []choice) *openapi3.Schema {
	j := joint{&openapi3.Schema{}, map[*openapi3.Schema]bool{}, m.Loose}
	j.add(ref, "")
	for _, c := range chosen {
		j.choose(c)
	}
	return j.all
}

// A joint is a schema that is put together from others.
type joint struct {
	all   *openapi3.Schema
	seen  map[*openapi3.Schema]bool
	loose bool
}

// add adds what ref says, and the parts of its allOf. The name is that of the
// component that ref is a part of, if there is one.
func (j *joint) add(ref *openapi3.SchemaRef, name string) {
	s := ref.Value
	if s == nil || j.seen[s] {
		return
	}
	j.seen[s] = true
	if name == "" && ref.Ref != "" {
		name = componentOf(ref.Ref)
	}
	for _, part := range s.AllOf {
		j.add(part, name)
		j.chooseFirst(part, s)
	}
	merge(j.all, s, j.loose)
	if d := s.Discriminator; d != nil && name != "" && len(s.OneOf)+len(s.AnyOf) == 0 {
		j.name(d, name)
	}
}

// choose adds a variant, and the first of those that it leaves a choice of.
func (j *joint) choose(c choice) {
	if j.seen[c.ref.Value] {
		return
	}
	j.add(c.ref, "")
	if c.disc != nil && c.ref.Ref != "" {
		j.name(c.disc, componentOf(c.ref.Ref))
	}
	j.chooseFirst(c.ref, c.ref.Value)
}

// chooseFirst adds the first variant that the values which around lists leave
// over.
func (j *joint) chooseFirst(ref *openapi3.SchemaRef, around *openapi3.Schema) {
	if ref.Value == nil {
		return
	}
	ways := variants(ref.Value)
	if len(ways) == 0 {
		return
	}
	fits := func(c choice) bool {
		of, all := listed(c.ref.Value), listed(around)
		return len(of) == 0 || len(all) == 0 || len(common(of, all)) > 0
	}
	i := slices.IndexFunc(ways, func(way []choice) bool { return !slices.ContainsFunc(way, func(c choice) bool { return !fits(c) }) })
	for _, c := range ways[max(i, 0)] {
		j.choose(c)
	}
}

// listed returns the values that a schema itself lists, if it does.
func listed(s *openapi3.Schema) []any {
	if s.Const != nil {
		return []any{s.Const}
	}
	return s.Enum
}

// name fixes the member that says which component a value is, if the component
// does not say itself what stands there. Where its name cannot, another does.
func (j *joint) name(d *openapi3.Discriminator, component string) {
	was := j.all.Properties[d.PropertyName]
	if is(was, hasValue) {
		return
	}
	value := component
	names := slices.Sorted(maps.Keys(d.Mapping))
	if i := slices.IndexFunc(names, func(v string) bool { return componentOf(d.Mapping[v].Ref) == component }); i >= 0 {
		value = names[i]
	} else if i := slices.IndexFunc(names, func(v string) bool { return Allows(was, v) }); i >= 0 && !Allows(was, component) {
		value = names[i]
	}
	if j.all.Properties == nil {
		j.all.Properties = openapi3.Schemas{}
	}
	fixed := &openapi3.SchemaRef{Value: &openapi3.Schema{Enum: []any{value}}}
	if was != nil {
		fixed.Value.AllOf = openapi3.SchemaRefs{was}
	}
	j.all.Properties[d.PropertyName] = fixed
	if !slices.Contains(j.all.Required, d.PropertyName) {
		j.all.Required = append(j.all.Required, d.PropertyName)
	}
}

// merge adds to all what s itself says.
func merge(all, s *openapi3.Schema, loose bool) {
	types := both(all.Type, s.Type)
	if loose && types != nil && len(*types) == 0 {
		types = s.Type
	}
	all.Type = types
	if len(all.Enum) > 0 && len(s.Enum) > 0 {
		if all.Enum = common(all.Enum, s.Enum); len(all.Enum) == 0 {
			all.Type = &openapi3.Types{} // they exclude each other
			if loose {
				all.Type, all.Enum = s.Type, s.Enum
			}
		}
	} else if len(s.Enum) > 0 {
		all.Enum = s.Enum
	}
	if all.Const == nil {
		all.Const = s.Const
	}
	all.Format = cmp.Or(all.Format, s.Format)
	all.ContentEncoding = cmp.Or(all.ContentEncoding, s.ContentEncoding)
	all.Pattern = cmp.Or(all.Pattern, s.Pattern)
	all.MinLength = max(all.MinLength, s.MinLength)
	all.MaxLength = least(all.MaxLength, s.MaxLength)
	all.MinItems = max(all.MinItems, s.MinItems)
	all.MaxItems = least(all.MaxItems, s.MaxItems)
	all.MinProps = max(all.MinProps, s.MinProps)
	all.MaxProps = least(all.MaxProps, s.MaxProps)
	all.UniqueItems = all.UniqueItems || s.UniqueItems
	if low, ok := lowest(s); ok {
		if was, ok := lowest(all); !ok || low > was {
			all.Min, all.ExclusiveMin = s.Min, s.ExclusiveMin
		}
	}
	if high, ok := highest(s); ok {
		if was, ok := highest(all); !ok || high < was {
			all.Max, all.ExclusiveMax = s.Max, s.ExclusiveMax
		}
	}
	if all.MultipleOf == nil {
		all.MultipleOf = s.MultipleOf
	}
	all.Items = together(all.Items, s.Items)
	if len(all.PrefixItems) == 0 {
		all.PrefixItems = s.PrefixItems
	}
	for name, p := range s.Properties {
		if all.Properties == nil {
			all.Properties = openapi3.Schemas{}
		}
		all.Properties[name] = together(all.Properties[name], p)
	}
	for _, name := range s.Required {
		if !slices.Contains(all.Required, name) {
			all.Required = append(all.Required, name)
		}
	}
	if has := s.AdditionalProperties.Has; has != nil && (all.AdditionalProperties.Has == nil || !*has) {
		all.AdditionalProperties.Has = has
	}
	all.AdditionalProperties.Schema = together(all.AdditionalProperties.Schema, s.AdditionalProperties.Schema)
	if all.PatternProperties == nil {
		all.PatternProperties = s.PatternProperties
	}
	if all.Example == nil {
		all.Example = s.Example
	}
	if len(all.Examples) == 0 {
		all.Examples = s.Examples
	}
}

// together returns a schema that says what both do.
func together(a, b *openapi3.SchemaRef) *openapi3.SchemaRef {
	switch {
	case a == nil, b != nil && a.Value == b.Value:
		return b
	case b == nil:
		return a
	}
	return &openapi3.SchemaRef{Value: &openapi3.Schema{
		AllOf:     openapi3.SchemaRefs{a, b},
		ReadOnly:  is(a, readOnly) || is(b, readOnly),
		WriteOnly: is(a, writeOnly) || is(b, writeOnly),
	}}
}

// both returns the types that are allowed by both; nil allows all.
func both(a, b *openapi3.Types) *openapi3.Types {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	out := openapi3.Types{}
	for _, t := range *a {
		switch {
		case b.Includes(t), t == "integer" && b.Includes("number"):
			out = append(out, t)
		case t == "number" && b.Includes("integer"):
			out = append(out, "integer")
		}
	}
	return &out
}

// common returns the values that both enums have.
func common(a, b []any) []any {
	var out []any
	for _, v := range a {
		if slices.ContainsFunc(b, func(w any) bool { return reflect.DeepEqual(v, w) }) {
			out = append(out, v)
		}
	}
	return out
}

func least(a, b *uint64) *uint64 {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

// lowest returns the least number that a schema allows, or the number that
// must be exceeded.
func lowest(s *openapi3.Schema) (float64, bool) {
	if v := s.ExclusiveMin.Value; v != nil {
		return *v, true
	}
	if s.Min != nil {
		return *s.Min, true
	}
	return 0, false
}

func highest(s *openapi3.Schema) (float64, bool) {
	if v := s.ExclusiveMax.Value; v != nil {
		return *v, true
	}
	if s.Max != nil {
		return *s.Max, true
	}
	return 0, false
}

func readOnly(s *openapi3.Schema) bool  { return s.ReadOnly }
func writeOnly(s *openapi3.Schema) bool { return s.WriteOnly }

func hasValue(s *openapi3.Schema) bool { return s.Const != nil || len(s.Enum) > 0 }

// Prepare flags the members of every schema of a document that are readOnly or
// writeOnly by what they are made of, where kin-openapi does not look.
func Prepare(doc *openapi3.T) error {
	return doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		for _, member := range ref.Value.Properties {
			if member.Ref == "" && member.Value != nil {
				member.Value.ReadOnly = ReadOnly(member)
				member.Value.WriteOnly = is(member, writeOnly)
			}
		}
		return nil
	})
}

// ReadOnly reports whether a schema is flagged as readOnly, itself or by what
// it is made of.
func ReadOnly(ref *openapi3.SchemaRef) bool { return is(ref, readOnly) }

// is reports whether a schema is flagged, itself or by what it is made of.
func is(ref *openapi3.SchemaRef, flag func(*openapi3.Schema) bool) bool {
	if ref == nil || ref.Value == nil {
		return false
	}
	return flag(ref.Value) || slices.ContainsFunc(ref.Value.AllOf, func(part *openapi3.SchemaRef) bool {
		return part.Value != nil && flag(part.Value)
	})
}
