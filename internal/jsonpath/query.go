package jsonpath

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Query is a JSONPath expression. It may be used more than once, and by
// several goroutines.
type Query struct {
	text     string
	segments []segment
}

// String returns the query as it was written.
func (q *Query) String() string { return q.text }

// A Match is one value that a query selects, with the way to it.
type Match struct {
	Node   *spec.Node
	parent *Match // nil for the root
	step   Step
}

// A Step leads from a value to one in it.
type Step struct {
	Name  string // of a member of an object
	Index int    // of an element of an array; -1 for a member
}

// Path returns the steps from the root, none for the root itself.
func (m *Match) Path() []Step {
	var steps []Step
	for ; m.parent != nil; m = m.parent {
		steps = append(steps, m.step)
	}
	slices.Reverse(steps)
	return steps
}

// String returns the normalized path of the match (RFC 9535, section 2.7).
func (m *Match) String() string {
	var b strings.Builder
	b.WriteByte('$')
	for _, s := range m.Path() {
		if s.Index >= 0 {
			b.WriteString("[" + strconv.Itoa(s.Index) + "]")
			continue
		}
		b.WriteString("['")
		for _, r := range s.Name {
			switch {
			case r == '\'' || r == '\\':
				b.WriteString(`\` + string(r))
			case r < ' ':
				b.WriteString(control(r))
			default:
				b.WriteRune(r)
			}
		}
		b.WriteString("']")
	}
	return b.String()
}

// control writes a control character as a normalized path has it.
func control(r rune) string {
	if i := strings.IndexRune("\b\f\n\r\t", r); i >= 0 {
		return `\` + string("bfnrt"[i])
	}
	hex := "000" + strconv.FormatInt(int64(r), 16)
	return `\u` + hex[len(hex)-4:]
}

// ErrTooMany is the error of a query that visits more values than it may.
var ErrTooMany = errors.New("the query visits too many values")

// Select returns what the query selects in root, in the order that the
// standard gives. The same place may be there more than once. A query such as
// $..*..*..* visits values over and over: after as many as most it is an error,
// [ErrTooMany].
func (q *Query) Select(root *spec.Node, most int) ([]*Match, error) {
	r := &run{root: root, left: most}
	found := r.follow(q.segments, &Match{Node: root})
	if r.left < 0 {
		return nil, ErrTooMany
	}
	return found, nil
}

// A run is one evaluation of a query.
type run struct {
	root *spec.Node
	left int // how many values may still be visited
}

// child is the match of what one more step leads to.
func (r *run) child(m *Match, n *spec.Node, s Step) *Match {
	r.left--
	return &Match{Node: n, parent: m, step: s}
}

// children returns the matches of all that is directly in m, in their order.
func (r *run) children(m *Match) []*Match {
	if r.left < 0 {
		return nil // all comes to its end
	}
	list := make([]*Match, 0, m.Node.Len())
	for _, member := range m.Node.All() {
		list = append(list, r.child(m, member.Value, Step{member.Name, -1}))
	}
	for i, item := range m.Node.Elements() {
		list = append(list, r.child(m, item, Step{"", i}))
	}
	return list
}

// follow returns what segments select from a match.
func (r *run) follow(segments []segment, from *Match) []*Match {
	matches := []*Match{from}
	for _, s := range segments {
		var next []*Match
		for _, m := range matches {
			next = r.segment(s, m, next)
		}
		matches = next
	}
	return matches
}

// A segment selects from every value that the one before it selected.
type segment struct {
	deep      bool // and from everything in it
	selectors []selector
}

// segment appends what a segment selects from m.
func (r *run) segment(s segment, m *Match, to []*Match) []*Match {
	for _, sel := range s.selectors {
		to = sel.apply(r, m, to)
	}
	if s.deep {
		for _, child := range r.children(m) {
			to = r.segment(s, child, to)
		}
	}
	return to
}

// A selector appends what it selects from the value of m.
type selector interface {
	apply(r *run, m *Match, to []*Match) []*Match
}

// The selectors of RFC 9535, section 2.3.
type (
	nameSelector  string
	indexSelector int64
	anySelector   struct{}
	sliceSelector struct {
		start, end *int64 // nil: as far as there is something
		step       int64
	}
	filterSelector struct{ logical }
)

func (s nameSelector) apply(r *run, m *Match, to []*Match) []*Match {
	if member := m.Node.Member(string(s)); member != nil {
		to = append(to, r.child(m, member.Value, Step{string(s), -1}))
	}
	return to
}

func (s indexSelector) apply(r *run, m *Match, to []*Match) []*Match {
	i := int64(s)
	if i < 0 {
		i += int64(len(m.Node.Elements()))
	}
	if n := m.Node.At(int(i)); n != nil {
		to = append(to, r.child(m, n, Step{"", int(i)}))
	}
	return to
}

func (anySelector) apply(r *run, m *Match, to []*Match) []*Match {
	return append(to, r.children(m)...)
}

func (s filterSelector) apply(r *run, m *Match, to []*Match) []*Match {
	for _, child := range r.children(m) {
		if s.test(r, child) {
			to = append(to, child)
		}
	}
	return to
}

// apply follows RFC 9535, section 2.3.4.2.2.
func (s sliceSelector) apply(r *run, m *Match, to []*Match) []*Match {
	items := m.Node.Elements()
	size := int64(len(items))
	from := func(i *int64, missing, low, high int64) int64 {
		if i == nil {
			return missing
		}
		n := *i
		if n < 0 {
			n += size
		}
		return min(max(n, low), high)
	}
	switch {
	case s.step > 0:
		lower, upper := from(s.start, 0, 0, size), from(s.end, size, 0, size)
		for i := lower; i < upper; i += s.step {
			to = append(to, r.child(m, items[i], Step{"", int(i)}))
		}
	case s.step < 0:
		upper, lower := from(s.start, size-1, -1, size-1), from(s.end, -1, -1, size-1)
		for i := upper; i > lower; i += s.step {
			to = append(to, r.child(m, items[i], Step{"", int(i)}))
		}
	}
	return to
}
