package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// What an API has in place of the usual defaults counts until an option, or the
// operation, says otherwise.
func TestDefaultsOfAPI(t *testing.T) {
	attempts, header, query := 0, http.Header{}, ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		attempts++
		header, query = r.Header, r.URL.RawQuery
		w.Header().Set("Retry-After-Ms", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	t.Setenv("TEST_TENANT", "from-env")
	desc := &API{
		Name: "test", BaseURL: server.URL, Timeout: 3 * time.Second,
		Retries: &Retries{Max: 3, MinDelay: time.Millisecond, MaxDelay: 2 * time.Millisecond},
		Headers: []Field{{"X-Version", "1"}, {"X-Other", "2"}},
		Params: []ClientParam{
			{Name: "tenant", Env: "TEST_TENANT", Header: "X-Tenant", Default: "main"},
			{Name: "region", Query: "region", Default: "eu"},
			{Name: "unset", Header: "X-Unset"},
		},
	}
	set := func(name, value string) Option {
		return func(c *Config) error { return c.EditHeader(Set, name, value, "test") }
	}
	retries := func(n int) Option {
		return func(c *Config) error { c.MaxRetries, c.RetriesSaid = n, true; return nil }
	}
	for _, tt := range []struct {
		name           string
		client, call   []Option
		req            Request
		attempts       int
		version, query string
	}{
		{"the API's", nil, nil, Request{}, 4, "1", "region=eu"},
		{"the operation's", nil, nil, Request{MaxRetries: Count(1)}, 2, "1", "region=eu"},
		{"the client's", []Option{retries(2), set("X-Version", "9")}, nil, Request{MaxRetries: Count(1)}, 3, "9", "region=eu"},
		{"the call's", []Option{retries(2)}, []Option{retries(0), WithParam("region", "us")}, Request{MaxRetries: Count(1)}, 1, "1", "region=us"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			attempts = 0
			client := NewClient(desc, tt.client...)
			req := tt.req
			req.Operation, req.Method, req.Path = "Things.List", "GET", "/things"
			if err := client.Do(context.Background(), &req, nil, tt.call); err == nil {
				t.Fatal("no error")
			}
			if attempts != tt.attempts || header.Get("X-Version") != tt.version || query != tt.query {
				t.Errorf("%d attempts, version %q, query %q", attempts, header.Get("X-Version"), query)
			}
			if header.Get("X-Tenant") != "from-env" || header.Get("X-Other") != "2" || header.Values("X-Unset") != nil {
				t.Errorf("headers %v", header)
			}
		})
	}
}

// A parameter of the operation wins over the client's of that header.
func TestParamOfOperation(t *testing.T) {
	var tenant []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { tenant = r.Header.Values("X-Tenant") }))
	defer server.Close()
	client := NewClient(&API{Name: "test", BaseURL: server.URL, Params: []ClientParam{{Name: "tenant", Header: "x-tenant", Default: "main"}}})
	req := &Request{Operation: "Things.List", Method: "GET", Path: "/things"}
	req.Header("X-Tenant", "own")
	if err := client.Do(context.Background(), req, nil, nil); err != nil || len(tenant) != 1 || tenant[0] != "own" {
		t.Errorf("%q, %v", tenant, err)
	}
}

// The limit of an operation is that of each attempt, unless an option has another.
func TestTimeoutOfOperation(t *testing.T) {
	done := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-done:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(done)
	client := NewClient(&API{Name: "test", BaseURL: server.URL, Retries: &Retries{}})
	start := time.Now()
	err := client.Do(context.Background(), &Request{Operation: "Things.List", Method: "GET", Path: "/things", Timeout: 30 * time.Millisecond}, nil, nil)
	if err == nil || time.Since(start) > 20*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}
