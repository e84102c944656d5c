package paging

import (
	"reflect"
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
)

// deepestShape is how many structs inside of each other are compared member by
// member. What is deeper must be the same declaration.
const deepestShape = 4

// same reports whether two types read the same JSON.
func (m *merger) same(a, b model.Type, depth int) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *model.List, *model.Map, *model.Opt, *model.Null, *model.Ptr:
		return reflect.TypeOf(a) == reflect.TypeOf(b) && m.same(model.Elem(a), model.Elem(b), depth)
	case *model.Object:
		b, ok := b.(*model.Object)
		return ok && depth < deepestShape && slices.EqualFunc(a.Fields, b.Fields, func(f, g *model.Field) bool {
			return f.Name.Spec == g.Name.Spec && f.Presence == g.Presence && m.same(f.Type, g.Type, depth+1)
		})
	case *model.Enum:
		b, ok := b.(*model.Enum)
		return ok && !m.types.Origins[a].Component && !m.types.Origins[b].Component && a.Base == b.Base && slices.Equal(values(a), values(b))
	}
	return false
}

// values are those of an enum, in alphabetical order.
func values(e *model.Enum) []string {
	list := make([]string, len(e.Values))
	for i, v := range e.Values {
		list[i] = v.Value
	}
	slices.Sort(list)
	return list
}
