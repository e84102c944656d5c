package apierror

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// DecodeError is a response that says the call went well, but whose body is
// not what the API describes. Its line shows no value of the body.
type DecodeError struct {
	Operation  string // what was called
	Method     string // of the request
	Path       string // the path as it was sent, without the query
	StatusCode int    // of the response
	RequestID  string // what the API calls this request; "" if it did not say
	Pointer    string // where in the body, as a JSON Pointer (RFC 6901); "" is the whole
	GoType     string // what the value there did not fit, such as "time.Time"; "" if the JSON is broken
	Encoding   string // the Content-Encoding that the body still has, such as "br"; "" if none

	reason string
	err    error
}

// NewDecode returns e with what err says of its place. It is for the SDK's
// transport.
func NewDecode(e DecodeError, contentType string, err error) error {
	e.err = err
	e.Encoding = clean(e.Encoding, maxCode)
	if e.Encoding != "" {
		e.reason = "its Content-Encoding is " + e.Encoding + " and was not asked for"
		return &e
	}
	if strings.Contains(err.Error(), "exceeded max depth") { // the engine has no error to compare with
		e.reason = "its JSON is nested too deep"
		return &e
	}
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		e.Pointer = string(semantic.JSONPointer)
		if semantic.GoType != nil {
			e.GoType = semantic.GoType.String()
		}
		e.reason = fmt.Sprintf("at %q: JSON %s into Go %s", clean(e.Pointer, maxMessage), kind(semantic.JSONKind), e.GoType)
		return &e
	}
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		e.Pointer = string(syntactic.JSONPointer)
		e.reason = fmt.Sprintf("broken JSON after %d bytes", syntactic.ByteOffset)
	} else {
		e.reason = clean(err.Error(), maxMessage)
	}
	if media, _, err := mime.ParseMediaType(contentType); err == nil && !strings.HasSuffix(media, "json") {
		e.reason = clean(media, maxHint) + " instead of JSON"
	}
	return &e
}

// Error returns one line: operation, method, path, status, the place in the
// body and the Go type that did not fit.
func (e *DecodeError) Error() string {
	line := fmt.Sprintf("%s: %s %s: %d %s, but the response cannot be read: %s",
		e.Operation, e.Method, e.Path, e.StatusCode, http.StatusText(e.StatusCode), e.reason)
	if e.RequestID != "" {
		line += " [request " + e.RequestID + "]"
	}
	return line
}

// Unwrap returns what the decoder said, which may show a value of the body.
func (e *DecodeError) Unwrap() error { return e.err }

func kind(k jsontext.Kind) string {
	switch k {
	case '[':
		return "array"
	case '{':
		return "object"
	case 0:
		return "value"
	}
	return k.String()
}
