package api_test

// What production does to a client: one test for each kind of fault.

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// Each call is turned away once: the repetitions that succeed cost nothing.
func TestThrottledCalls(t *testing.T) {
	for _, at := range []int{1, 50} {
		t.Run(fmt.Sprintf("%d at a time", at), func(t *testing.T) {
			quiet(t)
			turns := sync.Map{}
			client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				if _, again := turns.LoadOrStore(req.URL.Path, true); !again {
					return new(bodies).respond(req, 429, `{}`, "Retry-After", "0"), nil
				}
				return new(bodies).respond(req, 200, ok), nil
			})))
			var calls sync.WaitGroup
			var failed atomic.Int64
			for worker := range at {
				calls.Go(func() {
					for i := range 1000 / at {
						if _, err := getStore(t.Context(), client, fmt.Sprintf("%d-%d", worker, i)); err != nil {
							failed.Add(1)
							t.Log(err)
						}
					}
				})
			}
			calls.Wait()
			if n := failed.Load(); n > 0 {
				t.Errorf("%d of 1000 calls failed", n)
			}
		})
	}
}

func TestResultSize(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, `{"result":{"id":"a","x":"`)
	for range 60 {
		z.Write(bytes.Repeat([]byte("a"), 1<<20))
	}
	io.WriteString(z, `"}}`)
	z.Close()
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Query().Has("plain") {
			io.WriteString(w, `{"result":{"id":"`+strings.Repeat("a", 2000)+`"}}`)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(packed.Bytes())
	}))
	defer server.Close()
	quiet(t)
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL))
	_, err := getStore(t.Context(), client, "s")
	var broken *apierror.DecodeError
	if !errors.As(err, &broken) || !strings.Contains(err.Error(), "longer than 52428800 bytes") || !strings.Contains(err.Error(), "WithMaxResultSize") {
		t.Errorf("err = %v", err)
	}
	if requests.Load() != 1 {
		t.Errorf("it was asked for %d times", requests.Load())
	}
	if _, err := getStore(t.Context(), client, "s", option.WithMaxResultSize(0)); err != nil {
		t.Errorf("without a limit: %v", err)
	}
	plain := option.WithQuery("plain", "1")
	if _, err := getStore(t.Context(), client, "s", plain, option.WithMaxResultSize(2000)); !errors.As(err, &broken) {
		t.Errorf("err = %v", err)
	}
	if _, err := getStore(t.Context(), client, "s", plain, option.WithMaxResultSize(2021)); err != nil {
		t.Errorf("exactly as long as may be: %v", err)
	}
}

// An answer that says what is wrong with it.
func TestUnreadableResults(t *testing.T) {
	for _, tt := range []struct {
		name, body, want string
		status           int
		header           []string
	}{
		{name: "a byte order mark", status: 200, body: "\ufeff" + `{"result":{"id":"a"}}`},
		{name: "br", status: 200, body: "\x0b\x02\x80", header: []string{"Content-Encoding", "br"}, want: "its Content-Encoding is br and was not asked for"},
		{name: "zstd", status: 200, body: "\x28\xb5\x2f\xfd", header: []string{"Content-Encoding", "zstd"}, want: "its Content-Encoding is zstd and was not asked for"},
		{name: "an error in br", status: 400, body: "\x0b\x02\x80", header: []string{"Content-Encoding", "br"}, want: "400 Bad Request: a body with the Content-Encoding br"},
		{name: "deep", status: 200, body: `{"result":{"id":"a","x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}}`, want: "nested too deep"},
		{name: "a page", status: 200, body: `<html>`, header: []string{"Content-Type", "text/html"}, want: "text/html instead of JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := getStore(t.Context(), answering(t, tt.status, tt.body, tt.header...), "s")
			if got := fmt.Sprint(err); tt.want == "" && err != nil || !strings.Contains(got, tt.want) || strings.Contains(got, "\n") {
				t.Errorf("err = %v, want %s", err, tt.want)
			}
		})
	}
}

