package paging

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Detector finds out how operations are paged.
type Detector struct {
	cfg   *config.Config
	facts *schema.Facts
	types *types.Registry
	diags *diag.List
	infos map[*model.Object]*model.Object // copies that pages have of components that tell of them
}

// NewDetector returns a detector. What it does not find that the config names is
// added to problems.
func NewDetector(cfg *config.Config, facts *schema.Facts, registry *types.Registry, problems *diag.List) *Detector {
	return &Detector{cfg: cfg, facts: facts, types: registry, diags: problems, infos: map[*model.Object]*model.Object{}}
}

// A Response is the JSON that an operation answers with.
type Response struct {
	View     *schema.View
	Envelope *schema.Prop // the member that holds the result; nil if all of it does
	Success  string       // the member of an envelope that says whether the call succeeded
	Links    bool         // it comes with a Link header (RFC 8288)
	Node     *spec.Node   // the operation, whose extensions may say how it is paged
}

// A Plan is how an operation is paged.
type Plan struct {
	Op     *model.Operation
	Page   *model.Page // the page type that the response would be; after [Merge] the one that it is
	Style  model.PageStyle
	Name   string // of the page type, where the config says it
	Move   Move
	Item   model.Type
	Unwrap string // the member of the response that is the page; empty if all of it is
}

// A Move is what a request for the next page changes.
type Move struct {
	Param  string // the query parameter, or the path to the member of the body; empty if there is none
	Body   bool   // it is a member of the body
	Number bool   // that is a number
}

// Detect returns the plan of an operation whose parameters and body are known. It
// returns nil for one that does not return pages; a page is an array in an
// envelope, or a list whose parameters and members say how its next part is asked
// for. item is what an element of such a list is then, if the answer has one that
// is no page: the operation's response names it.
func (d *Detector) Detect(op *model.Operation, own *config.Operation, r Response) *Plan {
	if own != nil && own.NoPaging {
		return nil
	}
	c := d.configured(op, own, r)
	if c == nil && d.cfg.ListedPages {
		return nil
	}
	if r.Envelope == nil && r.View.Is("array") {
		return d.bare(op, r, c)
	}
	l, ok := d.find(r, c)
	if !ok {
		return nil
	}
	if c == nil && !l.enveloped && !d.mayPage(op, l.view) {
		return nil
	}
	plan := &Plan{Op: op, Unwrap: l.unwrap, Page: d.draft(op, l, r.Success)}
	plan.Style, plan.Move = nextOf(op, plan.Page, d.identified(l.items))
	if plan.Style == model.CursorPage && !plan.Move.Body && factOf(plan.Page.Facts, model.Next) == nil {
		plan.Page.Facts = append(plan.Page.Facts, model.Fact{Role: model.LastID, Path: plan.Page.Items})
	}
	if c != nil {
		d.decide(op, plan.Page, d.identified(l.items), c)
		if plan.Name = c.Name; c.Name != "" && c.Items != "" {
			keepNamed(plan.Page, c)
		}
		if s, ok := styleNames[c.Style]; ok {
			plan.Style, plan.Move = s, configuredMove(op, c.Param)
		}
	}
	o := types.Origin{Op: op, Text: "response"}
	if plan.Style == model.SinglePage && c == nil && !l.enveloped {
		o.Text += " item"
		d.types.Type(l.items, o)
		return nil // an object with a list in it, and nothing more
	}
	plan.Item = d.types.Aliased(types.Elem(d.types.Type(l.items, o)), o)
	return plan
}

// keepNamed leaves a page only the members that its way of paging speaks of, so that
// all pages of that name are one type.
func keepNamed(page *model.Page, c *config.Pagination) {
	said := map[string]bool{}
	for _, path := range append([]string{c.Items, c.Next, c.HasMore, c.Total, c.TotalPages}, c.Members...) {
		first, _, _ := strings.Cut(path, ".")
		said[first] = true
	}
	facts := map[*model.Field]bool{page.Items[0]: true}
	for _, f := range page.Facts {
		facts[f.Path[0]] = true
	}
	page.Fields = slices.DeleteFunc(page.Fields, func(f *model.Field) bool { return !said[f.Name.Spec] && !facts[f] })
}

// A list is where a response has the items of a list.
type list struct {
	view      *schema.View // of the object that has them
	prop      *schema.Prop // its member that does
	items     *spec.Node   // the schema of one
	unwrap    string       // the member of the response that is the object; empty if it is the response
	enveloped bool         // the member is the result of an envelope
}

// find returns where a response has a list: in its envelope, in the object in that,
// in itself, or where the config says.
func (d *Detector) find(r Response, c *config.Pagination) (list, bool) {
	l := list{view: r.View, prop: r.Envelope}
	if r.Envelope == nil {
		l.prop = d.ItemsOf(r.View)
		if p := d.wrapped(r); l.prop == nil && p != nil {
			l.view, l.unwrap = d.facts.PropView(p), p.Name
			l.prop = d.ItemsOf(l.view)
		}
	} else if inner := d.facts.PropView(r.Envelope); !inner.Is("array") {
		l.view, l.unwrap, l.prop = inner, r.Envelope.Name, d.ItemsOf(inner)
		if l.prop == nil {
			return l, false
		}
	}
	if c != nil && c.Items != "" {
		parent, name, nested := strings.Cut(c.Items, ".")
		if p := l.view.Prop(parent); nested && p != nil && l.unwrap == "" {
			l.view, l.unwrap, parent = d.facts.PropView(p), parent, name
		} else if nested {
			parent = name
		}
		l.prop = l.view.Prop(parent)
	}
	if l.prop == nil {
		return l, false
	}
	l.items = d.facts.PropView(l.prop).Items
	l.enveloped = r.Envelope != nil && l.unwrap == ""
	return l, l.items != nil
}

