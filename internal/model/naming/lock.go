package naming

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/layout"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// find returns the name of a kind that a place has had in a package, nil if it
// has had none, or something else has it already. Any package will do for what
// belongs to a type, and for calls; it is nil then.
func (n *namer) find(kind lockfile.Kind, place string, pkg *model.Package) *lockfile.Entry {
	if place == "" {
		return nil
	}
	for _, e := range n.cfg.Lock.Find(kind, place) {
		if !n.kept[e] && (pkg == nil || e.Package() == pkg.Path) {
			return e
		}
	}
	return nil
}

// keep gives a place the name that it has had, in the scope that it is settled
// in. It is empty if there is none, or the scope does not have it any more.
func (n *namer) keep(sc *scope, kind lockfile.Kind, place string, pkg *model.Package) string {
	e := n.find(kind, place, pkg)
	if e == nil {
		return ""
	}
	if owner := sc.owner(e.Last()); owner != nil {
		n.diags.Warningf(e.Pos, "lock", "%s cannot keep the name %s, which %s has now", e.Place, e.Name, owner.What)
		return ""
	}
	n.kept[e] = true
	sc.fix(e.Last(), place, e.Pos)
	return e.Last()
}

// keepDecls gives declarations the names that they have had, and returns the
// others. A declaration that is in another package now leaves an alias behind.
func (n *namer) keepDecls(scopes map[*model.Package]*scope) []model.Decl {
	var fresh []model.Decl
	for _, d := range n.decls() {
		decl := d.Declaration()
		sc := scopes[decl.Package]
		if n.types.Fixed(d) == "" {
			if page, ok := d.(*model.Page); ok {
				decl.Name.Go = n.keepPage(page, sc)
			} else {
				decl.Name.Go = n.keep(sc, lockfile.Global, n.types.PlaceOf(d), decl.Package)
			}
		}
		if decl.Name.Go == "" {
			fresh = append(fresh, d)
		}
		if e, ok := d.(*model.Enum); ok {
			for _, v := range e.Values {
				v.Name.Go = n.keep(sc, lockfile.Global, types.ValuePlace(n.types.PlaceOf(d), v), decl.Package)
			}
		}
		n.leaveAliases(d, scopes)
	}
	n.keepReferences(scopes)
	return n.keepRepeated(fresh, scopes)
}

// keepReferences keeps the names of schemas in whose place a reference to a
// component stands now: each is an alias of the component's type, and its
// constants are those of that type.
func (n *namer) keepReferences(scopes map[*model.Package]*scope) {
	at := map[string]model.Decl{}
	for _, p := range n.api.Packages {
		for _, d := range p.Types {
			if _, alias := d.(*model.Alias); alias {
				continue
			}
			if place := n.types.PlaceOf(d); place != "" && at[place] == nil {
				at[place] = d
			}
		}
	}
	for _, e := range n.cfg.Lock.Entries() {
		if e.Kind() != lockfile.Global || n.kept[e] || strings.HasPrefix(e.Place, lockfile.Also) || at[e.Place] != nil {
			continue
		}
		node := n.facts.At(e.Place)
		if node == nil || !node.IsRef() {
			continue
		}
		d := at[n.facts.Place(n.facts.Deref(node))]
		pkg := layout.PackageOf(n.api, e)
		switch d.(type) {
		case *model.Object, *model.Enum, *model.Union, *model.Defined:
		default:
			continue
		}
		if pkg == nil || scopes[pkg] == nil || scopes[pkg].owner(e.Last()) != nil {
			continue
		}
		if to := d.Declaration().Package; to != pkg && to.Path != model.SharedPath && !n.mayImport(pkg, to) {
			continue
		}
		n.alias(d, e.Place, pkg, scopes[pkg])
	}
}

// keepPage gives a page the name that it has had.
func (n *namer) keepPage(page *model.Page, sc *scope) string {
	name := n.types.Origins[page].Had
	if name == "" || sc.owner(name) != nil {
		return ""
	}
	sc.reserve(name)
	return name
}

// leaveAliases adds the names that a declaration has had in other packages. The
// params struct of an operation that the config moved is in a package of a
// resource, not in package shared as all else that two resources know; it leaves
// an alias unless the packages would import each other.
func (n *namer) leaveAliases(d model.Decl, scopes map[*model.Package]*scope) {
	decl := d.Declaration()
	place := n.types.PlaceOf(d)
	for _, e := range n.cfg.Lock.Find(lockfile.Global, place) {
		pkg := layout.PackageOf(n.api, e)
		if n.kept[e] || pkg == nil || pkg == decl.Package || pkg.Path == model.SharedPath {
			continue
		}
		if n.types.IsParams(d) && !n.mayImport(pkg, decl.Package) {
			continue
		}
		n.alias(d, place, pkg, scopes[pkg])
	}
}

// alias adds the name that a place has had in a package, for a declaration that
// is called otherwise or is elsewhere, with those of its constants.
func (n *namer) alias(d model.Decl, place string, pkg *model.Package, sc *scope) {
	decl := d.Declaration()
	alias := &model.Alias{Target: d, Moved: true}
	alias.Name.Go, alias.Name.Spec = n.keep(sc, lockfile.Global, place, pkg), decl.Name.Spec
	alias.Package, alias.File, alias.Pos = pkg, "moved_types", decl.Pos
	if alias.Name.Go == "" {
		return
	}
	n.types.Places[alias] = place
	if enum, ok := d.(*model.Enum); ok {
		for _, v := range enum.Values {
			if name := n.keep(sc, lockfile.Global, types.ValuePlace(place, v), pkg); name != "" {
				alias.Values = append(alias.Values, &model.AliasValue{Name: name, Target: v})
			}
		}
	}
	pkg.Types = append(pkg.Types, alias)
}

// mayImport reports whether a package of a resource may come to import another
// for an alias in it, and takes down that it does. The root package imports all.
func (n *namer) mayImport(from, to *model.Package) bool {
	if to == n.api.Root.Package {
		return false
	}
	var reaches func(p *model.Package) bool
	reaches = func(p *model.Package) bool { return p == from || slices.ContainsFunc(n.imports[p], reaches) }
	if reaches(to) {
		return false
	}
	if n.imports == nil {
		n.imports = map[*model.Package][]*model.Package{}
	}
	n.imports[from] = append(n.imports[from], to)
	return true
}

// moved puts the name that a declaration has had in another package before the
// others that it may have.
func (n *namer) moved(d model.Decl, candidates []string) []string {
	if n.types.Fixed(d) != "" || n.types.IsParams(d) { // which is called after its method
		return candidates
	}
	for _, e := range n.cfg.Lock.Find(lockfile.Global, n.types.PlaceOf(d)) {
		if e.Package() != d.Declaration().Package.Path {
			list := []string{e.Last()}
			return append(list, slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return c == list[0] })...)
		}
	}
	return candidates
}

// keepFields gives the fields of a struct the names that they have had.
func (n *namer) keepFields(sc *scope, o *model.Object, place string, in map[*model.Field]string) {
	for _, f := range o.Fields {
		f.Name.Go = n.keep(sc, lockfile.Member, types.FieldPlace(place, f, in), nil)
	}
	if o.Extra != nil {
		o.Extra.Name.Go = n.keep(sc, lockfile.Member, place+".*", nil)
	}
}
