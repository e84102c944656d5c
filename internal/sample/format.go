package sample

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// Formats are the formats of strings that kin-openapi does not know or takes too
// lightly, and what holds a text against each.
func Formats() map[string]func(string) error {
	return map[string]func(string) error{
		"uuid": matches(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`),
		"date": func(v string) error { _, err := time.Parse(time.DateOnly, v); return err },
		"date-time": func(v string) error {
			_, err := time.Parse(time.RFC3339Nano, strings.ToUpper(v))
			return err
		},
		"email": matches(openapi3.FormatOfStringForEmail),
		"ipv4":  func(v string) error { return address(v, netip.Addr.Is4) },
		"ipv6":  func(v string) error { return address(v, netip.Addr.Is6) },
		"uri": func(v string) error {
			u, err := url.Parse(v)
			if err == nil && u.Scheme == "" {
				err = errors.New("it has no scheme")
			}
			return err
		},
	}
}

func address(v string, is func(netip.Addr) bool) error {
	addr, err := netip.ParseAddr(v)
	if err == nil && !is(addr) {
		err = errors.New("it is of the other version of IP")
	}
	return err
}

func matches(pattern string) func(string) error {
	re := regexp.MustCompile(pattern)
	return func(v string) error {
		if !re.MatchString(v) {
			return errors.New("it does not match " + pattern)
		}
		return nil
	}
}

var formatChecks = Formats()

// withFormats makes kin-openapi check the formats too.
var withFormats = func() openapi3.SchemaValidationOption {
	validators := map[string]openapi3.StringFormatValidator{}
	for name, check := range formatChecks {
		validators[name] = openapi3.NewCallbackValidator(check)
	}
	return openapi3.WithStringFormatValidators(validators)
}()

// inFormat reports whether a value, if it is a text or a list of them, keeps to
// the format that its schema asks for.
func inFormat(s *openapi3.Schema, v any) bool {
	switch v := v.(type) {
	case string:
		check := formatChecks[s.Format]
		return check == nil || check(v) == nil
	case []any:
		for _, item := range v {
			if s.Items != nil && s.Items.Value != nil && !inFormat(s.Items.Value, item) {
				return false
			}
		}
	}
	return true
}
