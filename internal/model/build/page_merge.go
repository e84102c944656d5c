package build

import (
	"fmt"
	"slices"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// Responses that are paged alike rarely have the very same members: one tells
// the number of pages, the next does not. A page type for each would be many
// for nothing, so pages whose members agree as far as both have them are one
// type, in which what only some have may be absent.

// pageOf returns the page type of a style for a draft: one that it agrees with,
// or the draft itself.
func (b *builder) pageOf(op *operation, style model.PageStyle, draft *model.Page) *model.Page {
	draft.Style, draft.Pos = style, op.Pos
	b.types.Origins[draft] = types.Origin{Page: draft, Op: op.Operation}
	key := fmt.Sprint(style, draft.Bare, factOf(draft, model.LastID) != nil, draft.Items[0].Name.Spec)
	name := b.lockedPage(op)
	for _, page := range b.pages[key] {
		if b.agree(page.Fields, draft.Fields) && b.mayJoin(page, draft, name) {
			b.mergeFields(&page.Object, draft.Fields)
			b.findFacts(page)
			b.pageUses[page]++
			return page
		}
	}
	b.types.Origins[draft] = types.Origin{Page: draft, Op: op.Operation, Had: name}
	b.pages[key] = append(b.pages[key], draft)
	b.pageUses[draft]++
	b.api.Pages = append(b.api.Pages, draft)
	return draft
}

// ownInfo gives a page copies of the structs in it that tell where it stands, so
// that they can be merged with those of other pages. Pages that had a component
// in common have one copy of it; what has no name of its own is part of the page.
func (b *builder) ownInfo(page *model.Page) {
	for _, f := range page.Fields {
		o, ok := pointee(f.Type).(*model.Object)
		if !ok || !tellsOfPages(f.Name.Spec) {
			continue
		}
		own, ok := b.infos[o]
		if !ok {
			own = b.copyInfo(o, types.Origin{Parent: page, Text: f.Name.Spec, Fixed: b.types.Origins[o].Fixed})
		}
		if b.types.Origins[o].Component {
			b.infos[o] = own
		}
		if _, pointer := f.Type.(*model.Ptr); pointer {
			f.Type = &model.Ptr{Elem: own}
		} else {
			f.Type = own
		}
	}
}

func (b *builder) copyInfo(o *model.Object, from types.Origin) *model.Object {
	own := &model.Object{Declared: o.Declared}
	for _, f := range o.Fields {
		field := *f
		own.Fields = append(own.Fields, &field)
	}
	if o.Extra != nil {
		extra := *o.Extra
		own.Extra = &extra
	}
	b.types.Origins[own] = from
	if b.types.Origins[o].Component {
		b.types.Places[own] = "page " + b.types.PlaceOf(o)
	}
	return own
}

// agree reports whether the members that two structs share are of one type.
func (b *builder) agree(fields, others []*model.Field) bool {
	for _, f := range fields {
		g := fieldNamed(others, f.Name.Spec)
		if g == nil {
			continue
		}
		fo, ok := pointee(f.Type).(*model.Object)
		gp, both := pointee(g.Type).(*model.Object)
		switch {
		case ok != both:
			return false
		case ok && !b.agree(fo.Fields, gp.Fields):
			return false
		case !ok && b.shapeOf(f.Type, 0) != b.shapeOf(g.Type, 0):
			return false
		}
	}
	return true
}

// mergeFields adds to a struct what only another one of its kind has.
func (b *builder) mergeFields(o *model.Object, fields []*model.Field) {
	for _, f := range o.Fields {
		switch g := fieldNamed(fields, f.Name.Spec); {
		case g == nil:
			b.mayLack(f)
		case g.Presence != f.Presence:
			b.mayLack(f)
		}
	}
	for _, f := range fields {
		g := fieldNamed(o.Fields, f.Name.Spec)
		if g == nil {
			b.mayLack(f)
			o.Fields = append(o.Fields, f)
			continue
		}
		inner, ok := pointee(g.Type).(*model.Object)
		if other, both := pointee(f.Type).(*model.Object); ok && both && inner != other {
			b.mergeFields(inner, other.Fields)
		}
	}
}

// mayLack makes a field one that may be absent.
func (b *builder) mayLack(f *model.Field) {
	switch f.Presence {
	case model.Plain:
		b.types.Place(f, false, false)
	case model.Nullable:
		f.Presence = model.Optional
	case model.NullPointer:
		f.Presence = model.Pointer
	case model.TwoState:
		f.Presence = model.ThreeState
	}
}

func fieldNamed(fields []*model.Field, name string) *model.Field {
	i := slices.IndexFunc(fields, func(f *model.Field) bool { return f.Name.Spec == name })
	if i < 0 {
		return nil
	}
	return fields[i]
}