// What is wrong on this side is not sent again.
func TestLocalErrors(t *testing.T) {
	own := errors.New("circuit open")
	var reached atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		http.Redirect(w, r, "/again", http.StatusFound)
	}))
	defer server.Close()
	for _, tt := range []struct {
		name    string
		opts    []option.RequestOption
		want    string
		reached int64
	}{
		{"middleware", []option.RequestOption{option.WithMiddleware(func(*http.Request, option.Next) (*http.Response, error) { return nil, own })}, "circuit open", 0},
		{"middleware that replaces an error", []option.RequestOption{option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			resp, err := next(req)
			if resp != nil {
				resp.Body.Close()
			}
			return nil, fmt.Errorf("%w (was %v)", own, err)
		})}, "circuit open", 10},
		{"a header that cannot be sent", []option.RequestOption{option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			req.Header.Set("X", "a\x01b")
			return next(req)
		})}, "invalid header field value", 0},
		{"redirects in a circle", nil, "stopped after 10 redirects", 10},
		{"a scheme of its own", []option.RequestOption{option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			req.URL.Scheme = "gopher"
			return next(req)
		})}, "unsupported protocol scheme", 0},
		{"given up by something else", []option.RequestOption{option.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) { return nil, context.Canceled }))}, "context canceled", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quiet(t)
			reached.Store(0)
			attempts := 0
			client := api.NewClient(&cloud, append([]option.RequestOption{withAPIToken("t"), option.WithBaseURL(server.URL), option.WithRetryDelay(0, 0),
				option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) { attempts++; return next(req) })}, tt.opts...)...)
			_, err := getStore(t.Context(), client, "s")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v", err)
			}
			if attempts != 1 || reached.Load() != tt.reached {
				t.Errorf("%d attempts, %d requests: %v", attempts, reached.Load(), err)
			}
		})
	}
	t.Run("a body that cannot be read", func(t *testing.T) {
		quiet(t)
		attempts := 0
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithRetryDelay(0, 0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			attempts++
			_, err := io.ReadAll(req.Body)
			return nil, err
		})))
		req := &api.Request{Operation: "Files.Put", Method: "PUT", Path: "/f", Body: api.Stream("text/plain", failing{strings.NewReader("x"), own})}
		if err := client.Do(t.Context(), req, nil, nil); !errors.Is(err, own) || attempts != 1 {
			t.Errorf("err = %v after %d attempts", err, attempts)
		}
	})
}

