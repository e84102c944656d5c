package api

import (
	"errors"
	"strings"
)

// localError is a failure on this side, which would be the same the next time:
// of middleware, of a reader that is the body, of redirects that lead nowhere.
type localError struct{ error }

func (e localError) Unwrap() error { return e.error }

// local marks an error as one of this side.
func local(err error) error {
	if err == nil {
		return nil
	}
	return localError{err}
}

// isLocal reports whether an attempt failed on this side: it was not sent, or
// what was wrong with it will be so again.
func isLocal(err error) bool {
	if err == nil {
		return false
	}
	if _, ok := errors.AsType[localError](err); ok {
		return true
	}
	text := err.Error()
	for _, refusal := range refusals {
		if strings.Contains(text, refusal) {
			return true
		}
	}
	return false
}

// refusals are in the errors of net/http about a request that it does not send,
// or a redirect that it does not follow. They have no types.
var refusals = []string{
	"net/http: invalid ",
	"http: no Host in request URL",
	"http: nil Request.URL",
	"http: Request.RequestURI can't be set",
	"http: ContentLength=",
	"unsupported protocol scheme",
	"failed to parse Location header",
	"http: server gave HTTP response to HTTPS client",
}

// lineOf is several errors on one line.
type lineOf struct {
	text string
	errs []error
}

func (e *lineOf) Error() string   { return e.text }
func (e *lineOf) Unwrap() []error { return e.errs }

// oneLine joins errors on one line, where [errors.Join] has one for each.
func oneLine(errs ...error) error {
	texts := make([]string, len(errs))
	for i, err := range errs {
		texts[i] = err.Error()
	}
	return &lineOf{strings.Join(texts, ": "), errs}
}
