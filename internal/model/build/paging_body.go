package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// A list may be asked for with POST, and then its cursor or page number is a
// member of the body. Such names stand in bodies that have nothing to do with
// pages as well, so they count only if the response speaks of pages too.

// bodyParam finds the member of a JSON body that is called like one of these,
// at the top or in an object that tells of pages.
func bodyParam(op *operation, known []string, numeric bool) []*model.Field {
	if op.Method != "POST" || op.Body == nil || op.Body.Kind != model.JSONBody {
		return nil
	}
	fields := bodyFields(op)
	for _, name := range known {
		for _, f := range fields {
			if numeric == isNumber(f.Type) && (numeric || f.Type == model.String) && fold(f.Name.Spec) == name {
				return []*model.Field{f}
			}
		}
	}
	for _, f := range fields {
		o, ok := pointee(f.Type).(*model.Object)
		if !ok || !tellsOfPages(f.Name.Spec) {
			continue
		}
		for _, name := range known {
			for _, inner := range o.Fields {
				if numeric == isNumber(inner.Type) && (numeric || inner.Type == model.String) && fold(inner.Name.Spec) == name {
					return []*model.Field{f, inner}
				}
			}
		}
	}
	return nil
}

// bodyFields returns the members of a body that is an object.
func bodyFields(op *operation) []*model.Field {
	if f := op.Body.Field; f != nil {
		if o, ok := pointee(f.Type).(*model.Object); ok {
			return o.Fields
		}
		return nil
	}
	return slices.DeleteFunc(slices.Clone(op.Params.Fields), func(f *model.Field) bool {
		return slices.ContainsFunc(op.Inputs, func(in *model.Input) bool { return in.Field == f })
	})
}

// bodyStyle tells how the next page is asked for in the body; false if it is
// not.
func bodyStyle(op *operation, page *model.Page) (style model.PageStyle, way []*model.Field, ok bool) {
	says := func(roles ...model.Role) bool {
		return slices.ContainsFunc(roles, func(r model.Role) bool { return factOf(page, r) != nil })
	}
	if way := bodyParam(op, cursorParams, false); way != nil && says(model.Next) {
		return model.CursorPage, way, true
	}
	if way := bodyParam(op, pageParams, true); way != nil && says(model.PageNumber, model.TotalItems, model.TotalPages, model.HasMore) {
		return model.NumberedPage, way, true
	}
	if way := bodyParam(op, offsetParams, true); way != nil && says(model.Offset, model.TotalItems, model.HasMore) {
		return model.OffsetPage, way, true
	}
	return model.SinglePage, nil, false
}

// bodyWay writes the way to a member as the runtime reads it: names joined with
// dots, where a dot that is part of a name comes after a backslash.
func bodyWay(way []*model.Field) string {
	escape := strings.NewReplacer(`\`, `\\`, `.`, `\.`)
	names := make([]string, len(way))
	for i, f := range way {
		names[i] = escape.Replace(f.Name.Spec)
	}
	return strings.Join(names, ".")
}

// moveBody notes whether a parameter that a config names is a member of the
// body, which it is given the way to.
func moveBody(op *operation, param string) {
	op.Result.Body, op.Result.Number = false, false
	if f := bodyMember(op, param); f != nil {
		op.Result.Body, op.Result.Number = true, isNumber(f.Type)
	}
}

// bodyMember returns the member of the body that a way leads to; nil if it is a
// parameter of the query or not there.
func bodyMember(op *operation, way string) *model.Field {
	if way == "" || op.Method != "POST" || op.Body == nil || op.Body.Kind != model.JSONBody ||
		slices.ContainsFunc(op.Inputs, func(in *model.Input) bool { return in.In == model.InQuery && in.Name == way }) {
		return nil
	}
	path := fieldsOf(bodyFields(op), way)
	if path == nil {
		return nil
	}
	return path[len(path)-1]
}