// failing is a file that cannot be read.
type failing struct {
	io.Seeker
	err error
}

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestResponseIsOfTheCall(t *testing.T) {
	client, _ := serve(t, withAPIToken("t"))
	var resp *http.Response
	keep := option.WithResponse(&resp)
	fresh := func() {
		t.Helper()
		if _, err := getStore(t.Context(), client, "s", keep); err != nil || resp == nil {
			t.Fatalf("%v, %v", resp, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range map[string]func() error{
		"context": func() error { _, err := getStore(ended, client, "s", keep); return err },
		"path":    func() error { _, err := getStore(t.Context(), client, "", keep); return err },
		"option": func() error {
			_, err := getStore(t.Context(), client, "s", keep, option.WithHeader("\n", ""))
			return err
		},
		"credential": func() error {
			_, err := getStore(t.Context(), client, "s", keep, api.WithCredentialFunc("api_token", func(context.Context) (string, error) { return "", io.EOF }))
			return err
		},
	} {
		fresh()
		if err := call(); err == nil || resp != nil {
			t.Errorf("%s: %v, and the response is %v", name, err, resp)
		}
	}
}

// A client that many use sees the response of each call.
func TestResponseFunc(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	client, _ := serve(t, withAPIToken("t"), option.WithResponseFunc(func(call option.Call, resp *http.Response) {
		mu.Lock()
		defer mu.Unlock()
		if resp == nil {
			seen["none"]++
			return
		}
		body, _ := io.ReadAll(resp.Body)
		seen[fmt.Sprint(call.Operation, " ", resp.StatusCode, " ", len(body) > 0, " ", resp.Request.Header.Get("Authorization"))]++
	}))
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() { getStore(t.Context(), client, "s") })
	}
	calls.Wait()
	getStore(t.Context(), client, "")
	if want := "SecretsStore.Stores.Get 200 true [redacted]"; seen[want] != 20 || seen["none"] != 1 {
		t.Errorf("seen %v", seen)
	}
}

func TestMadeUpKey(t *testing.T) {
	s := script(t, step{status: 503}, step{status: 200})
	client := s.client(option.WithRetryDelay(0, 0))
	req := &api.Request{Operation: "Things.Create", Method: "POST", Path: "/things", IdempotencyKey: "Idempotency-Key"}
	if err := client.Do(t.Context(), req, nil, nil); err != nil {
		t.Fatal(err)
	}
	key := s.seen[0].header.Get("Idempotency-Key")
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(key) || s.seen[1].header.Get("Idempotency-Key") != key {
		t.Errorf("keys %v", s.seen)
	}
}

// What basic authentication sends is a secret in each of its forms.
func TestBasicPasswordIsMasked(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte("alice:hunter2-pass"))
	for name, opts := range map[string][]option.RequestOption{
		"option": {withBasicAuth("alice", "hunter2-pass")},
		"header": {option.WithHeader("Authorization", "Basic "+encoded)},
		"URL":    {option.WithBaseURL("https://alice:hunter2-pass@api.example.com")},
	} {
		t.Run(name, func(t *testing.T) {
			quiet(t)
			client := api.NewClient(&cloud, append(opts, option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				return new(bodies).respond(req, 401, `{"errors":[{"message":"hunter2-pass (`+encoded+`) is wrong"}]}`, "X-Request-Id", "hunter2-pass"), nil
			})))...)
			err := client.Do(t.Context(), &api.Request{Operation: "Me.Get", Method: "GET", Path: "/me", Security: api.Security{{"basic"}, {}}}, nil, nil)
			e, ok := errors.AsType[*apierror.Error](err)
			if !ok {
				t.Fatal(err)
			}
			for _, text := range []string{err.Error(), string(e.Body), string(e.DumpRequest(true)), string(e.DumpResponse(true)), fmt.Sprintf("%+v", e.Errors)} {
				if strings.Contains(text, "hunter2") || strings.Contains(text, encoded) {
					t.Errorf("shown in %s", text)
				}
			}
		})
	}
}

// What the program adds to a request is masked unless it allows to show it.
func TestAddedValuesAreMasked(t *testing.T) {
	client := answering(t, 400, `{"errors":[{"message":"HEADER-SECRET, QUERY-SECRET and MIDDLEWARE-SECRET are wrong"}]}`)
	opts := []option.RequestOption{
		option.WithHeader("Cf-Access-Client-Secret", "HEADER-SECRET"), option.WithQuery("access_token", "QUERY-SECRET"),
		option.WithHeader("X-Tenant", "tenant-seven"), option.WithQuery("expand", "owner-and-more"),
		option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			req.Header.Set("X-Internal", "MIDDLEWARE-SECRET")
			return next(req)
		}),
	}
	var resp *http.Response
	dump := func(opts ...option.RequestOption) string {
		_, err := getStore(t.Context(), client, "s", append(opts, option.WithResponse(&resp))...)
		e, ok := errors.AsType[*apierror.Error](err)
		if !ok {
			t.Fatal(err)
		}
		return string(e.DumpRequest(true)) + err.Error() + string(e.Body) + fmt.Sprint(resp.Request.URL, resp.Request.Header)
	}
	text := dump(opts...)
	for _, secret := range []string{"HEADER-SECRET", "QUERY-SECRET", "MIDDLEWARE-SECRET", "tenant-seven", "owner-and-more"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is shown in %s", secret, text)
		}
	}
	if text := dump(append(opts, option.WithShown("x-tenant", "expand"))...); !strings.Contains(text, "tenant-seven") || !strings.Contains(text, "owner-and-more") || strings.Contains(text, "HEADER-SECRET") {
		t.Errorf("what may be shown is not, or more: %s", text)
	}
}

