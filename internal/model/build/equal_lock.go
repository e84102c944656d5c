package build

import (
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
		n := b.facts.At(place)
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
		if m.pkg == model.SharedPath {
			g.pkg = model.SharedPath
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
		if g := b.equal.groups[b.facts.StandsFor(wide)]; g != nil && b.equal.groups[wide] == nil {
			b.widen(g, wide)
		}
	}
}

// widen makes the type of a group that of one more schema, if it can be.
func (b *builder) widen(g *group, n *spec.Node) bool {
	wide, made := b.facts.Widen(g.node, n)
	if wide == nil {
		return false
	}
	b.equal.wide = append(b.equal.wide, made...)
	g.node = wide
	b.equal.groups[n], b.equal.groups[wide] = g, g
	return true
}

// mayRepeat reports whether a schema may have the type of another one. It may
// not if the lock has a name for that type in a package which the schema is not
// in: what nobody knew as one would move to package shared.
func (b *builder) mayRepeat(of *spec.Node, o origin) bool {
	g := b.equal.groups[of]
	return g == nil || g.pkg == model.SharedPath || g.pkg == b.rootPath(o)
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
	return o.op.Resource.Package.Path
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
	if r := b.repeatOf(d); r != nil {
		for _, n := range r.also {
			if at := b.facts.Place(n); at != "" && at != b.placeOf(d) {
				b.public(name, lockfile.Also+at, n.Pos())
			}
		}
	}
}
