package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// planPages adds the page types of the API.
func (e *emitter) planPages() {
	for _, p := range e.api.Pages {
		f := e.file("pagination", "pagination", "pages")
		f.mention(p.Package, typesOf(&p.Object)...)
		f.add(func(g *jen.File) { e.page(g, p) })
	}
}

// pageStyles are the names that the runtime has for them, and what a page of
// each is.
var pageStyles = [...]struct{ name, doc string }{
	model.SinglePage:   {"single", "is a complete list, returned in one response."},
	model.NumberedPage: {"byNumber", "is one page of a list with numbered pages."},
	model.OffsetPage:   {"byOffset", "is one page of a list paged by offset."},
	model.CursorPage:   {"byCursor", "is one page of a cursor-paginated list."},
	model.NextURLPage:  {"byURL", "is one page of a list. It has the URL of the next page."},
	model.LinkPage:     {"byLink", "is one page of a list. The Link header of the response (RFC 8288) has the URL of the next page."},
}

// page writes a page type: what the response holds, and a thin shell round what
// the runtime does with it.
func (e *emitter) page(g *jen.File, p *model.Page) {
	self := func() *jen.Statement { return jen.Op("*").Id(p.Name.Go).Types(jen.Id("T")) }
	method := func(about string, name string) *jen.Statement {
		s := jen.Null()
		if about != "" {
			s = doc(prose.Block{Text: about}).Op("//\n")
		}
		return s.Op(noinline).Func().Params(jen.Id("p").Add(self())).Id(name)
	}
	ctx := jen.Id("ctx").Qual("context", "Context")
	seq := func(item jen.Code) *jen.Statement { return jen.Qual("iter", "Seq2").Types(item, jen.Error()) }

	fields, page := e.pageFields(p), self()
	g.Add(doc(prose.Block{Text: p.Name.Go + " " + pageStyles[p.Style].doc})).Type().Id(p.Name.Go).Types(jen.Id("T").Any()).Struct(fields...).Line()
	g.Add(method("All yields each item of this page and of the pages after it, which it fetches as the loop needs them.", "All")).
		Params(ctx).Add(seq(jen.Id("T"))).Block(loop(jen.Id("T"), self(), func(yield, page *jen.Statement) jen.Code {
		return jen.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(e.itemsOf(p, page))).Block(
			jen.If(jen.Op("!").Add(yield).Call(jen.Id("item"), jen.Nil())).Block(jen.Return()),
		)
	})).Line()
	g.Add(method("Pages yields this page and the pages after it.", "Pages")).
		Params(ctx).Add(seq(self())).Block(loop(page, page, func(yield, page *jen.Statement) jen.Code {
		return jen.If(jen.Op("!").Add(yield).Call(page, jen.Nil())).Block(jen.Return())
	})).Line()
	g.Add(method("Next fetches the next page. After the last page it returns [ErrNoMorePages].", "Next")).
		Params(ctx).Params(self(), jen.Error()).Block(
		jen.Id("next").Op(":=").New(jen.Id(p.Name.Go).Types(jen.Id("T"))),
		jen.If(jen.Err().Op(":=").Id("follow").Call(jen.Id("ctx"), jen.Id("p"), jen.Id("next")), jen.Err().Op("!=").Nil()).Block(
			jen.Return(jen.Nil(), jen.Err()),
		),
		jen.Return(jen.Id("next"), jen.Nil()),
	).Line()

	if e.api.Surface == model.Stainless {
		e.stainlessPage(g, p)
	}
	if p.Bare {
		e.wholePage(g, p, method)
	}
	if guarded(p.Items[:len(p.Items)-1]) {
		g.Add(method("", "items")).Params().Index().Id("T").Add(body(e.items(p))).Line()
	}
	g.Add(method("", "place")).Params().Id("place").Add(body(e.position(p))).Line()
	if shared := sharedFact(p); shared != nil {
		g.Func().Id(positionFunc(p)).Params(jen.Id("count").Int(), jen.Id("info").Add(e.infoType(shared))).Id("position").
			Add(body(positionOf(p, jen.Id("count"), func(at *jen.Statement) jen.Code { return at }, func(way []*model.Field, use use) []jen.Code {
				if isPointer(shared) {
					return []jen.Code{jen.If(jen.Id("info").Op("!=").Nil()).Block(reach(jen.Id("info"), way[1:], use)...)}
				}
				return inside(jen.Id("info"), way, use)
			})))
	}
}

