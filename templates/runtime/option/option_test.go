package option_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// things is a small API as a generated client describes it.
var things = api.API{Name: "things", BaseURL: "https://api.example.com/v1", UserAgent: "things-go/1.0"}

// doer answers requests in memory.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(req *http.Request) (*http.Response, error)        { return d(req) }
func (d doer) RoundTrip(req *http.Request) (*http.Response, error) { return d(req) }

// answer is a response with a JSON body.
func answer(req *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}, "X-Should-Retry": {"false"}, "Retry-After-Ms": {"0"}},
		ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body)), Request: req,
	}
}

// server keeps what it is sent, in text.
type server struct {
	statuses []int // of its answers in turn; then 200
	sent     []string
}

// Do answers a request.
func (s *server) Do(req *http.Request) (*http.Response, error) {
	status := http.StatusOK
	if n := len(s.sent); n < len(s.statuses) {
		status = s.statuses[n]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", req.Method, req.URL)
	for _, name := range slices.Sorted(maps.Keys(req.Header)) {
		fmt.Fprintf(&b, "%s: %s\n", name, strings.Join(req.Header[name], " | "))
	}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n%s", body)
	}
	s.sent = append(s.sent, b.String())
	return answer(req, status, `{"id":"t1"}`), nil
}

// create calls a method as the generator writes it.
func create(ctx context.Context, client *api.Client, opts ...option.RequestOption) error {
	req := api.Request{Operation: "Things.Create", Method: http.MethodPost, Path: "/things"}
	req.Query("dry_run", true)
	req.Header("X-Trace", "own")
	req.Body = api.JSON(map[string]string{"name": "n"})
	var out struct{ ID string }
	return client.Do(ctx, &req, &out, opts)
}

// list is a request that may be repeated.
func list(ctx context.Context, client *api.Client, opts ...option.RequestOption) error {
	req := api.Request{Operation: "Things.List", Method: http.MethodGet, Path: "/things"}
	return client.Do(ctx, &req, nil, opts)
}

type options = []option.RequestOption

// request is what create sends, with one of its lines changed.
func request(old, changed string) string {
	const plain = `POST https://api.example.com/v1/things?dry_run=true
Accept: application/json
Content-Type: application/json
User-Agent: things-go/1.0
X-Trace: own

{"name":"n"}`
	return strings.Replace(plain, old, changed, 1)
}

