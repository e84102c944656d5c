package layout

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// orNull declares what holds the objects and enums, and the lists and maps of
// types with a name, that some field may have as null as well as leave out, each
// beside the type, and puts it into those fields.
func (p *placer) orNull() {
	type held struct {
		of   model.Decl
		text string
	}
	made := map[held]*model.OrNull{}
	for _, o := range p.api.Objects() {
		for _, f := range o.Fields {
			if f.Presence != model.ThreeState && f.Presence != model.TwoState {
				continue
			}
			of, text := heldBy(f.Type)
			if of == nil {
				continue
			}
			key := held{of, text}
			if made[key] == nil {
				made[key] = p.declareOrNull(of, text, f.Type)
			}
			f.Type = made[key]
			if f.Presence == model.ThreeState {
				f.Presence = model.OmitZero
			} else {
				f.Presence = model.Plain
			}
		}
	}
}

// heldBy returns the declaration that an OrNull of a type is a part of, and
// what it is there; nil if there is none.
func heldBy(t model.Type) (of model.Decl, text string) {
	switch t := t.(type) {
	case *model.Enum:
		return t, "or null"
	case *model.Ptr:
		text = "or null"
	case *model.List:
		text = "list or null"
	case *model.Map:
		text = "map or null"
	default:
		return nil, ""
	}
	of, _ = model.Elem(t).(model.Decl)
	return of, text
}

func isOrNull(t model.Type) bool {
	_, ok := t.(*model.OrNull)
	return ok
}

func (p *placer) declareOrNull(of model.Decl, text string, t model.Type) *model.OrNull {
	decl := of.Declaration()
	d := &model.OrNull{Elem: t}
	d.Name.Spec, d.Pos, d.Package, d.File = text, decl.Pos, decl.Package, decl.File
	p.types.Origins[d] = types.Origin{Parent: of, Text: text}
	types := decl.Package.Types
	at := slices.Index(types, of) + 1
	for at < len(types) && p.types.Origins[types[at]].Parent == of && isOrNull(types[at]) {
		at++
	}
	decl.Package.Types = slices.Insert(types, at, model.Decl(d))
	return d
}
