package streaming_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/streaming"
)

var acme = api.API{Name: "acme", BaseURL: "https://api.example.com"}

// chunk is the value of a stream.
type chunk struct {
	N     int64                     `json:"n"`
	Extra map[string]jsontext.Value `json:",embed"`
}

// watch is a generated method of GET /watch.
func watch[T any](ctx context.Context, client *api.Client, f streaming.Format, opts ...option.RequestOption) func(func(T, error) bool) {
	return watchWith[T](ctx, client, "GET", f, opts...)
}

func watchWith[T any](ctx context.Context, client *api.Client, method string, f streaming.Format, opts ...option.RequestOption) func(func(T, error) bool) {
	accept := [...]string{streaming.Events: "text/event-stream", streaming.Lines: "application/jsonl", streaming.Sequence: "application/json-seq"}[f.Framing]
	req := api.Request{Operation: "Jobs.Watch", Method: method, Path: "/watch", Accept: accept}
	return streaming.Items[T](ctx, client, &req, f, opts)
}

// collect is what a loop sees: each value and the error, as text.
func collect[T any](seq func(func(T, error) bool)) string {
	var got []string
	for v, err := range seq {
		if err != nil {
			got = append(got, "error: "+err.Error())
			continue
		}
		text, err := json.Marshal(v)
		if err != nil {
			return err.Error()
		}
		got = append(got, string(text))
	}
	return strings.Join(got, "|")
}

// A server answers with one script after another and remembers what came.
type server struct {
	mu     sync.Mutex
	open   int // bodies
	seen   []*http.Request
	at     []time.Duration
	start  time.Time
	answer []answer
}

// answer is a response: what its body reads, piece by piece.
type answer struct {
	status int // 0 is 200
	media  string
	header http.Header
	body   string
	err    error         // of the body, after its text
	pause  time.Duration // before its end
	hang   bool          // in place of its end
	refuse error         // in place of all
}

func script(t *testing.T, answers ...answer) (*server, *api.Client) {
	s := &server{answer: answers, start: time.Now()}
	t.Cleanup(func() {
		if s.open != 0 {
			t.Errorf("%d bodies were left open", s.open)
		}
		if len(s.seen) != len(s.answer) {
			t.Errorf("%d requests came, not %d", len(s.seen), len(s.answer))
		}
	})
	return s, api.NewClient(&acme, option.WithHTTPClient(s), option.WithMaxRetries(0))
}

func (s *server) Do(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, req)
	s.at = append(s.at, time.Since(s.start))
	if len(s.seen) > len(s.answer) {
		return nil, errors.New("one request too many")
	}
	a := s.answer[len(s.seen)-1]
	if a.refuse != nil {
		return nil, a.refuse
	}
	if a.status == 0 {
		a.status = 200
	}
	if a.media == "" {
		a.media = "text/event-stream"
	}
	h := http.Header{"Content-Type": {a.media}}
	for name, values := range a.header {
		h[name] = values
	}
	s.open++
	return &http.Response{StatusCode: a.status, Header: h, ContentLength: -1, Request: req,
		Body: &body{Reader: strings.NewReader(a.body), answer: a, ctx: req.Context(), server: s}}, nil
}

// body is the body of an answer. Its Read does not end when the body is closed,
// but when the request does.
type body struct {
	io.Reader
	answer
	ctx    context.Context
	server *server
	closed bool
}

func (b *body) Read(p []byte) (int, error) {
	if n, _ := b.Reader.Read(p); n > 0 {
		return n, nil
	}
	pause := time.After(b.pause)
	if b.hang {
		pause = nil
	}
	select {
	case <-b.ctx.Done():
		return 0, b.ctx.Err()
	case <-pause:
	}
	if b.err != nil {
		return 0, b.err
	}
	return 0, io.EOF
}

func (b *body) Close() error {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	if !b.closed {
		b.closed = true
		b.server.open--
	}
	return nil
}

