// Package mask takes text, headers and URLs that may hold secrets and returns
// copies without them. It is told which values and names are secret and finds
// none on its own.
package mask

import (
	"bytes"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Text is what stands in place of a secret.
const Text = "[redacted]"

// shortest is the length in bytes below which a value is not looked for inside
// of text, where it could as well be part of a word; it is masked where it is a
// whole JSON string, the text of an XML element, or a value of a form. Headers
// and query parameters are masked by name, whatever their length.
const shortest = 4

// Set is what to mask. The zero Set, and a nil one, mask the headers that are
// secret in every API.
type Set struct {
	Headers []string // canonical names of headers, besides Authorization and the cookies
	Queries []string // names of query parameters

	seen     map[string]bool
	values   []value           // ways to write the secrets
	replacer *strings.Replacer // of values; nil if there are new ones
}

// value is a way to write a secret, and what to write instead.
type value struct{ text, instead string }

// Add adds a text that must not be seen wherever it stands, in any of the ways
// to write it that requests and responses have.
func (s *Set) Add(secret string) {
	if secret == "" {
		return
	}
	once := quote(secret)
	if len(secret) < shortest {
		s.add(`"`+once+`"`, `"`+Text+`"`)
		s.add(">"+secret+"<", ">"+Text+"<")
		s.short(url.QueryEscape(secret))
		return
	}
	s.add(secret, Text)
	s.add(once, Text)
	s.add(quote(once), Text) // a message that quotes the request's body
	s.add(url.QueryEscape(secret), Text)
	s.add(strings.ReplaceAll(url.QueryEscape(secret), "+", "%20"), Text)
	s.add(url.PathEscape(secret), Text)
}

// quote returns text as it is written between the quotes of a JSON string.
func quote(text string) string {
	quoted, err := jsontext.AppendQuote(nil, text)
	if err != nil {
		return text // not UTF-8, and so never in JSON
	}
	return string(quoted[1 : len(quoted)-1])
}

// short masks a value of a form between the marks that values stand between.
func (s *Set) short(escaped string) {
	for _, end := range [...]string{"&", "\x00"} {
		s.add("="+escaped+end, "="+Text+end)
	}
}

func (s *Set) add(text, instead string) {
	if s.seen[text] {
		return
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[text] = true
	s.values, s.replacer = append(s.values, value{text, instead}), nil
}

// replace replaces all values in one pass over the text, however many there are:
// the longest that begins at a place, since one may be part of another.
func (s *Set) replace(text string) string {
	if s.replacer == nil {
		slices.SortStableFunc(s.values, func(a, b value) int { return len(b.text) - len(a.text) })
		pairs := make([]string, 0, 2*len(s.values))
		for _, v := range s.values {
			pairs = append(pairs, v.text, v.instead)
		}
		s.replacer = strings.NewReplacer(pairs...)
	}
	return s.replacer.Replace(text)
}

// String returns text without the secrets.
func (s *Set) String(text string) string {
	if s == nil || len(s.values) == 0 || text == "" {
		return text
	}
	return strings.TrimSuffix(s.replace(text+"\x00"), "\x00")
}

// Bytes returns text without the secrets; it does not change text, but may
// return it. JSON with escapes that it does not need is written without them
// if a secret is found that way.
func (s *Set) Bytes(text []byte) []byte {
	if s == nil || len(s.values) == 0 || len(text) == 0 {
		return text
	}
	if masked := s.String(string(text)); masked != string(text) {
		text = []byte(masked)
	}
	if bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	plain, err := jsontext.AppendFormat(nil, text, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return text
	}
	if masked := s.String(string(plain)); masked != string(plain) {
		return []byte(masked)
	}
	return text
}

// Header returns a copy of h in which secret headers and values are masked.
func (s *Set) Header(h http.Header) http.Header {
	if h == nil {
		return nil
	}
	out := make(http.Header, len(h))
	for name, values := range h {
		masked := make([]string, len(values))
		for i, v := range values {
			if s.SecretHeader(name) {
				masked[i] = Text
			} else {
				masked[i] = s.String(v)
			}
		}
		out[name] = masked
	}
	return out
}

// SecretHeader reports whether the values of the header are secret.
func (s *Set) SecretHeader(name string) bool {
	switch name = textproto.CanonicalMIMEHeaderKey(name); name {
	case "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie":
		return true
	}
	return s != nil && slices.Contains(s.Headers, name)
}

// URL returns a copy of u without a password and without secret query values.
// Order and spelling of the rest stay.
func (s *Set) URL(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	out := *u
	if u.User != nil {
		out.User = url.User(Text)
	}
	out.RawQuery = s.query(u.RawQuery)
	out.Path, out.RawPath = s.String(u.Path), s.String(u.RawPath)
	return &out
}

func (s *Set) query(raw string) string {
	if s == nil || raw == "" {
		return raw
	}
	pairs := strings.Split(raw, "&")
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(name); err == nil && slices.Contains(s.Queries, decoded) {
			pairs[i] = name + "=" + url.QueryEscape(Text)
		}
	}
	return s.String(strings.Join(pairs, "&"))
}
