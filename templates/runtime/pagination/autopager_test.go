package pagination

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// threePages answers with three pages of two items, and with an error in place of
// the page that fails is the number of.
type threePages struct{ fails string }

func (s threePages) Do(req *http.Request) (*http.Response, error) {
	page, status := pageOr1(req), 200
	body := `{"result":[{"id":"a` + page + `"},{"id":"b` + page + `"}],"result_info":{"page":` + page + `,"total_pages":3}}`
	if page == s.fails {
		status, body = 400, `{}`
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}, nil
}

func firstOf(ctx context.Context, t *testing.T, server api.Doer) (*NumberedPage[item], error) {
	t.Helper()
	client := api.NewClient(&api.API{Name: "test", BaseURL: "https://api.example.com"}, func(c *api.Config) error { return c.SetHTTPClient(server) })
	p := new(NumberedPage[item])
	return p, Fetch(ctx, client, &api.Request{Operation: "Things.List", Method: "GET", Path: "/things", Cursor: "page"}, p, nil)
}

func pagerOf(p *NumberedPage[item], err error) *AutoPager[item] {
	return newAutoPager(p, err, func(p Page) []item { return p.(*NumberedPage[item]).Result })
}

func TestAutoPager(t *testing.T) {
	pager := pagerOf(firstOf(context.Background(), t, threePages{}))
	var got []string
	for pager.Next() {
		if pager.Index() != len(got) {
			t.Errorf("index %d of item %d", pager.Index(), len(got))
		}
		got = append(got, pager.Current().ID)
	}
	if text := strings.Join(got, " "); text != "a1 b1 a2 b2 a3 b3" || pager.Err() != nil {
		t.Errorf("%s, %v", text, pager.Err())
	}
	if pager.Next() {
		t.Error("it goes on after its end")
	}
}

func TestAutoPagerFails(t *testing.T) {
	pager := pagerOf(firstOf(context.Background(), t, threePages{fails: "2"}))
	n := 0
	for pager.Next() {
		n++
	}
	if n != 2 || pager.Err() == nil || pager.Next() {
		t.Errorf("%d items, %v", n, pager.Err())
	}
	first := errors.New("at once")
	pager = pagerOf(nil, first)
	if pager.Next() || pager.Err() != first || pager.Current().ID != "" {
		t.Errorf("a pager of a call that failed: %v", pager.Err())
	}
}

// What goes on without a context of its own has that of the first page.
func TestAutoPagerContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	pager := pagerOf(firstOf(ctx, t, threePages{}))
	for range 2 {
		pager.Next()
	}
	cancel()
	if pager.Next() || !errors.Is(pager.Err(), context.Canceled) {
		t.Errorf("after its context ended: %v", pager.Err())
	}
}

func TestNextPage(t *testing.T) {
	p, err := firstOf(context.Background(), t, threePages{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		q := new(NumberedPage[item])
		ok, err := nextPage(p, q)
		if err != nil || ok != (i < 2) {
			t.Fatalf("page %d: %v, %v", i, ok, err)
		}
		p = q
	}
}
