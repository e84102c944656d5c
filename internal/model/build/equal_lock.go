package build

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A group is the schemas of which the lock knows that they are one type.
type group struct {
	node *spec.Node // the schema that the type is made from
	pkg  string     // the path of its package
}

// lockedEquals finds the schemas that the lock knows. Those that were one type
// stay one although they are not equal any more, as long as what differs was
// only added: the type has it all then. Those that were several types stay
// several although they are equal now.
func (b *builder) lockedEquals() {
	type members struct {
		group
		all []*spec.Node // the one with the type's own place first
	}
	byName := map[string]*members{}
	var order []*members
	for _, e := range b.cfg.Lock.Entries() {
		if e.Kind() != lockfile.Global {
			continue
		}
		place, also := strings.CutPrefix(e.Place, lockfile.Also)
		n := b.nodeAt(place)
		if !n.Is(spec.Object) {
			continue
		}
		m := byName[e.Name]
		if m == nil {
			m = &members{group: group{pkg: e.Package()}}
			byName[e.Name] = m
			order = append(order, m)
		}
		if also {
			m.all = append(m.all, n)
		} else {
			m.all = slices.Insert(m.all, 0, n)
		}
	}
	for _, m := range order {
		g := &group{node: m.all[0], pkg: m.pkg}
		if i := slices.IndexFunc(m.all, func(n *spec.Node) bool { return b.equal.groups[n] != nil }); i >= 0 {
			g = b.equal.groups[m.all[i]] // by another name, which it had before it moved
		}
		if m.pkg == sharedPath {
			g.pkg = sharedPath
		}
		for _, n := range m.all {
			if b.equal.groups[n] != nil {
				continue
			}
			if !b.widen(g, n) {
				b.equal.groups[n] = &group{node: n, pkg: m.pkg}
			}
		}
		b.equal.groups[g.node] = g
	}
	// What is inside of them may be one type with others too.
	for i := 0; i < len(b.equal.wide); i++ {
		wide := b.equal.wide[i]
		if g := b.equal.groups[b.stands[wide]]; g != nil && b.equal.groups[wide] == nil {
			b.widen(g, wide)
		}
	}
}

// widen makes the type of a group that of one more schema, if it can be.
func (b *builder) widen(g *group, n *spec.Node) bool {
	made := len(b.equal.wide)
	wide := b.widened(g.node, n, ofUse)
	if wide == nil {
		b.equal.wide = b.equal.wide[:made]
		return false
	}
	g.node = wide
	b.equal.groups[n], b.equal.groups[wide] = g, g
	return true
}

// nodeAt returns what stands at a place, as [builder.pointer] writes it; nil if
// nothing does.
func (b *builder) nodeAt(place string) *spec.Node {
	verb, rest, _ := strings.Cut(place, " ")
	paths := b.doc.Root.Get("paths")
	for i := range len(rest) {
		if rest[i] != ' ' || !paths.Has(rest[:i]) {
			continue
		}
		for name, op := range paths.Get(rest[:i]).Members() {
			if strings.EqualFold(name, verb) {
				return op.Follow(rest[i+1:])
			}
		}
	}
	file, pointer, ok := strings.Cut(place, "#")
	if !ok {
		return nil
	}
	root := b.doc.File(b.doc.Root)
	if file == "" {
		return b.doc.At(root, pointer)
	}
	if n := b.doc.At(filepath.Join(filepath.Dir(root), filepath.FromSlash(file)), pointer); n != nil {
		return n
	}
	return b.doc.At(file, pointer)
}

// widened returns a schema for the values of both x and y: one that lists the
// values or alternatives of both, or has the properties of both, of which those are
// required that both require. nil if they differ in anything else but the keywords to ignore.
func (b *builder) widened(x, y *spec.Node, ignored func(string) bool) *spec.Node {
	if b.number(x) == b.number(y) {
		return x
	}
	if !x.Is(spec.Object) || !y.Is(spec.Object) || x.Has("$ref") || y.Has("$ref") {
		return nil
	}
	var members []spec.Member
	changed := false
	for _, m := range x.All() {
		other := y.Get(m.Name)
		wide := m.Value
		switch {
		case ignored(m.Name):
		case m.Name == "properties":
			wide = b.widenedProperties(m.Value, other)
		case m.Name == "items":
			wide = b.widened(m.Value, other, describes)
		case m.Name == "enum", m.Name == "anyOf", m.Name == "oneOf":
			wide = b.united(m.Value, other)
		case m.Name == "required" && x.Has("properties"):
			wide = intersected(m.Value, other)
		case b.number(m.Value) != b.number(other):
			return nil
		}
		if wide == nil {
			return nil
		}
		changed = changed || wide != m.Value
		members = append(members, spec.Member{Name: m.Name, Pos: m.Pos, Value: wide})
	}
	for _, m := range y.All() {
		if !ignored(m.Name) && !x.Has(m.Name) && m.Name != "required" {
			return nil
		}
	}
	if !changed {
		return x
	}
	wide := spec.NewObject(x.Pos(), members...)
	b.equal.wide = append(b.equal.wide, wide)
	b.stands[wide] = x
	if first := b.stands[x]; first != nil {
		b.stands[wide] = first
	}
	return wide
}

