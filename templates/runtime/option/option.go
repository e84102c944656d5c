package option

import (
	"context"
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

// Call is one call of a method; see [WithCallMiddleware] and [CallOf].
type Call = api.Call

// CallMiddleware sees each call; see [WithCallMiddleware].
type CallMiddleware = api.CallMiddleware

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

// WithCallMiddleware puts middleware round a call, with all of its attempts and
// the waiting between them: a place for a span or a metric. next makes the
// attempts and returns the error that the call returns; the context it is given
// is that of the attempts. Before next the call says what is called, and after
// it how many attempts there were, the last status and the request id. A call
// that is refused before anything is sent is not seen. The first one added is
// the outermost.
//
//	option.WithCallMiddleware(func(ctx context.Context, call *option.Call, next func(context.Context) error) error {
//		start := time.Now()
//		err := next(ctx)
//		latency.Observe(call.Operation, call.StatusCode, time.Since(start))
//		return err
//	})
func WithCallMiddleware(middleware ...CallMiddleware) RequestOption {
	return func(c *api.Config) error {
		for _, m := range middleware {
			if m == nil {
				return errors.New("option.WithCallMiddleware: nil")
			}
		}
		c.CallMiddleware = append(c.CallMiddleware, middleware...)
		return nil
	}
}

// CallOf returns the call that an attempt belongs to, from the context of its
// request, for middleware that names the operation or the route. It is nil for
// a request that is no attempt. What it says of attempts is up to the one
// before.
func CallOf(ctx context.Context) *Call { return api.CallOf(ctx) }

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
// [io.Seeker], or any value, which is sent as JSON. Nil sends none.
func WithRequestBody(contentType string, body any) RequestOption {
	return func(c *api.Config) error {
		raw := api.Raw(contentType, body)
		c.Body = &raw
		return nil
	}
}

// WithJSONSet sets a member of the JSON body, for what the API's description
// lacks. The path is the way to it, joined with dots, as in
// "settings.rules.0.name": a number is the place in a list, -1 the one after
// its end, and a dot that is part of a name is written \.. Objects on the way
// are made if they are missing. The value is anything that becomes JSON.
//
// Given to a call it makes a body where there is none; given to a client it is
// for the requests that have a body of JSON.
func WithJSONSet(path string, value any) RequestOption {
	return func(c *api.Config) error { return c.EditJSON(api.Set, path, value, "option.WithJSONSet") }
}

// WithJSONDel takes a member out of the JSON body, if it is there. The path is
// that of [WithJSONSet].
func WithJSONDel(path string) RequestOption {
	return func(c *api.Config) error { return c.EditJSON(api.Del, path, nil, "option.WithJSONDel") }
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

// WithRetryNonIdempotent says that POST and PATCH may be repeated like any
// other method, though the API may then do the work twice. Without it they are
// only where nothing was done: the connection was not made, or the server turned
// the request away (429, 503 with Retry-After), or there is an idempotency key.
func WithRetryNonIdempotent(allowed bool) RequestOption {
	return func(c *api.Config) error { c.RetryUnsafe = allowed; return nil }
}

// WithRetryDelay sets the time between attempts where the server does not say
// it: at random up to a limit that starts at shortest and doubles until it is
// longest. The defaults are half a second and eight seconds. What the server
// asks for is obeyed up to a minute.
func WithRetryDelay(shortest, longest time.Duration) RequestOption {
	return func(c *api.Config) error {
		if shortest < 0 || longest < shortest {
			return fmt.Errorf("option.WithRetryDelay: %v to %v is not a range of times", shortest, longest)
		}
		c.MinDelay, c.MaxDelay = shortest, longest
		return nil
	}
}

// WithRetryCountHeader sends the number of the repetition in a header: 1 with
// the second attempt. The default, "", sends none.
func WithRetryCountHeader(name string) RequestOption {
	return func(c *api.Config) error { return c.SetRetryCount(name, "option.WithRetryCountHeader") }
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
