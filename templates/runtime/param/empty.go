package param

import (
	"errors"

	"github.com/go-json-experiment/json/jsontext"
)

// Empty is true for the empty text. It is the type of a field that stands beside
// others, where an API takes a value of some type or "", which often unsets what
// was there before.
type Empty bool

// MarshalJSONTo writes "", or null for false, which is unset.
func (e Empty) MarshalJSONTo(enc *jsontext.Encoder) error {
	if e {
		return enc.WriteToken(jsontext.String(""))
	}
	return enc.WriteToken(jsontext.Null)
}

// UnmarshalJSONFrom reads "". Every other value is an error.
func (e *Empty) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if *e = string(value) == `""`; !*e {
		return errors.New(`this is not ""`)
	}
	return nil
}
