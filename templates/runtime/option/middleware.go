package option

import (
	"context"
	"errors"
	"net/http"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Next sends a request on to the next middleware, or to the HTTP client.
type Next = func(*http.Request) (*http.Response, error)

// Middleware sees each attempt; see [WithMiddleware].
type Middleware = func(req *http.Request, next Next) (*http.Response, error)

// Call is one call of a method, with all of its attempts; see
// [WithCallMiddleware] and [CallOf]. It has no values of the caller's, so that it
// is fit for metrics.
type Call struct {
	Operation string // the Go name of what is called, from the client on
	Method    string // of HTTP
	Route     string // the path as the API describes it, its parameters in braces

	Attempts   int    // requests sent up to now
	StatusCode int    // of the last response; 0 if there was none
	RequestID  string // what the API calls the last request; "" if it did not say
}

// CallMiddleware sees each call; see [WithCallMiddleware].
type CallMiddleware = func(ctx context.Context, call *Call, next func(context.Context) error) error

// WithMiddleware puts middleware between the SDK and the HTTP client. It sees
// each attempt, with credentials, and may change the request, answer it, or
// look at the response. The first one added is the outermost. An error of its own,
// which is not that of next, ends the call without another attempt.
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
			c.CallMiddleware = append(c.CallMiddleware, func(ctx context.Context, call *api.Call, next func(context.Context) error) error {
				return m(ctx, (*Call)(call), next)
			})
		}
		return nil
	}
}

// CallOf returns the call that an attempt belongs to, from the context of its
// request, for middleware that names the operation or the route. It is nil for
// a request that is no attempt. What it says of attempts is up to the one
// before.
func CallOf(ctx context.Context) *Call { return (*Call)(api.CallOf(ctx)) }
