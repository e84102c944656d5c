package api

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Request is one call as a generated method describes it. It is used once:
// sending it turns its parameters and its body into text.
type Request struct {
	Operation string   // the Go name of what is called, from the client on, for errors and logs
	Method    string   // of HTTP
	Path      string   // the template, its parameters in braces
	Security  Security // nil is the API's own
	Server    string   // the base URL, if it is not the API's; one that the caller sets wins
	Cursor    string   // the query parameter, or the way to the member of the body, that the next page moves
	CursorIn  CursorPlace
	ZeroBased bool   // pages are counted from 0 when neither request nor response says
	Unwrap    string // the member of the response that is the result; "" is the whole body
	Accept    string // media type; "" is application/json
	Body      Body   // the zero Body is none

	// MayBeEmpty says that the result may be missing although the status is 200.
	MayBeEmpty bool

	// IdempotencyKey is the header of an idempotency key, if the operation has
	// one: the transport sends a key of its own, the same with each attempt, if
	// the caller gives none.
	IdempotencyKey string

	// ShouldRetry says of a status ("409", "4XX" or "default") whether what it
	// answers is worth another attempt. It is asked where the response does not
	// say itself (X-Should-Retry), and goes before what else is known of it.
	ShouldRetry map[string]bool

	// Timeout and MaxRetries are the operation's own; zero and nil are the client's.
	Timeout    time.Duration
	MaxRetries *int

	params []parameter
	others []Body // for callers who ask for their media types
	own    prepared
	sent   *prepared // in place of params and Body, once they are text; own, or that of the first page

	cursor string   // in place of the value of Cursor, if moved
	moved  bool     //
	next   *url.URL // in place of the whole URL, if not nil

	undescribed bool // next is the caller's, and the parameters are added to it
}

// has reports whether a parameter of that place and name has a value.
func (r *Request) has(place Place, name string) bool {
	return slices.ContainsFunc(r.params, func(p parameter) bool {
		return p.place == place && strings.EqualFold(p.name, name) && !nothing(p.value)
	})
}

// Count is a pointer to a count, for the fields of a [Request] and of [API].
func Count(n int) *int { return &n }

type parameter struct {
	place Place
	style Style
	name  string
	value any
}

// PathParam fills in a parameter of the path. Where v is unset or empty the
// client-level parameter of that name stands in; if there is none, the call
// fails before anything is sent.
func (r *Request) PathParam(name string, v any) { r.param(inPath, name, v, Default) }

// PathStyle is PathParam in another style.
func (r *Request) PathStyle(name string, v any, s Style) { r.param(inPath, name, v, s) }

// Query adds a query parameter. What is unset, null, or a nil list, map or
// pointer is left out; a list repeats the parameter.
func (r *Request) Query(name string, v any) { r.param(Query, name, v, Default) }

// QueryStyle is Query in another style.
func (r *Request) QueryStyle(name string, v any, s Style) { r.param(Query, name, v, s) }

// OmitZero returns v, or nil if it is the zero of its type, which is what leaves
// a parameter out. It is for enums, whose zero is none of their values.
func OmitZero(v any) any {
	if reflect.ValueOf(v).IsZero() {
		return nil
	}
	return v
}

// Header sets a header; what is unset is left out, as in a query, and a list
// is separated by commas.
func (r *Request) Header(name string, v any) { r.param(Header, name, v, Default) }

// HeaderStyle is Header in another style.
func (r *Request) HeaderStyle(name string, v any, s Style) { r.param(Header, name, v, s) }

// Cookie adds a cookie; what is unset is left out, as in a query.
func (r *Request) Cookie(name string, v any) { r.param(Cookie, name, v, Default) }

// CookieStyle is Cookie in another style.
func (r *Request) CookieStyle(name string, v any, s Style) { r.param(Cookie, name, v, s) }

// Also adds a body for a caller who asks for its media type.
func (r *Request) Also(b Body) { r.others = append(r.others, b) }

func (r *Request) param(place Place, name string, v any, s Style) {
	if r.params == nil {
		r.params = make([]parameter, 0, 4)
	}
	r.params = append(r.params, parameter{place, s, name, v})
}

// At returns a copy of r, which was sent before, that asks for the page at
// cursor.
func (r *Request) At(cursor string) *Request {
	next := *r
	next.cursor, next.moved, next.next = cursor, true, nil
	return &next
}

// AtURL returns a copy of r, which was sent before, that asks for the page that
// the API gave a URL of its own.
func (r *Request) AtURL(u *url.URL) *Request {
	next := *r
	next.next = u
	return &next
}
