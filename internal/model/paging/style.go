package paging

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
)

// nextOf says from an operation's parameters and its page how the next page is
// asked for. identified says that an item has a text for its id, so that a page
// can start after the last item of the one before.
func nextOf(op *model.Operation, page *model.Page, identified bool) (model.PageStyle, Move) {
	next := factOf(page.Facts, model.Next)
	if cursor := queryParam(op, cursorParams, false); cursor != "" {
		if leads(next) {
			return model.NextURLPage, Move{} // it has the cursor in it, which alone the page does not tell
		}
		if next != nil || identified && strings.Contains(ident.Fold(cursor), "after") && factOf(page.Facts, model.HasMore) != nil && len(page.Items) > 0 {
			return model.CursorPage, Move{Param: cursor}
		}
	}
	if param := textParam(op, pageParams); param != "" && next != nil && !leads(next) {
		return model.CursorPage, Move{Param: param} // a page that has no number, and a member that names the next one
	}
	if param := queryParam(op, pageParams, true); param != "" {
		return model.NumberedPage, Move{Param: param}
	}
	if param, last := startsAfter(op, page); param != "" {
		page.Facts = slices.DeleteFunc(page.Facts, func(f model.Fact) bool { return f.Role == model.Next })
		page.Facts = append(page.Facts, model.Fact{Role: model.Next, Path: []*model.Field{last}})
		return model.CursorPage, Move{Param: param}
	}
	if param := queryParam(op, offsetParams, true); param != "" {
		return model.OffsetPage, Move{Param: param}
	}
	if style, path := bodyStyle(op, page); path != nil {
		return style, Move{Param: memberPath(path), Body: true, Number: isNumber(path[len(path)-1].Type)}
	}
	if leads(next) {
		return model.NextURLPage, Move{}
	}
	return model.SinglePage, Move{}
}

// queryParam returns the first parameter of the query that is called like one of
// these; empty if there is none.
func queryParam(op *model.Operation, known []string, numeric bool) string {
	for _, name := range known {
		for _, in := range op.Inputs {
			if in.In == model.InQuery && numeric == isNumber(in.Field.Type) && isCalled(in.Name, name) {
				return in.Name
			}
		}
	}
	return ""
}

// leads reports whether what a page says of the next one is its URL: it is called
// so, or stands among links.
func leads(next *model.Fact) bool {
	if next == nil {
		return false
	}
	for _, f := range next.Path {
		if strings.Contains(ident.Fold(f.Name.Spec), "links") {
			return true
		}
	}
	return isLink(next.Path[len(next.Path)-1].Name.Spec)
}

// textParam is queryParam for those that are text.
func textParam(op *model.Operation, known []string) string {
	param := queryParam(op, known, false)
	for _, in := range op.Inputs {
		if in.In == model.InQuery && in.Name == param && in.Field.Type == model.String {
			return param
		}
	}
	return ""
}

// isCalled reports whether a parameter has a name, as a whole or as the last part
// of a path to it: listOptions.continue, page[cursor].
func isCalled(param, name string) bool {
	if ident.Fold(param) == name {
		return true
	}
	i := strings.LastIndexAny(param, ".[")
	return i > 0 && i < len(param)-1 && ident.Fold(strings.Trim(param[i:], ".[]")) == name
}

// startsAfter returns the parameter that the next page starts after, and the member
// that tells it: start_after_thing_id and last_thing_id, beside one that says
// whether there is more.
func startsAfter(op *model.Operation, page *model.Page) (param string, last *model.Field) {
	if factOf(page.Facts, model.HasMore) == nil {
		return "", nil
	}
	for _, in := range op.Inputs {
		for _, prefix := range [...]string{"startafter", "startingafter"} {
			of, ok := strings.CutPrefix(ident.Fold(in.Name), prefix)
			if !ok || in.In != model.InQuery || isNumber(in.Field.Type) {
				continue
			}
			for _, f := range page.Fields {
				if ident.Fold(f.Name.Spec) == "last"+of && canTell(model.Next, f.Type) {
					return in.Name, f
				}
			}
		}
	}
	return "", nil
}