func TestOptions(t *testing.T) {
	tag := func(name string) option.Middleware {
		return func(req *http.Request, next option.Next) (*http.Response, error) {
			req.Header.Add("Via", name)
			return next(req)
		}
	}
	const url, agent, trace, body = "https://api.example.com/v1/things?dry_run=true", "User-Agent: things-go/1.0\n", "X-Trace: own\n", "Content-Type: application/json\nUser-Agent: things-go/1.0\nX-Trace: own\n\n{\"name\":\"n\"}"
	written := func(contentType, text string) string {
		return "Content-Type: " + contentType + "\n" + agent + trace + "\n" + text
	}
	for _, tt := range []struct {
		name         string
		client, call options
		want         string
	}{
		{"none", nil, nil, request("", "")},
		{"nil", options{nil}, options{nil}, request("", "")},

		{"base URL", nil, options{option.WithBaseURL("http://localhost:8080")}, request(url, "http://localhost:8080/things?dry_run=true")},
		{"base URL with a path, a slash and a query", options{option.WithBaseURL(" https://x.test/a%2Fb/?k=v ")}, nil, request(url, "https://x.test/a%2Fb/things?k=v&dry_run=true")},
		{"base URL of the call over the client's", options{option.WithBaseURL("https://a.test")}, options{option.WithBaseURL("https://b.test")}, request(url, "https://b.test/things?dry_run=true")},
		{"the later base URL", options{option.WithBaseURL("https://a.test"), option.WithBaseURL("https://b.test")}, nil, request(url, "https://b.test/things?dry_run=true")},

		{"header", nil, options{option.WithHeader("x-team", "a")}, request(agent, agent+"X-Team: a\n")},
		{"header in place of the method's", nil, options{option.WithHeader("x-trace", "mine")}, request("own", "mine")},
		{"header that is empty", nil, options{option.WithHeader("X-Trace", "")}, request("own", "")},
		{"header of the call over the client's", options{option.WithHeader("X-Trace", "a")}, options{option.WithHeader("X-Trace", "b")}, request("own", "b")},
		{"another value of a header", options{option.WithHeaderAdd("X-Trace", "a")}, options{option.WithHeaderAdd("X-Trace", "b")}, request("own", "own | a | b")},
		{"set after add", nil, options{option.WithHeaderAdd("X-Trace", "a"), option.WithHeader("X-Trace", "b")}, request("own", "b")},
		{"add after set", nil, options{option.WithHeader("X-Trace", "a"), option.WithHeaderAdd("X-Trace", "b")}, request("own", "a | b")},
		{"no header", options{option.WithHeaderDel("x-trace")}, nil, request(trace, "")},
		{"the call brings a header back", options{option.WithHeaderDel("X-Trace")}, options{option.WithHeader("X-Trace", "b")}, request("own", "b")},
		{"the call takes the client's header away", options{option.WithHeader("X-Team", "a")}, options{option.WithHeaderDel("X-Team")}, request("", "")},

		{"query", nil, options{option.WithQuery("a b", "c&d")}, request("dry_run=true", "dry_run=true&a%20b=c%26d")},
		{"query in place of the method's", nil, options{option.WithQuery("dry_run", "no")}, request("dry_run=true", "dry_run=no")},
		{"another value of a query", options{option.WithQueryAdd("dry_run", "1")}, options{option.WithQueryAdd("dry_run", "2")}, request("dry_run=true", "dry_run=true&dry_run=1&dry_run=2")},
		{"query of the call over the client's", options{option.WithQuery("dry_run", "1")}, options{option.WithQuery("dry_run", "2")}, request("dry_run=true", "dry_run=2")},
		{"no query", nil, options{option.WithQueryDel("dry_run")}, request("?dry_run=true", "")},
		{"no query, and then one", options{option.WithQueryDel("dry_run")}, options{option.WithQuery("dry_run", "2")}, request("dry_run=true", "dry_run=2")},

		{"user agent", options{option.WithUserAgent("mine/2")}, nil, request("things-go/1.0", "mine/2")},
		{"user agent of the call", options{option.WithUserAgent("mine/2")}, options{option.WithUserAgent("mine/3")}, request("things-go/1.0", "mine/3")},
		{"no user agent, and then one", options{option.WithUserAgent("")}, options{option.WithUserAgent("mine/3")}, request("things-go/1.0", "mine/3")},
		{"idempotency key", nil, options{option.WithIdempotencyKey("k1")}, request(agent, "Idempotency-Key: k1\n"+agent)},
		{"the later idempotency key", nil, options{option.WithIdempotencyKey("k1"), option.WithIdempotencyKey("k2")}, request(agent, "Idempotency-Key: k2\n"+agent)},

		{"body of bytes", nil, options{option.WithRequestBody("text/csv", []byte("a,b"))}, request(body, written("text/csv", "a,b"))},
		{"body of a string", nil, options{option.WithRequestBody("text/csv", "a,b")}, request(body, written("text/csv", "a,b"))},
		{"body of a reader", nil, options{option.WithRequestBody("text/csv", strings.NewReader("a,b"))}, request(body, written("text/csv", "a,b"))},
		{"body of a reader that cannot go back", nil, options{option.WithRequestBody("text/csv", io.MultiReader(strings.NewReader("a,"), strings.NewReader("b")))}, request(body, written("text/csv", "a,b"))},
		{"body of any value", nil, options{option.WithRequestBody("application/merge-patch+json", map[string]any{"a": nil})}, request(body, written("application/merge-patch+json", `{"a":null}`))},
		{"body without a media type", nil, options{option.WithRequestBody("", "x")}, request(body, written("application/octet-stream", "x"))},
		{"no body", nil, options{option.WithRequestBody("text/csv", nil)}, request(body, agent+trace)},
		{"any value as a form", nil, options{option.WithRequestBody("application/x-www-form-urlencoded", map[string]any{"a": 1})}, request(body, written("application/x-www-form-urlencoded", "a=1"))},
		{"the body as another media type", nil, options{option.WithRequestContentType("application/merge-patch+json")}, request("Content-Type: application/json", "Content-Type: application/merge-patch+json")},
		{"the later body", options{option.WithRequestBody("text/csv", "a")}, options{option.WithRequestBody("text/csv", "b")}, request(body, written("text/csv", "b"))},

		{"a member of the body", nil, options{option.WithJSONSet("size.unit", "cm")}, request(`{"name":"n"}`, `{"name":"n","size":{"unit":"cm"}}`)},
		{"members of client and call in turn", options{option.WithJSONSet("a", 1), option.WithJSONSet("b", 2)}, options{option.WithJSONDel("a"), option.WithJSONSet("b", 3)}, request(`{"name":"n"}`, `{"name":"n","b":3}`)},
		{"a member that is not described any more", nil, options{option.WithJSONDel("name")}, request(`{"name":"n"}`, `{}`)},
		{"a member with a dot", nil, options{option.WithJSONSet(`a\.b`, nil)}, request(`{"name":"n"}`, `{"name":"n","a.b":null}`)},
		{"a member of another body", nil, options{option.WithRequestBody("application/json", `{"x":1}`), option.WithJSONSet("y", 2)}, request(`{"name":"n"}`, `{"x":1,"y":2}`)},
		{"a member makes a body", nil, options{option.WithRequestBody("", nil), option.WithJSONSet("y", 2)}, request(`{"name":"n"}`, `{"y":2}`)},
		{"a client's member does not", options{option.WithJSONSet("y", 2)}, options{option.WithRequestBody("", nil)}, request(body, agent+trace)},
		{"a client's member leaves other bodies", options{option.WithJSONSet("y", 2)}, options{option.WithRequestBody("text/csv", "a")}, request(body, written("text/csv", "a"))},

		{"middleware, the first the outermost", options{option.WithMiddleware(tag("1"), tag("2"))}, nil, request(trace, "Via: 1 | 2\n"+trace)},
		{"middleware of the call inside the client's", options{option.WithMiddleware(tag("1")), option.WithMiddleware(tag("2"))}, options{option.WithMiddleware(tag("3"))}, request(trace, "Via: 1 | 2 | 3\n"+trace)},
		{"no middleware", options{option.WithMiddleware()}, nil, request("", "")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := new(server)
			client := api.NewClient(&things, append(options{option.WithHTTPClient(s)}, tt.client...)...)
			err := create(t.Context(), client, tt.call...)
			if diff := cmp.Diff([]string{tt.want}, s.sent); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestNoUserAgent asks a real server, since net/http has a user agent of its own.
func TestNoUserAgent(t *testing.T) {
	for _, tt := range []struct {
		name         string
		client, call options
		want         []string
	}{
		{"by default", nil, nil, []string{"things-go/1.0"}},
		{"none", options{option.WithUserAgent("")}, nil, nil},
		{"none in the call", options{option.WithUserAgent("mine/2")}, options{option.WithUserAgent("")}, nil},
		{"no header", nil, options{option.WithHeaderDel("user-agent")}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got = r.Header["User-Agent"]
				io.WriteString(w, `{}`)
			}))
			defer server.Close()
			client := api.NewClient(&things, append(options{option.WithBaseURL(server.URL)}, tt.client...)...)
			err := list(t.Context(), client, tt.call...)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("got %q and %v, want %q", got, err, tt.want)
			}
		})
	}
}