func (b *builder) widenedProperties(x, y *spec.Node) *spec.Node {
	if !x.Is(spec.Object) || !y.Is(spec.Object) {
		return nil
	}
	members := slices.Clone(x.All())
	changed := false
	for _, m := range y.All() {
		i := slices.IndexFunc(members, func(have spec.Member) bool { return have.Name == m.Name })
		if i < 0 {
			members = append(members, m)
			changed = true
			continue
		}
		wide := b.widened(members[i].Value, m.Value, describes)
		if wide == nil {
			return nil
		}
		changed = changed || wide != members[i].Value
		members[i].Value = wide
	}
	if !changed {
		return x
	}
	return spec.NewObject(x.Pos(), members...)
}

// united is a list of the elements of both x and y; nil if one is no list.
func (b *builder) united(x, y *spec.Node) *spec.Node {
	if !x.Is(spec.Array) || !y.Is(spec.Array) {
		return nil
	}
	list := slices.Clone(x.Elements())
	for _, v := range y.Elements() {
		if !slices.ContainsFunc(list, func(w *spec.Node) bool { return b.number(v) == b.number(w) }) {
			list = append(list, v)
		}
	}
	if len(list) == x.Len() {
		return x
	}
	return spec.NewArray(x.Pos(), list...)
}

// intersected is a list of those elements of x that y has too.
func intersected(x, y *spec.Node) *spec.Node {
	list := slices.DeleteFunc(slices.Clone(x.Elements()), func(v *spec.Node) bool {
		return !slices.ContainsFunc(y.Elements(), func(w *spec.Node) bool { return v.Text() == w.Text() })
	})
	if len(list) == x.Len() {
		return x
	}
	return spec.NewArray(x.Pos(), list...)
}

// mayRepeat reports whether a schema may have the type of another one. It may
// not if the lock has a name for that type in a package which the schema is not
// in: what nobody knew as one would move to package shared.
func (b *builder) mayRepeat(of *spec.Node, o origin) bool {
	g := b.equal.groups[of]
	return g == nil || g.pkg == sharedPath || g.pkg == b.rootPath(o)
}

// rootPath is the path of the package of the operation that something is part
// of; "" if it is part of a component.
func (b *builder) rootPath(o origin) string {
	for o.parent != nil {
		o = b.origins[o.parent]
	}
	if o.op == nil {
		return ""
	}
	return o.op.service.Package.Path
}

// keepRepeated gives those of the declarations a name that have had one in common
// with others, of which none has it now, and returns the rest.
func (b *builder) keepRepeated(fresh []model.Decl, scopes map[*model.Package]*scope) []model.Decl {
	return slices.DeleteFunc(fresh, func(d model.Decl) bool {
		decl := d.Declaration()
		place, sc := lockfile.Also+b.placeOf(d), scopes[decl.Package]
		if e := b.find(lockfile.Global, place, decl.Package); e != nil && b.origins[d].fixed == "" && sc.owner(e.Last()) == nil {
			decl.Name.Go = b.keep(sc, lockfile.Global, place, decl.Package)
		}
		return decl.Name.Go != ""
	})
}

// publishRepeats lists the places of the other schemas that a type stands for.
func (b *builder) publishRepeats(d model.Decl, name string) {
	if alias, ok := d.(*model.Alias); ok && alias.Moved {
		d, _ = alias.Target.(model.Decl)
	}
	if r := b.equal.repeats[d]; r != nil {
		for _, n := range r.also {
			if at := b.pointer(n); at != "" && at != b.placeOf(d) {
				b.public(name, lockfile.Also+at, n.Pos())
			}
		}
	}
}
