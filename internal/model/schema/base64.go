package schema

import (
	"math"
	"regexp/syntax"
	"strconv"
)

// MayBeBase64 reports whether a text that v allows can be base64: some multiple of
// four is a length that v allows (RFC 4648, section 4). Where none is, what the
// description calls bytes is text.
func (v *View) MayBeBase64() bool {
	low, high := 0, math.MaxInt
	if n, err := strconv.Atoi(v.minLength.Text()); err == nil {
		low = max(low, n)
	}
	if n, err := strconv.Atoi(v.maxLength.Text()); err == nil {
		high = min(high, n)
	}
	for _, p := range v.patterns {
		if re, err := syntax.Parse(p, syntax.Perl); err == nil && anchored(re) {
			l, h := lengths(re.Simplify())
			low, high = max(low, l), min(high, h)
		}
	}
	return high == math.MaxInt || high/4 > (low-1)/4 || low == 0
}

// anchored reports whether a pattern is about a whole text.
func anchored(re *syntax.Regexp) bool {
	if re.Op != syntax.OpConcat || len(re.Sub) < 2 {
		return false
	}
	first, last := re.Sub[0].Op, re.Sub[len(re.Sub)-1].Op
	return (first == syntax.OpBeginText || first == syntax.OpBeginLine) && (last == syntax.OpEndText || last == syntax.OpEndLine)
}

// lengths returns how short and how long the texts of a pattern are, which has
// been simplified.
func lengths(re *syntax.Regexp) (low, high int) {
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune), len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1, 1
	case syntax.OpCapture:
		return lengths(re.Sub[0])
	case syntax.OpQuest:
		_, high = lengths(re.Sub[0])
		return 0, high
	case syntax.OpStar:
		return 0, math.MaxInt
	case syntax.OpPlus:
		low, _ = lengths(re.Sub[0])
		return low, math.MaxInt
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			l, h := lengths(sub)
			low += l
			if high > math.MaxInt-h {
				high = math.MaxInt
			} else {
				high += h
			}
		}
		return low, high
	case syntax.OpAlternate:
		low = math.MaxInt
		for _, sub := range re.Sub {
			l, h := lengths(sub)
			low, high = min(low, l), max(high, h)
		}
		return low, high
	}
	return 0, 0 // what has no length, such as an anchor
}