// TestBadValues holds that a bad value is an error of the call, or of every
// call of the client, and that nothing is sent.
func TestBadValues(t *testing.T) {
	for _, tt := range []struct {
		name string
		opt  option.RequestOption
		want string
	}{
		{"base URL that is relative", option.WithBaseURL("/v1"), `option.WithBaseURL: "/v1" is not an absolute http or https URL`},
		{"base URL that is empty", option.WithBaseURL(""), `option.WithBaseURL: "" is not an absolute http or https URL`},
		{"base URL of another kind", option.WithBaseURL("ftp://a.test"), `option.WithBaseURL: "ftp://a.test" is not an absolute http or https URL`},
		{"base URL without a host", option.WithBaseURL("https:///v1"), `option.WithBaseURL: "https:///v1" is not an absolute http or https URL`},
		{"base URL that is none", option.WithBaseURL("https://user:hunter2@a.test/%zz"), `option.WithBaseURL: not a URL: invalid URL escape "%zz"`},
		{"base URL with a password", option.WithBaseURL("ftp://user:hunter2@a.test"), `option.WithBaseURL: "ftp://user:xxxxx@a.test" is not an absolute http or https URL`},
		{"HTTP client that is nil", option.WithHTTPClient(nil), "option.WithHTTPClient: nil"},
		{"HTTP client that is a nil pointer", option.WithHTTPClient((*http.Client)(nil)), "option.WithHTTPClient: nil"},
		{"middleware that is nil", option.WithMiddleware(nil), "option.WithMiddleware: nil"},
		{"header without a name", option.WithHeader("", "v"), `option.WithHeader: "" is not the name of a header`},
		{"header with a space in its name", option.WithHeader("a b", "v"), `option.WithHeader: "a b" is not the name of a header`},
		{"header with a colon in its name", option.WithHeaderAdd("a:", "v"), `option.WithHeaderAdd: "a:" is not the name of a header`},
		{"no header without a name", option.WithHeaderDel("é"), `option.WithHeaderDel: "é" is not the name of a header`},
		{"header with a second line", option.WithHeader("X-Team", "hunter2\r\nX-Admin: 1"), "option.WithHeader: the value of X-Team has a line break"},
		{"another value with a second line", option.WithHeaderAdd("X-Team", "a\nb"), "option.WithHeaderAdd: the value of X-Team has a line break"},
		{"user agent with a second line", option.WithUserAgent("a\nb"), "option.WithUserAgent: the value of User-Agent has a line break"},
		{"negative retries", option.WithMaxRetries(-1), "option.WithMaxRetries: -1 is negative"},
		{"negative timeout", option.WithTimeout(-time.Second), "option.WithTimeout: -1s is negative"},
		{"call middleware that is nil", option.WithCallMiddleware(nil), "option.WithCallMiddleware: nil"},
		{"path that is empty", option.WithJSONSet("", 1), `option.WithJSONSet: "": a part of the path is empty`},
		{"path with two dots", option.WithJSONDel("a..b"), `option.WithJSONDel: "a..b": a part of the path is empty`},
		{"member of a text", option.WithJSONSet("name.x", 1), `option.WithJSONSet: "name.x": "x" is in a string`},
		{"delays in the wrong order", option.WithRetryDelay(time.Second, 0), "option.WithRetryDelay: 1s to 0s is not a range of times"},
		{"negative delay", option.WithRetryDelay(-1, 0), "option.WithRetryDelay: -1ns to 0s is not a range of times"},
		{"retry header with a space", option.WithRetryCountHeader("a b"), `option.WithRetryCountHeader: "a b" is not the name of a header`},
		{"negative pages", option.WithMaxPages(-1), "option.WithMaxPages: -1 is negative"},
		{"negative bodies", option.WithLogBodies(-1), "option.WithLogBodies: -1 is negative"},
		{"no place for a header", option.WithResponseHeader("X-Total", (*int)(nil)), "option.WithResponseHeader: nil"},
		{"a header that is nothing", option.WithResponseHeader("X-Total", 1), "option.WithResponseHeader: X-Total cannot be stored in a int"},
		{"no place for the response", option.WithResponse(nil), "option.WithResponse: nil"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := "Things.Create: " + tt.want
			s := new(server)
			good, bad := api.NewClient(&things, option.WithHTTPClient(s)), api.NewClient(&things, option.WithHTTPClient(s), tt.opt)
			for _, err := range []error{create(t.Context(), good, tt.opt), create(t.Context(), bad), create(t.Context(), bad)} {
				if got := fmt.Sprint(err); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
			if len(s.sent) != 0 {
				t.Errorf("sent %q, want nothing", s.sent)
			}
		})
	}
}

