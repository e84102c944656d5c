package api

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// tolerant reads values that are not written as they should be but whose
// meaning is plain: the times that servers write, a number in quotes, an
// integer with a fraction of zero, a number where text is due.
func tolerant() *json.Unmarshalers {
	return json.JoinUnmarshalers(
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, t *time.Time) error {
			text, err := scalarText(dec)
			if err != nil {
				return err
			}
			*t, err = parseTime(text)
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, d *param.Date) error {
			text, err := scalarText(dec)
			if err != nil {
				return err
			}
			t, err := parseTime(text)
			if err == nil && !t.IsZero() {
				*d = param.DateOf(t)
			}
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, s *string) error {
			text, err := scalarText(dec)
			*s = text
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, n *int64) error {
			text, err := scalarText(dec)
			if err != nil || text == "" {
				return err
			}
			*n, err = parseInteger(text)
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, n *int32) error {
			text, err := scalarText(dec)
			if err != nil || text == "" {
				return err
			}
			wide, err := parseInteger(text)
			if err == nil && int64(int32(wide)) != wide {
				err = strconv.ErrRange
			}
			*n = int32(wide)
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, n *uint64) error {
			text, err := scalarText(dec)
			if err != nil || text == "" {
				return err
			}
			if *n, err = strconv.ParseUint(text, 10, 64); err != nil {
				var wide int64
				if wide, err = parseInteger(text); err == nil && wide < 0 {
					err = strconv.ErrRange
				}
				*n = uint64(wide)
			}
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, f *float64) error {
			text, err := scalarText(dec)
			if err != nil || text == "" {
				return err
			}
			*f, err = strconv.ParseFloat(text, 64)
			return err
		}),
	)
}

// scalarText reads a string, a number or null as text; null is "".
func scalarText(dec *jsontext.Decoder) (string, error) {
	switch dec.PeekKind() {
	case '"', '0':
		t, err := dec.ReadToken()
		return t.String(), err
	case 'n':
		_, err := dec.ReadToken()
		return "", err
	}
	return "", errors.ErrUnsupported // json reports it as it would have
}

// parseInteger reads an integer that may be written with a fraction of zero or
// an exponent.
func parseInteger(text string) (int64, error) {
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

// parseTime reads a time in a form that servers write. Without a zone it is
// UTC; a number is seconds since 1970, or milliseconds if it is so large. What
// is empty or all zeros is the zero time.
func parseTime(text string) (time.Time, error) {
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
