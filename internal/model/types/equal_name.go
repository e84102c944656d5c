package types

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// littleWords say something only of what they are part of.
var littleWords = []string{
	"attribute", "attributes", "body", "content", "data", "element", "entry", "item", "items", "object", "params", "payload",
	"properties", "response", "result", "results", "value", "values",
}

// SaysLittle reports whether a name needs that of what it is part of, as does one
// word for some values, such as type or status.
func SaysLittle(name string, enum bool) bool {
	list := ident.Words(name)
	return len(list) < 2 && (enum || len(list) == 0 || slices.Contains(littleWords, strings.ToLower(list[0])))
}

// whole is what something is part of: the resource whose method takes it, or what
// that is called where it stands.
func (r *Registry) whole(o Origin) string {
	in := r.Origins[o.Parent]
	if in.Op != nil && in.Op.Params == o.Parent && len(in.Op.Resource.Path) > 0 {
		return ident.Singular(in.Op.Resource.Path[len(in.Op.Resource.Path)-1])
	}
	return in.Text
}
