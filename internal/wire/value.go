package wire

import (
	"encoding/json"
	"maps"
	"math"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

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
}

// Value returns a value that a schema allows, as [encoding/json] would decode
// it, but with an int64 for an integer. It returns false if the schema allows
// none, or none that ends. A schema that contains itself is written out in full
// once and from then on with what is required only, so that the value is about
// as large as the description of it.
func (m *Maker) Value(schema *openapi3.SchemaRef) (any, bool) {
	run := maker{Maker: m, open: map[*openapi3.Schema]int{}, full: map[*openapi3.Schema]bool{}}
	return run.value(schema, "text")
}

// A maker is a Maker at work on one value.
type maker struct {
	*Maker
	open map[*openapi3.Schema]int  // the schemas that it is in
	full map[*openapi3.Schema]bool // those that were written out in full
}

// value makes a value; hint is what a string says that may say anything.
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
	if m.Amount == Minimal && found {
		// With so little in it, a value may be of more than one variant.
		more := maker{Maker: &Maker{Full, m.Direction, m.Schemas}, open: maps.Clone(m.open), full: map[*openapi3.Schema]bool{}}
		more.open[s]--
		if made, ok := more.value(ref, hint); ok && m.fits(s, made) {
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
	return len(s.OneOf)+len(s.AnyOf) == 0 || s.VisitJSON(v, direction, anyPattern) == nil
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

// merged returns one schema that says what ref, all that it is made of, and the
// choice say.
func (m *maker) merged(ref *openapi3.SchemaRef, chosen []choice) *openapi3.Schema {
	j := joint{&openapi3.Schema{}, map[*openapi3.Schema]bool{}}
	j.add(ref, "")
	for _, c := range chosen {
		j.choose(c)
	}
	return j.all
}

// A joint is a schema that is put together from others.
type joint struct {
	all  *openapi3.Schema
	seen map[*openapi3.Schema]bool
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
		j.chooseFirst(part)
	}
	merge(j.all, s)
	if d := s.Discriminator; d != nil && name != "" && len(s.OneOf)+len(s.AnyOf) == 0 {
		j.name(d, name)
	}
}

// choose adds a variant, and the first of those that it leaves a choice of.
func (j *joint) choose(c choice) {
	if j.seen[c.ref.Value] {
		return
	}
	if c.disc != nil && c.ref.Ref != "" {
		j.name(c.disc, componentOf(c.ref.Ref))
	}
	j.add(c.ref, "")
	j.chooseFirst(c.ref)
}

func (j *joint) chooseFirst(ref *openapi3.SchemaRef) {
	if ref.Value == nil {
		return
	}
	if ways := variants(ref.Value); len(ways) > 0 {
		for _, c := range ways[0] {
			j.choose(c)
		}
	}
}

// name fixes the member that says which component a value is.
func (j *joint) name(d *openapi3.Discriminator, component string) {
	value := component
	for _, v := range slices.Sorted(maps.Keys(d.Mapping)) {
		if componentOf(d.Mapping[v].Ref) == component {
			value = v
			break
		}
	}
	if j.all.Properties == nil {
		j.all.Properties = openapi3.Schemas{}
	}
	fixed := &openapi3.SchemaRef{Value: &openapi3.Schema{Enum: []any{value}}}
	if was := j.all.Properties[d.PropertyName]; was != nil {
		fixed.Value.AllOf = openapi3.SchemaRefs{was}
	}
	j.all.Properties[d.PropertyName] = fixed
	if !slices.Contains(j.all.Required, d.PropertyName) {
		j.all.Required = append(j.all.Required, d.PropertyName)
	}
}

// merge adds to all what s itself says.
func merge(all, s *openapi3.Schema) {
	all.Type = both(all.Type, s.Type)
	if len(all.Enum) > 0 && len(s.Enum) > 0 {
		if all.Enum = common(all.Enum, s.Enum); len(all.Enum) == 0 {
			all.Type = &openapi3.Types{} // they exclude each other
		}
	} else if len(s.Enum) > 0 {
		all.Enum = s.Enum
	}
	if all.Const == nil {
		all.Const = s.Const
	}
	all.Format = firstText(all.Format, s.Format)
	all.ContentEncoding = firstText(all.ContentEncoding, s.ContentEncoding)
	all.Pattern = firstText(all.Pattern, s.Pattern)
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

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
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

// is reports whether a schema is flagged, itself or by what it is made of.
func is(ref *openapi3.SchemaRef, flag func(*openapi3.Schema) bool) bool {
	if ref == nil || ref.Value == nil {
		return false
	}
	return flag(ref.Value) || slices.ContainsFunc(ref.Value.AllOf, func(part *openapi3.SchemaRef) bool {
		return part.Value != nil && flag(part.Value)
	})
}

// one makes a value of a merged schema, which was merged for the schema at.
func (m *maker) one(s, at *openapi3.Schema, hint string) (any, bool) {
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
	return map[string]any{}, true // anything goes
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

// object makes an object.
func (m *maker) object(s, at *openapi3.Schema) (any, bool) {
	all := m.Amount == Full && !m.full[at]
	m.full[at] = true
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		required := slices.Contains(s.Required, name)
		if !required && !all || m.Direction == Request && is(p, readOnly) || m.Direction == Response && is(p, writeOnly) {
			continue
		}
		if s.MaxProps != nil && !required && uint64(len(out)+len(s.Required)) >= *s.MaxProps {
			continue
		}
		v, ok := m.value(p, name)
		if !ok && required {
			return nil, false
		}
		if ok {
			out[name] = v
		}
	}
	for _, name := range s.Required {
		if _, declared := s.Properties[name]; declared {
			continue
		}
		v, ok := m.value(s.AdditionalProperties.Schema, name)
		if !ok {
			return nil, false
		}
		if s.AdditionalProperties.Schema == nil {
			v = name
		}
		out[name] = v
	}
	if all {
		m.patterns(s, out)
	}
	return out, m.additional(s, out, all)
}

// patterns adds a member for each pattern of names.
func (m *maker) patterns(s *openapi3.Schema, out map[string]any) {
	for _, pattern := range slices.Sorted(maps.Keys(s.PatternProperties)) {
		name, ok := matching(pattern, 0)
		if !ok || name == "" {
			continue
		}
		if v, ok := m.value(s.PatternProperties[pattern], name); ok {
			out[name] = v
		}
	}
}

// additional adds members that are not named, where they are described and
// wanted, or there must be more. It reports whether there are enough.
func (m *maker) additional(s *openapi3.Schema, out map[string]any, all bool) bool {
	ref := s.AdditionalProperties.Schema
	want := int(s.MinProps)
	if all && ref != nil && (s.MaxProps == nil || uint64(len(out)) < *s.MaxProps) {
		want = max(want, len(out)+1)
	}
	if has := s.AdditionalProperties.Has; ref == nil && has != nil && !*has {
		return len(out) >= int(s.MinProps)
	}
	for _, name := range []string{"key", "other", "third", "fourth", "fifth", "sixth"} {
		if len(out) >= want {
			break
		}
		if _, taken := out[name]; taken {
			continue
		}
		v, ok := any("text"), true
		if ref != nil {
			v, ok = m.value(ref, name)
		}
		if !ok {
			break
		}
		out[name] = v
	}
	return len(out) >= int(s.MinProps)
}

// array makes an array: as few items as there may be, or if all is wanted two,
// and one for each variant of a union.
func (m *maker) array(s *openapi3.Schema, hint string) (any, bool) {
	out := []any{}
	for _, ref := range s.PrefixItems {
		v, ok := m.value(ref, hint)
		if !ok {
			break
		}
		out = append(out, v)
	}
	want := int(s.MinItems)
	refs := openapi3.SchemaRefs{s.Items}
	if m.Amount == Full && s.Items != nil && s.Items.Value != nil {
		want = max(want, 1)
		if items := s.Items.Value; len(items.OneOf) > 0 && items.Discriminator == nil && len(items.AnyOf) == 0 {
			refs = notNull(items.OneOf)
			want = max(want, len(refs))
		} else if slices.Contains([]string{"string", "integer", "number"}, kindOf(items)) {
			want = max(want, 2)
		}
	}
	if s.MaxItems != nil {
		want = min(want, int(*s.MaxItems))
	}
	for i := 0; len(out) < want && i < want+len(refs); i++ {
		v, ok := m.value(refs[i%len(refs)], hint)
		if ok && s.UniqueItems && slices.ContainsFunc(out, func(w any) bool { return reflect.DeepEqual(v, w) }) {
			v, ok = another(s.Items, v, i)
		}
		if !ok {
			continue
		}
		if len(refs) > 1 && !m.fits(s.Items.Value, v) {
			continue
		}
		out = append(out, v)
	}
	return out, len(out) >= int(s.MinItems)
}

// another returns a value that differs from v, if there is an easy one.
func another(items *openapi3.SchemaRef, v any, i int) (any, bool) {
	var next any
	switch v := v.(type) {
	case int64:
		next = v + int64(i)
	case float64:
		next = v + float64(i)
	case string:
		next = v + strings.Repeat("x", i)
		if items == nil || items.Value == nil {
			break
		}
		if i < len(items.Value.Enum) {
			next = items.Value.Enum[i]
		} else if longer, ok := matching(items.Value.Pattern, len(v)+i); ok && items.Value.Pattern != "" {
			next = longer
		}
	}
	if next == nil || items == nil || items.Value == nil || items.Value.VisitJSON(next, anyPattern) != nil {
		return nil, false
	}
	return next, true
}

// number makes a number. Where all is wanted and an int64 is, it is one that a
// float64 cannot hold.
func number(s *openapi3.Schema, whole bool, amount Amount) (any, bool) {
	low, hasLow := lowest(s)
	high, hasHigh := highest(s)
	step := 0.5
	if whole {
		step = 1
	}
	if s.MultipleOf != nil && *s.MultipleOf > 0 {
		step = *s.MultipleOf
	}
	if whole && amount == Full && s.Format == "int64" && s.MultipleOf == nil && !hasHigh && !hasLow {
		return int64(1<<53 + 1), true
	}
	v := step
	if !whole && s.MultipleOf == nil {
		v = 1.5
	}
	if hasLow && (v < low || v == low && exclusive(s.ExclusiveMin)) {
		v = math.Ceil(low/step) * step
		if v == low && exclusive(s.ExclusiveMin) {
			v += step
		}
	}
	if hasHigh && (v > high || v == high && exclusive(s.ExclusiveMax)) {
		v = math.Floor(high/step) * step
		if v == high && exclusive(s.ExclusiveMax) {
			v -= step
		}
		if hasLow && (v < low || v == low && exclusive(s.ExclusiveMin)) {
			v = (low + high) / 2 // there is no step between them
		}
	}
	if whole {
		return int64(v), v == math.Trunc(v)
	}
	return v, true
}

func exclusive(b openapi3.ExclusiveBound) bool {
	return b.Value != nil || b.Bool != nil && *b.Bool
}

// text makes a string.
func text(s *openapi3.Schema, hint string) (any, bool) {
	if s.Pattern != "" {
		if v, ok := matching(s.Pattern, int(s.MinLength)); ok && within(s, v) {
			return v, true
		}
	}
	v, known := formats[firstText(s.Format, s.ContentEncoding)]
	if known && within(s, v) {
		return v, true
	}
	if hint == "" {
		hint = "text"
	}
	v = strings.Map(plain, hint)
	if short := int(s.MinLength) - utf8.RuneCountInString(v); short > 0 {
		v += strings.Repeat("x", short)
	}
	if s.MaxLength != nil && uint64(utf8.RuneCountInString(v)) > *s.MaxLength {
		v = string([]rune(v)[:*s.MaxLength])
	}
	return v, within(s, v)
}

// plain leaves only what stays as it is in every place of a request.
func plain(r rune) rune {
	if r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
		return r
	}
	return '-'
}

// within reports whether a string is as long as it should be.
func within(s *openapi3.Schema, v string) bool {
	n := uint64(utf8.RuneCountInString(v))
	return n >= s.MinLength && (s.MaxLength == nil || n <= *s.MaxLength)
}

// formats has a value for each format that a string may have to keep to.
var formats = map[string]string{
	"date-time": "2024-02-29T13:37:59.5Z",
	"date":      "2024-02-29",
	"time":      "13:37:59Z",
	"duration":  "PT1H30M",
	"uuid":      "123e4567-e89b-42d3-a456-426614174000",
	"email":     "user@example.com",
	"idn-email": "user@example.com",
	"hostname":  "www.example.com",
	"ipv4":      "192.0.2.1",
	"ipv6":      "2001:db8::1",
	"uri":       "https://www.example.com/path",
	"url":       "https://www.example.com/path",
	"iri":       "https://www.example.com/path",
	"byte":      "aGVsbG8=",
	"base64":    "aGVsbG8=",
	"base64url": "aGVsbG8",
	"int64":     "9007199254740993",
	"int32":     "12",
	"decimal":   "1.5",
	"regex":     "^a+$",

	"uri-reference":         "/path",
	"uri-template":          "/path/{id}",
	"json-pointer":          "/a/0",
	"relative-json-pointer": "1/a",
	"date-time-rfc1123":     "Thu, 29 Feb 2024 13:37:59 GMT",
}
