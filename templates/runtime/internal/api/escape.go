package api

// class is a set of bytes that stand for themselves. All others are
// percent-encoded by RFC 3986, space as %20.
type class [256]bool

var (
	unreserved = classOf("")                // names and values in a query
	segment    = classOf(":@")              // a value in a path: one segment, and no matrix parameters
	segments   = classOf(":@!$&'()*+,;=/")  // a value in a path of style AllowReserved, which cannot end it
	literal    = classOf(":@!$&'()*+,;=/%") // the path of a description, which may be encoded already
	reserved   = classOf(":@!$'()*,;=/?[]") // a query value of style AllowReserved, which cannot end itself
)

// classOf returns the class of letters, digits, "-._~" and these bytes.
func classOf(others string) *class {
	c := new(class)
	for _, b := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + others) {
		c[b] = true
	}
	return c
}

// encode returns s, percent-encoding every byte that is not in c.
func (c *class) encode(s string) string { return string(c.append(nil, s)) }

// append adds s to dst, percent-encoding every byte that is not in c.
func (c *class) append(dst []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	start := 0
	for i := range len(s) {
		if b := s[i]; !c[b] {
			dst = append(dst, s[start:i]...)
			dst = append(dst, '%', hex[b>>4], hex[b&15])
			start = i + 1
		}
	}
	return append(dst, s[start:]...)
}
