package build

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// Names that say what a parameter or member is for, folded to lower case
// without separators.
var (
	pageParams   = []string{"page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"}
	offsetParams = []string{"offset", "skip", "startindex", "startat"}
	cursorParams = []string{"cursor", "after", "pagetoken", "nexttoken", "nextpagetoken", "pagecursor", "continuationtoken", "marker", "nextcursor", "startafter", "startingafter", "afterid", "continue", "next"}

	itemsMembers = []string{"data", "items", "results", "result", "values", "entries", "records", "objects", "list", "content", "elements"}
	roleMembers  = map[model.Role][]string{
		model.PageNumber: {"page", "pagenumber", "currentpage", "pageno", "pagenum", "pageindex"},
		model.PerPage:    {"perpage", "pagesize", "limit", "itemsperpage", "maxresults"},
		model.TotalItems: {"totalcount", "total", "totalitems", "totalresults", "totalelements", "totalentries", "totalrecords", "itemcount"},
		model.TotalPages: {"totalpages", "pagecount", "lastpage", "numpages", "totalpagecount"},
		model.Next:       {"nextcursor", "cursor", "nextpagetoken", "nexttoken", "nextpagecursor", "after", "endcursor", "continuationtoken", "nextmarker", "next", "nextpage", "nextpageurl", "nextlink", "nexturl", "nextpageuri", "continue", "lastid"},
		model.HasMore:    {"hasmore", "hasnext", "hasnextpage", "morerecords", "istruncated", "more", "hasadditional"},
		model.Offset:     {"offset", "skip", "startindex"},
	}
	// roles in the order in which they are looked for.
	roles = []model.Role{model.PageNumber, model.PerPage, model.TotalItems, model.TotalPages, model.Next, model.HasMore, model.Offset}
)

func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-.$@", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// itemsOf returns the property of an object that holds the items of a list: the
// only array, or the one that is called as such; nil if there is none.
func (b *builder) itemsOf(v *schema.View) *schema.Prop {
	if v == nil || !v.Is("object") {
		return nil
	}
	var arrays []*schema.Prop
	for _, p := range v.Props {
		if b.facts.PropView(p).Is("array") {
			arrays = append(arrays, p)
		}
	}
	for _, name := range itemsMembers {
		for _, p := range arrays {
			if fold(p.Name) == name {
				return p
			}
		}
	}
	if len(arrays) == 1 {
		return arrays[0]
	}
	return nil
}

// page makes the result of an operation a page, if it is one: an array in an
// envelope, or a list whose parameters and members say how its next part is
// asked for. It reports whether it did.
func (b *builder) page(op *operation, r *response, envelope *schema.Prop) bool {
	if op.cfg != nil && op.cfg.NoPaging {
		return false
	}
	v, unwrap := r.view, ""
	items := envelope
	if envelope != nil {
		switch inner := b.facts.PropView(envelope); {
		case inner.Is("array"):
		case b.itemsOf(inner) != nil:
			v, unwrap, items = inner, envelope.Name, b.itemsOf(inner)
		default:
			return false
		}
	} else {
		items = b.itemsOf(v)
	}
	if v.Is("array") {
		return b.barePage(op, r)
	}
	c := b.pagingConfig(op)
	if c != nil && c.Items != "" {
		parent, name, nested := strings.Cut(c.Items, ".")
		if p := v.Prop(parent); nested && p != nil && unwrap == "" {
			v, unwrap, parent = b.facts.PropView(p), parent, name
		} else if nested {
			parent = name
		}
		items = v.Prop(parent)
	}
	if items == nil {
		return false
	}
	iv := b.facts.PropView(items)
	if iv.Items == nil {
		return false
	}
	if c == nil && (envelope == nil || unwrap != "") && !b.mayPage(op, v) {
		return false
	}
	draft := b.pageDraft(op, v, items, envelope != nil && unwrap == "")
	o := types.Origin{Op: op.Operation, Text: "response"}
	item := types.Elem(b.types.Type(iv.Items, o))
	style, cursor := b.pageStyle(op, draft, item)
	if c != nil {
		b.decide(op, draft, c)
		if s, ok := styleNames[c.Style]; ok {
			style, cursor = s, c.Param
			moveBody(op, cursor)
		}
	}
	if style == model.SinglePage && c == nil && (envelope == nil || unwrap != "") {
		b.isItem(item, o)
		return false // an object with a list in it, and nothing more
	}
	b.paged(op, draft, style, cursor, b.types.Aliased(item, o), unwrap)
	return true
}

