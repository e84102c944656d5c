// Package streams_test calls a client that streams over HTTP. It is run in a
// module of its own, beside the client that gen has just made there.
package streams_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	streams "github.com/openapi-lathe/lathe/internal/testkit/mockapi/streams/sdk"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/streams/sdk/completions"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/streams/sdk/files"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/streams/sdk/option"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/streams/sdk/param"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/streams/sdk/rows"
)

// A request is what the server got.
type request struct {
	*http.Request
	body string
}

// start serves with answer, after the body was read, and returns a client and
// what came.
func start(t *testing.T, answer http.HandlerFunc, opts ...option.RequestOption) (*streams.Client, *[]request) {
	t.Helper()
	t.Setenv("STREAMS_TOKEN", "t0k3n")
	t.Setenv("STREAMS_BASE_URL", "")
	var mu sync.Mutex
	got := new([]request)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			body = append(body, "!"+err.Error()...)
		}
		mu.Lock()
		*got = append(*got, request{r, string(body)})
		mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(ts.Close)
	return streams.NewClient(append([]option.RequestOption{option.WithBaseURL(ts.URL), option.WithMaxRetries(0)}, opts...)...), got
}

func send(w http.ResponseWriter, media string, parts ...string) {
	w.Header().Set("Content-Type", media)
	for _, part := range parts {
		io.WriteString(w, part)
		w.(http.Flusher).Flush()
	}
}

// One operation, two methods: they differ in Accept and in the member stream.
func TestPlainOrStreaming(t *testing.T) {
	client, got := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") == "text/event-stream" {
			send(w, "text/event-stream", "data: {\"delta\":\"a\"}\n", "\ndata: {\"delta\":", "\"b\"}\n\ndata: [DONE]\n\n")
			return
		}
		send(w, "application/json", `{"text":"ab"}`)
	})
	params := completions.CreateParams{Prompt: "p", Extra: map[string]jsontext.Value{"stream": jsontext.Value("1")}}
	if c, err := client.Completions.Create(t.Context(), completions.CreateParams{Prompt: "p"}); err != nil || c.Text != "ab" {
		t.Errorf("%v, %v", c, err)
	}
	var text string
	for chunk, err := range client.Completions.CreateStreaming(t.Context(), params) {
		if err != nil {
			t.Fatal(err)
		}
		text += chunk.Delta
	}
	if text != "ab" {
		t.Errorf("got %q", text)
	}
	for i, want := range []string{`application/json {"prompt":"p"}`, `text/event-stream {"prompt":"p","stream":true}`} {
		r := (*got)[i]
		if s := r.Header.Get("Accept") + " " + r.body; s != want || r.Header.Get("Authorization") != "Bearer t0k3n" {
			t.Errorf("got %s, want %s", s, want)
		}
	}
}

// A stream can fail before it begins and after, and either is an error of the
// API.
func TestFailures(t *testing.T) {
	answer := ""
	client, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		if answer == "" {
			w.WriteHeader(429)
			io.WriteString(w, `{"error":{"message":"slow down"}}`)
			return
		}
		send(w, "text/event-stream", answer)
	})
	for _, tt := range []struct {
		answer  string
		message string
		chunks  int
	}{
		{"", "slow down", 0},
		{"data: {\"delta\":\"a\"}\n\nevent: error\ndata: {\"message\":\"overloaded\"}\n\n", "overloaded", 1},
		{"data: {\"error\":{\"message\":\"no more t0k3n\"}}\n\n", "no more [redacted]", 0},
	} {
		answer = tt.answer
		chunks := 0
		var last error
		for _, err := range client.Completions.CreateStreaming(t.Context(), completions.CreateParams{}) {
			if last = err; err == nil {
				chunks++
			}
		}
		var apiErr *streams.Error
		if !errors.As(last, &apiErr) || apiErr.Message != tt.message || chunks != tt.chunks {
			t.Errorf("%q: %d chunks, %v", tt.answer, chunks, last)
		}
	}
}

// Events with their fields, and a stream that goes on where it broke off.
func TestEventsAndReconnect(t *testing.T) {
	n := 0
	client, got := start(t, func(w http.ResponseWriter, r *http.Request) {
		switch n++; n {
		case 1:
			send(w, "text/event-stream", "retry: 1\n\nevent: progress\nid: 1\ndata: {\"percent\":50}\n\nevent: note\nid: 2\ndata: 42\n\nevent: progress\nid: 3\n")
			panic(http.ErrAbortHandler)
		case 2:
			send(w, "text/event-stream", "event: progress\nid: 3\ndata: {\"percent\":100}\n\nevent: other\ndata: x\n\n")
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	})
	var seen []string
	for event, err := range client.Jobs.Watch(t.Context(), "j", option.WithReconnect(1)) {
		switch {
		case err != nil:
			t.Fatal(err)
		case event.Progress != nil:
			seen = append(seen, fmt.Sprint(event.Progress.ID.Or(""), " ", event.Progress.Data.Percent))
		case event.Note != nil:
			seen = append(seen, event.Note.Data)
		default:
			seen = append(seen, string(event.Raw))
		}
	}
	if want := []string{"1 50", "42", "3 100", `{"data":"x","event":"other"}`}; !slices.Equal(seen, want) {
		t.Errorf("got %q", seen)
	}
	var ids []string
	for _, r := range *got {
		ids = append(ids, r.Header.Get("Last-Event-ID"))
	}
	if !slices.Equal(ids, []string{"", "2", "3"}) {
		t.Errorf("went on after %q", ids)
	}
}

// Leaving the loop ends the request.
func TestBreak(t *testing.T) {
	over := make(chan struct{})
	client, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		send(w, "application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n")
		<-r.Context().Done()
		close(over)
	})
	for row, err := range client.Rows.Export(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if row.N == 2 {
			break
		}
	}
	<-over
}