// loop writes an iterator over pages, which yields values of a type: what is
// done with each page, and the error that ends it.
func loop(of, self *jen.Statement, each func(yield, page *jen.Statement) jen.Code) jen.Code {
	failure := func(none jen.Code) jen.Code { return jen.Id("yield").Call(none, jen.Id("w").Dot("err")) }
	fail := []jen.Code{failure(jen.Nil())}
	if of != self {
		fail = []jen.Code{jen.Var().Id("none").Add(of), failure(jen.Id("none"))}
	}
	return jen.Return(jen.Func().Params(jen.Id("yield").Func().Params(of, jen.Error()).Bool()).Block(
		jen.Id("w").Op(":=").Id("walk").Call(jen.Id("ctx"), jen.Id("p")),
		jen.For(jen.Id("w").Dot("step").Call()).Block(each(jen.Id("yield"), jen.Id("w").Dot("page").Assert(self))),
		jen.If(jen.Id("w").Dot("err").Op("!=").Nil()).Block(fail...),
	))
}

// itemsOf writes the items of a page.
func (e *emitter) itemsOf(p *model.Page, page *jen.Statement) *jen.Statement {
	if guarded(p.Items[:len(p.Items)-1]) {
		return page.Dot("items").Call()
	}
	for _, f := range p.Items[:len(p.Items)-1] {
		page.Dot(f.Name.Go)
	}
	last := p.Items[len(p.Items)-1]
	return value(page.Dot(last.Name.Go), last, jen.Nil())
}

// noinline keeps the copy of a method that is made for each type of item to a
// call of what is made once for all that are alike.
const noinline = "//go:noinline\n"

// oneLine writes the body of a function that fits in its line.
func oneLine(code jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, code)
}

// body writes the body of a function, on its line if it is but one statement.
func body(code []jen.Code) *jen.Statement {
	if len(code) == 1 {
		return oneLine(code[0])
	}
	return jen.Block(code...)
}

// pageFields writes the fields of a page type.
func (e *emitter) pageFields(p *model.Page) []jen.Code {
	fields := e.fields(&p.Object, false)
	if p.Bare {
		fields = []jen.Code{jen.Id(p.Items[0].Name.Go).Index().Id("T")}
	}
	return append(fields, jen.Id("state").Id("state"))
}

// wholePage writes the codec of a page that is its list of items.
func (e *emitter) wholePage(g *jen.File, p *model.Page, method func(about, name string) *jen.Statement) {
	items := func() *jen.Statement { return jen.Id("p").Dot(p.Items[0].Name.Go) }
	g.Add(method("UnmarshalJSONFrom reads the page, a list of items in JSON.", "UnmarshalJSONFrom")).
		Params(jen.Id("dec").Op("*").Qual(e.jsontext, "Decoder")).Error().
		Add(oneLine(jen.Return(jen.Qual(e.json, "UnmarshalDecode").Call(jen.Id("dec"), jen.Op("&").Add(items()))))).Line()
	g.Add(method("MarshalJSONTo writes the page as a list of items in JSON.", "MarshalJSONTo")).
		Params(jen.Id("enc").Op("*").Qual(e.jsontext, "Encoder")).Error().
		Add(oneLine(jen.Return(jen.Qual(e.json, "MarshalEncode").Call(jen.Id("enc"), items())))).Line()
}

