package streaming

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// rest is how to ask for what a download that broke off did not bring (RFC 9110,
// section 14).
type rest struct {
	ctx      context.Context
	client   *api.Client
	req      *api.Request
	opts     []api.Option
	response *api.Response // the first one
	done     int64         // bytes that were read
	idle     int           // requests for the rest that brought nothing, in a row
}

// resume asks for what is still to come, and reports whether it can be read on.
// It must be a part of the same version, or nothing could be told of the whole.
func (d *Download) resume() bool {
	r := &d.rest
	validator := r.validator()
	for validator != "" && !d.encoded && r.idle < r.response.Config().Resume && r.ctx.Err() == nil {
		if r.response.Wait(r.ctx, r.idle) != nil {
			return false
		}
		r.idle++
		from := d.Offset + r.done
		s, err := r.client.Open(r.ctx, r.req, append(r.opts[:len(r.opts):len(r.opts)], part(from, validator)))
		if err != nil {
			continue
		}
		if s.StatusCode != http.StatusPartialContent || start(s.Header.Get("Content-Range")) != from {
			s.Body.Close()
			return false // it has changed, or the server does not give parts
		}
		d.body.Close()
		s.From(r.done)
		d.body = s.Body
		return true
	}
	return false
}

// validator is what tells one version of the content from the next; "" if there
// is nothing that can be relied on, or the request asks for something else than
// the rest of all of it.
func (r *rest) validator() string {
	h := r.response.Header
	sent := r.response.Sent()
	if sent.Method != http.MethodGet || strings.EqualFold(h.Get("Accept-Ranges"), "none") {
		return ""
	}
	if asked := sent.Header.Get("Range"); asked != "" && !strings.HasSuffix(asked, "-") {
		return "" // a part with an end of its own
	}
	if tag := h.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") {
		return tag
	}
	return h.Get("Last-Modified")
}

// part is the option of a request for all from a byte on, of this version.
func part(from int64, validator string) api.Option {
	return func(c *api.Config) error {
		if err := c.EditHeader(api.Set, "Range", "bytes="+strconv.FormatInt(from, 10)+"-", "resuming the download"); err != nil {
			return err
		}
		return c.EditHeader(api.Set, "If-Range", validator, "resuming the download")
	}
}

// start is where a part begins, as Content-Range says; -1 if it does not.
func start(contentRange string) int64 {
	unit, rest, _ := strings.Cut(strings.TrimSpace(contentRange), " ")
	first, _, _ := strings.Cut(rest, "-")
	n, err := strconv.ParseInt(strings.TrimSpace(first), 10, 64)
	if err != nil || !strings.EqualFold(unit, "bytes") {
		return -1
	}
	return n
}
