package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

// attempt is one request and what came of it.
type attempt struct {
	number  int // 0 for the first
	req     *http.Request
	resp    *http.Response // nil if there is none
	body    *bytes.Buffer  // of resp
	content *content       // in place of body, if the caller reads the response
	err     error          // why resp is nil or body not whole
	expired bool           // err is the end of the attempt's time
	excess  bool           // body is cut off, since it is longer than a result may be
	at      time.Time      // when the response came
}

// ok reports whether the attempt succeeded, as far as its status says.
func (a *attempt) ok() bool { return a.err == nil && a.resp.StatusCode/100 == 2 }

// attempt sends the request once and reads the response. The error is for what
// kept it from being sent at all.
func (x *exchange) attempt(outer context.Context, n int) (a attempt, err error) {
	if x.config.Limiter != nil {
		if err := x.config.Limiter.Wait(outer); err != nil {
			return a, fmt.Errorf("option.WithLimiter: %w", err)
		}
	}
	if err := x.grants(outer); err != nil {
		return a, err
	}
	ctx, cancel, stop := x.limited(outer)
	defer func() {
		if a.content == nil {
			cancel() // else when the caller closes it
		}
	}()
	a.number = n
	if a.req, err = x.newRequest(ctx, n); err != nil {
		return a, err
	}
	var start time.Time
	if x.config.Logger != nil {
		start = time.Now()
	}
	a.resp, a.err = x.send(a.req)
	a.at = time.Now()
	if a.err == nil && x.config.OnRateLimit != nil {
		if limit := apierror.NewRateLimit(a.resp.Header, a.at); limit != nil {
			x.config.OnRateLimit(outer, *limit)
		}
	}
	switch {
	case a.err != nil:
	case x.streams() && a.ok():
		stop() // the time of an attempt ends with the headers
		a.body = x.client.buffer()
		a.content = x.newContent(outer, &a, cancel)
	default:
		a.body = x.client.buffer()
		a.err = x.read(&a)
	}
	a.expired = a.err != nil && ctx.Err() != nil && outer.Err() == nil
	if a.err != nil && !a.expired && outer.Err() == nil && x.misled {
		a.err = local(a.err)
	}
	if x.config.Logger != nil {
		x.log(outer, &a, time.Since(start))
	}
	return a, nil
}

// limited returns the context of an attempt, what ends it, and what lifts its
// limit of time.
func (x *exchange) limited(outer context.Context) (ctx context.Context, cancel, stop func()) {
	none := func() {}
	limit := x.config.Timeout
	if deadline, ok := outer.Deadline(); ok && time.Until(deadline) <= limit {
		limit = 0 // the caller's comes first
	}
	switch {
	case x.streams(), x.req.sent.body.stream != nil, !x.config.Whole:
		ctx, cancel := context.WithCancel(outer)
		x.clock = nil
		if limit <= 0 {
			return ctx, cancel, none
		}
		c := &clock{limit: limit}
		c.start(cancel)
		x.clock = c
		return ctx, func() { c.end(); cancel() }, c.end
	case limit > 0:
		ctx, cancel := context.WithTimeout(outer, limit)
		return ctx, cancel, none
	}
	return outer, none, none
}

// newRequest makes the request of an attempt.
func (x *exchange) newRequest(ctx context.Context, n int) (*http.Request, error) {
	// The empty URL is filled in below, which saves composing and parsing one.
	req, err := http.NewRequestWithContext(ctx, x.req.Method, "", nil)
	if err != nil {
		return nil, err
	}
	x.target(req.URL)
	h := fields{header: req.Header, values: make([]string, 0, 6)}
	if x.foreign {
		x.common(&h)
		return req, nil
	}
	x.header(&h, n)
	if err := x.authorize(ctx, req, &h); err != nil {
		return nil, err
	}
	return req, x.attach(req)
}

// target sets the URL of a request.
func (x *exchange) target(u *url.URL) {
	base, r := x.config.BaseURL, x.req
	if r.next != nil {
		*u = *r.next
		u.User, u.Fragment, u.RawFragment = nil, "", ""
		if !x.foreign {
			u.User = base.User
			if base.Scheme == "https" {
				u.Scheme, u.Host = base.Scheme, base.Host // what is behind a proxy does not know of its TLS
			}
			edits := x.config.addedCredentials()
			if r.undescribed {
				edits = x.config.query
				if u.RawQuery != "" && r.sent.query != "" {
					u.RawQuery += "&"
				}
				u.RawQuery += r.sent.query
			}
			u.RawQuery = editQuery(u.RawQuery, edits)
		}
		return
	}
	*u = url.URL{Scheme: base.Scheme, User: base.User, Host: base.Host, Path: r.sent.path, RawPath: r.sent.rawPath}
	u.RawQuery = base.RawQuery
	if u.RawQuery != "" && r.sent.query != "" {
		u.RawQuery += "&"
	}
	u.RawQuery = editQuery(u.RawQuery+r.sent.query, x.config.query)
	if r.moved && r.CursorIn == InQuery {
		u.RawQuery = string(appendPair([]byte(removeQuery(u.RawQuery, r.Cursor)), r.Cursor, r.cursor))
	}
}

// fields sets headers whose values share one array.
type fields struct {
	header http.Header
	values []string
}

// set sets a header whose name is canonical.
func (f *fields) set(name, value string) {
	f.values = append(f.values, value)
	n := len(f.values)
	f.header[name] = f.values[n-1 : n : n]
}

