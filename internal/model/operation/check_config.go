package operation

import (
	"fmt"
	"slices"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// checkConfig warns of what the config decides for things that the description
// does not have: a typing error there would otherwise go unnoticed.
func (rd *reader) checkConfig() {
	var operations, schemas, schemes []string
	for _, op := range slices.Concat(rd.all, rd.left) {
		operations = append(operations, op.ID, op.Method+" "+op.Path)
	}
	components := rd.doc.Root.Get("components")
	for name := range components.Get("schemas").Members() {
		schemas = append(schemas, name)
	}
	for name := range components.Get("securitySchemes").Members() {
		schemes = append(schemes, name)
	}
	for _, c := range rd.cfg.Operations {
		rd.mustKnow(c.Pos, "operation", c.Key, operations)
	}
	for _, c := range rd.cfg.Schemas {
		rd.mustKnow(c.Pos, "schema", c.Component, schemas)
	}
	for _, c := range rd.cfg.Credentials {
		rd.mustKnow(c.Pos, "security scheme", c.Scheme, schemes)
	}
}

func (rd *reader) mustKnow(pos diag.Pos, what, name string, known []string) {
	if slices.Contains(known, name) {
		return
	}
	help := ""
	if near := diag.Nearest(name, known); near != "" {
		help = fmt.Sprintf("; did you mean %q?", near)
	}
	rd.diags.Warningf(pos, "config-unused", "the description has no %s %q%s", what, name, help)
}
