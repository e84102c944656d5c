package apitest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/apitest"
)

var zoo = api.API{
	Name: "zoo", BaseURL: "https://zoo.example.com",
	ReadXML: func(doc []byte, _ reflect.Type) ([]byte, error) {
		_, id, _ := bytes.Cut(doc, []byte("<id>"))
		id, _, _ = bytes.Cut(id, []byte("<"))
		return fmt.Appendf(nil, `{"id":%s}`, id), nil
	},
	Credentials: []api.Credential{
		{Name: "key", In: api.Header, Key: "X-Key"},
		{Name: "user", In: api.Header, Key: "Authorization", Basic: true},
	},
	Security: api.Security{{"key"}},
}

type pet struct {
	ID    int64                     `json:"id"`
	Name  string                    `json:"name,omitzero"`
	Extra map[string]jsontext.Value `json:",embed"`
}

// A recorder is a test that takes down how it failed.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	panic(r)
}

// failure returns how a test fails that makes a request and checks the result;
// "" if it does not.
func failure(t *testing.T, op apitest.Operation, req api.Request, result func(*pet) any) string {
	r := &recorder{TB: t}
	func() {
		defer func() {
			if p := recover(); p != nil && p != any(r) {
				panic(p)
			}
		}()
		call := apitest.Start(r, &zoo, op)
		out := new(pet)
		err := api.NewClient(&zoo, call.Options()...).Do(context.Background(), &req, out, nil)
		call.Check(result(out), err)
	}()
	return r.said
}

