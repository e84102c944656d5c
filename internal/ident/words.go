package ident

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words returns the words of s in lower case: it splits at everything that is
// neither letter nor digit and where camel case does, and knows initialisms and
// their plurals ("requireSignedURLs" is require, signed, urls), and the names
// that are written with a hump of their own ("OAuth2", "iPhone"). A digit
// belongs to the word it touches ("v1beta1"). It returns at least one word,
// whatever s is: text without letters and digits is spelled out.
func Words(s string) []string {
	pieces := split(s)
	words := make([]string, len(pieces))
	for i, p := range pieces {
		words[i] = p.lower
	}
	return words
}

// HasWord reports whether there is a letter or a digit in s.
func HasWord(s string) bool { return strings.IndexFunc(s, isWordRune) >= 0 }

// A piece is one word as it was written.
type piece struct {
	text  string
	lower string
	shout bool // capitals only, in a text that is not: CNAME in CNAMERecord
}

// split returns the words of s, at least one.
func split(s string) []piece {
	if isPlain(s) { // most names are one word of ASCII
		return []piece{{text: s, lower: s}}
	}
	runes := []rune(norm.NFKC.String(s))
	var texts []string
	for i := 0; i < len(runes); {
		switch n := wordLen(runes[i:]); {
		case n > 0:
			texts = append(texts, clean(runes[i:i+n]))
			i += n
		case sign(runes, i) != "":
			texts = append(texts, sign(runes, i))
			i++
		default:
			i++
		}
	}
	if len(texts) == 0 {
		texts = spell(runes)
	}
	mixed := isMixed(s)
	pieces := make([]piece, 0, len(texts))
	for _, t := range texts {
		if t == "" {
			continue
		}
		lower := strings.ToLower(t)
		pieces = append(pieces, piece{t, lower, mixed && isShout(t)})
	}
	if len(pieces) == 0 {
		return []piece{{text: "empty", lower: "empty"}}
	}
	return pieces
}

// isMixed reports whether capitals in s mean something: not all of it is.
func isMixed(s string) bool { return strings.IndexFunc(s, unicode.IsLower) >= 0 }

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}

// isShout reports whether s is two capitals or more, and digits.
func isShout(s string) bool {
	capitals := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case !unicode.IsDigit(r):
			return false
		}
	}
	return capitals >= 2
}

// clean drops what may stand inside a word and not in an identifier.
func clean(word []rune) string {
	var b strings.Builder
	for _, r := range word {
		if isWordRune(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isSilent reports whether r may stand inside a word without parting it:
// combining marks, which a Go identifier cannot hold, and apostrophes.
func isSilent(r rune) bool { return unicode.IsMark(r) || r == '\'' || r == '’' }

func isUpper(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) }

// wordLen returns the length of the word that rs starts with, 0 if none.
func wordLen(rs []rune) int {
	if len(rs) == 0 || !isWordRune(rs[0]) {
		return 0
	}
	if n := humpLen(rs); n > 0 {
		return n
	}
	capitals := 0
	for capitals < len(rs) && isUpper(rs[capitals]) {
		capitals++
	}
	if capitals >= 2 {
		rest := rs[capitals:]
		switch {
		case isPluralS(rest):
			return capitals + 1 // URLs
		case len(rest) > 0 && isLowerish(rest[0]):
			return capitals - 1 // HTTPServer
		}
		return capitals + span(rest, unicode.IsDigit)
	}
	return max(capitals, 1) + span(rs[max(capitals, 1):], func(r rune) bool { return isLowerish(r) || unicode.IsDigit(r) || isSilent(r) })
}

// isLowerish reports whether r goes on with a word: every letter that is not a
// capital, those of scripts without case among them.
func isLowerish(r rune) bool { return unicode.IsLetter(r) && !isUpper(r) }

// isPluralS reports whether rs starts with the s of a plural: "s" and then no
// further small letter.
func isPluralS(rs []rune) bool {
	return len(rs) > 0 && rs[0] == 's' && (len(rs) == 1 || !isLowerish(rs[1]))
}

func span(rs []rune, in func(rune) bool) int {
	n := 0
	for n < len(rs) && in(rs[n]) {
		n++
	}
	return n
}

// humpLen returns the length of the word with a hump of its own (see humps)
// that rs starts with, digits behind it included, and 0 if there is none.
func humpLen(rs []rune) int {
	for _, h := range humps[rs[0]] {
		n := len(h)
		if len(rs) < n || !slices.Equal(rs[:n], h) || n < len(rs) && isLowerish(rs[n]) && !isPluralS(rs[n:]) {
			continue
		}
		n += span(rs[n:], unicode.IsDigit)
		if isPluralS(rs[n:]) {
			n++
		}
		return n
	}
	return 0
}

// sign returns the word for the sign at rs[i] if it is one: a plus or minus at
// the start of the text or after a space, in front of a digit. So "+1" and "-1"
// differ.
func sign(rs []rune, i int) string {
	if i+1 >= len(rs) || !unicode.IsDigit(rs[i+1]) || i > 0 && !unicode.IsSpace(rs[i-1]) {
		return ""
	}
	switch rs[i] {
	case '+':
		return "plus"
	case '-', '−':
		return "minus"
	}
	return ""
}

// spell names every rune that is no letter and no digit.
func spell(rs []rune) []string {
	var words []string
	for _, r := range rs {
		if isWordRune(r) || unicode.IsSpace(r) {
			continue
		}
		word, ok := symbols[r]
		if !ok {
			word = fmt.Sprintf("u%04x", r)
		}
		words = append(words, word)
	}
	return words
}

// symbols has the words for the symbols that text is made of where it has no
// letters ("*", ">="), or where only they differ.
var symbols = map[rune]string{
	'+': "plus", '-': "dash", '−': "minus", '*': "star", '/': "slash", '\\': "backslash",
	'=': "equal", '<': "less", '>': "greater", '!': "not", '~': "tilde", '^': "caret",
	'.': "dot", ',': "comma", ':': "colon", ';': "semicolon", '?': "question", '_': "underscore",
	'%': "percent", '&': "and", '|': "or", '#': "hash", '@': "at", '$': "dollar", '€': "euro",
	'\'': "quote", '"': "doublequote", '`': "backquote",
	'(': "open", ')': "close", '[': "bracket", ']': "unbracket", '{': "brace", '}': "unbrace",
	utf8.RuneError: "unreadable",
}

// Fold returns a name in small letters and without separators, so that one name
// in several spellings compares equal: next_page and nextPage.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-.$@", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
