package apierror

// NewConnection makes the error of an attempt that got no complete response.
// It is for the SDK's transport: text is what to print, masked and without the
// URL, and timeout says whether it was the time of the attempt that ran out.
func NewConnection(text string, timeout bool, cause error) error {
	return &connectionError{text, timeout, cause}
}

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
