// Package tolerant reads JSON values that are not written as their description
// says but whose meaning is plain: the times that servers write, a number in
// quotes, an integer with a fraction of zero, a number or a boolean where text is
// due, a text where a boolean is due, an empty list or text where an object is due.
// What has no plain meaning is left to the JSON engine, which reports it.
//
// Problem: a server whose language has one kind of map writes [] for an empty one,
// and one value written so makes a response unreadable.
//
// Decision: responses are read strictly, and only if that fails once more and
// tolerantly. So what is right costs nothing.
package tolerant

import (
	"encoding/base64"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// Unmarshalers is what to read with.
var Unmarshalers = sync.OnceValue(func() *json.Unmarshalers {
	return json.JoinUnmarshalers(
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, t *time.Time) error {
			text, err := scalarText(dec)
			if err != nil {
				return err
			}
			*t, err = ParseTime(text)
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, d *param.Date) error {
			text, err := scalarText(dec)
			if err != nil {
				return err
			}
			t, err := ParseTime(text)
			if err == nil && !t.IsZero() {
				*d = param.DateOf(t)
			}
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, v any) error {
			return decode(dec, reflect.ValueOf(v).Elem())
		}),
	)
})

// decode reads a value of a type without methods of its own, be it declared by
// the SDK or not.
func decode(dec *jsontext.Decoder, v reflect.Value) error {
	if reflect.PointerTo(v.Type()).NumMethod() > 0 && !onlyMarshals(v.Type()) {
		return errors.ErrUnsupported
	}
	switch v.Kind() {
	case reflect.String:
		text, err := scalarText(dec)
		if err == nil {
			v.SetString(text)
		}
		return err
	case reflect.Bool:
		return decodeBool(dec, v)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return decodeNumber(dec, v)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 && dec.PeekKind() == '"' {
			return decodeBytes(dec, v)
		}
		return decodeNothing(dec, v, `""`)
	case reflect.Map, reflect.Struct, reflect.Pointer:
		return decodeNothing(dec, v, `""`, "[]")
	}
	return errors.ErrUnsupported
}

// onlyMarshals reports whether a type has methods that write it and none that
// read it, as the types of constants have.
func onlyMarshals(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return !p.Implements(reflect.TypeFor[json.UnmarshalerFrom]()) && !p.Implements(reflect.TypeFor[json.Unmarshaler]()) && t.Kind() != reflect.Struct
}

// decodeNothing reads one of the texts that stand for an empty value or for none,
// and leaves v zero.
func decodeNothing(dec *jsontext.Decoder, v reflect.Value, nothing ...string) error {
	kind := dec.PeekKind()
	if kind != '"' && kind != '[' || kind == '[' && (len(nothing) < 2 || holdsList(v.Type())) {
		return errors.ErrUnsupported
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	value = value.Clone()
	if err := value.Compact(); err != nil {
		return err
	}
	text := string(value)
	for _, n := range nothing {
		if text == n {
			v.SetZero()
			if kind == '[' && v.Kind() == reflect.Map {
				v.Set(reflect.MakeMap(v.Type())) // it is there, and empty
			}
			return nil
		}
	}
	return &json.SemanticError{JSONKind: kind, GoType: v.Type()}
}

// holdsList reports whether a list is what a pointer leads to, or something that
// reads its own JSON.
func holdsList(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() != reflect.Struct && t.Kind() != reflect.Map || reflect.PointerTo(t).NumMethod() > 0
}

func decodeBool(dec *jsontext.Decoder, v reflect.Value) error {
	if kind := dec.PeekKind(); kind != '"' && kind != '0' {
		return errors.ErrUnsupported
	}
	t, err := dec.ReadToken()
	if err != nil {
		return err
	}
	text := strings.ToLower(strings.TrimSpace(t.String()))
	switch text {
	case "true", "1", "yes", "on":
		v.SetBool(true)
	case "false", "0", "no", "off", "":
		v.SetBool(false)
	default:
		return &json.SemanticError{JSONKind: '"', GoType: v.Type(), Err: errors.New("neither true nor false")}
	}
	return nil
}

func decodeNumber(dec *jsontext.Decoder, v reflect.Value) error {
	if kind := dec.PeekKind(); kind == 't' || kind == 'f' {
		return errors.ErrUnsupported
	}
	text, err := scalarText(dec)
	if err != nil || text == "" {
		return err
	}
	switch {
	case v.CanFloat():
		f, err := strconv.ParseFloat(text, 64)
		if err == nil && v.OverflowFloat(f) {
			err = strconv.ErrRange
		}
		v.SetFloat(f)
		return err
	case v.CanUint():
		u, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			var wide int64
			if wide, err = ParseInteger(text); err == nil && wide < 0 {
				err = strconv.ErrRange
			}
			u = uint64(wide)
		}
		if err == nil && v.OverflowUint(u) {
			err = strconv.ErrRange
		}
		v.SetUint(u)
		return err
	}
	n, err := ParseInteger(text)
	if err == nil && v.OverflowInt(n) {
		err = strconv.ErrRange
	}
	v.SetInt(n)
	return err
}

// decodeBytes reads base64 with or without padding, in the usual alphabet or in
// that of URLs (RFC 4648, sections 4 and 5).
func decodeBytes(dec *jsontext.Decoder, v reflect.Value) error {
	t, err := dec.ReadToken()
	if err != nil {
		return err
	}
	text := strings.NewReplacer("-", "+", "_", "/", "\n", "", "\r", "", " ", "").Replace(t.String())
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return &json.SemanticError{JSONKind: '"', GoType: v.Type(), Err: err}
	}
	v.SetBytes(data)
	return nil
}

// scalarText reads a string, a number, a boolean or null as text; null is "".
func scalarText(dec *jsontext.Decoder) (string, error) {
	switch dec.PeekKind() {
	case '"', '0', 't', 'f':
		t, err := dec.ReadToken()
		return t.String(), err
	case 'n':
		_, err := dec.ReadToken()
		return "", err
	}
	return "", errors.ErrUnsupported // json reports it as it would have
}

// ParseInteger reads an integer that may be written with a fraction of zero or
// an exponent.
func ParseInteger(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil {
		return n, nil
	}
	if whole, fraction, ok := strings.Cut(text, "."); ok && strings.Trim(fraction, "0") == "" {
		return strconv.ParseInt(whole, 10, 64)
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
		return int64(f), nil
	}
	return 0, err
}

// layouts are the forms of times that servers write, besides RFC 3339. Go reads
// a fraction of a second where the layout has none.
var layouts = []string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05Z0700",
	"2006-01-02 15:04:05 Z07:00",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 -0700 MST",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	"2006-01-02",
	"20060102T150405Z0700",
	time.RFC1123,
	time.RFC1123Z,
}

// ParseTime reads a time in a form that servers write. Without a zone it is
// UTC; a number is seconds since 1970, or milliseconds if it is so large. What
// is empty or all zeros is the zero time.
func ParseTime(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if strings.Trim(text, "0-:TZtz .") == "" {
		if strings.ContainsAny(text, "-:") || text == "" {
			return time.Time{}, nil
		}
	}
	upper := strings.ToUpper(text)
	for _, layout := range layouts {
		for _, s := range []string{text, upper} {
			if t, err := time.Parse(layout, s); err == nil {
				return t, nil
			}
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e15 {
		return time.Time{}, errors.New("not a time in any usual form")
	}
	if math.Abs(f) >= 1e11 {
		f /= 1000
	}
	seconds, fraction := math.Modf(f)
	return time.Unix(int64(seconds), int64(math.Round(fraction*1e6))*1000).UTC(), nil
}
