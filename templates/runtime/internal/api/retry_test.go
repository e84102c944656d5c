package api

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range []struct {
		name, header, value string
		want                time.Duration
		ok                  bool
	}{
		{"none", "X", "", 0, false},
		{"seconds", "Retry-After", "7", 7 * time.Second, true},
		{"now", "Retry-After", "0", 0, true},
		{"decimal", "Retry-After", " 1.5 ", 1500 * time.Millisecond, true},
		{"milliseconds", "Retry-After-Ms", "250", 250 * time.Millisecond, true},
		{"decimal milliseconds", "Retry-After-Ms", "0.5", 500 * time.Microsecond, true},
		{"date", "Retry-After", "Tue, 02 Jan 2024 03:04:15 GMT", 10 * time.Second, true},
		{"date in the past", "Retry-After", "Tue, 02 Jan 2024 03:04:00 GMT", 0, false},
		{"a date far off", "Retry-After", "Wed, 03 Jan 2024 03:04:05 GMT", 24 * time.Hour, true},
		{"a year", "Retry-After", "31536000", 365 * 24 * time.Hour, true},
		{"more than a float", "Retry-After", "1e999", 1e9 * time.Second, true},
		{"infinite", "Retry-After", "Inf", 1e9 * time.Second, true},
		{"negative", "Retry-After", "-5", 0, false},
		{"negative milliseconds", "Retry-After-Ms", "-5", 0, false},
		{"not a number", "Retry-After", "NaN", 0, false},
		{"garbage", "Retry-After", "soon", 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := retryAfter(http.Header{http.CanonicalHeaderKey(tt.header): {tt.value}}, now)
			if got != tt.want || ok != tt.ok {
				t.Errorf("retryAfter(%s: %s) = %v, %t; want %v, %t", tt.header, tt.value, got, ok, tt.want, tt.ok)
			}
		})
	}
	t.Run("the server's clock", func(t *testing.T) {
		h := http.Header{"Retry-After": {"Tue, 02 Jan 2024 02:04:15 GMT"}, "Date": {"Tue, 02 Jan 2024 02:04:05 GMT"}} // an hour late
		if got, ok := retryAfter(h, now); got != 10*time.Second || !ok {
			t.Errorf("retryAfter = %v, %t", got, ok)
		}
	})
	t.Run("milliseconds first", func(t *testing.T) {
		h := http.Header{"Retry-After": {"9"}, "Retry-After-Ms": {"1"}}
		if got, _ := retryAfter(h, now); got != time.Millisecond {
			t.Errorf("retryAfter = %v", got)
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"1", "-1", "1e308", "NaN", "Tue, 02 Jan 2024 03:04:15 GMT", "0x1p-2", "1_0", ""} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, seconds, ms string) {
		h := http.Header{"Retry-After": {seconds}, "Retry-After-Ms": {ms}}
		if d, ok := retryAfter(h, time.Now()); d < 0 || d > 1e9*time.Second || !ok && d != 0 {
			t.Fatalf("retryAfter(%q, %q) = %v, %t", seconds, ms, d, ok)
		}
	})
}

func TestDelayIsSpread(t *testing.T) {
	c := &Config{MinDelay: DefaultMinDelay, MaxDelay: DefaultMaxDelay}
	for n, ceiling := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 8 * time.Second, 8 * time.Second} {
		low, high := time.Duration(math.MaxInt64), time.Duration(0)
		for range 2000 {
			d, _ := c.delay(nil, n)
			low, high = min(low, d), max(high, d)
		}
		if low <= 0 || low > ceiling/10 || high > ceiling || high < ceiling*9/10 {
			t.Errorf("delays after attempt %d are from %v to %v, want all up to %v", n, low, high, ceiling)
		}
	}
	if d, _ := c.delay(nil, 1<<30); d > DefaultMaxDelay {
		t.Errorf("delay = %v", d)
	}
}

