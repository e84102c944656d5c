package mockapi_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
)

// Every failure that the description has an example of becomes an error that
// says what the API said.
func TestDescribedFailures(t *testing.T) {
	server, client := start(t, mockapi.Config{}, option.WithHeader("Prefer", "code=404"))
	for _, op := range operations {
		t.Run(op.id, func(t *testing.T) {
			server.Reset()
			_, _, err := op.call(t.Context(), client)
			var apiErr *cloudflare.Error
			if !errors.As(err, &apiErr) || !errors.Is(err, cloudflare.ErrNotFound) {
				t.Fatalf("the error is %v", err)
			}
			call := only(t, server)
			if len(call.Problems) > 0 {
				t.Errorf("the request has problems: %q", call.Problems)
			}
			if apiErr.StatusCode != http.StatusNotFound || apiErr.Method != call.Method || apiErr.Route != strings.TrimPrefix(call.Path, server.Base()) {
				t.Errorf("the error is of %d %s %s; the call was %s %s", apiErr.StatusCode, apiErr.Method, apiErr.Route, call.Method, call.Path)
			}
			if len(apiErr.Errors) == 0 || apiErr.Errors[0].Message != apiErr.Message || !strings.Contains(err.Error(), apiErr.Message) || apiErr.Code == "" {
				t.Errorf("the error says %q; its list is %+v", err, apiErr.Errors)
			}
			if len(mockapi.Diff(call.Answer, apiErr.Body)) > 0 {
				t.Errorf("the body is %s, not %s", apiErr.Body, call.Answer)
			}
		})
	}
}

// A problem has all that the API says of it.
func TestFailureInDetail(t *testing.T) {
	server, client := start(t, mockapi.Config{}, option.WithHeader("Prefer", "code=422"))
	_, err := client.SecretsStore.Secrets.Create(t.Context(), store, newSecret())
	var apiErr *cloudflare.Error
	if !errors.As(err, &apiErr) || !errors.Is(err, cloudflare.ErrUnprocessableEntity) {
		t.Fatalf("the error is %v", err)
	}
	if p := only(t, server).Problems; len(p) > 0 {
		t.Errorf("the request has problems: %q", p)
	}
	p := apiErr.Errors[0]
	if p.Code != 1001 || p.Message != "secret_name_empty" || p.DocumentationURL.Or("") != "https://developers.cloudflare.com/secrets-store/" || p.Source == nil || p.Source.Pointer.Or("") != "/0/name" {
		t.Errorf("the problem is %+v", p)
	}
}

func TestFailures(t *testing.T) {
	for _, tt := range []struct {
		name        string
		status      int
		contentType string
		body        string
		is          error
		says        []string
	}{
		{"success is false", 200, "application/json", `{"success":false,"errors":[{"code":1003,"message":"maximum_stores_exceeded"}],"messages":[],"result":null}`, nil,
			[]string{"200 OK", "maximum_stores_exceeded", "1003", "success"}},
		{"success is false and a result is there", 200, "application/json", `{"result":{"id":"x"},"success":false,"errors":[]}`, nil, []string{"200 OK", "success"}},
		{"not JSON", 502, "text/html", "<html><head><title>502 Bad gateway</title></head></html>", cloudflare.ErrInternalServer, []string{"502 Bad Gateway", "502 Bad gateway"}},
		{"text", 503, "text/plain", "try later", cloudflare.ErrInternalServer, []string{"503", "try later"}},
		{"no body", 403, "", "", cloudflare.ErrPermissionDenied, []string{"403 Forbidden"}},
		{"another form", 401, "application/json", `{"error":"invalid_token","error_description":"it has expired"}`, cloudflare.ErrAuthentication, []string{"401", "it has expired"}},
		{"broken JSON", 400, "application/json", `{"success":fal`, cloudflare.ErrBadRequest, []string{"400 Bad Request"}},
		{"errors of another type", 400, "application/json", `{"errors":"none of it"}`, cloudflare.ErrBadRequest, []string{"400 Bad Request"}},
		{"rate limit", 429, "application/json", `{"success":false,"errors":[{"code":10000,"message":"slow down"}]}`, cloudflare.ErrRateLimit, []string{"slow down"}},
		{"conflict", 409, "application/json", `{"success":false,"errors":[{"code":1003,"message":"store_not_empty"}]}`, cloudflare.ErrConflict, []string{"store_not_empty"}},
		{"a redirect to nowhere", 304, "", "", nil, []string{"304"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			url, _ := respond(t, tt.status, tt.contentType, tt.body)
			out, err := newClient(t, url).SecretsStore.Stores.Delete(t.Context(), store, secretsstore.StoreDeleteParams{AccountID: account})
			var apiErr *cloudflare.Error
			if !errors.As(err, &apiErr) {
				t.Fatalf("the error is %v, with %+v", err, out)
			}
			if apiErr.StatusCode != tt.status || tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("the status is %d, and the error is not %v", apiErr.StatusCode, tt.is)
			}
			for _, text := range append(tt.says, "DELETE", "/stores/"+store) {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("the error does not say %q: %v", text, err)
				}
			}
			if string(apiErr.Body) != tt.body {
				t.Errorf("the body is %q, not %q", apiErr.Body, tt.body)
			}
			if out != nil {
				t.Errorf("there is a result beside the error: %+v", out)
			}
		})
	}
}

