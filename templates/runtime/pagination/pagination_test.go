package pagination

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type item struct {
	ID string `json:"id"`
}

// list is a service with one list, in as many styles as there are.
type list struct {
	client *api.Client
	zero   bool // the API counts pages from 0
	// queries are the requests that were sent, without the path.
	mu      sync.Mutex
	queries []string
}

// serve starts a server that answers the nth request with answer(n, r).
func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, n int) string) *list {
	t.Helper()
	l := new(list)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		n := len(l.queries)
		l.queries = append(l.queries, r.URL.RawQuery)
		l.mu.Unlock()
		if n >= 200 {
			t.Error("the list has no end")
			w.WriteHeader(400)
			return
		}
		io.WriteString(w, answer(w, r, n))
	}))
	t.Cleanup(server.Close)
	l.client = api.NewClient(&api.API{Name: "test", BaseURL: server.URL + "/v1"}, noRetries)
	return l
}

func noRetries(c *api.Config) error { c.MaxRetries = 0; return nil }

// answers answers with these bodies in turn.
func answers(bodies ...string) func(http.ResponseWriter, *http.Request, int) string {
	return func(w http.ResponseWriter, _ *http.Request, n int) string {
		if n < len(bodies) {
			return bodies[n]
		}
		w.WriteHeader(http.StatusTeapot)
		return `{"errors":[{"message":"asked for too much"}]}`
	}
}

func (l *list) asked() string { return strings.Join(l.queries, " ") }

func (l *list) request(cursor string, set func(*api.Request)) *api.Request {
	req := &api.Request{Operation: "Things.List", Method: "GET", Path: "/things", Cursor: cursor, ZeroBased: l.zero}
	if set != nil {
		set(req)
	}
	return req
}

func fetchPage[P Page](l *list, p P, cursor string, set func(*api.Request), opts ...api.Option) (P, error) {
	err := Fetch(context.Background(), l.client, l.request(cursor, set), p, opts)
	return p, err
}

func (l *list) numbered(set func(*api.Request), opts ...api.Option) (*NumberedPage[item], error) {
	return fetchPage(l, new(NumberedPage[item]), "page", set, opts...)
}

// gather returns the ids of all items, and the error.
func gather(items iter.Seq2[item, error]) (string, error) {
	var ids strings.Builder
	var last error
	for it, err := range items {
		if last != nil {
			return ids.String(), errors.New("there is something after the error")
		}
		if err != nil {
			last = err // goes on: a loop that ignores errors must still end
			continue
		}
		ids.WriteString(it.ID)
	}
	return ids.String(), last
}

// body is a page of items, one for each letter.
func body(letters, more string) string {
	var items []string
	for _, r := range letters {
		items = append(items, fmt.Sprintf(`{"id":"%c"}`, r))
	}
	return `{"result":[` + strings.Join(items, ",") + `]` + more + `}`
}

func info(format string, args ...any) string {
	return `,"result_info":{` + fmt.Sprintf(format, args...) + `}`
}

func query(name string, v any) func(*api.Request) {
	return func(r *api.Request) { r.Query(name, v) }
}

