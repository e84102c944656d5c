package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// scripted answers requests one after the other, from a list of steps.
type scripted struct {
	t     *testing.T
	steps []step
	seen  []seen
	at    []time.Duration // since the start
	start time.Time
	open  *bodies
}

// step is an answer: a status with a header, or an error.
type step struct {
	status int
	body   string
	header []string
	err    error
	hang   bool // until the request's context ends
}

func script(t *testing.T, steps ...step) *scripted {
	return &scripted{t: t, steps: steps, start: time.Now(), open: newBodies(t)}
}

func (s *scripted) Do(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		body, _ = io.ReadAll(req.Body)
		req.Body.Close()
	}
	s.seen = append(s.seen, seen{req.Method + " " + req.URL.RequestURI(), req.Header.Clone(), string(body)})
	s.at = append(s.at, time.Since(s.start))
	if len(s.seen) > len(s.steps) {
		s.t.Errorf("request %d was not expected", len(s.seen))
		return nil, io.EOF
	}
	step := s.steps[len(s.seen)-1]
	switch {
	case step.hang:
		<-req.Context().Done()
		return nil, &url.Error{Op: "Get", URL: req.URL.String(), Err: req.Context().Err()}
	case step.err != nil:
		return nil, &url.Error{Op: "Get", URL: req.URL.String(), Err: step.err}
	}
	if step.body == "" {
		step.body = ok
	}
	return s.open.respond(req, step.status, step.body, step.header...), nil
}

// client returns a client that talks to s.
func (s *scripted) client(opts ...option.RequestOption) *api.Client {
	quiet(s.t)
	return api.NewClient(&cloud, append([]option.RequestOption{option.WithHTTPClient(s), withAPIToken("t")}, opts...)...)
}

var (
	refused = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	reset   = &net.OpError{Op: "read", Net: "tcp", Err: errors.New("connection reset by peer")}
)

