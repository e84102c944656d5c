package schema

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Part is what a description may give a name of its own to.
type Part int

const (
	Property Part = iota
	Parameter
	Type
	Method
)

// ownNames are the extensions that have the name of a part, the first that is
// there counts; in the objects of x-stainless-naming they are the keys.
var ownNames = [...]struct {
	extensions []string
	stainless  []string
}{
	Property:  {[]string{"x-go-name", "x-fern-property-name", "x-speakeasy-name-override"}, []string{"property_name"}},
	Parameter: {[]string{"x-go-name", "x-fern-parameter-name", "x-speakeasy-name-override"}, []string{"param_name", "parameter_name", "property_name"}},
	Type:      {[]string{"x-go-name", "x-fern-type-name", "x-speakeasy-name-override"}, []string{"type_name", "model_name"}},
	Method:    {[]string{"x-go-name"}, []string{"method_name"}},
}

// OwnName is the name that a description gives a part for generators, as it is
// written; empty if it gives none. x-stainless-naming may have one for Go only.
func OwnName(n *spec.Node, part Part) string {
	own := ownNames[part]
	for _, extension := range own.extensions {
		if name := strings.TrimSpace(n.Get(extension).Text()); name != "" {
			return name
		}
	}
	naming := n.Get("x-stainless-naming")
	for _, of := range []*spec.Node{naming.Get("go"), naming} {
		for _, key := range own.stainless {
			if name := strings.TrimSpace(of.Get(key).Text()); name != "" {
				return name
			}
		}
	}
	return ""
}

// DeprecatedReason is why a part is deprecated, where the description says so.
func DeprecatedReason(n *spec.Node) string {
	for _, extension := range [...]string{"x-deprecated-reason", "x-deprecation-reason", "x-deprecated-message", "x-speakeasy-deprecation-message", "x-deprecated-description"} {
		if reason := strings.TrimSpace(n.Get(extension).Text()); reason != "" {
			return reason
		}
	}
	return ""
}
