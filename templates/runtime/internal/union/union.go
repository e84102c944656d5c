// Package union reads and writes values that can be of several types. It takes
// a table of what tells the types apart and the places where they go; the types
// themselves are the SDK's.
//
// Problem: a schema may say "one of these" with or without a member that tells
// which. Others try every type in turn and keep the first that decodes, which
// in a lenient decoder is always the first, or fail on a value that they do not
// know.
//
// Decision: the variant is chosen before anything is decoded: by the kind of the
// JSON value, by the member that tells, by the kinds of members, by the members
// that are there. What fits no variant, or does not decode as the one it looks
// like, is kept as it came.
//
// Decision: the value is looked at in the decoder's buffer, where it is about to
// be read anyway, and decoded in place: once, not once to find its end and once
// for what is in it. A value that the buffer has not all of is read whole first.
//
// Decision: unions in unions in a large value share one index of where objects and
// lists end, so that reading takes a time linear in the size, however deep they
// are.
//
// Decision: a null is kept like a value that fits no variant. So a member that
// may be null and may be absent needs nothing round its union: zero is absent.
//
// Decision: fields are found by their index, by reflection. A union has then
// functions of one line, and no table of pointers in a closure: Go compiles
// functions at a price each, and large APIs have hundreds of unions.
package union

import (
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Table says what tells the variants of a union apart.
type Table struct {
	Tag      string // the member that names the variant of an object; empty if there is none
	Default  int    // the number, from 1, of the variant of an object whose tag names none; 0 if there is none
	Fill     bool   // the tag of what is sent is set where it is not
	Variants []Variant
}

// A Variant is one type of a union.
type Variant struct {
	// Kind is the kind of its JSON: '{', '[', '"', '0' or 't' as [jsontext.Kind]
	// has them, [Integer] for a number without a fraction; 0 if it can be of any.
	Kind jsontext.Kind
	// Item is the kind of what a list or a map holds; 0 if that does not matter.
	Item jsontext.Kind
	// Values of the tag mean this variant.
	Values []string
	// Also are further members of which only these values mean this variant.
	Also []Tag
	// Kinds are members that variants share, each after the kind that it has in this
	// one: "0size".
	Kinds []string
	// Required members must be there, Known ones can be: of an object, or of the
	// objects in a list.
	Required, Known []string
}

// A Tag is a member and the values of it.
type Tag struct {
	Member string
	Values []string
}

// Integer is the kind of a variant that takes numbers without a fraction, where
// another takes the rest.
const Integer jsontext.Kind = 'i'

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

func (c choice) pick(v part) int {
	if c.table != nil {
		return c.table.pick(v)
	}
	return slices.IndexFunc(c.kinds, func(k jsontext.Kind) bool { return isOf(v, k) })
}

// kindOf is the kind of a value, 't' for a false too.
func kindOf(text jsontext.Value) jsontext.Kind {
	if kind := text.Kind(); kind != 'f' {
		return kind
	}
	return 't'
}

// isOf reports whether a value is of a kind that a variant takes.
func isOf(v part, kind jsontext.Kind) bool {
	switch is := kindOf(v.text); {
	case kind == 0, kind == is:
		return true
	case kind == Integer && is == '0':
		return isInteger(v.text)
	}
	return false
}

// isInteger reports whether a number has no fraction but zeros.
func isInteger(text []byte) bool {
	for i, c := range text {
		switch c {
		case '.':
			return len(text[i+1:]) > 0 && !slices.ContainsFunc(text[i+1:], func(c byte) bool { return c != '0' })
		case 'e', 'E':
			return false
		}
	}
	return true
}

func decode(dec *jsontext.Decoder, u any, c choice) error {
	fields := reflect.ValueOf(u).Elem()
	fields.SetZero()
	if dec.PeekKind() == 'n' {
		text, err := dec.ReadValue()
		return keep(fields, text, err)
	}
	if duplicates, _ := json.GetOption(dec.Options(), jsontext.AllowDuplicateNames); !duplicates {
		// A decoder that compares names is of no use after an error in a value.
		return decodeWhole(dec, fields, c)
	}
	v, done := look(dec)
	if done != nil {
		defer done()
	}
	if v.text == nil {
		return decodeWhole(dec, fields, c)
	}
	i := c.pick(v)
	if i < 0 {
		text, err := dec.ReadValue()
		return keep(fields, text, err)
	}
	// The decoder may overwrite what it has read, so there is a copy, for the
	// case that it is not what it looks like.
	original := v.text
	if v.ends == nil {
		var small [256]byte
		original = append(small[:0], v.text...)
	}
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
func keep(fields reflect.Value, text jsontext.Value, err error) error {
	if err == nil {
		*fields.Field(fields.NumField() - 1).Addr().Interface().(*jsontext.Value) = text.Clone()
	}
	return err
}

// decodeWhole is decode for a value that the decoder has not all of yet, or that it
// is to check by itself.
func decodeWhole(dec *jsontext.Decoder, fields reflect.Value, c choice) error {
	text, err := dec.ReadValue()
	if err != nil {
		return err
	}
	i := c.pick(part{text: text})
	if i < 0 {
		return keep(fields, text, nil)
	}
	field, options := fields.Field(i), json.JoinOptions(dec.Options(), jsontext.AllowDuplicateNames(true))
	if err := json.Unmarshal(text, field.Addr().Interface(), options); err == nil {
		return nil
	}
	field.SetZero()
	return keep(fields, text, nil)
}

// Unmarshal reads a union as encoding/json asks for it.
func Unmarshal(data []byte, u any) error {
	return json.Unmarshal(data, u)
}
