package build

import (
	"fmt"
	"slices"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// checkConfig warns of what the config decides for things that the description
// does not have: a typing error there would otherwise go unnoticed.
func (b *builder) checkConfig() {
	var operations, schemas, schemes []string
	for _, op := range slices.Concat(b.all, b.left) {
		operations = append(operations, op.ID, op.Method+" "+op.Path)
	}
	components := b.doc.Root.Get("components")
	for name := range components.Get("schemas").Members() {
		schemas = append(schemas, name)
	}
	for name := range components.Get("securitySchemes").Members() {
		schemes = append(schemes, name)
	}
	for _, c := range b.cfg.Operations {
		b.mustKnow(c.Pos, "operation", c.Key, operations)
	}
	for _, c := range b.cfg.Schemas {
		b.mustKnow(c.Pos, "schema", c.Component, schemas)
	}
	for _, c := range b.cfg.Credentials {
		b.mustKnow(c.Pos, "security scheme", c.Scheme, schemes)
	}
}

func (b *builder) mustKnow(pos diag.Pos, what, name string, known []string) {
	if slices.Contains(known, name) {
		return
	}
	help := ""
	if near := diag.Nearest(name, known); near != "" {
		help = fmt.Sprintf("; did you mean %q?", near)
	}
	b.diags.Warningf(pos, "config-unused", "the description has no %s %q%s", what, name, help)
}
