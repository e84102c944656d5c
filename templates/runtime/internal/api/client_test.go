package api_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

const ok = `{"errors":[],"messages":[],"success":true,"result":` + storeJSON + `}`

// seen is what a server gets of a request.
type seen struct {
	line   string // method and target
	header http.Header
	body   string
}

// serve starts a server that answers every request with ok, and returns a
// client for it and what it has seen.
func serve(t *testing.T, opts ...option.RequestOption) (*api.Client, *[]seen) {
	t.Helper()
	quiet(t)
	var mu sync.Mutex
	requests := new([]seen)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		*requests = append(*requests, seen{r.Method + " " + r.RequestURI, r.Header, string(body)})
		mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, ok)
	}))
	t.Cleanup(server.Close)
	return api.NewClient(&cloud, append([]option.RequestOption{option.WithBaseURL(server.URL + "/client/v4/"), option.WithMaxRetries(0)}, opts...)...), requests
}

func TestWholeRequest(t *testing.T) {
	client, requests := serve(t, withAPIEmail("user@example.com"), withAPIKey("key"), withServiceKey("other"))
	store, err := createStore(t.Context(), client, account, []storeParams{{Name: "service_x_keys"}})
	if err != nil {
		t.Fatal(err)
	}
	if store.ID != "023e105f4ecef8ad9ca31a8372d0c353" || store.Created.Nanosecond() != 624632000 {
		t.Errorf("store = %+v", store)
	}
	got := (*requests)[0]
	if want := "POST /client/v4/accounts/" + account + "/secrets_store/stores"; got.line != want || got.body != `[{"name":"service_x_keys"}]` {
		t.Errorf("request = %s %s", got.line, got.body)
	}
	got.header.Del("Accept-Encoding")
	want := http.Header{
		"Accept": {"application/json"}, "Content-Length": {"27"}, "Content-Type": {"application/json"},
		"User-Agent": {"cloud-go/0.1.0"}, "X-Auth-Email": {"user@example.com"}, "X-Auth-Key": {"key"},
	}
	if fmt.Sprint(got.header) != fmt.Sprint(want) {
		t.Errorf("header = %v\nwant     %v", got.header, want)
	}
}

func TestEnvironment(t *testing.T) {
	client, requests := serve(t)
	t.Setenv("CLOUD_API_TOKEN", " token\n")
	t.Setenv("CLOUD_EMAIL", "e") // no key, so no use
	t.Setenv("CLOUD_ACCOUNT_ID", "from/env")
	base := strings.TrimSuffix(baseOf(t, client, requests), "/client/v4")
	t.Setenv("CLOUD_BASE_URL", base+"/other")

	client = api.NewClient(&cloud)
	t.Setenv("CLOUD_API_TOKEN", "changed") // read once, above
	if _, err := createStore(t.Context(), client, "", nil); err != nil {
		t.Fatal(err)
	}
	got := (*requests)[len(*requests)-1]
	if got.line != "POST /other/accounts/from%2Fenv/secrets_store/stores" || got.header.Get("Authorization") != "Bearer token" || got.header.Get("X-Auth-Email") != "" {
		t.Errorf("request = %s %v", got.line, got.header)
	}

	t.Setenv("CLOUD_BASE_URL", " ")
	t.Setenv("CLOUD_API_TOKEN", " ")
	client = api.NewClient(&cloud, option.WithBaseURL(base), withAccountID("mine"))
	if _, err := createStore(t.Context(), client, "", nil); !errors.Is(err, apierror.ErrNoCredentials) {
		t.Errorf("err = %v with blank variables", err)
	}
	if _, err := createStore(t.Context(), client, "", nil, withAPIToken("t")); err != nil || !strings.Contains((*requests)[len(*requests)-1].line, "/accounts/mine/") {
		t.Errorf("err = %v, %s", err, (*requests)[len(*requests)-1].line)
	}

	t.Setenv("CLOUD_BASE_URL", "not a URL")
	client = api.NewClient(&cloud, withAPIToken("t"))
	if _, err := getStore(t.Context(), client, "s"); err == nil || !strings.HasPrefix(err.Error(), "SecretsStore.Stores.Get: CLOUD_BASE_URL: ") {
		t.Errorf("err = %v", err)
	}
	client = api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(base))
	if _, err := getStore(t.Context(), client, "s"); err != nil {
		t.Errorf("a bad variable wins over an option: %v", err)
	}
}