func TestNumbered(t *testing.T) {
	for _, tt := range []struct {
		name    string
		set     func(*api.Request)
		zero    bool
		bodies  []string
		items   string
		queries string
		err     error
	}{
		{name: "until an empty page", bodies: []string{body("ab", ""), body("c", ""), body("", "")},
			items: "abc", queries: " page=2 page=3"},
		{name: "nothing at all", bodies: []string{body("", "")}, items: "", queries: ""},
		{name: "null", bodies: []string{`{"result":null}`}, items: "", queries: ""},
		{name: "total pages", bodies: []string{body("ab", info(`"page":1,"total_pages":3`)), body("cd", info(`"page":2,"total_pages":3`)), body("e", info(`"page":3,"total_pages":3`))},
			items: "abcde", queries: " page=2 page=3"},
		{name: "one page of one", bodies: []string{body("ab", info(`"page":1,"total_pages":1`))}, items: "ab", queries: ""},
		{name: "total items", bodies: []string{body("ab", info(`"page":1,"per_page":2,"total_count":3`)), body("c", info(`"page":2,"per_page":2,"total_count":3`))},
			items: "abc", queries: " page=2"},
		{name: "total items alone", bodies: []string{body("ab", info(`"total_count":3`)), body("c", info(`"total_count":3`))},
			items: "abc", queries: " page=2"},
		{name: "numbers as fractions", bodies: []string{body("ab", info(`"page":1.0,"per_page":2.0,"total_count":2.0`))}, items: "ab", queries: ""},
		{name: "a short page is not the end", bodies: []string{body("a", info(`"page":1,"per_page":2`)), body("bc", info(`"page":2,"per_page":2`)), body("", "")},
			items: "abc", queries: " page=2 page=3"},
		{name: "totals of zero say nothing", bodies: []string{body("a", info(`"total_count":0,"total_pages":0`)), body("", "")},
			items: "a", queries: " page=2"},
		{name: "from a page", set: query("page", param.Some[int64](3)), bodies: []string{body("a", info(`"page":3,"total_pages":4`)), body("b", info(`"page":4,"total_pages":4`))},
			items: "ab", queries: "page=3 page=4"},
		{name: "from a page, total items alone", set: query("page", 2), bodies: []string{body("a", info(`"total_count":2`)), body("", "")},
			items: "a", queries: "page=2 page=3"},
		{name: "other parameters stay", set: func(r *api.Request) { r.Query("a", "x y"); r.Query("page", 1); r.Query("z", []int{1, 2}) },
			bodies: []string{body("a", ""), body("", "")}, items: "a", queries: "a=x%20y&page=1&z=1&z=2 a=x%20y&z=1&z=2&page=2"},

		{name: "from zero", set: query("page", 0), bodies: []string{body("a", info(`"page":0,"total_pages":2`)), body("b", info(`"page":1,"total_pages":2`))},
			items: "ab", queries: "page=0 page=1"},
		{name: "from zero, not asked for", bodies: []string{body("a", info(`"page":0,"total_pages":2`)), body("b", info(`"page":1,"total_pages":2`))},
			items: "ab", queries: " page=1"},
		{name: "from zero by description", zero: true, bodies: []string{body("a", info(`"total_pages":2`)), body("b", info(`"total_pages":2`))},
			items: "ab", queries: " page=1"},
		{name: "from zero by description, until empty", zero: true, bodies: []string{body("a", ""), body("b", ""), body("", "")},
			items: "ab", queries: " page=1 page=2"},
		{name: "zero that means one", set: query("page", 0), bodies: []string{body("a", info(`"page":1,"total_pages":2`)), body("b", info(`"page":2,"total_pages":2`))},
			items: "ab", queries: "page=0 page=2"},
		{name: "asked from one, told from zero", set: query("page", 1), bodies: []string{body("a", info(`"page":0,"total_pages":2`)), body("b", info(`"page":1,"total_pages":2`))},
			items: "ab", queries: "page=1 page=2"},

		{name: "the same page for ever", bodies: []string{body("ab", ""), body("ab", "")}, items: "ab", queries: " page=2", err: ErrNoProgress},
		{name: "the same number for ever", bodies: []string{body("a", info(`"page":1`)), body("b", info(`"page":1`))}, items: "a", queries: " page=2", err: ErrNoProgress},
		{name: "the last page for ever", bodies: []string{body("a", info(`"page":1`)), body("b", info(`"page":2`)), body("b", info(`"page":2`))},
			items: "ab", queries: " page=2 page=3", err: ErrNoProgress},
		{name: "pages in a circle", bodies: strings.Split(strings.Repeat(body("a", "")+"|"+body("b", "")+"|"+body("c", "")+"|", 10), "|"), items: "abcabc", err: ErrNoProgress},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := serve(t, answers(tt.bodies...))
			l.zero = tt.zero
			first, err := l.numbered(tt.set)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // a page may be walked from twice
				l.queries = l.queries[:1]
				items, err := gather(first.All(t.Context()))
				if !errors.Is(err, tt.err) || !strings.HasPrefix(items, tt.items) || tt.err == nil && items != tt.items {
					t.Errorf("items = %q, %v; want %q, %v", items, err, tt.items, tt.err)
				}
				if tt.name != "pages in a circle" && l.asked() != tt.queries {
					t.Errorf("asked %q, want %q", l.asked(), tt.queries)
				}
			}
		})
	}
}

