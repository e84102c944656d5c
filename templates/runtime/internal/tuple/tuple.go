// Package tuple reads and writes JSON arrays whose elements have a meaning each,
// as structs: the first element is the first field.
//
// Problem: such an array has elements of different types, and a slice of a union
// of them says nothing of which is where.
//
// Decision: fields are found by their index, by reflection, as those of unions
// are, so that a tuple has two functions of one line.
package tuple

import (
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Decode reads an array into the struct that t points to. Elements that are not
// there leave their fields zero. With rest, the last field is a slice, which
// takes all elements that no other field does; without it they are dropped.
func Decode(dec *jsontext.Decoder, t any, rest bool) error {
	fields := reflect.ValueOf(t).Elem()
	fields.SetZero()
	switch kind := dec.PeekKind(); kind {
	case '[':
	case 'n':
		return dec.SkipValue()
	default:
		return &json.SemanticError{JSONKind: kind, GoType: fields.Type()}
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	single := fields.NumField()
	if rest {
		single--
	}
	for i := 0; dec.PeekKind() != ']'; i++ {
		switch {
		case i < single:
			if err := json.UnmarshalDecode(dec, fields.Field(i).Addr().Interface()); err != nil {
				return err
			}
		case rest:
			more := fields.Field(single)
			more.Grow(1)
			more.SetLen(i - single + 1)
			if err := json.UnmarshalDecode(dec, more.Index(i-single).Addr().Interface()); err != nil {
				return err
			}
		default:
			if err := dec.SkipValue(); err != nil {
				return err
			}
		}
	}
	_, err := dec.ReadToken()
	return err
}

// Encode writes the struct that t points to as an array. Fields from required on
// are left out where they and all after them are zero.
func Encode(enc *jsontext.Encoder, t any, required int, rest bool) error {
	fields := reflect.ValueOf(t).Elem()
	single, more := fields.NumField(), 0
	if rest {
		single--
		more = fields.Field(single).Len()
	}
	n := single
	for more == 0 && n > required && fields.Field(n-1).IsZero() {
		n--
	}
	if err := enc.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for i := range n {
		if err := json.MarshalEncode(enc, fields.Field(i).Addr().Interface()); err != nil {
			return err
		}
	}
	for i := range more {
		if err := json.MarshalEncode(enc, fields.Field(single).Index(i).Addr().Interface()); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndArray)
}
