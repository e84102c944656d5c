package api_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// A wire is a server at the other end of a pipe. It reads requests, counts
// them, and answers each with the next of its faults, and well after the last.
type wire struct {
	faults []fault
	served atomic.Int32 // requests that were read to their end
	dialed atomic.Int32
}

// A fault is what a server does in place of an answer. It closes the connection
// afterwards.
type fault func(c net.Conn)

const well = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 36\r\n\r\n" + `{"success":true,"result":{"id":"s"}}`

// dial makes a connection whose client sees a reset where the server closes it.
func (w *wire) dial(context.Context, string, string) (net.Conn, error) {
	w.dialed.Add(1)
	client, server := net.Pipe()
	go w.serve(server)
	return resetting{client}, nil
}

func (w *wire) serve(c net.Conn) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return
		}
		if n := int(w.served.Add(1)); n <= len(w.faults) {
			w.faults[n-1](c)
			return
		}
		if _, err := io.WriteString(c, well); err != nil {
			return
		}
	}
}

// resetting is a connection that ends with a reset.
type resetting struct{ net.Conn }

func (c resetting) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err == io.EOF {
		err = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return n, err
}

// says answers with a text, and then closes the connection.
func says(text string) fault { return func(c net.Conn) { io.WriteString(c, text) } }

// hangs answers with a text and then does nothing, until the client is gone.
func hangs(text string) fault {
	return func(c net.Conn) {
		io.WriteString(c, text)
		io.Copy(io.Discard, c)
	}
}

// drips answers with a text, a byte a second.
func drips(text string) fault {
	return func(c net.Conn) {
		for i := range len(text) {
			time.Sleep(time.Second)
			if _, err := io.WriteString(c, text[i:i+1]); err != nil {
				return
			}
		}
	}
}

func TestFaults(t *testing.T) {
	log.SetOutput(io.Discard) // net/http's, about what follows a body
	defer log.SetOutput(os.Stderr)
	head := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 36\r\n"
	for _, tt := range []struct {
		name     string
		fault    fault
		attempts int   // of a GET that is answered well the second time
		kind     error // of the error of one attempt; nil is none
		text     string
	}{
		{"reset before the headers", says(""), 2, apierror.ErrConnection, "connection reset"},
		{"reset in the status line", says("HTTP/1."), 2, apierror.ErrConnection, "malformed HTTP"},
		{"reset in the headers", says(head[:40]), 2, apierror.ErrConnection, "connection reset"},
		{"reset after the headers", says(head + "\r\n"), 2, apierror.ErrConnection, "connection reset"},
		{"reset in the body", says(well[:len(well)-9]), 2, apierror.ErrConnection, "connection reset"},
		{"a body that ends too early", says(strings.Replace(well, "Content-Length: 36", "Content-Length: 99", 1)), 2, apierror.ErrConnection, "connection reset"},
		{"a chunk that ends too early", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n24\r\n{\"success\""), 2, apierror.ErrConnection, "connection reset"},
		{"a length that is too short", says(strings.Replace(well, "Content-Length: 36", "Content-Length: 20", 1)), 1, new(apierror.DecodeError), "broken JSON after 20 bytes"},
		{"a length that is none", says(strings.Replace(well, "36", "x", 1)), 2, apierror.ErrConnection, "bad Content-Length"},
		{"two lengths", says(strings.Replace(well, "Content-Length: 36", "Content-Length: 36\r\nContent-Length: 3", 1)), 2, apierror.ErrConnection, "Content-Length"},
		{"garbage", says("\x00\xff\x01 garbage \r\n\r\n"), 2, apierror.ErrConnection, "malformed HTTP"},
		{"garbage in the headers", says("HTTP/1.1 200 OK\r\n\x00: \x01\r\n\r\n"), 2, apierror.ErrConnection, "malformed MIME header"},
		{"garbage for a body", says("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\x00\x01\x02\x03"), 1, new(apierror.DecodeError), "broken JSON after 0 bytes"},
		{"HTML for a body", says("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"), 1, new(apierror.DecodeError), "text/html"},
		{"a chunk of garbage", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), 2, apierror.ErrConnection, "invalid byte in chunk length"},
		{"another protocol", says("SSH-2.0-OpenSSH_9.6\r\n"), 2, apierror.ErrConnection, "malformed HTTP"},
		{"no answer", hangs(""), 2, apierror.ErrTimeout, "no complete response in 10s"},
		{"half of the headers", hangs(head), 2, apierror.ErrTimeout, "no complete response in 10s"},
		{"half of the body", hangs(well[:len(well)-9]), 2, apierror.ErrTimeout, "no complete response in 10s"},
		{"slow headers", drips(well), 2, apierror.ErrTimeout, "no complete response in 10s"},
		{"a slow body", func(c net.Conn) { says(head + "\r\n")(c); drips("{}" + strings.Repeat(" ", 34))(c) }, 2, apierror.ErrTimeout, "no complete response in 10s"},
		{"endless 1xx", func(c net.Conn) {
			for {
				if _, err := io.WriteString(c, "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"); err != nil {
					return
				}
			}
		}, 2, apierror.ErrConnection, "headers exceeded"},

		{"1xx before the answer", says("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + well), 1, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				quiet(t)
				w := &wire{faults: []fault{tt.fault}}
				transport := &http.Transport{DialContext: w.dial, MaxResponseHeaderBytes: 64 << 10}
				client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL("http://wire.test"), option.WithTimeout(10*time.Second),
					option.WithHTTPClient(&http.Client{Transport: transport}))

				_, err := getStore(t.Context(), client, "s", option.WithMaxRetries(0))
				is := errors.Is(err, tt.kind)
				if _, decode := tt.kind.(*apierror.DecodeError); decode {
					_, is = errors.AsType[*apierror.DecodeError](err)
				}
				if !is || err != nil && !strings.Contains(err.Error(), tt.text) {
					t.Errorf("err = %v, want %v and %q", err, tt.kind, tt.text)
				}

				w.served.Store(0)
				store, err := getStore(t.Context(), client, "s")
				if n := int(w.served.Load()); n != tt.attempts || (err == nil) != (tt.attempts == 2 || tt.kind == nil) || err == nil && store.ID != "s" {
					t.Errorf("GET: %d attempts, %v", n, err)
				}

				// Whether the server did the work is not known: a POST is not sent
				// again, unless it has a key.
				w.served.Store(0)
				_, err = createStore(t.Context(), client, account, nil)
				if n := w.served.Load(); n != 1 || (err == nil) != (tt.kind == nil) {
					t.Errorf("POST: %d attempts, %v", n, err)
				}
				w.served.Store(0)
				_, err = createStore(t.Context(), client, account, nil, option.WithIdempotencyKey("k"))
				if n := int(w.served.Load()); n != tt.attempts || (err == nil) != (tt.attempts == 2 || tt.kind == nil) {
					t.Errorf("POST with a key: %d attempts, %v", n, err)
				}
				transport.CloseIdleConnections()
				time.Sleep(time.Minute) // until the servers have noticed
			})
		})
	}
}

