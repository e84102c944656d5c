package spec

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A target is where a reference leads: to a node or to an error. One that has
// neither is being followed.
type target struct {
	node *Node
	err  error
}

// refNames has the members that make a reference of an object, the one that
// counts first.
var refNames = [...]string{"$ref", "$dynamicRef", "$recursiveRef"}

// refOf returns the string of a reference, nil if n is none.
func refOf(n *Node) *Node {
	if !n.Is(Object) {
		return nil
	}
	for _, name := range refNames {
		if ref := n.Get(name); ref.Is(String) {
			return ref
		}
	}
	return nil
}

// IsRef reports whether n is a reference, so that [Document.Deref] would lead
// from it to another node.
func (n *Node) IsRef() bool { return refOf(n) != nil }

// Deref follows the reference that n is, and those to which it leads, to what
// is meant: n itself if it is no reference. Relative references are relative
// to the file of n. The error is a [diag.Diagnostic] at the string that leads
// nowhere, round in a circle, or to what may not or cannot be read.
func (d *Document) Deref(n *Node) (*Node, error) {
	if refOf(n) == nil {
		return n, nil
	}
	if t, ok := d.refs[n]; ok && (t.node != nil || t.err != nil) {
		return t.node, t.err
	}
	var chain []*Node
	var end target
	for at := n; ; {
		ref := refOf(at)
		if ref == nil {
			end.node = at
			break
		}
		if t, ok := d.refs[at]; ok {
			if end = t; t == (target{}) {
				end.err = diag.Errorf(ref.pos, "ref-cycle", "circular $ref %q", ref.text)
			}
			break
		}
		d.refs[at] = target{}
		chain = append(chain, at)
		next, err := d.step(at)
		if err != nil {
			end.err = err
			break
		}
		at = next
	}
	for _, at := range chain {
		d.refs[at] = end
	}
	return end.node, end.err
}

// Loosen makes a warning of the error that a reference leads nowhere: what refers
// to it can do without. References that lead only to each other mean nothing at
// all, and one flag mends those that lead out of the folder; both stay errors.
func Loosen(err error) error {
	if d, ok := errors.AsType[*diag.Diagnostic](err); ok && d.Code != "ref-cycle" && d.Code != OutsideRoot {
		loose := *d
		loose.Severity = diag.Warning
		return &loose
	}
	return err
}

// RefTo returns a reference to a node that stands in no file, placed where the
// node stands.
func (d *Document) RefTo(n *Node) *Node {
	ref := NewObject(n.pos, member("$ref", newString(n.pos, "#"+d.Pointer(n))))
	d.refs[ref] = target{node: n}
	return ref
}

// Next is what a reference leads to at once, which may be another; nil if it leads
// nowhere, and for what is no reference.
func (d *Document) Next(n *Node) *Node {
	if refOf(n) == nil {
		return nil
	}
	to, err := d.step(n)
	if err != nil {
		return nil
	}
	return to
}

// step follows one reference, to what may be another.
func (d *Document) step(n *Node) (*Node, error) {
	to, err := d.resolve(n, refOf(n))
	if now := d.converted[to]; now != nil {
		return now, nil
	}
	return to, err
}

// written follows references to what is written there, even if it was converted
// to something else. It is nil if there is no such thing.
func (d *Document) written(n *Node) *Node {
	for range 100 {
		ref := refOf(n)
		if ref == nil {
			return n
		}
		to, err := d.resolve(n, ref)
		if err != nil {
			return nil
		}
		n = to
	}
	return nil
}

// resolve finds what the text of ref means in the place of at.
func (d *Document) resolve(at, ref *Node) (*Node, error) {
	n, err := d.find(at, ref)
	switch {
	case err != nil:
	case n == d.owner.root || n == d.owner.raw:
		return nil, diag.Errorf(ref.pos, "unresolved-ref", "%q leads to the whole description", ref.text)
	case !n.Is(Object) && !n.Is(Array) && !n.Is(Bool):
		return nil, diag.Errorf(ref.pos, "unresolved-ref", "%q leads to %s, not an object", ref.text, n.Kind())
	default:
		return n, nil
	}
	if other := d.misspelled(ref); other != nil {
		return other, nil
	}
	if out, ok := errors.AsType[*outside](err); ok {
		return nil, diag.Errorf(ref.pos, OutsideRoot, "the folder %s is outside of the one that may be read; run gen with --root %s", out.folder, out.root)
	}
	return nil, diag.Errorf(ref.pos, "unresolved-ref", "unresolved $ref %q: %s", ref.text, err)
}

