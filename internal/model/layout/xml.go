package layout

import "github.com/openapi-lathe/lathe/internal/model"

// markXML finds the structs that are read from XML or written as it, and sees
// whether there are any.
func (p *placer) markXML() {
	seen := map[model.Decl]bool{}
	mark := func(t model.Type) {
		p.api.XML = true
		model.Walk(t, seen, func(d model.Decl) {
			if o, ok := d.(*model.Object); ok {
				o.XML = true
			}
		})
	}
	for _, op := range p.api.Operations {
		if op.Result.XML {
			mark(op.Result.Type)
		}
		for _, e := range op.Errors {
			if e.XML {
				mark(e.Type)
			}
		}
		switch body := op.Body; {
		case body == nil || body.Kind != model.XMLBody:
		case body.Field != nil:
			mark(body.Field.Type)
		default:
			mark(op.Params)
		}
	}
	if d := p.api.ErrorData; d != nil && d.XML {
		mark(d.Data)
	}
}