func TestItems(t *testing.T) {
	for _, tt := range []struct {
		name   string
		format streaming.Format
		answer answer
		want   string
	}{
		{"events", streaming.Format{}, answer{body: "data: {\"n\":1}\n\n: keep alive\n\ndata: {\"n\":\ndata: 2}\n\n"}, `{"n":1}|{"n":2}`},
		{"a mark at the end", streaming.Format{End: "[DONE]"}, answer{body: "data: {\"n\":1}\n\ndata: [DONE]\n\ndata: {\"n\":2}\n\n"}, `{"n":1}`},
		{"which nobody described", streaming.Format{}, answer{body: "data: {\"n\":1}\n\ndata: [DONE]\n\ndata: {\"n\":2}\n\n"}, `{"n":1}`},
		{"a described end that does not come", streaming.Format{End: "stop"}, answer{body: "data: {\"n\":1}\n\n"},
			`{"n":1}|error: Jobs.Watch: the stream ended without the event stop: unexpected EOF`},
		{"half an event", streaming.Format{}, answer{body: "data: {\"n\":1}\n\ndata: {\"n\""},
			`{"n":1}|error: Jobs.Watch: the stream ended in the middle of an event: unexpected EOF`},
		{"an event without its break", streaming.Format{}, answer{body: "data: {\"n\":1}\n\ndata: {\"n\":2}\n"},
			`{"n":1}|error: Jobs.Watch: the stream ended in the middle of an event: unexpected EOF`},
		{"nothing at all", streaming.Format{}, answer{}, `error: Jobs.Watch: the response is no stream: there is nothing in it: unexpected EOF`},
		{"nothing but signs of life", streaming.Format{}, answer{body: ": ping\n\n: ping\n\n"}, ""},
		{"nothing of a stream", streaming.Format{}, answer{media: "text/plain", body: "upstream is gone\n"}, `error: Jobs.Watch: the response is no stream: there is nothing in it: unexpected EOF`},
		{"a page", streaming.Format{}, answer{media: "text/html; charset=utf-8", body: "<html><title>Sign in</title></html>"}, `error: Jobs.Watch: GET /watch: 200 OK, but it is text/html and no stream: "Sign in"`},
		{"a page for lines", streaming.Format{Framing: streaming.Lines}, answer{media: "text/html", body: "<html><title>Sign in</title></html>"}, `error: Jobs.Watch: GET /watch: 200 OK, but it is text/html and no stream: "Sign in"`},
		{"no lines", streaming.Format{Framing: streaming.Lines}, answer{media: "application/x-ndjson"}, ""},
		{"no lines of anything", streaming.Format{Framing: streaming.Lines}, answer{media: "text/plain"}, `error: Jobs.Watch: the response is no stream: there is nothing in it: unexpected EOF`},
		{"empty data", streaming.Format{}, answer{body: "data:\n\ndata: {\"n\":1}\n\nevent: ping\ndata: \n\n"}, `{"n":1}`},
		{"numbers in quotes", streaming.Format{}, answer{body: "data: {\"n\":\"1\"}\n\n"}, `{"n":1}`},
		{"what is no chunk", streaming.Format{}, answer{body: "data: {\"n\":true}\n\n"},
			`error: Jobs.Watch: GET /watch: 200 OK, but the response cannot be read: at "/n": JSON true into Go int64`},
		{"an error by name", streaming.Format{}, answer{body: "data: {\"n\":1}\n\nevent: error\ndata: {\"message\":\"overloaded\",\"code\":\"o\"}\n\n"},
			`{"n":1}|error: Jobs.Watch: GET /watch: 200 OK, but the stream has the event error: overloaded (code o)`},
		{"an error by member", streaming.Format{}, answer{body: "data: {\"error\":{\"message\":\"overloaded\"}}\n\ndata: {\"n\":1}\n\n"},
			`error: Jobs.Watch: GET /watch: 200 OK, but the stream says so: overloaded`},
		{"no error", streaming.Format{}, answer{body: "data: {\"n\":1,\"error\":null}\n\n"}, `{"n":1,"error":null}`},
		{"JSON in place of a stream", streaming.Format{}, answer{media: "application/json; charset=utf-8", body: `{"message":"no streams here"}`},
			`error: Jobs.Watch: GET /watch: 200 OK, but it is JSON and no stream of events: no streams here`},
		{"no content", streaming.Format{}, answer{status: 204}, ""},
		{"a status", streaming.Format{}, answer{status: 400, media: "application/json", body: `{"message":"bad"}`}, `error: Jobs.Watch: GET /watch: 400 Bad Request: bad`},
		{"a stream that breaks off", streaming.Format{}, answer{body: "data: {\"n\":1}\n\ndata: {\"n\":2}\n", err: errors.New("reset")}, `{"n":1}|error: Jobs.Watch: GET /watch: reset`},
		{"lines", streaming.Format{Framing: streaming.Lines}, answer{media: "application/json", body: "{\"n\":1}\n\n{\"n\":2}"}, `{"n":1}|{"n":2}`},
		{"a line that is cut off", streaming.Format{Framing: streaming.Lines}, answer{body: "{\"n\":1}\n{\"n\""},
			`{"n":1}|error: Jobs.Watch: GET /watch: 200 OK, but the response cannot be read: broken JSON after 4 bytes`},
		{"an error on a line", streaming.Format{Framing: streaming.Lines}, answer{body: "{\"n\":1}\n{\"error\":\"full\"}\n"},
			`{"n":1}|error: Jobs.Watch: GET /watch: 200 OK, but the stream says so: full`},
		{"a sequence", streaming.Format{Framing: streaming.Sequence}, answer{body: "\x1e{\"n\":1}\n\x1e{\"n\":2}\n"}, `{"n":1}|{"n":2}`},
		{"a sequence that is cut off", streaming.Format{Framing: streaming.Sequence}, answer{body: "\x1e{\"n\":1}\n\x1e{\"n\""},
			`{"n":1}|error: Jobs.Watch: the stream ended in the middle of a value: unexpected EOF`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, client := script(t, tt.answer)
			got := collect(watch[chunk](t.Context(), client, tt.format))
			if got != tt.want {
				t.Errorf("got\n\t%s\nwant\n\t%s", got, tt.want)
			}
		})
	}
}

