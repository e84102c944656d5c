package mockapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/pagination"
	"github.com/openapi-lathe/lathe/generated/param"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// A shelf is a list of stores that is served in pages, and what was asked for.
type shelf struct {
	stores  int
	perPage int
	info    func(page int) map[string]any // of the page; nil has none
	stuck   bool                          // every page is the first one

	mu    sync.Mutex
	asked []string // the page parameter of each request
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query().Get("page")
	s.mu.Lock()
	s.asked = append(s.asked, asked)
	s.mu.Unlock()
	page, err := strconv.Atoi(asked)
	if err != nil || s.stuck {
		page = 1
	}
	result := []map[string]any{}
	for i := (page - 1) * s.perPage; i < min(page*s.perPage, s.stores); i++ {
		result = append(result, map[string]any{
			"id": fmt.Sprintf("%032d", i), "name": fmt.Sprint("store ", i),
			"created": "2023-09-21T18:56:32.624632Z", "modified": "2023-09-21T18:56:32.624632Z",
		})
	}
	answer := map[string]any{"success": true, "errors": []any{}, "messages": []any{}, "result": result}
	if s.info != nil {
		answer["result_info"] = s.info(page)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer)
}

// counted is the result_info of the API.
func (s *shelf) counted(page int) map[string]any {
	return map[string]any{"page": page, "per_page": s.perPage, "count": min(s.perPage, s.stores-(page-1)*s.perPage), "total_count": s.stores}
}

// serve returns a client for the shelf.
func (s *shelf) serve(t *testing.T, opts ...option.RequestOption) *cloudflare.Client {
	t.Helper()
	ts := httptest.NewServer(s)
	t.Cleanup(ts.Close)
	return newClient(t, ts.URL, opts...)
}

var list = secretsstore.StoreListParams{AccountID: account}

func TestPagesAreFetchedAsNeeded(t *testing.T) {
	for _, tt := range []struct {
		name  string
		shelf *shelf
		want  []string // the pages that are asked for
	}{
		{"three pages, the last not full", &shelf{stores: 5, perPage: 2}, []string{"", "2", "3"}},
		{"one page", &shelf{stores: 2, perPage: 5}, []string{""}},
		{"none", &shelf{stores: 0, perPage: 5}, []string{""}},
		{"full to the last", &shelf{stores: 4, perPage: 2}, []string{"", "2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.shelf
			s.info = s.counted
			n := 0
			for store, err := range s.serve(t).SecretsStore.Stores.ListAll(t.Context(), list) {
				if err != nil {
					t.Fatal(err)
				}
				if want := fmt.Sprintf("%032d", n); store.ID != want {
					t.Errorf("store %d is %s", n, store.ID)
				}
				n++
			}
			if n != s.stores {
				t.Errorf("there were %d stores of %d", n, s.stores)
			}
			if !slices.Equal(s.asked, tt.want) {
				t.Errorf("the pages asked for are %q, not %q", s.asked, tt.want)
			}
		})
	}
}

// Without a total only an empty page is certain to be the last.
func TestPagesWithoutTotal(t *testing.T) {
	for _, tt := range []struct {
		name string
		info func(page int) map[string]any
	}{
		{"page and size", func(page int) map[string]any { return map[string]any{"page": page, "per_page": 2} }},
		{"empty", func(int) map[string]any { return map[string]any{} }},
		{"none", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{stores: 5, perPage: 2, info: tt.info}
			n := 0
			for _, err := range s.serve(t).SecretsStore.Stores.ListAll(t.Context(), list) {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			if want := []string{"", "2", "3", "4"}; n != 5 || !slices.Equal(s.asked, want) {
				t.Errorf("%d stores were in the pages %q; want 5 in %q", n, s.asked, want)
			}
		})
	}
}

