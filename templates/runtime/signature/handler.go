package signature

import (
	"context"
	"errors"
	"io"
	"net/http"
)

// DefaultMaxBytes is how large a payload may be where a [Receiver] does not say:
// more than any sender's limit that is known, 25 MB.
const DefaultMaxBytes = 25 << 20

// A Receiver answers deliveries. The handler of an SDK's events is made of one.
type Receiver struct {
	// Verify is called before anything else is made of a payload. Nil refuses all.
	Verify Verifier
	// Dispatch handles a payload that is verified. An error that wraps [ErrPayload]
	// is the sender's, any other the program's, for which senders try again.
	Dispatch func(ctx context.Context, payload []byte, header http.Header) error
	// MaxBytes is how large a payload may be; 0 is [DefaultMaxBytes].
	MaxBytes int64
	// Status is what a delivery that was handled is answered with; 0 is 204.
	Status int
	// OnError is told why a delivery was refused or not handled. It may be nil.
	OnError func(r *http.Request, err error)
}

// ServeHTTP reads a delivery, no more of it than is allowed, verifies it, has it
// handled, and answers: 405 to a request without a body to verify, 413 to one that is
// too large, 401 to one that is not signed well, 400 to one that cannot be decoded, and
// 500 if it could not be handled. The answer says nothing of the reason.
func (c *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, err := c.receive(r)
	if err != nil && c.OnError != nil {
		c.OnError(r, err)
	}
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "POST, PUT")
	}
	w.WriteHeader(status)
}

func (c *Receiver) receive(r *http.Request) (status int, err error) {
	if r.Method != http.MethodPost && r.Method != http.MethodPut {
		return http.StatusMethodNotAllowed, errors.New("webhook is sent with " + r.Method)
	}
	payload, err := c.read(r)
	switch {
	case errors.Is(err, ErrTooLarge):
		return http.StatusRequestEntityTooLarge, err
	case err != nil:
		return http.StatusBadRequest, err
	case c.Verify == nil:
		return http.StatusInternalServerError, ErrNoSecret
	}
	switch err := c.Verify(payload, r.Header); {
	case errors.Is(err, ErrNoSecret), errors.Is(err, ErrScheme):
		return http.StatusInternalServerError, err
	case err != nil:
		return http.StatusUnauthorized, err
	}
	ctx := context.WithValue(r.Context(), headerKey{}, r.Header)
	switch err := c.Dispatch(ctx, payload, r.Header); {
	case errors.Is(err, ErrPayload):
		return http.StatusBadRequest, err
	case err != nil:
		return http.StatusInternalServerError, err
	case c.Status == 0:
		return http.StatusNoContent, nil
	}
	return c.Status, nil
}

// read returns the whole payload, which is as it came: a digest is of all bytes.
func (c *Receiver) read(r *http.Request) ([]byte, error) {
	limit := c.MaxBytes
	if limit == 0 {
		limit = DefaultMaxBytes
	}
	if r.ContentLength > limit {
		return nil, ErrTooLarge
	}
	payload, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err == nil && int64(len(payload)) > limit {
		err = ErrTooLarge
	}
	return payload, err
}

type headerKey struct{}

// HeaderOf returns the headers of the delivery that a function of a handler was called
// for: its id, by which a program knows one that it has had before. Nil elsewhere.
func HeaderOf(ctx context.Context) http.Header {
	header, _ := ctx.Value(headerKey{}).(http.Header)
	return header
}
