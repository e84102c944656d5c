package spec

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// sections has the member of components in which things of a shape are.
var sections = [shapeCount]string{
	schemaShape: "schemas", responseShape: "responses", parameterShape: "parameters", exampleShape: "examples",
	requestBodyShape: "requestBodies", headerShape: "headers", securitySchemeShape: "securitySchemes",
	linkShape: "links", callbackShape: "callbacks", mediaTypeShape: "mediaTypes",
}

// JSON returns the document as one JSON text that needs no other file: every
// reference leads to a component, under a name made from its file and place
// where it is not one already, and path items and media types that are references
// are written out. The order is that of the description, with what was added last. A
// reference that leads nowhere, or to a thing of another kind, becomes an empty object, and what only serves
// to resolve references ($id, $anchor) is left out.
func (d *Document) JSON() []byte { return d.bundle("").out }

// A bundler writes a document as one JSON text.
type bundler struct {
	*Document
	out   []byte
	names map[*Node]component // what is a component, or becomes one
	taken map[component]bool
	added []*Node         // of names, those that the description does not have there
	homes map[*Node]*Node // a component that is only a reference, to what is written in its place
	open  map[*Node]bool  // path items and media types that are being written out
	lines []diag.Pos      // by line of out; nil if they are not wanted
}

// A component is where something is in components.
type component struct{ section, name string }

// bundle writes the document. With a start, it writes that first and then a
// line for each member and element, which is YAML as well as JSON.
func (d *Document) bundle(start string) *bundler {
	b := d.newBundler()
	b.node(d.Root) // only to find what must be added
	for i := 0; i < len(b.added); i++ {
		b.node(b.added[i])
	}
	b.out = append(b.out[:0], start...)
	if start != "" {
		b.lines = []diag.Pos{d.Root.pos}
	}
	b.node(d.Root)
	return b
}

// newBundler returns a bundler that knows the components of the description.
func (d *Document) newBundler() *bundler {
	b := &bundler{
		Document: d,
		names:    map[*Node]component{},
		taken:    map[component]bool{},
		homes:    map[*Node]*Node{},
		open:     map[*Node]bool{},
	}
	for section, all := range d.Root.Get("components").Members() {
		for name, n := range all.Members() {
			c := component{section, name}
			b.taken[c] = true
			if _, ok := b.names[n]; !ok {
				b.names[n] = c
			}
		}
	}
	// A component that only refers to another file is where that belongs.
	for section, all := range d.Root.Get("components").Members() {
		for name, n := range all.Members() {
			if n.shape == unknown || n.Len() != 1 || refOf(n) == nil {
				continue
			}
			to, err := d.step(n)
			if err != nil || to.pos.File == d.Root.pos.File || to.shape != n.shape || refOf(to) != nil {
				continue
			}
			if _, ok := b.names[to]; !ok {
				b.names[to] = component{section, name}
				b.homes[n] = to
			}
		}
	}
	return b
}

// node writes n.
func (b *bundler) node(n *Node) {
	if home := b.homes[n]; home != nil {
		n = home
	}
	switch n.Kind() {
	case Array:
		b.out = append(b.out, '[')
		for i, item := range n.items {
			if i > 0 {
				b.out = append(b.out, ',')
			}
			b.newline(item.Pos())
			b.node(item)
		}
		b.out = append(b.out, ']')
	case Object:
		if n.shape != unknown && refOf(n) != nil {
			b.reference(n)
			return
		}
		b.object(n)
	case String:
		b.string(n.text)
	default:
		b.out = n.AppendJSON(b.out)
	}
}

// string writes a string, and where the lines count, so that YAML reads it too.
func (b *bundler) string(s string) {
	start := len(b.out)
	b.out = appendString(b.out, s)
	if b.lines == nil || !notYAML.MatchString(s) {
		return
	}
	safe := notYAML.ReplaceAllStringFunc(string(b.out[start:]), func(c string) string {
		r, _ := utf8.DecodeRuneInString(c)
		return fmt.Sprintf(`\u%04x`, r)
	})
	b.out = append(b.out[:start], safe...)
}

