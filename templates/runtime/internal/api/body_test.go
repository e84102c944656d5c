package api_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// A small request is one write to the connection, as it is with net/http alone.
func TestOneWrite(t *testing.T) {
	quiet(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	var writes atomic.Int64
	transport := &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, addr)
		return countingConn{conn, &writes}, err
	}}
	defer transport.CloseIdleConnections()
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL), option.WithHTTPClient(&http.Client{Transport: transport}))
	for i := range 3 {
		req := api.Request{Operation: "A", Method: http.MethodPost, Path: "/a", Body: api.JSON(map[string]string{"name": "n"})}
		if err := client.Do(t.Context(), &req, nil, nil); err != nil {
			t.Fatal(err)
		}
		if got := writes.Load(); got != int64(i+1) {
			t.Fatalf("%d writes for %d requests", got, i+1)
		}
	}
}

type countingConn struct {
	net.Conn
	writes *atomic.Int64
}

func (c countingConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}