func TestOffset(t *testing.T) {
	offset := func(letters string, offset, total int) string {
		return strings.Replace(body(letters, fmt.Sprintf(`,"offset":%d,"total":%d`, offset, total)), "result", "items", 1)
	}
	for _, tt := range []struct {
		name    string
		set     func(*api.Request)
		bodies  []string
		items   string
		queries string
		err     error
	}{
		{name: "by total", bodies: []string{offset("ab", 0, 3), offset("c", 2, 3)}, items: "abc", queries: " offset=2"},
		{name: "until empty", bodies: []string{offset("ab", 0, 0), offset("", 0, 0)}, items: "ab", queries: " offset=2"},
		{name: "from an offset", set: query("offset", 4), bodies: []string{offset("ab", 4, 7), offset("c", 6, 7)}, items: "abc", queries: "offset=4 offset=6"},
		{name: "as told", bodies: []string{offset("ab", 10, 13), offset("c", 12, 13)}, items: "abc", queries: " offset=12"},
		{name: "the same for ever", bodies: []string{offset("ab", 0, 9), offset("ab", 0, 9)}, items: "ab", queries: " offset=2", err: ErrNoProgress},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := serve(t, answers(tt.bodies...))
			first, err := fetchPage(l, new(OffsetPage[item]), "offset", tt.set)
			if err != nil {
				t.Fatal(err)
			}
			items, err := gather(first.All(t.Context()))
			if items != tt.items || !errors.Is(err, tt.err) || l.asked() != tt.queries {
				t.Errorf("items = %q, %v, asked %q", items, err, l.asked())
			}
		})
	}
}

func TestCursor(t *testing.T) {
	cursor := func(letters, more string) string { return strings.Replace(body(letters, more), "result", "data", 1) }
	for _, tt := range []struct {
		name    string
		set     func(*api.Request)
		bodies  []string
		items   string
		queries string
		err     error
	}{
		{name: "until there is none", bodies: []string{cursor("ab", `,"cursor":"x/1"`), cursor("c", `,"cursor":""`)}, items: "abc", queries: " cursor=x%2F1"},
		{name: "null", bodies: []string{cursor("ab", `,"cursor":null`)}, items: "ab", queries: ""},
		{name: "an empty page with a cursor", bodies: []string{cursor("a", `,"cursor":"1"`), cursor("", `,"cursor":"2"`), cursor("b", "")}, items: "ab", queries: " cursor=1 cursor=2"},
		{name: "no more, though there is a cursor", bodies: []string{cursor("a", `,"cursor":"1","has_more":true`), cursor("b", `,"cursor":"2","has_more":false`)}, items: "ab", queries: " cursor=1"},
		{name: "from a saved cursor", set: query("cursor", "s"), bodies: []string{cursor("a", `,"cursor":"t"`), cursor("b", "")}, items: "ab", queries: "cursor=s cursor=t"},
		{name: "the same for ever", bodies: []string{cursor("a", `,"cursor":"1"`), cursor("b", `,"cursor":"1"`)}, items: "ab", queries: " cursor=1", err: ErrNoProgress},
		{name: "the one that was asked for", set: query("cursor", "s"), bodies: []string{cursor("a", `,"cursor":"s"`)}, items: "a", queries: "cursor=s", err: ErrNoProgress},
		{name: "in a circle", bodies: strings.Split(strings.Repeat(cursor("a", `,"cursor":"1"`)+"|"+cursor("b", `,"cursor":"2"`)+"|", 10), "|"), items: "ab", err: ErrNoProgress},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := serve(t, answers(tt.bodies...))
			first, err := fetchPage(l, new(CursorPage[item]), "cursor", tt.set)
			if err != nil {
				t.Fatal(err)
			}
			items, err := gather(first.All(t.Context()))
			if !strings.HasPrefix(items, tt.items) || !errors.Is(err, tt.err) || tt.name != "in a circle" && (l.asked() != tt.queries || items != tt.items) {
				t.Errorf("items = %q, %v, asked %q", items, err, l.asked())
			}
		})
	}
	t.Run("in a header", func(t *testing.T) {
		l := serve(t, func(w http.ResponseWriter, _ *http.Request, n int) string {
			if n == 0 {
				w.Header().Set("X-Next-Cursor", "h")
			}
			return cursor(string(rune('a'+n)), "")
		})
		first, err := fetchPage(l, new(HeaderPage[item]), "cursor", nil)
		if err != nil {
			t.Fatal(err)
		}
		if items, err := gather(first.All(t.Context())); items != "ab" || err != nil || l.asked() != " cursor=h" {
			t.Errorf("items = %q, %v, asked %q", items, err, l.asked())
		}
	})
}