// TestBadValuesOfACall is of those that only a call has, or only with a body.
func TestBadValuesOfACall(t *testing.T) {
	for _, tt := range []struct {
		name         string
		client, call options
		want         string
	}{
		{"key of a client", options{option.WithIdempotencyKey("k")}, nil, "Things.Create: option.WithIdempotencyKey: a key is for one call, not for a client"},
		{"key that is empty", nil, options{option.WithIdempotencyKey("")}, "Things.Create: option.WithIdempotencyKey: the key is empty"},
		{"key with a second line", nil, options{option.WithIdempotencyKey("a\nb")}, "Things.Create: option.WithIdempotencyKey: the key has a line break"},
		{"cursor of a client", options{option.WithCursor("c")}, nil, "Things.Create: option.WithCursor: a cursor is for one call, not for a client"},
		{"member of a body that is no JSON", nil, options{option.WithRequestBody("text/csv", "a"), option.WithJSONSet("a", 1)}, "Things.Create: option.WithJSONSet: the body is not JSON"},
		{"the first bad value is named", nil, options{option.WithMaxRetries(-1), option.WithTimeout(-1)}, "Things.Create: option.WithMaxRetries: -1 is negative"},
		{"a bad value is not mended by a later one", nil, options{option.WithMaxRetries(-1), option.WithMaxRetries(1)}, "Things.Create: option.WithMaxRetries: -1 is negative"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := new(server)
			err := create(t.Context(), api.NewClient(&things, append(options{option.WithHTTPClient(s)}, tt.client...)...), tt.call...)
			if got := fmt.Sprint(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(s.sent) != 0 {
				t.Errorf("sent %q, want nothing", s.sent)
			}
		})
	}
}

// TestBodyThatCannotBeEncoded holds that such a body is an error of the call.
func TestBodyThatCannotBeEncoded(t *testing.T) {
	s := new(server)
	err := create(t.Context(), api.NewClient(&things, option.WithHTTPClient(s)), option.WithRequestBody("application/json", func() {}))
	if want := "Things.Create: the body cannot be encoded: "; err == nil || !strings.HasPrefix(err.Error(), want) || len(s.sent) != 0 {
		t.Errorf("got %v and sent %q, want %s…", err, s.sent, want)
	}
	err = create(t.Context(), api.NewClient(&things, option.WithHTTPClient(s)), option.WithJSONSet("a", func() {}))
	if want := `Things.Create: option.WithJSONSet: "a": json: `; err == nil || !strings.HasPrefix(err.Error(), want) || len(s.sent) != 0 {
		t.Errorf("got %v and sent %q, want %s…", err, s.sent, want)
	}
}