// notYAML has the characters that JSON may have in a string, but YAML may not
// or takes for the end of a line.
var notYAML = regexp.MustCompile("[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]")

// object writes the members of n.
func (b *bundler) object(n *Node) {
	b.out = append(b.out, '{')
	first := true
	for _, m := range n.members {
		if n.shape == schemaShape && onlyForRefs[m.Name] || n == b.Root && m.Name == "$self" {
			continue
		}
		b.name(&first, m.Name, m.Pos)
		switch {
		case n == b.Root && m.Name == "components":
			b.components(m.Value)
		case n == b.Root && m.Name == "openapi" && !knownVersion.MatchString(m.Value.Text()):
			b.string(b.Version.String() + ".0")
		case n.shape == discriminatorShape && m.Name == "mapping" && m.Value.Is(Object):
			b.mapping(m.Value)
		default:
			b.node(m.Value)
		}
	}
	if n == b.Root && !n.Has("components") && len(b.added) > 0 {
		b.name(&first, "components", n.pos)
		b.components(nil)
	}
	b.out = append(b.out, '}')
}

// onlyForRefs has the members of a schema that only help to resolve references.
var onlyForRefs = map[string]bool{"$id": true, "$anchor": true, "$dynamicAnchor": true, "$recursiveAnchor": true}

// name writes the name of a member.
func (b *bundler) name(first *bool, name string, pos diag.Pos) {
	if !*first {
		b.out = append(b.out, ',')
	}
	*first = false
	b.newline(pos)
	b.string(name)
	b.out = append(b.out, ':', ' ')
}

// newline starts a line for what is at pos, if lines are wanted.
func (b *bundler) newline(pos diag.Pos) {
	if b.lines != nil {
		b.out = append(b.out, '\n')
		b.lines = append(b.lines, pos)
	}
}

// components writes the components of the description, and those to add.
func (b *bundler) components(n *Node) {
	extra := map[string][]*Node{}
	var order []string
	for _, to := range b.added {
		section := b.names[to].section
		if extra[section] == nil && !n.Get(section).Is(Object) {
			order = append(order, section)
		}
		extra[section] = append(extra[section], to)
	}
	b.out = append(b.out, '{')
	first := true
	write := func(section string, pos diag.Pos, had *Node) {
		b.name(&first, section, pos)
		b.out = append(b.out, '{')
		first := true
		for _, m := range had.All() {
			b.name(&first, m.Name, m.Pos)
			b.node(m.Value)
		}
		for _, to := range extra[section] {
			b.name(&first, b.names[to].name, to.pos)
			b.node(to)
		}
		b.out = append(b.out, '}')
	}
	for _, m := range n.All() {
		if extra[m.Name] != nil || m.Value.Is(Object) {
			write(m.Name, m.Pos, m.Value)
			continue
		}
		b.name(&first, m.Name, m.Pos)
		b.node(m.Value)
	}
	for _, section := range order {
		write(section, extra[section][0].pos, nil)
	}
	b.out = append(b.out, '}')
}

// reference writes a reference, which leads to a component afterwards.
func (b *bundler) reference(n *Node) {
	to, err := b.step(n)
	if err == nil {
		_, err = b.Deref(n)
	}
	if err != nil {
		b.out = append(b.out, "{}"...)
		return
	}
	switch n.shape {
	case pathItemShape:
		b.pathItem(n)
		return
	case mediaTypeShape: // which tools older than OpenAPI 3.2 do not look up
		b.mediaType(n)
		return
	}
	if c, ok := b.names[to]; ok && c.section != sections[n.shape] { // a response that is a schema
		b.out = append(b.out, "{}"...)
		return
	}
	b.out = append(b.out, '{')
	first := true
	b.name(&first, "$ref", refOf(n).pos)
	b.string(b.ref(to, n.shape))
	if n.shape == schemaShape && b.Version >= V31 {
		for _, m := range n.members {
			if !slices.Contains(refNames[:], m.Name) && !onlyForRefs[m.Name] {
				b.name(&first, m.Name, m.Pos)
				b.node(m.Value)
			}
		}
	}
	b.out = append(b.out, '}')
}

