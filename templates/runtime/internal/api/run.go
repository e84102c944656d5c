package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// run makes attempts until one succeeds or none is left.
func (x *exchange) run(ctx context.Context) error {
	for n := 0; ; n++ {
		a, err := x.attempt(ctx, n)
		if err != nil {
			return fmt.Errorf("%s: %w", x.req.Operation, err) // nothing was sent
		}
		if a.ok() {
			x.client.budget.earn()
			return x.finish(&a)
		}
		if x.renew(ctx, &a) {
			x.client.release(a.body)
			continue
		}
		if !x.again(ctx, &a) {
			return x.failure(ctx, &a)
		}
		if err := wait(ctx, x.config.delay(a.resp, n)); err != nil {
			return errors.Join(fmt.Errorf("%s: waiting to repeat it: %w", x.req.Operation, err), x.failure(ctx, &a))
		}
		x.client.release(a.body)
	}
}

// again decides whether there is another attempt.
func (x *exchange) again(ctx context.Context, a *attempt) bool {
	repeated := a.number
	if x.renewed {
		repeated-- // that one does not count
	}
	if repeated >= x.config.MaxRetries || ctx.Err() != nil || !x.req.sent.body.replayable() {
		return false
	}
	resp := a.resp
	if a.err != nil {
		resp = nil
	}
	keyed := x.config.RetryUnsafe || a.req.Header.Get(x.req.idempotencyKey(x.config.api)) != ""
	retry := x.req.retryable(keyed, resp, a.err)
	if x.config.RetryPolicy != nil {
		retry = x.config.RetryPolicy(Attempt{
			Operation: x.req.Operation,
			Method:    x.req.Method,
			Number:    a.number + 1,
			Response:  resp,
			Err:       a.err,
			Retry:     retry,
		})
	}
	return retry && x.client.budget.spend()
}

// failure makes the error of the last attempt.
func (x *exchange) failure(ctx context.Context, a *attempt) error {
	if a.err != nil {
		if x.config.Response != nil {
			*x.config.Response = nil
		}
		x.client.release(a.body)
		return x.connectionError(ctx, a)
	}
	x.capture(a)
	defer x.client.release(a.body)
	return x.apiError(a, "")
}

// connectionError makes the error of an attempt without a complete response.
func (x *exchange) connectionError(ctx context.Context, a *attempt) error {
	text, timeout, cause := x.cause(ctx, a)
	path := x.masks().String(a.req.URL.EscapedPath())
	return apierror.NewConnection(fmt.Sprintf("%s: %s %s: %s", x.req.Operation, a.req.Method, path, text), timeout, cause)
}

// cause returns why there is no complete response, without the URL of an
// url.Error, whose query may have secrets; what to print of it; and whether it
// took too long.
func (x *exchange) cause(ctx context.Context, a *attempt) (text string, timeout bool, cause error) {
	cause = a.err
	if e, ok := errors.AsType[*url.Error](cause); ok {
		cause = e.Err
	}
	if err := ctx.Err(); err != nil {
		return err.Error(), false, errors.Join(err, cause)
	}
	if a.expired {
		return fmt.Sprintf("no complete response in %v", x.config.Timeout), true, cause
	}
	timer, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](cause)
	return x.masks().String(cause.Error()), ok && timer.Timeout(), cause
}

// apiError makes the error of an attempt whose response says that it failed.
func (x *exchange) apiError(a *attempt, cause string) error {
	return apierror.New(apierror.Report{
		Operation:   x.req.Operation,
		Route:       x.req.route(),
		Attempts:    a.number + 1,
		Request:     a.req,
		RequestBody: x.req.sent.body.data[:min(len(x.req.sent.body.data), maxErrorBody)],
		Response:    a.resp,
		Body:        a.body.Bytes(),
		RequestID:   x.requestID(a.resp),
		Cause:       cause,
		Masks:       x.masks(),
		Decode:      x.decoder(a),
	})
}

// decoder returns what reads the body of an attempt as results are read. It may
// be called long after the call.
func (x *exchange) decoder(a *attempt) func(body []byte, out any) error {
	described, contentType, decoding := x.config.api, a.resp.Header.Get("Content-Type"), &x.client.lenient
	return func(body []byte, out any) error {
		body, err := described.fromXML(contentType, body, out)
		if err != nil {
			return err
		}
		return decoding.unmarshal(body, out)
	}
}

// masks is what an error or a copy of this call must not show.
func (x *exchange) masks() *mask.Set {
	m, sent := new(mask.Set), x.req.sent
	m.Headers = append(m.Headers, sent.secretHeaders...)
	m.Queries = append(m.Queries, sent.secretQueries...)
	for _, s := range sent.secrets {
		m.Add(s)
	}
	for _, s := range sent.body.shown() {
		m.Add(s)
	}
	for i := range x.config.api.Credentials {
		d, value := &x.config.api.Credentials[i], x.config.credentials[i].value
		switch d.In {
		case Header:
			m.Headers = append(m.Headers, textproto.CanonicalMIMEHeaderKey(d.Key))
		case Query:
			m.Queries = append(m.Queries, d.Key)
		}
		m.Add(value)
		if len(value) > len(d.Prefix) {
			m.Add(value[len(d.Prefix):])
		}
	}
	for _, s := range x.fresh {
		m.Add(s)
	}
	for i := range x.config.credentials {
		if client := x.config.credentials[i].client; client != nil {
			m.Add(client.secret)
		}
	}
	for _, e := range x.config.header {
		if m.SecretHeader(e.name) {
			_, secret, _ := strings.Cut(e.value, " ")
			m.Add(e.value)
			m.Add(secret)
		}
	}
	for _, e := range x.config.query {
		if slices.Contains(m.Queries, e.name) {
			m.Add(e.value)
		}
	}
	if password, ok := x.config.BaseURL.User.Password(); ok {
		m.Add(password)
	}
	return m
}

// requestID returns what the API calls the request of resp.
func (x *exchange) requestID(resp *http.Response) string {
	for _, name := range x.config.api.requestIDs() {
		if id := resp.Header.Get(name); id != "" {
			return id
		}
	}
	return ""
}

func (a *API) requestIDs() []string {
	if a.RequestID != nil {
		return a.RequestID
	}
	return []string{"X-Request-Id", "Request-Id", "X-Amzn-Requestid", "X-Ms-Request-Id", "X-Correlation-Id", "X-Trace-Id", "Cf-Ray"}
}
