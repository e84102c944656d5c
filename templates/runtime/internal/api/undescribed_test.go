package api_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

func TestCall(t *testing.T) {
	type filter struct {
		Name   param.Opt[string] `json:"name,omitzero"`
		Tags   []string          `json:"tags,omitzero"`
		Nested map[string]int    `json:"nested,omitzero"`
	}
	for _, tt := range []struct {
		name         string
		method, path string
		params       any
		opts         []option.RequestOption
		want         string // method, path, query and body; or the error
	}{
		{"GET", "GET", "/new/thing", nil, nil, "GET /client/v4/new/thing"},
		{"without a slash", "GET", "new", nil, nil, "GET /client/v4/new"},
		{"a query of its own", "GET", "/new?a=1&b=%20", nil, nil, "GET /client/v4/new?a=1&b=%20"},
		{"params of a GET", "GET", "/new?z=0", filter{Name: param.Some("x y"), Tags: []string{"a", "b"}, Nested: map[string]int{"k": 1}}, nil,
			"GET /client/v4/new?z=0&name=x%20y&tags=a&tags=b&nested%5Bk%5D=1"},
		{"params of a DELETE", "DELETE", "/new", map[string]any{"force": true}, nil, "DELETE /client/v4/new?force=true"},
		{"params of a POST", "POST", "/new", filter{Name: param.Some("x")}, nil, `POST /client/v4/new {"name":"x"}`},
		{"JSON already", "POST", "/new", []byte(`{ }`), nil, `POST /client/v4/new { }`},
		{"JSON from a reader", "PUT", "/new", strings.NewReader(`[ ]`), nil, `PUT /client/v4/new [ ]`},
		{"a list", "PATCH", "/new", []int{1}, nil, `PATCH /client/v4/new [1]`},
		{"a method of its own", "PURGE", "/new", nil, nil, "PURGE /client/v4/new"},
		{"a client parameter", "GET", "/accounts/{account_id}/new", nil, []option.RequestOption{withAccountID("a/b")}, "GET /client/v4/accounts/a%2Fb/new"},
		{"escaped", "GET", "/new/a%2Fb", nil, nil, "GET /client/v4/new/a%2Fb"},
		{"options", "POST", "/new", nil, []option.RequestOption{option.WithQuery("a", "1"), option.WithRequestBody("text/plain", "x"), option.WithHeader("X-A", "1")}, "POST /client/v4/new?a=1 x"},
		{"a nil pointer", "POST", "/new", (*filter)(nil), nil, "POST /client/v4/new"},

		{"no method", "", "/new", nil, nil, `Do: "" is not a method`},
		{"a URL of another host", "GET", "https://evil.example/x", nil, nil, "Do: the URL is not one of the API: it has another host than the base URL, which option.WithBaseURL sets"},
		{"a URL of the API", "GET", "https://api.example.com/client/v4/ops/7?a=1", map[string]any{"b": 2}, nil, "GET /client/v4/ops/7?a=1&b=2"},
		{"a URL of the API, in clear", "GET", "http://api.example.com/ops/7", nil, nil, "GET /ops/7"},
		{"another host", "GET", "//evil.example/x", nil, nil, "Do: the path is neither a path below the base URL nor a URL of the API"},
		{"a space", "GET", "/a b", nil, nil, "Do: the path has a space or a control character: escape it with url.PathEscape"},
		{"dots", "GET", "/a/../../x", nil, nil, `Do: a path parameter is "..", which leads to another path`},
		{"a missing parameter", "GET", "/a/{b}", nil, nil, `Do: path parameter "b" is empty`},
		{"a query that is a list", "GET", "/a", []int{1}, nil, "Do: the params are not an object, whose members are query parameters"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quiet(t)
			got := ""
			b := newBodies(t)
			client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				got = req.Method + " " + req.URL.RequestURI()
				if req.Header.Get("Authorization") != "Bearer t" || req.URL.Host != "api.example.com" {
					t.Errorf("sent %v to %s", req.Header, req.URL.Host)
				}
				if req.Body != nil {
					data, err := io.ReadAll(req.Body)
					if err != nil {
						return nil, err
					}
					got = strings.TrimSuffix(got+" "+string(data), " ")
				}
				return b.respond(req, 200, `{"success":true,"result":{"id":"x"}}`), nil
			})))
			var out struct {
				Result struct {
					ID string `json:"id"`
				} `json:"result"`
			}
			err := client.Call(t.Context(), tt.method, tt.path, tt.params, &out, tt.opts)
			if err != nil {
				got = err.Error()
			} else if out.Result.ID != "x" {
				t.Errorf("result %+v", out)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestCallResults(t *testing.T) {
	quiet(t)
	b := newBodies(t)
	body := `{"success":true,"result":1}`
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		return b.respond(req, 200, body), nil
	})))
	call := func(result any) error { return client.Call(t.Context(), "GET", "/x", nil, result, nil) }
	var whole map[string]any
	if err := call(&whole); err != nil || whole["result"] != 1.0 {
		t.Errorf("a map: %v, %v", whole, err)
	}
	if err := call(nil); err != nil {
		t.Errorf("nil: %v", err)
	}
	var stream io.ReadCloser
	if err := call(&stream); err != nil {
		t.Errorf("a stream: %v", err)
	} else if data, err := io.ReadAll(stream); err != nil || string(data) != body || stream.Close() != nil {
		t.Errorf("a stream: %s, %v", data, err)
	}
	for _, bad := range []any{whole, 1, (*int)(nil)} {
		if err := call(bad); err == nil || !strings.Contains(err.Error(), "not a pointer") {
			t.Errorf("%T: err = %v", bad, err)
		}
	}
	body = `{"success":false,"errors":[{"code":7,"message":"no"}]}`
	if err := call(&whole); err == nil || !strings.Contains(err.Error(), "no (code 7)") {
		t.Errorf("an envelope that says it failed: %v", err)
	}
}

// Retries and errors are those of every call.
func TestCallIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		s := script(t, step{status: 503}, step{status: 404})
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(s))
		err := client.Call(t.Context(), "GET", "/things/7?key=v", nil, nil, nil)
		apiErr, ok := errors.AsType[*apierror.Error](err)
		if !ok || !errors.Is(err, apierror.ErrNotFound) || apiErr.Route != "/things/7" || apiErr.Attempts != 2 || !strings.HasPrefix(err.Error(), "Do: GET /client/v4/things/7: 404") {
			t.Errorf("err = %v", err)
		}
	})
}
