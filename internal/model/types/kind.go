package types

import (
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
)

// IsTextType reports whether the values of a type are texts.
func IsTextType(t model.Type) bool { return jsonKind(t) == model.KindString }

// IsText reports whether the type of a schema is [model.String].
func (r *Registry) IsText(v *schema.View) bool {
	return v.Is("string") && v.Enum == nil && len(r.facts.Alternatives(v)) == 0 && stringType(v) == model.String
}
