package spec

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A resource is what the fragment of a reference is looked up in: a file, or a
// part of one that has an $id.
type resource struct {
	node    *Node
	file    *file
	base    *url.URL         // what references in it are relative to
	anchors map[string]*Node // by $anchor and $dynamicAnchor
}

// findResources notes the resources of a file that was read. Most have none
// but themselves, which shows in their text: then inner is false.
func (f *files) findResources(read *file, inner bool) {
	read.main = &resource{node: read.root, file: read, base: read.base, anchors: map[string]*Node{}}
	for _, name := range []string{"$self", "$id"} {
		if self := read.root.Get(name); self.Is(String) {
			if u, err := url.Parse(self.text); err == nil {
				u.Fragment = ""
				read.main.base = read.base.ResolveReference(u)
				f.ids[read.main.base.String()] = read.main
			}
		}
	}
	if inner {
		f.findIn(read.root, read.main, nil)
	}
}

// findIn notes the resources and anchors in n, which is part of in and of what
// has the $recursiveAnchor.
func (f *files) findIn(n *Node, in *resource, recursive *Node) {
	for _, item := range n.Elements() {
		f.findIn(item, in, recursive)
	}
	if !n.Is(Object) {
		return
	}
	if n.Get("$recursiveAnchor").True() {
		recursive = n
	}
	if id := n.Get("$id"); id.Is(String) && n != in.node {
		in = f.identify(n, id.text, in)
	}
	for _, m := range n.members {
		if strings.HasPrefix(m.Name, "x-") {
			continue
		}
		switch m.Name {
		case "example", "examples", "default", "enum", "const":
			continue
		case "$anchor", "$dynamicAnchor":
			if m.Value.Is(String) && in.anchors[m.Value.text] == nil {
				in.anchors[m.Value.text] = n
			}
			if m.Name == "$dynamicAnchor" && m.Value.Is(String) {
				f.dynamic[m.Value.text]++
			}
		case "$ref", "$dynamicRef":
			if in != in.file.main {
				f.bases[n] = in
			}
		case "$recursiveRef":
			f.recursive[n] = recursive
		}
		f.findIn(m.Value, in, recursive)
	}
}

// identify notes that n has an $id, and returns the resource that it is.
func (f *files) identify(n *Node, id string, in *resource) *resource {
	u, err := url.Parse(id)
	if err != nil {
		return in
	}
	if u.Host == "" && u.Path == "" && u.Opaque == "" { // an anchor, as older drafts write it
		if u.Fragment != "" && in.anchors[u.Fragment] == nil {
			in.anchors[u.Fragment] = n
		}
		return in
	}
	u.Fragment = ""
	r := &resource{node: n, file: in.file, base: in.base.ResolveReference(u), anchors: map[string]*Node{}}
	if key := r.base.String(); f.ids[key] == nil {
		f.ids[key] = r
	}
	return r
}

// A link is where a node is in its parent, which is nil for the root.
type link struct {
	parent *Node
	index  int
}

// Pointer returns the JSON pointer of a node in its file, such as
// "/components/schemas/Pet": where it is, not where it was referred to from. A
// node to which several YAML aliases lead is in the first place. It is "" for
// a whole file, and for what is no object, array or boolean.
func (d *Document) Pointer(n *Node) string {
	_, tokens := d.place(n)
	var b strings.Builder
	for _, token := range tokens {
		b.WriteString("/" + escape.Replace(token))
	}
	return b.String()
}

// At returns what is in a file at a JSON pointer, as [Document.File] and
// [Document.Pointer] give them; nil if nothing is.
func (d *Document) At(file, pointer string) *Node {
	f := d.files.byName[file]
	if f == nil {
		return nil
	}
	if n := f.root.Follow(pointer); n != nil {
		return n
	}
	n := f.raw.Follow(pointer)
	if now := d.converted[n]; now != nil {
		return now
	}
	return n
}

// Follow returns what a JSON pointer (RFC 6901) leads to from n, nil if it leads
// nowhere. It follows no references.
func (n *Node) Follow(pointer string) *Node {
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		n = child(n, unescape.Replace(token))
	}
	return n
}

// place returns the root of the tree that n is in, and the names and indices
// that lead from there to it. The root is nil if it is nowhere.
func (d *Document) place(n *Node) (root *Node, tokens []string) {
	f := d.files.byName[n.Pos().File]
	if f == nil {
		return nil, nil
	}
	if f.links == nil {
		f.links = map[*Node]link{}
		f.note(f.root, link{})
		f.note(f.raw, link{})
	}
	if _, ok := f.links[n]; !ok && d.origins[n] != nil {
		n = d.origins[n] // what a part of another file was
	}
	for {
		l, ok := f.links[n]
		switch {
		case !ok:
			return nil, nil
		case l.parent == nil:
			slices.Reverse(tokens)
			return n, tokens
		case l.parent.kind == Array:
			tokens = append(tokens, strconv.Itoa(l.index))
		default:
			tokens = append(tokens, l.parent.members[l.index].Name)
		}
		n = l.parent
	}
}

// note records where n and all in it is.
func (f *file) note(n *Node, l link) {
	switch n.Kind() {
	case Object, Array, Bool:
	default:
		return
	}
	if _, ok := f.links[n]; ok {
		return
	}
	f.links[n] = l
	for i, m := range n.members {
		f.note(m.Value, link{n, i})
	}
	for i, item := range n.items {
		f.note(item, link{n, i})
	}
}

// File returns the name of the file that a node is in, as the user gave it. What
// an overlay brought is in the description.
func (d *Document) File(n *Node) string {
	name := n.Pos().File
	if f := d.files.byName[name]; f != nil {
		return f.name
	}
	return name
}
