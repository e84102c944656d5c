package apierror

// NewConnection makes the error of an attempt that got no complete response.
// It is for the SDK's transport: text is what to print, masked and without the
// URL, and timeout says whether it was the time of the attempt that ran out.
func NewConnection(text string, timeout bool, cause error) error {
	return &connectionError{text, timeout, cause}
}

// NewLocal makes the error of an attempt that failed before it reached the API:
// in middleware, or in the body's own reader. It is for the SDK's transport.
func NewLocal(text string, cause error) error { return &localError{text, cause} }

type localError struct {
	text  string
	cause error
}

func (e *localError) Error() string { return e.text }
func (e *localError) Unwrap() error { return e.cause }

// GoString keeps %#v from printing the cause, which may hold the URL.
func (e *localError) GoString() string { return "&apierror.localError{" + e.text + "}" }

type connectionError struct {
	text    string
	timeout bool
	cause   error
}

func (e *connectionError) Error() string   { return e.text }
func (e *connectionError) Unwrap() error   { return e.cause }
func (e *connectionError) Timeout() bool   { return e.timeout }
func (e *connectionError) Is(t error) bool { return t == ErrConnection || e.timeout && t == ErrTimeout }

// GoString keeps %#v from printing the cause, which may hold the URL.
func (e *connectionError) GoString() string { return "&apierror.connectionError{" + e.text + "}" }
