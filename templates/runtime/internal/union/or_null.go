package union

import (
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// DecodeOrNull reads the next value of dec into what the pointer leads to, or
// says that it was null.
func DecodeOrNull(dec *jsontext.Decoder, value any, null *bool) error {
	reflect.ValueOf(value).Elem().SetZero()
	if *null = dec.PeekKind() == 'n'; *null {
		return dec.SkipValue()
	}
	return json.UnmarshalDecode(dec, value)
}

// EncodeOrNull writes null, or else the value that the pointer leads to. Where
// that is nil, or an enum that is empty, it is a null too: what is unset has no
// JSON of its own.
func EncodeOrNull(enc *jsontext.Encoder, value any, null bool) error {
	if null || reflect.ValueOf(value).Elem().IsZero() {
		return enc.WriteToken(jsontext.Null)
	}
	return json.MarshalEncode(enc, value)
}
