package sample

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// matching returns a string that a pattern matches: the shortest that is easily
// found, or one of at least so many characters where the pattern can repeat
// something. It returns false for a pattern that RE2 does not know.
func matching(pattern string, atLeast int) (string, bool) {
	pattern = codePoint.ReplaceAllString(pattern, `\x{$1}`)
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	re = re.Simplify()
	check, err := regexp.Compile(pattern)
	if err != nil {
		return "", false
	}
	for repeat := range 2 {
		for more := repeat; more <= max(atLeast, 1); more++ {
			var b strings.Builder
			spell(&b, re, more)
			if s := b.String(); len(s) >= atLeast && check.MatchString(s) {
				return s, true
			}
		}
	}
	return "", false
}

// codePoint is how JavaScript writes a character that Go writes otherwise.
var codePoint = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

// spell writes a string that re matches, with more repetitions than there must
// be where there may be any number.
func spell(b *strings.Builder, re *syntax.Regexp, more int) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		b.WriteRune(pick(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			spell(b, sub, more)
		}
	case syntax.OpAlternate:
		spell(b, re.Sub[more%len(re.Sub)], more)
	case syntax.OpPlus:
		for range max(more, 1) {
			spell(b, re.Sub[0], more)
		}
	case syntax.OpStar:
		for range more {
			spell(b, re.Sub[0], more)
		}
	case syntax.OpQuest:
		if more > 1 {
			spell(b, re.Sub[0], more)
		}
	}
}

// pick returns a character of a class, a plain one if there is one.
func pick(ranges []rune) rune {
	for _, want := range "a0A-_ " {
		for i := 0; i+1 < len(ranges); i += 2 {
			if ranges[i] <= want && want <= ranges[i+1] {
				return want
			}
		}
	}
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1] && r < ranges[i]+8; r++ {
			if r > ' ' && r != 0x7f {
				return r
			}
		}
	}
	if len(ranges) > 0 {
		return ranges[0]
	}
	return 'a'
}

// AnyPattern lets a pattern pass that RE2 does not know, such as one that looks
// ahead: of it nothing can be said.
var AnyPattern = openapi3.SetSchemaRegexCompiler(func(pattern string) (openapi3.RegexMatcher, error) {
	re, err := regexp.Compile(codePoint.ReplaceAllString(pattern, `\x{$1}`))
	if err != nil {
		return everything{}, nil
	}
	return re, nil
})

// everything matches everything.
type everything struct{}

func (everything) MatchString(string) bool { return true }