// What an API describes as an event, with its fields, is one.
func TestWholeEvents(t *testing.T) {
	type whole struct {
		Event string         `json:"event"`
		ID    string         `json:"id,omitzero"`
		Retry int            `json:"retry,omitzero"`
		Data  jsontext.Value `json:"data"`
	}
	const stream = "event: add\nid: 1\nretry: 5\ndata: {\"a\":\ndata: 1}\n\nevent: note\ndata: 12\n\ndata: no JSON\n\nevent: error\ndata: \"e\"\n\n"
	for _, tt := range []struct {
		name   string
		stream string
		format streaming.Format
		want   string
	}{
		{"JSON", stream, streaming.Format{Whole: true, Typed: true},
			"{\"event\":\"add\",\"id\":\"1\",\"retry\":5,\"data\":{\"a\":1}}|{\"event\":\"note\",\"data\":12}|" +
				"{\"event\":\"\",\"data\":\"no JSON\"}|{\"event\":\"error\",\"data\":\"e\"}"},
		{"an event in an event", "data: {\"event\":\"add\",\"data\":1}\n\ndata: {\"event\":1}\n\n", streaming.Format{Whole: true}, "{\"event\":\"add\",\"data\":1}|{\"event\":\"\",\"data\":{\"event\":1}}"},
		{"text, but one", stream, streaming.Format{Whole: true, Text: true, Mixed: []string{"add"}},
			"{\"event\":\"add\",\"id\":\"1\",\"retry\":5,\"data\":{\"a\":1}}|{\"event\":\"note\",\"data\":\"12\"}|" +
				"{\"event\":\"\",\"data\":\"no JSON\"}|error: Jobs.Watch: GET /watch: 200 OK, but the stream has the event error: e"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, client := script(t, answer{body: tt.stream})
			if got := collect(watch[whole](t.Context(), client, tt.format)); got != tt.want {
				t.Errorf("got\n\t%s\nwant\n\t%s", got, tt.want)
			}
		})
	}
}

