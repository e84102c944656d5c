package param

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Opt is a field that may be left out. Its zero value is unset: a struct field
// tagged omitzero does then not appear in the JSON, and a query parameter is
// not sent. That differs from a null, made by [Null], and from a zero such as
// "" or false, made by [Some]. In responses an Opt tells the same three apart.
type Opt[T any] struct {
	value T
	state state
}

type state uint8

const (
	unset state = iota
	null
	set
)

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, state: set} }

// Int returns an Opt that holds v: param.Int(50) for param.Some[int64](50).
func Int(v int64) Opt[int64] { return Some(v) }

// Float returns an Opt that holds v, such as param.Float(1).
func Float(v float64) Opt[float64] { return Some(v) }

// String returns an Opt that holds v.
func String(v string) Opt[string] { return Some(v) }

// Bool returns an Opt that holds v.
func Bool(v bool) Opt[bool] { return Some(v) }

// Null returns an Opt that is an explicit JSON null.
func Null[T any]() Opt[T] { return Opt[T]{state: null} }

// Get returns the value, and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == set }

// Or returns the value, or fallback if o is unset or null.
func (o Opt[T]) Or(fallback T) T {
	if o.state == set {
		return o.value
	}
	return fallback
}

// IsNull reports whether o is an explicit null.
func (o Opt[T]) IsNull() bool { return o.state == null }

// IsZero reports whether o is unset. It is what omitzero asks.
func (o Opt[T]) IsZero() bool { return o.state == unset }

// Any returns the value, or nil if o is unset or null. It is for code that
// meets an Opt without knowing its type; other code uses [Opt.Get].
func (o Opt[T]) Any() any {
	if o.state == set {
		return o.value
	}
	return nil
}

// String returns the value as fmt prints it, "null" or "<unset>".
func (o Opt[T]) String() string { return fmt.Sprint(o) }

// Format implements [fmt.Formatter]. A value is printed as itself, so a secret
// in an Opt stays masked; otherwise it prints null or <unset>.
func (o Opt[T]) Format(f fmt.State, verb rune) { format(f, verb, o.state, &o.value) }

// MarshalJSONTo implements [json.MarshalerTo]. What is unset has no JSON of its
// own; where omitzero does not leave it out it is null.
func (o Opt[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if o.state != set {
		return enc.WriteToken(jsontext.Null)
	}
	return encode(enc, &o.value)
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (o *Opt[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*o = Opt[T]{}
	isNull, err := decode(dec, &o.value)
	switch {
	case err != nil:
	case isNull:
		o.state = null
	default:
		o.state = set
	}
	return err
}

// MarshalJSON lets encoding/json, which does not know MarshalJSONTo, write the
// same JSON.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return json.Marshal(&o) }

// UnmarshalJSON lets encoding/json, which does not know UnmarshalJSONFrom, read
// the same JSON.
func (o *Opt[T]) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, o) }
