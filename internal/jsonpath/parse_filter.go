package jsonpath

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// or reads a logical expression.
func (p *parser) or() logical {
	defer p.deeper()()
	list := anyOf{p.and()}
	for p.operator("||") {
		list = append(list, p.and())
	}
	return list
}

func (p *parser) and() logical {
	list := allOf{p.basic()}
	for p.operator("&&") {
		list = append(list, p.basic())
	}
	return list
}

// operator moves behind one and the space around it, if it comes next.
func (p *parser) operator(op string) bool {
	before := p.at
	p.space()
	if p.err == nil && p.skip(op) {
		p.space()
		return true
	}
	p.at = before
	return false
}

// basic reads a test, a comparison or an expression in parentheses.
func (p *parser) basic() logical {
	if p.err != nil {
		return anyOf{}
	}
	if p.skip("!") {
		p.space()
		if p.peek() == '(' {
			return not{p.parenthesized()}
		}
		start := p.at
		return not{p.asTest(start, p.term())}
	}
	if p.peek() == '(' {
		return p.parenthesized()
	}
	start := p.at
	left := p.term()
	for _, op := range operators {
		if p.operator(op) {
			after := p.at
			return comparison{op, p.asOperand(start, left), p.asOperand(after, p.term())}
		}
	}
	return p.asTest(start, left)
}

func (p *parser) parenthesized() logical {
	p.at++
	p.space()
	e := p.or()
	p.space()
	if !p.skip(")") {
		p.fail(") is expected, not %s", p.rest())
	}
	return e
}

// asTest takes a term for a test: a query that may select nothing, or a
// function that gives a truth.
func (p *parser) asTest(at int, term any) logical {
	switch term := term.(type) {
	case path:
		return term
	case call:
		if term.gives == logicalType {
			return term
		}
		p.failAt(at, "the result of %s() must be compared", term.name)
	case literal:
		p.failAt(at, "a literal must be compared")
	}
	return anyOf{}
}

// asOperand takes a term for something to compare.
func (p *parser) asOperand(at int, term any) operand {
	switch term := term.(type) {
	case path:
		if term.singular() {
			return term
		}
		p.failAt(at, "the query may select several values, and only one can be compared")
	case call:
		if term.gives == valueType {
			return term
		}
		p.failAt(at, "the result of %s() cannot be compared", term.name)
	case literal:
		return term
	}
	return literal{}
}

func (p *parser) failAt(at int, format string, args ...any) {
	if p.err == nil {
		p.at = at
	}
	p.fail(format, args...)
}

// term reads a query, a literal or a call. It is nil after an error.
func (p *parser) term() any {
	switch c := p.peek(); {
	case p.err != nil:
	case c == '@' || c == '$':
		p.at++
		return path{c == '$', p.segments()}
	case c == '\'' || c == '"':
		return literal{spec.NewScalar(spec.String, diag.Pos{}, p.string())}
	case p.startsInt():
		return p.number()
	case 'a' <= c && c <= 'z':
		return p.word()
	default:
		p.fail("a query, a literal or a function is expected, not %s", p.rest())
	}
	return nil
}

// number reads a literal number.
func (p *parser) number() any {
	start := p.at
	negative := p.skip("-")
	digits := p.digits()
	switch {
	case digits == "":
		p.fail("a digit is expected, not %s", p.rest())
		return nil
	case len(digits) > 1 && digits[0] == '0':
		p.failAt(start, "a number has no leading zeros")
		return nil
	}
	if p.skip(".") && p.digits() == "" {
		p.fail("a digit is expected, not %s", p.rest())
		return nil
	}
	if p.skip("e") || p.skip("E") {
		if !p.skip("-") {
			p.skip("+")
		}
		if p.digits() == "" {
			p.fail("a digit is expected, not %s", p.rest())
			return nil
		}
	}
	text := p.text[start:p.at]
	if negative && text == "-0" {
		text = "0"
	}
	return literal{spec.NewScalar(spec.Number, diag.Pos{}, text)}
}

// word reads true, false, null or the call of a function.
func (p *parser) word() any {
	start := p.at
	for c := p.peek(); c == '_' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9'; c = p.peek() {
		p.at++
	}
	word := p.text[start:p.at]
	if p.peek() == '(' {
		return p.call(start, word)
	}
	switch word {
	case "true", "false":
		return literal{spec.NewScalar(spec.Bool, diag.Pos{}, word)}
	case "null":
		return literal{spec.NewScalar(spec.Null, diag.Pos{}, "")}
	}
	p.failAt(start, "%s is no literal; a member is written @.%s", word, word)
	return nil
}

// call reads the arguments of a function.
func (p *parser) call(start int, name string) any {
	defer p.deeper()()
	f, ok := functionOf(name)
	if !ok {
		p.failAt(start, "there is no function %s()", name)
		return nil
	}
	c := call{function: f, name: name}
	p.at++
	for p.space(); p.err == nil && p.peek() != ')'; p.space() {
		if len(c.args) > 0 {
			if !p.skip(",") {
				p.fail("a comma or ) is expected, not %s", p.rest())
				return nil
			}
			p.space()
		}
		at := p.at
		arg := p.term()
		if len(c.args) == len(f.takes) {
			p.failAt(at, "%s() takes %d arguments", name, len(f.takes))
			return nil
		}
		if f.takes[len(c.args)] == valueType {
			arg = p.asOperand(at, arg)
		} else if _, ok := arg.(path); !ok {
			p.failAt(at, "%s() takes a query", name)
		}
		c.args = append(c.args, arg)
	}
	if !p.skip(")") || len(c.args) < len(f.takes) {
		p.failAt(start, "%s() takes %d arguments, and a parenthesis at their end", name, len(f.takes))
		return nil
	}
	return c
}

// string reads a string in quotes of either kind.
func (p *parser) string() string {
	quote := p.peek()
	var b strings.Builder
	for p.at++; p.err == nil; {
		if p.at >= len(p.text) {
			p.fail("the string has no end")
			break
		}
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		switch {
		case r == rune(quote):
			p.at++
			return b.String()
		case r < ' ':
			p.fail("a control character must be escaped")
		case r == '\\':
			p.at++
			p.escape(&b, quote)
		default:
			b.WriteRune(r)
			p.at += size
		}
	}
	return ""
}

// escape reads what follows a backslash.
func (p *parser) escape(b *strings.Builder, quote byte) {
	c := p.peek()
	if i := strings.IndexByte(`bfnrt/\`, c); i >= 0 && c != 0 {
		b.WriteByte("\b\f\n\r\t/\\"[i])
		p.at++
		return
	}
	switch c {
	case quote:
		b.WriteByte(c)
		p.at++
	case 'u':
		r := p.hex()
		if utf16.IsSurrogate(r) {
			if p.peek() != '\\' || p.at+1 >= len(p.text) || p.text[p.at+1] != 'u' {
				p.fail("half of a surrogate pair is no character")
				return
			}
			p.at++
			if r = utf16.DecodeRune(r, p.hex()); r == utf8.RuneError {
				p.fail("the two escapes are no surrogate pair")
			}
		}
		b.WriteRune(r)
	default:
		p.fail("there is no escape \\%s", strings.Trim(p.rest(), `"`))
	}
}

// hex reads the u and the four digits of an escape.
func (p *parser) hex() rune {
	p.at++
	digits := p.text[p.at:min(p.at+4, len(p.text))]
	i, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) < 4 {
		p.fail("\\u has four hexadecimal digits")
		return 0
	}
	p.at += 4
	return rune(i)
}