// A secret of three letters is masked in a form too.
func TestShortSecretInAForm(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client := answering(t, 400, `<user><password>abc</password></user>`, "Content-Type", "application/xml")
	req := &api.Request{Operation: "Login", Method: "POST", Path: "/login", Body: api.Form(struct {
		User     string       `json:"user"`
		Password param.Secret `json:"password"`
		Last     string       `json:"zlast"`
	}{"abcdef", param.Secret("abc"), "abc1"})}
	err := client.Do(t.Context(), req, nil, []option.RequestOption{option.WithLogger(logger), option.WithLogBodies(1000)})
	e, ok := errors.AsType[*apierror.Error](err)
	if !ok {
		t.Fatal(err)
	}
	for _, text := range []string{log.String(), string(e.DumpRequest(true)), string(e.Body)} {
		if strings.Contains(text, "password=abc&") || strings.Contains(text, ">abc<") || !strings.Contains(text, "redacted") {
			t.Errorf("shown in %s", text)
		}
	}
}

// A server cannot fill the log.
func TestRequestIDsAreBounded(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client := answering(t, 500, `{}`, "X-Request-Id", strings.Repeat("x", 300<<10)+"\nforged")
	_, err := getStore(t.Context(), client, "s", option.WithLogger(logger))
	if log.Len() > 1000 || len(err.Error()) > 1000 {
		t.Errorf("%d bytes in the log, %d in the error", log.Len(), len(err.Error()))
	}
}

// Reading an error takes a time that grows as its body does.
func TestErrorBodiesAreReadInTime(t *testing.T) {
	const size = 900 << 10
	for name, body := range map[string]string{
		"lists in lists":      `{"errors":{"f":` + strings.Repeat("[", 9000) + `"` + strings.Repeat("a", size) + `"` + strings.Repeat("]", 9000) + `}}`,
		"objects in objects":  strings.Repeat(`{"error":`, 9000) + `"` + strings.Repeat("a", size-9*9000) + `"` + strings.Repeat("}", 9000),
		"many fields":         `{"errors":{` + strings.TrimSuffix(strings.Repeat(`"f":["x"],`, size/10), ",") + `}}`,
		"many problems":       `{"errors":[` + strings.TrimSuffix(strings.Repeat(`{"a":1},`, size/8), ",") + `]}`,
		"many members":        `{` + strings.TrimSuffix(strings.Repeat(`"x":1,`, size/6), ",") + `}`,
		"lists of lists":      `{"errors":[` + strings.TrimSuffix(strings.Repeat(`[[[["x"]]]],`, size/12), ",") + `]}`,
		"one that is not cut": `{"message":"` + strings.Repeat("a", size) + `"}`,
		"broken":              strings.Repeat(`{"error":[`, size/10),
	} {
		t.Run(name, func(t *testing.T) {
			client := answering(t, 400, body)
			start := time.Now()
			_, err := getStore(t.Context(), client, "s")
			if took := time.Since(start); err == nil || took > 10*time.Second {
				t.Errorf("%v", took)
			}
		})
	}
}

// Credentials that left for another host do not come back with it.
func TestRedirectBack(t *testing.T) {
	var home, other string
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, home+"/chosen", http.StatusFound) }))
	defer away.Close()
	other = strings.Replace(away.URL, "127.0.0.1", "localhost", 1)
	back := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/chosen" {
			back = r.Header.Get("X-Auth-Key") + r.Header.Get("X-Mine") + r.Header.Get("Authorization")
			io.WriteString(w, ok)
			return
		}
		http.Redirect(w, r, other, http.StatusFound)
	}))
	defer server.Close()
	home = server.URL
	quiet(t)
	client := api.NewClient(&cloud, withAPIEmail("a@b"), withAPIKey("SEKRET"), option.WithBaseURL(home), option.WithHeader("X-Mine", "mine"))
	if _, err := getStore(t.Context(), client, "s"); err != nil || back != "" {
		t.Errorf("%v, and %q was sent where another host led to", err, back)
	}
}

