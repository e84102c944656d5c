package ident

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ascii returns word in ASCII letters and digits, for a package's name, which
// is also part of an import path, where nothing else may stand: accents are
// dropped, and what has no ASCII letter under them is written as its number.
func ascii(word string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case isWordRune(r):
			fmt.Fprintf(&b, "u%04x", r)
		case unicode.IsMark(r):
		}
	}
	if b.Len() == 0 {
		return "x"
	}
	return b.String()
}

// hash returns six hexadecimal digits for s that are the same in every run.
func hash(s string) string {
	h := fnv.New32a()
	h.Write([]byte(s))
	return fmt.Sprintf("%06x", h.Sum32()&0xffffff)
}
