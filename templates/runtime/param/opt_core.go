package param

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// This file is what Opt does for every type. A generic method is compiled
// again for each T, so the methods of Opt only hand their value over by pointer.

func format(f fmt.State, verb rune, s state, value any) {
	elem := reflect.TypeOf(value).Elem()
	goSyntax := verb == 'v' && f.Flag('#')
	switch {
	case s == set && goSyntax:
		fmt.Fprintf(f, "param.Some[%v](%#v)", elem, reflect.ValueOf(value).Elem().Interface())
	case s == set:
		fmt.Fprintf(f, fmt.FormatString(f, verb), reflect.ValueOf(value).Elem().Interface())
	case s == null && goSyntax:
		fmt.Fprintf(f, "param.Null[%v]()", elem)
	case s == null:
		fmt.Fprint(f, "null")
	case goSyntax:
		fmt.Fprintf(f, "param.Opt[%v]{}", elem)
	default:
		fmt.Fprint(f, "<unset>")
	}
}

// encode writes the value that p points to. Strings and booleans go straight
// to the encoder; the rest needs what json knows of options and methods.
func encode(enc *jsontext.Encoder, p any) error {
	switch p := p.(type) {
	case *string:
		return enc.WriteToken(jsontext.String(*p))
	case *bool:
		return enc.WriteToken(jsontext.Bool(*p))
	}
	return json.MarshalEncode(enc, p)
}

// decode reads the next value into what p points to, and reports whether it
// was null. The usual scalars are read without a look-up of their type, which
// makes an Opt about as fast as a plain field.
func decode(dec *jsontext.Decoder, p any) (isNull bool, err error) {
	kind := dec.PeekKind()
	if kind == 'n' {
		_, err := dec.ReadToken()
		return true, err
	}
	switch p := p.(type) {
	case *string:
		if kind == '"' {
			t, err := dec.ReadToken()
			if err == nil {
				*p = t.String()
			}
			return false, err
		}
	case *bool:
		if kind == 't' || kind == 'f' {
			t, err := dec.ReadToken()
			if err == nil {
				*p = t.Bool()
			}
			return false, err
		}
	case *int64:
		if kind == '0' {
			v, err := dec.ReadValue()
			if err != nil {
				return false, err
			}
			*p, err = parseInt(v)
			return false, err
		}
	case *float64:
		if kind == '0' {
			v, err := dec.ReadValue()
			if err != nil {
				return false, err
			}
			*p, err = parseFloat(v)
			return false, err
		}
	default:
		// A named string without methods: the enums of the SDK.
		if kind == '"' {
			if v := reflect.ValueOf(p); v.Type().NumMethod() == 0 && v.Type().Elem().Kind() == reflect.String {
				t, err := dec.ReadToken()
				if err == nil {
					v.Elem().SetString(t.String())
				}
				return false, err
			}
		}
	}
	return false, json.UnmarshalDecode(dec, p)
}

// digits reads a number that is nothing but a few digits, as most are, without
// making a string of it. A float64 has every one of them.
func digits(v jsontext.Value) (n int64, ok bool) {
	if len(v) > 15 {
		return 0, false
	}
	for _, c := range v {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// parseInt reads an integer. Servers without integers of their own write 20 as
// 20.0, which is the same number.
func parseInt(v jsontext.Value) (int64, error) {
	if n, ok := digits(v); ok {
		return n, nil
	}
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err == nil {
		return n, nil
	}
	text := string(v)
	if whole, fraction, ok := strings.Cut(text, "."); ok && strings.Trim(fraction, "0") == "" {
		if n, err := strconv.ParseInt(whole, 10, 64); err == nil {
			return n, nil
		}
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
		return int64(f), nil
	}
	return 0, numberError[int64](err)
}

func parseFloat(v jsontext.Value) (float64, error) {
	if n, ok := digits(v); ok {
		return float64(n), nil
	}
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil {
		return 0, numberError[float64](err)
	}
	return f, nil
}

// numberError leaves the place in the JSON for json to fill in.
func numberError[T any](err error) error {
	return &json.SemanticError{JSONKind: '0', GoType: reflect.TypeFor[T](), Err: errors.Unwrap(err)}
}
