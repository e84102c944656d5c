package option

import (
	"context"
	"errors"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Next sends a request on to the next middleware, or to the HTTP client.
type Next = api.Next

// Middleware sees each attempt; see [WithMiddleware].
type Middleware = api.Middleware

// Call is one call of a method; see [WithCallMiddleware] and [CallOf].
type Call = api.Call

// CallMiddleware sees each call; see [WithCallMiddleware].
type CallMiddleware = api.CallMiddleware

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
