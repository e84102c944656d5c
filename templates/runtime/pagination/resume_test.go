package pagination

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

func withCursor(cursor string) api.Option {
	return func(c *api.Config) error { return c.SetCursor(cursor, "option.WithCursor") }
}

func maxPages(n int) api.Option {
	return func(c *api.Config) error { c.MaxPages = n; return nil }
}

// A list goes on at what Cursor said of one of its pages, whatever its style.
func TestResume(t *testing.T) {
	letters := "abcdef"
	serveStyle := map[style]func(w http.ResponseWriter, r *http.Request, n int) string{
		byNumber: func(_ http.ResponseWriter, r *http.Request, _ int) string {
			n := 1
			fmt.Sscan(r.URL.Query().Get("page"), &n)
			return body(letters[2*n-2:2*n], info(`"page":%d,"total_pages":3`, n))
		},
		byOffset: func(_ http.ResponseWriter, r *http.Request, _ int) string {
			n := 0
			fmt.Sscan(r.URL.Query().Get("offset"), &n)
			return strings.Replace(body(letters[n:n+2], fmt.Sprintf(`,"offset":%d,"total":6`, n)), "result", "items", 1)
		},
		byCursor: func(_ http.ResponseWriter, r *http.Request, _ int) string {
			n := strings.Index("012", r.URL.Query().Get("cursor"))
			return strings.Replace(body(letters[2*n:2*n+2], fmt.Sprintf(`,"cursor":%q`, []string{"1", "2", ""}[n])), "result", "data", 1)
		},
		byLink: func(w http.ResponseWriter, r *http.Request, _ int) string {
			n := 0
			fmt.Sscan(r.URL.Query().Get("at"), &n)
			if n < 2 {
				w.Header().Set("Link", fmt.Sprintf(`<?at=%d>; rel=next`, n+1))
			}
			return fmt.Sprintf(`[{"id":"%c"},{"id":"%c"}]`, letters[2*n], letters[2*n+1])
		},
	}
	fetch := func(s style, l *list, opts ...api.Option) (Page, func() (string, error), error) {
		switch s {
		case byNumber:
			p, err := l.numbered(nil, opts...)
			return p, func() (string, error) { return gather(p.All(t.Context())) }, err
		case byOffset:
			p, err := fetchPage(l, new(OffsetPage[item]), "offset", nil, opts...)
			return p, func() (string, error) { return gather(p.All(t.Context())) }, err
		case byCursor:
			p, err := fetchPage(l, new(CursorPage[item]), "cursor", nil, opts...)
			return p, func() (string, error) { return gather(p.All(t.Context())) }, err
		}
		p, err := fetchPage(l, new(LinkPage[item]), "", nil, opts...)
		return p, func() (string, error) { return gather(p.All(t.Context())) }, err
	}
	for s, answer := range serveStyle {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			l := serve(t, answer)
			first, _, err := fetch(s, l)
			if err != nil {
				t.Fatal(err)
			}
			saved := Cursor(first)
			if saved == "" {
				t.Fatal("there is no cursor")
			}
			second, rest, err := fetch(s, l, withCursor(saved))
			if err != nil {
				t.Fatal(err)
			}
			if items, err := rest(); items != "cdef" || err != nil {
				t.Errorf("items %q, %v; asked %s", items, err, l.asked())
			}
			last, rest, err := fetch(s, l, withCursor(Cursor(second)))
			if err != nil {
				t.Fatal(err)
			}
			if items, err := rest(); items != "ef" || err != nil || Cursor(last) != "" {
				t.Errorf("items %q, %v, cursor %q; asked %s", items, err, Cursor(last), l.asked())
			}
			_, rest, err = fetch(s, l, withCursor(""))
			if items, err2 := rest(); items != letters || err != nil || err2 != nil {
				t.Errorf("from the start: %q, %v, %v", items, err, err2)
			}
		})
	}
}

func TestNoResume(t *testing.T) {
	l := serve(t, answers(body("a", "")))
	if _, err := fetchPage(l, new(SinglePage[item]), "", nil, withCursor("x")); err == nil || err.Error() != "Things.List: option.WithCursor: it is not a cursor of this list" || l.asked() != "" {
		t.Errorf("err = %v", err)
	}
	if got := Cursor(new(NumberedPage[item])); got != "" {
		t.Errorf("the cursor of a page that was not fetched is %q", got)
	}
	c := api.NewClient(&api.API{Name: "test", BaseURL: "http://localhost:1"}, withCursor("x"))
	if _, err := c.Fetch(t.Context(), &api.Request{Operation: "A", Path: "/"}, nil, nil, false); err == nil || !strings.Contains(err.Error(), "for one call, not for a client") {
		t.Errorf("err = %v", err)
	}
}

