package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

// Streams is what options say of bodies that are not held in memory.
type Streams struct {
	IdleTimeout      time.Duration // how long a response may send nothing; 0 is any time
	MaxEvent         int           // bytes of an event, or of a line
	Reconnect        int           // how often in a row a stream of events is asked for again
	OnEvent          func(Event)
	UploadProgress   func(done, total int64)
	DownloadProgress func(done, total int64)
	Resume           int // how often in a row a download that breaks off is asked for again
}

// The defaults of every client.
const (
	DefaultIdleTimeout = 10 * time.Minute
	DefaultMaxEvent    = 32 << 20
)

// Event is an event of a stream as the server sent it.
type Event struct {
	Type string // the event's name; "" if it has none, which the standard takes for "message"
	ID   string // the last id that the stream gave, in this event or before it; "" if none
	Data string // without the line break at its end
}

// EventOf returns an event that is of a public package's type. It is for tests.
func EventOf(v any) (Event, bool) {
	rv, event := reflect.ValueOf(v), reflect.TypeFor[Event]()
	if !rv.IsValid() || rv.Type().Name() != event.Name() || !rv.CanConvert(event) {
		return Event{}, false
	}
	return rv.Convert(event).Interface().(Event), true
}

// Response is a response that is read as it comes. Close its body, which ends
// with the context, and when nothing comes for too long.
type Response struct {
	*http.Response
	x *exchange
	a *attempt
}

// Open sends req and returns the response unread.
func (c *Client) Open(ctx context.Context, req *Request, opts []Option) (*Response, error) {
	r := new(Response)
	if err := c.Do(ctx, req, r, opts); err != nil {
		return nil, err
	}
	return r, nil
}

// Config returns what the options of the call say of streams.
func (r *Response) Config() Streams {
	s := r.x.config.Streams
	s.Resume = r.x.config.MaxRetries
	return s
}

// Sent is the request that it is the response to.
func (r *Response) Sent() *http.Request { return r.a.req }

// Wait waits before the response is asked for again for the n-th time, from 0 on.
func (r *Response) Wait(ctx context.Context, n int) error {
	d, _ := r.x.config.delay(nil, n)
	return wait(ctx, d)
}

// From says how many bytes of what it is part of come before the response.
func (r *Response) From(n int64) {
	if c, ok := r.Body.(*content); ok {
		c.from = n
	}
}

// Repeatable reports whether the request may be sent again although the server
// has answered it: doing it twice is doing it once.
func (r *Response) Repeatable() bool {
	return (r.x.key != "" || idempotent(r.x.req.Method)) && r.x.req.sent.body.replayable()
}

// Decode reads a part of the stream into what out points to, as leniently as a
// whole response. Its error is an [*apierror.DecodeError].
func (r *Response) Decode(data []byte, out any) error {
	r.x.out = out
	if err := r.x.unmarshal(data, out); err != nil {
		return r.x.decodeError(r.a, "", err)
	}
	return nil
}

// Failure is the [*apierror.Error] of a response whose body, or a part of it,
// says that the call failed; cause says how that is known.
func (r *Response) Failure(body []byte, cause string) error {
	a := *r.a
	a.body = bytes.NewBuffer(body)
	return r.x.apiError(&a, cause)
}

// Errorf is an error about the stream, with the operation in front of it.
func (r *Response) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s: "+format, append([]any{r.x.req.Operation}, args...)...)
}

// streams reports whether the caller reads the body of the response.
func (x *exchange) streams() bool {
	switch x.out.(type) {
	case *io.ReadCloser, *Response:
		return true
	}
	return false
}

// handOver gives the response to the caller, who reads it.
func (x *exchange) handOver(a *attempt) {
	switch out := x.out.(type) {
	case *io.ReadCloser:
		*out = a.content
	case *Response:
		resp := *a.resp
		resp.Body = a.content
		*out = Response{Response: &resp, x: a.content.x, a: a.content.a}
	}
}

