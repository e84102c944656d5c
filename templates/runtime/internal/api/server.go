package api

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// SetBaseURL sets the URL that paths are added to; source is named in errors.
func (c *Config) SetBaseURL(base, source string) error {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		// The text is not repeated: it may hold a password.
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		return fmt.Errorf("%s: not a URL: %w", source, err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("%s: %q is not an absolute http or https URL", source, u.Redacted())
	}
	if u.RawPath != "" {
		u.RawPath = literal.encode(u.RawPath) // or net/url would not believe it
	}
	c.BaseURL = u
	return nil
}

// WithServerVariable sets a variable of the server's URL.
func WithServerVariable(name, value string) Option {
	return func(c *Config) error {
		for i := range c.api.Variables {
			if c.api.Variables[i].Name == name {
				return c.setVariable(i, strings.TrimSpace(value))
			}
		}
		return fmt.Errorf("the API's server has no variable %q", name)
	}
}

// setVariable makes the base URL anew with the variables that are set. A value
// cannot lead to another host than the one it is part of.
func (c *Config) setVariable(i int, value string) error {
	v := &c.api.Variables[i]
	source := "option." + v.Option
	_, path, _ := strings.Cut(c.api.Server, "://")
	_, path, _ = strings.Cut(path, "/")
	bad := "?#@\\ \t\r\n"
	if !strings.Contains(path, "{"+v.Name+"}") {
		bad += "/"
	}
	switch {
	case value == "":
		return fmt.Errorf("%s: the value is empty", source)
	case len(v.Values) > 0 && !slices.Contains(v.Values, value):
		return fmt.Errorf("%s: %q is none of %q", source, value, v.Values)
	case strings.ContainsAny(value, bad):
		return fmt.Errorf("%s: %q has a character that ends this part of a URL", source, value)
	}
	values := make([]string, len(c.api.Variables))
	for j := range values {
		values[j] = c.api.Variables[j].Default
	}
	copy(values, c.variables)
	values[i] = value
	c.variables = values
	if slices.Contains(values, "") {
		return nil // another one is to come
	}
	base := c.api.Server
	for j, value := range values {
		base = strings.ReplaceAll(base, "{"+c.api.Variables[j].Name+"}", value)
	}
	return c.SetBaseURL(base, source)
}

// noBaseURL says which options would make a base URL.
func (c *Config) noBaseURL() error {
	for i := range c.api.Variables {
		if v := &c.api.Variables[i]; v.Default == "" && (i >= len(c.variables) || c.variables[i] == "") {
			return fmt.Errorf("no base URL: set option.%s, a variable of the server's URL, or option.WithBaseURL", v.Option)
		}
	}
	return errors.New("no base URL: set option.WithBaseURL")
}
