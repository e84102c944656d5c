package spec

import (
	"cmp"
	"slices"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// An Overlay changes a description before anything else is made of it.
type Overlay interface {
	// File is the name of its file, which is where what it adds stands.
	File() string
	// Apply returns the description as it is with the overlay, which shares
	// with the given one what does not change. What is wrong is added to the
	// list.
	Apply(root *Node, list *diag.List) *Node
}

// overlay applies the overlays to the description, which was just parsed. What
// they add belongs to it: a reference there is relative to the description.
func (f *files) overlay(read *file) {
	for _, o := range f.opts.Overlays {
		if read.root == nil || f.list.Failed() {
			return
		}
		read.root = o.Apply(read.root, f.list)
		f.byName[o.File()] = read
	}
}

// NewScalar returns a null, boolean, number or string with its literal, or for
// a string its value.
func NewScalar(kind Kind, pos diag.Pos, text string) *Node {
	return &Node{kind: kind, pos: pos, text: text}
}

// NewArray returns an array that stands in no file, placed where what it was
// made from stands.
func NewArray(pos diag.Pos, items ...*Node) *Node { return newArray(pos, items...) }

// Clone returns a copy of n that shares nothing with it.
func (n *Node) Clone() *Node {
	if n == nil {
		return nil
	}
	c := &Node{kind: n.kind, pos: n.pos, text: n.text}
	for _, item := range n.items {
		c.items = append(c.items, item.Clone())
	}
	members := slices.Clone(n.members)
	for i, m := range members {
		members[i].Value = m.Value.Clone()
	}
	c.setMembers(members)
	return c
}

// Size returns how many values n has, those that are there twice counted
// twice. Past a limit it is not exact.
func (n *Node) Size(limit int) int { return n.size(map[*Node]int{}, limit) }

// MaxNodes is the limit on values, which has a default.
func (l Limits) MaxNodes() int { return cmp.Or(l.Nodes, l.orDefaults().Nodes) }
