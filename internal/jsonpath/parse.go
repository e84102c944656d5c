package jsonpath

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A SyntaxError says why a text is no query.
type SyntaxError struct {
	Offset  int // in bytes
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("at character %d: %s", e.Offset+1, e.Message)
}

// Parse reads a query. The error is a [SyntaxError].
func Parse(text string) (*Query, error) {
	p := &parser{text: text}
	if !p.skip("$") {
		return nil, &SyntaxError{0, "a query starts with $"}
	}
	q := &Query{text: text, segments: p.segments()}
	if p.err == nil && p.at < len(text) {
		p.fail("%s is not part of a query", p.rest())
	}
	if p.err != nil {
		return nil, p.err
	}
	return q, nil
}

// A parser reads the grammar of RFC 9535. After the first error it is at the
// end of the text, so that nothing goes on.
type parser struct {
	text  string
	at    int
	depth int
	err   error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = &SyntaxError{p.at, fmt.Sprintf(format, args...)}
	}
	p.at = len(p.text)
}

// rest is what comes next, for messages.
func (p *parser) rest() string {
	if p.at >= len(p.text) {
		return "the end"
	}
	_, size := utf8.DecodeRuneInString(p.text[p.at:])
	return strconv.Quote(p.text[p.at : p.at+size])
}

// peek returns the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.at >= len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// skip moves behind a word if it comes next.
func (p *parser) skip(word string) bool {
	if !strings.HasPrefix(p.text[p.at:], word) {
		return false
	}
	p.at += len(word)
	return true
}

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\n\r", p.text[p.at]) >= 0 {
		p.at++
	}
}

// maxDepth is how deep a query may be nested, which no one reaches by intent.
const maxDepth = 200

// deeper counts nesting; the caller ends it.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > maxDepth {
		p.fail("the query is nested deeper than %d levels", maxDepth)
	}
	return func() { p.depth-- }
}

// segments reads as many as there are. Space after the last is left.
func (p *parser) segments() []segment {
	var list []segment
	for p.err == nil {
		before := p.at
		p.space()
		switch {
		case p.skip(".."):
			list = append(list, segment{deep: true, selectors: p.afterDots()})
		case p.skip("."):
			list = append(list, segment{selectors: []selector{p.shorthand()}})
		case p.peek() == '[':
			list = append(list, segment{selectors: p.bracketed()})
		default:
			p.at = before
			return list
		}
	}
	return list
}

func (p *parser) afterDots() []selector {
	if p.peek() == '[' {
		return p.bracketed()
	}
	return []selector{p.shorthand()}
}

// shorthand reads a wildcard or a name without quotes.
func (p *parser) shorthand() selector {
	if p.skip("*") {
		return anySelector{}
	}
	start := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		digit := '0' <= r && r <= '9' && p.at > start
		if !(digit || r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && !(r == utf8.RuneError && size == 1)) {
			break
		}
		p.at += size
	}
	if p.at == start {
		p.fail("a name or * is expected, not %s; other names are written ['name']", p.rest())
	} else if p.peek() == '-' { // as in x-internal, which older dialects let pass
		after := strings.TrimLeftFunc(p.text[p.at:], func(r rune) bool {
			return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
		})
		name := p.text[start : len(p.text)-len(after)]
		p.fail("a name with a hyphen is written ['%s']", name)
		return nameSelector(name)
	}
	return nameSelector(p.text[start:p.at])
}

// bracketed reads selectors in brackets.
func (p *parser) bracketed() []selector {
	defer p.deeper()()
	var list []selector
	for p.skip("["); p.err == nil; p.at++ {
		p.space()
		list = append(list, p.selector())
		p.space()
		switch p.peek() {
		case ',':
		case ']':
			p.at++
			return list
		default:
			p.fail("a comma or ] is expected, not %s", p.rest())
		}
	}
	p.at = min(p.at, len(p.text))
	return list
}

func (p *parser) selector() selector {
	switch c := p.peek(); {
	case c == '\'' || c == '"':
		return nameSelector(p.string())
	case c == '*':
		p.at++
		return anySelector{}
	case c == '?':
		p.at++
		p.space()
		return filterSelector{p.or()}
	case c == ':' || c == '-' || '0' <= c && c <= '9':
		return p.indexOrSlice()
	}
	p.fail("a selector is expected, not %s", p.rest())
	return anySelector{}
}

func (p *parser) indexOrSlice() selector {
	var start *int64
	if p.peek() != ':' {
		start = p.int()
	}
	before := p.at
	p.space()
	if !p.skip(":") {
		p.at = before
		if start == nil {
			return anySelector{} // there was an error
		}
		return indexSelector(*start)
	}
	slice := sliceSelector{start: start, step: 1}
	if p.space(); p.startsInt() {
		slice.end = p.int()
		p.space()
	}
	if p.skip(":") {
		if p.space(); p.startsInt() {
			if step := p.int(); step != nil {
				slice.step = *step
			}
		}
	}
	return slice
}

func (p *parser) startsInt() bool {
	c := p.peek()
	return c == '-' || '0' <= c && c <= '9'
}

// int reads an integer of the range that JSON numbers are exact in.
func (p *parser) int() *int64 {
	start := p.at
	p.skip("-")
	digits := p.digits()
	switch {
	case digits == "":
		p.fail("a digit is expected, not %s", p.rest())
	case digits[0] == '0' && p.at-start > 1:
		p.at = start
		p.fail("%s is no integer", strconv.Quote(p.text[start:start+2]))
	default:
		i, err := strconv.ParseInt(p.text[start:p.at], 10, 64)
		if err == nil && -1<<53 < i && i < 1<<53 {
			return &i
		}
		p.at = start
		p.fail("the integer is too large")
	}
	return nil
}

func (p *parser) digits() string {
	start := p.at
	for '0' <= p.peek() && p.peek() <= '9' {
		p.at++
	}
	return p.text[start:p.at]
}
