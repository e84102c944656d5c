package sdktest

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

// Error is the error that the client returns, and one that a handler may return
// for the API to answer with. Its StatusCode, Header, Code and Message are sent,
// the latter two in the form that the API has for problems; or the problems in
// Errors; or Body as it is. A status of 0 is 500.
type Error = apierror.Error

// Status is an error of the API with a status and headers, each a name and a
// value: Status(429, "Retry-After", "3"). A last name without a value is left
// out.
func Status(status int, header ...string) error {
	e := &Error{StatusCode: status, Header: http.Header{}}
	for i := 0; i+1 < len(header); i += 2 {
		e.Header.Add(header[i], header[i+1])
	}
	return e
}

// A Response is an answer as it is sent. As the error of a handler it takes the
// place of a result: for a body that is not what the API describes, or that this
// package does not write. Status 0 is 200.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Error says what the answer is.
func (r *Response) Error() string {
	return fmt.Sprintf("sdktest: an answer with status %d and %d bytes", r.Status, len(r.Body))
}

var (
	// ErrReset is a connection that is reset before there is an answer. What the
	// request was to do may have been done.
	ErrReset error = &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}

	// ErrRefused is a connection that is not made, so that nothing was done.
	ErrRefused error = &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}

	// ErrBroken is a connection that breaks in the middle of the answer's body: the
	// handler is called and the status and headers come.
	ErrBroken = errors.New("sdktest: the connection broke")
)
