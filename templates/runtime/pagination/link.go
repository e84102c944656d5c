package pagination

import (
	"slices"
	"strings"
)

// nextLink returns the target of rel="next" in the Link header of a response
// (RFC 8288), or "". It reads what servers write, strict or not.
func nextLink(values []string) string {
	for _, rest := range values {
		for rest != "" {
			open := strings.IndexByte(rest, '<')
			if open < 0 {
				break
			}
			end := strings.IndexByte(rest[open:], '>')
			if end < 0 {
				break
			}
			target := strings.TrimSpace(rest[open+1 : open+end])
			var params string
			params, rest = cutLink(rest[open+end+1:])
			if isNext(params) {
				return target
			}
		}
	}
	return ""
}

// cutLink cuts at the comma that ends a link's parameters, which may have
// commas of their own in quotes.
func cutLink(s string) (params, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// isNext reports whether one of a link's relations is next.
func isNext(params string) bool {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(name), "rel") {
			relations := strings.Fields(strings.ToLower(strings.Trim(strings.TrimSpace(value), `"'`)))
			return slices.Contains(relations, "next") // the first rel counts
		}
	}
	return false
}
