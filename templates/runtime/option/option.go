package option

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// RequestOption changes how requests are sent: every request of a client, or
// those of one call.
type RequestOption = api.Option

// Doer sends a request and returns the response; [*http.Client] is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// WithBaseURL sends requests to another server, such as one in a test. It is an
// absolute http or https URL; paths are added to its path, and its query, if
// any, goes with each request. The default is the API's own.
func WithBaseURL(base string) RequestOption {
	return func(c *api.Config) error { return c.SetBaseURL(base, "option.WithBaseURL") }
}

// WithHTTPClient sends requests through client, usually an [*http.Client], of
// which a copy is used: its redirects then never take credentials to another
// host. A Doer of another type has to see to that itself.
//
// The default is an http.Client that all clients share, so that they use each
// other's connections. Its transport is a copy of [http.DefaultTransport], with
// proxies from the environment, TLS 1.2 or later, up to 100 idle connections to a
// host, and HTTP/2 connections that are closed if they do not answer a ping in
// half a minute.
func WithHTTPClient(client Doer) RequestOption {
	return func(c *api.Config) error { return c.SetHTTPClient(client) }
}

// WithMaxResultSize limits a result that is read as a whole to a number of
// bytes, without its compression; a longer one is an error. The default is 50 MiB;
// 0 is no limit. Downloads and streams are read bit by bit and have no limit; see
// [WithMaxEventSize] for an event of a stream.
func WithMaxResultSize(bytes int64) RequestOption {
	return func(c *api.Config) error {
		if bytes < 0 {
			return fmt.Errorf("option.WithMaxResultSize: %d is negative", bytes)
		}
		c.MaxResult = bytes
		return nil
	}
}

// WithMaxPages limits how many pages a loop over All or Pages, or a method such
// as ListAll, goes through; the loop then ends as if there were no more. The
// default, 0, is no limit.
func WithMaxPages(n int) RequestOption {
	return func(c *api.Config) error {
		if n < 0 {
			return fmt.Errorf("option.WithMaxPages: %d is negative", n)
		}
		c.MaxPages = n
		return nil
	}
}

// WithCursor makes a method that lists start at a page that was not read yet,
// with what pagination.Cursor said of the page before it. "" starts at the
// beginning.
func WithCursor(cursor string) RequestOption {
	return func(c *api.Config) error { return c.SetCursor(cursor, "option.WithCursor") }
}

// WithTimeout limits each attempt, from its start until its response has been
// read; 0 is no limit. A body that is read as it is sent, such as a file, has that
// time for each part of it, without what its own reader takes. To limit a call as
// a whole, with its retries, give its context a deadline.
//
// The default is a minute in which nothing is received: an answer that comes
// slowly but comes is not cut off.
func WithTimeout(d time.Duration) RequestOption {
	return func(c *api.Config) error {
		if d < 0 {
			return fmt.Errorf("option.WithTimeout: %v is negative", d)
		}
		c.Timeout, c.Whole = d, true
		return nil
	}
}

// WithResponse stores the HTTP response of the last attempt in *response, for
// its status and header; it is nil if there was none, and from the start of the
// call on. Its body can be read, and its request is a copy with credentials
// masked. Give it to a call, not to a client whose calls may overlap; that is what
// [WithResponseFunc] is for.
func WithResponse(response **http.Response) RequestOption {
	return func(c *api.Config) error {
		if response == nil {
			return errors.New("option.WithResponse: nil")
		}
		c.SetResponse(response)
		return nil
	}
}

// WithResponseFunc calls see at the end of each call with the HTTP response of its
// last attempt, as [WithResponse] stores it; it is nil if there was none. The
// context of the call is that of the response's request. It is fit for a client
// whose calls overlap, each of which calls see by itself.
func WithResponseFunc(see func(call Call, response *http.Response)) RequestOption {
	return func(c *api.Config) error {
		if see == nil {
			return errors.New("option.WithResponseFunc: nil")
		}
		c.OnResponse = func(call *api.Call, resp *http.Response) { see(Call(*call), resp) }
		return nil
	}
}

// WithResponseHeader stores a header of the response of the last attempt in what
// into points to: a string, a list of strings, a bool, an int, an int64, a
// float64, a [time.Time] or an [encoding.TextUnmarshaler]. It stays as it is if
// the response does not have the header, or has something else in it. Give it to
// a call, not to a client whose calls may overlap.
func WithResponseHeader(name string, into any) RequestOption {
	return func(c *api.Config) error { return c.ReadHeader(name, into, "option.WithResponseHeader") }
}

// WithShown names headers and query parameters that the program adds to requests
// and whose values may be seen. Errors, their dumps and logs have the values of
// others masked unless the API describes them, or their name is of a standard,
// such as Content-Type.
func WithShown(names ...string) RequestOption {
	return func(c *api.Config) error { c.Shown = append(c.Shown, names...); return nil }
}

// WithLogger writes a record of each attempt: at debug if it went well, at warn
// if it failed. A record has the operation, the method, the route as the API
// describes it, the attempt, its duration, the status and the request's id; no
// values, headers or bodies. The default, nil, writes nothing. An access token
// that is fetched is a record too.
func WithLogger(logger *slog.Logger) RequestOption {
	return func(c *api.Config) error { c.Logger = logger; return nil }
}

// WithLogBodies adds to each record of [WithLogger] up to limit bytes of the
// bodies of the request and of the response, without what the API describes as
// secret and without credentials. Streams and binary content are not logged.
// The default, 0, logs no bodies.
func WithLogBodies(limit int) RequestOption {
	return func(c *api.Config) error {
		if limit < 0 {
			return fmt.Errorf("option.WithLogBodies: %d is negative", limit)
		}
		c.LogBodies = limit
		return nil
	}
}
