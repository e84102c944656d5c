package api

import (
	"encoding"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/tolerant"
)

// HeaderValue is a header of the response and where its value goes.
type HeaderValue struct {
	name string
	into any
}

// ReadHeader makes a call store a header of its response in what into points to.
func (c *Config) ReadHeader(name string, into any, source string) error {
	switch into.(type) {
	case *string, *[]string, *bool, *int, *int64, *float64, *time.Time, encoding.TextUnmarshaler:
	default:
		return fmt.Errorf("%s: %s cannot be stored in a %T", source, name, into)
	}
	if v := reflect.ValueOf(into); v.Kind() == reflect.Pointer && v.IsNil() {
		return fmt.Errorf("%s: nil", source)
	}
	c.Headers = append(c.Headers[:len(c.Headers):len(c.Headers)], HeaderValue{name, into})
	return nil
}

// read stores the value, unless there is none or it is of another type.
func (v *HeaderValue) read(h http.Header) {
	values := h.Values(v.name)
	if len(values) == 0 {
		return
	}
	text := strings.TrimSpace(values[0])
	switch into := v.into.(type) {
	case *string:
		*into = text
	case *[]string:
		*into = slices.Clone(values)
	case *bool:
		if b, err := strconv.ParseBool(text); err == nil {
			*into = b
		}
	case *int:
		if n, err := strconv.Atoi(text); err == nil {
			*into = n
		}
	case *int64:
		if n, err := tolerant.ParseInteger(text); err == nil {
			*into = n
		}
	case *float64:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			*into = f
		}
	case *time.Time:
		if t, err := http.ParseTime(text); err == nil {
			*into = t
		} else if t, err := tolerant.ParseTime(text); err == nil {
			*into = t
		}
	case encoding.TextUnmarshaler:
		_ = into.UnmarshalText([]byte(text)) // it stays as it is then
	}
}