func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		name    string
		next    func(r *http.Request, n int) string
		items   string
		queries string
		err     string
	}{
		{"absolute", func(r *http.Request, n int) string {
			return []string{"http://" + r.Host + "/v1/things?page=2&x=%26", "", ""}[n]
		}, "ab", "q=1 page=2&x=%26", ""},
		{"relative", func(r *http.Request, n int) string { return []string{"?page=2", "/v1/things?page=3", ""}[n] }, "abc", "q=1 page=2 page=3", ""},
		{"the same for ever", func(*http.Request, int) string { return "?page=2" }, "ab", "q=1 page=2", ErrNoProgress.Error()},
		{"to itself", func(*http.Request, int) string { return "?q=1" }, "a", "q=1", ErrNoProgress.Error()},
		{"no URL", func(*http.Request, int) string { return "http://[" }, "a", "q=1", "the link to the next page is not a URL that can be followed"},
		{"another scheme", func(*http.Request, int) string { return "file:///etc/passwd" }, "a", "q=1", "the link to the next page is not a URL that can be followed"},
	} {
		for _, style := range []style{byURL, byLink} {
			t.Run(fmt.Sprintf("%s %d", tt.name, style), func(t *testing.T) {
				l := serve(t, func(w http.ResponseWriter, r *http.Request, n int) string {
					link := tt.next(r, n)
					if style == byLink {
						if link != "" {
							w.Header().Add("Link", `<https://api.example.com/first>; rel="first", <`+link+`>; rel="next"`)
						}
						return fmt.Sprintf(`[{"id":"%c"}]`, 'a'+n)
					}
					return fmt.Sprintf(`{"results":[{"id":"%c"}],"next":%q}`, 'a'+n, link)
				})
				var items string
				var err error
				if style == byURL {
					var first *URLPage[item]
					if first, err = fetchPage(l, new(URLPage[item]), "", query("q", 1)); err == nil {
						items, err = gather(first.All(t.Context()))
					}
				} else {
					var first *LinkPage[item]
					if first, err = fetchPage(l, new(LinkPage[item]), "", query("q", 1)); err == nil {
						items, err = gather(first.All(t.Context()))
					}
				}
				got := ""
				if err != nil {
					got = strings.TrimPrefix(err.Error(), "Things.List: ")
				}
				if items != tt.items || got != tt.err || l.asked() != tt.queries {
					t.Errorf("items = %q, %v, asked %q", items, err, l.asked())
				}
			})
		}
	}
}

// A link to another host is followed without anything of the caller's.
func TestLinkToAnotherHost(t *testing.T) {
	var got http.Header
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		io.WriteString(w, `[{"id":"b"}]`)
	}))
	t.Cleanup(other.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "secret" {
			t.Error("no credentials for the API itself")
		}
		w.Header().Set("Link", "<"+other.URL+">; rel=next")
		io.WriteString(w, `[{"id":"a"}]`)
	}))
	t.Cleanup(server.Close)
	locked := api.API{
		Name: "test", BaseURL: server.URL,
		Credentials: []api.Credential{{Name: "key", Option: "WithKey", Key: "X-Key"}},
		Security:    api.Security{{"key"}},
	}
	l := new(list)
	l.client = api.NewClient(&locked, noRetries, api.WithCredential("key", "secret"), func(c *api.Config) error {
		return c.EditHeader(api.Set, "X-Mine", "secret", "")
	})
	first, err := fetchPage(l, new(LinkPage[item]), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if items, err := gather(first.All(t.Context())); items != "ab" || err != nil {
		t.Errorf("items = %q, %v", items, err)
	}
	if got == nil || strings.Contains(fmt.Sprint(got), "secret") {
		t.Errorf("the other host got %v", got)
	}
}