// maxThrough is how many references may be needed to resolve one, each to find
// the way of the pointer of the one before.
const maxThrough = 1000

// find does the work of resolve; its error has no position.
func (d *Document) find(at, ref *Node) (*Node, error) {
	d.through++
	defer func() { d.through-- }()
	if d.through > maxThrough {
		return nil, fmt.Errorf("its pointer leads through more than %d references", maxThrough)
	}
	where, fragment, _ := strings.Cut(ref.text, "#")
	from := d.files.byName[ref.pos.File]
	switch {
	case ref.text == "":
		return nil, errors.New("it is empty")
	case from == nil:
		return nil, errors.New("it is in no file of the description")
	case ref == at.Get("$recursiveRef"):
		if n := d.files.recursive[at]; n != nil {
			return n, nil
		}
		return nil, errors.New("there is no $recursiveAnchor around it")
	case ref == at.Get("$dynamicRef") && d.files.dynamic[fragment] > 1:
		return nil, errors.New("there are several $dynamicAnchor of that name, and which is meant depends on what refers to this")
	}
	in, err := d.files.resource(from, at, where)
	if err != nil {
		return nil, err
	}
	return d.inside(in, fragment)
}

// newPlaces has where things are since version 3.0, by where they were before.
var newPlaces = []struct{ old, now string }{
	{"#/definitions/", "/components/schemas/"},
	{"#/parameters/", "/components/parameters/"},
	{"#/responses/", "/components/responses/"},
}

// misspelled returns what a reference that leads nowhere must mean, nil if
// there is no telling.
func (d *Document) misspelled(ref *Node) *Node {
	for _, p := range newPlaces {
		name, ok := strings.CutPrefix(ref.text, p.old)
		if !ok || ref.pos.File != d.Root.pos.File {
			continue
		}
		if n, err := d.walk(d.Root, p.now+name); err == nil {
			d.list.Warningf(ref.pos, "old-pointer", "unresolved $ref %q; it is read as %q, its place since OpenAPI 3", ref.text, "#"+p.now+name)
			return n
		}
	}
	return nil
}

// inside finds what a fragment means in a resource.
func (d *Document) inside(in *resource, fragment string) (*Node, error) {
	decoded, err := url.PathUnescape(fragment)
	if err != nil {
		decoded = fragment
	}
	switch {
	case decoded == "":
		return in.node, nil
	case decoded[0] != '/':
		if n := in.anchors[decoded]; n != nil {
			return n, nil
		}
		if n, err := d.walk(in.node, "/"+decoded); err == nil && strings.Contains(decoded, "/") {
			return n, nil // #components/schemas/Pet, which can mean nothing else
		}
		return nil, fmt.Errorf("there is no $anchor %q", decoded)
	}
	root := in.node
	if root == in.file.root && in.file.raw != nil {
		root = in.file.raw // what was converted is referred to by where it was
	}
	n, err := d.walk(root, decoded)
	if err == nil {
		return n, nil
	}
	// Perhaps the name has a percent sign of its own, or is in the place where
	// it was converted to, or an $id is only for show.
	for _, other := range []struct {
		root    *Node
		pointer string
	}{{root, fragment}, {in.node, decoded}, {in.file.root, decoded}} {
		if n, err := d.walk(other.root, other.pointer); err == nil {
			return n, nil
		}
	}
	return nil, err
}

// walk follows a JSON pointer from n, and references on its way.
func (d *Document) walk(n *Node, pointer string) (*Node, error) {
	done := ""
	for token := range strings.SplitSeq(pointer[1:], "/") {
		name := unescape.Replace(token)
		next := child(n, name)
		if next == nil && refOf(n) != nil {
			behind, err := d.Deref(n)
			if err != nil {
				return nil, fmt.Errorf("unresolved $ref %s", done)
			}
			if next = child(behind, name); next == nil {
				next = child(d.written(n), name)
			}
		}
		if next == nil {
			return nil, errors.New(d.missing(n, done, name))
		}
		done += "/" + token
		n = next
	}
	return n, nil
}

