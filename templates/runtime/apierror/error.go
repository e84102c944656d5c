package apierror

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// Error is a response that says the call failed: its status is outside 2xx, or
// its body says so. Find it with [errors.As], and sort it with [errors.Is] and
// the sentinels of this package.
//
// Everything in it is masked: credentials, and the secrets that the call sent.
type Error struct {
	Operation string // the Go name of what was called, from the client on
	Method    string // of the request
	Route     string // the path as the API describes it, its parameters in braces
	Path      string // the path as it was sent, escaped, without the query
	Attempts  int    // how often the request was sent

	StatusCode int    // of the last response
	RequestID  string // what the API calls this request, for its support; "" if it did not say

	Code    string // the API's own code of the first problem; "" if it gave none
	Message string // the API's own words for the first problem; "" if it gave none
	Errors  []Data // every problem that the body reports in the form the API describes

	Header http.Header // of the response
	Body   []byte      // of the response, as far as it was read: at most 1 MiB

	// RetryAfter is how long the API asks to wait before the call is made again,
	// from the time of the response on; 0 if it does not ask.
	RetryAfter time.Duration
	// RateLimit is what the response says of the API's limit of calls; nil if it
	// says nothing.
	RateLimit *RateLimit

	// Request and Response are copies without bodies, for what the fields above
	// leave out. Response.Body reads Body.
	Request  *http.Request
	Response *http.Response

	decode  func(body []byte, v any) error
	cause   string    // why it is an error, if the status does not say so
	limit   string    // what kept it from being repeated; "" if nothing did
	until   time.Time // RetryAfter, as a time
	request []byte    // the body of the request
}

// Report is what the transport knows of a failed call.
type Report struct {
	Operation, Route string
	Attempts         int
	Request          *http.Request
	RequestBody      []byte
	Response         *http.Response
	Body             []byte
	RequestID        string
	Cause            string    // why it failed, if not by its status
	Limit            string    // what kept it from being repeated, if anything did
	Time             time.Time // when the response came
	RetryAfter       time.Duration
	Masks            *mask.Set // what must not be seen
	// Decode reads a body as results are read.
	Decode func(body []byte, v any) error
}

// New makes an Error. It is for the SDK's transport, and keeps nothing of r
// that is not a masked copy.
func New(r Report) *Error {
	m := r.Masks
	e := &Error{
		Operation:  r.Operation,
		Method:     r.Request.Method,
		Route:      r.Route,
		Path:       m.String(r.Request.URL.EscapedPath()),
		Attempts:   r.Attempts,
		StatusCode: r.Response.StatusCode,
		RequestID:  r.RequestID,
		Header:     m.Header(r.Response.Header),
		Body:       slices.Clone(m.Bytes(r.Body)),
		decode:     r.Decode,
		cause:      r.Cause,
		limit:      r.Limit,
		RetryAfter: r.RetryAfter,
		RateLimit:  NewRateLimit(r.Response.Header, r.Time),
		request:    slices.Clone(m.Bytes(r.RequestBody)),
	}
	if r.RetryAfter > 0 {
		e.until = r.Time.Add(r.RetryAfter)
	}
	e.Request = &http.Request{
		Method:     r.Request.Method,
		URL:        m.URL(r.Request.URL),
		Host:       r.Request.Host,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     m.Header(r.Request.Header),
		Body:       http.NoBody,
	}
	e.Response = &http.Response{
		Status:        r.Response.Status,
		StatusCode:    r.Response.StatusCode,
		Proto:         r.Response.Proto,
		ProtoMajor:    r.Response.ProtoMajor,
		ProtoMinor:    r.Response.ProtoMinor,
		Header:        e.Header,
		ContentLength: int64(len(e.Body)),
		Body:          io.NopCloser(bytes.NewReader(e.Body)),
		Request:       e.Request,
	}
	e.Errors = problems(e)
	e.Code, e.Message = summarize(e)
	return e
}

// Error returns one line: operation, method, path, status, and what the API
// said, if anything; then its id of the request. It has no query, no header and
// no body, except for a hint of a body that is not JSON.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Operation != "" {
		b.WriteString(e.Operation + ": ")
	}
	fmt.Fprintf(&b, "%s %s: %d", e.Method, e.Path, e.StatusCode)
	if text := http.StatusText(e.StatusCode); text != "" {
		b.WriteString(" " + text)
	}
	if e.cause != "" {
		b.WriteString(", but " + e.cause)
	}
	switch message, code := clean(e.Message, maxMessage), clean(e.Code, maxCode); {
	case message != "" && code != "":
		fmt.Fprintf(&b, ": %s (code %s)", message, code)
	case message != "":
		b.WriteString(": " + message)
	case code != "":
		b.WriteString(": code " + code)
	default:
		if encoding := e.Header.Get("Content-Encoding"); encoding != "" && !utf8.Valid(e.Body) {
			b.WriteString(": a body with the Content-Encoding " + clean(encoding, maxCode))
		} else if h := hint(e.Header.Get("Content-Type"), e.Body); h != "" {
			b.WriteString(": " + h)
		}
	}
	if more := len(e.Errors) - 1; more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	var notes []string
	if e.RequestID != "" {
		notes = append(notes, "request "+e.RequestID)
	}
	if e.Attempts > 1 {
		notes = append(notes, fmt.Sprintf("%d attempts", e.Attempts))
	}
	if !e.until.IsZero() {
		notes = append(notes, fmt.Sprintf("retry after %v, at %s", e.RetryAfter.Round(time.Millisecond), e.until.UTC().Format(time.RFC3339)))
	}
	if e.limit != "" {
		notes = append(notes, e.limit)
	}
	if len(notes) > 0 {
		b.WriteString(" [" + strings.Join(notes, ", ") + "]")
	}
	return b.String()
}

// Decode reads the body into what v points to, for an API whose errors have
// more than the fields above. A body that is not JSON of that type is an error,
// unless the API speaks XML and it is that.
func (e *Error) Decode(v any) error {
	if e.decode == nil {
		return json.Unmarshal(e.Body, v, lenient())
	}
	return e.decode(e.Body, v)
}

// Is reports whether target is the sentinel of e's status.
func (e *Error) Is(target error) bool { return is(e.StatusCode, target) }

// GoString is what %#v prints: what [Error.Error] says, and nothing that could
// hold a secret.
func (e *Error) GoString() string { return fmt.Sprintf("&apierror.Error{%q}", e.Error()) }