func TestSingle(t *testing.T) {
	l := serve(t, answers(body("ab", "")))
	p, err := fetchPage(l, new(SinglePage[item]), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if items, err := gather(p.All(t.Context())); items != "ab" || err != nil {
		t.Errorf("items = %q, %v", items, err)
	}
	if _, err := p.Next(t.Context()); err != ErrNoMorePages || More(p) {
		t.Errorf("Next: %v, More: %t", err, More(p))
	}
	pages := 0
	for q, err := range p.Pages(t.Context()) {
		if pages++; q != p || err != nil {
			t.Errorf("Pages: %v, %v", q, err)
		}
	}
	if pages != 1 {
		t.Errorf("%d pages", pages)
	}
}

// A page that was made by hand, as in a test, is a list of its own.
func TestByHand(t *testing.T) {
	p := &NumberedPage[item]{Result: []item{{"a"}, {"b"}}}
	if items, err := gather(p.All(t.Context())); items != "ab" || err != nil || More(p) {
		t.Errorf("items = %q, %v", items, err)
	}
	if _, err := p.Next(t.Context()); err != ErrNoMorePages {
		t.Errorf("Next: %v", err)
	}
	if items, err := gather(new(CursorPage[item]).All(t.Context())); items != "" || err != nil {
		t.Errorf("items = %q, %v", items, err)
	}
}

func TestNext(t *testing.T) {
	l := serve(t, answers(body("a", info(`"page":1,"total_pages":2`)), body("b", info(`"page":2,"total_pages":2`)), body("b", info(`"page":2,"total_pages":2`))))
	p, err := l.numbered(nil)
	if err != nil || !More(p) {
		t.Fatal(err, More(p))
	}
	for range 2 {
		q, err := p.Next(t.Context())
		if err != nil || q.Result[0].ID != "b" || More(q) || q.ResultInfo.Page.Or(0) != 2 {
			t.Fatal(q, err)
		}
		if r, err := q.Next(t.Context()); err != ErrNoMorePages || r != nil {
			t.Errorf("Next after the last: %v, %v", r, err)
		}
	}
}

func TestPages(t *testing.T) {
	l := serve(t, answers(body("ab", ""), body("c", ""), body("", "")))
	first, err := l.numbered(nil)
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int
	for p, err := range first.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(p.Result))
	}
	if fmt.Sprint(sizes) != "[2 1 0]" {
		t.Errorf("sizes = %v", sizes)
	}
}

func TestLazy(t *testing.T) {
	l := serve(t, answers(body("ab", ""), body("cd", "")))
	first, err := l.numbered(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		take, requests int
	}{{1, 1}, {2, 1}, {3, 2}} {
		l.queries = l.queries[:1]
		n := 0
		for range first.All(t.Context()) {
			if n++; n == tt.take {
				break
			}
		}
		if len(l.queries) != tt.requests {
			t.Errorf("%d items took %d requests, want %d", tt.take, len(l.queries), tt.requests)
		}
	}
	first.All(t.Context())
	first.Pages(t.Context())
	if len(l.queries) != 2 {
		t.Errorf("a loop that was not started sent requests: %q", l.queries)
	}
}

// numberedAll is the twin of a method that yields the items of its pages, as it
// is generated.
func (l *list) numberedAll(ctx context.Context) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		page, err := l.numbered(nil)
		if err != nil {
			var none item
			yield(none, err)
			return
		}
		page.All(ctx)(yield)
	}
}

func TestAll(t *testing.T) {
	l := serve(t, answers(body("a", info(`"total_pages":2`)), body("b", info(`"total_pages":2`)), body("a", info(`"total_pages":2`)), body("b", info(`"total_pages":2`))))
	items := l.numberedAll(t.Context())
	if len(l.queries) != 0 {
		t.Error("All sent a request on its own")
	}
	for range 2 { // each loop starts anew
		if got, err := gather(items); got != "ab" || err != nil {
			t.Errorf("items = %q, %v", got, err)
		}
	}
	_, err := gather(l.numberedAll(t.Context()))
	if apiErr, ok := errors.AsType[*apierror.Error](err); !ok || apiErr.StatusCode != http.StatusTeapot {
		t.Errorf("err = %v", err)
	}
}

func TestErrorEnds(t *testing.T) {
	l := serve(t, answers(body("a", "")))
	first, err := l.numbered(nil)
	if err != nil {
		t.Fatal(err)
	}
	items, err := gather(first.All(t.Context()))
	if apiErr, ok := errors.AsType[*apierror.Error](err); items != "a" || !ok || apiErr.StatusCode != http.StatusTeapot || apiErr.Operation != "Things.List" {
		t.Errorf("items = %q, %v", items, err)
	}
	n, failed := 0, 0
	for p, err := range first.Pages(t.Context()) {
		if n++; err != nil {
			failed++
		} else if p == nil {
			t.Error("a page that is nil")
		}
	}
	if n != 2 || failed != 1 {
		t.Errorf("%d steps, %d errors", n, failed)
	}
}

