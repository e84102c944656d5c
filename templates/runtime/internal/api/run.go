package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// run makes attempts until one succeeds or none is left.
func (x *exchange) run(ctx context.Context) error {
	for n := 0; ; n++ {
		a, err := x.attempt(ctx, n)
		if err != nil {
			x.capture(ctx, nil)
			return fmt.Errorf("%s: %w", x.req.Operation, err) // nothing was sent
		}
		if a.ok() {
			x.client.budget.earn(x.spent)
			return x.finish(ctx, &a)
		}
		renewed, err := x.renew(ctx, &a)
		if err != nil {
			return oneLine(fmt.Errorf("%s: %w", x.req.Operation, err), x.failure(ctx, &a))
		}
		if renewed {
			x.client.release(a.body)
			continue
		}
		delay, again := x.again(ctx, &a)
		if !again {
			return x.failure(ctx, &a)
		}
		if err := wait(ctx, delay); err != nil {
			return oneLine(fmt.Errorf("%s: waiting to repeat it: %w", x.req.Operation, err), x.failure(ctx, &a))
		}
		x.client.release(a.body)
	}
}

// again decides whether there is another attempt, and when. Where there would be
// one but for a limit, it notes which.
func (x *exchange) again(ctx context.Context, a *attempt) (after time.Duration, again bool) {
	repeated := a.number
	if x.renewed {
		repeated-- // that one does not count
	}
	if repeated >= x.config.MaxRetries || ctx.Err() != nil {
		return 0, false
	}
	if !x.retryable(a) {
		return 0, false
	}
	after, asked := x.config.delay(a.answer(), a.number)
	switch {
	case !x.req.sent.body.replayable():
		x.limit = "not repeated, as its body can be read only once"
		return 0, false
	case asked && after > x.config.MaxWait:
		x.limit = "which is longer than option.WithMaxRetryAfter allows"
		return 0, false
	case !x.client.budget.spend(x.config.RetryBudget):
		x.limit = "not repeated, as the client's retry budget is used up (option.WithRetryBudget)"
		return 0, false
	}
	x.spent++
	return after, true
}

// answer is the response, if it is complete.
func (a *attempt) answer() *http.Response {
	if a.err != nil {
		return nil
	}
	return a.resp
}

// retryable reports whether an attempt is worth repeating and may be repeated, by
// the rules or by the caller's own.
func (x *exchange) retryable(a *attempt) bool {
	if a.err != nil && !a.expired && errors.Is(a.err, context.Canceled) {
		return false // somebody gave it up
	}
	resp := a.answer()
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
	return retry
}

// failure makes the error of the last attempt.
func (x *exchange) failure(ctx context.Context, a *attempt) error {
	if a.err != nil {
		x.capture(ctx, nil)
		x.client.release(a.body)
		return x.connectionError(ctx, a)
	}
	x.capture(ctx, a)
	defer x.client.release(a.body)
	return x.apiError(a, "")
}

// connectionError makes the error of an attempt without a complete response.
func (x *exchange) connectionError(ctx context.Context, a *attempt) error {
	text, timeout, cause := x.cause(ctx, a)
	path := x.masks().String(a.req.URL.EscapedPath())
	text = fmt.Sprintf("%s: %s %s: %s", x.req.Operation, a.req.Method, path, text)
	if x.limit != "" {
		text += " [" + x.limit + "]"
	}
	if isLocal(a.err) {
		return apierror.NewLocal(text, cause)
	}
	return apierror.NewConnection(text, timeout, cause)
}

// cause returns why there is no complete response, without the URL of an
// url.Error, whose query may have secrets; what to print of it; and whether it
// took too long.
func (x *exchange) cause(ctx context.Context, a *attempt) (text string, timeout bool, cause error) {
	cause = a.err
	if e, ok := cause.(localError); ok {
		cause = e.error
	}
	if e, ok := errors.AsType[*url.Error](cause); ok {
		cause = e.Err
	}
	if err := ctx.Err(); err != nil {
		return err.Error(), false, errors.Join(err, cause)
	}
	if a.expired {
		cause = errors.Join(context.DeadlineExceeded, cause) // which the attempt's context may not have had
		if x.config.Whole {
			return fmt.Sprintf("no complete response in %v", x.config.Timeout), true, cause
		}
		return fmt.Sprintf("nothing was received for %v", x.config.Timeout), true, cause
	}
	timer, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](cause)
	return mask.Line(x.masks().String(cause.Error()), mask.MaxText), ok && timer.Timeout(), cause
}

// apiError makes the error of an attempt whose response says that it failed.
func (x *exchange) apiError(a *attempt, cause string) error {
	after, _ := waitFor(a.resp, a.at)
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
		Time:        a.at,
		RetryAfter:  after,
		Limit:       x.limit,
		Masks:       x.masksOf(a.req),
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

// requestID returns what the API calls the request of resp, as far as a line
// has room for it.
func (x *exchange) requestID(resp *http.Response) string {
	for _, name := range x.config.api.requestIDs() {
		if id := resp.Header.Get(name); id != "" {
			return mask.Line(x.masks().String(id), mask.MaxName)
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
