package spec

import (
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Kind is the JSON kind of a [Node].
type Kind uint8

// The kinds of JSON values.
const (
	Invalid Kind = iota // only of a nil *Node
	Null
	Bool
	Number
	String
	Array
	Object
)

// String returns the kind in words, with its article, for messages.
func (k Kind) String() string {
	return [...]string{"nothing", "null", "a boolean", "a number", "a string", "an array", "an object"}[k]
}

// A Node is one value of a description, as it was written: members in their
// order, numbers in their own digits, null told from absent. A node is shared
// by everything that refers to its place, so two uses mean the same schema if
// and only if they lead to the same *Node.
//
// Every method may be called on a nil *Node, which stands for an absent value,
// so that n.Get("info").Get("title").Text() needs no checks on the way.
type Node struct {
	kind    Kind
	shape   shape // once it has been visited
	pos     diag.Pos
	text    string // of a string: its value; of a number: its literal; of a boolean: "true" or "false"
	members []Member
	items   []*Node
	index   map[string]int32 // where a member is, of an object with many
}

// A Member is one name and value of an object.
type Member struct {
	Name  string
	Pos   diag.Pos // of the name
	Value *Node
}

// Kind returns the kind of n, [Invalid] if n is nil.
func (n *Node) Kind() Kind {
	if n == nil {
		return Invalid
	}
	return n.kind
}

// Is reports whether n is there and of kind k.
func (n *Node) Is(k Kind) bool { return n.Kind() == k }

// Pos returns where the value starts.
func (n *Node) Pos() diag.Pos {
	if n == nil {
		return diag.Pos{}
	}
	return n.pos
}

// Span returns the part of its file that n is.
func (n *Node) Span() diag.Span {
	span := diag.Span{From: n.Pos(), To: n.Pos()}
	extend := func(p diag.Pos) {
		if p.File == span.From.File && span.To.Compare(p) < 0 {
			span.To = p
		}
	}
	for _, m := range n.All() {
		extend(m.Pos)
		extend(m.Value.Span().To)
	}
	for _, item := range n.Elements() {
		extend(item.Span().To)
	}
	return span
}

// Get returns the member of an object with a name, nil if it has none.
func (n *Node) Get(name string) *Node {
	if m := n.Member(name); m != nil {
		return m.Value
	}
	return nil
}

// Member returns the member of an object with a name, nil if it has none.
func (n *Node) Member(name string) *Member {
	if n == nil {
		return nil
	}
	if n.index != nil {
		if i, ok := n.index[name]; ok {
			return &n.members[i]
		}
		return nil
	}
	for i := range n.members {
		if n.members[i].Name == name {
			return &n.members[i]
		}
	}
	return nil
}

// many is how many members an object must have for an index to be quicker than
// looking at each.
const many = 16

// setMembers makes members those of n, which is an object.
func (n *Node) setMembers(members []Member) {
	n.members, n.index = members, nil
	if len(members) <= many {
		return
	}
	n.index = make(map[string]int32, len(members))
	for i, m := range members {
		n.index[m.Name] = int32(i)
	}
}

// Has reports whether an object has a member, be it null.
func (n *Node) Has(name string) bool { return n.Member(name) != nil }

// Members yields the members of an object in document order, nothing for any
// other kind.
func (n *Node) Members() iter.Seq2[string, *Node] {
	return func(yield func(string, *Node) bool) {
		if n == nil {
			return
		}
		for _, m := range n.members {
			if !yield(m.Name, m.Value) {
				return
			}
		}
	}
}

// Items yields the elements of an array in order, nothing for any other kind.
func (n *Node) Items() iter.Seq2[int, *Node] {
	if n == nil {
		return func(func(int, *Node) bool) {}
	}
	return slices.All(n.items)
}

// Len returns the number of members or elements.
func (n *Node) Len() int {
	if n == nil {
		return 0
	}
	return len(n.members) + len(n.items)
}

// At returns element i of an array, nil if there is none.
func (n *Node) At(i int) *Node {
	if n == nil || i < 0 || i >= len(n.items) {
		return nil
	}
	return n.items[i]
}

// Text returns the value of a string, and of a number or boolean its literal,
// since people write version: 1.0 and mean "1.0". It is empty for all else.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return n.text
}

