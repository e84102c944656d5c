package api

import (
	"crypto/rand"
	"encoding/hex"
)

// newKey returns a key that no other call has: a random UUID (RFC 9562, section
// 5.4), which is what APIs that say what a key looks like ask for.
func newKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // which does not fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	text := make([]byte, 0, 36)
	for i, c := range b {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, []byte{c})
	}
	return string(text)
}
