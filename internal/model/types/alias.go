package types

import "github.com/openapi-lathe/lathe/internal/model"

// Aliased gives the component that a result or body is made of a second name,
// after the operation, if the config asks for it: the element of a list, the
// value of a map, else the type itself.
func (r *Registry) Aliased(t model.Type, o Origin) model.Type {
	if !r.cfg.OperationTypes && !r.cfg.LikeStainless() {
		return t
	}
	switch t := t.(type) {
	case *model.List:
		return &model.List{Elem: r.Aliased(t.Elem, o)}
	case *model.Map:
		return &model.Map{Elem: r.Aliased(t.Elem, o)}
	case model.Decl:
		if !r.calledAfterMethod(t, o) {
			return t
		}
		alias := &model.Alias{Target: t}
		alias.Pos = t.Declaration().Pos
		r.Origins[alias] = o
		return alias
	}
	return r.looseResult(t, o)
}
