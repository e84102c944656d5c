// Package apierror takes what an API answered to a call that failed and makes
// it an error: one type for every status, with the API's own code and message,
// and sentinels to sort it by. It sends nothing and retries nothing.
//
//	_, err := client.SecretsStore.Stores.Create(ctx, params)
//	var apiErr *cloudflare.Error
//	switch {
//	case errors.Is(err, cloudflare.ErrConflict):
//		// there already
//	case errors.As(err, &apiErr):
//		log.Print(apiErr.StatusCode, apiErr.Code, apiErr.RequestID)
//	}
//
// An error is one line without query, headers or body. Everything that an [Error]
// holds is masked: credentials, the secrets that the call sent, and what the
// program added to the request.
package apierror

// # What an error shows
//
// Errors end in logs, and logs outlive secrets: the URL with its query and the
// raw body do not belong there.
//
// Decision: [Error.Error] is one line without query, headers or body; the dumps
// show those with credentials and secrets masked; and every copy of the request
// and the response that an Error holds is masked before the Error is made.
