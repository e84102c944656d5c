package api

import (
	"encoding/base64"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// masks is what an error or a record of this call must not show: credentials,
// secrets of the params, and what the program added to the request by options,
// since nobody says whether that is secret.
func (x *exchange) masks() *mask.Set {
	m, sent := new(mask.Set), x.req.sent
	if sent != nil {
		m.Headers = append(m.Headers, sent.secretHeaders...)
		m.Queries = append(m.Queries, sent.secretQueries...)
		for _, s := range sent.secrets {
			m.Add(s)
		}
		for _, s := range sent.body.shown() {
			m.Add(s)
		}
	}
	x.maskCredentials(m)
	for _, e := range x.config.header {
		if e.op != Del && !x.shownHeader(e.name) {
			m.Headers = append(m.Headers, e.name)
			addAdded(m, e.value)
		}
	}
	for _, e := range x.config.query {
		if e.op != Del && !x.shownQuery(e.name) {
			m.Queries = append(m.Queries, e.name)
			addAdded(m, e.value)
		}
	}
	return m
}

// masksOf is masks, and with it what middleware has added to a request.
func (x *exchange) masksOf(req *http.Request) *mask.Set {
	m := x.masks()
	for name, values := range req.Header {
		if !m.SecretHeader(name) && !x.shownHeader(name) {
			m.Headers = append(m.Headers, name)
			for _, v := range values {
				addAdded(m, v)
			}
		}
	}
	for pair := range strings.SplitSeq(req.URL.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil || name == "" || slices.Contains(m.Queries, name) || x.shownQuery(name) || x.req.next != nil && !secretName(name) {
			continue // a link to the next page is the server's own
		}
		m.Queries = append(m.Queries, name)
		if value, err := url.QueryUnescape(value); err == nil {
			addAdded(m, value)
		}
	}
	return m
}

// maskCredentials adds all that the call may authenticate with.
func (x *exchange) maskCredentials(m *mask.Set) {
	for i := range x.config.api.Credentials {
		d, c := &x.config.api.Credentials[i], &x.config.credentials[i]
		switch d.In {
		case Header:
			m.Headers = append(m.Headers, textproto.CanonicalMIMEHeaderKey(d.Key))
		case Query:
			m.Queries = append(m.Queries, d.Key)
		}
		m.Add(c.value)
		if len(c.value) > len(d.Prefix) {
			m.Add(strings.TrimPrefix(c.value, d.Prefix))
		}
		addBasic(m, c.value)
		if c.client != nil {
			m.Add(c.client.secret)
		}
	}
	for _, s := range x.fresh {
		m.Add(s)
		addBasic(m, s)
	}
	for _, e := range x.config.header {
		if m.SecretHeader(e.name) {
			_, secret, _ := strings.Cut(e.value, " ")
			m.Add(e.value)
			m.Add(secret)
			addBasic(m, e.value)
		}
	}
	for _, e := range x.config.query {
		if slices.Contains(m.Queries, e.name) {
			m.Add(e.value)
		}
	}
	if password, ok := x.config.BaseURL.User.Password(); ok {
		m.Add(password)
		m.Add(base64.StdEncoding.EncodeToString([]byte(x.config.BaseURL.User.Username() + ":" + password)))
	}
}

// addBasic adds what HTTP basic authentication makes of a user and a password
// (RFC 7617), and the password.
func addBasic(m *mask.Set, value string) {
	scheme, encoded, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return
	}
	m.Add(encoded)
	if pair, err := base64.StdEncoding.DecodeString(encoded); err == nil {
		m.Add(string(pair))
		_, password, _ := strings.Cut(string(pair), ":")
		m.Add(password)
	}
}

// addAdded adds a value that the program added to a request, unless it is so
// short that it may be a word.
func addAdded(m *mask.Set, value string) {
	const word = 6
	if len(value) >= word {
		m.Add(value)
	}
	if _, rest, ok := strings.Cut(value, " "); ok && len(rest) >= word {
		m.Add(rest)
	}
}

// shownHeader reports whether the values of a header of a request may be seen:
// the standard says what they mean, the description does not call them secret,
// or the program allows it.
func (x *exchange) shownHeader(name string) bool {
	switch {
	case slices.Contains(plain, name), x.shown(name), strings.EqualFold(name, x.config.RetryCount):
		return true
	case name == x.req.idempotencyKey(x.config.api):
		return true
	case x.req.sent == nil:
		return false
	}
	return !slices.Contains(x.req.sent.secretHeaders, name) &&
		slices.ContainsFunc(x.req.sent.header, func(p pair) bool { return p.name == name })
}

// plain are the headers of requests that carry no secrets.
var plain = []string{
	"Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Encoding",
	"Content-Language", "Content-Length", "Content-Type", "Date", "Expect", "Host", "If-Match", "If-Modified-Since",
	"If-None-Match", "If-Range", "If-Unmodified-Since", "Last-Event-Id", "Pragma", "Prefer", "Range", "Request-Id", "Te",
	"Traceparent", "Tracestate", "Transfer-Encoding", "User-Agent", "X-Correlation-Id", "X-Request-Id",
}

// shownQuery is shownHeader for a query parameter.
func (x *exchange) shownQuery(name string) bool {
	if x.shown(name) {
		return true
	}
	if x.req.sent == nil || slices.Contains(x.req.sent.secretQueries, name) {
		return false
	}
	for pair := range strings.SplitSeq(x.req.sent.query, "&") {
		sent, _, _ := strings.Cut(pair, "=")
		if sent, err := url.QueryUnescape(sent); err == nil && sent == name {
			return true
		}
	}
	return name == x.req.Cursor && x.req.CursorIn == InQuery
}

// shown reports whether the program allows to show what has this name.
func (x *exchange) shown(name string) bool {
	return slices.ContainsFunc(x.config.Shown, func(shown string) bool { return strings.EqualFold(shown, name) })
}

// secretName reports whether a query parameter that nobody describes is called
// like a secret.
func secretName(name string) bool {
	name = strings.NewReplacer("_", "", "-", "", ".", "").Replace(strings.ToLower(name))
	for _, paging := range [...]string{"page", "next", "cursor", "continu"} {
		if strings.Contains(name, paging) {
			return false
		}
	}
	for _, part := range [...]string{"password", "passwd", "pwd", "secret", "token", "apikey", "accesskey", "signature", "credential", "session", "auth", "jwt"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return name == "key" || name == "sig" || name == "code"
}