func TestMaxPages(t *testing.T) {
	for _, tt := range []struct {
		limit int
		items string
	}{{0, "abc"}, {1, "a"}, {2, "ab"}, {3, "abc"}, {9, "abc"}} {
		l := serve(t, answers(body("a", ""), body("b", ""), body("c", ""), body("", "")))
		first, err := l.numbered(nil, maxPages(tt.limit))
		if err != nil {
			t.Fatal(err)
		}
		items, err := gather(first.All(t.Context()))
		if items != tt.items || err != nil {
			t.Errorf("at most %d: %q, %v", tt.limit, items, err)
		}
		if asked := len(l.queries); tt.limit > 0 && asked > tt.limit {
			t.Errorf("at most %d: %d requests", tt.limit, asked)
		}
	}
	l := serve(t, answers(body("a", ""), body("b", ""), body("c", "")))
	first, err := l.numbered(nil, maxPages(1))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range first.Pages(t.Context()) {
		n++
	}
	second, err := first.Next(t.Context()) // what is asked for plainly is done
	if n != 1 || err != nil || second.Result[0].ID != "b" {
		t.Errorf("%d pages, then %v, %v", n, second, err)
	}
}

// A list that is asked for with POST has its cursor in the body.
func TestCursorInBody(t *testing.T) {
	for _, tt := range []struct {
		name  string
		in    api.CursorPlace
		path  string
		body  any
		sent  string
		style style
	}{
		{"a text", api.InBody, "cursor", map[string]any{"q": "x"}, `{"q":"x"} {"q":"x","cursor":"1"} {"q":"x","cursor":"2"}`, byCursor},
		{"inside an object", api.InBody, "page.after", map[string]any{"page": map[string]any{"size": 2}}, `{"page":{"size":2}} {"page":{"size":2,"after":"1"}} {"page":{"size":2,"after":"2"}}`, byCursor},
		{"no body", api.InBody, "cursor", nil, ` {"cursor":"1"} {"cursor":"2"}`, byCursor},
		{"in place of a number", api.InBody, "cursor", map[string]any{"cursor": 0}, `{"cursor":0} {"cursor":1} {"cursor":2}`, byCursor},
		{"a page number", api.InBodyNumber, "page", map[string]any{"q": "x"}, `{"q":"x"} {"q":"x","page":2} {"q":"x","page":3}`, byNumber},
		{"a page number to start from", api.InBodyNumber, "page", map[string]any{"page": 5}, `{"page":5} {"page":6} {"page":7}`, byNumber},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var sent []string
			l := serve(t, func(_ http.ResponseWriter, r *http.Request, n int) string {
				data, _ := io.ReadAll(r.Body)
				sent = append(sent, string(data))
				if tt.style == byNumber {
					return body([]string{"a", "b", "c"}[n], fmt.Sprintf(`,"has_more":%t`, n < 2)+info(`"count":1`))
				}
				return strings.Replace(body([]string{"a", "b", "c"}[n], []string{`,"cursor":"1"`, `,"cursor":"2"`, ""}[n]), "result", "data", 1)
			})
			set := func(r *api.Request) {
				r.Method, r.CursorIn = "POST", tt.in
				if tt.body != nil {
					r.Body = api.JSON(tt.body)
				}
			}
			var items string
			var err error
			if tt.style == byNumber {
				p, err2 := fetchPage(l, new(NumberedPage[item]), tt.path, set, maxPages(3))
				if err2 != nil {
					t.Fatal(err2)
				}
				items, err = gather(p.All(t.Context()))
			} else {
				p, err2 := fetchPage(l, new(CursorPage[item]), tt.path, set)
				if err2 != nil {
					t.Fatal(err2)
				}
				items, err = gather(p.All(t.Context()))
			}
			if got := strings.Join(sent, " "); items != "abc" || err != nil || got != tt.sent {
				t.Errorf("items %q, %v, sent\n%s\nwant\n%s", items, err, got, tt.sent)
			}
		})
	}
	l := serve(t, answers(strings.Replace(body("a", `,"cursor":"1"`), "result", "data", 1)))
	p, err := fetchPage(l, new(CursorPage[item]), "cursor", func(r *api.Request) {
		r.Method, r.CursorIn, r.Body = "POST", api.InBody, api.Text("text/plain", "x")
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Next(t.Context()); err == nil || errors.Is(err, ErrNoMorePages) || !strings.Contains(err.Error(), "the body is not JSON") {
		t.Errorf("err = %v", err)
	}
}
