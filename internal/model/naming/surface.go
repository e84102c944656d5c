package naming

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
)

// nameConstructors names what makes a service by itself, and what makes it for the
// client, where services are called after their resources.
func (n *namer) nameConstructors(s *model.Resource, sc *scope) {
	s.New, s.Make = "New"+s.Service, "new"+s.Service
	if s.Package.Path != "" && s.Parent != nil && s.Parent.Parent == nil {
		s.Make = "NewService" // the root package calls it
	}
	sc.reserve(s.New)
}

// claimSecondConstants names the constants of a second name of an enum after it.
func (n *namer) claimSecondConstants(a *model.Alias, sc *scope) {
	e, ok := a.Target.(*model.Enum)
	if !ok {
		return
	}
	for _, v := range a.Values {
		if v.Name != "" {
			continue // it is one that the type has had
		}
		name := a.Name.Go + strings.TrimPrefix(v.Target.Name.Go, e.Name.Go)
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: []string{name, name + "Value"}, What: "value " + v.Target.Value, Pos: a.Pos,
			Set: func(name string) { v.Name = name },
		})
	}
}
