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
type Doer = api.Doer

// Next sends a request on to the next middleware, or to the HTTP client.
type Next = api.Next

// Middleware sees each attempt; see [WithMiddleware].
type Middleware = api.Middleware

// Attempt is a failed attempt; see [WithRetryPolicy].
type Attempt = api.Attempt

// WithBaseURL sends requests to another server, such as one in a test. It is an
// absolute http or https URL; paths are added to its path, and its query, if
// any, goes with each request. The default is the API's own.
func WithBaseURL(base string) RequestOption {
	return func(c *api.Config) error { return c.SetBaseURL(base, "option.WithBaseURL") }
}

// WithHTTPClient sends requests through client, usually an [*http.Client], of
// which a copy is used: its redirects then never take credentials to another
// host. A Doer of another type has to see to that itself. The default is an
// http.Client with [http.DefaultTransport].
func WithHTTPClient(client Doer) RequestOption {
	return func(c *api.Config) error { return c.SetHTTPClient(client) }
}

// WithMiddleware puts middleware between the SDK and the HTTP client. It sees
// each attempt, with credentials, and may change the request, answer it, or
// look at the response. The first one added is the outermost.
func WithMiddleware(middleware ...Middleware) RequestOption {
	return func(c *api.Config) error {
		for _, m := range middleware {
			if m == nil {
				return errors.New("option.WithMiddleware: nil")
			}
		}
		c.Middleware = append(c.Middleware, middleware...)
		return nil
	}
}

// WithHeader sets a header, in place of any value it has. A header that carries
// a credential of the API, or Authorization, counts as that credential.
func WithHeader(name, value string) RequestOption {
	return func(c *api.Config) error { return c.EditHeader(api.Set, name, value, "option.WithHeader") }
}

// WithHeaderAdd adds a value to a header.
func WithHeaderAdd(name, value string) RequestOption {
	return func(c *api.Config) error { return c.EditHeader(api.Add, name, value, "option.WithHeaderAdd") }
}

// WithHeaderDel leaves a header out.
func WithHeaderDel(name string) RequestOption {
	return func(c *api.Config) error { return c.EditHeader(api.Del, name, "", "option.WithHeaderDel") }
}

// WithQuery sets a query parameter, in place of any value it has.
func WithQuery(name, value string) RequestOption {
	return func(c *api.Config) error { c.EditQuery(api.Set, name, value); return nil }
}

// WithQueryAdd adds a value of a query parameter.
func WithQueryAdd(name, value string) RequestOption {
	return func(c *api.Config) error { c.EditQuery(api.Add, name, value); return nil }
}

// WithQueryDel leaves a query parameter out.
func WithQueryDel(name string) RequestOption {
	return func(c *api.Config) error { c.EditQuery(api.Del, name, ""); return nil }
}

// WithRequestBody sends body in place of the one that the params make. It may
// be bytes, a string, an [io.Reader], which is sent again only if it is an
// [io.Seeker], or any value, which is sent as a form or in parts, if contentType
// is application/x-www-form-urlencoded or multipart/form-data, and else as JSON.
// Nil sends none.
func WithRequestBody(contentType string, body any) RequestOption {
	return func(c *api.Config) error {
		raw := api.Raw(contentType, body)
		c.Body = &raw
		return nil
	}
}

// WithRequestContentType sends the body that the params make as another of the
// media types that the API takes: JSON, application/x-www-form-urlencoded or
// multipart/form-data. A body that is text or a stream stays as it is.
func WithRequestContentType(contentType string) RequestOption {
	return func(c *api.Config) error { c.ContentType = contentType; return nil }
}

// WithUserAgent sets the User-Agent header; "" leaves it out.
func WithUserAgent(agent string) RequestOption {
	return func(c *api.Config) error {
		if agent == "" {
			return c.EditHeader(api.Del, "User-Agent", "", "option.WithUserAgent")
		}
		return c.EditHeader(api.Set, "User-Agent", agent, "option.WithUserAgent")
	}
}

// WithIdempotencyKey sends key with each attempt of a call, so that an API that
// supports it does the work once however often it is asked; a POST or PATCH is
// then repeated like any other request. It is an option of a call, not of a
// client.
func WithIdempotencyKey(key string) RequestOption {
	return func(c *api.Config) error { return c.SetIdempotencyKey(key, "option.WithIdempotencyKey") }
}

// WithMaxRetries sets how many times a failed attempt is repeated. The default
// is 2, so three attempts in all; 0 turns retries off.
func WithMaxRetries(n int) RequestOption {
	return func(c *api.Config) error {
		if n < 0 {
			return fmt.Errorf("option.WithMaxRetries: %d is negative", n)
		}
		c.MaxRetries = n
		return nil
	}
}

// WithRetryPolicy asks policy about every failed attempt that may be repeated
// at all. What it is given says in Retry what would be done without it:
//
//	option.WithRetryPolicy(func(a option.Attempt) bool {
//		return a.Retry || a.Response != nil && a.Response.StatusCode == http.StatusConflict
//	})
//
// The limits of [WithMaxRetries] and of the context stay, and a body that was a
// stream is not sent twice.
func WithRetryPolicy(policy func(Attempt) bool) RequestOption {
	return func(c *api.Config) error { c.RetryPolicy = policy; return nil }
}

// WithTimeout limits each attempt, from its start until its response has been
// read. The default is one minute; 0 is no limit. To limit a call as a whole,
// with its retries, give its context a deadline.
func WithTimeout(d time.Duration) RequestOption {
	return func(c *api.Config) error {
		if d < 0 {
			return fmt.Errorf("option.WithTimeout: %v is negative", d)
		}
		c.Timeout = d
		return nil
	}
}

// WithResponse stores the HTTP response of the last attempt in *response, for
// its status and header; it is nil if there was none. Its body can be read, and
// its request is a copy with credentials masked. Give it to a call, not to a
// client whose calls may overlap.
func WithResponse(response **http.Response) RequestOption {
	return func(c *api.Config) error {
		if response == nil {
			return errors.New("option.WithResponse: nil")
		}
		c.Response = response
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

// WithLogger writes a record of each attempt: at debug if it went well, at warn
// if it failed. A record has the operation, the method, the route as the API
// describes it, the attempt, its duration, the status and the request's id; no
// values, headers or bodies. The default, nil, writes nothing.
func WithLogger(logger *slog.Logger) RequestOption {
	return func(c *api.Config) error { c.Logger = logger; return nil }
}