// isItem notes that a type that was declared as the response of an operation is
// but that of an item in it.
func (b *builder) isItem(t model.Type, response types.Origin) {
	switch t := t.(type) {
	case *model.List:
		b.isItem(t.Elem, response)
	case model.Decl:
		if b.types.Origins[t] == response {
			response.Text += " item"
			b.types.Origins[t] = response
			t.Declaration().Name.Spec = response.Text
		}
	}
}

// mayPage reports whether it is worth making a draft of a page: a parameter or a
// member is called like one that leads to the next page.
func (b *builder) mayPage(op *operation, v *schema.View) bool {
	for _, in := range op.Inputs {
		name := fold(in.Name)
		if in.In == model.InQuery && (slices.Contains(pageParams, name) || slices.Contains(offsetParams, name) || slices.Contains(cursorParams, name)) {
			return true
		}
	}
	for _, known := range [][]string{pageParams, offsetParams, cursorParams} {
		if bodyParam(op, known, true) != nil || bodyParam(op, known, false) != nil {
			return true
		}
	}
	next := func(p *schema.Prop) bool { return strings.Contains(fold(p.Name), "next") }
	return slices.ContainsFunc(v.Props, func(p *schema.Prop) bool {
		return next(p) || tellsOfPages(p.Name) && slices.ContainsFunc(b.facts.PropView(p).Props, next)
	})
}

// barePage makes the result of an operation a page whose response is the list
// itself, if a parameter or a Link header leads to the next one.
func (b *builder) barePage(op *operation, r *response) bool {
	page := &model.Page{Bare: true}
	style, cursor := b.pageStyle(op, page, nil)
	if r.links {
		style = model.LinkPage
	}
	if style != model.LinkPage && style != model.NumberedPage && style != model.OffsetPage || r.view.Items == nil {
		return false
	}
	items := &model.Field{Name: model.Name{Spec: "items"}, Type: &model.List{Elem: model.TypeParam{}}}
	page.Fields, page.Items = []*model.Field{items}, []*model.Field{items}
	o := types.Origin{Op: op.Operation, Text: "response"}
	b.paged(op, page, style, cursor, b.types.Aliased(types.Elem(b.types.Type(r.view.Items, o)), o), "")
	return true
}

// paged notes that an operation returns pages.
func (b *builder) paged(op *operation, page *model.Page, style model.PageStyle, cursor string, item model.Type, unwrap string) {
	op.Result = model.Result{
		Kind: model.PageResult, Type: item, Unwrap: unwrap, Cursor: cursor, Body: op.Result.Body, Number: op.Result.Number,
		Page: b.pageOf(op, style, page),
	}
	if op.Method == "GET" || op.Result.Body {
		op.Result.All = op.Name.Go + "All"
	}
	op.Result.Zero = style == model.NumberedPage && slices.ContainsFunc(op.Inputs, func(in *model.Input) bool {
		return in.In == model.InQuery && in.Name == cursor && in.FromZero
	})
	op.Paging = pagingText(style, cursor)
}

func pagingText(style model.PageStyle, cursor string) string {
	switch style {
	case model.NumberedPage:
		return fmt.Sprintf("page number (%s)", cursor)
	case model.OffsetPage:
		return fmt.Sprintf("offset (%s)", cursor)
	case model.CursorPage:
		return fmt.Sprintf("cursor (%s)", cursor)
	case model.NextURLPage:
		return "next URL"
	case model.LinkPage:
		return "Link header"
	}
	return "single page"
}

