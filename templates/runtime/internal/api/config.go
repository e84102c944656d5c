package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

// The defaults of every client.
const (
	DefaultMaxRetries = 2
	DefaultTimeout    = time.Minute
	DefaultMaxResult  = 50 << 20
)

// Doer sends a request and returns the response; [*http.Client] is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Limiter waits until a request may be sent; a Limiter of golang.org/x/time/rate
// is one.
type Limiter interface {
	Wait(context.Context) error
}

// Next sends an attempt on: to the next middleware, or to the HTTP client.
type Next = func(*http.Request) (*http.Response, error)

// Middleware sees an attempt on its way out and the response on its way back.
type Middleware = func(req *http.Request, next Next) (*http.Response, error)

// Option changes how one request, or every request of a client, is sent.
type Option func(*Config) error

// Config is what options change. A client has one, and it is not changed once
// the client is made: a call with options of its own works on a copy, whose
// slices are copied when they are first written to.
type Config struct {
	BaseURL     *url.URL
	HTTPClient  Doer
	Middleware  []Middleware
	UserAgent   string
	MaxRetries  int
	RetriesSaid bool          // an option set MaxRetries
	Timeout     time.Duration // of each attempt; 0 is none
	Whole       bool          // Timeout is for all of an attempt, and not for each time that nothing comes
	RetryPolicy func(Attempt) bool
	RetryUnsafe bool          // POST and PATCH are repeated like any other
	MinDelay    time.Duration // bounds of the time between attempts
	MaxDelay    time.Duration
	MaxWait     time.Duration // that a server can ask for
	RetryBudget int           // repetitions without success that a client has; 0 is no limit
	RetryCount  string        // header; "" is none
	MaxPages    int           // of a loop; 0 is no limit
	Cursor      string        // where a list goes on; "" is where its params say
	MaxResult   int64         // bytes of a result; 0 is no limit
	Response    **http.Response
	OnResponse  func(*Call, *http.Response)
	OnRateLimit func(context.Context, apierror.RateLimit)
	Limiter     Limiter  // asked before each attempt
	Shown       []string // names of headers and query parameters that need not be masked
	Logger      *slog.Logger
	Headers     []HeaderValue
	LogBodies   int    // bytes of each body; 0 logs none
	Body        *Body  // in place of the request's own
	ContentType string // of the request's own body; "" is its usual one
	Streams     Streams

	CallMiddleware []CallMiddleware

	api            *API
	level          level
	credentials    []credential // one for each of api.Credentials
	authorization  level        // of an Authorization header that is none of the credentials
	tokenURLs      []string     // one for each of api.Credentials; nil if no option sets one
	params         []string     // one for each of api.Params
	variables      []string     // one for each of api.Variables; nil if no option sets one
	header         []edit
	query          []edit
	json           []jsonEdit
	idempotencyKey string
	standIn        bool // what plays the API asks for no credentials
}

// level says who set something: the later beats the earlier.
type level uint8

const (
	unset level = iota
	fromEnvironment
	fromClient
	fromCall
)

// edit is one change to a header or a query, in the order of the options.
type edit struct {
	op          operation
	name, value string
}

type operation uint8

// What an edit does to what is there.
const (
	Set operation = iota
	Add
	Del
)

// String says nothing of what is configured, since some of it is secret.
func (c *Config) String() string { return "api.Config" }

// GoString is String, for %#v.
func (c *Config) GoString() string { return c.String() }

// init gives c the defaults of an API and what the environment says.
func (c *Config) init(a *API) error {
	c.api = a
	c.MaxRetries = DefaultMaxRetries
	c.Timeout = DefaultTimeout
	c.MaxWait = DefaultMaxRetryAfter
	c.RetryBudget = DefaultRetryBudget
	c.MaxResult = DefaultMaxResult
	c.Streams.IdleTimeout = DefaultIdleTimeout
	c.Streams.MaxEvent = DefaultMaxEvent
	c.UserAgent = a.UserAgent
	c.RetryCount = a.RetryCount
	c.MinDelay, c.MaxDelay = DefaultMinDelay, DefaultMaxDelay
	c.level = fromEnvironment
	if err := c.defaults(a); err != nil {
		return err
	}
	if len(a.Credentials) > 0 {
		c.credentials = make([]credential, len(a.Credentials))
		for i := range a.Credentials {
			c.credentials[i] = a.Credentials[i].fromEnvironment()
		}
	}
	if len(a.Params) > 0 {
		c.params = make([]string, len(a.Params))
		for i, p := range a.Params {
			c.params[i] = cmp.Or(environment(p.Env), p.Default)
		}
	}
	base, source := a.BaseURL, a.Name
	if v := environment(a.BaseURLEnv); v != "" {
		base, source = v, a.BaseURLEnv
	}
	if base == "" {
		return nil // an option may still say it
	}
	return c.SetBaseURL(base, source)
}

// defaults takes over what the API has in place of the defaults of this package.
func (c *Config) defaults(a *API) error {
	if a.Timeout > 0 {
		c.Timeout = a.Timeout
	}
	if r := a.Retries; r != nil {
		c.MaxRetries = r.Max
		c.MinDelay = cmp.Or(r.MinDelay, c.MinDelay)
		c.MaxDelay = max(cmp.Or(r.MaxDelay, c.MaxDelay), c.MinDelay)
	}
	for _, f := range a.Headers {
		if err := c.EditHeader(Set, f.Name, f.Value, a.Name); err != nil {
			return err
		}
	}
	return nil
}