// An event whose data the API does not describe is handed over as it is, and any
// event can be seen.
func TestEventsAsTheyAre(t *testing.T) {
	const stream = "id: 7\nevent: tick\ndata: a\ndata: b\n\nevent: error\ndata: no\n\n"
	want := []option.StreamEvent{{Type: "tick", ID: "7", Data: "a\nb"}, {Type: "error", ID: "7", Data: "no"}}
	_, client := script(t, answer{body: stream}, answer{body: stream})
	var got, seen []option.StreamEvent
	for e, err := range watch[streaming.Event](t.Context(), client, streaming.Format{Typed: true}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, option.StreamEvent(e))
	}
	for _, err := range watch[string](t.Context(), client, streaming.Format{Text: true, Typed: true}, option.WithStreamEvent(func(e option.StreamEvent) { seen = append(seen, e) })) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(got, want) || !slices.Equal(seen, want) {
		t.Errorf("got  %v\nseen %v", got, seen)
	}
}

// Each loop sends the request, and leaving it closes the connection.
func TestLoops(t *testing.T) {
	a := answer{body: "data: {\"n\":1}\n\ndata: {\"n\":2}\n\n", hang: true}
	s, client := script(t, a, a)
	seq := watch[chunk](t.Context(), client, streaming.Format{})
	if len(s.seen) != 0 {
		t.Error("a request was sent before the loop")
	}
	for range 2 {
		for c, err := range seq {
			if err != nil || c.N > 2 {
				t.Errorf("%v, %v", c, err)
			}
			if c.N == 2 {
				break
			}
		}
		if s.open != 0 {
			t.Error("the connection is open after the loop")
		}
	}
	if accept := s.seen[0].Header.Get("Accept"); accept != "text/event-stream" {
		t.Errorf("Accept is %s", accept)
	}
}

func TestStreamEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, client := script(t, answer{body: "data: {\"n\":1}\n\n", hang: true})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		var last error
		for _, err := range watch[chunk](ctx, client, streaming.Format{}, option.WithReconnect(3)) {
			last = err
		}
		if !errors.Is(last, context.DeadlineExceeded) || time.Since(start) != time.Minute {
			t.Errorf("%v after %v", last, time.Since(start))
		}
	})
}

// A server that says nothing is given up after the idle timeout, and only then:
// the time between events does not count together.
func TestIdleTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, client := script(t, answer{body: "data: {\"n\":1}\n\n", hang: true})
		start := time.Now()
		var last error
		for _, err := range watch[chunk](t.Context(), client, streaming.Format{}, option.WithIdleTimeout(time.Minute)) {
			time.Sleep(time.Hour) // what the caller does takes no time of the server's
			last = err
		}
		if !errors.Is(last, apierror.ErrTimeout) || time.Since(start) != 2*time.Hour+time.Minute {
			t.Errorf("%v after %v", last, time.Since(start))
		}
		if want := "Jobs.Watch: GET /watch: nothing was received for 1m0s"; last.Error() != want {
			t.Errorf("got %q, want %q", last, want)
		}
	})
}