func TestContext(t *testing.T) {
	l := serve(t, answers(body("a", ""), body("b", ""), body("c", "")))
	first, err := l.numbered(nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	seen := 0
	for _, err := range first.All(ctx) {
		if last = err; err == nil {
			seen++
		}
		if seen == 2 {
			cancel()
		}
	}
	if !errors.Is(last, context.Canceled) || seen != 2 || len(l.queries) != 2 {
		t.Errorf("%v after %d items and %d requests", last, seen, len(l.queries))
	}
}

// Later pages are asked for with the options of the first, and with its
// parameters as they were.
func TestOptionsStay(t *testing.T) {
	l := serve(t, answers(body("a", ""), body("", "")))
	seen := 0
	opts := []api.Option{func(c *api.Config) error {
		seen++
		c.EditQuery(api.Set, "option", "1")
		c.EditQuery(api.Set, "page", "7") // even where it gets in the way
		return nil
	}}
	values := []string{"x"}
	first, err := l.numbered(query("v", values), opts...)
	if err != nil {
		t.Fatal(err)
	}
	opts[0] = nil
	values[0] = "changed"
	if items, err := gather(first.All(t.Context())); items != "a" || err != nil || seen != 2 || l.asked() != "v=x&option=1&page=7 v=x&option=1&page=8" {
		t.Errorf("items = %q, %v, asked %q", items, err, l.asked())
	}
}

func TestConcurrent(t *testing.T) {
	l := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int) string {
		return body("ab", info(`"total_pages":3,"page":%s`, r.URL.Query().Get("page")))
	})
	first, err := l.numbered(query("page", 1))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if items, err := gather(first.All(t.Context())); items != "ababab" || err != nil {
				t.Errorf("items = %q, %v", items, err)
			}
		})
	}
	wg.Wait()
}

// A page is a plain value to print and to encode.
func TestPrinting(t *testing.T) {
	l := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) string {
		w.Header().Set("Set-Cookie", "planted")
		return body("a", "")
	})
	p, err := l.numbered(query("secret", param.Secret("planted")), func(c *api.Config) error {
		return c.EditHeader(api.Set, "X-Secret", "planted", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
		fmt.Fprintf(&out, verb, p)
		fmt.Fprintf(&out, verb, *p)
		fmt.Fprintf(&out, verb, struct{ P, p *NumberedPage[item] }{p, p})
	}
	if strings.Contains(out.String(), "planted") {
		t.Errorf("printing a page shows what came with it: %s", &out)
	}
}

func TestNextLink(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []string
		want   string
	}{
		{"none", nil, ""},
		{"usual", []string{`<https://h/?page=1>; rel="prev", <https://h/?page=3>; rel="next"`}, "https://h/?page=3"},
		{"two headers", []string{`<a>; rel="prev"`, `<b>; rel="next"`}, "b"},
		{"no quotes", []string{`<b>;rel=next`}, "b"},
		{"capitals", []string{`<b>; REL="NEXT"`}, "b"},
		{"several relations", []string{`<b>; rel="last next"`}, "b"},
		{"not the first parameter", []string{`<b>; title="a, b; rel=next \" x"; rel="next"`}, "b"},
		{"commas and semicolons in the URL", []string{`<http://h/a,b;c>; rel="next"`}, "http://h/a,b;c"},
		{"another relation", []string{`<b>; rel="nextish"`}, ""},
		{"the first rel counts", []string{`<b>; rel="prev"; rel="next"`}, ""},
		{"no relation", []string{`<b>`}, ""},
		{"broken", []string{`<b`, `b; rel=next`, `<`, `>`, `,,;;`}, ""},
		{"empty", []string{`<>; rel="next"`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := nextLink(tt.values); got != tt.want {
				t.Errorf("nextLink(%q) = %q, want %q", tt.values, got, tt.want)
			}
		})
	}
}

func FuzzNextLink(f *testing.F) {
	f.Add(`<a>; rel="prev", <b>; rel="next"`)
	f.Add(`<a>; x="\`)
	f.Fuzz(func(t *testing.T, value string) {
		if got := nextLink([]string{value}); !strings.Contains(value, got) {
			t.Fatalf("nextLink(%q) = %q", value, got)
		}
	})
}

func TestTrail(t *testing.T) {
	for cycle := uint64(1); cycle < 50; cycle++ {
		for tail := range uint64(20) {
			var tr trail
			n := uint64(0)
			for {
				mark := n
				if n >= tail {
					mark = tail + (n-tail)%cycle
				}
				if tr.has(mark + 1) {
					break
				}
				tr = tr.with(mark + 1)
				if n++; n > 5*(cycle+tail)+5 {
					t.Fatalf("a circle of %d after %d is not noticed", cycle, tail)
				}
			}
			if n < cycle+tail {
				t.Fatalf("a circle of %d after %d is noticed after %d", cycle, tail, n)
			}
		}
	}
}