// TestRetryOptions counts the attempts of a call that fails until it may not be
// repeated any more. The server asks for no pause.
func TestRetryOptions(t *testing.T) {
	always := func(option.Attempt) bool { return true }
	never := func(option.Attempt) bool { return false }
	for _, tt := range []struct {
		name         string
		call         func(context.Context, *api.Client, ...option.RequestOption) error
		status       int
		client, opts options
		want         int
	}{
		{"by default", list, 500, nil, nil, 3},
		{"more", list, 500, options{option.WithMaxRetries(4)}, nil, 5},
		{"none", list, 500, options{option.WithMaxRetries(0)}, nil, 1},
		{"of the call over the client's", list, 500, options{option.WithMaxRetries(0)}, options{option.WithMaxRetries(1)}, 2},
		{"the later", list, 500, options{option.WithMaxRetries(4), option.WithMaxRetries(1)}, nil, 2},
		{"a POST", create, 500, nil, nil, 1},
		{"a POST with a key", create, 500, nil, options{option.WithIdempotencyKey("k")}, 3},
		{"a POST that may", create, 500, options{option.WithRetryNonIdempotent(true)}, nil, 3},
		{"a POST that may not after all", create, 500, options{option.WithRetryNonIdempotent(true)}, options{option.WithRetryNonIdempotent(false)}, 1},
		{"a POST that may, and a conflict", create, 409, options{option.WithRetryNonIdempotent(true)}, nil, 1},
		{"what is no use", list, 404, nil, nil, 1},
		{"a policy for it", list, 404, options{option.WithRetryPolicy(always)}, nil, 3},
		{"a policy for a POST", create, 500, options{option.WithRetryPolicy(always)}, nil, 3},
		{"a policy against it", list, 500, options{option.WithRetryPolicy(never)}, nil, 1},
		{"a policy of the call", list, 500, options{option.WithRetryPolicy(never)}, options{option.WithRetryPolicy(always)}, 3},
		{"no policy", list, 500, options{option.WithRetryPolicy(never)}, options{option.WithRetryPolicy(nil)}, 3},
		{"a policy has no more attempts", list, 500, options{option.WithRetryPolicy(always), option.WithMaxRetries(0)}, nil, 1},
		{"a policy and a body that is gone", create, 500, options{option.WithRetryPolicy(always)}, options{option.WithRequestBody("text/csv", io.MultiReader(strings.NewReader("a")))}, 1},
		{"a policy and a body that can go back", create, 500, options{option.WithRetryPolicy(always)}, options{option.WithRequestBody("text/csv", strings.NewReader("a"))}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := 0
			client := api.NewClient(&things, append(options{option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				got++
				if req.Body != nil {
					io.Copy(io.Discard, req.Body)
				}
				resp := answer(req, tt.status, `{}`)
				resp.Header = http.Header{"Retry-After-Ms": {"0"}}
				return resp, nil
			}))}, tt.client...)...)
			err := tt.call(t.Context(), client, tt.opts...)
			if got != tt.want || err == nil {
				t.Errorf("got %d attempts and %v, want %d and an error", got, err, tt.want)
			}
		})
	}
}

// TestRetryPolicySees holds what a policy is given.
func TestRetryPolicySees(t *testing.T) {
	broken := errors.New("broken")
	n := 0
	client := api.NewClient(&things, option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		if n++; n == 1 {
			return answer(req, 409, `{}`), nil
		}
		return nil, broken
	})))
	var got []string
	err := create(t.Context(), client, option.WithRetryPolicy(func(a option.Attempt) bool {
		got = append(got, fmt.Sprintf("%s %s %d: response %v, %v, retry %v", a.Operation, a.Method, a.Number, a.Response != nil, a.Err, a.Retry))
		return a.Retry || a.Response != nil && a.Response.StatusCode == http.StatusConflict
	}))
	want := []string{
		"Things.Create POST 1: response true, <nil>, retry false",
		"Things.Create POST 2: response false, broken, retry false",
	}
	if diff := cmp.Diff(want, got); diff != "" || !errors.Is(err, broken) {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestWithTimeout holds what an attempt is given, without waiting for it.
func TestWithTimeout(t *testing.T) {
	for _, tt := range []struct {
		name         string
		client, call options
		want         time.Duration
	}{
		{"by default, none for all of it", nil, nil, 0},
		{"of the client", options{option.WithTimeout(time.Hour)}, nil, time.Hour},
		{"of the call", options{option.WithTimeout(time.Hour)}, options{option.WithTimeout(2 * time.Hour)}, 2 * time.Hour},
		{"none", options{option.WithTimeout(time.Hour)}, options{option.WithTimeout(0)}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got time.Duration
			client := api.NewClient(&things, append(options{option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				if deadline, ok := req.Context().Deadline(); ok {
					got = time.Until(deadline).Round(time.Minute)
				}
				return answer(req, 200, `{}`), nil
			}))}, tt.client...)...)
			if err := list(t.Context(), client, tt.call...); got != tt.want || err != nil {
				t.Errorf("got %v and %v, want %v", got, err, tt.want)
			}
		})
	}
}

// TestTimeoutEnds holds that an attempt which takes too long ends as one.
func TestTimeoutEnds(t *testing.T) {
	client := api.NewClient(&things, option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		<-req.Context().Done()
		return nil, req.Context().Err()
	})))
	err := list(t.Context(), client, option.WithTimeout(time.Millisecond))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}

