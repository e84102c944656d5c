// Package constant writes members of requests that have one allowed value. A
// generated type with one known value hands over what it holds and that value,
// and gets the text that is sent. It reads nothing: a value that the API adds later
// is decoded and kept like any other.
//
// Problem: a required member with one allowed value has nothing to ask a caller
// for, and the zero value of its type is not the value.
//
// Decision: the type writes its one value where it is zero. Nothing is built for
// it, and a type that no request must have gets no method, because every method
// costs compile time.
package constant

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Text returns v, or only if v is empty.
func Text(v, only string) ([]byte, error) {
	if v == "" {
		v = only
	}
	return []byte(v), nil
}

// Int returns the digits of v, or of only if v is zero.
func Int(v, only int64) ([]byte, error) {
	if v == 0 {
		v = only
	}
	return strconv.AppendInt(nil, v, 10), nil
}

// Float returns v as JSON has it, or only if v is zero.
func Float(v, only float64) ([]byte, error) {
	if v == 0 {
		v = only
	}
	return jsontext.AppendFloat(nil, v, 64), nil
}