func TestRetries(t *testing.T) {
	after := func(seconds string) []string { return []string{"Retry-After", seconds} }
	for _, tt := range []struct {
		name  string
		post  bool
		steps []step
		opts  []option.RequestOption
		waits string // whole seconds before each repetition; ? is a backoff
		want  string // of the error
	}{
		{name: "at once", steps: []step{{status: 200}}},
		{name: "after a 500", steps: []step{{status: 500}, {status: 200}}, waits: "?"},
		{name: "twice", steps: []step{{status: 502}, {err: reset}, {status: 200}}, waits: "? ?"},
		{name: "and no more", steps: []step{{status: 500}, {status: 500}, {status: 500}}, waits: "? ?", want: "500 Internal Server Error [3 attempts]"},
		{name: "as told", steps: []step{{status: 429, header: after("7")}, {status: 200}}, waits: "7"},
		{name: "as told, within reason", steps: []step{{status: 429, header: after("86400")}}, want: "429 Too Many Requests [retry after 24h0m0s, at 2000-01-02T00:00:00Z, which is longer than option.WithMaxRetryAfter allows]"},
		{name: "as told, if the caller allows it", steps: []step{{status: 429, header: after("86400")}, {status: 200}}, waits: "86400", opts: []option.RequestOption{option.WithMaxRetryAfter(48 * time.Hour)}},
		{name: "a limit that is reset", steps: []step{{status: 429, header: []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "946684809"}}, {status: 200}}, waits: "9"},
		{name: "a limit that is told by 403", steps: []step{{status: 403, header: []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "9"}}, {status: 200}}, waits: "9"},
		{name: "a 403 that is none of a limit", steps: []step{{status: 403, header: []string{"X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "9"}}}, want: "403 Forbidden"},
		{name: "the budget", steps: []step{{status: 500}, {status: 500}}, opts: []option.RequestOption{option.WithRetryBudget(1), option.WithMaxRetries(9)}, waits: "?", want: "500 Internal Server Error [2 attempts, not repeated, as the client's retry budget is used up (option.WithRetryBudget)]"},
		{name: "the budget, without a response", steps: []step{{err: reset}, {err: reset}}, opts: []option.RequestOption{option.WithRetryBudget(1), option.WithMaxRetries(9)}, waits: "?", want: "connection reset by peer [not repeated, as the client's retry budget is used up (option.WithRetryBudget)]"},
		{name: "none", steps: []step{{status: 500}}, opts: []option.RequestOption{option.WithMaxRetries(0)}, want: "500 Internal Server Error"},
		{name: "five", steps: []step{{status: 500}, {status: 500}, {status: 500}, {status: 500}, {status: 500}, {status: 200}}, opts: []option.RequestOption{option.WithMaxRetries(5)}, waits: "? ? ? ? ?"},
		{name: "not what is the caller's fault", steps: []step{{status: 404}}, want: "404 Not Found"},
		{name: "not a conflict", steps: []step{{status: 409}}, want: "409 Conflict"},
		{name: "a conflict by policy", steps: []step{{status: 409}, {status: 200}}, waits: "?", opts: []option.RequestOption{option.WithRetryPolicy(func(a option.Attempt) bool {
			return a.Retry || a.Response != nil && a.Response.StatusCode == 409 && a.Number == 1 && a.Operation == "SecretsStore.Stores.Get" && a.Method == "GET"
		})}},
		{name: "nothing by policy", steps: []step{{err: refused}}, opts: []option.RequestOption{option.WithRetryPolicy(func(a option.Attempt) bool { return !a.Retry })}, want: "connection refused"},
		{name: "a post that was not sent", post: true, steps: []step{{err: refused}, {status: 200}}, waits: "?"},
		{name: "a post that may have been", post: true, steps: []step{{err: reset}}, want: "connection reset by peer"},
		{name: "a post that failed", post: true, steps: []step{{status: 500}}, want: "500 Internal Server Error"},
		{name: "a post that was turned away", post: true, steps: []step{{status: 429, header: after("1")}, {status: 503, header: after("2")}, {status: 200}}, waits: "1 2"},
		{name: "a post with a key", post: true, steps: []step{{status: 500}, {err: reset}, {status: 200}}, waits: "? ?", opts: []option.RequestOption{option.WithIdempotencyKey("k")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := script(t, tt.steps...)
				client := s.client(tt.opts[:0]...)
				var err error
				if tt.post {
					_, err = createStore(t.Context(), client, account, []storeParams{{Name: "n"}}, tt.opts...)
				} else {
					_, err = getStore(t.Context(), client, "s", tt.opts...)
				}
				if got := fmt.Sprint(err); tt.want == "" && err != nil || !strings.HasSuffix(got, tt.want) {
					t.Errorf("err = %v, want %s", err, tt.want)
				}
				if len(s.seen) != len(tt.steps) {
					t.Errorf("%d requests, want %d", len(s.seen), len(tt.steps))
				}
				for i, wait := range strings.Fields(tt.waits) {
					got := s.at[i+1] - s.at[i]
					if wait == "?" && (got <= 0 || got > 8*time.Second) || wait != "?" && got.String() != (time.Duration(atoi(wait))*time.Second).String() {
						t.Errorf("wait %d was %v, want %s", i+1, got, wait)
					}
				}
				for i, r := range s.seen {
					if r.line != s.seen[0].line || r.body != s.seen[0].body || r.header.Get("Idempotency-Key") != s.seen[0].header.Get("Idempotency-Key") {
						t.Errorf("attempt %d differs: %+v", i+1, r)
					}
				}
			})
		})
	}
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	for _, tt := range []struct {
		name string
		ctx  func(context.Context) (context.Context, context.CancelFunc)
		want error
		took time.Duration
	}{
		{"cancelled", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(5*time.Second, cancel)
			return ctx, cancel
		}, context.Canceled, 5 * time.Second},
		{"out of time before the next attempt", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 20*time.Second)
		}, context.DeadlineExceeded, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := script(t, step{status: 429, header: []string{"Retry-After", "30"}, body: `{"errors":[{"code":7,"message":"slow down"}]}`})
				ctx, cancel := tt.ctx(t.Context())
				defer cancel()
				_, err := getStore(ctx, s.client(), "s")
				var apiErr *apierror.Error
				if !errors.Is(err, tt.want) || !errors.Is(err, apierror.ErrRateLimit) || !errors.As(err, &apiErr) || apiErr.Message != "slow down" {
					t.Errorf("err = %v", err)
				}
				if took := time.Since(s.start); took != tt.took {
					t.Errorf("took %v", took)
				}
			})
		})
	}
	t.Run("nothing is sent with a context that is over", func(t *testing.T) {
		s := script(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := getStore(ctx, s.client(), "s")
		if !errors.Is(err, context.Canceled) || err.Error() != "SecretsStore.Stores.Get: context canceled" {
			t.Errorf("err = %v", err)
		}
	})
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(t, step{hang: true}, step{hang: true}, step{hang: true})
		_, err := getStore(t.Context(), s.client(), "s", option.WithTimeout(3*time.Second))
		if !errors.Is(err, apierror.ErrTimeout) || !errors.Is(err, apierror.ErrConnection) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v", err)
		}
		if want := "SecretsStore.Stores.Get: GET /client/v4/accounts/" + account + "/secrets_store/stores/s: no complete response in 3s"; err.Error() != want {
			t.Errorf("err  = %v\nwant %s", err, want)
		}
		for i := 1; i < len(s.at); i++ {
			if d := s.at[i] - s.at[i-1]; d <= 3*time.Second || d > 11*time.Second {
				t.Errorf("attempt %d began %v after the one before it", i+1, d)
			}
		}
	})
	synctest.Test(t, func(t *testing.T) { // the default
		s := script(t, step{hang: true})
		_, err := getStore(t.Context(), s.client(), "s", option.WithMaxRetries(0))
		if !errors.Is(err, apierror.ErrTimeout) || time.Since(s.start) != time.Minute {
			t.Errorf("err = %v after %v", err, time.Since(s.start))
		}
	})
	synctest.Test(t, func(t *testing.T) { // the caller's deadline is not a timeout of the attempt, and not repeated
		s := script(t, step{hang: true})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := getStore(ctx, s.client(), "s")
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, apierror.ErrTimeout) || !strings.HasSuffix(err.Error(), "stores/s: context deadline exceeded") {
			t.Errorf("err = %v", err)
		}
	})
}