func TestCheck(t *testing.T) {
	op := apitest.Operation{Method: "GET", Path: "/pets/{id}", Answer: apitest.Answer{Status: 200, ContentType: "application/json", Body: `{"id":1,"name":"Rex","age":3}`}}
	get := func(path string) api.Request {
		return api.Request{Operation: "Pets.Get", Method: http.MethodGet, Path: path}
	}
	same := func(p *pet) any { return p }
	answer := func(body string) apitest.Operation {
		o := op
		o.Answer.Body = body
		return o
	}
	refused := op
	refused.Answer.Status = 404
	wrapped := answer(`{"result":{"id":1},"success":true}`)
	wrapped.Result = "result"
	document := answer(`<pet><id>1</id></pet>`)
	document.Answer.ContentType, document.Answer.Means = "application/xml", `{"id":1}`
	misread := document
	misread.Answer.Body = `<pet><id>2</id></pet>`
	for _, tt := range []struct {
		name   string
		op     apitest.Operation
		req    api.Request
		result func(*pet) any
		want   string // what a failure says; "" if there is none
	}{
		{"right", op, get("/pets/7"), same, ""},
		{"without a result", op, get("/pets/7"), func(*pet) any { return nil }, ""},
		{"another method", op, api.Request{Method: http.MethodDelete, Path: "/pets/7"}, same, "wrong request: the method is DELETE, not GET"},
		{"another path", op, get("/pets/7/photos"), same, ""}, // a value may have a slash
		{"a path too short", op, get("/pets"), same, "wrong request: the path /pets does not fit /pets/{id}"},
		{"an error", refused, get("/pets/7"), same, "refused with status 404"},
		{"no JSON", answer(`{"id":`), get("/pets/7"), same, "failed: "},
		{"another type", answer(`{"id":"one"}`), get("/pets/7"), same, "failed: "},
		{"a member is lost", op, get("/pets/7"), func(p *pet) any { p.Extra = nil; return p }, "/age is missing: 3"},
		{"a member is new", op, get("/pets/7"), func(p *pet) any { p.Extra["new"] = jsontext.Value("{}"); return p }, "/new is too many: {}"},
		{"a value differs", op, get("/pets/7"), func(p *pet) any { p.Name = "Tom"; return p }, `/name is "Tom", not "Rex"`},
		{"a number as another", answer(`{"id":1.0}`), get("/pets/7"), func(*pet) any { return map[string]any{"id": 1} }, ""},
		{"a time as another", answer(`{"at":"2024-01-01T12:00:00Z"}`), get("/pets/7"), func(*pet) any { return map[string]any{"at": "2024-01-01T13:00:00+01:00"} }, ""},
		{"a list is shorter", answer(`[1,2]`), get("/pets/7"), func(*pet) any { return []int{1} }, ""},
		{"an element differs", answer(`{"a":[1,2]}`), get("/pets/7"), func(*pet) any { return map[string]any{"a": []int{1, 3}} }, "/a/1 is 3, not 2"},
		{"a list within is shorter", answer(`{"a":[1,2]}`), get("/pets/7"), func(*pet) any { return map[string]any{"a": []int{1}} }, "/a has 1 elements, not 2"},
		{"a member of the answer", wrapped, get("/pets/7"), func(*pet) any { return &pet{ID: 1} }, ""},
		{"a member of the answer differs", wrapped, get("/pets/7"), func(*pet) any { return &pet{ID: 2} }, "/id is 2, not 1"},
		{"a document", document, get("/pets/7"), same, ""},
		{"a document that is read as another", misread, get("/pets/7"), same, "/id is 2, not 1"},
		{"a stream", op, get("/pets/7"), func(*pet) any { return io.NopCloser(strings.NewReader(op.Answer.Body)) }, ""},
		{"a stream that is cut", op, get("/pets/7"), func(*pet) any { return io.NopCloser(strings.NewReader("{")) }, "it is"},
		{"a stream that fails", op, get("/pets/7"), func(*pet) any { return io.NopCloser(failing{}) }, "failed: broken"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := failure(t, tt.op, tt.req, tt.result)
			if tt.name == "a list is shorter" { // the answer is none of a pet
				if !strings.Contains(got, "failed: ") {
					t.Errorf("got %q", got)
				}
				return
			}
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken") }

// A call that fails before anything is sent says so.
func TestNotSent(t *testing.T) {
	got := failure(t, apitest.Operation{Method: "GET", Path: "/{id}"}, api.Request{Method: "GET", Path: "/{id}"}, func(p *pet) any { return p })
	if !strings.Contains(got, "not sent: ") {
		t.Errorf("got %q", got)
	}
}

// With TEST_API_BASE_URL the call goes to that server, which is told which test
// it is of and gets a credential.
func TestServer(t *testing.T) {
	var header http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header = r.Header.Clone()
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"id":5}`)
	}))
	defer server.Close()
	t.Setenv("TEST_API_BASE_URL", server.URL)
	got := failure(t, apitest.Operation{Method: "GET", Path: "/pets"}, api.Request{Method: "GET", Path: "/pets"}, func(p *pet) any { return p })
	if got != "" || header.Get("Test-Name") != t.Name() || header.Get("X-Key") != "credential" {
		t.Errorf("got %q and %v", got, header)
	}
}

// The values of a stream are compared with what the answer has, one by one.
func TestStream(t *testing.T) {
	op := apitest.Operation{Method: "GET", Path: "/pets", Answer: apitest.Answer{Status: 200, ContentType: "text/event-stream", Body: "data: {\"id\":1}\n\ndata: {\"id\":2}\n\n"}}
	for _, tt := range []struct {
		got  []pet
		want string
	}{
		{[]pet{{ID: 1}, {ID: 2}}, ""},
		{[]pet{{ID: 1}}, "has 1 elements, not 2"},
		{[]pet{{ID: 1}, {ID: 3}}, "/1/id is 3, not 2"},
	} {
		r := &recorder{TB: t}
		call := apitest.Start(r, &zoo, op)
		var body io.ReadCloser
		req := api.Request{Operation: "Pets.Watch", Method: "GET", Path: "/pets", Accept: "text/event-stream"}
		err := api.NewClient(&zoo, call.Options()...).Do(context.Background(), &req, &body, nil)
		if err == nil {
			_, err = io.Copy(io.Discard, body)
			body.Close()
		}
		call.Check(tt.got, err)
		if tt.want == "" && r.said != "" || !strings.Contains(r.said, tt.want) {
			t.Errorf("got %q, want %q", r.said, tt.want)
		}
	}
}
