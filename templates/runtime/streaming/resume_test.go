package streaming_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/streaming"
)

// A download that breaks off again and again comes whole, if the server can say
// that it is still the same; and never from two versions.
func TestResume(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 64<<10)
	type version struct {
		etag     string
		modified time.Time
	}
	for _, tt := range []struct {
		name     string
		versions []version // of the content, one for each request; the last stays
		cut      int       // requests that break off
		opts     []option.RequestOption
		whole    bool
		requests int32
		offset   int64
	}{
		{"with an ETag", []version{{etag: `"1"`}}, 3, nil, true, 4, 0},
		{"with a date", []version{{modified: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)}}, 3, nil, true, 4, 0},
		{"with nothing to rely on", []version{{}}, 1, nil, false, 1, 0},
		{"with a weak ETag", []version{{etag: `W/"1"`}}, 1, nil, false, 1, 0},
		{"of a content that changed", []version{{etag: `"1"`}, {etag: `"2"`}}, 1, nil, false, 2, 0},
		{"that may not be asked for again", []version{{etag: `"1"`}}, 1, []option.RequestOption{option.WithMaxRetries(0)}, false, 1, 0},
		{"of the rest", []version{{etag: `"1"`}}, 2, []option.RequestOption{option.WithRange(1000, `"1"`)}, true, 3, 1000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var requests atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				n := int(requests.Add(1))
				v := tt.versions[min(n, len(tt.versions))-1]
				if v.etag != "" {
					w.Header().Set("ETag", v.etag)
				}
				var out http.ResponseWriter = w
				if n <= tt.cut {
					out = &cutter{ResponseWriter: w, left: 100 << 10}
				}
				http.ServeContent(out, r, "", v.modified, bytes.NewReader(content))
			}))
			defer server.Close()
			var done, total int64
			client := api.NewClient(&api.API{BaseURL: server.URL}, append(tt.opts, option.WithRetryDelay(0, time.Millisecond), option.WithDownloadProgress(func(d, n int64) { done, total = d, n }))...)
			d, err := streaming.Open(t.Context(), client, &api.Request{Operation: "Files.Get", Method: "GET", Path: "/f"}, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			got, err := io.ReadAll(d)
			want := content[d.Offset:]
			if tt.whole && (err != nil || !bytes.Equal(got, want) || done != int64(len(want)) || total != done) {
				t.Errorf("%d of %d bytes, progress %d of %d: %v", len(got), len(want), done, total, err)
			}
			if !tt.whole && (err == nil || !bytes.HasPrefix(want, got)) {
				t.Errorf("%d bytes and %v", len(got), err)
			}
			if n := requests.Load(); n != tt.requests {
				t.Errorf("%d requests, want %d", n, tt.requests)
			}
			if d.Offset != tt.offset {
				t.Errorf("offset %d", d.Offset)
			}
		})
	}
}

// cutter breaks the connection off.
type cutter struct {
	http.ResponseWriter
	left int
}

func (c *cutter) Write(p []byte) (int, error) {
	if c.left -= len(p); c.left < 0 {
		http.NewResponseController(c.ResponseWriter).Flush()
		panic(http.ErrAbortHandler)
	}
	return c.ResponseWriter.Write(p)
}
