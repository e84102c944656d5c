package apierror

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// How much of what a server wrote fits in a line, in bytes.
const (
	maxMessage = mask.MaxText
	maxHint    = 120
	maxCode    = 60
)

// clean returns text on one line.
func clean(text string, limit int) string { return mask.Line(text, limit) }

// hint says what a body is that has no message: the title of a page, the first
// words of a text. Of JSON it says nothing, since that may hold anything.
func hint(contentType string, body []byte) string {
	body = bytes.TrimSpace(body)
	if len(body) == 0 || body[0] == '{' || body[0] == '[' || body[0] == '"' || !utf8.Valid(body[:min(len(body), 64)]) {
		return ""
	}
	media, _, _ := mime.ParseMediaType(contentType)
	if strings.HasSuffix(media, "json") {
		return ""
	}
	text := string(body[:min(len(body), 8<<10)])
	if title, ok := between(text, "<title", "</title"); ok {
		_, title, _ = strings.Cut(title, ">")
		text = title
	} else if strings.HasPrefix(text, "<") {
		return clean(media, maxHint)
	}
	return fmt.Sprintf("%q", clean(text, maxHint))
}

// between returns what stands between two tags, whatever their case.
func between(text, open, end string) (string, bool) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return "", false
	}
	i := strings.Index(lower, open)
	if i < 0 {
		return "", false
	}
	j := strings.Index(lower[i:], end)
	if j < 0 {
		return "", false
	}
	return text[i+len(open) : i+j], true
}
