package api_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// Credentials stay with the host they were meant for.
func TestRedirects(t *testing.T) {
	quiet(t)
	var reached []string
	record := func(name string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			secrets := ""
			for _, h := range []string{"Authorization", "X-Auth-Key", "X-Auth-Email", "Cookie", "X-Mine", "Referer"} {
				if v := r.Header.Get(h); v != "" {
					secrets += " " + h
				}
			}
			reached = append(reached, fmt.Sprintf("%s %s %s%s", name, r.Method, body, secrets))
			io.WriteString(w, ok)
		}
	}
	other := httptest.NewServer(record("other"))
	t.Cleanup(other.Close)
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	mux := http.NewServeMux()
	for _, code := range []int{301, 302, 303, 307, 308} {
		mux.HandleFunc(fmt.Sprintf("/away/%d", code), func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere+"/x", code)
		})
		mux.HandleFunc(fmt.Sprintf("/stay/%d", code), func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/here", code)
		})
	}
	mux.HandleFunc("/here", record("here"))
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	client := api.NewClient(&cloud, option.WithBaseURL(server.URL), option.WithMaxRetries(0),
		withAPIEmail("e"), withAPIKey("k"), option.WithHeader("X-Mine", "m"), option.WithHeader("Cookie", "c=d"))
	for _, tt := range []struct{ method, path, want string }{
		{"GET", "/stay/302", "here GET  X-Auth-Key X-Auth-Email Cookie X-Mine Referer"},
		{"GET", "/away/302", "other GET "},
		{"GET", "/away/307", "other GET "},
		{"DELETE", "/away/307", "status 307"},
		{"DELETE", "/stay/308", "here DELETE b X-Auth-Key X-Auth-Email Cookie X-Mine Referer"},
		{"DELETE", "/stay/301", "status 301"},
		{"DELETE", "/stay/302", "status 302"},
		{"POST", "/stay/301", "status 301"},
		{"POST", "/stay/303", "here GET  X-Auth-Key X-Auth-Email Cookie X-Mine Referer"},
		{"POST", "/away/303", "other GET "},
		{"POST", "/stay/307", "here POST b X-Auth-Key X-Auth-Email Cookie X-Mine Referer"},
		{"POST", "/away/307", "status 307"},
		{"POST", "/away/308", "status 308"},
	} {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			reached = nil
			req := api.Request{Operation: "A", Method: tt.method, Path: tt.path}
			if tt.method != "GET" {
				req.Body = api.Text("text/plain", "b")
			}
			err := client.Do(t.Context(), &req, nil, nil)
			got := strings.Join(reached, ", ")
			if apiErr, ok := errors.AsType[*apierror.Error](err); ok {
				got += fmt.Sprintf("status %d", apiErr.StatusCode)
			} else if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	t.Run("loop", func(t *testing.T) {
		req := api.Request{Operation: "A", Method: "GET", Path: "/loop"}
		if err := client.Do(t.Context(), &req, nil, nil); err == nil || err.Error() != "A: GET /loop: stopped after 10 redirects" {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("the user's own rule", func(t *testing.T) {
		mine := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if req.Header.Get("X-Auth-Key") != "" {
				t.Error("the rule sees the credentials")
			}
			return http.ErrUseLastResponse
		}}
		req := api.Request{Operation: "A", Method: "GET", Path: "/away/302"}
		err := client.Do(t.Context(), &req, nil, []option.RequestOption{option.WithHTTPClient(mine)})
		if apiErr, ok := errors.AsType[*apierror.Error](err); !ok || apiErr.StatusCode != 302 {
			t.Errorf("err = %v", err)
		}
	})
}
