package layout

import (
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
)

// lockedOwners calls own for every declaration that has had a name in a
// package. The package counts as one that uses it: what else it has come to be
// used by, it stays where it was, or moves to package shared and leaves the old
// name behind.
func (p *placer) lockedOwners(decls []model.Decl, own func(model.Decl, *model.Package)) {
	for _, d := range decls {
		if p.types.IsParams(d) {
			continue // it stands beside its method, wherever that is
		}
		for _, e := range p.lock.Find(lockfile.Global, p.types.PlaceOf(d)) {
			if pkg := PackageOf(p.api, e); pkg != nil {
				own(d, pkg)
			}
		}
	}
}

// PackageOf returns the package that a name is in, nil if the SDK has none of
// that path any more.
func PackageOf(api *model.API, e *lockfile.Entry) *model.Package {
	switch path := e.Package(); path {
	case model.SharedPath, model.PaginationPath, model.APIErrorPath:
		return api.AddPackage(path)
	default:
		return api.PackageAt(path)
	}
}
