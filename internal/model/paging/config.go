package paging

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
)

// styleNames are the page styles as a config names them.
var styleNames = map[string]model.PageStyle{
	"single": model.SinglePage, "page": model.NumberedPage, "offset": model.OffsetPage,
	"cursor": model.CursorPage, "next_url": model.NextURLPage, "link": model.LinkPage,
}

// configured is what the config says of how an operation is paged: what it
// says of the operation itself, or the first general way that fits, which is
// one whose parameter the operation has. What the description says of the operation
// itself comes between the two. nil if nothing says anything.
func (d *Detector) configured(op *model.Operation, own *config.Operation, r Response) *config.Pagination {
	if own != nil && own.Pagination != nil {
		return own.Pagination
	}
	if c := d.described(op, r); c != nil {
		return c
	}
	v := r.View
	for i := range d.cfg.Pagination {
		c := &d.cfg.Pagination[i]
		if (c.Param != "" || c.Name != "") && d.fits(op, v, c) {
			return c
		}
	}
	return nil
}

// fits reports whether an operation has what a general way of paging needs: its
// parameter and, of one with a name, all that it speaks of. Such a way is a type of
// page, and what has less is another.
func (d *Detector) fits(op *model.Operation, v *schema.View, c *config.Pagination) bool {
	in := func(name string, where func(model.In) bool) bool {
		return slices.ContainsFunc(op.Inputs, func(in *model.Input) bool { return where(in.In) && in.Name == name })
	}
	query := func(in model.In) bool { return in == model.InQuery }
	asks := func(name string) bool {
		body := op.Body != nil && op.Params != nil && fieldsOf(bodyFields(op), name) != nil
		switch {
		case c.In == "body":
			return body
		case c.In == "query" || c.Name == "":
			return in(name, query)
		}
		return in(name, query) || body
	}
	if c.Param != "" && !asks(c.Param) {
		return false
	}
	for _, name := range c.With {
		if !asks(name) && !in(name, func(in model.In) bool { return in != model.InQuery }) {
			return false
		}
	}
	if c.Name == "" {
		return true
	}
	for _, path := range append([]string{c.Items, c.Next, c.HasMore, c.Total, c.TotalPages}, c.Members...) {
		if path != "" && !d.hasMember(v, path) {
			return false
		}
	}
	return true
}

// hasMember reports whether a response has a member, with dots on the path to it.
func (d *Detector) hasMember(v *schema.View, path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		if v == nil || !v.Is("object") {
			return false
		}
		p := v.Prop(name)
		if p == nil {
			return false
		}
		v = d.facts.PropView(p)
	}
	return true
}

// decide lets a config settle what a page tells, by the members that it names.
// A member that is not there is a warning.
func (d *Detector) decide(op *model.Operation, page *model.Page, identified bool, c *config.Pagination) {
	for _, named := range []struct {
		role model.Role
		path string
	}{
		{model.Next, c.Next}, {model.HasMore, c.HasMore}, {model.TotalItems, c.Total}, {model.TotalPages, c.TotalPages},
	} {
		if named.path == "" {
			continue
		}
		path := fieldsOf(page.Fields, named.path)
		if path == nil {
			d.diags.Warningf(c.Pos, "pagination", "%s %s answers without a member %s; it is ignored", op.Method, op.Path, named.path)
			continue
		}
		page.Facts = slices.DeleteFunc(page.Facts, func(f model.Fact) bool { return f.Role == named.role })
		page.Facts = append(page.Facts, model.Fact{Role: named.role, Path: path})
	}
	if c.Style == "cursor" && c.Next == "" && c.Name != "" && identified {
		// It names no cursor: the id of the last item is one.
		page.Facts = slices.DeleteFunc(page.Facts, func(f model.Fact) bool { return f.Role == model.Next || f.Role == model.LastID })
		page.Facts = append(page.Facts, model.Fact{Role: model.LastID, Path: page.Items})
	}
}

// fieldsOf follows names joined with dots through structs; nil if one is not
// there.
func fieldsOf(fields []*model.Field, names string) []*model.Field {
	var path []*model.Field
	for name := range strings.SplitSeq(names, ".") {
		f := fieldNamed(fields, name)
		if f == nil {
			return nil
		}
		path = append(path, f)
		fields = nil
		if o, ok := pointee(f.Type).(*model.Object); ok {
			fields = o.Fields
		}
	}
	return path
}
