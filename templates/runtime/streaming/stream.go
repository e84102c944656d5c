package streaming

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Event is an event of a stream whose data the API does not describe.
type Event struct {
	Type string // the event's name; "" if it has none, which the standard takes for "message"
	ID   string // the last id that the stream gave, in this event or before it; "" if none
	Data string // without the line break at its end
}

// Format is how an API writes a stream. It is for the methods of services.
type Format struct {
	Framing Framing
	// End is the data of the event after which nothing comes; "" if there is
	// none.
	End string
	// Whole says that a value is an event with its members event, data, id and
	// retry. Otherwise it is the data alone.
	Whole bool
	// Text says that the data is text. Otherwise it is JSON.
	Text bool
	// Mixed names the events whose data is the other of the two.
	Mixed []string
	// Typed says that a failure is one of the values. Otherwise it is an error.
	Typed bool
}

// Framing is how the values of a stream are told apart.
type Framing uint8

// The framings.
const (
	Events   Framing = iota // server-sent events
	Lines                   // JSON, a line for each value
	Sequence                // JSON text sequence (RFC 7464)
)

// The times between asking for a stream and asking again.
const (
	usualWait = 3 * time.Second
	maxWait   = time.Minute
)

// source is a stream that is read, and asked for again.
type source struct {
	ctx    context.Context
	client *api.Client
	req    *api.Request
	opts   []api.Option
	format Format

	stream  *api.Response // nil if there is no connection
	records interface{ next() (record, error) }
	events  *events // records, if they are events
	config  api.Streams
	again   bool          // the request may be sent again
	some    bool          // there was a value
	lastID  string        // of the last event that had one
	retry   time.Duration // what the server asked for
	idle    int           // connections without an event, in a row
	err     error         // why the last connection ended
}

func newSource(ctx context.Context, c *api.Client, req *api.Request, f Format, opts []api.Option) *source {
	once := *req // each loop sends the request anew
	return &source{ctx: ctx, client: c, req: &once, format: f, opts: opts, retry: usualWait}
}

// next decodes the next value into what out points to. It returns io.EOF at the
// end of the stream.
func (s *source) next(out any) error {
	for {
		if s.stream == nil {
			if err := s.open(); err != nil {
				return err
			}
		}
		rec, err := s.records.next()
		if err == nil {
			s.idle, s.some = 0, true
			if err := s.decode(rec, out); err != errSkip {
				return err
			}
			continue
		}
		if err = s.broken(err); err != nil {
			return err
		}
	}
}

// broken handles the end of a connection: it returns nil if there is to be
// another one.
func (s *source) broken(err error) error {
	if early := s.early(err); early != "" {
		err = s.stream.Errorf("%s: %w", early, io.ErrUnexpectedEOF)
	}
	if errors.Is(err, ErrTooLong) {
		return s.stream.Errorf("the stream cannot be read: %w", err)
	}
	if s.events == nil || s.config.Reconnect == 0 || !s.again || s.ctx.Err() != nil {
		return err
	}
	s.lastID = s.events.lastID
	if s.events.timing {
		s.retry = s.events.retry
	}
	s.close()
	s.err = err
	return s.wait()
}

// early says what is missing of a connection that has ended; "" if nothing is.
func (s *source) early(err error) string {
	switch {
	case err == io.ErrUnexpectedEOF && s.events != nil:
		return "the stream ended in the middle of an event"
	case err == io.ErrUnexpectedEOF:
		return "the stream ended in the middle of a value"
	case err != io.EOF:
		return ""
	case s.events != nil && s.format.End != "":
		return "the stream ended without the event " + s.format.End
	case s.events != nil && !s.events.known, s.events == nil && !s.some && !s.mayBeEmpty():
		return "the response is no stream: there is nothing in it"
	}
	return ""
}

// mayBeEmpty reports whether a response without a value is a stream of none: its
// media type is that of values, or JSON where the API calls them so.
func (s *source) mayBeEmpty() bool {
	got := s.stream.Header.Get("Content-Type")
	return ofValues(got) || isJSON(got) && (s.req.Accept == "" || isJSON(s.req.Accept))
}

// ofValues reports whether a media type is that of values one after another, of
// which there may be none.
func ofValues(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (strings.Contains(media, "ndjson") || strings.Contains(media, "jsonl") || strings.Contains(media, "json-l") || strings.Contains(media, "nd-json") || strings.Contains(media, "ldjson") || strings.Contains(media, "seq") || strings.Contains(media, "stream"))
}

// wait waits before the stream is asked for again, or returns why it is not.
func (s *source) wait() error {
	if s.idle >= s.config.Reconnect {
		return s.err
	}
	d := s.retry << min(s.idle, 10)
	if s.idle > 0 {
		d += rand.N(d/2 + 1) // so that clients that were cut off together do not come back together
	}
	s.idle++
	timer := time.NewTimer(min(d, maxWait))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-s.ctx.Done():
		return errors.Join(s.ctx.Err(), s.err)
	}
}

// open sends the request. A connection that cannot be made counts as one
// without an event if there was one before.
func (s *source) open() error {
	for {
		stream, err := s.client.Open(s.ctx, s.req, s.resumed())
		switch {
		case err == nil:
			return s.begin(stream)
		case s.err == nil || s.ctx.Err() != nil || !errors.Is(err, apierror.ErrConnection):
			return err
		}
		s.err = err
		if err := s.wait(); err != nil {
			return err
		}
	}
}

// resumed returns the options of a request that goes on after the last event.
func (s *source) resumed() []api.Option {
	if s.lastID == "" {
		return s.opts
	}
	return append(s.opts[:len(s.opts):len(s.opts)], func(c *api.Config) error {
		return c.EditHeader(api.Set, "Last-Event-ID", s.lastID, "the stream's last event")
	})
}

// begin begins to read a stream.
func (s *source) begin(stream *api.Response) error {
	s.stream, s.config, s.again = stream, stream.Config(), stream.Repeatable()
	if media, _, err := mime.ParseMediaType(stream.Header.Get("Content-Type")); err == nil && isPage(media) {
		return s.whole("it is " + media + " and no stream")
	}
	switch s.format.Framing {
	case Lines:
		s.records = newJSONLines(stream.Body, s.config.MaxEvent)
	case Sequence:
		s.records = newSequence(stream.Body, s.config.MaxEvent)
	default:
		if stream.StatusCode == http.StatusNoContent {
			return io.EOF // which says not to ask again
		}
		if isJSON(stream.Header.Get("Content-Type")) {
			return s.whole("it is JSON and no stream of events")
		}
		s.events = newEvents(stream.Body, s.config.MaxEvent, s.format.End)
		s.events.lastID = s.lastID
		s.records = s.events
	}
	return nil
}

// isPage reports whether a media type is that of a page, as gateways send it, or
// of a document.
func isPage(media string) bool {
	return media == "text/html" || media == "application/xml" || media == "text/xml" || strings.HasSuffix(media, "+xml")
}

// whole makes the error of a response that is no stream, whatever it says.
func (s *source) whole(what string) error {
	const most = 1 << 20
	body, err := io.ReadAll(io.LimitReader(s.stream.Body, most))
	if err != nil {
		return err
	}
	return s.stream.Failure(body, what)
}

func isJSON(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

// close ends the connection, if there is one.
func (s *source) close() {
	if s.stream != nil {
		s.stream.Body.Close()
		s.stream = nil
	}
}
