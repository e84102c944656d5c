package api_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

func TestServerVariables(t *testing.T) {
	a := api.API{
		Name: "regions", BaseURL: "https://eu.example.com:443/v1", BaseURLEnv: "REGIONS_BASE_URL",
		Server: "https://{region}.example.com:{port}/{base}",
		Variables: []api.Variable{
			{Name: "region", Option: "WithRegion", Default: "eu"},
			{Name: "port", Option: "WithPort", Default: "443", Values: []string{"443", "8443"}},
			{Name: "base", Option: "WithBase", Default: "v1"},
		},
	}
	set := api.WithServerVariable
	for _, tt := range []struct {
		name         string
		client, call []option.RequestOption
		want         string // or the error
	}{
		{"none", nil, nil, "https://eu.example.com:443/v1/a"},
		{"one", []option.RequestOption{set("region", " us ")}, nil, "https://us.example.com:443/v1/a"},
		{"all", []option.RequestOption{set("region", "us"), set("port", "8443"), set("base", "v2/beta")}, nil, "https://us.example.com:8443/v2/beta/a"},
		{"of the call", []option.RequestOption{set("region", "us"), set("base", "v2")}, []option.RequestOption{set("region", "ap")}, "https://ap.example.com:443/v2/a"},
		{"before a base URL", []option.RequestOption{set("region", "us"), option.WithBaseURL("http://localhost:1")}, nil, "http://localhost:1/a"},
		{"after a base URL", []option.RequestOption{option.WithBaseURL("http://localhost:1")}, []option.RequestOption{set("region", "us")}, "https://us.example.com:443/v1/a"},
		{"unknown", []option.RequestOption{set("zone", "x")}, nil, `A: the API's server has no variable "zone"`},
		{"empty", nil, []option.RequestOption{set("region", " ")}, `A: option.WithRegion: the value is empty`},
		{"none of its values", nil, []option.RequestOption{set("port", "80")}, `A: option.WithPort: "80" is none of ["443" "8443"]`},
		{"another host", nil, []option.RequestOption{set("region", "evil.test/")}, `A: option.WithRegion: "evil.test/" has a character that ends this part of a URL`},
		{"another host, with a user", nil, []option.RequestOption{set("region", "evil.test@x")}, `A: option.WithRegion: "evil.test@x" has a character that ends this part of a URL`},
		{"a query", nil, []option.RequestOption{set("base", "v1?x")}, `A: option.WithBase: "v1?x" has a character that ends this part of a URL`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("REGIONS_BASE_URL", "")
			got := ""
			b := newBodies(t)
			opts := append([]option.RequestOption{option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				got = req.URL.String()
				return b.respond(req, 200, `{}`), nil
			}))}, tt.client...)
			client := api.NewClient(&a, opts...)
			for range 2 { // a call leaves nothing behind
				req := api.Request{Operation: "A", Method: "GET", Path: "/a"}
				if err := client.Do(t.Context(), &req, nil, tt.call); err != nil {
					got = err.Error()
				}
				if got != tt.want {
					t.Errorf("got  %s\nwant %s", got, tt.want)
				}
			}
		})
	}
}

// An operation that declares a key gets one with each call, and the caller's
// own wins, whichever way it is given.
func TestIdempotencyKey(t *testing.T) {
	var keys []string
	b := newBodies(t)
	client := api.NewClient(&api.API{Name: "keys", BaseURL: "https://api.example.com"}, option.WithMaxRetries(1), option.WithRetryDelay(0, 0),
		option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			keys = append(keys, strings.Join(req.Header["X-Idempotency-Key"], "|")+strings.Join(req.Header["Idempotency-Key"], "!"))
			if req.Body != nil {
				io.Copy(io.Discard, req.Body)
			}
			return b.respond(req, 500, `{}`), nil
		})))
	call := func(declared string, param any, opts ...option.RequestOption) []string {
		keys = nil
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", IdempotencyKey: declared, Body: api.JSON(1)}
		if declared != "" {
			req.Header(declared, param)
		}
		client.Do(t.Context(), &req, nil, opts)
		return keys
	}
	made := call("x-idempotency-key", "")
	if len(made) != 2 || len(made[0]) < 20 || made[0] != made[1] {
		t.Errorf("made keys %q", made)
	}
	if again := call("x-idempotency-key", nil); again[0] == made[0] {
		t.Errorf("two calls have the key %q", made[0])
	}
	for name, got := range map[string][]string{
		"param": call("x-idempotency-key", "mine"), "option": call("x-idempotency-key", nil, option.WithIdempotencyKey("mine")),
		"header": call("x-idempotency-key", nil, option.WithHeader("X-Idempotency-Key", "mine")),
	} {
		if strings.Join(got, " ") != "mine mine" {
			t.Errorf("%s: keys %q", name, got)
		}
	}
	if got := call("", nil); strings.Join(got, " ") != "" || len(got) != 1 {
		t.Errorf("undeclared: keys %q", got)
	}
}
