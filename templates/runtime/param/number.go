package param

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Number is a number in its own digits, for what neither int64 nor float64 can
// hold: an integer of any size, a decimal fraction that must stay exact. It is a
// number in JSON. [math/big] reads its text; the zero Number is 0.
type Number string

// String returns the digits.
func (n Number) String() string {
	if n == "" {
		return "0"
	}
	return string(n)
}

// Int64 returns the number as an integer. The error is a [*strconv.NumError] if
// it is none, or none that fits.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(n.String(), 10, 64) }

// Float64 returns the nearest float64. The error is a [*strconv.NumError] if the
// number is too large for one, or no number.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(n.String(), 64) }

// MarshalJSONTo writes the digits. It fails if they are no JSON number, such as
// +1 or 0x10.
func (n Number) MarshalJSONTo(enc *jsontext.Encoder) error {
	v := jsontext.Value(n.String())
	if v.Kind() != '0' || !v.IsValid() || strings.TrimSpace(string(v)) != string(v) {
		return fmt.Errorf("param.Number: %q is not a number as JSON has them", string(n))
	}
	return enc.WriteValue(v)
}

// UnmarshalJSONFrom reads a number, be it in quotes.
func (n *Number) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case '0', '"':
		t, err := dec.ReadToken()
		if err != nil {
			return err
		}
		v := jsontext.Value(t.String())
		if v.Kind() == '0' && v.IsValid() {
			*n = Number(v)
			return nil
		}
	case 'n':
		*n = ""
		return dec.SkipValue()
	}
	return &json.SemanticError{JSONKind: dec.PeekKind(), GoType: reflect.TypeFor[Number]()}
}