// isLink reports whether a member is called like one that has a URL.
func isLink(name string) bool {
	f := ident.Fold(name)
	return strings.HasSuffix(f, "url") || strings.HasSuffix(f, "uri") || strings.HasSuffix(f, "link") || strings.HasSuffix(f, "href")
}

func isNumber(t model.Type) bool {
	return t == model.Int64 || t == model.Int32 || t == model.Float64 || t == model.Float32
}

// A list may be asked for with POST, and then its cursor or page number is a
// member of the body. Such names stand in bodies that have nothing to do with
// pages as well, so they count only if the response speaks of pages too.

// bodyParam finds the member of a JSON body that is called like one of these,
// at the top or in an object that tells of pages.
func bodyParam(op *model.Operation, known []string, numeric bool) []*model.Field {
	if op.Method != "POST" || op.Body == nil || op.Body.Kind != model.JSONBody {
		return nil
	}
	fields := bodyFields(op)
	for _, name := range known {
		for _, f := range fields {
			if numeric == isNumber(f.Type) && (numeric || f.Type == model.String) && ident.Fold(f.Name.Spec) == name {
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
				if numeric == isNumber(inner.Type) && (numeric || inner.Type == model.String) && ident.Fold(inner.Name.Spec) == name {
					return []*model.Field{f, inner}
				}
			}
		}
	}
	return nil
}

// bodyFields returns the members of a body that is an object.
func bodyFields(op *model.Operation) []*model.Field {
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

// bodyStyle says how the next page is asked for in the body, and by which member;
// the path is nil if it is not.
func bodyStyle(op *model.Operation, page *model.Page) (model.PageStyle, []*model.Field) {
	says := func(roles ...model.Role) bool {
		return slices.ContainsFunc(roles, func(r model.Role) bool { return factOf(page.Facts, r) != nil })
	}
	if path := bodyParam(op, cursorParams, false); path != nil && says(model.Next) {
		return model.CursorPage, path
	}
	if path := bodyParam(op, pageParams, true); path != nil && says(model.PageNumber, model.TotalItems, model.TotalPages, model.HasMore) {
		return model.NumberedPage, path
	}
	if path := bodyParam(op, offsetParams, true); path != nil && says(model.Offset, model.TotalItems, model.HasMore) {
		return model.OffsetPage, path
	}
	return model.SinglePage, nil
}

// memberPath writes the path to a member as the runtime reads it: names joined with
// dots, where a dot that is part of a name comes after a backslash.
func memberPath(path []*model.Field) string {
	escape := strings.NewReplacer(`\`, `\\`, `.`, `\.`)
	names := make([]string, len(path))
	for i, f := range path {
		names[i] = escape.Replace(f.Name.Spec)
	}
	return strings.Join(names, ".")
}

// configuredMove is the move of a parameter that a config names: of the query, or
// a member of the body, which it is given the path to.
func configuredMove(op *model.Operation, param string) Move {
	m := Move{Param: param}
	if f := bodyMember(op, param); f != nil {
		m.Body, m.Number = true, isNumber(f.Type)
	}
	return m
}

// bodyMember returns the member of the body that a path leads to; nil if it is a
// parameter of the query or not there.
func bodyMember(op *model.Operation, path string) *model.Field {
	if path == "" || op.Method != "POST" || op.Body == nil || op.Body.Kind != model.JSONBody ||
		slices.ContainsFunc(op.Inputs, func(in *model.Input) bool { return in.In == model.InQuery && in.Name == path }) {
		return nil
	}
	fields := fieldsOf(bodyFields(op), path)
	if fields == nil {
		return nil
	}
	return fields[len(fields)-1]
}
