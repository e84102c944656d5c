package build

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// The places that public names are from, as package lockfile describes them.

const (
	resourcePrefix = "resource "
	errorsPrefix   = "errors "
)

func twinPlace(op *model.Operation) string   { return types.Route(op) + " all" }
func streamPlace(op *model.Operation) string { return types.Route(op) + " stream" }
func resourcePlace(path []string) string     { return resourcePrefix + strings.Join(path, ".") }

// declOf is the declaration that a struct is.
func (b *builder) declOf(o *model.Object, page *model.Page) model.Decl {
	if page != nil {
		return page
	}
	return o
}

// publish lists every public name that the description decides.
func (b *builder) publish() {
	b.publishTree()
	for _, o := range b.options() {
		b.public("option."+o.Go, o.place, diag.Pos{})
	}
	for _, op := range b.all {
		if op.Params != nil {
			b.publishDecl(op.Params)
		}
		if page := op.Result.Page; page != nil {
			b.public(model.PaginationPath+"."+page.Name.Go, types.PagePlace(op.Operation), op.Pos)
		}
	}
	for _, p := range b.api.Pages {
		b.publishFields(model.PaginationPath+"."+p.Name.Go, &p.Object, p)
	}
	for _, p := range b.api.Packages {
		for _, d := range p.Types {
			b.publishDecl(d)
		}
	}
	if b.errorsAt != "" && b.api.ErrorData != nil {
		b.public(model.APIErrorPath+".Data", errorsPrefix+b.errorsAt, b.api.ErrorData.Data.Pos)
	}
}

func (b *builder) public(name, place string, pos diag.Pos) {
	b.api.Names = append(b.api.Names, model.Public{Name: name, Place: place, Pos: pos})
}

// publishTree lists the calls, and the types of the resources.
func (b *builder) publishTree() {
	for _, s := range b.serviceList() {
		if s.Parent != nil {
			place := resourcePlace(s.Path)
			b.public("Client."+s.Call, place, diag.Pos{})
			b.public(strings.TrimPrefix(s.Package.Path+"."+s.Service, "."), place, diag.Pos{})
		}
		for _, op := range s.Methods {
			b.public("Client."+op.Call, types.Route(op), op.Pos)
			if op.Result.All != "" {
				b.public("Client."+strings.TrimSuffix(op.Call, op.Name.Go)+op.Result.All, twinPlace(op), op.Pos)
			}
			if op.Streaming != nil {
				b.public("Client."+op.Streaming.Call, streamPlace(op), op.Pos)
			}
		}
	}
}

func (b *builder) publishDecl(d model.Decl) {
	decl := d.Declaration()
	place := b.types.PlaceOf(d)
	if place == "" {
		return // it stands for something that has one: the type of an error
	}
	prefix := decl.Package.Path + "."
	if decl.Package.Path == "" {
		prefix = ""
	}
	if !b.isErrorData(d) {
		b.public(prefix+decl.Name.Go, place, decl.Pos)
		b.publishRepeats(d, prefix+decl.Name.Go)
	}
	switch d := d.(type) {
	case *model.Object:
		b.publishFields(prefix+d.Name.Go, d, nil)
	case *model.Enum:
		for _, v := range d.Values {
			b.public(prefix+v.Name.Go, types.ValuePlace(place, v), d.Pos)
		}
	case *model.Alias:
		for _, v := range d.Values {
			b.public(prefix+v.Name, types.ValuePlace(place, v.Target), d.Pos)
		}
	case *model.Union:
		for _, v := range d.Variants {
			b.public(prefix+d.Name.Go+"."+v.Name.Go, types.VariantPlace(place, v), v.Pos)
		}
	}
}

// isErrorData reports whether a declaration is the type of a problem in package
// apierror, whose place is that of the errors.
func (b *builder) isErrorData(d model.Decl) bool {
	e := b.api.ErrorData
	return e != nil && d == model.Decl(e.Data) && e.Data.Package.Path == model.APIErrorPath && e.Data.Name.Go == "Data"
}

func (b *builder) publishFields(name string, o *model.Object, page *model.Page) {
	in := b.inputsOf(o)
	place := b.types.PlaceOf(b.declOf(o, page))
	for _, f := range o.Fields {
		b.public(name+"."+f.Name.Go, types.FieldPlace(place, f, in), f.Pos)
	}
	if o.Extra != nil {
		b.public(name+"."+o.Extra.Name.Go, place+".*", o.Pos)
	}
}

// inputsOf says of the fields of a params struct which are parameters of the
// request, and where they go.
func (b *builder) inputsOf(o *model.Object) map[*model.Field]string {
	in := map[*model.Field]string{}
	if op := b.types.Origins[o].Op; op != nil && op.Params == o {
		for _, input := range op.Inputs {
			if input.Field != nil {
				in[input.Field] = [...]string{"Path", "Query", "Header", "Cookie"}[input.In]
			}
		}
	}
	return in
}
