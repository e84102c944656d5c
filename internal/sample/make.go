package sample

import (
	"cmp"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

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
// and one for each variant of a union. A list in a list has an item, without
// which a query has nothing to say of either.
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
	if m.inner {
		want, m.inner = max(want, 1), false
	}
	nested := s.Items != nil && s.Items.Value != nil && kindOf(s.Items.Value) == "array"
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
		m.inner = nested
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
	if next == nil || !Allows(items, next) {
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
	v, known := formats[cmp.Or(s.Format, s.ContentEncoding)]
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
