package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of what somebody else wrote fits in a line, in bytes.
const (
	MaxText = 500 // of words
	MaxName = 100 // of a name, such as that of a request
)

// Line returns text on one line, without control characters and at most limit
// bytes long, so that nobody can forge lines in a log, or fill it.
func Line(text string, limit int) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == utf8.RuneError || !unicode.IsPrint(r):
			continue
		}
		if b.Len()+1+utf8.RuneLen(r) > limit {
			b.WriteString("…")
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
