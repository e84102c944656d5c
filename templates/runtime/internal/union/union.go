// Package union reads and writes values that can be of several types. It takes
// a table of what tells the types apart and the places where they go; the types
// themselves are the SDK's.
//
// Problem: a schema may say "one of these" with or without a member that tells
// which. Others try every type in turn and keep the first that decodes, which
// in a lenient decoder is always the first, or fail on a value that they do not
// know.
//
// Decision: the variant is chosen before anything is decoded, by the kind of
// the JSON value, by the member that tells, or by the members that are there.
// What fits no variant, or does not decode as the one it looks like, is kept as
// it came.
//
// Decision: fields are found by their index, by reflection. A union has then
// two functions of one line, both of its pointer, and not five with a table of
// pointers in a closure: Go compiles functions at a price each, and large APIs
// have hundreds of unions.
package union

import (
	"bytes"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Table says what tells the variants of a union apart.
type Table struct {
	Tag      string // the member that names the variant of an object; empty if there is none
	Default  int    // the number, from 1, of the variant of an object whose tag names none; 0 if there is none
	Variants []Variant
}

// A Variant is one type of a union.
type Variant struct {
	// Kind is the kind of its JSON: '{', '[', '"', '0' or 't' as [jsontext.Kind]
	// has them; 0 if it can be of any.
	Kind jsontext.Kind
	// Values of the tag mean this variant.
	Values []string
	// Required members must be there, Known ones can be. They matter only where
	// no tag decides.
	Required, Known []string
}

// Decode reads the next value of dec into the union that u points to: a struct
// with a field for each variant, in the order of the table, and a last field of
// type [jsontext.Value] for what fits none.
func (t *Table) Decode(dec *jsontext.Decoder, u any) error {
	fields := reflect.ValueOf(u).Elem()
	fields.SetZero()
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if value.Kind() == 'n' {
		return nil
	}
	if i := t.pick(value); i >= 0 {
		field := fields.Field(i)
		if err := json.Unmarshal(value, field.Addr().Interface(), dec.Options()); err == nil {
			return nil
		}
		field.SetZero()
	}
	*fields.Field(len(t.Variants)).Addr().Interface().(*jsontext.Value) = value.Clone()
	return nil
}

// pick returns the index of the variant that a value is, -1 if it is none.
func (t *Table) pick(value jsontext.Value) int {
	kind := value.Kind()
	if kind == 'f' {
		kind = 't'
	}
	if kind == '{' {
		return t.pickObject(value)
	}
	return slices.IndexFunc(t.Variants, func(v Variant) bool { return v.Kind == kind || v.Kind == 0 })
}

// pickObject chooses by the tag, if the object has one that is known, else the
// variant of which all required and the most known members are there.
func (t *Table) pickObject(value jsontext.Value) int {
	members, tag := t.scan(value)
	if tag != "" {
		if i := slices.IndexFunc(t.Variants, func(v Variant) bool { return slices.Contains(v.Values, tag) }); i >= 0 {
			return i
		}
	}
	if t.Default > 0 {
		return t.Default - 1
	}
	best, score := -1, -1
	for i, v := range t.Variants {
		if v.Kind != '{' && v.Kind != 0 || len(v.Values) > 0 && (tag != "" || len(v.Known) == 0) {
			continue
		}
		if !subset(v.Required, members) {
			continue
		}
		s := 0
		for _, m := range members {
			if slices.Contains(v.Known, m) {
				s += 2
			}
		}
		if s += len(v.Required); s > score {
			best, score = i, s
		}
	}
	return best
}

// scan returns the names of an object's members and the value of its tag. It
// stops at the tag if that decides.
func (t *Table) scan(value jsontext.Value) (members []string, tag string) {
	dec := jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if _, err := dec.ReadToken(); err != nil {
		return nil, ""
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return members, ""
		}
		text := name.String()
		members = append(members, text)
		if t.Tag != "" && text == t.Tag {
			switch dec.PeekKind() {
			case '"', '0', 't', 'f':
				token, err := dec.ReadToken()
				if err != nil {
					return members, ""
				}
				tag = token.String()
				if slices.ContainsFunc(t.Variants, func(v Variant) bool { return slices.Contains(v.Values, tag) }) {
					return members, tag
				}
				continue
			}
		}
		if err := dec.SkipValue(); err != nil {
			return members, tag
		}
	}
	return members, tag
}

func subset(list, of []string) bool {
	for _, s := range list {
		if !slices.Contains(of, s) {
			return false
		}
	}
	return true
}

// Encode writes the first field that is set of the union that u points to, or
// null if none is.
func Encode(enc *jsontext.Encoder, u any) error {
	fields := reflect.ValueOf(u).Elem()
	for i := range fields.NumField() {
		if field := fields.Field(i); !field.IsZero() {
			return json.MarshalEncode(enc, field.Addr().Interface())
		}
	}
	return enc.WriteToken(jsontext.Null)
}
