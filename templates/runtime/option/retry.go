package option

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Attempt is an attempt that failed; see [WithRetryPolicy].
type Attempt struct {
	Operation string         // the Go name of what was called
	Method    string         // of HTTP
	Number    int            // 1 for the first
	Response  *http.Response // nil if there is none; its body is closed
	Err       error          // nil if there is a response
	Retry     bool           // what would be done without the policy
}

// RateLimit is what a response says of the API's limit of calls; see
// [WithRateLimitFunc].
type RateLimit = apierror.RateLimit

// Limiter waits until a request may be sent, or returns an error if the context
// ends before; see [WithLimiter].
type Limiter interface {
	Wait(context.Context) error
}

// WithMaxRetries sets how many times a failed attempt is repeated. The default
// is 2, so three attempts in all; 0 turns retries off.
func WithMaxRetries(n int) RequestOption {
	return func(c *api.Config) error {
		if n < 0 {
			return fmt.Errorf("option.WithMaxRetries: %d is negative", n)
		}
		c.MaxRetries, c.RetriesSaid = n, true
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
	return func(c *api.Config) error {
		c.RetryPolicy = nil
		if policy != nil {
			c.RetryPolicy = func(a api.Attempt) bool { return policy(Attempt(a)) }
		}
		return nil
	}
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
// longest. The defaults are half a second and eight seconds.
func WithRetryDelay(shortest, longest time.Duration) RequestOption {
	return func(c *api.Config) error {
		if shortest < 0 || longest < shortest {
			return fmt.Errorf("option.WithRetryDelay: %v to %v is not a range of times", shortest, longest)
		}
		c.MinDelay, c.MaxDelay = shortest, longest
		return nil
	}
}

// WithMaxRetryAfter limits how long the server may ask to wait before an attempt
// is repeated, with Retry-After or the end of a rate limit. The default is a
// minute. If it asks for longer the call fails at once, and its error says when to
// come back; so does one whose context ends before.
func WithMaxRetryAfter(longest time.Duration) RequestOption {
	return func(c *api.Config) error {
		if longest < 0 {
			return fmt.Errorf("option.WithMaxRetryAfter: %v is negative", longest)
		}
		c.MaxWait = longest
		return nil
	}
}

// WithRetryBudget limits how many repetitions a client makes that lead to
// nothing, so that an outage is not answered with several times the load. A
// repetition costs one; a call that succeeds gives back what its own have cost,
// and a tenth. When the budget is used up failed attempts are not repeated, and
// the errors say so. The default is 100; 0 is no limit.
func WithRetryBudget(repetitions int) RequestOption {
	return func(c *api.Config) error {
		if repetitions < 0 {
			return fmt.Errorf("option.WithRetryBudget: %d is negative", repetitions)
		}
		c.RetryBudget = repetitions
		return nil
	}
}

// WithLimiter asks limiter before each attempt, so that a program stays below the
// API's limit of calls. A Limiter of golang.org/x/time/rate is one:
//
//	option.WithLimiter(rate.NewLimiter(rate.Limit(10), 1)) // ten requests a second
func WithLimiter(limiter Limiter) RequestOption {
	return func(c *api.Config) error {
		if limiter == nil {
			return errors.New("option.WithLimiter: nil")
		}
		c.Limiter = limiter
		return nil
	}
}

// WithRateLimitFunc calls see with what a response says of the API's limit of
// calls, if it says anything. It is called after each attempt, of calls that
// overlap at the same time.
func WithRateLimitFunc(see func(context.Context, RateLimit)) RequestOption {
	return func(c *api.Config) error { c.OnRateLimit = see; return nil }
}

// WithRetryCountHeader sends the number of the repetition in a header: 1 with
// the second attempt. The default, "", sends none.
func WithRetryCountHeader(name string) RequestOption {
	return func(c *api.Config) error { return c.SetRetryCount(name, "option.WithRetryCountHeader") }
}