// By default an answer that comes slowly is not cut off, and one that stops is.
func TestSlowAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		slow := func(pause time.Duration) option.RequestOption {
			return option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				r, w := io.Pipe()
				go func() {
					defer w.Close()
					for _, part := range strings.SplitAfter(`{"result": {"id": "a"} }`, " ") {
						select {
						case <-time.After(pause):
						case <-req.Context().Done():
							w.CloseWithError(req.Context().Err())
							return
						}
						io.WriteString(w, part)
					}
				}()
				return &http.Response{StatusCode: 200, Header: http.Header{}, Body: r, ContentLength: -1, Request: req}, nil
			}))
		}
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithMaxRetries(0))
		if store, err := getStore(t.Context(), client, "s", slow(50*time.Second)); err != nil || store.ID != "a" {
			t.Errorf("an answer that takes minutes: %v, %v", store, err)
		}
		_, err := getStore(t.Context(), client, "s", slow(70*time.Second))
		if !errors.Is(err, apierror.ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) || !strings.HasSuffix(err.Error(), "nothing was received for 1m0s") {
			t.Errorf("an answer that stops: %v", err)
		}
		if _, err := getStore(t.Context(), client, "s", slow(50*time.Second), option.WithTimeout(time.Minute)); !errors.Is(err, apierror.ErrTimeout) {
			t.Errorf("a limit for all of it: %v", err)
		}
	})
}

// A 401 asks the function of a credential once more.
func TestCredentialIsAskedAgain(t *testing.T) {
	for _, tt := range []struct {
		name     string
		tokens   []string
		requests int
		asked    int
		fails    bool
	}{
		{"another", []string{"old", "new"}, 2, 2, false},
		{"the same", []string{"old", "old"}, 1, 2, true},
		{"another that is no better", []string{"old", "older"}, 2, 2, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quiet(t)
			asked, requests := 0, 0
			client := api.NewClient(&cloud, option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				requests++
				if req.Header.Get("Authorization") != "Bearer new" {
					return new(bodies).respond(req, 401, `{}`), nil
				}
				return new(bodies).respond(req, 200, ok), nil
			})), api.WithCredentialFunc("api_token", func(context.Context) (string, error) { asked++; return tt.tokens[asked-1], nil }))
			_, err := createStore(t.Context(), client, account, nil)
			if requests != tt.requests || asked != tt.asked || (err != nil) != tt.fails || tt.fails && !errors.Is(err, apierror.ErrAuthentication) {
				t.Errorf("%d requests, asked %d times: %v", requests, asked, err)
			}
		})
	}
}

func TestConditionalRequests(t *testing.T) {
	s := script(t, step{status: 304}, step{status: 304}, step{status: 412})
	client := s.client()
	_, err := getStore(t.Context(), client, "s", option.WithIfNoneMatch(`"v1"`))
	if !errors.Is(err, apierror.ErrNotModified) || s.seen[0].header.Get("If-None-Match") != `"v1"` {
		t.Errorf("err = %v", err)
	}
	_, err = getStore(t.Context(), client, "s", option.WithIfModifiedSince(time.Date(2024, 1, 2, 4, 4, 5, 0, time.FixedZone("", 3600))))
	if !errors.Is(err, apierror.ErrNotModified) || s.seen[1].header.Get("If-Modified-Since") != "Tue, 02 Jan 2024 03:04:05 GMT" {
		t.Errorf("err = %v, %v", err, s.seen[1].header)
	}
	_, err = getStore(t.Context(), client, "s", option.WithIfMatch(`"v1"`))
	if !errors.Is(err, apierror.ErrPreconditionFailed) || s.seen[2].header.Get("If-Match") != `"v1"` {
		t.Errorf("err = %v", err)
	}
}

