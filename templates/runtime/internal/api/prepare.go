package api

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"strings"
)

// prepared is a request whose parameters and body are text. Later pages are
// asked for with the same, so that what the caller does to its own values in
// between does not matter.
type prepared struct {
	path, rawPath string // with the path of the base URL; as in a url.URL
	query         string
	header        []pair
	cookie        []pair
	body          payload

	secrets       []string // all that stand in it
	secretQueries []string // names of query parameters that have one
	secretHeaders []string // canonical names of headers that have one
}

type pair struct{ name, value string }

// prepare settles everything that does not change from attempt to attempt, and
// finds what is wrong with the call before anything is sent.
func (x *exchange) prepare(ctx context.Context, opts []Option) error {
	c := x.client
	x.config = c.config
	if len(opts) > 0 {
		config, err := c.config.with(opts)
		x.config = config
		if err != nil {
			return err
		}
	}
	switch {
	case ctx == nil:
		return errors.New("the context is nil")
	case c.err != nil:
		return c.err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if x.req.Server != "" && (x.config.BaseURL == nil || x.config.BaseURL.String() == x.config.api.BaseURL) {
		config := *x.config
		if err := config.SetBaseURL(x.req.Server, x.req.Operation); err != nil {
			return err
		}
		x.config = &config
	}
	if x.req.Timeout > 0 || x.req.MaxRetries != nil {
		config := *x.config
		config.limits(x.req)
		x.config = &config
	}
	if x.config.BaseURL == nil {
		return x.config.noBaseURL()
	}
	if x.req.sent == nil {
		x.config.addParams(x.req)
		k := c.codec()
		defer c.codecs.Put(k)
		if err := x.req.prepare(k, x.config); err != nil {
			return err
		}
	}
	if x.page && x.config.Cursor != "" {
		if err := x.req.resume(x.config.BaseURL, x.config.Cursor); err != nil {
			return err
		}
	}
	if err := x.req.moveBody(); err != nil {
		return err
	}
	if next := x.req.next; next != nil && !samePlace(x.config.BaseURL, next) {
		switch {
		case x.req.undescribed:
			return errors.New("the URL is not one of the API: it has another host than the base URL, which option.WithBaseURL sets")
		case x.config.BaseURL.Scheme == "https" && next.Scheme != "https":
			return errors.New("the link to the next page leads from https to http")
		}
		x.foreign = true
		return nil // neither credentials nor anything else of the caller's
	}
	var err error
	if x.alternative, err = x.config.choose(x.req.Security); err != nil {
		return err
	}
	x.key = x.config.idempotencyKey
	if x.key == "" && x.req.IdempotencyKey != "" {
		x.key = newKey()
	}
	return nil
}

// prepare turns r's parameters and body into text.
func (r *Request) prepare(k *codec, config *Config) error {
	p := &r.own
	if err := r.preparePath(p, k, config); err != nil {
		return err
	}
	if err := r.prepareParams(p, k); err != nil {
		return err
	}
	body := &r.Body
	switch {
	case config.Body != nil:
		given := *config.Body
		body = &given
	case config.ContentType != "":
		*body = body.as(config.ContentType, r.others)
	}
	var err error
	if p.body, err = body.payload(k); err != nil {
		return fmt.Errorf("the body cannot be encoded: %w", err)
	}
	if err := config.editBody(&p.body, k); err != nil {
		return err
	}
	p.secrets = k.secrets
	r.sent, r.params, r.Body, r.others = p, nil, Body{}, nil
	return nil
}

func (r *Request) preparePath(p *prepared, k *codec, config *Config) error {
	template, _, _ := strings.Cut(r.Path, "#")
	template, query, _ := strings.Cut(template, "?") // some descriptions have a fixed query
	path := append(k.scratch[:0], strings.TrimRight(config.BaseURL.EscapedPath(), "/")...)
	path, err := expand(path, template, func(dst []byte, name string) ([]byte, error) {
		return r.appendParam(dst, k, config, name)
	})
	if err != nil {
		return err
	}
	k.scratch = path
	if p.query, err = expandQuery(query, func(dst []byte, name string) ([]byte, error) {
		return r.appendQueryParam(dst, k, name)
	}); err != nil {
		return err
	}
	p.path, p.rawPath, err = unescape(string(path))
	return err
}

// appendParam adds the encoded text of a parameter of the path.
func (r *Request) appendParam(dst []byte, k *codec, config *Config, name string) ([]byte, error) {
	start := len(dst)
	for i := range r.params {
		if q := &r.params[i]; q.place == inPath && q.name == name {
			n, err := q.node(k)
			if err != nil {
				return nil, fmt.Errorf("path parameter %q: %w", name, err)
			}
			dst = appendPath(dst, name, n, q.style)
		}
	}
	if len(dst) > start {
		return dst, nil
	}
	for i, p := range config.api.Params {
		if p.Name != name {
			continue
		}
		if config.params[i] != "" {
			return segment.append(dst, config.params[i]), nil
		}
		help := "option." + p.Option
		if p.Env != "" {
			help += " or " + p.Env
		}
		return nil, fmt.Errorf("path parameter %q is empty: set it in the params, or with %s", name, help)
	}
	return nil, fmt.Errorf("path parameter %q is empty", name)
}

// appendQueryParam adds the encoded text of a parameter of the path that stands
// in the query of its template.
func (r *Request) appendQueryParam(dst []byte, k *codec, name string) ([]byte, error) {
	for i := range r.params {
		if q := &r.params[i]; q.place == inPath && q.name == name {
			n, err := q.node(k)
			if err != nil {
				return nil, fmt.Errorf("path parameter %q: %w", name, err)
			}
			return unreserved.append(dst, strings.Join(n.flat(), ",")), nil
		}
	}
	return nil, fmt.Errorf("path parameter %q is empty", name)
}

// prepareParams settles all that is not in the path.
func (r *Request) prepareParams(p *prepared, k *codec) error {
	query := append(k.scratch[:0], p.query...)
	for i := range r.params {
		q := &r.params[i]
		if q.place == inPath {
			continue
		}
		secrets := len(k.secrets)
		n, err := q.node(k)
		if err != nil {
			return fmt.Errorf("parameter %q: %w", q.name, err)
		}
		if n.kind == absent {
			continue
		}
		if q.name == "" && n.kind != object {
			return errors.New("the params are not an object, whose members are query parameters")
		}
		secret := len(k.secrets) > secrets
		switch q.place {
		case Query:
			if secret {
				p.secretQueries = append(p.secretQueries, q.name)
			}
			query = appendQuery(query, q.name, n, q.style)
		case Header:
			text := headerText(n, q.style)
			if !validValue(text) {
				return fmt.Errorf("header %q: the value has a line break", q.name)
			}
			name := textproto.CanonicalMIMEHeaderKey(q.name)
			if text == "" && r.IdempotencyKey != "" && strings.EqualFold(name, r.IdempotencyKey) {
				continue // one is made
			}
			if secret {
				p.secretHeaders = append(p.secretHeaders, name)
			}
			p.header = append(p.header, pair{name, text})
		case Cookie:
			if q.style&styleMask == Verbatim {
				if err := p.verbatim(q, n); err != nil {
					return err
				}
				break
			}
			for crumb := range strings.SplitSeq(string(appendQuery(nil, q.name, n, q.style)), "&") {
				name, value, _ := strings.Cut(crumb, "=")
				p.cookie = append(p.cookie, pair{name, value})
			}
		}
	}
	k.scratch = query
	p.query = string(query)
	return nil
}

// verbatim adds cookies whose values are as they are: one for each text of a
// list or an object that explodes, else one with all of them.
func (p *prepared) verbatim(q *parameter, n node) error {
	style := Joined
	if q.style&Explode != 0 {
		style = Default
	}
	pairs, err := styled(q.name, n, style)
	if err != nil {
		return err
	}
	for _, crumb := range pairs {
		if !validValue(crumb.value) || strings.Contains(crumb.value, ";") {
			return fmt.Errorf("cookie %q: the value has a line break or a semicolon", q.name)
		}
	}
	p.cookie = append(p.cookie, pairs...)
	return nil
}

func (q *parameter) node(k *codec) (node, error) {
	if style := q.style & styleMask; (style == Content || style == WholeContent) && !nothing(q.value) {
		text, err := k.marshal(q.value)
		return leaf(string(text)), err
	}
	return k.node(q.value)
}

// validValue reports whether a text can be the value of a header.
func validValue(s string) bool { return !strings.ContainsAny(s, "\r\n\x00") }