// content is the body of a response that the caller reads and closes.
type content struct {
	body   io.ReadCloser
	ctx    context.Context // the caller's
	cancel func()          // ends the request
	x      *exchange       // copies, which live as long as the body
	a      *attempt

	timer *time.Timer  // runs while a Read waits; nil if there is no limit
	idle  atomic.Bool  // the timer ran out
	stop  func() bool  // takes the context's hands off the body
	from  int64        // bytes that came before, in another response
	done  atomic.Int64 // bytes that were read
	start time.Time    // when the header was there
	told  sync.Once    // the log knows of the end
}

func (x *exchange) newContent(ctx context.Context, a *attempt, cancel func()) *content {
	kept, last := *x, *a
	last.body = nil
	c := &content{body: a.resp.Body, ctx: ctx, cancel: cancel, x: &kept, a: &last, start: time.Now()}
	// A body that does not come from net/http may not know of the context.
	c.stop = context.AfterFunc(ctx, func() { c.body.Close() })
	if limit := kept.config.Streams.IdleTimeout; limit > 0 {
		c.timer = time.AfterFunc(limit, func() {
			c.idle.Store(true)
			cancel()
			c.body.Close()
		})
		c.timer.Stop()
	}
	return c
}

// Read reads what there is. Only the time that the server takes counts against
// the limit, not what the caller does between two calls.
func (c *content) Read(p []byte) (int, error) {
	if c.timer != nil {
		c.timer.Reset(c.x.config.Streams.IdleTimeout)
	}
	n, err := c.body.Read(p)
	if c.timer != nil {
		c.timer.Stop()
	}
	done := c.done.Add(int64(n))
	if report := c.x.config.Streams.DownloadProgress; report != nil && n > 0 {
		total := c.a.resp.ContentLength
		if total >= 0 {
			total += c.from
		}
		report(c.from+done, total)
	}
	if err != nil && err != io.EOF {
		err = c.broken(err)
		c.log(slog.LevelWarn, "response broke off", err)
	}
	return n, err
}

// log writes one record of how the body ended, after that of the attempt.
func (c *content) log(level slog.Level, message string, err error) {
	logger := c.x.config.Logger
	if logger == nil || !logger.Enabled(c.ctx, level) {
		return
	}
	c.told.Do(func() {
		attrs := []slog.Attr{
			slog.String("operation", c.x.req.Operation),
			slog.String("method", c.x.req.Method),
			slog.Int64("bytes", c.done.Load()),
			slog.Duration("duration", time.Since(c.start)),
		}
		if id := c.x.requestID(c.a.resp); id != "" {
			attrs = append(attrs, slog.String("request_id", id))
		}
		if err != nil {
			attrs = append(attrs, slog.String("error", err.Error())) // which is masked
		}
		logger.LogAttrs(c.ctx, level, message, attrs...)
	})
}

// broken makes the error of a body that cannot be read to its end.
func (c *content) broken(err error) error {
	a := *c.a
	a.err = err
	if c.idle.Load() && c.ctx.Err() == nil {
		path := c.x.masks().String(a.req.URL.EscapedPath())
		text := fmt.Sprintf("%s: %s %s: nothing was received for %v", c.x.req.Operation, a.req.Method, path, c.x.config.Streams.IdleTimeout)
		return apierror.NewConnection(text, true, err)
	}
	return c.x.connectionError(c.ctx, &a)
}

// Close ends the request. What was not read yet is given up.
func (c *content) Close() error {
	if c.timer != nil {
		c.timer.Stop()
	}
	c.stop()
	c.log(slog.LevelDebug, "response ended", nil)
	defer c.cancel()
	return c.body.Close()
}

// Finish reads the little that a server may send after the end of what it has
// to say, for a moment, so that the connection can be used again.
func (r *Response) Finish() {
	const most, moment = 4 << 10, 50 * time.Millisecond
	timer := time.AfterFunc(moment, func() { r.Body.Close() })
	defer timer.Stop()
	_, _ = io.CopyN(io.Discard, r.Body, most) // it is given up either way
}
