package pagination

import "github.com/openapi-lathe/lathe/templates/runtime/param"

// maybe is an optional number of a page.
func maybe[N numeric](o param.Opt[N]) quantity {
	n, ok := o.Get()
	return quantity{int64(n), ok}
}
