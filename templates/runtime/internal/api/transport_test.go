package api

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// forgetful passes connections on until it is told to forget them: from then on
// what is sent on them goes nowhere, and nobody is told, as behind a router that
// lost its table.
type forgetful struct {
	net.Listener
	to     string
	forgot atomic.Int64 // connections that were accepted up to this number are dead
	count  atomic.Int64
}

func (f *forgetful) serve() {
	for {
		in, err := f.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", f.to)
		if err != nil {
			in.Close()
			return
		}
		n := f.count.Add(1)
		pass := func(to, from net.Conn) {
			buf := make([]byte, 4<<10)
			for {
				k, err := from.Read(buf)
				if err != nil {
					to.Close()
					return
				}
				if n > f.forgot.Load() {
					to.Write(buf[:k])
				}
			}
		}
		go pass(out, in)
		go pass(in, out)
	}
}

// A connection of HTTP/2 that is dead without a word is given up, and the next
// request has another.
func TestDeadConnection(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	between := &forgetful{Listener: listener, to: server.Listener.Addr().String()}
	go between.serve()
	defer listener.Close()

	transport := newTransport(50*time.Millisecond, 50*time.Millisecond).(*http.Transport)
	transport.TLSClientConfig.InsecureSkipVerify = true
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second}
	get := func() (string, error) {
		resp, err := client.Get("https://" + listener.Addr().String())
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return string(body), err
	}
	if proto, err := get(); err != nil || proto != "HTTP/2.0" {
		t.Fatalf("%s, %v", proto, err)
	}
	between.forgot.Store(between.count.Load())
	start := time.Now()
	for attempt := 0; ; attempt++ {
		if _, err := get(); err == nil {
			break
		} else if attempt == 2 {
			t.Fatalf("still no other connection: %v", err)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestTransport(t *testing.T) {
	transport := newTransport(pingAfter, pingTimeout).(*http.Transport)
	if transport.Proxy == nil || transport.TLSClientConfig.MinVersion != tls.VersionTLS12 || !transport.ForceAttemptHTTP2 {
		t.Error("there are no proxies of the environment, old versions of TLS, or no HTTP/2")
	}
	if a, b := NewClient(&API{}), NewClient(&API{}); a.config.HTTPClient != b.config.HTTPClient {
		t.Error("two clients have connections of their own")
	}
	own := &http.Client{}
	if c := NewClient(&API{}, func(c *Config) error { return c.SetHTTPClient(own) }); c.config.HTTPClient == shared() {
		t.Error("the caller's client does not win")
	}

	// What the program put in place of the default is the default, such as a mock.
	usual := http.DefaultTransport
	defer func() { http.DefaultTransport = usual }()
	mock := http.NewFileTransport(http.Dir("."))
	http.DefaultTransport = mock
	if got := newTransport(pingAfter, pingTimeout); got != mock {
		t.Errorf("%T takes the place of the program's own", got)
	}
}

// A thousand calls, fifty at a time, need no more connections than are under way, and those that are dialed meanwhile.
func TestConnectionsAreKept(t *testing.T) {
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { time.Sleep(time.Millisecond) }))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	transport := newTransport(pingAfter, pingTimeout).(*http.Transport)
	defer transport.CloseIdleConnections()
	client := http.Client{Transport: transport}
	var calls sync.WaitGroup
	for range 50 {
		calls.Go(func() {
			for range 20 {
				resp, err := client.Get(server.URL)
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
			}
		})
	}
	calls.Wait()
	if n := opened.Load(); n > 110 {
		t.Errorf("%d connections were opened", n)
	}
}
