package api_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// slow is a reader of n bytes that takes a time for each.
type slow struct {
	n    int
	each time.Duration
}

func (s *slow) Read(p []byte) (int, error) {
	if s.n--; s.n < 0 {
		return 0, io.EOF
	}
	time.Sleep(s.each)
	p[0] = 'x'
	return 1, nil
}

// The limit of an attempt is for each part of a body that is read on its way,
// and then for the response. What the caller's reader takes does not count.
func TestUploadTimeout(t *testing.T) {
	for _, tt := range []struct {
		name   string
		source time.Duration // for each of ten bytes
		wire   time.Duration // for each of them
		answer time.Duration // after the last
		want   time.Duration // when the call ends
		fails  bool
	}{
		{"quick", 0, 0, 0, 0, false},
		{"a reader that takes its time", time.Hour, 0, 0, 10 * time.Hour, false},
		{"a connection that is slow", 0, 50 * time.Second, 0, 500 * time.Second, false},
		{"one that hangs", 0, 2 * time.Minute, 0, time.Minute, true},
		{"a slow answer", time.Second, 0, 50 * time.Second, time.Minute, false},
		{"none", time.Second, 0, 2 * time.Minute, 10*time.Second + time.Minute, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				quiet(t)
				open := newBodies(t)
				wait := func(req *http.Request, d time.Duration) error {
					select {
					case <-time.After(d):
						return nil
					case <-req.Context().Done():
						return req.Context().Err()
					}
				}
				client := api.NewClient(&cloud, withAPIToken("t"), option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
					defer req.Body.Close()
					for {
						if _, err := req.Body.Read(make([]byte, 1)); err == io.EOF {
							break
						} else if err != nil {
							return nil, err
						}
						if err := wait(req, tt.wire); err != nil {
							return nil, err
						}
					}
					if err := wait(req, tt.answer); err != nil {
						return nil, err
					}
					return open.respond(req, 200, "{}"), nil
				})))
				start := time.Now()
				req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.Stream("text/plain", &slow{10, tt.source})}
				err := client.Do(t.Context(), &req, nil, nil)
				if took := time.Since(start); took != tt.want || errors.Is(err, apierror.ErrTimeout) != tt.fails || (err != nil) != tt.fails {
					t.Errorf("%v after %v", err, took)
				}
			})
		})
	}
}

// Over a connection a body that is sent while the response is read does not end
// it.
func TestUploadBesideAStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quiet(t)
		open := newBodies(t)
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			resp := open.respond(req, 200, "")
			resp.Body.(*counted).Reader = readerFunc(func(p []byte) (int, error) {
				n, err := req.Body.Read(p) // an echo
				if err == io.EOF {
					time.Sleep(5 * time.Minute)
				}
				return n, errors.Join(err, req.Context().Err())
			})
			return resp, nil
		})))
		var out io.ReadCloser
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.Stream("text/plain", &slow{3, time.Minute})}
		if err := client.Do(t.Context(), &req, &out, nil); err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		buf := make([]byte, 8)
		for {
			n, err := out.Read(buf)
			got.Write(buf[:n])
			if err != nil {
				if err.Error() != "EOF" && !strings.HasSuffix(err.Error(), ": EOF") {
					t.Error(err)
				}
				break
			}
		}
		out.Close()
		if got.String() != "xxx" {
			t.Errorf("got %q", got.String())
		}
	})
}
