package build

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
)

// orNull declares what holds the objects and enums that some field may have as
// null as well as leave out, each beside its type, and puts it into those
// fields.
func (b *builder) orNull() {
	made := map[model.Decl]*model.OrNull{}
	for _, o := range b.objects() {
		for _, f := range o.Fields {
			if f.Presence != model.ThreeState && f.Presence != model.TwoState {
				continue
			}
			of, ok := pointee(f.Type).(model.Decl)
			if !ok || !mayBeHeld(of) {
				continue
			}
			if made[of] == nil {
				made[of] = b.declareOrNull(of)
			}
			f.Type = made[of]
			if f.Presence == model.ThreeState {
				f.Presence = model.OmitZero
			} else {
				f.Presence = model.Plain
			}
		}
	}
}

// mayBeHeld reports whether a declaration is one that an OrNull can hold.
func mayBeHeld(d model.Decl) bool {
	switch d.(type) {
	case *model.Object, *model.Enum:
		return true
	}
	return false
}

func (b *builder) declareOrNull(of model.Decl) *model.OrNull {
	decl := of.Declaration()
	d := &model.OrNull{Elem: of}
	if _, object := of.(*model.Object); object {
		d.Elem = &model.Ptr{Elem: of}
	}
	d.Name.Spec, d.Pos, d.Package, d.File = "or null", decl.Pos, decl.Package, decl.File
	b.origins[d] = origin{parent: of, text: "or null"}
	types := decl.Package.Types
	at := slices.Index(types, of) + 1
	decl.Package.Types = slices.Insert(types, at, model.Decl(d))
	return d
}
