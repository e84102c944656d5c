package sample

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// Items returns the schema of a list's items, from where in a schema it is.
func Items(ref *openapi3.SchemaRef) *openapi3.SchemaRef {
	return Find(ref, func(s *openapi3.Schema) *openapi3.SchemaRef { return s.Items })
}

// Properties returns the members that a schema and its parts declare.
func Properties(ref *openapi3.SchemaRef) openapi3.Schemas {
	all := openapi3.Schemas{}
	Find(ref, func(s *openapi3.Schema) *openapi3.SchemaRef {
		maps.Copy(all, s.Properties)
		return nil
	})
	return all
}

// Find returns what the first of a schema and its parts has; nil if none has it.
// It goes 16 schemas deep.
func Find(ref *openapi3.SchemaRef, get func(*openapi3.Schema) *openapi3.SchemaRef) *openapi3.SchemaRef {
	return find(ref, 0, get)
}

func find(ref *openapi3.SchemaRef, depth int, get func(*openapi3.Schema) *openapi3.SchemaRef) *openapi3.SchemaRef {
	if ref == nil || ref.Value == nil || depth > 16 {
		return nil
	}
	if found := get(ref.Value); found != nil {
		return found
	}
	for _, part := range slices.Concat(ref.Value.AllOf, ref.Value.OneOf, ref.Value.AnyOf) {
		if found := find(part, depth+1, get); found != nil {
			return found
		}
	}
	return nil
}
