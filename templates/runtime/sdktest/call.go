package sdktest

import (
	"context"
	"io"
	"net/http"
	"net/url"
)

// A Call is a request that came. It is not changed any more once it is there.
type Call struct {
	Operation string // the Go name, such as "Things.Get"; "" if it is of none
	Method    string // of HTTP
	Path      string // below the base URL, escaped
	Query     url.Values
	Header    http.Header
	Body      []byte

	// Args are what stands in the path, as the method's arguments.
	Args []any
	// Params is the params struct of the method, nil if it has none. It has what
	// can be read from the request: not the values of a body of lines, nor one
	// that is neither JSON, a form, text nor bytes.
	Params any
	// Err says what could not be read; nil if nothing.
	Err error
}

type callKey struct{}

// CallOf returns the request that a handler was called for, from its context.
func CallOf(ctx context.Context) *Call {
	call, _ := ctx.Value(callKey{}).(*Call)
	return call
}

// readBody reads the body of a request and closes it.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}
