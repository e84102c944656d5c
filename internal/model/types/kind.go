package types

import "github.com/openapi-lathe/lathe/internal/model"

// IsTextType reports whether the values of a type are texts.
func IsTextType(t model.Type) bool { return jsonKind(t) == model.KindString }