// A body that stops in the middle counts as no response.
func TestTruncated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, open := 0, newBodies(t)
		quiet(t)
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			calls++
			resp := open.respond(req, 200, ok[:40])
			if calls < 3 {
				resp.Body.(*counted).Reader = io.MultiReader(strings.NewReader(ok[:40]), iotestErr{})
			} else {
				resp.Body.(*counted).Reader = strings.NewReader(ok)
			}
			return resp, nil
		})))
		if _, err := getStore(t.Context(), client, "s"); err != nil || calls != 3 {
			t.Errorf("err = %v after %d calls", err, calls)
		}
		calls = 0
		_, err := createStore(t.Context(), client, account, nil)
		if !errors.Is(err, io.ErrUnexpectedEOF) || !errors.Is(err, apierror.ErrConnection) || calls != 1 {
			t.Errorf("err = %v after %d calls", err, calls)
		}
	})
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestRetryHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		counting := cloud
		counting.RetryCount = "x-retry-count"
		counting.IdempotencyKey = "x-key"
		s := script(t, step{status: 500}, step{status: 500}, step{status: 200}, step{status: 200})
		client := api.NewClient(&counting, option.WithHTTPClient(s), withAPIToken("t"))
		post := func(opts ...option.RequestOption) {
			req := api.Request{Operation: "A", Method: "POST", Path: "/a", IdempotencyKey: "X-Key"}
			if err := client.Do(t.Context(), &req, nil, opts); err != nil {
				t.Fatal(err)
			}
		}
		post()
		post(option.WithIdempotencyKey("mine"))
		var counts []string
		for _, r := range s.seen {
			counts = append(counts, r.header.Get("X-Retry-Count"))
		}
		if got := strings.Join(counts, ","); got != ",1,2," {
			t.Errorf("X-Retry-Count: %s", got)
		}
		key := func(i int) string { return s.seen[i].header.Get("X-Key") }
		if len(key(0)) < 20 || key(1) != key(0) || key(2) != key(0) || key(3) != "mine" {
			t.Errorf("keys %q %q %q %q", key(0), key(1), key(2), key(3))
		}
	})
}

// The description may say that a conflict passes.
func TestConflict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(t, step{status: 409}, step{status: 409}, step{status: 200})
		client := s.client()
		req := api.Request{Operation: "A", Method: "POST", Path: "/a"}
		if err := client.Do(t.Context(), &req, nil, nil); !errors.Is(err, apierror.ErrConflict) || len(s.seen) != 1 {
			t.Errorf("err = %v after %d attempts", err, len(s.seen))
		}
		req = api.Request{Operation: "A", Method: "POST", Path: "/a", ShouldRetry: map[string]bool{"409": true}}
		if err := client.Do(t.Context(), &req, nil, nil); err != nil || len(s.seen) != 3 {
			t.Errorf("err = %v after %d attempts", err, len(s.seen))
		}
	})
}

// A credential may change between attempts.
func TestRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(t, step{status: 500}, step{status: 200})
		n := 0
		rotate := api.WithCredentialFunc("api_token", func(context.Context) (string, error) {
			n++
			return fmt.Sprint(n), nil
		})
		if _, err := getStore(t.Context(), s.client(rotate), "s"); err != nil {
			t.Fatal(err)
		}
		if a, b := s.seen[0].header.Get("Authorization"), s.seen[1].header.Get("Authorization"); a != "Bearer 1" || b != "Bearer 2" {
			t.Errorf("%s, %s", a, b)
		}
	})
}

// An outage is not answered with three times the load.
func TestRetryBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		calls, open := 0, newBodies(t)
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			calls++
			return open.respond(req, 500, "{}"), nil
		})))
		for range 1000 {
			getStore(t.Context(), client, "s")
		}
		if calls != 1100 {
			t.Errorf("1000 calls of an API that is down made %d requests, want 1100", calls)
		}
	})
}

