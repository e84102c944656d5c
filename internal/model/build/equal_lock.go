package build

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
)

// keepRepeated gives those of the declarations a name that have had one in common
// with others, of which none has it now, and returns the rest.
func (b *builder) keepRepeated(fresh []model.Decl, scopes map[*model.Package]*scope) []model.Decl {
	return slices.DeleteFunc(fresh, func(d model.Decl) bool {
		decl := d.Declaration()
		place, sc := lockfile.Also+b.types.PlaceOf(d), scopes[decl.Package]
		if e := b.find(lockfile.Global, place, decl.Package); e != nil && b.types.Origins[d].Fixed == "" && sc.owner(e.Last()) == nil {
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
	if r := b.types.RepeatOf(d); r != nil {
		for _, n := range r.Also {
			if at := b.facts.Place(n); at != "" && at != b.types.PlaceOf(d) {
				b.public(name, lockfile.Also+at, n.Pos())
			}
		}
	}
}
