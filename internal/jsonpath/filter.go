package jsonpath

import (
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A logical expression holds for a value or does not.
type logical interface {
	test(r *run, current *Match) bool
}

// An operand is what can be compared: its value is nil if it is Nothing, as
// the standard calls the result of a query that selects nothing.
type operand interface {
	value(r *run, current *Match) *spec.Node
}

// The expressions of RFC 9535, section 2.3.5.
type (
	anyOf      []logical
	allOf      []logical
	not        struct{ logical }
	comparison struct {
		op          string
		left, right operand
	}
	literal struct{ *spec.Node }
	// A path is a query in a filter.
	path struct {
		absolute bool
		segments []segment
	}
)

func (e anyOf) test(r *run, current *Match) bool {
	return slices.ContainsFunc(e, func(l logical) bool { return l.test(r, current) })
}

func (e allOf) test(r *run, current *Match) bool {
	return !slices.ContainsFunc(e, func(l logical) bool { return !l.test(r, current) })
}

func (e not) test(r *run, current *Match) bool { return !e.logical.test(r, current) }

func (e literal) value(*run, *Match) *spec.Node { return e.Node }

// nodes returns what the path selects.
func (e path) nodes(r *run, current *Match) []*Match {
	if e.absolute {
		current = &Match{Node: r.root}
	}
	return r.follow(e.segments, current)
}

func (e path) test(r *run, current *Match) bool { return len(e.nodes(r, current)) > 0 }

// value is that of a path which is singular.
func (e path) value(r *run, current *Match) *spec.Node {
	if found := e.nodes(r, current); len(found) == 1 {
		return found[0].Node
	}
	return nil
}

// singular reports whether the path selects one value at most, by its syntax.
func (e path) singular() bool {
	return !slices.ContainsFunc(e.segments, func(s segment) bool {
		if s.deep || len(s.selectors) != 1 {
			return true
		}
		switch s.selectors[0].(type) {
		case nameSelector, indexSelector:
			return false
		}
		return true
	})
}

func (e comparison) test(r *run, current *Match) bool {
	a, b := e.left.value(r, current), e.right.value(r, current)
	switch e.op {
	case "==":
		return equal(a, b)
	case "!=":
		return !equal(a, b)
	case "<":
		return less(a, b)
	case "<=":
		return less(a, b) || equal(a, b)
	case ">":
		return less(b, a)
	default:
		return less(b, a) || equal(a, b)
	}
}

// equal compares as RFC 9535, section 2.3.5.2.2 says.
func equal(a, b *spec.Node) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	switch a.Kind() {
	case spec.Number:
		return compareNumbers(a, b) == 0
	case spec.Array:
		return slices.EqualFunc(a.Elements(), b.Elements(), equal)
	case spec.Object:
		return !slices.ContainsFunc(a.All(), func(m spec.Member) bool {
			other := b.Member(m.Name)
			return other == nil || !equal(m.Value, other.Value)
		})
	}
	return a.Text() == b.Text()
}

// less reports whether a comes before b; only numbers and strings have an
// order. That of UTF-8 is that of Unicode.
func less(a, b *spec.Node) bool {
	switch {
	case a.Is(spec.Number) && b.Is(spec.Number):
		return compareNumbers(a, b) < 0
	case a.Is(spec.String) && b.Is(spec.String):
		return a.Text() < b.Text()
	}
	return false
}

// compareNumbers compares integers to the last digit, and all else as float64.
func compareNumbers(a, b *spec.Node) int {
	i, errI := strconv.ParseInt(a.Text(), 10, 64)
	j, errJ := strconv.ParseInt(b.Text(), 10, 64)
	if errI == nil && errJ == nil {
		return compare(i, j)
	}
	f, _ := strconv.ParseFloat(a.Text(), 64) // out of range, it is an infinity, which serves
	g, _ := strconv.ParseFloat(b.Text(), 64)
	return compare(f, g)
}

func compare[T int64 | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// number is an integer as a value.
func number(i int) *spec.Node { return spec.NewScalar(spec.Number, diag.Pos{}, strconv.Itoa(i)) }

// operators are those of comparisons, the longer ones first.
var operators = strings.Fields("== != <= >= < >")
