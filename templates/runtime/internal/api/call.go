package api

import (
	"context"
	"errors"
)

// Call is one call of a method, with all of its attempts, as middleware sees
// it. It has no values of the caller's, so that it is fit for metrics.
type Call struct {
	Operation string // the Go name of what is called, from the client on
	Method    string // of HTTP
	Route     string // the path as the API describes it, its parameters in braces

	Attempts   int    // requests sent up to now
	StatusCode int    // of the last response; 0 if there was none
	RequestID  string // what the API calls the last request; "" if it did not say
}

// CallMiddleware sees a whole call: next makes its attempts, and returns what
// the call returns. It may be called once.
type CallMiddleware = func(ctx context.Context, call *Call, next func(context.Context) error) error

type callKey struct{}

// CallOf returns the call that the context of an attempt belongs to; nil if it
// is not of one.
func CallOf(ctx context.Context) *Call {
	call, _ := ctx.Value(callKey{}).(*Call)
	return call
}

// surrounded runs the call in its middleware.
func (x *exchange) surrounded(ctx context.Context) error {
	x.call.Operation, x.call.Method, x.call.Route = x.req.Operation, x.req.Method, x.req.route()
	return x.around(context.WithValue(ctx, callKey{}, &x.call), x.config.CallMiddleware)
}

func (x *exchange) around(ctx context.Context, middleware []CallMiddleware) error {
	if len(middleware) == 0 {
		return x.run(ctx)
	}
	called := false
	return middleware[0](ctx, &x.call, func(ctx context.Context) error {
		if called {
			return errors.New(x.req.Operation + ": its middleware called it twice")
		}
		called = true
		return x.around(ctx, middleware[1:])
	})
}