// limits takes over what an operation has in place of the client's defaults. What
// an option says wins over it.
func (c *Config) limits(r *Request) {
	if r.Timeout > 0 && !c.Whole {
		c.Timeout = r.Timeout
	}
	if r.MaxRetries != nil && !c.RetriesSaid {
		c.MaxRetries = *r.MaxRetries
	}
}

// addParams adds the client's parameters that every request has.
func (c *Config) addParams(r *Request) {
	for i, p := range c.api.Params {
		value := c.params[i]
		if value == "" {
			continue
		}
		if p.Header != "" && !r.has(Header, p.Header) {
			r.Header(p.Header, value)
		}
		if p.Query != "" && !r.has(Query, p.Query) {
			r.Query(p.Query, value)
		}
	}
}

// environment returns an environment variable; one that is set but blank is as
// good as none.
func environment(name string) string {
	if name == "" {
		return ""
	}
	return strings.TrimSpace(os.Getenv(name))
}

// apply applies options.
func (c *Config) apply(opts []Option) error {
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(c); err != nil {
			return err
		}
	}
	return nil
}

// with returns a copy of c with the options of a call.
func (c *Config) with(opts []Option) (*Config, error) {
	call := *c
	call.level = fromCall
	call.Middleware = slices.Clip(call.Middleware)
	call.header = slices.Clip(call.header)
	call.query = slices.Clip(call.query)
	call.json = slices.Clip(call.json)
	call.Shown = slices.Clip(call.Shown)
	call.CallMiddleware = slices.Clip(call.CallMiddleware)
	err := call.apply(opts)
	return &call, err
}

// SetResponse sets where the response of a call is stored: what is there of an
// earlier one is forgotten.
func (c *Config) SetResponse(response **http.Response) {
	c.Response = response
	if c.level == fromCall {
		*response = nil
	}
}

// SetHTTPClient sets what sends requests.
func (c *Config) SetHTTPClient(d Doer) error {
	switch client := d.(type) {
	case nil:
		return errors.New("option.WithHTTPClient: nil")
	case *http.Client:
		if client == nil {
			return errors.New("option.WithHTTPClient: nil")
		}
		d = guarded(client)
	}
	c.HTTPClient = d
	return nil
}

// EditHeader changes a header; source is named in errors. A header that carries
// a credential counts as that credential.
func (c *Config) EditHeader(op operation, name, value, source string) error {
	if !validToken(name) {
		return fmt.Errorf("%s: %q is not the name of a header", source, name)
	}
	if !validValue(value) {
		return fmt.Errorf("%s: the value of %s has a line break", source, name)
	}
	name = textproto.CanonicalMIMEHeaderKey(name)
	c.header = append(c.header, edit{op, name, value})
	c.editedCredential(Header, op, name, value)
	return nil
}

// EditQuery changes a query parameter.
func (c *Config) EditQuery(op operation, name, value string) {
	c.query = append(c.query, edit{op, name, value})
	c.editedCredential(Query, op, name, value)
}

// addedCredentials are the edits of the query that carry a credential.
func (c *Config) addedCredentials() []edit {
	var edits []edit
	for _, e := range c.query {
		if slices.ContainsFunc(c.api.Credentials, func(d Credential) bool { return d.In == Query && d.Key == e.name }) {
			if e.op == Add {
				e.op = Set // the link may have it already
			}
			edits = append(edits, e)
		}
	}
	return edits
}

// WithParam sets a client-level parameter. A blank value is as good as none.
func WithParam(name, value string) Option {
	return func(c *Config) error {
		for i, p := range c.api.Params {
			if p.Name == name {
				c.params = slices.Clone(c.params)
				c.params[i] = strings.TrimSpace(value)
				return nil
			}
		}
		return fmt.Errorf("the API has no parameter %q", name)
	}
}

// SetIdempotencyKey sets the key that makes a repeated request harmless.
func (c *Config) SetIdempotencyKey(key, source string) error {
	switch {
	case key == "":
		return fmt.Errorf("%s: the key is empty", source)
	case c.level != fromCall:
		return fmt.Errorf("%s: a key is for one call, not for a client", source)
	case !validValue(key):
		return fmt.Errorf("%s: the key has a line break", source)
	}
	c.idempotencyKey = key
	return nil
}

// SetRetryCount sets the header that counts repetitions; "" is none.
func (c *Config) SetRetryCount(name, source string) error {
	if name != "" && !validToken(name) {
		return fmt.Errorf("%s: %q is not the name of a header", source, name)
	}
	c.RetryCount = name
	return nil
}

// SetCursor sets where a list goes on.
func (c *Config) SetCursor(cursor, source string) error {
	if c.level != fromCall {
		return fmt.Errorf("%s: a cursor is for one call, not for a client", source)
	}
	c.Cursor = cursor
	return nil
}

// validToken reports whether s is a token of RFC 9110, such as the name of a
// header.
func validToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"(),/:;<=>?@[\\]{}", c) >= 0 {
			return false
		}
	}
	return s != ""
}
