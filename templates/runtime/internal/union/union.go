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
// Decision: the value is looked at in the decoder's buffer, where it is about to
// be read anyway, and decoded in place: once, not once to find its end and once
// for what is in it. A value that the buffer has not all of is read whole first.
//
// Decision: a null is kept like a value that fits no variant. So a member that
// may be null and may be absent needs nothing round its union: zero is absent.
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
	return decode(dec, u, choice{table: t})
}

// ByKind is Decode for a union of which nothing but the kind of the JSON tells
// the variants apart: one for each field, 0 for a variant of any kind.
func ByKind(dec *jsontext.Decoder, u any, kinds ...jsontext.Kind) error {
	return decode(dec, u, choice{kinds: kinds})
}

// choice is what chooses a variant: a table, or else kinds.
type choice struct {
	table *Table
	kinds []jsontext.Kind
}

func (c choice) pick(value jsontext.Value) int {
	if c.table != nil {
		return c.table.pick(value)
	}
	kind := kindOf(value)
	return slices.IndexFunc(c.kinds, func(k jsontext.Kind) bool { return k == kind || k == 0 })
}

// kindOf is the kind of a value, 't' for a false too.
func kindOf(value jsontext.Value) jsontext.Kind {
	if kind := value.Kind(); kind != 'f' {
		return kind
	}
	return 't'
}

func decode(dec *jsontext.Decoder, u any, c choice) error {
	fields := reflect.ValueOf(u).Elem()
	fields.SetZero()
	if dec.PeekKind() == 'n' {
		value, err := dec.ReadValue()
		return keep(fields, value, err)
	}
	value := measure(dec.UnreadBuffer())
	if value == nil {
		return decodeWhole(dec, fields, c)
	}
	i := c.pick(value)
	if i < 0 {
		value, err := dec.ReadValue()
		return keep(fields, value, err)
	}
	// The decoder may overwrite what it has read, so there is a copy, for the
	// case that it is not what it looks like.
	var small [256]byte
	original := append(small[:0], value...)
	field, offset, depth := fields.Field(i), dec.InputOffset(), dec.StackDepth()
	if field.Kind() == reflect.Pointer {
		p := reflect.New(field.Type().Elem())
		if json.UnmarshalDecode(dec, p.Interface()) == nil {
			field.Set(p)
			return nil
		}
	} else if json.UnmarshalDecode(dec, field.Addr().Interface()) == nil {
		return nil
	}
	field.SetZero()
	return keep(fields, original, finish(dec, offset, depth))
}

// finish reads what is left of a value that was begun at this offset and depth.
func finish(dec *jsontext.Decoder, offset int64, depth int) error {
	if dec.InputOffset() == offset {
		return dec.SkipValue()
	}
	for dec.StackDepth() > depth {
		if _, err := dec.ReadToken(); err != nil {
			return err
		}
	}
	return nil
}

// keep stores a value that fits no variant.
func keep(fields reflect.Value, value jsontext.Value, err error) error {
	if err == nil {
		*fields.Field(fields.NumField() - 1).Addr().Interface().(*jsontext.Value) = value.Clone()
	}
	return err
}

// decodeWhole is decode for a value that the decoder has not all of yet.
func decodeWhole(dec *jsontext.Decoder, fields reflect.Value, c choice) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if i := c.pick(value); i >= 0 {
		field := fields.Field(i)
		if err := json.Unmarshal(value, field.Addr().Interface(), dec.Options()); err == nil {
			return nil
		}
		field.SetZero()
	}
	return keep(fields, value, nil)
}

// pick returns the index of the variant that a value is, -1 if it is none.
func (t *Table) pick(value jsontext.Value) int {
	kind := kindOf(value)
	if kind == '{' {
		return t.pickObject(value)
	}
	for i := range t.Variants {
		if v := &t.Variants[i]; v.Kind == kind || v.Kind == 0 {
			return i
		}
	}
	return -1
}

// pickObject chooses by the tag, if the object has one that is known, else the
// variant of which all required and the most known members are there.
func (t *Table) pickObject(value jsontext.Value) int {
	tagged := false
	if t.Tag != "" {
		variant := -1
		members(value, func(name, value []byte) bool {
			if is(name, t.Tag) {
				if text, ok := scalar(value); ok {
					tagged, variant = len(text) > 0, t.tagged(text)
				}
			}
			return variant < 0
		})
		if variant >= 0 {
			return variant
		}
	}
	if t.Default > 0 {
		return t.Default - 1
	}
	return t.bestOf(value, tagged)
}

// bestOf chooses by the members that an object has. tagged says that it has a
// tag, which no variant knows.
func (t *Table) bestOf(value jsontext.Value, tagged bool) int {
	var few [32][]byte
	names := few[:0]
	members(value, func(name, _ []byte) bool {
		names = append(names, plain(name))
		return true
	})
	best, score := -1, -1
	for i := range t.Variants {
		v := &t.Variants[i]
		if v.Kind != '{' && v.Kind != 0 || len(v.Values) > 0 && (tagged || len(v.Known) == 0) || !subset(v.Required, names) {
			continue
		}
		s := len(v.Required)
		for _, name := range names {
			if in(v.Known, name) {
				s += 2
			}
		}
		if s > score {
			best, score = i, s
		}
	}
	return best
}

// plain returns a name, which stands between quotes, without escapes.
func plain(name []byte) []byte {
	if bytes.IndexByte(name, '\\') < 0 {
		return name
	}
	text, err := jsontext.AppendUnquote(nil, slices.Concat(quote, name, quote))
	if err != nil {
		return name
	}
	return text
}

var quote = []byte{'"'}

// is reports whether a name, which stands between quotes, is text.
func is(name []byte, text string) bool {
	return string(name) == text || bytes.IndexByte(name, '\\') >= 0 && string(plain(name)) == text
}

// tagged returns the variant that a value of the tag means, -1 if it means none.
func (t *Table) tagged(text []byte) int {
	for i := range t.Variants {
		if in(t.Variants[i].Values, text) {
			return i
		}
	}
	return -1
}

// scalar returns the text of a string, a number or a boolean.
func scalar(value []byte) ([]byte, bool) {
	switch jsontext.Value(value).Kind() {
	case '"':
		if bytes.IndexByte(value, '\\') < 0 {
			return value[1 : len(value)-1], true
		}
		text, err := jsontext.AppendUnquote(nil, value)
		return text, err == nil
	case '0', 't', 'f':
		return value, true
	}
	return nil, false
}

func in(list []string, text []byte) bool {
	for _, s := range list {
		if s == string(text) {
			return true
		}
	}
	return false
}

func subset(list []string, of [][]byte) bool {
	for _, s := range list {
		if !slices.ContainsFunc(of, func(name []byte) bool { return string(name) == s }) {
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
