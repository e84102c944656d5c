package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/restree"
)

// What the lock has a name for gets it before anything else is settled, so that
// all that is new gives way to it. The config goes before the lock: who decides
// something there wants it to change.

// find returns the name of a kind that a place has had in a package, nil if it
// has had none, or something else has it already. Any package will do for what
// belongs to a type, and for calls; it is nil then.
func (b *builder) find(kind lockfile.Kind, place string, pkg *model.Package) *lockfile.Entry {
	if place == "" {
		return nil
	}
	for _, e := range b.cfg.Lock.Find(kind, place) {
		if !b.kept[e] && (pkg == nil || e.Package() == pkg.Path) {
			return e
		}
	}
	return nil
}

// keep gives a place the name that it has had, in the scope that it is settled
// in. It is empty if there is none, or the scope does not have it any more.
func (b *builder) keep(sc *scope, kind lockfile.Kind, place string, pkg *model.Package) string {
	e := b.find(kind, place, pkg)
	if e == nil {
		return ""
	}
	if owner := sc.owner(e.Last()); owner != nil {
		b.diags.Warningf(e.Pos, "lock", "%s cannot keep the name %s, which %s has now", e.Place, e.Name, owner.What)
		return ""
	}
	b.kept[e] = true
	sc.fix(e.Last(), place, e.Pos)
	return e.Last()
}

// keepCall tells the inference of an operation's place which call it has had.
func (b *builder) keepCall(op *operation, in *restree.Operation) {
	e := b.find(lockfile.Call, types.Route(op.Operation), nil)
	if e == nil {
		return
	}
	b.kept[e] = true
	parts := strings.Split(e.Name, ".")
	way, name := b.wayOf(parts[:len(parts)-1]), ident.Camel(e.Last())
	if c := op.cfg; c != nil && (c.Resource != "" || c.Method != "") {
		if c.Resource == "" {
			in.Group = way
		}
		if c.Method == "" {
			in.Name = name
		}
		return
	}
	op.locked = e
	in.Locked = &restree.Locked{Resource: way, Name: name}
	for _, place := range []string{twinPlace(op.Operation), streamPlace(op.Operation)} {
		for _, e := range b.cfg.Lock.Find(lockfile.Call, place) {
			in.Locked.Taken = append(in.Locked.Taken, ident.Camel(e.Last()))
		}
	}
	for _, old := range b.oldNames(e.Name) {
		in.Locked.Taken = append(in.Locked.Taken, ident.Camel(old), ident.Camel(old)+"All")
	}
}

// wayOf returns the way to the resource that a call's fields lead to.
func (b *builder) wayOf(fields []string) []string {
	var way []string
	for i := 1; i < len(fields); i++ {
		word := ident.Camel(fields[i])
		name := strings.Join(fields[:i+1], ".")
		for _, e := range b.cfg.Lock.Named(name) {
			if strings.HasPrefix(e.Place, resourcePrefix) {
				word = e.Place[strings.LastIndexAny(e.Place, ". ")+1:]
			}
		}
		way = append(way, word)
	}
	return way
}

// lockedFirst returns the operations in the order in which they are built: what
// is new comes last, and finds the pages of the others.
func (b *builder) lockedFirst(ops []*operation) []*operation {
	list := slices.Clone(ops)
	slices.SortStableFunc(list, func(x, y *operation) int {
		switch {
		case (x.locked != nil) == (y.locked != nil):
			return 0
		case x.locked != nil:
			return -1
		}
		return 1
	})
	return list
}

// lockedErrors returns the place of the schema that the errors had the shape of.
func (b *builder) lockedErrors() string {
	for _, e := range b.cfg.Lock.Named(model.APIErrorPath + ".Data") {
		if at, ok := strings.CutPrefix(e.Place, errorsPrefix); ok {
			return at
		}
	}
	return ""
}

// lockedOwners calls own for every declaration that has had a name in a
// package. The package counts as one that uses it: what else it has come to be
// used by, it stays where it was, or moves to package shared and leaves the old
// name behind.
func (b *builder) lockedOwners(decls []model.Decl, own func(model.Decl, *model.Package)) {
	for _, d := range decls {
		for _, e := range b.cfg.Lock.Find(lockfile.Global, b.types.PlaceOf(d)) {
			if pkg := b.packageOf(e); pkg != nil {
				own(d, pkg)
			}
		}
	}
}