// pageDraft makes the page type of a response: its members, with the type of
// the items left open. Of an envelope, what only tells of success is left out.
func (b *builder) pageDraft(op *operation, v *schema.View, items *schema.Prop, envelope bool) *model.Page {
	page := &model.Page{}
	b.types.Origins[page] = types.Origin{Op: op.Operation, Text: "response"} // unless it becomes a page
	b.types.Fields(page, &page.Object, v, func(p *schema.Prop, pv *schema.View) bool {
		return p == items || envelope && b.isStatus(p, pv)
	})
	page.Extra = nil
	list := &model.Field{Name: model.Name{Spec: items.Name}, Pos: items.Pos, Type: &model.List{Elem: model.TypeParam{}}}
	b.types.Place(list, v.Required[items.Name], false)
	page.Items = []*model.Field{list}
	at := 0 // where the description has them
	for _, p := range v.Props {
		if p == items {
			break
		}
		if at < len(page.Fields) && page.Fields[at].Name.Spec == p.Name {
			at++
		}
	}
	page.Fields = slices.Insert(page.Fields, at, list)
	b.ownInfo(page)
	b.findFacts(page)
	return page
}

// isStatus reports whether a member of an envelope tells how the call went.
func (b *builder) isStatus(p *schema.Prop, v *schema.View) bool {
	if e := b.cfg.Envelope; e != nil && (p.Name == e.Success || p.Name == e.Errors) {
		return true
	}
	switch fold(p.Name) {
	case "success", "ok", "errors", "error", "messages", "message", "warnings":
		return true
	}
	return p.Name == b.api.Success
}

// findFacts finds the members of a page that say where it stands in its list, those
// of the page itself before those of the objects in it.
func (b *builder) findFacts(page *model.Page) {
	page.Facts = slices.DeleteFunc(page.Facts, func(f model.Fact) bool { return f.Role != model.LastID })
	b.factsIn(page, nil, page.Fields, map[model.Role]bool{})
}

func (b *builder) factsIn(page *model.Page, way []*model.Field, fields []*model.Field, taken map[model.Role]bool) {
	folded := make([]string, len(fields))
	for i, f := range fields {
		folded[i] = fold(f.Name.Spec)
	}
	for _, role := range roles {
		for _, name := range roleMembers[role] {
			for i, f := range fields {
				if !taken[role] && folded[i] == name && canTell(role, f.Type) {
					taken[role] = true
					page.Facts = append(page.Facts, model.Fact{Role: role, Path: append(slices.Clone(way), f)})
				}
			}
		}
	}
	if len(way) == 2 {
		return
	}
	for _, f := range fields {
		if o, ok := pointee(f.Type).(*model.Object); ok && tellsOfPages(f.Name.Spec) {
			b.factsIn(page, append(slices.Clone(way), f), o.Fields, taken)
		}
	}
}

func pointee(t model.Type) model.Type {
	if p, ok := t.(*model.Ptr); ok {
		return p.Elem
	}
	return t
}

// tellsOfPages reports whether a member is one that APIs keep the facts of a
// page in.
func tellsOfPages(name string) bool {
	f := fold(name)
	for _, word := range []string{"meta", "info", "pag", "cursor", "links", "response"} {
		if strings.Contains(f, word) {
			return true
		}
	}
	return false
}

// canTell reports whether a type can hold what a role says.
func canTell(role model.Role, t model.Type) bool {
	switch role {
	case model.Next:
		return t == model.String
	case model.HasMore:
		return t == model.Bool
	}
	return isNumber(t)
}

// factOf returns what a page says in a role, nil if it says nothing.
func factOf(page *model.Page, role model.Role) *model.Fact {
	for i := range page.Facts {
		if page.Facts[i].Role == role {
			return &page.Facts[i]
		}
	}
	return nil
}

