package option

import (
	"errors"
	"fmt"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// StreamEvent is an event of a stream as the server sent it; see
// [WithStreamEvent].
type StreamEvent struct {
	Type string // the event's name; "" if it has none, which the standard takes for "message"
	ID   string // the last id that the stream gave, in this event or before it; "" if none
	Data string // without the line break at its end
}

// WithIdleTimeout limits how long a response that is read as it comes, a stream
// of events or lines or a download, may send nothing at all. The default is ten
// minutes; 0 is no limit. [WithTimeout] ends with the header of such a response.
func WithIdleTimeout(d time.Duration) RequestOption {
	return func(c *api.Config) error {
		if d < 0 {
			return fmt.Errorf("option.WithIdleTimeout: %v is negative", d)
		}
		c.Streams.IdleTimeout = d
		return nil
	}
}

// WithMaxEventSize limits an event of a stream, or one of its lines, to a number
// of bytes; a longer one ends the stream with an error. The default is 32 MiB.
func WithMaxEventSize(bytes int) RequestOption {
	return func(c *api.Config) error {
		if bytes <= 0 {
			return fmt.Errorf("option.WithMaxEventSize: %d is no size", bytes)
		}
		c.Streams.MaxEvent = bytes
		return nil
	}
}

// WithReconnect asks for a stream of events again when it ends or breaks off, up
// to n times in a row without an event in between, and goes on after the last
// event that had an id (Last-Event-ID). It waits as long as the server says in
// the stream, at most a minute, or else three seconds, longer each time that
// nothing came. The default is 0: the stream ends.
//
// A stream ends for good with the event that the API ends it with, with a
// response that is no stream, or with status 204. One that a POST or PATCH asked
// for without an idempotency key is not asked for again.
func WithReconnect(n int) RequestOption {
	return func(c *api.Config) error {
		if n < 0 {
			return fmt.Errorf("option.WithReconnect: %d is negative", n)
		}
		c.Streams.Reconnect = n
		return nil
	}
}

// WithStreamEvent calls see with every event of a stream as the server sent it,
// before it is decoded: for its name, and for the id to go on from in another
// program, with the header Last-Event-ID.
func WithStreamEvent(see func(StreamEvent)) RequestOption {
	return func(c *api.Config) error {
		if see == nil {
			return errors.New("option.WithStreamEvent: nil")
		}
		c.Streams.OnEvent = func(e api.Event) { see(StreamEvent(e)) }
		return nil
	}
}

// WithRange asks for a download from a byte on, counted from 0, to go on with one
// that another process began. The version is the ETag of that one, or "": if the
// server has another version by now, it sends all of it, and Offset of the
// download is 0.
func WithRange(from int64, version string) RequestOption {
	return func(c *api.Config) error {
		if from < 0 {
			return fmt.Errorf("option.WithRange: %d is negative", from)
		}
		if version != "" {
			if err := c.EditHeader(api.Set, "If-Range", version, "option.WithRange"); err != nil {
				return err
			}
		}
		return c.EditHeader(api.Set, "Range", fmt.Sprintf("bytes=%d-", from), "option.WithRange")
	}
}

// WithUploadProgress calls report as the body of a request is sent, if it is a
// reader or has files: with the bytes that are sent, and with all that there
// are, -1 if that is not known. It begins anew with each attempt.
func WithUploadProgress(report func(done, total int64)) RequestOption {
	return func(c *api.Config) error {
		if report == nil {
			return errors.New("option.WithUploadProgress: nil")
		}
		c.Streams.UploadProgress = report
		return nil
	}
}

// WithDownloadProgress calls report as a download or stream is read: with the
// bytes that came, and with all that there are, -1 if that is not known.
func WithDownloadProgress(report func(done, total int64)) RequestOption {
	return func(c *api.Config) error {
		if report == nil {
			return errors.New("option.WithDownloadProgress: nil")
		}
		c.Streams.DownloadProgress = report
		return nil
	}
}