// A success without a result is a success where the description requires none; a
// body that should be there and is not is an error.
func TestEmptySuccess(t *testing.T) {
	for _, body := range []string{"", "\n"} {
		url, _ := respond(t, 200, "application/json", body)
		out, err := newClient(t, url).SecretsStore.Stores.Delete(t.Context(), store, secretsstore.StoreDeleteParams{AccountID: account})
		if err == nil || !strings.Contains(err.Error(), "it is empty") {
			t.Errorf("200 with the body %q: got %+v, %v", body, out, err)
		}
	}
	for _, tt := range []struct {
		name         string
		status       int
		contentType  string
		body         string
		resultIsZero bool
	}{
		{"204", 204, "", "", true},
		{"no result", 200, "application/json", `{"success":true,"errors":[],"messages":[]}`, true},
		{"result is null", 200, "application/json", `{"success":true,"errors":[],"messages":[],"result":null}`, true},
		{"what is not described is kept", 200, "application/json", `{"success":true,"result":{"id":"x","name":"y","created":"2023-09-21T18:56:32Z","modified":"2023-09-21T18:56:32Z","region":"eu"},"trace":1}`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			url, _ := respond(t, tt.status, tt.contentType, tt.body)
			out, err := newClient(t, url).SecretsStore.Stores.Delete(t.Context(), store, secretsstore.StoreDeleteParams{AccountID: account})
			if err != nil {
				t.Fatal(err)
			}
			if got := out == nil || out.ID == ""; got != tt.resultIsZero {
				t.Errorf("the result is %+v", out)
			}
			if !tt.resultIsZero && string(out.Extra["region"]) != `"eu"` {
				t.Errorf("what is not described is %q", out.Extra)
			}
		})
	}
}

// A value stays within its segment of the path, whatever is in it.
func TestPathEscaping(t *testing.T) {
	for _, tt := range []struct{ id, want string }{
		{"a/b", "a%2Fb"},
		{"a?b", "a%3Fb"},
		{"a%b", "a%25b"},
		{"a%2Fb", "a%252Fb"},
		{"a#b", "a%23b"},
		{"a b", "a%20b"},
		{"ä", "%C3%A4"},
		{"...", "..."},
		{"a;b=c", "a%3Bb%3Dc"},
	} {
		t.Run(tt.id, func(t *testing.T) {
			url, got := respond(t, http.StatusOK, "application/json", `{"success":true}`)
			_, err := newClient(t, url).SecretsStore.Stores.Delete(t.Context(), tt.id, secretsstore.StoreDeleteParams{AccountID: account})
			if err != nil {
				t.Fatal(err)
			}
			if uri := (*got)[0].RequestURI; !sameURI(uri, base+"/stores/"+tt.want) {
				t.Errorf("the request is for %s, not %s", uri, base+"/stores/"+tt.want)
			}
			// Who takes the path apart gets the value back.
			if p := (*got)[0].URL.Path; p != base+"/stores/"+tt.id {
				t.Errorf("the server reads %s", p)
			}
		})
	}
}

// sameURI leaves it to the client whether it escapes what may be escaped.
func sameURI(got, want string) bool {
	plain := strings.NewReplacer("%3B", ";", "%3D", "=")
	return plain.Replace(got) == plain.Replace(want)
}

// A value that would lead elsewhere is refused: no encoding protects a dot.
func TestPathParametersThatAreRefused(t *testing.T) {
	url, got := respond(t, http.StatusOK, "application/json", `{"success":true}`)
	client := newClient(t, url)
	for _, tt := range []struct{ name, account, store, says string }{
		{"no store", account, "", "store_id"},
		{"no account", "", store, "account_id"},
		{"here", account, ".", `"."`},
		{"above", account, "..", `".."`},
	} {
		_, err := client.SecretsStore.Stores.Delete(t.Context(), tt.store, secretsstore.StoreDeleteParams{AccountID: tt.account})
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: the error is %v", tt.name, err)
		}
	}
	if len(*got) > 0 {
		t.Errorf("%d requests were sent", len(*got))
	}
}

// A failure that may pass is tried again, with the same body.
func TestRetry(t *testing.T) {
	server, _ := start(t, mockapi.Config{})
	n := 0
	flaky := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n++; n < 3 {
			w.Header().Set("Retry-After-Ms", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		server.ServeHTTP(w, r)
	})
	ts := httptest.NewServer(flaky)
	t.Cleanup(ts.Close)
	client := newClient(t, ts.URL+server.Base(), option.WithMaxRetries(2))
	_, err := client.SecretsStore.Secrets.BulkDelete(t.Context(), store, secretsstore.SecretBulkDeleteParams{
		AccountID: account, Body: []secretsstore.SecretBulkDeleteParamsBody{{ID: secret}},
	})
	if err != nil {
		t.Fatal(err)
	}
	call := only(t, server)
	if want := `[{"id":"` + secret + `"}]`; n != 3 || string(call.Body) != want || len(call.Problems) > 0 {
		t.Errorf("attempt %d has the body %s, not %s, and the problems %q", n, call.Body, want, call.Problems)
	}
}