// every is a limiter with the method that golang.org/x/time/rate has.
type every struct {
	period time.Duration
	next   time.Time
}

func (e *every) Wait(ctx context.Context) error {
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(e.next) {
		return errors.New("would exceed context deadline")
	}
	time.Sleep(time.Until(e.next))
	e.next = time.Now().Add(e.period)
	return nil
}

func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(t, step{status: 200}, step{status: 429, header: []string{"Retry-After", "0"}}, step{status: 200})
		limits := 0
		client := s.client(option.WithLimiter(&every{period: 10 * time.Second}), option.WithRateLimitFunc(func(_ context.Context, r option.RateLimit) { limits++ }))
		for range 2 {
			if _, err := getStore(t.Context(), client, "s"); err != nil {
				t.Fatal(err)
			}
		}
		for i, at := range s.at {
			if want := time.Duration(i) * 10 * time.Second; at != want {
				t.Errorf("request %d was sent after %v", i, at)
			}
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := getStore(short, client, "s"); err == nil || len(s.seen) != 3 || !strings.Contains(err.Error(), "WithLimiter: would exceed") {
			t.Errorf("err = %v", err)
		}
	})
}

// The limit of calls is in the error and told to who asks.
func TestRateLimitIsTold(t *testing.T) {
	var told []option.RateLimit
	client := answering(t, 429, `{}`, "RateLimit-Limit", "100, 100;w=60", "RateLimit-Remaining", "0", "RateLimit-Reset", "90", "Retry-After", "120")
	_, err := getStore(t.Context(), client, "s", option.WithMaxRetries(3), option.WithRateLimitFunc(func(_ context.Context, r option.RateLimit) { told = append(told, r) }))
	e, ok := errors.AsType[*apierror.Error](err)
	if !ok || e.RetryAfter != 2*time.Minute || e.RateLimit == nil || e.RateLimit.Limit != 100 || e.RateLimit.Remaining != 0 || len(told) != 1 || told[0] != *e.RateLimit {
		t.Fatalf("%v, %v", err, told)
	}
	if left := time.Until(e.RateLimit.Reset); left < 80*time.Second || left > 90*time.Second {
		t.Errorf("reset in %v", left)
	}
	if !strings.Contains(err.Error(), "retry after 2m0s") {
		t.Error(err)
	}
}

// A scheme that the SDK cannot send is not taken for none.
func TestUnknownScheme(t *testing.T) {
	quiet(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	defer server.Close()
	call := func(security api.Security, opts ...option.RequestOption) error {
		client := api.NewClient(&cloud, append(opts, option.WithBaseURL(server.URL))...)
		return client.Do(t.Context(), &api.Request{Operation: "Me.Get", Method: "GET", Path: "/me", Security: security}, nil, nil)
	}
	pass := func(req *http.Request, next option.Next) (*http.Response, error) { return next(req) }
	for _, tt := range []struct {
		name     string
		security api.Security
		opts     []option.RequestOption
		sent     bool
	}{
		{"nothing", api.Security{{"hawk"}}, nil, false},
		{"another credential", api.Security{{"hawk"}}, []option.RequestOption{withAPIToken("t")}, true},
		{"middleware", api.Security{{"hawk"}}, []option.RequestOption{option.WithMiddleware(pass)}, true},
		{"a header", api.Security{{"hawk"}}, []option.RequestOption{option.WithHeader("X-Signature", "s")}, true},
		{"a client", api.Security{{"hawk"}}, []option.RequestOption{option.WithHTTPClient(new(http.Client))}, true},
		{"half of two", api.Security{{"hawk", "session"}}, []option.RequestOption{option.WithMiddleware(pass)}, false},
		{"the other", api.Security{{"hawk"}, {"session"}}, []option.RequestOption{api.WithCredential("session", "s")}, true},
		{"optional", api.Security{{"hawk"}, {}}, nil, true},
	} {
		err := call(tt.security, tt.opts...)
		if (err == nil) != tt.sent || err != nil && !errors.Is(err, apierror.ErrNoCredentials) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
