package sample

import (
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// Allows reports whether a schema allows a value. Of one that is made of itself,
// on which kin-openapi would never end, it says no.
func Allows(ref *openapi3.SchemaRef, v any, options ...openapi3.SchemaValidationOption) bool {
	if ref == nil || ref.Value == nil || !ends(ref.Value, v) {
		return false
	}
	return ref.Value.VisitJSON(v, append(slices.Clone(options), AnyPattern, withFormats)...) == nil
}

// ends reports whether holding a value against a schema comes to an end: no
// schema that applies to it, or to what is in it, applies itself to the same
// value.
func ends(s *openapi3.Schema, v any) bool {
	parts, ok := composed(s, map[*openapi3.Schema]bool{}, nil)
	if !ok {
		return false
	}
	inside := func(ref *openapi3.SchemaRef, v any) bool { return ref == nil || ref.Value == nil || ends(ref.Value, v) }
	for _, part := range parts {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				if !inside(part.Items, item) {
					return false
				}
			}
		case map[string]any:
			for name, member := range v {
				if !inside(part.Properties[name], member) || !inside(part.AdditionalProperties.Schema, member) {
					return false
				}
			}
		}
	}
	return true
}

// Endless returns an error if a document has a schema that applies itself to
// the same value: with such a one nothing can be validated.
func Endless(doc *openapi3.T) error {
	return doc.WalkSchemas(func(at string, ref *openapi3.SchemaRef) error {
		if _, ok := composed(ref.Value, map[*openapi3.Schema]bool{}, nil); !ok {
			return fmt.Errorf("the schema at %s is made of itself", at)
		}
		return nil
	})
}

// composed returns the schemas that apply to the same value as s, itself among
// them. It returns false if one of them applies itself.
func composed(s *openapi3.Schema, open map[*openapi3.Schema]bool, parts []*openapi3.Schema) ([]*openapi3.Schema, bool) {
	switch {
	case s == nil:
		return parts, true
	case open[s]:
		return nil, false
	case slices.Contains(parts, s):
		return parts, true
	}
	open[s] = true
	ok := true
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf, {s.Not}} {
		for _, ref := range list {
			if ref == nil || !ok {
				continue
			}
			parts, ok = composed(ref.Value, open, parts)
		}
	}
	open[s] = false
	return append(parts, s), ok
}
