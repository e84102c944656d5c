package api

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
)

var chaosCalls = flag.Int("chaos", 3000, "calls of TestChaos")

// Calls over HTTP/1 and HTTP/2 through a proxy that kills and stalls connections
// and cuts answers off, to a server that turns requests away, fails before and
// after it has done the work, and is given some requests twice. No write is lost
// or done twice, no answer is another's, no call takes longer than its deadline,
// and nothing grows. make soak makes 100,000 calls.
func TestChaos(t *testing.T) {
	for _, protocol := range []string{"HTTP/1.1", "HTTP/2.0"} {
		t.Run(protocol, func(t *testing.T) { chaos(t, protocol, *chaosCalls/2) })
	}
}

func chaos(t *testing.T, protocol string, calls int) {
	const (
		workers  = 50
		deadline = 20 * time.Second
		attempt  = 500 * time.Millisecond
		late     = 5 * time.Second // that a busy computer may take to see that a deadline is over
	)
	before := runtime.NumGoroutine()
	w := &world{done: make([]atomic.Int32, calls), keyed: make([]atomic.Int32, calls)}
	server := httptest.NewUnstartedServer(http.HandlerFunc(w.serve))
	server.EnableHTTP2 = protocol == "HTTP/2.0"
	server.Config.ErrorLog = quietLog()
	server.StartTLS()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	between := &unreliable{Listener: listener, to: server.Listener.Addr().String()}
	between.running.Go(between.serve)

	transport := newTransport(time.Second, time.Second).(*http.Transport)
	transport.TLSClientConfig.InsecureSkipVerify = true
	transport.ForceAttemptHTTP2 = server.EnableHTTP2
	if !server.EnableHTTP2 {
		transport.Protocols = new(http.Protocols)
		transport.Protocols.SetHTTP1(true)
	}
	client := NewClient(&API{BaseURL: "https://" + listener.Addr().String()}, func(c *Config) error {
		c.MaxRetries, c.RetryBudget = 12, 0
		c.Timeout, c.Whole = attempt, true
		c.MinDelay, c.MaxDelay = time.Millisecond, 50*time.Millisecond
		return c.SetHTTPClient(&http.Client{Transport: transport})
	})

	var next, failed, gets atomic.Int64
	var heap [2]uint64 // in use after a fifth of the calls, and after all
	var threads [2]int
	measure := func(i int) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		heap[i], threads[i] = m.HeapInuse, runtime.NumGoroutine()
	}
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for {
				id := int(next.Add(1)) - 1
				if id >= calls {
					return
				}
				if id == calls/5 {
					measure(0)
				}
				ctx, cancel := context.WithTimeout(t.Context(), deadline)
				start := time.Now()
				err := w.call(ctx, client, id)
				cancel()
				if took := time.Since(start); took > deadline+late {
					t.Errorf("call %d took %v", id, took)
				}
				if err != nil {
					failed.Add(1)
				}
				if id%3 == 0 {
					gets.Add(1)
				}
				w.check(t, id, err)
			}
		})
	}
	running.Wait()
	for wait := time.Now().Add(20 * time.Second); time.Now().Before(wait) && runtime.NumGoroutine() > threads[0]; {
		time.Sleep(50 * time.Millisecond) // connections that stall end in a while
	}
	measure(1)
	if n := failed.Load(); n > int64(calls)/4 { // a write without a key that fails on its way is not repeated
		t.Errorf("%d of %d calls failed", n, calls)
	}
	if w.protocol.Load() != protocol {
		t.Errorf("the protocol is %v", w.protocol.Load())
	}
	if grown := int64(heap[1]) - int64(heap[0]); grown > 64<<20 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
	if threads[1] > threads[0]+2*workers {
		t.Errorf("goroutines grew from %d to %d", threads[0], threads[1])
	}
	transport.CloseIdleConnections()
	listener.Close()
	server.CloseClientConnections()
	server.Close()
	between.running.Wait()
	for wait := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+5; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(wait) {
			t.Fatalf("%d goroutines are left of %d", runtime.NumGoroutine(), before)
		}
	}
	t.Logf("%d calls, %d failed; %d connections, %d killed, %d stalled; %d requests turned away or failed by the server", calls, failed.Load(),
		between.opened.Load(), between.killed.Load(), between.stalled.Load(), w.refused.Load())
}

// world is the server: what it has done, by the number of the call.
type world struct {
	done     []atomic.Int32 // writes without a key
	keyed    []atomic.Int32 // writes with one, each key counted once
	refused  atomic.Int64
	protocol atomic.Value
	keys     sync.Map // of writes that are done, by the number of the call
}

