package param

import (
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Nullable is a list or map without a name that may be null as well as left
// out; [Opt] is that for scalars, and objects and enums and lists of them have
// types of their own for it, with the same fields. Its zero value is unset:
// tagged omitzero it does not appear in the JSON. [NonNull] and [NullOf] make
// the other two.
//
// Its JSON is read and written by [github.com/go-json-experiment/json], which
// is encoding/json/v2, and by encoding/json from Go 1.27 on.
type Nullable[T any] struct {
	// Value is nil, or the zero value, if what is here is unset or null. An empty
	// list or map that is not nil is a value.
	Value T
	_     [0]func() // not comparable: what compares is compiled again for every T
	// Null tells a null from what is unset. Value does not count then.
	Null bool
}

// NonNull returns a Nullable that holds v.
func NonNull[T any](v T) Nullable[T] { return Nullable[T]{Value: v} }

// NullOf returns a Nullable that is an explicit JSON null.
func NullOf[T any]() Nullable[T] { return Nullable[T]{Null: true} }

// MarshalJSONTo implements [json.MarshalerTo]. What is unset has no JSON of its
// own; where omitzero does not leave it out it is null.
func (n *Nullable[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encodeNullable(enc, &n.Value, n.Null)
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (n *Nullable[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return decodeNullable(dec, &n.Value, &n.Null)
}

// The two methods are all that Nullable has, and have no other line: they are
// compiled again for every T in every package that a T can be reached from,
// and a large API has hundreds of them.

func encodeNullable(enc *jsontext.Encoder, value any, null bool) error {
	if null || reflect.ValueOf(value).Elem().IsZero() {
		return enc.WriteToken(jsontext.Null)
	}
	return encode(enc, value)
}

func decodeNullable(dec *jsontext.Decoder, value any, null *bool) (err error) {
	reflect.ValueOf(value).Elem().SetZero()
	*null, err = decode(dec, value)
	return err
}

// Unwrap returns the Value of v if that is a [Nullable] or a type that is
// declared in place of one, and whether it is. It is for code that meets such a
// value without knowing its type.
func Unwrap(v reflect.Value) (reflect.Value, bool) {
	if v.Kind() != reflect.Struct || !isNullable(v.Type()) {
		return v, false
	}
	return v.Field(0), true
}

// isNullable reports whether a struct has the two fields and nothing else that
// is exported, and reads its own JSON.
func isNullable(t reflect.Type) bool {
	n := t.NumField()
	return n >= 2 && n <= 3 && t.Field(0).Name == "Value" && t.Field(n-1).Name == "Null" &&
		t.Field(n-1).Type.Kind() == reflect.Bool && t.Field(n-1).Tag == "" && reflect.PointerTo(t).Implements(decoder)
}

var decoder = reflect.TypeFor[json.UnmarshalerFrom]()