func TestReconnect(t *testing.T) {
	one := func(n, id int) string { return fmt.Sprintf("id: %d\ndata: {\"n\":%d}\n\n", id, n) }
	for _, tt := range []struct {
		name    string
		method  string
		most    int
		answers []answer
		want    string
		ids     string // Last-Event-ID of each request
		at      string // when each was sent
	}{
		{"goes on after the last event", "GET", 1, []answer{{body: one(1, 10) + one(2, 11)}, {body: one(3, 12), err: errors.New("reset")}, {status: 204}},
			"1 2 3", "|11|12", "[0s 3s 6s]"},
		{"waits as the server says", "GET", 1, []answer{{body: "retry: 250\n\n" + one(1, 10)}, {body: one(2, 11)}, {status: 204}}, "1 2", "|10|11", "[0s 250ms 500ms]"},
		{"but no longer than a minute", "GET", 1, []answer{{body: "retry: 31536000000\n\n" + one(1, 10)}, {status: 204}}, "1", "|10", "[0s 1m0s]"},
		{"an id that was taken back", "GET", 1, []answer{{body: one(1, 10) + "id\ndata: {\"n\":2}\n\n"}, {status: 204}}, "1 2", "|", "[0s 3s]"},
		{"gives up where nothing comes", "GET", 1, []answer{{body: one(1, 10)}, {}}, "1 Jobs.Watch: the stream ended without the event end: unexpected EOF", "|10", "[0s 3s]"},
		{"in the middle of an event", "GET", 1, []answer{{body: one(1, 10) + "data: {"}, {body: one(2, 11) + "data: end\n\n"}}, "1 2", "|10", "[0s 3s]"},
		{"with the last error", "GET", 1, []answer{{body: one(1, 10)}, {err: errors.New("reset")}}, "1 Jobs.Watch: GET /watch: reset", "|10", "[0s 3s]"},
		{"also where it cannot connect", "GET", 1, []answer{{body: one(1, 10)}, {refuse: errors.New("refused")}}, "1 Jobs.Watch: GET /watch: refused", "|10", "[0s 3s]"},
		{"at once where it may not", "GET", 3, []answer{{body: one(1, 10)}, {status: 401}}, "1 Jobs.Watch: GET /watch: 401 Unauthorized", "|10", "[0s 3s]"},
		{"not at the first connection", "GET", 3, []answer{{refuse: errors.New("refused")}}, "Jobs.Watch: GET /watch: refused", "", "[0s]"},
		{"not after the end", "GET", 3, []answer{{body: one(1, 10) + "data: end\n\n"}}, "1", "", "[0s]"},
		{"not unless it is asked to", "GET", 0, []answer{{body: one(1, 10)}}, "1 Jobs.Watch: the stream ended without the event end: unexpected EOF", "", "[0s]"},
		{"not a POST", "POST", 3, []answer{{body: one(1, 10), err: errors.New("reset")}}, "1 Jobs.Watch: POST /watch: reset", "", "[0s]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, client := script(t, tt.answers...)
				var got, ids []string
				for c, err := range watchWith[chunk](t.Context(), client, tt.method, streaming.Format{End: "end"}, option.WithReconnect(tt.most)) {
					if err != nil {
						got = append(got, err.Error())
						continue
					}
					got = append(got, fmt.Sprint(c.N))
				}
				for _, r := range s.seen {
					ids = append(ids, r.Header.Get("Last-Event-ID"))
				}
				if strings.Join(got, " ") != tt.want || strings.Join(ids, "|") != tt.ids || fmt.Sprint(s.at) != tt.at {
					t.Errorf("got %q, ids %q at %v", got, ids, s.at)
				}
			})
		})
	}
	t.Run("waits longer and longer", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			answers := []answer{{body: one(1, 10)}}
			for range 7 {
				answers = append(answers, answer{err: errors.New("reset")})
			}
			s, client := script(t, answers...)
			for range watch[chunk](t.Context(), client, streaming.Format{}, option.WithReconnect(7)) {
			}
			for i := 2; i < len(s.at); i++ {
				d, least := s.at[i]-s.at[i-1], min(time.Minute, 3*time.Second<<(i-1))
				if d < least || d > min(time.Minute, least*3/2+1) {
					t.Errorf("request %d came after %v", i, d)
				}
			}
		})
	})
	t.Run("ends with the context while it waits", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, client := script(t, answer{body: one(1, 10), err: errors.New("reset")})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			start := time.Now()
			var last error
			for _, err := range watch[chunk](ctx, client, streaming.Format{}, option.WithReconnect(1)) {
				last = err
			}
			if !errors.Is(last, context.DeadlineExceeded) || !strings.Contains(last.Error(), "reset") || time.Since(start) != time.Second {
				t.Errorf("%v after %v", last, time.Since(start))
			}
		})
	})
}