type written struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
}

func text(id int) string { return strings.Repeat(strconv.Itoa(id)+" ", 200) }

// call makes one of three kinds of calls.
func (w *world) call(ctx context.Context, client *Client, id int) error {
	req := &Request{Operation: "Chaos", Path: "/" + strconv.Itoa(id)}
	switch id % 3 {
	case 0:
		req.Method = http.MethodGet
	case 1:
		req.Method, req.Body = http.MethodPost, JSON(written{id, text(id)})
	case 2:
		req.Method, req.Body, req.IdempotencyKey = http.MethodPost, JSON(written{id, text(id)}), "Idempotency-Key"
	}
	var got written
	if err := client.Do(ctx, req, &got, nil); err != nil {
		return err
	}
	if got.ID != id || got.Text != text(id) {
		panic(fmt.Sprintf("call %d has the answer of %d, %d bytes", id, got.ID, len(got.Text)))
	}
	return nil
}

// check holds what the server has done against what the call says.
func (w *world) check(t *testing.T, id int, err error) {
	switch n, k := w.done[id].Load(), w.keyed[id].Load(); id % 3 {
	case 1:
		if n > 1 || err == nil && n == 0 {
			t.Errorf("the write %d was done %d times: %v", id, n, err)
		}
	case 2:
		if k > 1 || err == nil && k == 0 {
			t.Errorf("the write %d was done with %d keys: %v", id, k, err)
		}
		if err != nil && rand.IntN(20) == 0 {
			t.Logf("a write with a key failed: %v", err)
		}
	}
}

func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	w.protocol.Store(r.Proto)
	id, _ := strconv.Atoi(strings.Trim(r.URL.Path, "/"))
	var in written
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(r.Body)
		if err != nil || json.Unmarshal(body, &in) != nil || in.ID != id || in.Text != text(id) {
			return // it did not come whole
		}
	}
	chance := rand.IntN(1000)
	switch {
	case chance < 20:
		w.refused.Add(1)
		rw.Header().Set("Retry-After", "0")
		rw.WriteHeader(http.StatusTooManyRequests)
		return
	case chance < 30:
		w.refused.Add(1)
		rw.Header().Set("Retry-After", "0")
		rw.WriteHeader(http.StatusServiceUnavailable)
		return
	case chance < 40:
		w.refused.Add(1)
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	w.do(r, id)
	key := r.Header.Get("Idempotency-Key")
	if key != "" && chance < 100 {
		w.do(r, id) // the network delivered it twice
	}
	switch {
	case chance >= 990:
		w.refused.Add(1)
		rw.WriteHeader(http.StatusInternalServerError) // though it is done
		return
	case chance >= 980:
		panic(http.ErrAbortHandler)
	}
	answer, err := json.Marshal(written{id, text(id)})
	if err != nil {
		panic(err)
	}
	rw.Header().Set("Content-Type", "application/json")
	rw.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	if chance >= 970 {
		rw.Write(answer[:len(answer)/2])
		panic(http.ErrAbortHandler)
	}
	rw.Write(answer)
}

func (w *world) do(r *http.Request, id int) {
	if r.Method != http.MethodPost {
		return
	}
	key := r.Header.Get("Idempotency-Key")
	if key == "" {
		w.done[id].Add(1)
		return
	}
	if old, known := w.keys.Swap(id, key); !known || old != key {
		w.keyed[id].Add(1)
	}
}

// unreliable passes connections on until it kills them, or stops passing
// anything on.
type unreliable struct {
	net.Listener
	to                      string
	running                 sync.WaitGroup
	opened, killed, stalled atomic.Int64
}

func (u *unreliable) serve() {
	for {
		in, err := u.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", u.to)
		if err != nil {
			in.Close()
			continue
		}
		u.opened.Add(1)
		u.running.Go(func() { u.pass(out, in) })
		u.running.Go(func() { u.pass(in, out) })
	}
}

func (u *unreliable) pass(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	buf := make([]byte, 16<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		switch chance := rand.IntN(3000); {
		case chance < 6:
			u.killed.Add(1)
			to.Write(buf[:rand.IntN(n+1)]) // a part of it
			return
		case chance < 9:
			u.stalled.Add(1)
			time.Sleep(2 * time.Second)
		case chance < 10: // and never again: whoever waits has to give up
			u.stalled.Add(1)
			io.Copy(io.Discard, from)
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

func quietLog() *log.Logger { return log.New(io.Discard, "", 0) }