// items writes how the core gets at the items of a page.
func (e *emitter) items(p *model.Page) []jen.Code {
	last := p.Items[len(p.Items)-1]
	containers := p.Items[:len(p.Items)-1]
	code := reach(jen.Id("p"), containers, func(at *jen.Statement) []jen.Code {
		return []jen.Code{jen.Return(value(at.Dot(last.Name.Go), last, jen.Nil()))}
	})
	if guarded(containers) {
		code = append(code, jen.Return(jen.Nil()))
	}
	return code
}

// position writes what a page says of its place in the list. Where all that is
// in one member, a function that is not generic does it: it is compiled once.
func (e *emitter) position(p *model.Page) []jen.Code {
	count := jen.Len(e.itemsOf(p, jen.Id("p")))
	place := func(at *jen.Statement) jen.Code {
		return jen.Id("place").Values(jen.Op("&").Id("p").Dot("state"), at)
	}
	shared := sharedFact(p)
	if shared == nil {
		return positionOf(p, count, place, func(way []*model.Field, use use) []jen.Code {
			return reach(jen.Id("p"), way, use)
		})
	}
	info := jen.Id("p").Dot(shared.Name.Go)
	if shared.Presence == model.Plain || shared.Presence == model.OmitZero {
		info = jen.Op("&").Add(info)
	}
	return []jen.Code{jen.Return(place(jen.Id(positionFunc(p)).Call(count, info)))}
}

func positionFunc(p *model.Page) string { return "position" + p.Name.Go }

// sharedFact returns the member that has everything a page says of its place;
// nil if there is no such member.
func sharedFact(p *model.Page) *model.Field {
	var shared *model.Field
	for _, f := range facts(p) {
		if len(f.Path) == 1 || shared != nil && f.Path[0] != shared {
			return nil
		}
		shared = f.Path[0]
	}
	return shared
}

// infoType is how a function takes the member that a page has its facts in.
func (e *emitter) infoType(f *model.Field) *jen.Statement {
	if f.Presence == model.Plain || f.Presence == model.OmitZero {
		return jen.Op("*").Add(e.typ(f.Type))
	}
	return e.presence(f)
}

// positionOf writes a position from the facts of a page; reach leads to the
// struct that has them, and result makes of it what is returned.
func positionOf(p *model.Page, count *jen.Statement, result func(*jen.Statement) jen.Code, reach func([]*model.Field, use) []jen.Code) []jen.Code {
	entries := []jen.Code{jen.Id("style").Op(":").Id(pageStyles[p.Style].name)}
	if p.Style == model.SinglePage {
		return []jen.Code{jen.Return(result(jen.Id("position").Values(entries...)))}
	}
	entries = append(entries, jen.Id("count").Op(":").Add(count))
	var later []jen.Code
	for _, group := range groups(p) {
		containers := group[0].Path[:len(group[0].Path)-1]
		if guarded(containers) {
			later = append(later, reach(containers, func(at *jen.Statement) []jen.Code {
				var code []jen.Code
				for _, f := range group {
					name, value := fact(p.Style, f, at)
					code = append(code, jen.Id("at").Dot(name).Op("=").Add(value))
				}
				return code
			})...)
			continue
		}
		reach(containers, func(at *jen.Statement) []jen.Code {
			for _, f := range group {
				name, value := fact(p.Style, f, at)
				entries = append(entries, jen.Id(name).Op(":").Add(value))
			}
			return nil
		})
	}
	position := jen.Id("position").Add(multiline(entries...))
	if len(later) == 0 {
		return []jen.Code{jen.Return(result(position))}
	}
	return slices.Concat([]jen.Code{jen.Id("at").Op(":=").Add(position)}, later, []jen.Code{jen.Return(result(jen.Id("at")))})
}