// What never reached a server is sent again, whatever it is.
func TestDialFaults(t *testing.T) {
	for _, fail := range []error{
		&net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED},
		&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", IsNotFound: true}},
		&net.OpError{Op: "proxyconnect", Net: "tcp", Err: errors.New("proxy")},
	} {
		synctest.Test(t, func(t *testing.T) {
			quiet(t)
			w := new(wire)
			dials := 0
			transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				if dials++; dials < 3 {
					return nil, fail
				}
				return w.dial(ctx, network, address)
			}}
			defer transport.CloseIdleConnections()
			client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL("http://wire.test"), option.WithHTTPClient(&http.Client{Transport: transport}))
			if _, err := createStore(t.Context(), client, account, nil); err != nil || dials != 3 || w.served.Load() != 1 {
				t.Errorf("%v: %v after %d dials and %d requests", fail, err, dials, w.served.Load())
			}
		})
	}
}

// A connection that hangs does not outlive the call.
func TestDialHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			time.Sleep(time.Hour) // net/http goes on dialing for the next request
			return nil, errors.New("nobody there")
		}}
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(&http.Client{Transport: transport}), option.WithMaxRetries(1), option.WithRetryDelay(0, 0))
		start := time.Now()
		_, err := getStore(t.Context(), client, "s")
		if took := time.Since(start); !errors.Is(err, apierror.ErrTimeout) || took != 2*api.DefaultTimeout {
			t.Errorf("%v after %v", err, took)
		}
		time.Sleep(time.Hour)
	})
}

// A server that sends GOAWAY, or resets a stream, of HTTP/2.
func TestHTTP2(t *testing.T) {
	quiet(t)
	var served, closing atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		switch n := served.Add(1); {
		case r.ProtoMajor != 2:
			t.Errorf("the protocol is %s", r.Proto)
		case r.Header.Get("X-Fault") == "reset" && n%2 == 1:
			panic(http.ErrAbortHandler)
		case r.Header.Get("X-Fault") == "cut" && n%2 == 1:
			fmt.Fprint(w, `{"success":true,`)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		case r.Header.Get("X-Fault") == "goaway":
			w.Header().Set("Connection", "close") // GOAWAY after this answer
			closing.Add(1)
		}
		fmt.Fprint(w, `{"success":true,"result":{"id":"s"}}`)
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = nil
	server.StartTLS()
	defer server.Close()
	pool := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL), option.WithHTTPClient(&http.Client{Transport: transport}), option.WithRetryDelay(0, 0))
	for _, tt := range []struct {
		fault    string
		post     bool
		attempts int32
		fails    bool
	}{
		{"goaway", false, 1, false},
		{"goaway", true, 1, false},
		{"reset", false, 2, false},
		{"reset", true, 1, true},
		{"cut", false, 2, false},
		{"cut", true, 1, true},
	} {
		for range 5 {
			served.Store(0)
			var err error
			if tt.post {
				_, err = createStore(t.Context(), client, account, nil, option.WithHeader("X-Fault", tt.fault))
			} else {
				_, err = getStore(t.Context(), client, "s", option.WithHeader("X-Fault", tt.fault))
			}
			if (err != nil) != tt.fails || served.Load() != tt.attempts || err != nil && !errors.Is(err, apierror.ErrConnection) {
				t.Errorf("%s, POST %t: %d requests, %v", tt.fault, tt.post, served.Load(), err)
			}
		}
	}
	if closing.Load() != 10 {
		t.Errorf("%d answers with GOAWAY", closing.Load())
	}
}