func TestWithResponseHeader(t *testing.T) {
	header := http.Header{
		"Text": {" a "}, "List": {"a", "b"}, "Bool": {"true"}, "Int": {"3"}, "Int64": {"9007199254740993"}, "Float": {"1.5"},
		"Http-Time": {"Thu, 29 Feb 2024 01:02:03 GMT"}, "Time": {"2024-02-29T01:02:03Z"}, "Date-Only": {"2024-02-29"}, "Bad": {"many"},
	}
	client := api.NewClient(&things, option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		resp := answer(req, 200, `{}`)
		maps.Copy(resp.Header, header)
		return resp, nil
	})))
	var got struct {
		text     string
		list     []string
		on       bool
		i        int
		i64      int64
		f        float64
		at, also time.Time
		day      param.Date
	}
	bad, absent := 7, "before"
	err := list(t.Context(), client,
		option.WithResponseHeader("text", &got.text), option.WithResponseHeader("List", &got.list), option.WithResponseHeader("Bool", &got.on),
		option.WithResponseHeader("Int", &got.i), option.WithResponseHeader("Int64", &got.i64), option.WithResponseHeader("Float", &got.f),
		option.WithResponseHeader("HTTP-Time", &got.at), option.WithResponseHeader("Time", &got.also), option.WithResponseHeader("Date-Only", &got.day),
		option.WithResponseHeader("Bad", &bad), option.WithResponseHeader("Absent", &absent))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC)
	if got.text != "a" || !slices.Equal(got.list, []string{"a", "b"}) || !got.on || got.i != 3 || got.i64 != 9007199254740993 || got.f != 1.5 ||
		!got.at.Equal(at) || !got.also.Equal(at) || got.day != param.DateOf(at) {
		t.Errorf("%+v", got)
	}
	if bad != 7 || absent != "before" {
		t.Errorf("%d and %q did not stay as they were", bad, absent)
	}
}

func TestWithResponse(t *testing.T) {
	for _, tt := range []struct {
		name     string
		statuses []int
		opts     options
		want     int
	}{
		{"success", nil, nil, 200},
		{"failure", []int{404}, nil, 404},
		{"the last attempt", []int{500, 500}, options{option.WithRetryPolicy(func(a option.Attempt) bool { return a.Number == 1 })}, 500},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &server{statuses: tt.statuses}
			var resp *http.Response
			list(t.Context(), api.NewClient(&things, option.WithHTTPClient(s)), append(tt.opts, option.WithResponse(&resp))...)
			if resp == nil {
				t.Fatal("there is no response")
			}
			body, err := io.ReadAll(resp.Body)
			if resp.StatusCode != tt.want || string(body) != `{"id":"t1"}` || err != nil {
				t.Errorf("got %d, %q and %v, want %d", resp.StatusCode, body, err, tt.want)
			}
		})
	}
}

// TestWithResponseNone holds that a response of an earlier call does not stay.
func TestWithResponseNone(t *testing.T) {
	client := api.NewClient(&things, option.WithMaxRetries(0), option.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) { return nil, errors.New("broken") })))
	resp := &http.Response{StatusCode: 200}
	if err := list(t.Context(), client, option.WithResponse(&resp)); err == nil || resp != nil {
		t.Errorf("got %v and %v, want an error and no response", err, resp)
	}
}

func TestWithLogger(t *testing.T) {
	var client, call bytes.Buffer
	logger := func(w io.Writer) *slog.Logger {
		return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "duration" {
				return slog.Attr{}
			}
			return a
		}}))
	}
	c := api.NewClient(&things, option.WithHTTPClient(&server{statuses: []int{200, 404}}), option.WithLogger(logger(&client)))
	if err := list(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	list(t.Context(), c, option.WithLogger(logger(&call)))
	list(t.Context(), c, option.WithLogger(nil))
	want := []string{
		"level=DEBUG msg=request operation=Things.List method=GET route=/things attempt=1 status=200\n",
		"level=WARN msg=\"request failed\" operation=Things.List method=GET route=/things attempt=1 status=404\n",
	}
	if diff := cmp.Diff(want, []string{client.String(), call.String()}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCallDoesNotChangeClient holds that a call's options are gone after it.
func TestCallDoesNotChangeClient(t *testing.T) {
	s := new(server)
	seen := 0
	client := api.NewClient(&things, option.WithHTTPClient(s), option.WithHeaderAdd("X-Trace", "a"), option.WithQueryAdd("q", "1"))
	before, after := create(t.Context(), client), create(t.Context(), client,
		option.WithBaseURL("https://other.test"), option.WithHeaderAdd("X-Trace", "b"), option.WithHeaderDel("X-Trace"), option.WithQueryAdd("q", "2"),
		option.WithUserAgent("other"), option.WithIdempotencyKey("k"), option.WithRequestBody("text/csv", "x"), option.WithTimeout(time.Hour), option.WithMaxRetries(0),
		option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) { seen++; return next(req) }))
	again := create(t.Context(), client)
	if err := errors.Join(before, after, again); err != nil {
		t.Fatal(err)
	}
	if s.sent[0] == s.sent[1] || seen != 1 {
		t.Errorf("the call's options had no effect: %s", s.sent[1])
	}
	if diff := cmp.Diff(s.sent[0], s.sent[2]); diff != "" {
		t.Errorf("the call changed its client (-before +after):\n%s", diff)
	}
}

