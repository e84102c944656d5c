package option

import (
	"fmt"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Attempt is a failed attempt; see [WithRetryPolicy].
type Attempt = api.Attempt

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
