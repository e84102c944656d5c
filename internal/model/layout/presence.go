package layout

import (
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// breakLoops makes pointers of the fields through which a struct would contain
// itself by value. Whether a field lies on such a loop is a question of its
// strongly connected component, found with Tarjan's algorithm.
func (p *placer) breakLoops() {
	t := &tarjan{index: map[*model.Object]int{}, low: map[*model.Object]int{}, group: map[*model.Object]int{}}
	objects := p.api.Objects()
	for _, o := range objects {
		if t.index[o] == 0 {
			t.visit(o)
		}
	}
	for _, o := range objects {
		for _, f := range o.Fields {
			inner := byValue(f)
			if inner == nil || t.group[inner] != t.group[o] {
				continue
			}
			switch f.Presence {
			case model.Optional:
				f.Presence = model.Pointer
			default:
				f.Presence = model.NullPointer
			}
		}
	}
}

// byValue returns the struct that a field holds without a pointer, slice or map
// between, nil if there is none.
func byValue(f *model.Field) *model.Object {
	if f.Presence == model.Pointer || f.Presence == model.NullPointer {
		return nil
	}
	o, _ := model.Underlying(f.Type).(*model.Object)
	return o
}

type tarjan struct {
	index, low, group map[*model.Object]int
	stack             []*model.Object
	next, groups      int
}

func (t *tarjan) visit(o *model.Object) {
	t.next++
	t.index[o], t.low[o] = t.next, t.next
	t.stack = append(t.stack, o)
	for _, f := range o.Fields {
		inner := byValue(f)
		switch {
		case inner == nil:
		case t.index[inner] == 0:
			t.visit(inner)
			t.low[o] = min(t.low[o], t.low[inner])
		case t.group[inner] == 0: // still on the stack
			t.low[o] = min(t.low[o], t.index[inner])
		}
	}
	if t.low[o] != t.index[o] {
		return
	}
	// The component is what lies on the stack from o on. One object alone is a
	// loop only if it holds itself, which the comparison of groups finds too.
	t.groups++
	for {
		last := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.group[last] = t.groups
		if last == o {
			return
		}
	}
}

// markRequests finds the structs that are sent. What only the server sets is
// left out of them where it is zero.
func (p *placer) markRequests() {
	seen := map[model.Decl]bool{}
	for _, op := range p.api.Operations {
		if op.Params == nil {
			continue
		}
		op.Params.Request = true
		model.Walk(op.Params, seen, func(d model.Decl) {
			if u, ok := d.(*model.Union); ok {
				u.Request = true
			}
			o, ok := d.(*model.Object)
			if !ok {
				return
			}
			o.Request = true
			for _, f := range o.Fields {
				if f.ReadOnly && f.Presence == model.Plain {
					f.Presence = model.OmitZero
				}
				fill(f)
			}
		})
	}
}

// fill lets a field that must be sent and has one allowed value be sent as that
// where it is not set.
func fill(f *model.Field) {
	if f.Presence != model.Plain || f.In != model.InJSON {
		return
	}
	if f.OnlyTrue && f.Type == model.Bool {
		f.Type = model.True
	}
	if e, ok := f.Type.(*model.Enum); ok && len(e.Values) == 1 && !types.HasZero(e) {
		e.Fills = true
	}
}

// markResponses finds the structs that are received. What only requests have
// shows in them that it is absent, so that a result which is encoded again has
// no empty password.
func (p *placer) markResponses() {
	seen := map[model.Decl]bool{}
	received := func(t model.Type) {
		model.Walk(t, seen, func(d model.Decl) {
			var o *model.Object
			switch d := d.(type) {
			case *model.Object:
				o = d
			case *model.Page:
				o = &d.Object
			default:
				return
			}
			for _, f := range o.Fields {
				if f.WriteOnly && f.Presence == model.Plain {
					p.types.Place(f, false, false)
					if f.Type == model.Secret {
						f.Presence = model.OmitZero // an empty secret is none
					}
				}
			}
		})
	}
	for _, op := range p.api.Operations {
		received(op.Result.Type)
		if op.Streaming != nil {
			received(op.Streaming.Result.Type)
		}
	}
	for _, page := range p.api.Pages {
		received(page)
	}
}