// wrapped returns the member of a response that holds the list and what tells of its
// pages, where everything else in it only tells how the call went: {code, data:
// {items, total}}. nil if there is none.
func (d *Detector) wrapped(r Response) *schema.Prop {
	var found *schema.Prop
	for _, p := range r.View.Props {
		switch name := ident.Fold(p.Name); {
		case (name == "data" || name == "result" || name == "response" || name == "payload") && d.facts.PropView(p).Is("object"):
			if found != nil {
				return nil
			}
			found = p
		case !d.isStatus(p, r.Success) && !isAside(p.Name):
			return nil
		}
	}
	return found
}

// ItemsOf returns the property of an object that holds the items of a list: the
// only array, or the one that is called as such; nil if there is none.
func (d *Detector) ItemsOf(v *schema.View) *schema.Prop {
	if v == nil || !v.Is("object") {
		return nil
	}
	var arrays []*schema.Prop
	for _, p := range v.Props {
		if d.facts.PropView(p).Is("array") {
			arrays = append(arrays, p)
		}
	}
	for _, name := range itemsMembers {
		for _, p := range arrays {
			if ident.Fold(p.Name) == name {
				return p
			}
		}
	}
	if len(arrays) == 1 {
		return arrays[0]
	}
	return nil
}

// mayPage reports whether it is worth making a draft of a page: a parameter or a
// member is called like one that leads to the next page.
func (d *Detector) mayPage(op *model.Operation, v *schema.View) bool {
	for _, in := range op.Inputs {
		called := func(name string) bool { return isCalled(in.Name, name) }
		if in.In == model.InQuery && (slices.ContainsFunc(pageParams, called) || slices.ContainsFunc(offsetParams, called) || slices.ContainsFunc(cursorParams, called) ||
			strings.HasPrefix(ident.Fold(in.Name), "startafter") || strings.HasPrefix(ident.Fold(in.Name), "startingafter")) {
			return true
		}
	}
	for _, known := range [][]string{pageParams, offsetParams, cursorParams} {
		if bodyParam(op, known, true) != nil || bodyParam(op, known, false) != nil {
			return true
		}
	}
	next := func(p *schema.Prop) bool { return strings.Contains(ident.Fold(p.Name), "next") }
	return slices.ContainsFunc(v.Props, func(p *schema.Prop) bool {
		return next(p) || tellsOfPages(p.Name) && slices.ContainsFunc(d.facts.PropView(p).Props, next)
	})
}

// bare returns the plan of an operation whose response is the list itself, if a
// parameter or a Link header leads to the next one.
func (d *Detector) bare(op *model.Operation, r Response, c *config.Pagination) *Plan {
	plan := &Plan{Op: op, Page: &model.Page{Bare: true}}
	if c != nil {
		plan.Name = c.Name
	}
	plan.Style, plan.Move = nextOf(op, plan.Page, false)
	if r.Links {
		plan.Style = model.LinkPage
	}
	if plan.Style != model.LinkPage && plan.Style != model.NumberedPage && plan.Style != model.OffsetPage || r.View.Items == nil {
		return nil
	}
	items := &model.Field{Name: model.Name{Spec: "items"}, Type: &model.List{Elem: model.TypeParam{}}}
	plan.Page.Fields, plan.Page.Items = []*model.Field{items}, []*model.Field{items}
	o := types.Origin{Op: op, Text: "response"}
	plan.Item = d.types.Aliased(types.Elem(d.types.Type(r.View.Items, o)), o)
	return plan
}

// draft makes the page type of a response: its members, with the type of the
// items left open. Of an envelope, what only tells of success is left out.
func (d *Detector) draft(op *model.Operation, l list, success string) *model.Page {
	page := &model.Page{}
	d.types.Origins[page] = types.Origin{Op: op, Text: "response"} // unless it becomes a page
	d.types.Fields(page, &page.Object, l.view, func(p *schema.Prop, pv *schema.View) bool {
		return p == l.prop || l.enveloped && d.isStatus(p, success)
	})
	page.Extra = nil
	items := &model.Field{Name: model.Name{Spec: l.prop.Name}, Pos: l.prop.Pos, Type: &model.List{Elem: model.TypeParam{}}}
	d.types.Place(items, l.view.Required[l.prop.Name], false)
	page.Items = []*model.Field{items}
	at := 0 // where the description has them
	for _, p := range l.view.Props {
		if p == l.prop {
			break
		}
		if at < len(page.Fields) && page.Fields[at].Name.Spec == p.Name {
			at++
		}
	}
	page.Fields = slices.Insert(page.Fields, at, items)
	d.ownInfo(page)
	page.Facts = factsOf(page)
	return page
}

// isStatus reports whether a member of an envelope tells how the call went.
func (d *Detector) isStatus(p *schema.Prop, success string) bool {
	if e := d.cfg.Envelope; e != nil && (p.Name == e.Success || p.Name == e.Errors) {
		return true
	}
	switch ident.Fold(p.Name) {
	case "success", "ok", "errors", "error", "messages", "message", "warnings":
		return true
	}
	return p.Name == success
}

// identified reports whether an item is an object with a text for its id.
func (d *Detector) identified(items *spec.Node) bool {
	v := d.facts.View(items)
	if !v.Is("object") || len(d.facts.Alternatives(v)) > 0 || d.facts.Identity(items).Nullable || v.AllowsNull() {
		return false
	}
	id := v.Prop("id")
	return id != nil && d.types.IsText(d.facts.PropView(id))
}
