package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// heap is the number of bytes that were allocated since the program began.
func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}

// TestSoak calls an API that fails one time in twenty, in every way that a
// connection can, from many goroutines with one client. No write is lost, none
// is done twice, and nothing is left behind.
func TestSoak(t *testing.T) {
	quiet(t)
	goroutines, calls := 32, 60
	if testing.Short() {
		goroutines, calls = 8, 20
	}
	before := runtime.NumGoroutine()
	var n atomic.Int64
	var mu sync.Mutex
	writes := map[string]int{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fault := n.Add(1) % 20
		done := func() {
			mu.Lock()
			writes[string(body)]++
			mu.Unlock()
		}
		switch n := n.Load() / 20 % 6; {
		case fault != 0:
			if r.Method == "POST" {
				done()
			}
			fmt.Fprintf(w, `{"success":true,"result":{"id":%q}}`, r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:])
		case n == 0: // turned away
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(429)
		case n == 1:
			w.Header().Set("Retry-After-Ms", "1")
			w.WriteHeader(503)
			io.WriteString(w, "<html><title>down</title>")
		case n == 2: // hangs up before the headers
			panic(http.ErrAbortHandler)
		case n == 3: // hangs up in the middle of the body
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, `{"result":{"id":"`)
			panic(http.ErrAbortHandler)
		case n == 4:
			w.WriteHeader(500)
		default:
			w.WriteHeader(408)
		}
	}))
	server.Config.ErrorLog = nil
	server.Start()
	transport := &http.Transport{MaxIdleConnsPerHost: goroutines}
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL), option.WithHTTPClient(&http.Client{Transport: transport}),
		option.WithMaxRetries(4), option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			resp, err := next(req)
			if resp != nil && resp.StatusCode >= 500 && resp.Header.Get("Retry-After-Ms") == "" {
				resp.Header.Set("Retry-After-Ms", "1") // so that the test is quick
			}
			return resp, err
		}))
	var failed atomic.Int64
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for c := range calls {
				id := fmt.Sprintf("%d-%d", g, c)
				if c%3 == 0 {
					if _, err := createStore(context.Background(), client, account, []storeParams{{Name: id}}); err != nil {
						failed.Add(1)
						mu.Lock()
						writes[fmt.Sprintf(`[{"name":%q}]`, id)] += 0
						mu.Unlock()
					} else {
						mu.Lock()
						if writes[fmt.Sprintf(`[{"name":%q}]`, id)] != 1 {
							t.Errorf("the write %s succeeded, but was done %d times", id, writes[fmt.Sprintf(`[{"name":%q}]`, id)])
						}
						mu.Unlock()
					}
					continue
				}
				store, err := getStore(context.Background(), client, id)
				if err != nil {
					t.Errorf("a read failed: %v", err)
				} else if store.ID != id {
					t.Errorf("asked for %s, got %s", id, store.ID)
				}
			}
		})
	}
	wg.Wait()
	for body, times := range writes {
		if times > 1 {
			t.Errorf("the write %s was done %d times", body, times)
		}
	}
	if total := int64(goroutines * calls / 3); failed.Load() > total/10 {
		t.Errorf("%d of %d writes failed", failed.Load(), total)
	}
	transport.CloseIdleConnections()
	server.Close()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if left := runtime.NumGoroutine() - before; left > 0 {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines are left:\n%s", left, buf[:runtime.Stack(buf, true)])
	}
}
