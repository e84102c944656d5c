package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported returns an exported Go identifier for s: "account_id" is AccountID,
// "requireSignedURLs" is RequireSignedURLs. It is legal whatever s is: a digit
// in front gets an N before it, a letter without case an X, and text without
// letters and digits is spelled out ("*" is Star).
func Exported(s string) string { return exported(split(s)) }

func exported(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		join(&b, p.shape())
	}
	name := b.String()
	switch first, _ := utf8.DecodeRuneInString(name); {
	case unicode.IsUpper(first):
		return name
	case unicode.IsDigit(first):
		return "N" + name
	}
	return "X" + name
}

// Unexported returns an unexported Go identifier for s that is fit for a
// parameter: "store_id" is storeID. It is never a keyword, a predeclared
// identifier or a name that generated files use themselves (see reserved):
// such a name gets the word Value behind it.
func Unexported(s string) string {
	name := Camel(s)
	if reserved[name] || predeclared[name] {
		name += "Value"
	}
	return name
}

// Camel returns s in lower camel case, as the resource tree is written:
// "secrets_store" is secretsStore. [Exported] of it is Exported of s, as far as
// s spells its words.
func Camel(s string) string {
	pieces := split(s)
	var b strings.Builder
	b.WriteString(pieces[0].lower)
	for _, p := range pieces[1:] {
		join(&b, p.shape())
	}
	name := b.String()
	switch first, _ := utf8.DecodeRuneInString(name); {
	case unicode.IsDigit(first):
		return "n" + name
	case unicode.IsUpper(first) || unicode.IsTitle(first):
		return "x" + name // a capital that has no small letter
	}
	return name
}

// Spelled is [Exported] with a word for every symbol in s, and one for its
// case: what tells "foo.bar" (FooDotBarLower) from "Foo-bar" where nothing
// shorter does.
func Spelled(s string) string {
	var b strings.Builder
	for _, r := range s {
		if isWordRune(r) || isSilent(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(" " + strings.Join(spell([]rune{r}), " ") + " ")
		}
	}
	pieces := split(b.String())
	for i := range pieces {
		pieces[i].shout = pieces[i].shout && isMixed(s)
	}
	return exported(pieces) + caseOf(s)
}

// caseOf returns the word for the case that s is written in.
func caseOf(s string) string {
	upper, lower := strings.IndexFunc(s, unicode.IsUpper), strings.IndexFunc(s, unicode.IsLower)
	switch {
	case upper < 0 && lower < 0:
		return ""
	case upper < 0:
		return "Lower"
	case lower < 0:
		return "Upper"
	case upper < lower:
		return "Title"
	}
	return "Camel"
}

// join appends a word. Two digits that meet are parted by an underscore, which
// Go's naming style allows there and nowhere else: "1.0" is not 10.
func join(b *strings.Builder, word string) {
	last, _ := utf8.DecodeLastRuneInString(b.String())
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsDigit(last) && unicode.IsDigit(first) {
		b.WriteByte('_')
	}
	b.WriteString(word)
}

// shape returns the word as it stands inside an identifier.
func (p piece) shape() string {
	if s, ok := shapes[p.lower]; ok {
		return s
	}
	if initialisms[p.lower] {
		return strings.ToUpper(p.lower)
	}
	if one, ok := strings.CutSuffix(p.lower, "s"); ok && !noPlural[p.lower] {
		if s, ok := shapes[one]; ok {
			return s + "s"
		}
		if initialisms[one] {
			return strings.ToUpper(one) + "s"
		}
	}
	if base := strings.TrimRight(p.lower, "0123456789"); initialisms[base] {
		return strings.ToUpper(p.lower)
	}
	if p.shout {
		return p.text
	}
	first, size := utf8.DecodeRuneInString(p.lower)
	return string(unicode.ToUpper(first)) + p.lower[size:]
}

// Package returns the name of a Go package for s: lower case, ASCII, one word.
// A name that a package must not have, because it is a keyword or generated
// files import another of that name, gets "service" behind it.
func Package(s string) string {
	var b strings.Builder
	for _, p := range split(s) {
		b.WriteString(ascii(p.lower))
	}
	name := b.String()
	if name[0] >= '0' && name[0] <= '9' {
		name = "n" + name
	}
	if len(name) > maxPackage {
		name = name[:maxPackage-6] + hash(name)
	}
	if reserved[name] || predeclared[name] || reservedPackages[name] || IsVersion(name) {
		name += "service"
	}
	return name
}

// maxPackage keeps a package's folder and import path within what file systems
// and archives take.
const maxPackage = 100
