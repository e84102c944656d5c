package paging

import (
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// ownInfo gives a page copies of the structs in it that tell where it stands, so
// that they can be merged with those of other pages. Pages that had a component
// in common have one copy of it; what has no name of its own is part of the page.
func (d *Detector) ownInfo(page *model.Page) {
	for _, f := range page.Fields {
		o, ok := pointee(f.Type).(*model.Object)
		if !ok || !tellsOfPages(f.Name.Spec) {
			continue
		}
		own, ok := d.infos[o]
		if !ok {
			own = d.copyInfo(o, types.Origin{Parent: page, Text: f.Name.Spec, Fixed: d.types.Origins[o].Fixed})
		}
		if d.types.Origins[o].Component {
			d.infos[o] = own
		}
		if _, pointer := f.Type.(*model.Ptr); pointer {
			f.Type = &model.Ptr{Elem: own}
		} else {
			f.Type = own
		}
	}
}

func (d *Detector) copyInfo(o *model.Object, from types.Origin) *model.Object {
	own := &model.Object{Declared: o.Declared}
	for _, f := range o.Fields {
		field := *f
		own.Fields = append(own.Fields, &field)
	}
	if o.Extra != nil {
		extra := *o.Extra
		own.Extra = &extra
	}
	d.types.Origins[own] = from
	if d.types.Origins[o].Component {
		d.types.Places[own] = "page " + d.types.PlaceOf(o)
	}
	return own
}