// True reports whether n is the boolean true. The string "true" counts too: it
// is a common slip, and there is nothing else that it could mean.
func (n *Node) True() bool {
	return n != nil && n.text == "true" && (n.kind == Bool || n.kind == String)
}

// False reports whether n is the boolean false.
func (n *Node) False() bool {
	return n != nil && n.text == "false" && (n.kind == Bool || n.kind == String)
}

// All returns the members of an object in document order. The slice is the
// node's own and must not be changed.
func (n *Node) All() []Member {
	if n == nil {
		return nil
	}
	return n.members
}

// Elements returns the elements of an array in order. The slice is the node's
// own and must not be changed.
func (n *Node) Elements() []*Node {
	if n == nil {
		return nil
	}
	return n.items
}

// NewObject returns an object that stands in no file, placed where what it was
// made from stands.
func NewObject(pos diag.Pos, members ...Member) *Node {
	n := &Node{kind: Object, pos: pos}
	n.setMembers(members)
	return n
}

// Int returns the value of a number that is an integer, be it written as 1.0
// or 1e3, and whether there is one and it fits.
func (n *Node) Int() (int64, bool) {
	if !n.Is(Number) {
		return 0, false
	}
	if i, err := strconv.ParseInt(n.text, 10, 64); err == nil {
		return i, true
	}
	f, ok := n.Float()
	if !ok || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// Float returns the nearest value of a number, and whether there is one and it
// is finite.
func (n *Node) Float() (float64, bool) {
	if !n.Is(Number) {
		return 0, false
	}
	f, err := strconv.ParseFloat(n.text, 64)
	return f, err == nil
}

// put sets the member of an object with a name, at its place if there is one
// and last if not. A nil value removes it.
func (n *Node) put(name string, value *Node) {
	if value == nil {
		n.drop(name)
		return
	}
	if m := n.Member(name); m != nil {
		m.Value = value
		return
	}
	n.setMembers(append(slices.Clip(n.members), Member{Name: name, Pos: value.pos, Value: value}))
}

// drop removes the member of an object with a name.
func (n *Node) drop(name string) {
	i := slices.IndexFunc(n.members, func(m Member) bool { return m.Name == name })
	if i >= 0 {
		n.setMembers(slices.Concat(n.members[:i], n.members[i+1:]))
	}
}

// NewAllOf returns the schema that what all the given ones say applies. It
// stands where the first does.
func NewAllOf(schemas ...*Node) *Node {
	return NewObject(schemas[0].pos, member("allOf", newArray(schemas[0].pos, schemas...)))
}

// NewAnyOf returns the schema that what any of the given ones says applies.
func NewAnyOf(pos diag.Pos, schemas ...*Node) *Node {
	return NewObject(pos, member("anyOf", newArray(pos, schemas...)))
}

// contains reports whether other is n or in it.
func (n *Node) contains(other *Node, seen map[*Node]bool) bool {
	if n == other {
		return true
	}
	if seen[n] || n.Len() == 0 {
		return false
	}
	seen[n] = true
	return slices.ContainsFunc(n.members, func(m Member) bool { return m.Value.contains(other, seen) }) ||
		slices.ContainsFunc(n.items, func(item *Node) bool { return item.contains(other, seen) })
}

// size returns how many values n has, those that are there twice counted
// twice. Past a limit it is not exact.
func (n *Node) size(known map[*Node]int, limit int) int {
	if n.Len() == 0 {
		return 1
	}
	if size, ok := known[n]; ok {
		return size
	}
	size := 1
	for _, m := range n.members {
		size = min(size+m.Value.size(known, limit), limit+1)
	}
	for _, item := range n.items {
		size = min(size+item.size(known, limit), limit+1)
	}
	known[n] = size
	return size
}

// NewString returns a string that stands in no file.
func NewString(pos diag.Pos, text string) *Node { return newString(pos, text) }

// newString returns a string at pos.
func newString(pos diag.Pos, text string) *Node { return &Node{kind: String, pos: pos, text: text} }

// newBool returns a boolean at pos.
func newBool(pos diag.Pos, value bool) *Node {
	return &Node{kind: Bool, pos: pos, text: strconv.FormatBool(value)}
}

// newArray returns an array at pos.
func newArray(pos diag.Pos, items ...*Node) *Node { return &Node{kind: Array, pos: pos, items: items} }

// member returns a member that is where its value is.
func member(name string, value *Node) Member { return Member{Name: name, Pos: value.pos, Value: value} }
