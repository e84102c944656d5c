package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// planResource adds the service of a top-level resource, what makes one, and
// all that is below it.
func (e *emitter) planResource(r *model.Resource) {
	f := e.resourceFile(r)
	if r.Package != e.api.Root.Package {
		f.doc = e.aboutResource(r)
	}
	f.add(func(g *jen.File) {
		g.Add(e.service(r)).Line()
		g.Add(e.newService(r))
	})
	e.planService(r)
}

// aboutResource is the documentation of the package of a resource.
func (e *emitter) aboutResource(r *model.Resource) []prose.Block {
	return append([]prose.Block{{Text: "Package " + r.Package.Name + " has the operations of client." + r.Name.Go + "."}}, prose.Blocks(r.Package.Doc)...)
}

// planService adds the methods of a service, its sub-services and theirs.
func (e *emitter) planService(r *model.Resource) {
	if len(r.Methods) > 0 {
		f := e.resourceFile(r)
		for _, op := range r.Methods {
			f.mention(r.Package, surface(op)...)
			f.add(func(g *jen.File) { e.method(g, r, op) })
		}
		for _, op := range r.Methods {
			if op.Params != nil {
				f.add(func(g *jen.File) { g.Add(e.params(r, op)) })
			}
		}
	}
	if r == e.api.Root {
		return // its children are resources
	}
	for _, c := range r.Children {
		e.resourceFile(c).add(func(g *jen.File) {
			g.Add(e.service(c))
			if c.New != "" {
				g.Line().Add(e.newService(c))
			}
		})
		e.planService(c)
	}
}

func (e *emitter) resourceFile(r *model.Resource) *file {
	return e.file(r.Package.Path, r.Package.Name, r.File)
}

// service writes the type of a service: its sub-services, and what its methods
// send with.
func (e *emitter) service(r *model.Resource) jen.Code {
	var fields []jen.Code
	for _, c := range r.Children {
		fields = append(fields, jen.Id(c.Name.Go).Id(c.Service))
		fields = append(fields, oldFields(c, jen.Id(c.Service))...)
	}
	if len(r.Methods) > 0 {
		if len(fields) > 0 {
			fields = append(fields, jen.Line())
		}
		fields = append(fields, jen.Id("client").Op("*").Add(e.internal("Client")))
	}
	fact := prose.Block{Text: r.Service + " has the operations on " + prose.Line(r.Name.Spec) + "."}
	if len(r.Methods) == 0 {
		fact.Text = r.Service + " groups the operations on " + prose.Line(r.Name.Spec) + "."
	}
	s := doc(append([]prose.Block{fact}, prose.Blocks(r.Doc)...)...).Type().Id(r.Service).Struct(fields...)
	for _, old := range r.OldService {
		s.Line().Line().Add(doc(renamed(r.Service)...)).Type().Id(old).Op("=").Id(r.Service)
	}
	return s
}

// newService writes what makes the service of a top-level resource: for the
// client, and for a program that needs nothing else.
func (e *emitter) newService(r *model.Resource) jen.Code {
	alone := doc(prose.Block{Text: r.New + " returns a service for a program that uses no other part of the API. It takes the same options and environment variables as the whole client."}).
		Func().Id(r.New).Params(jen.Id("opts").Op("...").Add(e.option()))
	if e.api.Surface == model.Stainless {
		alone.Id(r.Service).Block(jen.Return(jen.Id(r.Make).Call(e.newClient("opts"))))
	} else {
		alone.Op("*").Id(r.Service).Block(
			jen.Id("s").Op(":=").Id(r.Make).Call(e.newClient("opts")),
			jen.Return(jen.Op("&").Id("s")),
		)
	}
	shared := doc(prose.Block{Text: r.Make + e.madeFor(r)}).
		Func().Id(r.Make).Params(jen.Id("client").Op("*").Add(e.internal("Client"))).Id(r.Service).Block(
		jen.Return(e.serviceValue(r, jen.Id("client"), true)),
	)
	return alone.Line().Line().Add(shared)
}

// newClient writes the call that makes the transport from options.
func (e *emitter) newClient(opts string) *jen.Statement {
	return e.internal("NewClient").Call(jen.Op("&").Qual(e.importPath("internal/config"), "API"), jen.Id(opts).Op("..."))
}

// serviceValue writes a service that sends with client.
func (e *emitter) serviceValue(r *model.Resource, client *jen.Statement, top bool) *jen.Statement {
	var entries []entry
	for _, c := range r.Children {
		for _, name := range append([]string{c.Name.Go}, c.Old...) {
			entries = append(entries, entry{name, e.serviceValue(c, client, false)})
		}
	}
	if len(r.Methods) > 0 {
		entries = append(entries, entry{"client", client.Clone()})
	}
	if len(entries) == 1 && !top && len(r.Children) == 0 {
		return jen.Id(r.Service).Values(jen.Id("client").Op(":").Add(client.Clone()))
	}
	return literal(jen.Id(r.Service), entries...)
}

// madeFor says who makes a service for a client, and what its users call instead.
func (e *emitter) madeFor(r *model.Resource) string {
	if r.Package == e.api.Root.Package {
		return " is for NewClient."
	}
	return " is for the root package. Use [" + r.New + "], or NewClient of the root package."
}