func TestBodies(t *testing.T) {
	type form struct {
		A string         `json:"a"`
		B map[string]int `json:"b"`
	}
	type size string
	pipe := func() io.Reader { return io.MultiReader(strings.NewReader("stream")) }
	for _, tt := range []struct {
		name     string
		body     func() api.Body
		opt      option.RequestOption
		attempts int
		want     string
	}{
		{"none", func() api.Body { return api.Body{} }, nil, 2, " "},
		{"JSON", func() api.Body { return api.JSON([]int(nil)) }, nil, 2, "application/json []"},
		{"JSON of a type", func() api.Body { return api.JSONAs("application/merge-patch+json", form{A: "<"}) }, nil, 2, `application/merge-patch+json {"a":"<","b":{}}`},
		{"optional", func() api.Body { return api.Optional(api.JSON(form{A: "x"})) }, nil, 2, `application/json {"a":"x","b":{}}`},
		{"optional and nil", func() api.Body { return api.Optional(api.JSON((*form)(nil))) }, nil, 2, " "},
		{"optional and nil list", func() api.Body { return api.Optional(api.JSON([]int(nil))) }, nil, 2, " "},
		{"optional and zero of an enum", func() api.Body { return api.Optional(api.JSON(size(""))) }, nil, 2, " "},
		{"optional and an enum", func() api.Body { return api.Optional(api.JSON(size("big"))) }, nil, 2, `application/json "big"`},
		{"optional and empty list", func() api.Body { return api.Optional(api.JSON([]int{})) }, nil, 2, "application/json []"},
		{"optional and without members", func() api.Body { return api.Optional(api.JSON(struct{}{})) }, nil, 2, " "},
		{"text", func() api.Body { return api.Text("text/plain", "hello") }, nil, 2, "text/plain hello"},
		{"bytes", func() api.Body { return api.Bytes("application/zip", []byte("PK")) }, nil, 2, "application/zip PK"},
		{"form", func() api.Body { return api.Form(form{A: "x y", B: map[string]int{"c": 1}}) }, nil, 2, "application/x-www-form-urlencoded a=x%20y&b%5Bc%5D=1"},
		{"stream", func() api.Body { return api.Stream("audio/ogg", pipe()) }, nil, 1, "audio/ogg stream"},
		{"stream that seeks", func() api.Body { return api.Stream("audio/ogg", strings.NewReader("seeks")) }, nil, 2, "audio/ogg seeks"},
		{"stream that is nil", func() api.Body { return api.Stream("audio/ogg", nil) }, nil, 2, " "},
		{"empty stream", func() api.Body { return api.Stream("audio/ogg", strings.NewReader("")) }, nil, 2, "audio/ogg "},
		{"raw text", func() api.Body { return api.JSON(1) }, option.WithRequestBody("text/css", "a{}"), 2, "text/css a{}"},
		{"raw bytes", func() api.Body { return api.JSON(1) }, option.WithRequestBody("", []byte("b")), 2, "application/octet-stream b"},
		{"raw JSON", func() api.Body { return api.JSON(1) }, option.WithRequestBody("application/json", map[string]int{"b": 1, "a": 2}), 2, `application/json {"a":2,"b":1}`},
		{"raw stream", func() api.Body { return api.JSON(1) }, option.WithRequestBody("audio/ogg", pipe()), 1, "audio/ogg stream"},
		{"raw nothing", func() api.Body { return api.JSON(1) }, option.WithRequestBody("x/y", nil), 2, " "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := script(t, step{status: 500}, step{status: 200})
				s.steps = s.steps[2-tt.attempts:]
				if tt.attempts == 1 {
					s.steps = []step{{status: 500}}
				}
				req := api.Request{Operation: "A", Method: "PUT", Path: "/a", Body: tt.body()}
				var opts []option.RequestOption
				if tt.opt != nil {
					opts = append(opts, tt.opt)
				}
				err := s.client().Do(t.Context(), &req, nil, opts)
				if (err == nil) != (tt.attempts == 2) {
					t.Errorf("err = %v", err)
				}
				for i, r := range s.seen {
					if got := r.header.Get("Content-Type") + " " + r.body; got != tt.want {
						t.Errorf("attempt %d: %s, want %s", i+1, got, tt.want)
					}
				}
			})
		})
	}
}

// A stream that has not been read can still be sent.
func TestStreamNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		calls, open := 0, newBodies(t)
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			if calls++; calls == 1 {
				req.Body.Close()
				return nil, refused
			}
			if body, err := io.ReadAll(req.Body); string(body) != "stream" || err != nil {
				t.Errorf("body = %s, %v", body, err)
			}
			return open.respond(req, 200, "{}"), nil
		})))
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.Stream("audio/ogg", bytes.NewBufferString("stream"))}
		if err := client.Do(t.Context(), &req, nil, nil); err != nil || calls != 2 {
			t.Errorf("err = %v after %d calls", err, calls)
		}
	})
}
