// Package option has the options that a client or a single call accepts. They
// say how requests are sent, not what they ask for; that is in the params of a
// method.
//
//	client := cloudflare.NewClient(option.WithMaxRetries(5))
//	stores, err := client.SecretsStore.Stores.List(ctx, params, option.WithTimeout(5*time.Second))
//
// Options are applied in order, the call's after the client's, and the later
// wins. An option with a bad value does not panic: the call it is given to, or
// every call of the client, returns an error. No option changes a value that
// the caller owns, and a call's options do not change its client.
package option
