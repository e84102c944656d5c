package operation

import (
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// paramFacts are those of a parameter and of its schema.
func (rd *reader) paramFacts(p *parameter) *model.Facts {
	if !rd.cfg.Reference || p.node == nil {
		return nil
	}
	return rd.types.SaidOf(p.node, rd.paramSchema(p))
}

// paramSchema is the schema of a parameter, wherever it stands; nil if it has
// none.
func (rd *reader) paramSchema(p *parameter) *spec.Node {
	if s := p.node.Get("schema"); s != nil {
		return s
	}
	for _, media := range p.node.Get("content").Members() {
		return rd.facts.Deref(media).Get("schema")
	}
	return nil
}

// bodyFacts are those of a body that is one field.
func (rd *reader) bodyFacts(body *spec.Node, media string) *model.Facts {
	if !rd.cfg.Reference {
		return nil
	}
	return rd.types.SaidOf(body, rd.facts.Deref(body.Get("content").Get(media)).Get("schema"))
}
