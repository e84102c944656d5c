package apierror

import (
	"errors"
	"net/http"
)

// Sentinels for [errors.Is]. An [*Error] matches the one of its status.
var (
	ErrBadRequest          = errors.New("bad request")           // 400
	ErrAuthentication      = errors.New("authentication failed") // 401
	ErrPermissionDenied    = errors.New("permission denied")     // 403
	ErrNotFound            = errors.New("not found")             // 404
	ErrConflict            = errors.New("conflict")              // 409
	ErrUnprocessableEntity = errors.New("unprocessable entity")  // 422
	ErrRateLimit           = errors.New("rate limit exceeded")   // 429
	ErrInternalServer      = errors.New("internal server error") // 500 and above

	// ErrNotModified is matched by a response with status 304: what a conditional
	// request asks for is still what the program has.
	ErrNotModified = errors.New("not modified") // 304

	// ErrPreconditionFailed is matched by a response with status 412: what a
	// conditional request is to change is no longer what the program has.
	ErrPreconditionFailed = errors.New("precondition failed") // 412

	// ErrTimeout is matched by a response with status 408 or 504, and by an
	// attempt that got no complete response in time. A deadline of the caller's
	// context is [context.DeadlineExceeded] instead.
	ErrTimeout = errors.New("timed out")

	// ErrConnection is matched by an attempt that got no complete response at
	// all; the cause is wrapped.
	ErrConnection = errors.New("connection failed")

	// ErrNoCredentials is matched by a call that was not sent, because no
	// configured credentials fit the operation.
	ErrNoCredentials = errors.New("no credentials")
)

// is reports whether a response with this status matches target.
func is(status int, target error) bool {
	switch target {
	case ErrBadRequest:
		return status == http.StatusBadRequest
	case ErrAuthentication:
		return status == http.StatusUnauthorized
	case ErrPermissionDenied:
		return status == http.StatusForbidden
	case ErrNotFound:
		return status == http.StatusNotFound
	case ErrNotModified:
		return status == http.StatusNotModified
	case ErrPreconditionFailed:
		return status == http.StatusPreconditionFailed
	case ErrConflict:
		return status == http.StatusConflict
	case ErrUnprocessableEntity:
		return status == http.StatusUnprocessableEntity
	case ErrRateLimit:
		return status == http.StatusTooManyRequests
	case ErrInternalServer:
		return status >= http.StatusInternalServerError
	case ErrTimeout:
		return status == http.StatusRequestTimeout || status == http.StatusGatewayTimeout
	}
	return false
}
