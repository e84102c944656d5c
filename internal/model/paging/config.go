package paging

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

// styleNames are the page styles as a config names them.
var styleNames = map[string]model.PageStyle{
	"single": model.SinglePage, "page": model.NumberedPage, "offset": model.OffsetPage,
	"cursor": model.CursorPage, "next_url": model.NextURLPage, "link": model.LinkPage,
}

// configured is what the config says of how an operation is paged: what it
// says of the operation itself, or the first general way that fits, which is
// one whose parameter the operation has. nil if it says nothing.
func (d *Detector) configured(op *model.Operation, own *config.Operation) *config.Pagination {
	if own != nil && own.Pagination != nil {
		return own.Pagination
	}
	for i := range d.cfg.Pagination {
		c := &d.cfg.Pagination[i]
		if c.Param != "" && slices.ContainsFunc(op.Inputs, func(in *model.Input) bool { return in.In == model.InQuery && in.Name == c.Param }) {
			return c
		}
	}
	return nil
}

// decide lets a config settle what a page tells, by the members that it names.
// A member that is not there is a warning.
func (d *Detector) decide(op *model.Operation, page *model.Page, c *config.Pagination) {
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