// baseOf returns the URL of the server that client talks to.
func baseOf(t *testing.T, client *api.Client, _ *[]seen) string {
	t.Helper()
	var resp *http.Response
	if _, err := getStore(t.Context(), client, "x", withAPIToken("t"), option.WithResponse(&resp)); err != nil {
		t.Fatal(err)
	}
	return "http://" + resp.Request.URL.Host + "/client/v4"
}

// What is wrong with a call is found before anything is sent.
func TestNothingSent(t *testing.T) {
	get := func(path string, set func(*api.Request)) func(*api.Client, ...option.RequestOption) error {
		return func(c *api.Client, opts ...option.RequestOption) error {
			req := api.Request{Operation: "Things.Get", Method: "GET", Path: path, Security: api.Security{}}
			if set != nil {
				set(&req)
			}
			return c.Do(context.Background(), &req, nil, opts)
		}
	}
	for _, tt := range []struct {
		name string
		call func(*api.Client, ...option.RequestOption) error
		opts []option.RequestOption
		want string
	}{
		{name: "no credentials", call: func(c *api.Client, opts ...option.RequestOption) error {
			_, err := getStore(context.Background(), c, "s", opts...)
			return err
		}, want: "SecretsStore.Stores.Get: no credentials: set option.WithAPIEmail (CLOUD_EMAIL) and option.WithAPIKey (CLOUD_API_KEY); " +
			"or option.WithAPIToken (CLOUD_API_TOKEN); or option.WithServiceKey (CLOUD_SERVICE_KEY)"},
		{name: "empty parameter", call: get("/a/{thing_id}", func(r *api.Request) { r.PathParam("thing_id", "") }), want: `Things.Get: path parameter "thing_id" is empty`},
		{name: "unset parameter", call: get("/a/{thing_id}", func(r *api.Request) { r.PathParam("thing_id", param.Opt[string]{}) }), want: `Things.Get: path parameter "thing_id" is empty`},
		{name: "parameter of the client", call: get("/a/{account_id}", nil),
			want: `Things.Get: path parameter "account_id" is empty: set it in the params, or with option.WithAccountID or CLOUD_ACCOUNT_ID`},
		{name: "parent", call: get("/a/{thing_id}", func(r *api.Request) { r.PathParam("thing_id", "..") }), want: `Things.Get: a path parameter is "..", which leads to another path`},
		{name: "query", call: get("/a", func(r *api.Request) { r.Query("at", param.Date{}) }), want: `Things.Get: parameter "at": `},
		{name: "header", call: get("/a", func(r *api.Request) { r.Header("X-A", "a\nb") }), want: `Things.Get: header "X-A": the value has a line break`},
		{name: "body", call: get("/a", func(r *api.Request) { r.Body = api.JSON(make(chan int)) }), want: "Things.Get: the body cannot be encoded: "},
		{name: "form of a list", call: get("/a", func(r *api.Request) { r.Body = api.Form([]int{1}) }), want: "Things.Get: the body cannot be encoded: a form is an object"},
		{name: "method", call: get("/a", func(r *api.Request) { r.Method = "G T" }), want: `Things.Get: net/http: invalid method "G T"`},

		{name: "retries", call: get("/a", nil), opts: []option.RequestOption{option.WithMaxRetries(-1)}, want: "Things.Get: option.WithMaxRetries: -1 is negative"},
		{name: "timeout", call: get("/a", nil), opts: []option.RequestOption{option.WithTimeout(-1)}, want: "Things.Get: option.WithTimeout: -1ns is negative"},
		{name: "base URL", call: get("/a", nil), opts: []option.RequestOption{option.WithBaseURL("ftp://u:secret@h")}, want: `Things.Get: option.WithBaseURL: "ftp://u:xxxxx@h" is not an absolute http or https URL`},
		{name: "base URL that is none", call: get("/a", nil), opts: []option.RequestOption{option.WithBaseURL("http://u:secret@h:x")}, want: `Things.Get: option.WithBaseURL: not a URL: invalid port`},
		{name: "HTTP client", call: get("/a", nil), opts: []option.RequestOption{option.WithHTTPClient(nil)}, want: "Things.Get: option.WithHTTPClient: nil"},
		{name: "HTTP client of a type", call: get("/a", nil), opts: []option.RequestOption{option.WithHTTPClient((*http.Client)(nil))}, want: "Things.Get: option.WithHTTPClient: nil"},
		{name: "middleware", call: get("/a", nil), opts: []option.RequestOption{option.WithMiddleware(nil)}, want: "Things.Get: option.WithMiddleware: nil"},
		{name: "response", call: get("/a", nil), opts: []option.RequestOption{option.WithResponse(nil)}, want: "Things.Get: option.WithResponse: nil"},
		{name: "header name", call: get("/a", nil), opts: []option.RequestOption{option.WithHeader("X A", "v")}, want: `Things.Get: option.WithHeader: "X A" is not the name of a header`},
		{name: "header value", call: get("/a", nil), opts: []option.RequestOption{option.WithHeaderAdd("X-A", "v\r\nX-B: w")}, want: "Things.Get: option.WithHeaderAdd: the value of X-A has a line break"},
		{name: "credential", call: get("/a", nil), opts: []option.RequestOption{withAPIToken("a\nb")}, want: "Things.Get: option.WithAPIToken: the value has a line break"},
		{name: "idempotency key", call: get("/a", nil), opts: []option.RequestOption{option.WithIdempotencyKey("")}, want: "Things.Get: option.WithIdempotencyKey: the key is empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client, requests := serve(t)
			if err := tt.call(client, tt.opts...); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("err  %v\nwant %s", err, tt.want)
			}
			if len(tt.opts) > 0 && !strings.Contains(tt.name, "idempotency") { // the same of the client itself
				client = api.NewClient(&cloud, slices.Concat([]option.RequestOption{option.WithBaseURL("http://127.0.0.1:1")}, tt.opts)...)
				if err := tt.call(client); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
					t.Errorf("err  %v\nwant %s", err, tt.want)
				}
			}
			if len(*requests) != 0 {
				t.Errorf("sent %v", *requests)
			}
		})
	}
	t.Run("a key for a client", func(t *testing.T) {
		client := api.NewClient(&cloud, option.WithIdempotencyKey("k"))
		if err := client.Do(t.Context(), &api.Request{Operation: "A"}, nil, nil); err == nil || err.Error() != "A: option.WithIdempotencyKey: a key is for one call, not for a client" {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("no context", func(t *testing.T) {
		client, _ := serve(t)
		var none context.Context
		if err := client.Do(none, &api.Request{Operation: "A"}, nil, nil); err == nil || err.Error() != "A: the context is nil" {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("no base URL", func(t *testing.T) {
		client := api.NewClient(&api.API{Name: "a"})
		if err := client.Do(t.Context(), &api.Request{Operation: "A"}, nil, nil); err == nil || err.Error() != "A: no base URL: set option.WithBaseURL" {
			t.Errorf("err = %v", err)
		}
	})
}

func TestPathParameters(t *testing.T) {
	client, requests := serve(t, withAPIToken("t"), withAccountID("of the client"))
	type id string
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"escaped", "a/b?c#d%e", "/client/v4/accounts/a%2Fb%3Fc%23d%25e"},
		{"enum", id("x"), "/client/v4/accounts/x"},
		{"integer", int64(7), "/client/v4/accounts/7"},
		{"optional", param.Some("o"), "/client/v4/accounts/o"},
		{"of the client", "", "/client/v4/accounts/of%20the%20client"},
		{"of the client, if unset", param.Opt[string]{}, "/client/v4/accounts/of%20the%20client"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			req := api.Request{Operation: "A", Method: "GET", Path: "/accounts/{account_id}"}
			req.PathParam("account_id", tt.value)
			if err := client.Do(t.Context(), &req, nil, nil); err != nil {
				t.Fatal(err)
			}
			if got := (*requests)[len(*requests)-1].line; got != "GET "+tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestParameters(t *testing.T) {
	client, requests := serve(t, withAPIToken("t"))
	req := api.Request{Operation: "A", Method: "GET", Path: "/a?fixed=1#action", Accept: "text/plain"}
	req.Query("z", 1)
	req.Query("a", []string{"x y", "z"})
	req.Query("none", param.Opt[string]{})
	req.QueryStyle("f", map[string]string{"k": "v"}, api.DeepObject)
	req.Header("x-number", 7)
	req.Header("X-List", []string{"a", "b"})
	req.Header("X-None", param.Null[string]())
	req.Cookie("c", "1;2")
	req.Cookie("d", []int{1, 2})
	if err := client.Do(t.Context(), &req, nil, []option.RequestOption{
		option.WithQuery("z", "2"), option.WithQueryAdd("e", "&"), option.WithQueryAdd("e", "3"), option.WithQueryDel("a"),
		option.WithHeader("X-Number", "8"), option.WithHeaderAdd("X-List", "c"), option.WithHeaderDel("X-None"), option.WithUserAgent("mine"),
	}); err != nil {
		t.Fatal(err)
	}
	got := (*requests)[0]
	if want := "GET /client/v4/a?fixed=1&f%5Bk%5D=v&z=2&e=%26&e=3"; got.line != want {
		t.Errorf("%s, want %s", got.line, want)
	}
	for name, want := range map[string]string{"X-Number": "8", "X-List": "a,b|c", "X-None": "", "Cookie": "c=1%3B2; d=1; d=2", "User-Agent": "mine", "Accept": "text/plain"} {
		if got := strings.Join(got.header[name], "|"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestCredentialPlaces(t *testing.T) {
	for _, tt := range []struct {
		name   string
		scheme string
		opt    option.RequestOption
		want   string
	}{
		{"header", "api_token", withAPIToken("t"), "|Bearer t|"},
		{"query", "query_key", api.WithCredential("query_key", "a&b"), "?a=1&api_key=a%26b||"},
		{"cookie", "session", api.WithCredential("session", "a;b"), "||session=a%3Bb"},
		{"basic", "basic", withBasicAuth("user", "pass:word"), "|Basic dXNlcjpwYXNzOndvcmQ=|"},
		{"function", "api_token", api.WithCredentialFunc("api_token", func(context.Context) (string, error) { return " fresh\n", nil }), "|Bearer fresh|"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client, requests := serve(t)
			req := api.Request{Operation: "A", Method: "GET", Path: "/a", Security: api.Security{{tt.scheme}}}
			if tt.name == "query" {
				req.Query("a", 1)
				req.Query("api_key", "in the way")
			}
			if err := client.Do(t.Context(), &req, nil, []option.RequestOption{tt.opt}); err != nil {
				t.Fatal(err)
			}
			r := (*requests)[0]
			if got := strings.TrimPrefix(r.line, "GET /client/v4/a") + "|" + r.header.Get("Authorization") + "|" + r.header.Get("Cookie"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	t.Run("a function that fails", func(t *testing.T) {
		client, requests := serve(t)
		cause := errors.New("vault is sealed")
		_, err := getStore(t.Context(), client, "s", api.WithCredentialFunc("api_token", func(context.Context) (string, error) { return "", cause }))
		if !errors.Is(err, cause) || err.Error() != "SecretsStore.Stores.Get: credential api_token: vault is sealed" || len(*requests) != 0 {
			t.Errorf("err = %v, sent %d", err, len(*requests))
		}
	})
	t.Run("a function without an answer", func(t *testing.T) {
		client, _ := serve(t)
		_, err := getStore(t.Context(), client, "s", api.WithCredentialFunc("api_token", func(context.Context) (string, error) { return "", nil }))
		if !errors.Is(err, apierror.ErrNoCredentials) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("the user's own header", func(t *testing.T) {
		client, requests := serve(t, withAPIEmail("e"), withAPIKey("k"))
		if _, err := getStore(t.Context(), client, "s", option.WithHeader("Authorization", "Mine x")); err != nil {
			t.Fatal(err)
		}
		if r := (*requests)[0]; r.header.Get("Authorization") != "Mine x" || r.header.Get("X-Auth-Key") != "" {
			t.Errorf("header = %v", r.header)
		}
	})
}

// A call's options do not change its client, nor another call's.
func TestOptionsOfACall(t *testing.T) {
	client, requests := serve(t, withAPIToken("client"), option.WithHeader("X-A", "client"), option.WithQuery("q", "client"))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			v := fmt.Sprint(i)
			if _, err := getStore(t.Context(), client, v, withAPIToken(v), option.WithHeader("X-A", v), option.WithHeader("X-B", v), option.WithQueryAdd("q", v)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if _, err := getStore(t.Context(), client, "plain"); err != nil {
		t.Fatal(err)
	}
	for _, r := range *requests {
		id := r.line[strings.LastIndex(r.line, "/")+1 : strings.Index(r.line, "?")]
		want := fmt.Sprintf("?q=client&q=%s Bearer %s %s %s", id, id, id, id)
		if id == "plain" {
			want = "?q=client Bearer client client "
		}
		if got := r.line[strings.Index(r.line, "?"):] + " " + r.header.Get("Authorization") + " " + r.header.Get("X-A") + " " + r.header.Get("X-B"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestMiddleware(t *testing.T) {
	var order []string
	named := func(name string) option.Middleware {
		return func(req *http.Request, next option.Next) (*http.Response, error) {
			order = append(order, name+" "+req.Header.Get("Authorization"))
			req.Header.Add("X-Seen", name)
			resp, err := next(req)
			order = append(order, name+" back")
			return resp, err
		}
	}
	client, requests := serve(t, withAPIToken("t"), option.WithMiddleware(named("a"), named("b")))
	if _, err := getStore(t.Context(), client, "s", option.WithMiddleware(named("c"))); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(order, ", "), "a Bearer t, b Bearer t, c Bearer t, c back, b back, a back"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := (*requests)[0].header["X-Seen"]; !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("X-Seen: %v", got)
	}

	answered := func(req *http.Request, next option.Next) (*http.Response, error) {
		return newBodies(t).respond(req, 200, `{"result":{"id":"canned"}}`), nil
	}
	store, err := getStore(t.Context(), client, "s", option.WithMiddleware(answered))
	if err != nil || store.ID != "canned" || len(*requests) != 1 {
		t.Errorf("store = %+v, %v", store, err)
	}
	nothing := func(*http.Request, option.Next) (*http.Response, error) { return nil, nil }
	if _, err := getStore(t.Context(), client, "s", option.WithMiddleware(nothing)); err == nil || errors.Is(err, apierror.ErrConnection) {
		t.Errorf("err = %v", err)
	}
}

func TestWithResponse(t *testing.T) {
	client, _ := serve(t, withAPIToken("token-that-is-secret"))
	var resp *http.Response
	store, err := getStore(t.Context(), client, "s", option.WithResponse(&resp))
	if err != nil || store.Name != "service_x_keys" {
		t.Fatal(store, err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != ok || resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "application/json" {
		t.Errorf("response = %+v, %s, %v", resp, body, err)
	}
	if got := resp.Request.Header.Get("Authorization"); got != "[redacted]" {
		t.Errorf("Authorization: %s", got)
	}
}

func TestBaseURL(t *testing.T) {
	for _, tt := range []struct{ name, base, path, want string }{
		{"path", "/v1", "/a", "/v1/a"},
		{"path with a slash", "/v1/", "/a", "/v1/a"},
		{"none", "", "/a", "/a"},
		{"query", "/v1?version=2", "/a", "/v1/a?version=2"},
		{"both queries", "/v1?version=2", "/a?b=1", "/v1/a?version=2&b=1"},
		{"encoded", "/v%2F1/é", "/a", "/v%2F1/%C3%A9/a"},
		{"fragment", "/v1#x", "/a", "/v1/a"},
		{"no slash", "/v1", "a", "/v1/a"},
		{"empty", "/v1", "", "/v1/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client, requests := serve(t, withAPIToken("t"))
			base := strings.TrimSuffix(baseOf(t, client, requests), "/client/v4")
			req := api.Request{Operation: "A", Method: "GET", Path: tt.path}
			if err := client.Do(t.Context(), &req, nil, []option.RequestOption{option.WithBaseURL(base + tt.base)}); err != nil {
				t.Fatal(err)
			}
			if got := (*requests)[1].line; got != "GET "+tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestPrinting(t *testing.T) {
	quiet(t)
	client := api.NewClient(&cloud, withAPIToken("planted"), option.WithHeader("X-Token", "planted"), option.WithQuery("token", "planted"))
	type sdk struct {
		Client *api.Client
		api    *api.Client
	}
	opt := option.WithHeader("X", "planted")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		for _, v := range []any{client, sdk{client, client}, &sdk{client, client}, []*api.Client{client}, opt} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, "planted") {
				t.Errorf("%s of %T: %s", verb, v, got)
			}
		}
	}
}
