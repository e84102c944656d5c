package ident

import "strings"

// Recase writes the words of an exported name as forms has them, by the word in
// small letters: VectorIO is VectorIo if io is Io. The plural of a word follows it,
// unless it has a form of its own. A name that is not made of its words stays.
func Recase(name string, forms map[string]string) string {
	if len(forms) == 0 {
		return name
	}
	var b strings.Builder
	rest := name
	for _, word := range capitalized(name) {
		if len(word) > len(rest) || !strings.EqualFold(rest[:len(word)], word) {
			return name
		}
		form, ok := forms[word]
		if single, plural := strings.CutSuffix(word, "s"); !ok && plural {
			if form, ok = forms[single]; ok {
				form += "s"
			}
		}
		if !ok {
			form = rest[:len(word)]
		}
		b.WriteString(form)
		rest = rest[len(word):]
	}
	return b.String() + rest
}

// capitalized are the words of an exported name, in which initialisms that stand
// side by side are told apart: SKUID is sku and id.
func capitalized(name string) []string {
	var words []string
	for _, word := range Words(name) {
		if parts := initialismsOf(word); parts != nil && !IsInitialism(word) {
			words = append(words, parts...)
			continue
		}
		words = append(words, word)
	}
	return words
}

// initialismsOf splits a word into initialisms; nil if it is not made of them.
func initialismsOf(word string) []string {
	if word == "" {
		return []string{}
	}
	for n := len(word); n > 1; n-- {
		if !IsInitialism(word[:n]) {
			continue
		}
		if rest := initialismsOf(word[n:]); rest != nil {
			return append([]string{word[:n]}, rest...)
		}
	}
	return nil
}
