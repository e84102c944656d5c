package apierror

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// report is a failed call with this status and body.
func report(status int, contentType, body string) Report {
	m := &mask.Set{Headers: []string{"X-Auth-Key"}, Queries: []string{"api_key"}}
	m.Add("hunter2")
	return Report{
		Operation: "Stores.Get",
		Route:     "/stores/{store_id}",
		Attempts:  1,
		Request: &http.Request{
			Method: "GET",
			URL:    &url.URL{Scheme: "https", Host: "api.example.com", Path: "/v1/stores/a b", RawQuery: "page=2&api_key=k"},
			Header: http.Header{"Authorization": {"Bearer t"}, "X-Auth-Key": {"k"}, "Accept": {"application/json"}},
		},
		RequestBody: []byte(`{"value":"hunter2"}`),
		Response: &http.Response{
			StatusCode: status, Proto: "HTTP/2.0",
			Header: http.Header{"Content-Type": {contentType}, "Set-Cookie": {"session=s"}, "X-Echo": {"hunter2"}},
		},
		Body:  []byte(body),
		Masks: m,
	}
}

func TestError(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		media  string
		body   string
		want   string
	}{
		{"code and message", 404, "application/json", `{"errors":[{"code":7003,"message":"No route for the URI"}]}`, "404 Not Found: No route for the URI (code 7003)"},
		{"more than one", 400, "application/json", `{"errors":[{"code":1,"message":"a"},{"code":2,"message":"b"},{"message":"c"}]}`, "400 Bad Request: a (code 1) and 2 more"},
		{"message alone", 404, "application/json", `{"message":"Not here"}`, "404 Not Found: Not here"},
		{"code alone", 409, "application/json", `{"error":{"code":"taken"}}`, "409 Conflict: code taken"},
		{"nothing", 500, "", "", "500 Internal Server Error"},
		{"JSON without either", 500, "application/json", `{"secret":"x"}`, "500 Internal Server Error"},
		{"a page", 502, "text/html", "<html><head><Title lang=en>\n 502 Bad   Gateway</TITLE></head><body>secret", `502 Bad Gateway: "502 Bad Gateway"`},
		{"a page without a title", 502, "text/html; charset=utf-8", "<p>oops", "502 Bad Gateway: text/html"},
		{"text", 503, "text/plain", "upstream\n\tconnect error\x1b[31m", `503 Service Unavailable: "upstream connect error[31m"`},
		{"long text", 503, "text/plain", strings.Repeat("long ", 50), `503 Service Unavailable: "` + strings.Repeat("long ", 23) + `long…"`},
		{"bytes", 500, "image/png", "\x89PNG\x00", "500 Internal Server Error"},
		{"a forged line", 400, "application/json", `{"message":"a\n2024 ERROR forged\u0000\u202e"}`, "400 Bad Request: a 2024 ERROR forged"},
		{"a status that is none", 799, "", "", "799"},
		{"a secret that comes back", 400, "application/json", `{"message":"hunter2 is too short"}`, "400 Bad Request: [redacted] is too short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := New(report(tt.status, tt.media, tt.body))
			if want := "Stores.Get: GET /v1/stores/a%20b: " + tt.want; err.Error() != want {
				t.Errorf("got  %s\nwant %s", err, want)
			}
		})
	}
	t.Run("notes", func(t *testing.T) {
		r := report(500, "", "")
		r.RequestID, r.Attempts = "8f 2", 3
		if got := New(r).Error(); !strings.HasSuffix(got, "Error [request 8f 2, 3 attempts]") {
			t.Error(got)
		}
	})
}

