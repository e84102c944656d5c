package api

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// expand adds a path template, encoded, to dst. value adds the encoded text of
// a parameter.
func expand(dst []byte, template string, value func(dst []byte, name string) ([]byte, error)) ([]byte, error) {
	start := len(dst)
	if !strings.HasPrefix(template, "/") {
		dst = append(dst, '/')
	}
	for rest := template; rest != ""; {
		open := strings.IndexByte(rest, '{')
		end := strings.IndexByte(rest, '}')
		if open < 0 || end < open {
			dst = literal.append(dst, rest)
			break
		}
		dst = literal.append(dst, rest[:open])
		var err error
		if dst, err = value(dst, rest[open+1:end]); err != nil {
			return nil, err
		}
		rest = rest[end+1:]
	}
	return dst, refuseDots(string(dst[start:]))
}

// expandQuery fills in the parameters of the path that stand in the query of a
// template.
func expandQuery(template string, value func(dst []byte, name string) ([]byte, error)) (string, error) {
	var query []byte
	for {
		before, rest, found := strings.Cut(template, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return string(append(query, template...)), nil
		}
		var err error
		if query, err = value(append(query, before...), name); err != nil {
			return "", err
		}
		template = after
	}
}

// refuseDots reports a segment that is "." or "..". No encoding protects it:
// %2E%2E means the same, and servers that tidy up paths treat it so.
func refuseDots(path string) error {
	if !strings.Contains(path, "/.") {
		return nil
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return fmt.Errorf("a path parameter is %q, which leads to another path", segment)
		}
	}
	return nil
}

// unescape returns an encoded path as a URL holds it: plain, and encoded if
// that does not follow from the plain one: net/url escapes some characters that
// RFC 3986 has in paths as they are.
func unescape(path string) (plain, raw string, err error) {
	if !strings.ContainsAny(path, "%!'()*") {
		return path, "", nil
	}
	plain, err = url.PathUnescape(path)
	if err != nil {
		return "", "", errors.New("the path has a broken percent-encoding")
	}
	return plain, path, nil
}