func TestRetryable(t *testing.T) {
	status := func(code int, header ...string) *http.Response {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: code, Header: h}
	}
	dial := &url.Error{Err: &net.OpError{Op: "dial", Err: errors.New("refused")}}
	reset := &url.Error{Err: &net.OpError{Op: "read", Err: errors.New("reset")}}
	for _, tt := range []struct {
		name      string
		resp      *http.Response
		err       error
		get, post bool // whether each is repeated
	}{
		{"400", status(400), nil, false, false},
		{"401", status(401), nil, false, false},
		{"404", status(404), nil, false, false},
		{"408", status(408), nil, true, false},
		{"409", status(409), nil, false, false},
		{"409, and should", status(409, "X-Should-Retry", "true"), nil, true, true},
		{"429", status(429), nil, true, true},
		{"429, but should not", status(429, "X-Should-Retry", "False"), nil, false, false},
		{"500", status(500), nil, true, false},
		{"500, and should", status(500, "x-should-retry", "TRUE"), nil, true, true},
		{"503", status(503), nil, true, false},
		{"503 with a time", status(503, "Retry-After", "1"), nil, true, true},
		{"503 with a time in milliseconds", status(503, "Retry-After-Ms", "1"), nil, true, true},
		{"redirect", status(302), nil, false, false},
		{"refused", nil, dial, true, true},
		{"no such host", nil, &net.DNSError{Err: "no such host", IsNotFound: true}, true, true},
		{"reset", nil, reset, true, false},
		{"truncated", nil, io.ErrUnexpectedEOF, true, false},
		{"bad certificate", nil, &url.Error{Err: &tls.CertificateVerificationError{Err: errors.New("x509")}}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for method, want := range map[string]bool{"GET": tt.get, "HEAD": tt.get, "PUT": tt.get, "DELETE": tt.get, "OPTIONS": tt.get, "POST": tt.post, "PATCH": tt.post} {
				if got := (&Request{Method: method}).retryable(false, tt.resp, tt.err); got != want {
					t.Errorf("%s: retryable = %t, want %t", method, got, want)
				}
			}
			if got := (&Request{Method: "POST"}).retryable(true, tt.resp, tt.err); got != tt.get {
				t.Errorf("POST with a key: retryable = %t, want %t", got, tt.get)
			}
		})
	}
}

// What the description says goes before what is usual, and after the server.
func TestShouldRetry(t *testing.T) {
	req := &Request{Method: "POST", ShouldRetry: map[string]bool{"409": true, "429": false, "4XX": false, "5XX": true}}
	for status, want := range map[int]bool{409: true, 404: false, 429: false, 500: true, 501: true, 302: false} {
		if got := req.retryable(false, &http.Response{StatusCode: status}, nil); got != want {
			t.Errorf("%d: retryable = %t", status, got)
		}
		said := &http.Response{StatusCode: status, Header: http.Header{"X-Should-Retry": {strconv.FormatBool(!want)}}}
		if got := req.retryable(false, said, nil); got == want {
			t.Errorf("%d: the description wins over the server", status)
		}
	}
	req.ShouldRetry = map[string]bool{"default": true, "500": false}
	for status, want := range map[int]bool{418: true, 500: false, 503: true} {
		if got := req.retryable(false, &http.Response{StatusCode: status}, nil); got != want {
			t.Errorf("%d of default: retryable = %t", status, got)
		}
	}
}

// A server that accepts a connection and says nothing has not had the request.
func TestHandshakeTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &http.Transport{TLSHandshakeTimeout: time.Second, DialContext: func(context.Context, string, string) (net.Conn, error) {
			client, server := net.Pipe()
			go io.Copy(io.Discard, server)
			return client, nil
		}}
		_, err := (&http.Client{Transport: transport}).Get("https://example.com")
		if !unsent(err) {
			t.Errorf("%v: it was sent", err)
		}
	})
}

func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := wait(t.Context(), 3*time.Second); err != nil || time.Since(start) != 3*time.Second {
			t.Errorf("wait = %v after %v", err, time.Since(start))
		}

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start = time.Now()
		if err := wait(ctx, time.Minute); err != context.Canceled || time.Since(start) != time.Second {
			t.Errorf("wait = %v after %v", err, time.Since(start))
		}

		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start = time.Now()
		if err := wait(ctx, time.Minute); err != context.DeadlineExceeded || time.Since(start) != 0 {
			t.Errorf("wait for longer than there is time = %v after %v", err, time.Since(start))
		}
	})
}

func TestBudget(t *testing.T) {
	var b budget
	n := 0
	for b.spend(100) {
		n++
	}
	if n != 100 {
		t.Errorf("a new budget has %d repetitions, want 100", n)
	}
	if !b.spend(0) {
		t.Error("no limit is a limit")
	}
	for range 10 {
		b.earn(0)
	}
	if !b.spend(100) || b.spend(100) {
		t.Error("ten calls that succeed do not earn one repetition")
	}
	b.earn(7)
	for range 7 {
		if !b.spend(100) {
			t.Error("a call that succeeds does not give back what it has spent")
		}
	}
	for range 100 * 1000 {
		b.earn(3)
	}
	if got := b.spent.Load(); got != 0 {
		t.Errorf("the budget grew by %d", -got)
	}
}