// TestCallsDoNotShare holds that two calls which add to the same list of the
// client do not write into each other's: the second is made between two attempts
// of the first.
func TestCallsDoNotShare(t *testing.T) {
	s := &server{statuses: []int{http.StatusOK, http.StatusInternalServerError}}
	tag := func(name string) option.RequestOption {
		return option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			req.Header.Add("Via", name)
			return next(req)
		})
	}
	client := api.NewClient(&things, option.WithHTTPClient(s), tag("1"), tag("2"), tag("3"),
		option.WithHeaderAdd("X-Trace", "1"), option.WithHeaderAdd("X-Trace", "2"), option.WithHeaderAdd("X-Trace", "3"),
		option.WithQueryAdd("q", "1"), option.WithQueryAdd("q", "2"), option.WithQueryAdd("q", "3"))
	call := func(name string, opts ...option.RequestOption) error {
		return create(t.Context(), client, append(opts, tag(name), option.WithHeaderAdd("X-Trace", name), option.WithQueryAdd("q", name))...)
	}
	err := call("outer", option.WithRetryPolicy(func(option.Attempt) bool { return true }), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		if len(s.sent) == 0 {
			if err := call("inner"); err != nil {
				return nil, err
			}
		}
		return s.Do(req)
	})))
	if err != nil {
		t.Fatal(err)
	}
	sent := func(name string) string {
		text := request("?dry_run=true", "?dry_run=true&q=1&q=2&q=3&q="+name)
		return strings.Replace(text, "X-Trace: own\n", "Via: 1 | 2 | 3 | "+name+"\nX-Trace: own | 1 | 2 | 3 | "+name+"\n", 1)
	}
	if diff := cmp.Diff([]string{sent("inner"), sent("outer"), sent("outer")}, s.sent); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCallerKeepsItsOwn holds that no option changes what it was given.
func TestCallerKeepsItsOwn(t *testing.T) {
	pass := func(req *http.Request, next option.Next) (*http.Response, error) { return next(req) }
	refuse := func(*http.Request, option.Next) (*http.Response, error) { return nil, errors.New("refused") }
	middleware := append(make([]option.Middleware, 0, 4), pass)
	body := []byte("a,b")
	value := map[string]any{"b": []any{1, 2}, "a": nil}
	s := new(server)
	own := &http.Client{Transport: doer(s.Do)}
	client := api.NewClient(&things, option.WithHTTPClient(own), option.WithMiddleware(middleware...))
	middleware[0] = refuse // the client has its own by now
	err := errors.Join(
		create(t.Context(), client, option.WithMiddleware(pass), option.WithRequestBody("text/csv", body)),
		create(t.Context(), client, option.WithRequestBody("application/json", value)))
	if err != nil || len(s.sent) != 2 {
		t.Fatalf("got %v and %d requests, want 2", err, len(s.sent))
	}
	if own.CheckRedirect != nil || own.Jar != nil || own.Timeout != 0 {
		t.Errorf("the HTTP client is %+v now", own)
	}
	if middleware[:2][1] != nil {
		t.Error("the slice of middleware was written to")
	}
	if string(body) != "a,b" {
		t.Errorf("the bytes are %q now", body)
	}
	if diff := cmp.Diff(map[string]any{"b": []any{1, 2}, "a": nil}, value); diff != "" {
		t.Errorf("the value has changed (-want +got):\n%s", diff)
	}
}

// TestCallMiddleware holds what middleware of a call sees, and in which order.
func TestCallMiddleware(t *testing.T) {
	var seen []string
	type key struct{}
	around := func(name string) option.CallMiddleware {
		return func(ctx context.Context, call *option.Call, next func(context.Context) error) error {
			seen = append(seen, fmt.Sprintf("%s before %s %s %s", name, call.Operation, call.Method, call.Route))
			err := next(context.WithValue(ctx, key{}, name))
			seen = append(seen, fmt.Sprintf("%s after %d attempts, %d %s: %t", name, call.Attempts, call.StatusCode, call.RequestID, err == nil))
			return err
		}
	}
	attempt := func(req *http.Request, next option.Next) (*http.Response, error) {
		call := option.CallOf(req.Context())
		seen = append(seen, fmt.Sprintf("attempt %d of %s in %v", call.Attempts, call.Operation, req.Context().Value(key{})))
		resp, err := next(req)
		if err == nil {
			resp.Header.Set("X-Should-Retry", "true")
			resp.Header.Set("X-Request-Id", fmt.Sprint("r", call.Attempts))
		}
		return resp, err
	}
	client := api.NewClient(&things, option.WithHTTPClient(&server{statuses: []int{500}}), option.WithCallMiddleware(around("1")), option.WithMiddleware(attempt))
	if err := list(t.Context(), client, option.WithCallMiddleware(around("2"))); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1 before Things.List GET /things",
		"2 before Things.List GET /things",
		"attempt 1 of Things.List in 2",
		"attempt 2 of Things.List in 2",
		"2 after 2 attempts, 200 r2: true",
		"1 after 2 attempts, 200 r2: true",
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if option.CallOf(t.Context()) != nil {
		t.Error("there is a call where there is none")
	}
}

