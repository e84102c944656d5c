package build

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
)

// The places that public names are from, as package lockfile describes them.

const (
	resourcePrefix = "resource "
	errorsPrefix   = "errors "
)

func route(op *model.Operation) string       { return op.Method + " " + op.Path }
func twinPlace(op *model.Operation) string   { return route(op) + " all" }
func pagePlace(op *model.Operation) string   { return route(op) + " page" }
func streamPlace(op *model.Operation) string { return route(op) + " stream" }
func resourcePlace(path []string) string     { return resourcePrefix + strings.Join(path, ".") }

func valuePlace(enum string, v *model.EnumValue) string { return enum + "=" + v.Value }
func variantPlace(union string, v *model.Variant) string {
	return union + "|" + v.Name.Spec
}

// fieldPlace is the place of a field of a struct, of which in has those that
// are parameters of the request.
func fieldPlace(owner string, f *model.Field, in map[*model.Field]string) string {
	if where := in[f]; where != "" {
		return owner + "." + strings.ToLower(where) + " " + f.Name.Spec
	}
	return owner + "." + f.Name.Spec
}

// placeOf returns the place of a declaration: where its schema stands, else
// what it is declared for. It is "" for what has none yet.
func (b *builder) placeOf(d model.Decl) string {
	if at := b.places[d]; at != "" {
		return at
	}
	o := b.origins[d]
	switch {
	case o.page != nil:
		name := o.page.Name.Go
		if name == "" {
			name = o.had
		}
		if name == "" {
			return ""
		}
		return "page " + name
	case o.parent != nil:
		parent, part := b.placeOf(o.parent), o.raw
		if parent == "" {
			return ""
		}
		if part == "" {
			part = o.text
		}
		return parent + "." + part + o.suffix
	case o.op != nil:
		return route(o.op) + " " + o.text + o.suffix
	}
	return o.text + o.suffix
}

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
			b.public(model.PaginationPath+"."+page.Name.Go, pagePlace(op.Operation), op.Pos)
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
			b.public(s.Package.Path+"."+s.Service, place, diag.Pos{})
		}
		for _, op := range s.Methods {
			b.public("Client."+op.Call, route(op), op.Pos)
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
	place := b.placeOf(d)
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
			b.public(prefix+v.Name.Go, valuePlace(place, v), d.Pos)
		}
	case *model.Alias:
		for _, v := range d.Values {
			b.public(prefix+v.Name, valuePlace(place, v.Target), d.Pos)
		}
	case *model.Union:
		for _, v := range d.Variants {
			b.public(prefix+d.Name.Go+"."+v.Name.Go, variantPlace(place, v), v.Pos)
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
	place := b.placeOf(b.declOf(o, page))
	for _, f := range o.Fields {
		b.public(name+"."+f.Name.Go, fieldPlace(place, f, in), f.Pos)
	}
	if o.Extra != nil {
		b.public(name+"."+o.Extra.Name.Go, place+".*", o.Pos)
	}
}

// inputsOf says of the fields of a params struct which are parameters of the
// request, and where they go.
func (b *builder) inputsOf(o *model.Object) map[*model.Field]string {
	in := map[*model.Field]string{}
	if op := b.origins[o].op; op != nil && op.Params == o {
		for _, input := range op.Inputs {
			if input.Field != nil {
				in[input.Field] = [...]string{"Path", "Query", "Header", "Cookie"}[input.In]
			}
		}
	}
	return in
}