func TestIs(t *testing.T) {
	all := []error{ErrBadRequest, ErrAuthentication, ErrPermissionDenied, ErrNotFound, ErrConflict, ErrUnprocessableEntity,
		ErrRateLimit, ErrInternalServer, ErrTimeout, ErrConnection, ErrNoCredentials}
	for _, tt := range []struct {
		status int
		want   []error
	}{
		{200, nil}, {302, nil}, {418, nil},
		{400, []error{ErrBadRequest}},
		{401, []error{ErrAuthentication}},
		{403, []error{ErrPermissionDenied}},
		{404, []error{ErrNotFound}},
		{408, []error{ErrTimeout}},
		{409, []error{ErrConflict}},
		{422, []error{ErrUnprocessableEntity}},
		{429, []error{ErrRateLimit}},
		{500, []error{ErrInternalServer}},
		{504, []error{ErrInternalServer, ErrTimeout}},
		{599, []error{ErrInternalServer}},
	} {
		err := fmt.Errorf("wrapped: %w", New(report(tt.status, "", "")))
		var got []error
		for _, sentinel := range all {
			if errors.Is(err, sentinel) {
				got = append(got, sentinel)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%d is %v, want %v", tt.status, got, tt.want)
		}
	}
}

func TestDumps(t *testing.T) {
	err := New(report(400, "text/plain", "you sent hunter2"))
	for _, tt := range []struct {
		name string
		got  []byte
		want string
	}{
		{"request", err.DumpRequest(true), "GET /v1/stores/a%20b?page=2&api_key=%5Bredacted%5D HTTP/1.1\nHost: api.example.com\n" +
			"Accept: application/json\nAuthorization: [redacted]\nX-Auth-Key: [redacted]\n\n{\"value\":\"[redacted]\"}"},
		{"request without body", err.DumpRequest(false), "GET /v1/stores/a%20b?page=2&api_key=%5Bredacted%5D HTTP/1.1\nHost: api.example.com\n" +
			"Accept: application/json\nAuthorization: [redacted]\nX-Auth-Key: [redacted]\n\n"},
		{"response", err.DumpResponse(true), "HTTP/1.1 400 Bad Request\nContent-Type: text/plain\nSet-Cookie: [redacted]\nX-Echo: [redacted]\n\nyou sent [redacted]"},
		{"response without body", err.DumpResponse(false), "HTTP/1.1 400 Bad Request\nContent-Type: text/plain\nSet-Cookie: [redacted]\nX-Echo: [redacted]\n\n"},
	} {
		if got := strings.ReplaceAll(string(tt.got), "\r\n", "\n"); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
	if got := new(Error).DumpRequest(true); got != nil {
		t.Errorf("the dump of no request is %q", got)
	}
	new(Error).DumpResponse(true)
	_ = new(Error).Error()
}

// An Error is a value of its own: what it was made from may be used again.
func TestErrorIsACopy(t *testing.T) {
	r := report(400, "application/json", `{"message":"a"}`)
	err := New(r)
	copy(r.Body, "xxxxxxxxxxxxxxx")
	r.Request.Header.Set("Accept", "changed")
	r.Response.Header.Set("X-Echo", "changed")
	if string(err.Body) != `{"message":"a"}` || err.Request.Header.Get("Accept") != "application/json" || err.Header.Get("X-Echo") == "changed" {
		t.Errorf("err = %s, %v, %v", err.Body, err.Request.Header, err.Header)
	}
	if r.Request.Header.Get("X-Auth-Key") != "k" {
		t.Error("the request was masked itself")
	}
}

// No way of printing an Error shows a secret.
func TestPrinting(t *testing.T) {
	err := New(report(400, "application/json", `{"errors":[{"code":1,"message":"hunter2"}]}`))
	type holder struct {
		Err *Error
		err *Error
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
		for _, v := range []any{err, *err, holder{err, err}, err.Request, err.Response, err.Header, err.Errors} {
			got := fmt.Sprintf(verb, v)
			for _, secret := range []string{"hunter2", "Bearer t", "session=s", "api_key=k", `"k"`} {
				if strings.Contains(got, secret) {
					t.Errorf("%s of %T shows %s: %s", verb, v, secret, got)
				}
			}
		}
	}
}

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"list", `{"errors":[{"code":7003,"message":"m"},{"code":"x"}]}`, "7003 m|x "},
		{"list of texts", `{"errors":["a","b"]}`, " a| b"},
		{"by field", `{"errors":{"name":["is taken","is odd"],"age":"is low"}}`, " name: is taken| age: is low"},
		{"object", `{"error":{"type":"t","message":"m","param":null}}`, "t m"},
		{"object with a code", `{"error":{"code":"c","type":"t","message":"m"}}`, "c m"},
		{"text", `{"error":"m"}`, " m"},
		{"text with a code", `{"error":"m","code":5}`, "5 m"},
		{"OAuth", `{"error":"invalid_grant","error_description":"expired"}`, "invalid_grant expired"},
		{"message", `{"message":"m","documentation_url":"u"}`, " m"},
		{"capital", `{"Message":"m"}`, " m"},
		{"detail", `{"detail":"m"}`, " m"},
		{"problem details", `{"type":"https://e/x","title":"T","detail":"D","status":400}`, "https://e/x D"},
		{"problem details without detail", `{"type":"about:blank","title":"T"}`, "about:blank T"},
		{"bare list", `[{"code":1,"message":"m"}]`, "1 m"},
		{"bare text", `"m"`, " m"},
		{"null", `null`, ""},
		{"number", `5`, " 5"},
		{"nothing of the kind", `{"a":1}`, ""},
		{"empty", ``, ""},
		{"broken", `{"errors":[`, ""},
		{"empty list", `{"errors":[],"message":"m"}`, " m"},
		{"null list", `{"errors":null,"error":null,"message":"m"}`, " m"},
		{"upper case", `{"Error":{"Code":"c","Message":"m"}}`, "c m"},
		{"all upper case", `{"ERRORS":[{"CODE":1}]}`, "1 "},
		{"both cases", `{"Message":"a","message":"b","MESSAGE":"c"}`, " b"},
		{"twice", `{"message":"a","message":"b"}`, " b"},
		{"bytes that are no text", "{\"message\":\"a\xff\"}", " a\ufffd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range problems(&Error{Body: []byte(tt.body)}) {
				code, message := d.summary()
				got = append(got, code+" "+message)
			}
			if strings.Join(got, "|") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzError(f *testing.F) {
	f.Add("application/json", `{"errors":[{"code":1,"message":"m"}]}`)
	f.Add("text/html", "<title>\xff</title")
	f.Fuzz(func(t *testing.T, media, body string) {
		err := New(report(500, media, body))
		if got := err.Error(); len(got) > 1000 || strings.ContainsAny(got, "\n\r\x00") {
			t.Fatalf("%d bytes: %q", len(got), got)
		}
	})
}

func TestErrorDecode(t *testing.T) {
	type problem struct {
		Type  string `json:"type"`
		Retry int    `json:"retry_in"`
	}
	for _, tt := range []struct {
		body string
		want problem
		ok   bool
	}{
		{`{"type":"about:blank","retry_in":3,"more":[1]}`, problem{"about:blank", 3}, true},
		{`{"type":"a","type":"b"}`, problem{Type: "b"}, true},
		{`<html>`, problem{}, false},
		{``, problem{}, false},
		{`{"retry_in":"soon"}`, problem{}, false},
	} {
		var got problem
		if err := (&Error{Body: []byte(tt.body)}).Decode(&got); (err == nil) != tt.ok || tt.ok && got != tt.want {
			t.Errorf("%s: %+v, %v", tt.body, got, err)
		}
	}
}

func TestErrorOf(t *testing.T) {
	type detail struct {
		Detail string `json:"detail"`
	}
	wrapped := fmt.Errorf("wrapped: %w", New(report(404, "application/problem+json", `{"detail":"no hunter2 here","status":404}`)))
	var typed *ErrorOf[detail]
	if !errors.As(wrapped, &typed) || typed.Body.Detail != "no [redacted] here" || typed.StatusCode != 404 {
		t.Fatalf("got %+v", typed)
	}
	if !errors.Is(typed, ErrNotFound) || typed.Error() != errors.Unwrap(wrapped).Error() {
		t.Errorf("it is %v", typed)
	}
	var whole *Error
	if !errors.As(typed, &whole) || whole != errors.Unwrap(wrapped) {
		t.Error("it has no Error")
	}
	var list *ErrorOf[[]detail]
	if errors.As(wrapped, &list) {
		t.Errorf("a body that is an object is %+v", list)
	}
	html := New(report(500, "text/html", `<html>`))
	if errors.As(html, &typed) {
		t.Errorf("HTML is %+v", typed)
	}
	var other interface{ Timeout() bool }
	var path *fs.PathError
	if errors.As(wrapped, &other) || errors.As(wrapped, &path) {
		t.Error("it is what it is not")
	}
}
