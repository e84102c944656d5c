package naming

import (
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// settleVariants names the fields of a union.
func (n *namer) settleVariants(u *model.Union) {
	sc := &scope{}
	sc.reserve("Raw", "MarshalJSONTo", "UnmarshalJSONFrom")
	for _, v := range u.Variants {
		if v.Name.Go = n.keep(sc, lockfile.Member, types.VariantPlace(n.types.PlaceOf(u), v), nil); v.Name.Go != "" {
			continue
		}
		name := ident.Exported(withoutPrefix(v.Name.Spec, u.Package.Name))
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: []string{name, ident.Exported(v.Name.Spec), name + kindName(v.Kind)},
			What:       "variant " + `"` + v.Name.Spec + `"`, Pos: v.Pos,
			Set: func(name string) { v.Name.Go = name },
		})
	}
	sc.settle(n)
}

func kindName(k model.JSONKind) string {
	return [...]string{"Value", "Object", "List", "String", "Number", "Bool"}[k]
}
