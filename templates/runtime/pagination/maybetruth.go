package pagination

import "github.com/openapi-lathe/lathe/templates/runtime/param"

// maybeTruth is an optional yes or no of a page.
func maybeTruth[B ~bool](o param.Opt[B]) answer {
	if b, ok := o.Get(); ok {
		return truth(b)
	}
	return unknown
}
