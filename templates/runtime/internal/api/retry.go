package api

import (
	"context"
	"crypto/tls"
	"errors"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

// Attempt is an attempt that failed, as a retry policy sees it.
type Attempt struct {
	Operation string         // the Go name of what was called
	Method    string         // of HTTP
	Number    int            // 1 for the first
	Response  *http.Response // nil if there is none; its body is closed
	Err       error          // nil if there is a response
	Retry     bool           // what would be done without the policy
}

// The defaults of the time between attempts, of the longest that a server can
// ask for, and of the repetitions that a client has.
const (
	DefaultMinDelay      = 500 * time.Millisecond
	DefaultMaxDelay      = 8 * time.Second
	DefaultMaxRetryAfter = time.Minute
	DefaultRetryBudget   = 100
)

// retryable reports whether a failed attempt is worth repeating and may be
// repeated. keyed says that the API recognises a repetition.
func (r *Request) retryable(keyed bool, resp *http.Response, err error) bool {
	safe := keyed || idempotent(r.Method)
	if resp == nil {
		return safe && !hopeless(err) || unsent(err)
	}
	switch strings.ToLower(resp.Header.Get("X-Should-Retry")) {
	case "true":
		return true
	case "false":
		return false
	}
	if should, said := r.shouldRetry(resp.StatusCode); said {
		return should
	}
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests:
		return true // it was turned away, whatever it was
	case code == http.StatusServiceUnavailable && says(resp.Header):
		return true // so was this, for a while
	case code == http.StatusForbidden && (says(resp.Header) || apierror.NewRateLimit(resp.Header, time.Now()).Exhausted()):
		return true // some APIs say so in place of 429
	case code == http.StatusRequestTimeout, code >= http.StatusInternalServerError:
		return safe
	}
	return false
}

// says reports whether a response says when to come back.
func says(h http.Header) bool { return h.Get("Retry-After") != "" || h.Get("Retry-After-Ms") != "" }

// shouldRetry looks a status up, exactly before its class (OpenAPI 3.1, Responses
// Object).
func (r *Request) shouldRetry(status int) (should, said bool) {
	if len(r.ShouldRetry) == 0 {
		return false, false
	}
	code := strconv.Itoa(status)
	for _, key := range [...]string{code, code[:1] + "XX", "default"} {
		if should, said = r.ShouldRetry[key]; said {
			break
		}
	}
	return should, said
}

// idempotent reports whether a method means the same twice as once (RFC 9110,
// section 9.2.2). Of one that is not known nobody can say.
func idempotent(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete, "QUERY":
		return true
	}
	return false
}

// unsent reports whether err says that the request never reached the server.
func unsent(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && (op.Op == "dial" || op.Op == "proxyconnect") {
		return true
	}
	_, ok := errors.AsType[*net.DNSError](err)
	return ok || handshakeTimeout(err)
}

// handshakeTimeout reports whether err is that of a server which did not greet
// in time. net/http has no type for it that others can name.
func handshakeTimeout(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout() && strings.HasSuffix(err.Error(), "net/http: TLS handshake timeout")
}

// hopeless reports whether the same attempt would fail the same way: what was
// wrong is on this side, or the server's certificate, which does not get better.
func hopeless(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	return certificate || isLocal(err)
}

// delay is how long to wait before the repetition after an attempt, and whether
// the server asked for it; else it is a random part of a time that doubles
// from half a second to eight seconds, so that clients that failed together
// do not come back together.
func (c *Config) delay(resp *http.Response, attempt int) (d time.Duration, asked bool) {
	if resp != nil {
		if d, ok := waitFor(resp, time.Now()); ok {
			return d, true
		}
	}
	ceiling := c.MinDelay
	for range attempt {
		if ceiling >= c.MaxDelay/2 {
			ceiling = c.MaxDelay
			break
		}
		ceiling *= 2
	}
	if ceiling = min(ceiling, c.MaxDelay); ceiling <= 0 {
		return 0, false
	}
	return rand.N(ceiling) + 1, false
}

// waitFor is how long a response asks to wait, if it does: with Retry-After, or
// with the end of the period whose calls are used up.
func waitFor(resp *http.Response, now time.Time) (time.Duration, bool) {
	if d, ok := retryAfter(resp.Header, now); ok {
		return d, true
	}
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusForbidden {
		return 0, false
	}
	limit := apierror.NewRateLimit(resp.Header, now)
	if !limit.Exhausted() {
		return 0, false
	}
	return max(0, limit.Reset.Sub(now)), true
}

// retryAfter reads Retry-After-Ms and Retry-After: seconds, also with a
// fraction, or a date by the server's clock, which the header Date gives. A time
// in the past, or what is no time, is ignored.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	if ms, err := strconv.ParseFloat(strings.TrimSpace(h.Get("Retry-After-Ms")), 64); err == nil {
		return within(ms / 1000)
	}
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return within(seconds)
	}
	if at, err := http.ParseTime(value); err == nil {
		if date, err := http.ParseTime(h.Get("Date")); err == nil {
			now = date
		}
		return within(at.Sub(now).Seconds())
	}
	return 0, false
}

func within(seconds float64) (time.Duration, bool) {
	if math.IsNaN(seconds) || seconds < 0 {
		return 0, false
	}
	return time.Duration(min(seconds, 1e9) * float64(time.Second)), true // more than thirty years is for ever
}

// wait waits for d, or until ctx is done. If ctx ends before d is over there is
// nothing to wait for.
func wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return context.DeadlineExceeded
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// budget limits how many repetitions of a client lead to nothing, so that an
// outage is not answered with three times the load. A repetition costs one; a
// call that succeeds gives back what its own have cost, and a tenth more.
type budget struct{ spent atomic.Int64 } // in tenths

// spend takes a repetition of those that a client has in all; 0 is no limit.
func (b *budget) spend(limit int) bool {
	if limit <= 0 {
		return true
	}
	if b.spent.Add(10) <= 10*int64(limit) {
		return true
	}
	b.spent.Add(-10)
	return false
}

// earn gives back what a call that succeeded has spent, and a tenth.
func (b *budget) earn(repetitions int) {
	for earned := 10*int64(repetitions) + 1; ; {
		spent := b.spent.Load()
		if spent == 0 || b.spent.CompareAndSwap(spent, max(0, spent-earned)) {
			return
		}
	}
}
