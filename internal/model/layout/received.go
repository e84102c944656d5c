package layout

import (
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// onlyReceived gives what is never sent the shapes of what is optional. Nobody can
// tell a server null in it, so that a reader has one question for a field and not
// two: is it there?
func (p *placer) onlyReceived() {
	for _, o := range p.api.Objects() {
		if o.Request || o.Tuple { // whose elements have their places
			continue
		}
		for _, f := range o.Fields {
			if f.Presence == model.ThreeState || f.Presence == model.TwoState {
				asOptional(f)
			}
		}
	}
	for _, op := range p.api.Operations {
		if null, ok := op.Result.Type.(*model.Null); ok {
			op.Result.Type = null.Elem
		}
	}
}

// asOptional gives a field that may be null the shape of one that may be absent.
func asOptional(f *model.Field) {
	if ptr, ok := f.Type.(*model.Ptr); ok {
		f.Type = ptr.Elem
	}
	f.Presence = types.PresenceOf(f.Type, false, false)
}
