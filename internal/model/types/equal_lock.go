package types

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
func (r *Registry) lockedEquals() {
	type members struct {
		group
		all []*spec.Node // the one with the type's own place first
	}
	byName := map[string]*members{}
	var order []*members
	for _, e := range r.cfg.Lock.Entries() {
		if e.Kind() != lockfile.Global {
			continue
		}
		place, also := strings.CutPrefix(e.Place, lockfile.Also)
		n := r.facts.At(place)
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
		if i := slices.IndexFunc(m.all, func(n *spec.Node) bool { return r.equal.groups[n] != nil }); i >= 0 {
			g = r.equal.groups[m.all[i]] // by another name, which it had before it moved
		}
		if m.pkg == model.SharedPath {
			g.pkg = model.SharedPath
		}
		for _, n := range m.all {
			if r.equal.groups[n] != nil {
				continue
			}
			if !r.widen(g, n) {
				r.equal.groups[n] = &group{node: n, pkg: m.pkg}
			}
		}
		r.equal.groups[g.node] = g
	}
	// What is inside of them may be one type with others too.
	for i := 0; i < len(r.equal.wide); i++ {
		wide := r.equal.wide[i]
		if g := r.equal.groups[r.facts.StandsFor(wide)]; g != nil && r.equal.groups[wide] == nil {
			r.widen(g, wide)
		}
	}
}

// widen makes the type of a group that of one more schema, if it can be.
func (r *Registry) widen(g *group, n *spec.Node) bool {
	wide, made := r.facts.Widen(g.node, n)
	if wide == nil {
		return false
	}
	r.equal.wide = append(r.equal.wide, made...)
	g.node = wide
	r.equal.groups[n], r.equal.groups[wide] = g, g
	return true
}

// mayRepeat reports whether a schema may have the type of another one. It may
// not if the lock has a name for that type in a package which the schema is not
// in: what nobody knew as one would move to package shared.
func (r *Registry) mayRepeat(of *spec.Node, o Origin) bool {
	g := r.equal.groups[of]
	return g == nil || g.pkg == model.SharedPath || g.pkg == r.rootPath(o)
}

// rootPath is the path of the package of the operation that something is part
// of; "" if it is part of a component.
func (r *Registry) rootPath(o Origin) string {
	for o.Parent != nil {
		o = r.Origins[o.Parent]
	}
	if o.Op == nil {
		return ""
	}
	return o.Op.Resource.Package.Path
}
