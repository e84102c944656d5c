package api_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
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

// A ledger is an API that fails one time in twenty, in every way that a server
// and a connection can, and counts the writes it was asked for.
type ledger struct {
	requests atomic.Int64

	mu       sync.Mutex
	writes   map[string]int // by what they write
	keys     map[string]bool
	doubtful map[string]bool // writes that met a fault after which none can say whether they were done
}

// write does a write, unless its key says that it was done before.
func (l *ledger) write(id, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if key != "" && l.keys[key] {
		return
	}
	l.keys[key] = true
	l.writes[id]++
}

func (l *ledger) doubt(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.doubtful[id] = true
}

// outcome is how often a write was done, and whether a client may not know.
func (l *ledger) outcome(id string) (done int, doubtful bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.writes[id], l.doubtful[id]
}

func (l *ledger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	id := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	done := func() {
		if r.Method == http.MethodPost {
			l.write(string(body), r.Header.Get("Idempotency-Key"))
		}
	}
	answer := fmt.Sprintf(`{"success":true,"result":{"id":%q}}`, id)
	n := l.requests.Add(1)
	if n%20 != 0 {
		done()
		io.WriteString(w, answer)
		return
	}
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", len(answer))
	fault := n / 20 % 14
	if fault >= 2 && fault <= 11 {
		l.doubt(string(body))
	}
	switch fault {
	case 0: // turned away
		w.Header().Set("Retry-After-Ms", "1")
		w.WriteHeader(429)
	case 1:
		w.Header().Set("Retry-After-Ms", "1")
		w.WriteHeader(503)
		io.WriteString(w, "<html><title>down</title>")
	case 2:
		w.WriteHeader(500)
	case 3: // it failed after it had done the work
		done()
		w.WriteHeader(502)
	case 4:
		w.WriteHeader(408)
	case 5: // reset before the work
		l.reset(w, "")
	case 6: // and after it
		done()
		l.reset(w, "")
	case 7: // in the headers
		done()
		l.reset(w, head[:len(head)/2])
	case 8: // after the headers
		done()
		l.reset(w, head)
	case 9: // in the body
		done()
		l.reset(w, head+answer[:len(answer)/2])
	case 10: // truncated
		done()
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, answer)
	case 11: // garbage
		done()
		l.reset(w, "\x00garbage\r\n\r\n")
	case 12: // slow
		done()
		for i := range len(answer) {
			io.WriteString(w, answer[i:i+1])
			w.(http.Flusher).Flush()
		}
	case 13:
		w.WriteHeader(http.StatusEarlyHints)
		done()
		io.WriteString(w, answer)
	}
}

// reset writes a text to the connection and resets it.
func (l *ledger) reset(w http.ResponseWriter, text string) {
	c, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	l.flush(buffered, text)
	if tcp, ok := c.(*net.TCPConn); ok && text == "" {
		tcp.SetLinger(0) // with a text it would be lost
	}
	c.Close()
}

func (l *ledger) flush(w *bufio.ReadWriter, text string) {
	io.WriteString(w, text)
	w.Flush()
}

// TestSoak calls an API that fails one time in twenty, in every way, 100,000
// times from 64 goroutines with one client. Every read succeeds. Every write
// with an idempotency key succeeds and is done once. A write without one is done
// once and succeeds, or meets a fault that leaves it in doubt, fails, and is not
// done twice.
func TestSoak(t *testing.T) {
	quiet(t)
	goroutines, calls := 64, 100_000/64+1
	if testing.Short() {
		goroutines, calls = 16, 100
	}
	l := &ledger{writes: map[string]int{}, keys: map[string]bool{}, doubtful: map[string]bool{}}
	server := httptest.NewUnstartedServer(l)
	server.Config.ErrorLog = nil
	server.Start()
	defer server.Close()
	transport := &http.Transport{MaxIdleConnsPerHost: goroutines}
	defer transport.CloseIdleConnections()
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL), option.WithHTTPClient(&http.Client{Transport: transport}),
		option.WithMaxRetries(8), option.WithRetryDelay(0, 10*time.Millisecond))
	var failed, writes atomic.Int64
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for c := range calls {
				id := fmt.Sprintf("%d-%d", g, c)
				body := fmt.Sprintf(`[{"name":%q}]`, id)
				switch c % 3 {
				case 0:
					store, err := getStore(context.Background(), client, id)
					if err != nil {
						t.Errorf("a read failed: %v", err)
					} else if store.ID != id {
						t.Errorf("asked for %s, got %s", id, store.ID)
					}
				case 1:
					_, err := createStore(context.Background(), client, account, []storeParams{{Name: id}}, option.WithIdempotencyKey(id))
					if n, _ := l.outcome(body); err != nil || n != 1 {
						t.Errorf("a write with a key was done %d times: %v", n, err)
					}
				case 2:
					writes.Add(1)
					_, err := createStore(context.Background(), client, account, []storeParams{{Name: id}})
					if err != nil {
						failed.Add(1)
					}
					n, doubtful := l.outcome(body)
					if doubtful != (err != nil) {
						t.Errorf("a write that is in doubt (%t) ended with %v", doubtful, err)
					}
					if n > 1 || n == 0 && !doubtful {
						t.Errorf("a write was done %d times: %v", n, err)
					}
				}
			}
		})
	}
	wg.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	for body, n := range l.writes {
		if n > 1 {
			t.Errorf("the write %s was done %d times", body, n)
		}
	}
	if failed.Load() == 0 {
		t.Error("no write failed")
	}
	t.Logf("%d calls, %d requests, %d of %d writes without a key failed", goroutines*calls, l.requests.Load(), failed.Load(), writes.Load())
}