// Values are sent as they are made, and a secret among them is sent and not
// shown.
func TestLinesAsBody(t *testing.T) {
	client, got := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "PUT" {
			w.WriteHeader(400)
			io.WriteString(w, `{"message":"planted is no key"}`)
			return
		}
		send(w, "application/json", `{"rows":2}`)
	})
	list := []rows.Row{{N: 1}, {N: 2}}
	for name, body := range map[string]param.Lines[rows.Row]{
		"a list":     param.LinesOf(list...),
		"a sequence": param.LinesSeq(slices.Values(list)),
		"a text":     param.LinesReader[rows.Row](strings.NewReader("{\"n\":1}\n{\"n\":2}\n")),
	} {
		*got = nil
		if out, err := client.Rows.Import(t.Context(), rows.ImportParams{Body: body}); err != nil || out.Rows != 2 {
			t.Errorf("%s: %v, %v", name, out, err)
		}
		if r := (*got)[0]; r.body != "{\"n\":1}\n{\"n\":2}\n" || r.Header.Get("Content-Type") != "application/x-ndjson" {
			t.Errorf("%s: %s %q", name, r.Header.Get("Content-Type"), r.body)
		}
	}
	*got = nil
	err := client.Rows.Update(t.Context(), rows.UpdateParams{Body: param.LinesOf(rows.Row{N: 1, Key: param.Some(param.Secret("planted"))})})
	if err == nil || strings.Contains(err.Error(), "planted") || !strings.Contains(err.Error(), "[redacted] is no key") {
		t.Error(err)
	}
	if body := (*got)[0].body; body != "\x1e{\"n\":1,\"key\":\"planted\"}\n" {
		t.Errorf("%q", body)
	}
}

// A sequence that fails makes the request fail, with its error, and is asked for
// nothing more.
func TestLinesThatFail(t *testing.T) {
	client, _ := start(t, func(w http.ResponseWriter, r *http.Request) { send(w, "application/json", `{"rows":0}`) }, option.WithMaxRetries(2))
	failed := errors.New("the file is damaged")
	asked := 0
	_, err := client.Rows.Import(t.Context(), rows.ImportParams{Body: param.LinesSeq2(func(yield func(rows.Row, error) bool) {
		for asked = 1; asked < 3; asked++ {
			if !yield(rows.Row{N: int64(asked)}, nil) {
				return
			}
		}
		if yield(rows.Row{}, failed) {
			asked++
		}
	})})
	if !errors.Is(err, failed) || asked != 3 {
		t.Errorf("%v after %d", err, asked)
	}
}

// A file is sent with its name and an exact length, and what is sent can be
// followed.
func TestUpload(t *testing.T) {
	client, got := start(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	name := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), 100_000), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for name, f := range map[string]param.File{
		"a file":             {Content: file},
		"a buffer":           {Content: bytes.NewBufferString(strings.Repeat("x", 100_000)), Name: "a.txt"},
		"a pipe of its size": {Content: io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000))), Name: "a.txt", Size: 100_000},
		"a pipe":             {Content: io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000))), Name: "a.txt"},
	} {
		*got = nil
		var done, total int64
		progress := option.WithUploadProgress(func(d, all int64) { done, total = d, all })
		if err := client.Files.Create(context.Background(), files.CreateParams{File: f, Purpose: param.Some("test")}, progress); err != nil {
			t.Fatal(err)
		}
		r := (*got)[0]
		length := int64(len(r.body))
		if name == "a pipe" {
			length = -1
		}
		if r.ContentLength != length || done != int64(len(r.body)) || total != length || !strings.Contains(r.body, `filename="a.txt"`) {
			t.Errorf("%s: %d bytes of %d, said %d of %d", name, len(r.body), r.ContentLength, done, total)
		}
	}
}

// A download says what the header has of it, and that it is shorter than it
// should be.
func TestDownload(t *testing.T) {
	content := bytes.Repeat([]byte("x"), 50_000)
	sum := md5.Sum(content)
	short := false
	client, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "image/png")
		h.Set("Content-Disposition", `attachment; filename="../a b.png"`)
		h.Set("Content-MD5", base64.StdEncoding.EncodeToString(sum[:]))
		h.Set("Content-Length", "50000")
		if short {
			w.Write(content[:10])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		w.Write(content)
	})
	var done int64
	d, err := client.Files.Get(t.Context(), "f", option.WithDownloadProgress(func(n, total int64) { done = n + total }))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(d)
	if err != nil || !bytes.Equal(data, content) || d.Close() != nil || done != 100_000 {
		t.Errorf("%d bytes, %v, %d", len(data), err, done)
	}
	if d.Size != 50_000 || d.ContentType != "image/png" || d.Filename != "a b.png" || !bytes.Equal(d.Checksum("md5"), sum[:]) || d.Checksum("sha-256") != nil {
		t.Errorf("%+v", d)
	}
	short = true
	if d, err = client.Files.Get(t.Context(), "f"); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if data, err := io.ReadAll(d); !errors.Is(err, io.ErrUnexpectedEOF) || len(data) != 10 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