// facts returns the facts of a page that its style has a use for.
func facts(p *model.Page) []model.Fact {
	var list []model.Fact
	if p.Style == model.SinglePage {
		return nil // nothing follows, whatever it says
	}
	for _, f := range p.Facts {
		if f.Role != model.Next || p.Style == model.CursorPage || p.Style == model.NextURLPage {
			list = append(list, f)
		}
	}
	return list
}

// groups returns the facts of a page by the struct that they are in.
func groups(p *model.Page) [][]model.Fact {
	var list [][]model.Fact
	for _, f := range facts(p) {
		n := len(list) - 1
		if n >= 0 && slices.Equal(list[n][0].Path[:len(list[n][0].Path)-1], f.Path[:len(f.Path)-1]) {
			list[n] = append(list[n], f)
			continue
		}
		list = append(list, []model.Fact{f})
	}
	return list
}

// fact returns the field of a position that a fact fills in, and the value, of
// which at is the struct.
func fact(style model.PageStyle, f model.Fact, at *jen.Statement) (string, *jen.Statement) {
	last := f.Path[len(f.Path)-1]
	at = at.Clone().Dot(last.Name.Go)
	plain, optional := "stated", "maybe"
	if f.Role == model.HasMore {
		plain, optional = "truth", "maybeTruth"
	}
	switch {
	case f.Role == model.LastID:
		return "cursor", jen.Id("lastID").Call(at)
	case f.Role == model.Next && style == model.NextURLPage:
		return "next", value(at, last, jen.Lit(""))
	case f.Role == model.Next:
		return "cursor", value(at, last, jen.Lit(""))
	case isOpt(last):
		return quantities[f.Role], jen.Id(optional).Call(at)
	}
	return quantities[f.Role], jen.Id(plain).Call(at)
}

// quantities are the fields of the runtime's position by what they mean.
var quantities = [...]string{
	model.PageNumber: "page",
	model.PerPage:    "perPage",
	model.TotalItems: "totalItems",
	model.TotalPages: "totalPages",
	model.HasMore:    "more",
	model.Offset:     "offset",
}

func isOpt(f *model.Field) bool { return f.Presence == model.Optional || f.Presence == model.Nullable }

func isNullable(f *model.Field) bool {
	_, declared := f.Type.(*model.OrNull)
	return declared || f.Presence == model.ThreeState || f.Presence == model.TwoState
}

func isPointer(f *model.Field) bool {
	return f.Presence == model.Pointer || f.Presence == model.NullPointer
}

// value writes the value of a field, or the fallback if it has none.
func value(at *jen.Statement, f *model.Field, fallback jen.Code) *jen.Statement {
	switch {
	case isOpt(f):
		return at.Dot("Or").Call(fallback)
	case isNullable(f):
		return at.Dot("Value")
	}
	return at
}

// guarded reports whether one of the structs on the way may not be there.
func guarded(containers []*model.Field) bool {
	return slices.ContainsFunc(containers, func(f *model.Field) bool { return isNullable(f) || isPointer(f) })
}

// A use writes what is done with the struct at the end of a way.
type use func(at *jen.Statement) []jen.Code

// reach writes the way from a struct along its fields, past what may not be
// there, and what is done at its end.
func reach(at *jen.Statement, way []*model.Field, use use) []jen.Code {
	if len(way) == 0 {
		return use(at)
	}
	return inside(at.Clone().Dot(way[0].Name.Go), way, use)
}

// inside is reach for at the value of the first field.
func inside(at *jen.Statement, way []*model.Field, use use) []jen.Code {
	inner := func() *jen.Statement { return jen.Id([...]string{"", "info", "outer", "outermost"}[min(len(way), 3)]) }
	if guarded(way[:1]) {
		at = value(at, way[0], nil)
		return []jen.Code{jen.If(inner().Op(":=").Add(at), inner().Op("!=").Nil()).Block(reach(inner(), way[1:], use)...)}
	}
	return reach(at, way[1:], use)
}