// The first page may be another than the first of the list, and the other
// parameters stay.
func TestPagesFromTheMiddle(t *testing.T) {
	s := &shelf{stores: 10, perPage: 2}
	s.info = s.counted
	var queries []string
	spy := func(r *http.Request, next option.Next) (*http.Response, error) {
		queries = append(queries, r.URL.Query().Encode())
		return next(r)
	}
	client := s.serve(t, option.WithMiddleware(spy))
	page, err := client.SecretsStore.Stores.List(t.Context(), secretsstore.StoreListParams{
		AccountID: account, Page: param.Some[int64](4), PerPage: param.Some[int64](2), Order: secretsstore.OrderName,
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for p, err := range page.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n += len(p.Result)
	}
	if want := []string{"order=name&page=4&per_page=2", "order=name&page=5&per_page=2"}; n != 4 || !slices.Equal(queries, want) {
		t.Errorf("%d stores came with %q; want 4 with %q", n, queries, want)
	}
}

func TestPageThatRepeats(t *testing.T) {
	s := &shelf{stores: 6, perPage: 2, stuck: true}
	s.info = s.counted
	n, last := 0, error(nil)
	for _, err := range s.serve(t).SecretsStore.Stores.ListAll(t.Context(), list) {
		if last = err; err == nil {
			n++
		}
	}
	if !errors.Is(last, pagination.ErrNoProgress) {
		t.Errorf("it ends with %v", last)
	}
	if n != 2 || len(s.asked) != 2 {
		t.Errorf("%d stores came from %d requests; want 2 from 2", n, len(s.asked))
	}
}

func TestBreakFetchesNoMore(t *testing.T) {
	s := &shelf{stores: 6, perPage: 2}
	s.info = s.counted
	n := 0
	for _, err := range s.serve(t).SecretsStore.Stores.ListAll(t.Context(), list) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	if want := []string{"", "2"}; !slices.Equal(s.asked, want) {
		t.Errorf("the pages asked for are %q, not %q", s.asked, want)
	}
}

func TestNextPage(t *testing.T) {
	s := &shelf{stores: 3, perPage: 2}
	s.info = s.counted
	first, err := s.serve(t).SecretsStore.Stores.List(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	second, err := first.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !pagination.More(first) || pagination.More(second) || len(second.Result) != 1 {
		t.Errorf("more: %v, then %v with %d stores", pagination.More(first), pagination.More(second), len(second.Result))
	}
	if _, err := second.Next(t.Context()); !errors.Is(err, pagination.ErrNoMorePages) {
		t.Errorf("after the last page: %v", err)
	}
}

// The context of the loop counts, not the one that the first page came with.
func TestCancelledContextStops(t *testing.T) {
	s := &shelf{stores: 6, perPage: 2}
	s.info = s.counted
	page, err := s.serve(t).SecretsStore.Stores.List(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, last := 0, error(nil)
	for _, err := range page.All(ctx) {
		if last = err; err != nil {
			continue
		}
		if n++; n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d stores, then %v; want 4, then a cancelled context", n, last)
	}
	if want := []string{"", "2"}; !slices.Equal(s.asked, want) {
		t.Errorf("the pages asked for are %q, not %q", s.asked, want)
	}
}

// A page may be walked from more than once, and by several at a time.
func TestConcurrentUse(t *testing.T) {
	s := &shelf{stores: 7, perPage: 2}
	s.info = s.counted
	client := s.serve(t)
	page, err := client.SecretsStore.Stores.List(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			items := page.All(t.Context())
			if i%2 == 0 {
				items = client.SecretsStore.Stores.ListAll(t.Context(), list)
			}
			n := 0
			for store, err := range items {
				if err != nil || store.ID != fmt.Sprintf("%032d", n) {
					t.Errorf("store %d is %s, %v", n, store.ID, err)
				}
				n++
			}
			if n != s.stores {
				t.Errorf("%d stores", n)
			}
		})
	}
	all.Wait()
}

func TestErrorOnALaterPage(t *testing.T) {
	s := &shelf{stores: 6, perPage: 2}
	s.info = s.counted
	fail := func(r *http.Request, next option.Next) (*http.Response, error) {
		if r.URL.Query().Get("page") == "3" {
			return nil, errors.New("the line is cut")
		}
		return next(r)
	}
	n, errs := 0, 0
	for _, err := range s.serve(t, option.WithMiddleware(fail)).SecretsStore.Stores.ListAll(t.Context(), list) {
		if err != nil {
			errs++
		} else {
			n++
		}
	}
	if n != 4 || errs != 1 {
		t.Errorf("%d stores and %d errors; want 4 and 1", n, errs)
	}
}