// The log has a record of each request and one of how its stream ended, without
// what was in it.
func TestLog(t *testing.T) {
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "duration" {
			return slog.Attr{}
		}
		return a
	}}))
	_, client := script(t, answer{body: "data: {\"n\":1}\n\n"}, answer{body: "data: {\"n\":1}\n\n", err: errors.New("reset"), header: http.Header{"X-Request-Id": {"r1"}}})
	for range 2 {
		for range watch[chunk](t.Context(), client, streaming.Format{}, option.WithLogger(logger)) {
		}
	}
	want := `level=DEBUG msg=request operation=Jobs.Watch method=GET route=/watch attempt=1 status=200
level=DEBUG msg="response ended" operation=Jobs.Watch method=GET bytes=15
level=DEBUG msg=request operation=Jobs.Watch method=GET route=/watch attempt=1 status=200 request_id=r1
level=WARN msg="response broke off" operation=Jobs.Watch method=GET bytes=15 request_id=r1 error="Jobs.Watch: GET /watch: reset"
`
	if log.String() != want {
		t.Errorf("got\n%s\nwant\n%s", log.String(), want)
	}
}

// The options say what is wrong with their values, from the call.
func TestBadOptions(t *testing.T) {
	_, client := script(t)
	for want, opt := range map[string]option.RequestOption{
		"option.WithIdleTimeout: -1s is negative": option.WithIdleTimeout(-time.Second),
		"option.WithMaxEventSize: 0 is no size":   option.WithMaxEventSize(0),
		"option.WithReconnect: -1 is negative":    option.WithReconnect(-1),
		"option.WithStreamEvent: nil":             option.WithStreamEvent(nil),
		"option.WithUploadProgress: nil":          option.WithUploadProgress(nil),
		"option.WithDownloadProgress: nil":        option.WithDownloadProgress(nil),
	} {
		if got := collect(watch[chunk](t.Context(), client, streaming.Format{}, opt)); got != "error: Jobs.Watch: "+want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Over a connection: events come when they are sent, the mark at the end lets
// the connection be used again, and an event that is too long ends it.
func TestOverHTTP(t *testing.T) {
	next := make(chan string)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-From", r.RemoteAddr)
		for text := range next {
			io.WriteString(w, text)
			w.(http.Flusher).Flush()
			if strings.Contains(text, "[DONE]") {
				return
			}
		}
	}))
	defer ts.Close()
	client := api.NewClient(&acme, option.WithBaseURL(ts.URL))
	var from []string
	for range 2 {
		go func() {
			for _, text := range []string{"data: {\"n\":1}\r\n\r\n", "data: {\"n\"", ":2}\r\n\r", "\ndata: [DONE]\r\n\r\n"} {
				next <- text
			}
		}()
		var resp *http.Response
		if got := collect(watch[chunk](t.Context(), client, streaming.Format{End: "[DONE]"}, option.WithResponse(&resp))); got != `{"n":1}|{"n":2}` {
			t.Error(got)
		}
		from = append(from, resp.Header.Get("X-From"))
	}
	if from[0] != from[1] {
		t.Error("the connection was not used again")
	}
	go func() { next <- "data: " + strings.Repeat("x", 5000) + "\n\n"; next <- "[DONE]" }()
	got := collect(watch[chunk](t.Context(), client, streaming.Format{}, option.WithMaxEventSize(4000)))
	if want := "error: Jobs.Watch: the stream cannot be read: a line is longer than 4000 bytes: option.WithMaxEventSize allows no more"; got != want {
		t.Errorf("got %q", got)
	}
}
