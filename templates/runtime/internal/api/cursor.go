package api

import (
	"bytes"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// CursorPlace is where a request says which page it asks for.
type CursorPlace uint8

// The places of a cursor.
const (
	InQuery      CursorPlace = iota
	InBody                   // a member of the JSON body, as a text
	InBodyNumber             // a member of the JSON body, as a number
)

// Saved returns the URL of a page as a cursor to keep: without credentials, which
// are added again.
func (c *Client) Saved(u *url.URL) string {
	saved := *u
	saved.User = nil
	for _, d := range c.config.api.Credentials {
		if d.In == Query {
			saved.RawQuery = removeQuery(saved.RawQuery, d.Key)
		}
	}
	return saved.String()
}

// resume makes r ask for the page at a cursor that the caller saved: a value of
// the parameter that moves, or a URL. Cursors go through other hands, so that a
// URL is one of the operation itself or refused.
func (r *Request) resume(base *url.URL, cursor string) error {
	if r.moved || r.next != nil {
		return nil // a page after the one that was resumed at
	}
	if r.Cursor != "" {
		r.cursor, r.moved = cursor, true
		return nil
	}
	u, err := base.Parse(cursor)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !samePlace(base, u) || !r.isAt(u) {
		return errors.New("option.WithCursor: it is not a cursor of this list")
	}
	r.next = u
	return nil
}

// isAt reports whether a URL has the path that r is sent to.
func (r *Request) isAt(u *url.URL) bool {
	own := &url.URL{Path: r.sent.path, RawPath: r.sent.rawPath}
	slashes := func(u *url.URL) int { return strings.Count(strings.ToLower(u.EscapedPath()), "%2f") } // a slash in a segment is none between two
	return strings.TrimRight(u.Path, "/") == strings.TrimRight(own.Path, "/") && slashes(u) == slashes(own)
}

// moveBody puts the cursor of a page into the body of its request.
func (r *Request) moveBody() error {
	if !r.moved || r.CursorIn == InQuery {
		return nil
	}
	sent := *r.sent
	if sent.body.stream != nil || sent.body.contentType != "" && !isJSON(sent.body.contentType) {
		return errors.New("the next page is asked for in a JSON body, and the body is not JSON")
	}
	way, err := splitPath(r.Cursor)
	if err != nil {
		return err
	}
	if sent.body.contentType == "" {
		sent.body = payload{contentType: "application/json", data: []byte("{}")}
	}
	value := jsontext.Value(r.cursor)
	number := r.CursorIn == InBodyNumber || lookup(sent.body.data, way).Kind() == '0'
	if _, err := strconv.ParseInt(r.cursor, 10, 64); err != nil || !number {
		if value, err = jsontext.AppendQuote(nil, strings.ToValidUTF8(r.cursor, "\uFFFD")); err != nil {
			return err
		}
	}
	if sent.body.data, err = editValue(bytes.Clone(sent.body.data), way, value); err != nil {
		return err
	}
	r.sent = &sent
	return nil
}

// asked returns the cursor that was sent: what the reply to a page says.
func (r *Request) asked(rawQuery string) string {
	if r.Cursor == "" {
		return ""
	}
	if r.CursorIn == InQuery {
		return queryValue(rawQuery, r.Cursor)
	}
	way, err := splitPath(r.Cursor)
	if err != nil || r.sent.body.stream != nil {
		return ""
	}
	value := lookup(r.sent.body.data, way)
	if value.Kind() == '"' {
		text, err := jsontext.AppendUnquote(nil, value)
		if err != nil {
			return ""
		}
		return string(text)
	}
	if value.Kind() == '0' {
		return string(value)
	}
	return ""
}
