package sdktest

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// route finds the operation that a request is for, by its method and path: of
// those that fit the one with the most text of its own.
func (s *Server) route(r *http.Request) *operation {
	var best *operation
	longest, query := -1, r.URL.Query()
	for _, path := range s.paths(r) {
		for _, op := range s.operations {
			if method, _, _ := strings.Cut(op.tag.Get("route"), " "); method != r.Method {
				continue
			}
			t := &op.table().path
			if _, ok := t.match(path, query); ok && t.literals > longest {
				best, longest = op, t.literals
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// paths are what the path of a request may be below the base URL.
func (s *Server) paths(r *http.Request) []string {
	path := r.URL.EscapedPath()
	if rest, ok := strings.CutPrefix(path, strings.TrimRight(s.base(), "/")); ok && rest != path {
		return []string{path, rest}
	}
	return []string{path}
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// template is a path with parameters, and maybe a query that it always has.
type template struct {
	pattern  *regexp.Regexp // nil if there can be none
	names    []string
	fixed    url.Values
	literals int // how much of it is no parameter
}

func parseTemplate(text string) template {
	path, _, _ := strings.Cut(text, "#")
	path, query, _ := strings.Cut(path, "?")
	t := template{literals: len(placeholder.ReplaceAllString(path, "")) + len(query)}
	if fixed, err := url.ParseQuery(query); err == nil {
		t.fixed = fixed
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	var pattern strings.Builder
	last := 0
	for _, at := range placeholder.FindAllStringIndex(path, -1) {
		pattern.WriteString(literal(path[last:at[0]]) + "([^/]+)")
		t.names = append(t.names, path[at[0]+1:at[1]-1])
		last = at[1]
	}
	pattern.WriteString(literal(path[last:]))
	if re, err := regexp.Compile("^" + pattern.String() + "$"); err == nil {
		t.pattern = re
	}
	return t
}

// match returns the parameters in a path, escaped, by their names.
func (t *template) match(path string, query url.Values) (map[string]string, bool) {
	for name := range t.fixed {
		if !query.Has(name) || query.Get(name) != t.fixed.Get(name) {
			return nil, false
		}
	}
	if t.pattern == nil {
		return nil, false
	}
	found := t.pattern.FindStringSubmatch(path)
	if found == nil {
		return nil, false
	}
	values := map[string]string{}
	for i, name := range t.names {
		values[name] = found[i+1]
	}
	return values, true
}

// literal matches a text of the template, escaped or not.
func literal(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		plain := regexp.QuoteMeta(string(rune(c)))
		if c == '/' || c < 0x80 && (c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z') {
			b.WriteString(plain)
			continue
		}
		const hex = "0123456789ABCDEF"
		b.WriteString("(?:" + "%(?i:" + string(hex[c>>4]) + string(hex[c&15]) + ")")
		if c < 0x80 {
			b.WriteString("|" + plain)
		}
		b.WriteString(")")
	}
	return b.String()
}