// Middleware may refuse a call and change its error, and cannot make it twice.
func TestCallMiddlewareDecides(t *testing.T) {
	no := errors.New("no")
	s := new(server)
	client := api.NewClient(&things, option.WithHTTPClient(s))
	err := list(t.Context(), client, option.WithCallMiddleware(func(context.Context, *option.Call, func(context.Context) error) error { return no }))
	if err != no || len(s.sent) != 0 {
		t.Errorf("err = %v, sent %d", err, len(s.sent))
	}
	err = list(t.Context(), client, option.WithCallMiddleware(func(ctx context.Context, _ *option.Call, next func(context.Context) error) error {
		return errors.Join(next(ctx), next(ctx))
	}))
	if err == nil || err.Error() != "Things.List: its middleware called it twice" || len(s.sent) != 1 {
		t.Errorf("err = %v, sent %d", err, len(s.sent))
	}
}

// TestRetryDelay holds how long the pauses are.
func TestRetryDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := api.NewClient(&things, option.WithMaxRetries(20), option.WithRetryDelay(0, 0), option.WithRetryCountHeader("x-repeated"),
			option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				resp := answer(req, 500, `{}`)
				resp.Header = http.Header{"X-Got": req.Header["X-Repeated"]}
				return resp, nil
			})))
		start := time.Now()
		var resp *http.Response
		err := list(t.Context(), client, option.WithResponse(&resp))
		if took := time.Since(start); err == nil || took != 0 || resp.Header.Get("X-Got") != "20" {
			t.Errorf("%v after %v, X-Repeated: %s", err, took, resp.Header.Get("X-Got"))
		}
		start = time.Now()
		list(t.Context(), client, option.WithRetryDelay(time.Hour, time.Hour), option.WithMaxRetries(3), option.WithRetryCountHeader(""), option.WithResponse(&resp))
		if took := time.Since(start); took < time.Minute || took > 3*time.Hour || resp.Header.Get("X-Got") != "" {
			t.Errorf("waited %v; X-Repeated: %s", took, resp.Header.Get("X-Got"))
		}
	})
}

// TestWithLogBodies holds that bodies are logged when asked for, cut and
// without what is secret.
func TestWithLogBodies(t *testing.T) {
	type key struct {
		ID     string                  `json:"id"`
		Secret param.Opt[param.Secret] `json:"secret"`
		Keys   []*struct {
			Value param.Secret `json:"value"`
		} `json:"keys"`
	}
	for _, tt := range []struct {
		name        string
		limit       int
		status      int
		contentType string
		response    string
		want        string
	}{
		{"off", 0, 200, "application/json", `{"id":"a"}`, ``},
		{"whole", 1000, 200, "application/json", `{"id":"a", "x": [1]}`, `{"name":"n","pin":"[redacted]"} {"id":"a","x":[1]}`},
		{"cut", 10, 200, "application/json", `{"id":"abcdef"}`, `{"name":"n… {"id":"abc…`},
		{"secrets of the response", 1000, 200, "application/json", `{"id":"a","secret":"hunter3","keys":[{"value":"hunter4"},{"value":null}]}`,
			`{"name":"n","pin":"[redacted]"} {"id":"a","secret":"[redacted]","keys":[{"value":"[redacted]"},{"value":"[redacted]"}]}`},
		{"the request's secret sent back", 1000, 200, "application/json", `{"id":"hunter2"}`, `{"name":"n","pin":"[redacted]"} {"id":"[redacted]"}`},
		{"a body that ends", 1000, 400, "application/json", `{"id":"a","secret":"hunt`, `{"name":"n","pin":"[redacted]"}`},
		{"HTML of a failure", 1000, 404, "text/html", `<p>no</p>`, `{"name":"n","pin":"[redacted]"} <p>no</p>`},
		{"text that may be anything", 1000, 200, "text/plain", `hunter5`, `{"name":"n","pin":"[redacted]"}`},
		{"binary", 1000, 500, "image/png", "\x89PNG", `{"name":"n","pin":"[redacted]"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			logger := slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				if strings.HasSuffix(a.Key, "_body") {
					got = append(got, a.Value.String())
				}
				return a
			}}))
			client := api.NewClient(&things, option.WithLogger(logger), option.WithLogBodies(tt.limit), option.WithMaxRetries(0),
				option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
					resp := answer(req, tt.status, tt.response)
					resp.Header.Set("Content-Type", tt.contentType)
					return resp, nil
				})))
			req := api.Request{Operation: "Keys.Create", Method: "POST", Path: "/keys", Body: api.JSON(struct {
				Name string       `json:"name"`
				PIN  param.Secret `json:"pin"`
			}{"n", "hunter2"})}
			client.Do(t.Context(), &req, new(key), nil)
			if text := strings.Join(got, " "); text != tt.want {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
		})
	}
}
