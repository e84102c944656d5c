package api

import (
	"context"
	"fmt"
	"net/http"
	"net/textproto"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

// choose returns the alternative that a request is sent with, as a list of
// credentials by name; see the package documentation for the rule.
func (c *Config) choose(declared Security) ([]string, error) {
	if declared == nil {
		declared = c.api.Security
	}
	best, found := []string(nil), len(declared) == 0
	reach := c.authorization
	if reach > unset {
		found = true // the user's own Authorization header
	}
	for _, alternative := range declared {
		l, ok := c.reach(alternative)
		if ok && (!found || l > reach) {
			best, reach, found = alternative, l, true
		}
	}
	if optional := len(declared) == 0 || slices.ContainsFunc(declared, isEmpty); optional {
		return best, nil
	}
	for _, alternative := range c.api.fallback() {
		l, ok := c.reach(alternative)
		if ok && len(alternative) > 0 && (!found || l > reach && c.insists(alternative)) {
			best, reach, found = alternative, l, true
		}
	}
	if !found {
		return nil, c.noCredentials(declared)
	}
	return best, nil
}

// fallback returns the alternatives that any operation may be tried with.
func (a *API) fallback() Security {
	if a.Fallback != nil {
		return a.Fallback
	}
	return a.Security
}

func isEmpty(alternative []string) bool { return len(alternative) == 0 }

// reach returns the highest level of the credentials of an alternative, and
// whether all of them are set.
func (c *Config) reach(alternative []string) (level, bool) {
	l := unset
	for _, name := range alternative {
		value := c.credential(name)
		if value == nil && c.authenticates() {
			continue
		}
		if value == nil || value.level == unset {
			return unset, false
		}
		l = max(l, value.level)
	}
	return l, true
}

// authenticates reports whether the program may authenticate requests itself, by
// a scheme that this SDK cannot send: with a header, in middleware, or in an HTTP
// client of its own.
func (c *Config) authenticates() bool {
	return c.standIn || len(c.Middleware) > 0 || c.HTTPClient != shared() || slices.ContainsFunc(c.header, func(e edit) bool { return e.op != Del })
}

// insists reports whether an alternative is asked for so plainly that it is sent
// though the operation declares another that is complete: by the call itself,
// or with a header or query parameter that is sent in any case.
func (c *Config) insists(alternative []string) bool {
	return slices.ContainsFunc(alternative, func(name string) bool {
		value := c.credential(name)
		return value != nil && (value.level == fromCall || value.edited)
	})
}

func (c *Config) credential(name string) *credential {
	for i := range c.api.Credentials {
		if c.api.Credentials[i].Name == name {
			return &c.credentials[i]
		}
	}
	return nil
}

// noCredentials says what would help.
func (c *Config) noCredentials(declared Security) error {
	var ways []string
	for _, alternative := range slices.Concat(declared, c.api.fallback()) {
		if way := c.way(alternative); way != "" && !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
	}
	if len(ways) == 0 {
		ways = append(ways, fmt.Sprintf("a header with option.WithHeader, or middleware, for the scheme %q, which this SDK has no option for", strings.Join(declared[0], " and ")))
	}
	return fmt.Errorf("%w: set %s", apierror.ErrNoCredentials, strings.Join(ways, "; or "))
}

// way names what is missing of an alternative.
func (c *Config) way(alternative []string) string {
	var missing []string
	for _, name := range alternative {
		i := slices.IndexFunc(c.api.Credentials, func(d Credential) bool { return d.Name == name })
		if i < 0 {
			return "" // a scheme that this SDK cannot send
		}
		if c.credentials[i].level != unset {
			continue
		}
		d := &c.api.Credentials[i]
		text := "option." + d.Option
		switch {
		case d.Env != "" && d.EnvPassword != "":
			text += " (" + d.Env + ", " + d.EnvPassword + ")"
		case d.Env != "":
			text += " (" + d.Env + ")"
		}
		if d.ClientOption != "" {
			text += " or option." + d.ClientOption + " (" + d.EnvID + ", " + d.EnvSecret + ")"
		}
		missing = append(missing, text)
	}
	return strings.Join(missing, " and ")
}

// authorize adds the chosen credentials to a request.
func (x *exchange) authorize(ctx context.Context, req *http.Request, h *fields) error {
	c := x.config
	for _, name := range x.alternative {
		i := slices.IndexFunc(c.api.Credentials, func(d Credential) bool { return d.Name == name })
		if i < 0 || c.credentials[i].edited {
			continue // the program sends it
		}
		d, value := &c.api.Credentials[i], c.credentials[i]
		text := value.value
		if value.source != nil {
			fresh, err := x.answered(ctx, i)
			if err != nil {
				return err
			}
			text = d.Prefix + fresh
		}
		for _, g := range x.granted {
			if g.credential == i {
				text = d.Prefix + g.value
			}
		}
		switch d.In {
		case Header:
			h.set(textproto.CanonicalMIMEHeaderKey(d.Key), text)
		case Query:
			req.URL.RawQuery = string(appendPair([]byte(removeQuery(req.URL.RawQuery, d.Key)), d.Key, text))
		case Cookie:
			addCookie(h.header, unreserved.encode(d.Key), unreserved.encode(text))
		}
	}
	return nil
}

// answer is what a function for a credential returned.
type answer struct {
	credential int
	value      string
	next       bool // it was asked for the next attempt
}

// answered returns the credential that a function has for this attempt.
func (x *exchange) answered(ctx context.Context, credential int) (string, error) {
	i := slices.IndexFunc(x.asked, func(a answer) bool { return a.credential == credential })
	if i >= 0 && x.asked[i].next {
		x.asked[i].next = false
		return x.asked[i].value, nil
	}
	value, err := x.ask(ctx, credential)
	if i < 0 {
		x.asked = append(x.asked, answer{credential: credential, value: value})
	} else {
		x.asked[i].value = value
	}
	return value, err
}

// ask asks the function of a credential.
func (x *exchange) ask(ctx context.Context, credential int) (string, error) {
	d := &x.config.api.Credentials[credential]
	fresh, err := x.config.credentials[credential].source(ctx)
	if err != nil {
		return "", fmt.Errorf("credential %s: %w", d.Name, err)
	}
	if fresh = strings.TrimSpace(fresh); fresh == "" {
		return "", fmt.Errorf("credential %s: %w: its source returned nothing", d.Name, apierror.ErrNoCredentials)
	}
	if !validValue(fresh) {
		return "", fmt.Errorf("credential %s: the value has a line break", d.Name)
	}
	x.fresh = append(x.fresh, fresh)
	return fresh, nil
}