// pathItem writes out a path item that is a reference, with what stands beside it.
func (b *bundler) pathItem(n *Node) {
	to, _ := b.Deref(n)
	if b.open[to] { // by way of a callback
		b.out = append(b.out, "{}"...)
		return
	}
	b.open[to] = true
	defer delete(b.open, to)
	whole := &Node{kind: Object, shape: pathItemShape, pos: to.pos, members: slices.Clone(to.members)}
	for _, m := range n.members {
		if m.Name != "$ref" && !to.Has(m.Name) {
			whole.members = append(whole.members, m)
		}
	}
	b.object(whole)
}

// mediaType writes out a media type that is a reference.
func (b *bundler) mediaType(n *Node) {
	to, _ := b.Deref(n)
	if b.open[to] { // by way of a header of its encoding
		b.out = append(b.out, "{}"...)
		return
	}
	b.open[to] = true
	defer delete(b.open, to)
	b.object(to)
}

// mapping writes the mapping of a discriminator.
func (b *bundler) mapping(n *Node) {
	b.out = append(b.out, '{')
	first := true
	for _, m := range n.members {
		// A library fails on the whole of a text with an entry that leads nowhere, and
		// without it no more is lost than is not there.
		if to, err := b.Lookup(m.Value); err == nil {
			b.name(&first, m.Name, m.Pos)
			b.string(b.ref(to, schemaShape))
		}
	}
	b.out = append(b.out, '}')
}

// ref returns the reference that leads to n, which it makes a component if it
// is none.
func (b *bundler) ref(n *Node, s shape) string {
	c, ok := b.names[n]
	if !ok {
		c = b.free(n, s)
		b.names[n], b.taken[c] = c, true
		b.added = append(b.added, n)
	}
	return "#/components/" + c.section + "/" + (&url.URL{Path: escape.Replace(c.name)}).EscapedPath()
}

// free returns a name for n that no component has: the last that leads to it,
// else with more of what does, and of the path to its file.
func (b *bundler) free(n *Node, s shape) component {
	_, tokens := b.place(n)
	file := b.fileName(n)
	short := path.Base(file)
	if strings.HasPrefix(strings.TrimLeft(short, "_"), "index") {
		short = path.Base(path.Dir(file))
	}
	candidates := []string{short}
	if len(tokens) > 0 {
		last, all := tokens[len(tokens)-1], strings.Join(tokens, "_")
		candidates = []string{last, short + "_" + last, all, short + "_" + all}
	}
	candidates = append(candidates, file+"_"+strings.Join(tokens, "_"))
	for i := 2; ; i++ {
		for _, name := range candidates {
			name = strings.Trim(nameless.ReplaceAllString(name, "_"), "_")
			if name == "" || digits.MatchString(name) {
				continue
			}
			if c := (component{sections[s], name}); !b.taken[c] {
				return c
			}
		}
		candidates = []string{fmt.Sprintf("%s_%d", short, i)}
	}
}

// fileName returns the path of the file that n is in, from the folder of the
// description and without its extension.
func (b *bundler) fileName(n *Node) string {
	name := n.pos.File
	if f := b.files.byName[name]; f != nil && f.base != nil {
		name = strings.TrimPrefix(f.base.Path, "/")
		name = strings.TrimPrefix(name, strings.TrimSuffix(b.files.folder, "/")+"/")
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

var (
	nameless = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
	digits   = regexp.MustCompile(`^[0-9]+$`)
)
