package api

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"
	"net/http"
	"net/url"
	"sync"
)

// Client is what the services of an SDK share. It is safe for concurrent use.
//
// Its fields have no secrets but behind a pointer of their own: fmt prints what
// an unexported field of the user's struct points to, and asks no method.
type Client struct {
	config *Config
	err    error // of an option, returned by each call
	budget budget
	seed   maphash.Seed
	tokens *tokens

	codecs  sync.Pool // of *codec
	buffers sync.Pool // of *bytes.Buffer
	lenient decoding
}

// NewClient returns a client of an API. It reads the environment once, here.
// An option that fails makes every call fail with its error.
func NewClient(a *API, opts ...Option) *Client {
	c := &Client{config: new(Config), seed: maphash.MakeSeed(), tokens: new(tokens)}
	c.lenient.init()
	c.err = c.config.init(a)
	c.config.level = fromClient
	if len(opts) > 0 {
		base := c.config.BaseURL
		if err := c.config.apply(opts); err != nil {
			c.err = err
		} else if c.config.BaseURL != base {
			c.err = nil // the environment's was bad, and an option is better
		}
	}
	if c.config.HTTPClient == nil {
		c.config.HTTPClient = shared()
	}
	return c
}

// String says nothing of what is configured, since some of it is secret.
func (c *Client) String() string { return "api.Client" }

// GoString is String, for %#v.
func (c *Client) GoString() string { return c.String() }

// Do sends req and decodes the result into what out points to. If out is nil
// the body is read and dropped. Out is left as it is if the response has no
// body or no result.
func (c *Client) Do(ctx context.Context, req *Request, out any, opts []Option) error {
	x := exchange{client: c, req: req, out: out}
	return x.do(ctx, opts)
}

// Fetch is Do for a page: it also says what the next page may need to know. The
// sum of the body is left out if it is not asked for.
func (c *Client) Fetch(ctx context.Context, req *Request, out any, opts []Option, sum bool) (Reply, error) {
	x := exchange{client: c, req: req, out: out, page: true, sum: sum}
	err := x.do(ctx, opts)
	return x.reply, err
}

// Sum returns a number for a text, the same for the same text.
func (c *Client) Sum(text string) uint64 { return maphash.String(c.seed, text) }

// Reply is what a paged request leaves behind besides the decoded page.
type Reply struct {
	URL    *url.URL    // that was asked for
	Header http.Header // of the response
	Cursor string      // the value of the request's Cursor that was sent
	Sum    uint64      // of the body; the same for the same bytes

	MaxPages int // that a loop may have; 0 is no limit
}

// exchange is one call: everything from the first attempt to the decoded
// result.
type exchange struct {
	client      *Client
	config      *Config
	req         *Request
	out         any
	page        bool     // a reply is wanted
	sum         bool     // with the sum of the body
	foreign     bool     // it goes to another host, which the API gave as the place of its next page
	alternative []string // of the credentials
	fresh       []string // credentials that a function returned
	granted     []granted
	renewed     bool     // the credentials, after a 401
	asked       []answer // of functions for credentials, which the next attempt uses
	spent       int      // repetitions of the client's budget
	limit       string   // what kept a failed attempt from being repeated; "" if nothing did
	misled      bool     // the last error is the middleware's own
	key         string   // for idempotency
	clock       *clock   // of an attempt whose body is read on its way; nil if it has no limit
	reply       Reply
	call        Call
}

func (x *exchange) do(ctx context.Context, opts []Option) error {
	if err := x.prepare(ctx, opts); err != nil {
		x.capture(ctx, nil)
		return fmt.Errorf("%s: %w", x.req.Operation, err)
	}
	if len(x.config.Middleware)+len(x.config.CallMiddleware) == 0 {
		return x.run(ctx)
	}
	return x.surrounded(ctx)
}

func (c *Client) codec() *codec {
	if k, ok := c.codecs.Get().(*codec); ok {
		k.secrets = nil
		return k
	}
	return newCodec()
}

// buffer returns an empty buffer to read a body into. It goes back with
// release; what is decoded from it keeps none of it.
func (c *Client) buffer() *bytes.Buffer {
	if b, ok := c.buffers.Get().(*bytes.Buffer); ok {
		b.Reset()
		return b
	}
	return new(bytes.Buffer)
}

// maxKept is the size in bytes of the largest buffer that is used again.
const maxKept = 1 << 20

func (c *Client) release(b *bytes.Buffer) {
	if b != nil && b.Cap() <= maxKept {
		c.buffers.Put(b)
	}
}
