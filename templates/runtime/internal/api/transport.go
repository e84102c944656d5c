package api

import (
	"crypto/tls"
	"net/http"
	"sync"
	"time"
)

// The limits of the transport that clients share.
const (
	idlePerHost = 100              // connections that wait for the next request
	pingAfter   = 15 * time.Second // of silence on an HTTP/2 connection
	pingTimeout = 15 * time.Second // until a connection that does not answer is closed
	writeStall  = 30 * time.Second // until a connection that takes nothing is closed
)

// shared is what clients send with that are given no other: they use each
// other's connections.
var shared = sync.OnceValue(func() Doer { return guarded(&http.Client{Transport: newTransport(pingAfter, pingTimeout)}) })

// newTransport returns a transport for a client that works for long. It starts
// from [http.DefaultTransport], with its proxies and whatever the program has
// set there; if the program has put something else in its place, it is that.
//
// A connection of HTTP/2 that is dead without a word, behind a router that has
// forgotten it, would take every request until TCP gives up, a quarter of an
// hour later: so it is asked for a sign of life.
func newTransport(ping, timeout time.Duration) http.RoundTripper {
	usual, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t := usual.Clone()
	if t.MaxIdleConnsPerHost == 0 {
		t.MaxIdleConnsPerHost = idlePerHost
	}
	if t.MaxIdleConns > 0 {
		t.MaxIdleConns = max(t.MaxIdleConns, 2*idlePerHost)
	}
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = new(tls.Config)
	}
	t.TLSClientConfig.MinVersion = max(t.TLSClientConfig.MinVersion, tls.VersionTLS12)
	if t.HTTP2 == nil {
		t.HTTP2 = &http.HTTP2Config{SendPingTimeout: ping, PingTimeout: timeout, WriteByteTimeout: writeStall}
	}
	return t
}
