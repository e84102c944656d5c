package union

import "bytes"

// What is here looks at JSON that nobody has checked yet, to say where a value
// ends and what its members are. It may be wrong about what is not JSON, and
// never reads past its end: the decoder comes after it and finds out.

// measure returns the value that text begins with, after what may stand before
// a value; nil if text has not all of it.
func measure(text []byte) []byte {
	start := 0
	for start < len(text) && (space(text[start]) || text[start] == ',' || text[start] == ':') {
		start++
	}
	if end := skip(text, start); end >= 0 {
		return text[start:end]
	}
	return nil
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// skip returns where the value at i ends; negative if it does not, as far as
// text goes.
func skip(text []byte, i int) int {
	if i >= len(text) {
		return -1
	}
	switch text[i] {
	case '"':
		return skipString(text, i)
	case '{', '[':
		return skipNested(text, i)
	}
	for ; i < len(text); i++ {
		switch text[i] {
		case ',', '}', ']', ' ', '\t', '\n', '\r':
			return i
		}
	}
	return -1 // there may be more of a number
}

func skipString(text []byte, i int) int {
	for i++; i < len(text); i++ {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return -1
		}
		escapes := 0
		for i += n; text[i-1-escapes] == '\\'; escapes++ {
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
	return -1
}

func skipNested(text []byte, i int) int {
	for depth := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			end := skipString(text, i)
			if end < 0 {
				return -1
			}
			i = end - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// members yields the names of an object's members, as they stand between their
// quotes, and the values. It reports whether it understood all of it.
func members(object []byte, yield func(name, value []byte) bool) bool {
	i := 1
	next := func() byte {
		for i < len(object) && space(object[i]) {
			i++
		}
		if i >= len(object) {
			return 0
		}
		return object[i]
	}
	for {
		switch next() {
		case '}':
			return true
		case ',':
			i++
			continue
		case '"':
		default:
			return false
		}
		end := skipString(object, i)
		if end < 0 {
			return false
		}
		name := object[i+1 : end-1]
		if i = end; next() != ':' {
			return false
		}
		i++
		next()
		if end = skip(object, i); end < 0 {
			return false
		}
		if !yield(name, object[i:end]) {
			return true
		}
		i = end
	}
}
