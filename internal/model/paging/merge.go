package paging

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// Responses that are paged alike rarely have the very same members: one tells
// the number of pages, the next does not. A page type for each would be many
// for nothing, so pages whose members agree as far as both have them are one
// type, in which what only some have may be absent.

// Merge returns the page types of an SDK and gives each plan the one that it is. A
// plan joins the first page that it agrees with, so what is new should come last.
func Merge(plans []*Plan, registry *types.Registry, lock *lockfile.Lock) []*model.Page {
	m := &merger{types: registry, alike: map[kind][]*model.Page{}}
	for _, p := range plans {
		p.Page = m.join(p, lockedPage(lock, p.Op))
	}
	return m.pages
}

// A kind is what pages must have in common to be one.
type kind struct {
	style  model.PageStyle
	bare   bool
	lastID bool // the next page starts after the last item
	items  string
	name   string // that the config gives it
}

type merger struct {
	types *types.Registry
	pages []*model.Page
	alike map[kind][]*model.Page
}

// join returns the page type of a plan: one that it agrees with, or its own. had is
// the name of the page that its operation has returned.
func (m *merger) join(p *Plan, had string) *model.Page {
	own := p.Page
	own.Style, own.Pos = p.Style, p.Op.Pos
	m.types.Origins[own] = types.Origin{Page: own, Op: p.Op}
	k := kind{own.Style, own.Bare, factOf(own.Facts, model.LastID) != nil, own.Items[0].Name.Spec, p.Name}
	for _, page := range m.alike[k] {
		if k.name != "" {
			m.reconcile(page, own)
		}
		if m.agree(page.Fields, own.Fields) && m.mayJoin(page, own, had) {
			m.add(&page.Object, own.Fields)
			known := slices.DeleteFunc(page.Facts, func(f model.Fact) bool { return f.Role != model.LastID })
			page.Facts = append(known, factsOf(page)...)
			return page
		}
	}
	m.types.Origins[own] = types.Origin{Page: own, Op: p.Op, Had: had, Text: p.Name}
	m.alike[k] = append(m.alike[k], own)
	m.pages = append(m.pages, own)
	return own
}

// reconcile drops what two pages of one name do not have alike, so that they can be
// one type: whoever gave them the name has one. What says where a page stands in its
// list stays, and keeps them apart if it differs.
func (m *merger) reconcile(page, own *model.Page) {
	alike := func(f *model.Field, other *model.Page) bool {
		g := fieldNamed(other.Fields, f.Name.Spec)
		return g == nil || m.agree([]*model.Field{f}, []*model.Field{g})
	}
	var drop []string
	for _, f := range own.Fields {
		told := f == own.Items[0] || slices.ContainsFunc(own.Facts, func(fact model.Fact) bool { return fact.Path[0] == f })
		if !told && !alike(f, page) {
			drop = append(drop, f.Name.Spec)
		}
	}
	dropped := func(f *model.Field) bool { return slices.Contains(drop, f.Name.Spec) }
	own.Fields, page.Fields = slices.DeleteFunc(own.Fields, dropped), slices.DeleteFunc(page.Fields, dropped)
}

// agree reports whether the members that two structs share are of one type.
func (m *merger) agree(fields, others []*model.Field) bool {
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
		case ok && !m.agree(fo.Fields, gp.Fields):
			return false
		case !ok && !m.same(f.Type, g.Type, 0):
			return false
		}
	}
	return true
}

// add adds to a struct what only another one of its kind has.
func (m *merger) add(o *model.Object, fields []*model.Field) {
	for _, f := range o.Fields {
		switch g := fieldNamed(fields, f.Name.Spec); {
		case g == nil:
			m.mayLack(f)
		case g.Presence != f.Presence:
			m.mayLack(f)
		}
	}
	for _, f := range fields {
		g := fieldNamed(o.Fields, f.Name.Spec)
		if g == nil {
			m.mayLack(f)
			o.Fields = append(o.Fields, f)
			continue
		}
		inner, ok := pointee(g.Type).(*model.Object)
		if other, both := pointee(f.Type).(*model.Object); ok && both && inner != other {
			m.add(inner, other.Fields)
		}
	}
}

// mayLack makes a field one that may be absent.
func (m *merger) mayLack(f *model.Field) {
	switch f.Presence {
	case model.Plain:
		m.types.Place(f, false, false)
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

// lockedPage returns the name of the page that an operation has returned; empty if
// it has returned none.
func lockedPage(lock *lockfile.Lock, op *model.Operation) string {
	for _, e := range lock.Find(lockfile.Global, types.PagePlace(op)) {
		return e.Last()
	}
	return ""
}

// mayJoin reports whether an operation may return a page that others return, if
// its own has had a name or none. Nothing new may change a page that has one.
func (m *merger) mayJoin(page, draft *model.Page, name string) bool {
	switch had := m.types.Origins[page].Had; {
	case had == "" && name == "":
		return true
	case name != "":
		return had == name
	}
	return harmless(page.Fields, draft.Fields)
}

// harmless reports whether adding fields to a struct leaves those it has as
// they are.
func harmless(has, more []*model.Field) bool {
	for _, f := range has {
		g := fieldNamed(more, f.Name.Spec)
		if g == nil {
			if f.Presence == model.Plain || f.Presence == model.Nullable {
				return false
			}
			continue
		}
		if g.Presence != f.Presence && (f.Presence == model.Plain || f.Presence == model.Nullable) {
			return false
		}
		inner, ok := pointee(f.Type).(*model.Object)
		if other, both := pointee(g.Type).(*model.Object); ok && both && inner != other && !harmless(inner.Fields, other.Fields) {
			return false
		}
	}
	return true
}
