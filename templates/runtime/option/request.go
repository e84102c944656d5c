package option

import (
	"net/http"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// WithHeader sets a header, in place of any value it has. A header that carries
// a credential of the API, or Authorization, counts as that credential.
func WithHeader(name, value string) RequestOption {
	return func(c *api.Config) error { return c.EditHeader(api.Set, name, value, "option.WithHeader") }
}

// WithHeaderAdd adds a value to a header.
func WithHeaderAdd(name, value string) RequestOption {
	return func(c *api.Config) error { return c.EditHeader(api.Add, name, value, "option.WithHeaderAdd") }
}

// WithHeaderDel leaves a header out.
func WithHeaderDel(name string) RequestOption {
	return func(c *api.Config) error { return c.EditHeader(api.Del, name, "", "option.WithHeaderDel") }
}

// WithIfNoneMatch asks for a result only if it is no longer the one that had this
// ETag: if it is, the call's error is ErrNotModified. The ETag is in the header of
// the response; see [WithResponseHeader].
func WithIfNoneMatch(etag string) RequestOption {
	return func(c *api.Config) error {
		return c.EditHeader(api.Set, "If-None-Match", etag, "option.WithIfNoneMatch")
	}
}

// WithIfModifiedSince asks for a result only if it has changed since then: if it
// has not, the call's error is ErrNotModified.
func WithIfModifiedSince(t time.Time) RequestOption {
	return func(c *api.Config) error {
		return c.EditHeader(api.Set, "If-Modified-Since", t.UTC().Format(http.TimeFormat), "option.WithIfModifiedSince")
	}
}

// WithIfMatch changes something only if it still is what had this ETag: if it is
// not, the call's error is ErrPreconditionFailed.
func WithIfMatch(etag string) RequestOption {
	return func(c *api.Config) error {
		return c.EditHeader(api.Set, "If-Match", etag, "option.WithIfMatch")
	}
}

// WithQuery sets a query parameter, in place of any value it has.
func WithQuery(name, value string) RequestOption {
	return func(c *api.Config) error { c.EditQuery(api.Set, name, value); return nil }
}

// WithQueryAdd adds a value of a query parameter.
func WithQueryAdd(name, value string) RequestOption {
	return func(c *api.Config) error { c.EditQuery(api.Add, name, value); return nil }
}

// WithQueryDel leaves a query parameter out.
func WithQueryDel(name string) RequestOption {
	return func(c *api.Config) error { c.EditQuery(api.Del, name, ""); return nil }
}

// WithRequestBody sends body in place of the one that the params make. It may
// be bytes, a string, an [io.Reader], which is sent again only if it is an
// [io.Seeker], or any value, which is sent as a form or in parts, if contentType
// is application/x-www-form-urlencoded or multipart/form-data, and else as JSON.
// Nil sends none.
func WithRequestBody(contentType string, body any) RequestOption {
	return func(c *api.Config) error {
		raw := api.Raw(contentType, body)
		c.Body = &raw
		return nil
	}
}

// WithRequestContentType sends the body that the params make as another of the
// media types that the API takes: JSON, application/x-www-form-urlencoded or
// multipart/form-data. A body that is text or a stream stays as it is.
func WithRequestContentType(contentType string) RequestOption {
	return func(c *api.Config) error { c.ContentType = contentType; return nil }
}

// WithJSONSet sets a member of the JSON body, for what the API's description
// lacks. The path is the way to it, joined with dots, as in
// "settings.rules.0.name": a number is the place in a list, -1 the one after
// its end, and a dot that is part of a name is written \.. Objects on the way
// are made if they are missing. The value is anything that becomes JSON.
//
// Given to a call it makes a body where there is none; given to a client it is
// for the requests that have a body of JSON.
func WithJSONSet(path string, value any) RequestOption {
	return func(c *api.Config) error { return c.EditJSON(api.Set, path, value, "option.WithJSONSet") }
}

// WithJSONDel takes a member out of the JSON body, if it is there. The path is
// that of [WithJSONSet].
func WithJSONDel(path string) RequestOption {
	return func(c *api.Config) error { return c.EditJSON(api.Del, path, nil, "option.WithJSONDel") }
}

// WithUserAgent sets the User-Agent header; "" leaves it out.
func WithUserAgent(agent string) RequestOption {
	return func(c *api.Config) error {
		if agent == "" {
			return c.EditHeader(api.Del, "User-Agent", "", "option.WithUserAgent")
		}
		return c.EditHeader(api.Set, "User-Agent", agent, "option.WithUserAgent")
	}
}

// WithIdempotencyKey sends key with each attempt of a call, so that an API that
// supports it does the work once however often it is asked; a POST or PATCH is
// then repeated like any other request. It is an option of a call, not of a
// client.
func WithIdempotencyKey(key string) RequestOption {
	return func(c *api.Config) error { return c.SetIdempotencyKey(key, "option.WithIdempotencyKey") }
}
