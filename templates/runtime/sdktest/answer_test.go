package sdktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/streaming"
)

type item struct {
	ID string `json:"id"`
}

func items(n int) []item {
	list := make([]item, n)
	for i := range list {
		list[i].ID = fmt.Sprint("i", i)
	}
	return list
}

// fake plays an API of one operation.
func fake[R any](t testing.TB, about *description, tag string) (*Server, Operation[func(context.Context) (R, error), R]) {
	type on = Operation[func(context.Context) (R, error), R]
	tree := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "Op", Tag: reflect.StructTag(tag), Type: reflect.TypeFor[on]()}}))
	s := new(Server)
	s.init(t, about, tree.Interface())
	return s, tree.Elem().Field(0).Interface().(on)
}

// get sends a request as a client does, and returns the body of the answer.
func get(t *testing.T, s *Server, url, body string) (string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "POST", url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := readBody(&http.Request{Body: resp.Body})
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("got %d %s, %v", resp.StatusCode, data, err)
	}
	return string(data), resp.Header
}

// A list is served page by page, in each style until what the style has for it
// says that it is over.
func TestPages(t *testing.T) {
	for _, tt := range []struct {
		name, page, out string
		// next is what the request after an answer has in its URL and body; nothing
		// if there is none.
		next  func(t *testing.T, page map[string]any, header http.Header) (query, body string)
		first string // the first page
	}{
		{"single", "single items=list", "", func(*testing.T, map[string]any, http.Header) (string, string) { return "", "" },
			`{"list":[{"id":"i0"},{"id":"i1"},{"id":"i2"},{"id":"i3"},{"id":"i4"}]}`},
		{"number", "number items=list page=meta/page per_page=meta/size total=meta/total pages=meta/pages", "cursor=p",
			func(_ *testing.T, page map[string]any, _ http.Header) (string, string) {
				if meta := page["meta"].(map[string]any); meta["page"].(float64) < meta["pages"].(float64) {
					return fmt.Sprint("?p=", meta["page"].(float64)+1), ""
				}
				return "", ""
			}, `{"list":[{"id":"i0"},{"id":"i1"}],"meta":{"page":1,"pages":3,"size":2,"total":5}}`},
		{"offset", "offset items=data/list offset=at more=more", "cursor=skip", func(_ *testing.T, page map[string]any, _ http.Header) (string, string) {
			if page["more"].(bool) {
				return fmt.Sprint("?skip=", page["at"].(float64)+2), ""
			}
			return "", ""
		}, `{"at":0,"data":{"list":[{"id":"i0"},{"id":"i1"}]},"more":true}`},
		{"cursor", "cursor items=list next=next", "cursor=after", func(_ *testing.T, page map[string]any, _ http.Header) (string, string) {
			if next, ok := page["next"].(string); ok {
				return "?after=" + next, ""
			}
			return "", ""
		}, `{"list":[{"id":"i0"},{"id":"i1"}],"next":"2"}`},
		{"body", "cursor items=list next=next", "member=page/after", func(_ *testing.T, page map[string]any, _ http.Header) (string, string) {
			if next, ok := page["next"].(string); ok {
				return "?", `{"page":{"after":"` + next + `"}}`
			}
			return "", ""
		}, `{"list":[{"id":"i0"},{"id":"i1"}],"next":"2"}`},
		{"last", "cursor items=list last=list more=more", "cursor=after", func(_ *testing.T, page map[string]any, _ http.Header) (string, string) {
			list := page["list"].([]any)
			if page["more"].(bool) {
				return "?after=" + list[len(list)-1].(map[string]any)["id"].(string), ""
			}
			return "", ""
		}, `{"list":[{"id":"i0"},{"id":"i1"}],"more":true}`},
		{"url", "url items=list next=next", "", func(t *testing.T, page map[string]any, _ http.Header) (string, string) {
			if next, ok := page["next"].(string); ok {
				if !strings.Contains(next, "q=a%20b") && !strings.HasSuffix(next, "=4") && !strings.HasSuffix(next, "=2") {
					t.Errorf("the URL %s has lost its query", next)
				}
				return strings.TrimPrefix(next, "http://api.test/list"), ""
			}
			return "", ""
		}, `{"list":[{"id":"i0"},{"id":"i1"}],"next":"http://api.test/list?sdktest_start=2"}`},
		{"link", "link bare", "", func(_ *testing.T, _ map[string]any, h http.Header) (string, string) {
			link, _, _ := strings.Cut(strings.TrimPrefix(h.Get("Link"), "<http://api.test/list"), ">")
			return link, ""
		}, `[{"id":"i0"},{"id":"i1"}]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			about := &description{api: new(api.API), pages: map[string]string{"Page": tt.page}}
			s, on := fake[[]item](t, about, `route:"POST /list" out:"page=Page `+tt.out+`"`)
			s.PageSize = 2
			Respond(on, items(5))
			var ids []string
			query, body := "?", ""
			for n := 0; query != ""; n++ {
				if n == 4 {
					t.Fatal("it does not end")
				}
				text, header := get(t, s, "http://api.test/list"+query, body)
				if n == 0 && text != tt.first {
					t.Errorf("got %s, want %s", text, tt.first)
				}
				page := map[string]any{}
				if text[0] == '{' {
					if err := json.Unmarshal([]byte(text), &page); err != nil {
						t.Fatal(err)
					}
				}
				for part := range strings.SplitSeq(text, `"id":"`) {
					if id, _, ok := strings.Cut(part, `"`); ok && id[0] == 'i' {
						ids = append(ids, id)
					}
				}
				query, body = tt.next(t, page, header)
			}
			if got := strings.Join(ids, " "); got != "i0 i1 i2 i3 i4" {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestStreams(t *testing.T) {
	type value struct {
		N int `json:"n"`
	}
	type whole struct {
		Event string `json:"event,omitzero"`
		ID    string `json:"id,omitzero"`
		Data  value  `json:"data"`
	}
	for _, tt := range []struct {
		out    string
		format streaming.Format
	}{
		{"stream=events end=%5BDONE%5D", streaming.Format{End: "[DONE]"}},
		{"stream=lines", streaming.Format{Framing: streaming.Lines}},
		{"stream=sequence", streaming.Format{Framing: streaming.Sequence}},
	} {
		got, err := streamed(t, tt.out, tt.format, Items(value{1}, value{2}))
		if err != nil || fmt.Sprint(got) != "[{1} {2}]" {
			t.Errorf("%s: got %v, %v", tt.out, got, err)
		}
		failing := func(yield func(value, error) bool) {
			_ = yield(value{1}, nil) && yield(value{}, &Error{Code: "c", Message: "overloaded"})
		}
		got, err = streamed(t, tt.out, tt.format, failing)
		if e, ok := errors.AsType[*apierror.Error](err); !ok || len(got) != 1 || e.Message != "overloaded" {
			t.Errorf("%s: got %v, %v, want the error after a value", tt.out, got, err)
		}
		got, err = streamed(t, tt.out, tt.format, func(yield func(value, error) bool) {
			_ = yield(value{1}, nil) && yield(value{}, ErrReset)
		})
		if !errors.Is(err, ErrReset) || len(got) != 1 {
			t.Errorf("%s: got %v, %v, want a reset after a value", tt.out, got, err)
		}
	}
	events, err := streamed(t, "stream=events whole", streaming.Format{Whole: true}, Items(whole{"tick", "7", value{1}}))
	if err != nil || fmt.Sprint(events) != "[{tick 7 {1}}]" {
		t.Errorf("got %v, %v", events, err)
	}
	raw, err := streamed(t, "stream=events", streaming.Format{}, Items(streaming.Event{Type: "t", ID: "1", Data: "two\nlines"}))
	if err != nil || fmt.Sprint(raw) != "[{t 1 two\nlines}]" {
		t.Errorf("got %q, %v", raw, err)
	}
	texts, err := streamed(t, "stream=events text", streaming.Format{Text: true}, Items("a\nb", "c"))
	if err != nil || fmt.Sprintf("%q", texts) != `["a\nb" "c"]` {
		t.Errorf("got %q, %v", texts, err)
	}
}

// streamed returns what a client gets of a stream.
func streamed[T any](t *testing.T, out string, f streaming.Format, seq iter.Seq2[T, error]) ([]T, error) {
	t.Helper()
	about := &description{api: new(api.API), error: "code=code message=message"}
	s, on := fake[iter.Seq2[T, error]](t, about, `route:"GET /stream" out:"`+out+`"`)
	Respond(on, seq)
	client := api.NewClient(about.api, s.Options()...)
	var got []T
	for item, err := range streaming.Items[T](t.Context(), client, &api.Request{Operation: "Op", Method: "GET", Path: "/stream"}, f, nil) {
		if err != nil {
			return got, err
		}
		got = append(got, item)
	}
	return got, nil
}

// Leaving the loop ends what writes the stream; the leak check sees if not.
func TestStreamLeft(t *testing.T) {
	about := &description{api: new(api.API)}
	s, on := fake[iter.Seq2[int, error]](t, about, `route:"GET /stream" out:"stream=lines"`)
	Handle(on, func(ctx context.Context) (iter.Seq2[int, error], error) {
		return func(yield func(int, error) bool) {
			for i := 0; yield(i, nil); i++ {
				if i == 3 {
					<-ctx.Done() // a stream that waits for more
				}
			}
		}, nil
	})
	for i, err := range streaming.Items[int](t.Context(), api.NewClient(about.api, s.Options()...), &api.Request{Operation: "Op", Method: "GET", Path: "/stream"}, streaming.Format{Framing: streaming.Lines}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if i == 3 {
			break
		}
	}
}

func TestErrors(t *testing.T) {
	envelope := &description{api: &api.API{Envelope: api.Envelope{Success: "ok"}}, error: "list=errors code=code message=message"}
	plain := &description{api: new(api.API), error: "code=code message=message"}
	for _, tt := range []struct {
		about *description
		err   error
		want  string
	}{
		{plain, &Error{StatusCode: 404, Code: "gone", Message: "it is gone"}, `404 {"error":{"code":"gone","message":"it is gone"}}`},
		{plain, &Error{}, `500 {"error":{"message":"Internal Server Error"}}`},
		{plain, &Error{StatusCode: 400, Body: []byte("<html>")}, `400 <html>`},
		{plain, Status(429, "Retry-After", "0"), `429 {"error":{"message":"Too Many Requests"}}`},
		{envelope, &Error{StatusCode: 409, Code: "c"}, `409 {"errors":[{"code":"c","message":"Conflict"}],"ok":false}`},
		{plain, fmt.Errorf("wrapped: %w", &Response{Status: 418, Body: []byte("short")}), `418 short`},
	} {
		s, on := fake[*item](t, tt.about, `route:"GET /x" out:"value"`)
		Handle(on, func(context.Context) (*item, error) { return nil, tt.err })
		err := api.NewClient(tt.about.api, append(s.Options(), option.WithMaxRetries(0))...).Do(t.Context(), &api.Request{Operation: "Op", Method: "GET", Path: "/x"}, new(item), nil)
		e, ok := errors.AsType[*apierror.Error](err)
		if !ok {
			t.Errorf("%v: got %v", tt.err, err)
			continue
		}
		if got := fmt.Sprint(e.StatusCode, " ", string(e.Body)); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestResults(t *testing.T) {
	about := &description{api: &api.API{Envelope: api.Envelope{Success: "ok"}}, error: "list=errors code=code message=message"}
	s, on := fake[*item](t, about, `route:"GET /x" out:"value unwrap=result"`)
	Respond(on, &item{"1"}, &item{"2"})
	Fail(on, 1, ErrBroken)
	client := api.NewClient(about.api, s.Options()...)
	ask := func() (item, error) {
		var got item
		err := client.Do(t.Context(), &api.Request{Operation: "Op", Method: "POST", Path: "/x", Unwrap: "result"}, &got, nil)
		return got, err
	}
	if _, err := ask(); !errors.Is(err, ErrBroken) || !errors.Is(err, apierror.ErrConnection) {
		t.Errorf("got %v, want a connection that broke", err)
	}
	for range 2 {
		if got, err := ask(); err != nil || got.ID != "2" {
			t.Errorf("got %v, %v, want the last result", got, err)
		}
	}
	if n := len(Calls(on)); n != 3 {
		t.Errorf("got %d calls, want 3", n)
	}
	body, _ := get(t, func() *Server {
		s, on := fake[*item](t, about, `route:"POST /x" out:"value unwrap=result"`)
		Respond(on, &item{"1"})
		return s
	}(), "http://api.test/x", "")
	if want := `{"errors":[],"ok":true,"result":{"id":"1"}}`; body != want {
		t.Errorf("got %s, want %s", body, want)
	}
}

func TestRefusedIsRepeated(t *testing.T) {
	about := &description{api: new(api.API)}
	s, on := fake[*item](t, about, `route:"POST /x" out:"value"`)
	Respond(on, &item{"1"})
	s.Fail(1, ErrRefused)
	s.Expect(2)
	client := api.NewClient(about.api, append(s.Options(), option.WithRetryDelay(0, 0))...)
	if err := client.Do(t.Context(), &api.Request{Operation: "Op", Method: "POST", Path: "/x"}, new(item), nil); err != nil {
		t.Errorf("a POST that was not sent is not sent again: %v", err)
	}
}

func TestFallback(t *testing.T) {
	about := &description{api: new(api.API)}
	s, _ := fake[*item](t, about, `route:"POST /x" out:"value"`)
	s.Fallback = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "%s %s", r.Method, r.URL.Path) })
	if got, _ := get(t, s, "http://api.test/y", ""); got != "POST /y" {
		t.Errorf("got %s", got)
	}
}

// What has less in it of parameters is what is meant.
func TestRoute(t *testing.T) {
	tree := new(struct {
		Any, Mine, Verb, Query Operation[func(context.Context) error, None]
	})
	s := new(Server)
	typ := reflect.TypeOf(*tree)
	fields := make([]reflect.StructField, typ.NumField())
	for i, route := range []string{"GET /a/{id}", "GET /a/mine", "GET /a/{id}:run", "GET /a?kind=b"} {
		fields[i] = typ.Field(i)
		fields[i].Tag = reflect.StructTag(fmt.Sprintf("route:%q out:%q", route, "none"))
	}
	s.init(t, &description{api: &api.API{BaseURL: "https://example.com/v1"}}, reflect.New(reflect.StructOf(fields)).Interface())
	for path, want := range map[string]string{
		"/a/1": "Any", "/a/mine": "Mine", "/v1/a/mine": "Mine", "/a/x%2Fy:run": "Verb", "/a/x%3Arun": "Verb", "/a?kind=b": "Query", "/b": "",
	} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://api.test"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if op := s.route(r); op != nil {
			got = op.name
		}
		if got != want {
			t.Errorf("%s is of %q, want %q", path, got, want)
		}
	}
}