// packageOf returns the package that a name is in, nil if the SDK has none of
// that path any more.
func (b *builder) packageOf(e *lockfile.Entry) *model.Package {
	switch path := e.Package(); path {
	case model.SharedPath, model.PaginationPath, model.APIErrorPath:
		return b.newPackage(path)
	default:
		i := slices.IndexFunc(b.api.Packages, func(p *model.Package) bool { return p.Path == path })
		if i < 0 {
			return nil
		}
		return b.api.Packages[i]
	}
}

// keepDecls gives declarations the names that they have had, and returns the
// others. A declaration that is in another package now leaves an alias behind.
func (b *builder) keepDecls(scopes map[*model.Package]*scope) []model.Decl {
	var fresh []model.Decl
	for _, d := range b.decls() {
		decl := d.Declaration()
		sc := scopes[decl.Package]
		if b.types.Origins[d].Fixed == "" {
			if page, ok := d.(*model.Page); ok {
				decl.Name.Go = b.keepPage(page, sc)
			} else {
				decl.Name.Go = b.keep(sc, lockfile.Global, b.types.PlaceOf(d), decl.Package)
			}
		}
		if decl.Name.Go == "" {
			fresh = append(fresh, d)
		}
		if e, ok := d.(*model.Enum); ok {
			for _, v := range e.Values {
				v.Name.Go = b.keep(sc, lockfile.Global, types.ValuePlace(b.types.PlaceOf(d), v), decl.Package)
			}
		}
		b.leaveAliases(d, scopes)
	}
	return b.keepRepeated(fresh, scopes)
}

// keepPage gives a page the name that it has had.
func (b *builder) keepPage(page *model.Page, sc *scope) string {
	name := b.types.Origins[page].Had
	if name == "" || sc.owner(name) != nil {
		return ""
	}
	sc.reserve(name)
	return name
}

// leaveAliases adds the names that a declaration has had in other packages.
func (b *builder) leaveAliases(d model.Decl, scopes map[*model.Package]*scope) {
	decl := d.Declaration()
	place := b.types.PlaceOf(d)
	for _, e := range b.cfg.Lock.Find(lockfile.Global, place) {
		pkg := b.packageOf(e)
		if b.kept[e] || pkg == nil || pkg == decl.Package || pkg.Path == model.SharedPath {
			continue
		}
		alias := &model.Alias{Target: d, Moved: true}
		alias.Name.Go, alias.Name.Spec = b.keep(scopes[pkg], lockfile.Global, place, pkg), decl.Name.Spec
		alias.Package, alias.File, alias.Pos = pkg, "moved_types", decl.Pos
		if alias.Name.Go == "" {
			continue
		}
		b.types.Places[alias] = place
		if enum, ok := d.(*model.Enum); ok {
			for _, v := range enum.Values {
				if name := b.keep(scopes[pkg], lockfile.Global, types.ValuePlace(place, v), pkg); name != "" {
					alias.Values = append(alias.Values, &model.AliasValue{Name: name, Target: v})
				}
			}
		}
		pkg.Types = append(pkg.Types, alias)
	}
}

// moved puts the name that a declaration has had in another package before the
// others that it may have.
func (b *builder) moved(d model.Decl, candidates []string) []string {
	if b.types.Origins[d].Fixed != "" {
		return candidates
	}
	for _, e := range b.cfg.Lock.Find(lockfile.Global, b.types.PlaceOf(d)) {
		if e.Package() != d.Declaration().Package.Path {
			list := []string{e.Last()}
			return append(list, slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return c == list[0] })...)
		}
	}
	return candidates
}

// keepFields gives the fields of a struct the names that they have had.
func (b *builder) keepFields(sc *scope, o *model.Object, place string, in map[*model.Field]string) {
	for _, f := range o.Fields {
		f.Name.Go = b.keep(sc, lockfile.Member, types.FieldPlace(place, f, in), nil)
	}
	if o.Extra != nil {
		o.Extra.Name.Go = b.keep(sc, lockfile.Member, place+".*", nil)
	}
}
