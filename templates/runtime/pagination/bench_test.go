package pagination

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// inMemory answers in memory: a list of 1,000 pages, each different.
type inMemory struct{ n int }

func (m *inMemory) Do(req *http.Request) (*http.Response, error) {
	m.n++
	body := `{"result":[{"id":"a"}],"result_info":{"page":` + pageOr1(req) + `,"total_pages":1000}}`
	return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}, nil
}

func pageOr1(req *http.Request) string {
	if _, page, ok := strings.Cut(req.URL.RawQuery, "page="); ok {
		return page
	}
	return "1"
}

// A later page costs no more than a call of its own.
func BenchmarkPaging(b *testing.B) {
	memory := new(inMemory)
	client := api.NewClient(&api.API{Name: "test", BaseURL: "https://api.example.com"}, func(c *api.Config) error { return c.SetHTTPClient(memory) })
	first := func() (*NumberedPage[item], error) {
		req := &api.Request{Operation: "Things.List", Method: "GET", Path: "/accounts/{id}/things", Cursor: "page"}
		req.PathParam("id", "a")
		p := new(NumberedPage[item])
		return p, Fetch(context.Background(), client, req, p, nil)
	}
	one := testing.AllocsPerRun(100, func() {
		if _, err := first(); err != nil {
			b.Fatal(err)
		}
	})
	p, err := first()
	if err != nil {
		b.Fatal(err)
	}
	list := testing.AllocsPerRun(2, func() {
		n := 0
		for _, err := range p.All(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 1000 {
			b.Fatalf("%d items", n)
		}
	})
	for b.Loop() {
		if _, err := p.Next(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(one, "allocs/call")
	b.ReportMetric(list/999, "allocs/page")
	if list/999 > one {
		b.Errorf("a page takes %.0f allocations, a call %.0f", list/999, one)
	}
}
