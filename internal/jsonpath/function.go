package jsonpath

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// kind is the type of an argument or result of a function (RFC 9535, section
// 2.4.1).
type kind int

const (
	valueType kind = iota
	nodesType
	logicalType
)

// A function is one that filters can call.
type function struct {
	takes []kind
	gives kind
	// value is the result of one that gives a value, truth that of one that
	// gives a truth.
	value func(args []argument) *spec.Node
	truth func(args []argument) bool
}

// An argument is one of a call: a value, or nodes.
type argument struct {
	value *spec.Node
	nodes []*Match
}

// functionOf returns the function of a name (RFC 9535, section 2.4.4 ff.).
func functionOf(name string) (function, bool) {
	switch name {
	case "length":
		return function{takes: []kind{valueType}, gives: valueType, value: length}, true
	case "count":
		return function{takes: []kind{nodesType}, gives: valueType, value: func(args []argument) *spec.Node {
			return number(len(args[0].nodes))
		}}, true
	case "value":
		return function{takes: []kind{nodesType}, gives: valueType, value: func(args []argument) *spec.Node {
			if len(args[0].nodes) != 1 {
				return nil
			}
			return args[0].nodes[0].Node
		}}, true
	case "match":
		return function{takes: []kind{valueType, valueType}, gives: logicalType, truth: matcher(`\A(?:`, `)\z`)}, true
	case "search":
		return function{takes: []kind{valueType, valueType}, gives: logicalType, truth: matcher("", "")}, true
	}
	return function{}, false
}

func length(args []argument) *spec.Node {
	switch n := args[0].value; n.Kind() {
	case spec.String:
		return number(utf8.RuneCountInString(n.Text()))
	case spec.Array, spec.Object:
		return number(n.Len())
	}
	return nil
}

// matcher returns the function that holds its first argument against the
// regular expression that is the second, between two texts. What is no string
// or no expression does not match.
func matcher(before, after string) func([]argument) bool {
	var known sync.Map // by its text, as one expression is tried on many values
	return func(args []argument) bool {
		text, pattern := args[0].value, args[1].value
		if !text.Is(spec.String) || !pattern.Is(spec.String) {
			return false
		}
		re, ok := known.Load(pattern.Text())
		if !ok {
			compiled, err := regexp.Compile(before + dots(pattern.Text()) + after)
			if err != nil {
				compiled = nil
			}
			re, _ = known.LoadOrStore(pattern.Text(), compiled)
		}
		compiled := re.(*regexp.Regexp)
		return compiled != nil && compiled.MatchString(text.Text())
	}
}

// dots writes the dots of an I-Regexp, which match neither line feed nor
// carriage return, for RE2.
func dots(pattern string) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteByte(c)
			i++
			b.WriteByte(pattern[i])
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '.' && !class:
			b.WriteString(`[^\n\r]`)
			continue
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}

// A call is that of a function.
type call struct {
	function
	name string
	args []any // each a path, a literal or a call
}

// eval returns the arguments as the function takes them.
func (c call) eval(r *run, current *Match) []argument {
	args := make([]argument, len(c.args))
	for i, arg := range c.args {
		if c.takes[i] == nodesType {
			args[i].nodes = arg.(path).nodes(r, current)
		} else {
			args[i].value = arg.(operand).value(r, current)
		}
	}
	return args
}

func (c call) value(r *run, current *Match) *spec.Node {
	return c.function.value(c.eval(r, current))
}

func (c call) test(r *run, current *Match) bool { return c.truth(c.eval(r, current)) }
