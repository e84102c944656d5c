package streaming_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
	"github.com/openapi-lathe/lathe/templates/runtime/streaming"
)

const gib = 1 << 30

// zeros is a reader without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// mass serves a GiB to who asks, and counts what it is sent.
func mass(t testing.TB) (*httptest.Server, chan int64) {
	got := make(chan int64, 1)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "GET" {
			w.Header().Set("Content-Length", "1073741824")
			io.CopyN(w, zeros{}, gib)
			return
		}
		n, _ := io.Copy(io.Discard, r.Body)
		got <- n
	}))
	t.Cleanup(ts.Close)
	return ts, got
}

func download(ctx context.Context, client *api.Client, opts ...option.RequestOption) (*streaming.Download, error) {
	req := api.Request{Operation: "Files.Get", Method: "GET", Path: "/file", Accept: "application/octet-stream"}
	return streaming.Open(ctx, client, &req, opts)
}

func upload(ctx context.Context, client *api.Client, body api.Body, opts ...option.RequestOption) error {
	req := api.Request{Operation: "Files.Create", Method: "POST", Path: "/file", Body: body}
	return client.Do(ctx, &req, nil, opts)
}

// TestOneGiB moves a GiB in either direction. The whole process, the server
// included, takes at most 64 MiB more for it.
func TestOneGiB(t *testing.T) {
	if testing.Short() {
		t.Skip("it moves 4 GiB")
	}
	const most = 64 << 20
	ts, got := mass(t)
	client := api.NewClient(&acme, option.WithBaseURL(ts.URL), option.WithTimeout(0))
	name := filepath.Join(t.TempDir(), "file")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(gib); err != nil { // it has holes only
		t.Fatal(err)
	}
	type form struct {
		Name string     `json:"name"`
		File param.File `json:"file"`
	}
	sent := func(least int64, body api.Body) error {
		if err := upload(t.Context(), client, body); err != nil {
			return err
		}
		if n := <-got; n < least {
			t.Errorf("%d bytes came", n)
		}
		return nil
	}
	for _, tt := range []struct {
		name string
		move func() error
	}{
		{"download", func() error {
			d, err := download(t.Context(), client)
			if err != nil {
				return err
			}
			defer d.Close()
			if n, err := io.Copy(io.Discard, d); n != gib || d.Size != gib {
				t.Errorf("%d bytes of %d came, %v", n, d.Size, err)
			}
			return nil
		}},
		{"file in a form", func() error { return sent(gib, api.Multipart(form{Name: "a", File: param.File{Content: file}})) }},
		{"pipe in a form", func() error {
			return sent(gib, api.Multipart(form{Name: "a", File: param.File{Content: io.LimitReader(zeros{}, gib)}}))
		}},
		{"body", func() error { return sent(gib, api.Stream("application/zip", io.LimitReader(zeros{}, gib))) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			debug.FreeOSMemory()
			before := held()
			if err := tt.move(); err != nil {
				t.Fatal(err)
			}
			if grown := held() - before; grown > most {
				t.Errorf("it took %d MiB", grown>>20)
			}
		})
	}
}

// held is the memory that was ever taken for the heap: it does not shrink.
func held() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapSys)
}

// BenchmarkDownload reads a GiB through the SDK, and with net/http and io.Copy
// from the same server: at least 0.8 of the speed.
func BenchmarkDownload(b *testing.B) {
	ts, _ := mass(b)
	client := api.NewClient(&acme, option.WithBaseURL(ts.URL))
	sdk := func() (io.ReadCloser, error) { return download(b.Context(), client) }
	plain := func() (io.ReadCloser, error) {
		resp, err := http.Get(ts.URL + "/file")
		if err != nil {
			return nil, err
		}
		return resp.Body, nil
	}
	race(b, func(open func() (io.ReadCloser, error)) {
		body, err := open()
		if err != nil {
			b.Fatal(err)
		}
		defer body.Close()
		if n, err := io.Copy(io.Discard, body); n != gib {
			b.Fatal(n, err)
		}
	}, sdk, plain)
}

// BenchmarkUpload sends a GiB from a reader through the SDK, and with net/http:
// at least 0.8 of the speed.
func BenchmarkUpload(b *testing.B) {
	ts, got := mass(b)
	client := api.NewClient(&acme, option.WithBaseURL(ts.URL))
	race(b, func(send func() error) {
		if err := send(); err != nil {
			b.Fatal(err)
		}
		if n := <-got; n != gib {
			b.Fatal(n)
		}
	}, func() error {
		return upload(b.Context(), client, api.Stream("application/zip", io.LimitReader(zeros{}, gib)))
	}, func() error {
		resp, err := http.Post(ts.URL, "application/zip", io.LimitReader(zeros{}, gib))
		if err == nil {
			resp.Body.Close()
		}
		return err
	})
}

// BenchmarkLoopback is the bound of the others: a GiB over a connection, with
// io.Copy at either end.
func BenchmarkLoopback(b *testing.B) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	b.SetBytes(gib)
	for b.Loop() {
		go func() {
			conn, err := l.Accept()
			if err == nil {
				io.CopyN(conn, zeros{}, gib)
				conn.Close()
			}
		}()
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, conn); n != gib {
			b.Fatal(n, err)
		}
		conn.Close()
	}
}

// race does the same in two ways, in turn, and reports the speed of the first
// as a part of the second's.
func race[T any](b *testing.B, do func(T), sdk, plain T) {
	b.SetBytes(2 * gib)
	var spent [2]time.Duration
	for b.Loop() {
		for i, way := range []T{sdk, plain} {
			start := time.Now()
			do(way)
			spent[i] += time.Since(start)
		}
	}
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "of-net/http")
}

// BenchmarkEvents decodes a stream of 10,000 small events.
func BenchmarkEvents(b *testing.B) {
	const events = 10_000
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for range events {
			io.WriteString(w, "event: chunk\ndata: {\"n\":123456}\n\n")
		}
	}))
	defer ts.Close()
	client := api.NewClient(&acme, option.WithBaseURL(ts.URL))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range watch[chunk](b.Context(), client, streaming.Format{End: "[DONE]"}) {
			if n++; err != nil {
				b.Fatal(err)
			}
		}
		if n != events {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/events, "ns/event")
}
