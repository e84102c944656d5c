package api

import (
	"net/http"
	"net/url"
	"strings"
)

// removeQuery returns a raw query without the parameters of that name.
func removeQuery(raw, name string) string {
	if !hasQuery(raw, name) {
		return raw
	}
	var kept []string
	for pair := range strings.SplitSeq(raw, "&") {
		if pairName(pair) != name {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

func hasQuery(raw, name string) bool {
	for pair := range strings.SplitSeq(raw, "&") {
		if pair != "" && pairName(pair) == name {
			return true
		}
	}
	return false
}

// queryValue returns the value of the first parameter of that name.
func queryValue(raw, name string) string {
	for pair := range strings.SplitSeq(raw, "&") {
		if pair != "" && pairName(pair) == name {
			_, value, _ := strings.Cut(pair, "=")
			if decoded, err := url.QueryUnescape(value); err == nil {
				return decoded
			}
			return value
		}
	}
	return ""
}

func pairName(pair string) string {
	name, _, _ := strings.Cut(pair, "=")
	if !strings.ContainsAny(name, "%+") {
		return name
	}
	if decoded, err := url.QueryUnescape(name); err == nil {
		return decoded
	}
	return name
}

// editQuery applies edits to a raw query.
func editQuery(raw string, edits []edit) string {
	for _, e := range edits {
		if e.op != Add {
			raw = removeQuery(raw, e.name)
		}
		if e.op != Del {
			raw = string(appendPair([]byte(raw), e.name, e.value))
		}
	}
	return raw
}

// editHeader applies edits to a header.
func editHeader(h http.Header, edits []edit) {
	for _, e := range edits {
		switch e.op {
		case Set:
			h[e.name] = []string{e.value}
		case Add:
			h[e.name] = append(h[e.name], e.value)
		case Del:
			if e.name == "User-Agent" {
				h[e.name] = []string{""} // otherwise net/http sends its own
			} else {
				delete(h, e.name)
			}
		}
	}
}

// addCookie adds a cookie, encoded, to a request's header.
func addCookie(h http.Header, name, value string) {
	pair := name + "=" + value
	if old := h["Cookie"]; len(old) > 0 {
		pair = old[0] + "; " + pair
	}
	h["Cookie"] = []string{pair}
}
