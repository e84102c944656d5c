package api

import "strings"

// class is the bytes that stand for themselves, besides letters, digits and
// "-._~". All others are percent-encoded by RFC 3986, space as %20.
type class string

const (
	unreserved class = ""                // names and values in a query
	segment    class = ":@"              // a value in a path: one segment, and no matrix parameters
	segments   class = ":@!$&'()*+,;=/"  // a value in a path of style AllowReserved, which cannot end it
	literal    class = ":@!$&'()*+,;=/%" // the path of a description, which may be encoded already
	reserved   class = ":@!$'()*,;=/?[]" // a query value of style AllowReserved, which cannot end itself
)

func (c class) has(b byte) bool {
	switch {
	case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', b == '-', b == '.', b == '_', b == '~':
		return true
	}
	return strings.IndexByte(string(c), b) >= 0
}

// encode returns s, percent-encoding every byte that is not in c.
func (c class) encode(s string) string { return string(c.append(nil, s)) }

// append adds s to dst, percent-encoding every byte that is not in c.
func (c class) append(dst []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	start := 0
	for i := range len(s) {
		if b := s[i]; !c.has(b) {
			dst = append(dst, s[start:i]...)
			dst = append(dst, '%', hex[b>>4], hex[b&15])
			start = i + 1
		}
	}
	return append(dst, s[start:]...)
}