// pageStyle tells from an operation's parameters and its page how the next page
// is asked for, and by which parameter.
func (b *builder) pageStyle(op *operation, page *model.Page, item model.Type) (model.PageStyle, string) {
	query := func(known []string, numeric bool) string {
		for _, name := range known {
			for _, in := range op.Inputs {
				if in.In == model.InQuery && numeric == isNumber(in.Field.Type) && fold(in.Name) == name {
					return in.Name
				}
			}
		}
		return ""
	}
	next := factOf(page, model.Next)
	if cursor := query(cursorParams, false); cursor != "" {
		switch {
		case next != nil:
			return model.CursorPage, cursor
		case strings.Contains(fold(cursor), "after") && factOf(page, model.HasMore) != nil && len(page.Items) > 0 && identified(item):
			// The next page starts after the last item of this one.
			page.Facts = append(page.Facts, model.Fact{Role: model.LastID, Path: page.Items})
			return model.CursorPage, cursor
		}
	}
	if param := query(pageParams, true); param != "" {
		return model.NumberedPage, param
	}
	if param := query(offsetParams, true); param != "" {
		return model.OffsetPage, param
	}
	if style, way, ok := bodyStyle(op, page); ok {
		op.Result.Body, op.Result.Number = true, isNumber(way[len(way)-1].Type)
		return style, bodyWay(way)
	}
	if next != nil && isLink(next.Path[len(next.Path)-1].Name.Spec) {
		return model.NextURLPage, ""
	}
	return model.SinglePage, ""
}

// isLink reports whether a member is called like one that has a URL.
func isLink(name string) bool {
	f := fold(name)
	return strings.HasSuffix(f, "url") || strings.HasSuffix(f, "uri") || strings.HasSuffix(f, "link") || strings.HasSuffix(f, "href")
}

// identified reports whether an item is an object with a text for its id.
func identified(item model.Type) bool {
	o, ok := item.(*model.Object)
	return ok && slices.ContainsFunc(o.Fields, func(f *model.Field) bool { return f.Name.Spec == "id" && f.Type == model.String })
}

func isNumber(t model.Type) bool {
	return t == model.Int64 || t == model.Int32 || t == model.Float64 || t == model.Float32
}

// shape describes the fields of a struct, so that equal shapes read the same
// JSON.
func (b *builder) shape(fields []*model.Field, depth int) string {
	var s strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&s, "%q %d %s; ", f.Name.Spec, f.Presence, b.shapeOf(f.Type, depth))
	}
	return s.String()
}

func (b *builder) shapeOf(t model.Type, depth int) string {
	switch t := t.(type) {
	case *model.List:
		return "[]" + b.shapeOf(t.Elem, depth)
	case *model.Map:
		return "map " + b.shapeOf(t.Elem, depth)
	case *model.Opt:
		return "?" + b.shapeOf(t.Elem, depth)
	case *model.Null:
		return "~" + b.shapeOf(t.Elem, depth)
	case *model.Ptr:
		return "*" + b.shapeOf(t.Elem, depth)
	case *model.Object:
		if depth < 4 {
			return "{" + b.shape(t.Fields, depth+1) + "}"
		}
		return fmt.Sprintf("%p", t)
	case *model.Enum:
		if b.types.Origins[t].Component {
			return fmt.Sprintf("%p", t)
		}
		values := make([]string, len(t.Values))
		for i, v := range t.Values {
			values[i] = v.Value
		}
		slices.Sort(values)
		return fmt.Sprintf("%v of %q", t.Base, values)
	case model.Decl:
		return fmt.Sprintf("%p", t)
	}
	return fmt.Sprintf("%T %v", t, t)
}

// pageNames are the candidates for the name of a page type: after how the next
// page is asked for, which is what the most usual page of a style is called,
// then with the member that has the items, then after the first operation that
// returns it.
func (b *builder) pageNames(page *model.Page, op *model.Operation) []string {
	base := [...]string{"SinglePage", "NumberedPage", "OffsetPage", "CursorPage", "LinkedPage", "LinkPage"}[page.Style]
	own := true // the plain name is for the page that most operations return
	for _, other := range b.api.Pages {
		if other.Style == page.Style && b.pageUses[other] > b.pageUses[page] {
			own = false
		}
	}
	call := ident.Exported(strings.ReplaceAll(op.Call, ".", " "))
	items := "Bare"
	if !page.Bare {
		items = ident.Exported(page.Items[len(page.Items)-1].Name.Spec)
	}
	list := []string{base, items + base, call + base}
	if !own {
		list = list[1:]
	}
	return list
}