// common sets the headers that go to any host.
func (x *exchange) common(h *fields) {
	accept := x.req.Accept
	if accept == "" {
		accept = "application/json"
	}
	h.set("Accept", accept)
	if x.config.UserAgent != "" {
		h.set("User-Agent", x.config.UserAgent)
	}
}

// header sets all headers but credentials.
func (x *exchange) header(h *fields, attempt int) {
	config, sent := x.config, x.req.sent
	x.common(h)
	if sent.body.contentType != "" {
		h.set("Content-Type", sent.body.contentType)
	}
	if attempt > 0 && config.RetryCount != "" {
		h.set(textproto.CanonicalMIMEHeaderKey(config.RetryCount), strconv.Itoa(attempt))
	}
	if x.key != "" {
		h.set(x.req.idempotencyKey(config.api), x.key)
	}
	for _, p := range sent.header {
		h.set(p.name, p.value)
	}
	for _, p := range sent.cookie {
		addCookie(h.header, p.name, p.value)
	}
	editHeader(h.header, config.header)
}

// idempotencyKey returns the canonical name of the header.
func (r *Request) idempotencyKey(a *API) string {
	switch {
	case r.IdempotencyKey != "":
		return textproto.CanonicalMIMEHeaderKey(r.IdempotencyKey)
	case a.IdempotencyKey != "":
		return textproto.CanonicalMIMEHeaderKey(a.IdempotencyKey)
	}
	return "Idempotency-Key"
}

// attach gives the request its body.
func (x *exchange) attach(req *http.Request) error {
	p := &x.req.sent.body
	switch {
	case p.contentType == "":
	case p.stream != nil:
		body, err := p.stream.open()
		if err != nil {
			return fmt.Errorf("the body cannot be read: %w", err)
		}
		sent := upload{total: p.stream.length, report: x.config.Streams.UploadProgress, clock: x.clock} // without x, which would have to outlive the call
		req.Body, req.ContentLength = sent.of(body), p.stream.length
		if p.stream.length == 0 {
			req.Body = http.NoBody // to net/http a length of 0 is unknown
		}
		if p.stream.seeker != nil {
			req.GetBody = func() (io.ReadCloser, error) {
				body, err := p.stream.open()
				return sent.of(body), err
			}
		}
	case len(p.data) == 0:
		req.Body = http.NoBody
	default:
		data := p.data
		req.Body, req.ContentLength = inMemory(data), int64(len(data))
		req.GetBody = func() (io.ReadCloser, error) { return inMemory(data), nil }
	}
	return nil
}

// send passes the request through the middleware to the HTTP client.
func (x *exchange) send(req *http.Request) (*http.Response, error) {
	x.call.Attempts++
	resp, misled, err := send(x.config.Middleware, x.config.HTTPClient, req)
	x.misled = misled
	if x.call.Operation != "" { // somebody looks
		x.call.StatusCode, x.call.RequestID = 0, ""
		if err == nil {
			x.call.StatusCode, x.call.RequestID = resp.StatusCode, x.requestID(resp)
		}
	}
	return resp, err
}

// send passes a request through middleware to the HTTP client, and sees to it
// that there is either a response with a body or an error. It reports whether
// the error is the middleware's own.
func send(middleware []Middleware, client Doer, req *http.Request) (resp *http.Response, own bool, err error) {
	if len(middleware) == 0 {
		resp, err = client.Do(req)
	} else {
		w := wire{client: client}
		resp, err = w.through(middleware, req)
		own = err != nil && (w.err == nil || !errors.Is(err, w.err))
	}
	switch {
	case err != nil:
		if resp != nil && resp.Body != nil {
			resp.Body.Close()
		}
		return nil, own, err
	case resp == nil:
		return nil, true, errors.New("the HTTP client returned neither a response nor an error")
	case resp.Body == nil:
		resp.Body = http.NoBody
	}
	return resp, false, nil
}

// wire is the HTTP client behind middleware.
type wire struct {
	client Doer
	err    error // its last one
}

// through passes the request through middleware to the HTTP client.
func (w *wire) through(middleware []Middleware, req *http.Request) (*http.Response, error) {
	if len(middleware) == 0 {
		resp, err := w.client.Do(req)
		w.err = err
		return resp, err
	}
	return middleware[0](req, func(req *http.Request) (*http.Response, error) {
		return w.through(middleware[1:], req)
	})
}

// Limits of what is read, in bytes, of a body that is not decoded.
const (
	maxErrorBody   = 1 << 20
	maxDroppedBody = 1 << 20
)

// read reads the body of a response and closes it.
func (x *exchange) read(a *attempt) error {
	defer a.resp.Body.Close()
	if x.clock != nil {
		x.clock.note(a.at) // the header came
	}
	limit := x.config.MaxResult
	r := &moving{Reader: a.resp.Body, left: math.MaxInt64, clock: x.clock}
	success := a.resp.StatusCode/100 == 2
	switch {
	case !success:
		r.left = maxErrorBody
	case x.out == nil:
		r.left = maxDroppedBody
	case limit > 0:
		r.left = limit + 1
	}
	if n := a.resp.ContentLength; n > 0 {
		a.body.Grow(int(min(n, maxKept/2)) + bytes.MinRead) // a server may say any length
	}
	if _, err := a.body.ReadFrom(r); err != nil && success {
		return err
	}
	a.excess = success && limit > 0 && int64(a.body.Len()) > limit
	return nil // of a failure the status is news enough
}
