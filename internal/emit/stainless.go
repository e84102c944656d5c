package emit

import (
	"path"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// What only an SDK has that is called like one by Stainless.

// stainlessFiles are the files of the runtime for it, and its packages.
var stainlessFiles = map[string]bool{"pagination/autopager.go": true, "param/newopt.go": true, "ssestream/stream.go": true}

// wants reports whether the SDK has a file of the runtime, if it has its package.
func (e *emitter) wants(f source) bool {
	return e.api.Surface == model.Stainless || !stainlessFiles[f.path]
}

// runtimeFile is where a file of the runtime is in the SDK.
func (e *emitter) runtimeFile(f source) string {
	return e.api.Folder(path.Dir(f.path)) + "/" + path.Base(f.path)
}

// unplaced is the package that is in a folder of the SDK.
func (e *emitter) unplaced(folder string) string {
	for _, pkg := range e.runtime {
		if e.api.Folder(pkg) == folder {
			return pkg
		}
	}
	return folder
}

func (e *emitter) ssestream(name string) *jen.Statement {
	return jen.Qual(e.importPath("ssestream"), name)
}

// stainlessPage writes what goes on from a page without a context: GetNextPage,
// and the pager that loops over items.
func (e *emitter) stainlessPage(g *jen.File, p *model.Page) {
	self := func() *jen.Statement { return jen.Op("*").Id(p.Name.Go).Types(jen.Id("T")) }
	pager := p.Name.Go + "AutoPager"
	g.Add(doc(prose.Block{Text: "GetNextPage fetches the page after this one with the context of this one. After the last it returns nil, and no error. New code calls Next, which takes a context."})).
		Func().Params(jen.Id("p").Add(self())).Id("GetNextPage").Params().Params(self(), jen.Error()).Block(
		jen.Id("next").Op(":=").New(jen.Id(p.Name.Go).Types(jen.Id("T"))),
		jen.If(jen.List(jen.Id("ok"), jen.Err()).Op(":=").Id("nextPage").Call(jen.Id("p"), jen.Id("next")), jen.Op("!").Id("ok")).Block(
			jen.Return(jen.Nil(), jen.Err()),
		),
		jen.Return(jen.Id("next"), jen.Nil()),
	).Line()
	g.Add(doc(prose.Block{Text: pager + " goes through the items of a list of these pages."})).
		Type().Id(pager).Types(jen.Id("T").Any()).Op("=").Id("AutoPager").Types(jen.Id("T")).Line()
	g.Add(doc(prose.Block{Text: "New" + pager + " returns a pager that starts at a page, or has failed with an error."})).
		Func().Id("New"+pager).Types(jen.Id("T").Any()).Params(jen.Id("page").Add(self()), jen.Err().Error()).Op("*").Id(pager).Types(jen.Id("T")).Block(
		jen.Return(jen.Id("newAutoPager").Call(jen.Id("page"), jen.Err(), jen.Func().Params(jen.Id("p").Id("Page")).Index().Id("T").Block(
			jen.Return(e.itemsOf(p, jen.Id("p").Assert(self()))),
		))),
	).Line()
}

// autoPaging writes the twin of a method that returns a pager over items.
func (m *method) autoPaging() jen.Code {
	text := m.op.Result.All + " returns a pager over the items of [" + m.service + "." + m.op.Name.Go + "], which fetches further pages as it needs them. New code loops over the All of a page."
	return doc(append([]prose.Block{{Text: text}}, prose.Deprecation(m.op.Deprecated)...)...).
		Func().Params(m.receiver()).Id(m.op.Result.All).Params(m.params()...).Add(m.items()).Block(
		jen.Return(m.pagination("New" + m.op.Result.Page.Name.Go + "AutoPager").Call(
			jen.Id(m.self).Dot(m.op.Name.Go).Call(m.passed()...))),
	)
}

// planStainless adds the helpers of the root package that callers make optional
// fields with. One whose name the API has for a type of its own is left out.
func (e *emitter) planStainless() {
	if e.api.Surface != model.Stainless {
		return
	}
	taken := map[string]bool{}
	for _, d := range e.api.Root.Package.Types {
		taken[d.Declaration().Name.Go] = true
	}
	f := e.file("", e.api.Package, "field")
	helper := func(name, what string, params jen.Code, result *jen.Statement, value *jen.Statement, types ...jen.Code) {
		if taken[name] {
			return
		}
		f.add(func(g *jen.File) {
			s := doc(prose.Block{Text: name + " returns " + what + "."}).Func().Id(name)
			if len(types) > 0 {
				s.Types(types...)
			}
			g.Add(s.Params(params).Add(result).Add(oneLine(jen.Return(value))))
		})
	}
	opt := func(t jen.Code) *jen.Statement { return e.param("Opt").Types(t) }
	some := e.param("Some").Call(jen.Id("v"))
	helper("Opt", "an optional value that is set", jen.Id("v").Id("T"), opt(jen.Id("T")), some.Clone(), jen.Id("T").Any())
	helper("Null", "an optional value that is null", jen.Null(), opt(jen.Id("T")), e.param("Null").Types(jen.Id("T")).Call(), jen.Id("T").Any())
	helper("Ptr", "a pointer to a copy of a value", jen.Id("v").Id("T"), jen.Op("*").Id("T"), jen.Op("&").Id("v"), jen.Id("T").Any())
	for _, k := range []struct {
		name string
		typ  *jen.Statement
	}{
		{"String", jen.String()}, {"Int", jen.Int64()}, {"Bool", jen.Bool()}, {"Float", jen.Float64()}, {"Time", jen.Qual("time", "Time")},
	} {
		helper(k.name, "an optional value that is set", jen.Id("v").Add(k.typ), opt(k.typ.Clone()), some.Clone())
		helper(k.name+"Ptr", "a pointer to a copy of a value", jen.Id("v").Add(k.typ.Clone()), jen.Op("*").Add(k.typ.Clone()), jen.Op("&").Id("v"))
	}
}
