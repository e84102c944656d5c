package build

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

// pagingConfig is what the config says of how an operation is paged: what it
// says of the operation itself, or the first general way that fits, which is
// one whose parameter the operation has. nil if it says nothing.
func (b *builder) pagingConfig(op *operation) *config.Pagination {
	if op.cfg != nil && op.cfg.Pagination != nil {
		return op.cfg.Pagination
	}
	for i := range b.cfg.Pagination {
		c := &b.cfg.Pagination[i]
		if c.Param != "" && slices.ContainsFunc(op.Inputs, func(in *model.Input) bool { return in.In == model.InQuery && in.Name == c.Param }) {
			return c
		}
	}
	return nil
}

// decide lets a config settle what a page tells, by the members that it names.
// A member that is not there is a warning.
func (b *builder) decide(op *operation, page *model.Page, c *config.Pagination) {
	for _, d := range []struct {
		role model.Role
		way  string
	}{
		{model.Next, c.Next}, {model.HasMore, c.HasMore}, {model.TotalItems, c.Total}, {model.TotalPages, c.TotalPages},
	} {
		if d.way == "" {
			continue
		}
		path := fieldsOf(page.Fields, d.way)
		if path == nil {
			b.diags.Warningf(c.Pos, "pagination", "%s %s answers without a member %s; it is ignored", op.Method, op.Path, d.way)
			continue
		}
		page.Facts = slices.DeleteFunc(page.Facts, func(f model.Fact) bool { return f.Role == d.role })
		page.Facts = append(page.Facts, model.Fact{Role: d.role, Path: path})
	}
}

// fieldsOf follows names joined with dots through structs; nil if one is not
// there.
func fieldsOf(fields []*model.Field, way string) []*model.Field {
	var path []*model.Field
	for name := range strings.SplitSeq(way, ".") {
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
