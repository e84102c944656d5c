package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
)

// Call sends a request that the description lacks; see the generated client's
// method Do. Credentials, options, retries and errors are those of every call.
func (c *Client) Call(ctx context.Context, method, path string, params, result any, opts []Option) error {
	req, err := undescribed(method, path, params)
	if err == nil && result != nil {
		if v := reflect.ValueOf(result); v.Kind() != reflect.Pointer || v.IsNil() {
			err = fmt.Errorf("the result is a %T, not a pointer to fill in", result)
		}
	}
	if err != nil {
		return fmt.Errorf("Do: %w", err)
	}
	return c.Do(ctx, req, result, opts)
}

// undescribedCall is what errors call a request that the description lacks.
const undescribedCall = "Do"

func undescribed(method, path string, params any) (*Request, error) {
	if !validToken(method) {
		return nil, fmt.Errorf("%q is not a method", method)
	}
	if strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return nil, errors.New("the path has a space or a control character: escape it with url.PathEscape")
	}
	req := &Request{Operation: undescribedCall, Method: method, Path: path}
	if strings.Contains(path, "://") || strings.HasPrefix(path, "//") { // a Location, say, of an operation that goes on
		u, err := url.Parse(path)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, errors.New("the path is neither a path below the base URL nor a URL of the API")
		}
		req.next, req.undescribed, req.Path = u, true, ""
	}
	if nothing(params) {
		return req, nil
	}
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodDelete:
		req.Query("", params) // its members are the parameters
	default:
		req.Body = Raw("application/json", params)
	}
	return req, nil
}

// route is the path of r for people: its template, without a query that may
// have values.
func (r *Request) route() string {
	route, _, _ := strings.Cut(r.Path, "?")
	return route
}