// child returns the member or element that a token of a JSON pointer names.
func child(n *Node, name string) *Node {
	if n.Is(Array) {
		i, err := strconv.Atoi(name)
		if err != nil || strconv.Itoa(i) != name {
			return nil
		}
		return n.At(i)
	}
	return n.Get(name)
}

var (
	unescape = strings.NewReplacer("~1", "/", "~0", "~")
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
)

// missing says that n, which is at the pointer done, has no child of a name,
// and which it has that differs from it in no letter or digit.
func (d *Document) missing(n *Node, done, name string) string {
	if done == "" {
		done = "the file"
	}
	switch n.Kind() {
	case Array:
		return fmt.Sprintf("%s has %d elements", done, n.Len())
	case Object:
	default:
		return fmt.Sprintf("%s is %s", done, n.Kind())
	}
	said := fmt.Sprintf("%s has no member %q", done, name)
	if d.alike[n] == nil {
		d.alike[n] = map[string]string{}
		for _, m := range n.members {
			if p := plainName(m.Name); p != "" && d.alike[n][p] == "" {
				d.alike[n][p] = m.Name
			}
		}
	}
	other := d.alike[n][plainName(name)]
	if other == "" && n.Len() <= maxNear {
		other = diag.Nearest(name, n.names())
		d.alike[n][plainName(name)] = other
	}
	if other != "" {
		said += fmt.Sprintf("; did you mean %q?", other)
	}
	return said
}

// maxNear is among how many names one is looked for that is spelled like another,
// which takes a time for each of them.
const maxNear = 2000

// names returns the names of the members of an object.
func (n *Node) names() []string {
	var names []string
	for _, m := range n.All() {
		names = append(names, m.Name)
	}
	return names
}

// plainName returns the letters and digits of a name.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// resource finds the file, or the part of one with an $id, that a reference
// without its fragment means in the place of at, a node of the file from.
func (f *files) resource(from *file, at *Node, where string) (*resource, error) {
	within := from.main
	if r := f.bases[at]; r != nil {
		within = r
	}
	if where == "" {
		return within, nil
	}
	u, err := url.Parse(where)
	if err != nil { // a name that is no URL, but may be one of a file
		u = &url.URL{Path: where}
	}
	if r := f.ids[within.base.ResolveReference(u).String()]; r != nil {
		return r, nil
	}
	name := strings.ReplaceAll(u.Path, `\`, "/")
	switch {
	case u.Scheme == "file", u.Scheme == "" && from.base.Scheme == "file" && path.IsAbs(name):
		return nil, fmt.Errorf("%s is an absolute path; write it relative to the file that it is in", u.Path)
	case u.Scheme != "" || from.base.Scheme != "file":
		base := from.base.ResolveReference(u)
		base.Fragment = ""
		return f.opened(base)
	}
	inside := path.Join(path.Dir(from.base.Path)[1:], name)
	if inside == ".." || strings.HasPrefix(inside, "../") {
		return nil, f.outside(inside)
	}
	return f.opened(&url.URL{Scheme: "file", Path: "/" + inside})
}

// opened returns the file at base as a resource.
func (f *files) opened(base *url.URL) (*resource, error) {
	file := f.open(base)
	return file.main, file.err
}

// Lookup resolves a string that names a schema without being a $ref: the value
// of a discriminator's mapping, which is the name of a component or a reference.
func (d *Document) Lookup(n *Node) (*Node, error) {
	if !n.Is(String) {
		return nil, diag.Errorf(n.Pos(), "unresolved-ref", "a reference must be a string, not %s", n.Kind())
	}
	schemas := d.Root.Get("components").Get("schemas")
	if s := schemas.Get(n.text); s != nil {
		return d.Deref(s)
	}
	if !strings.ContainsAny(n.text, "/#.") {
		return nil, diag.Errorf(n.pos, "unresolved-ref", "unresolved $ref %q: %s", n.text, d.missing(schemas, "/components/schemas", n.text))
	}
	to, err := d.resolve(n, n)
	if err != nil {
		return nil, err
	}
	return d.Deref(to)
}
