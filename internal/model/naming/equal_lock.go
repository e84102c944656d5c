package naming

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
)

// keepRepeated gives those of the declarations a name that have had one in common
// with others, of which none has it now, and returns the rest.
func (n *namer) keepRepeated(fresh []model.Decl, scopes map[*model.Package]*scope) []model.Decl {
	return slices.DeleteFunc(fresh, func(d model.Decl) bool {
		decl := d.Declaration()
		place, sc := lockfile.Also+n.types.PlaceOf(d), scopes[decl.Package]
		if e := n.find(lockfile.Global, place, decl.Package); e != nil && n.types.Fixed(d) == "" && sc.owner(e.Last()) == nil {
			decl.Name.Go = n.keep(sc, lockfile.Global, place, decl.Package)
		}
		return decl.Name.Go != ""
	})
}

// publishRepeats lists the places of the other schemas that a type stands for.
func (n *namer) publishRepeats(d model.Decl, name string) {
	if alias, ok := d.(*model.Alias); ok && alias.Moved {
		d, _ = alias.Target.(model.Decl)
	}
	if r := n.types.RepeatOf(d); r != nil {
		for _, also := range r.Also {
			if at := n.facts.Place(also); at != "" && at != n.types.PlaceOf(d) {
				n.public(name, lockfile.Also+at, also.Pos())
			}
		}
	}
}
