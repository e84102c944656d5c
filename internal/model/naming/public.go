package naming

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// publish lists every public name that the description decides.
func (n *namer) publish() {
	n.publishTree()
	for _, o := range n.options() {
		n.public("option."+o.Go, o.place, diag.Pos{})
	}
	for _, op := range n.api.Operations {
		if op.Params != nil {
			n.publishDecl(op.Params)
		}
		if page := op.Result.Page; page != nil {
			n.public(model.PaginationPath+"."+page.Name.Go, types.PagePlace(op), op.Pos)
		}
	}
	for _, p := range n.api.Pages {
		n.publishFields(model.PaginationPath+"."+p.Name.Go, &p.Object, p)
	}
	for _, p := range n.api.Packages {
		for _, d := range p.Types {
			n.publishDecl(d)
		}
	}
	if e := n.api.ErrorData; e != nil && e.Place != "" {
		n.public(model.APIErrorPath+".Data", types.ErrorsPlace(e.Place), e.Data.Pos)
	}
}

func (n *namer) public(name, place string, pos diag.Pos) {
	n.api.Names = append(n.api.Names, model.Public{Name: name, Place: place, Pos: pos})
}

// publishTree lists the calls, and the types of the resources.
func (n *namer) publishTree() {
	for _, s := range n.api.Resources() {
		if s.Parent != nil {
			place := types.ResourcePlace(s.Path)
			n.public("Client."+s.Call, place, diag.Pos{})
			n.public(strings.TrimPrefix(s.Package.Path+"."+s.Service, "."), place, diag.Pos{})
		}
		for _, op := range s.Methods {
			n.public("Client."+op.Call, types.Route(op), op.Pos)
			if op.Result.All != "" {
				n.public("Client."+strings.TrimSuffix(op.Call, op.Name.Go)+op.Result.All, types.AllPlace(op), op.Pos)
			}
			if op.Streaming != nil {
				n.public("Client."+op.Streaming.Call, types.StreamPlace(op), op.Pos)
			}
		}
	}
}

func (n *namer) publishDecl(d model.Decl) {
	decl := d.Declaration()
	place := n.types.PlaceOf(d)
	if place == "" {
		return // it stands for something that has one: the type of an error
	}
	prefix := decl.Package.Path + "."
	if decl.Package.Path == "" {
		prefix = ""
	}
	if !n.isErrorData(d) {
		n.public(prefix+decl.Name.Go, place, decl.Pos)
		n.publishRepeats(d, prefix+decl.Name.Go)
	}
	switch d := d.(type) {
	case *model.Object:
		n.publishFields(prefix+d.Name.Go, d, nil)
	case *model.Enum:
		for _, v := range d.Values {
			n.public(prefix+v.Name.Go, types.ValuePlace(place, v), d.Pos)
		}
	case *model.Alias:
		for _, v := range d.Values {
			n.public(prefix+v.Name, types.ValuePlace(place, v.Target), d.Pos)
		}
		// What is a reference now had its own fields there, and has them still.
		if o, ok := d.Target.(*model.Object); ok && d.Moved && place != n.types.PlaceOf(o) {
			for _, f := range o.Fields {
				n.public(prefix+d.Name.Go+"."+f.Name.Go, types.FieldPlace(place, f, nil), d.Pos)
			}
			if o.Extra != nil {
				n.public(prefix+d.Name.Go+"."+o.Extra.Name.Go, place+".*", d.Pos)
			}
		}
	case *model.Union:
		for _, v := range d.Variants {
			n.public(prefix+d.Name.Go+"."+v.Name.Go, types.VariantPlace(place, v), v.Pos)
		}
	}
}

// isErrorData reports whether a declaration is the type of a problem in package
// apierror, whose place is that of the errors.
func (n *namer) isErrorData(d model.Decl) bool {
	e := n.api.ErrorData
	return e != nil && d == model.Decl(e.Data) && e.Data.Package.Path == model.APIErrorPath && e.Data.Name.Go == "Data"
}

func (n *namer) publishFields(name string, o *model.Object, page *model.Page) {
	in := n.inputsOf(o)
	place := n.types.PlaceOf(n.declOf(o, page))
	for _, f := range o.Fields {
		n.public(name+"."+f.Name.Go, types.FieldPlace(place, f, in), f.Pos)
	}
	if o.Extra != nil {
		n.public(name+"."+o.Extra.Name.Go, place+".*", o.Pos)
	}
}

// inputsOf says of the fields of a params struct which are parameters of the
// request, and where they go.
func (n *namer) inputsOf(o *model.Object) map[*model.Field]string {
	in := map[*model.Field]string{}
	if op := n.types.Origins[o].Op; op != nil && op.Params == o {
		for _, input := range op.Inputs {
			if input.Field != nil {
				in[input.Field] = [...]string{"Path", "Query", "Header", "Cookie"}[input.In]
			}
		}
	}
	return in
}

// declOf is the declaration that a struct is.
func (n *namer) declOf(o *model.Object, page *model.Page) model.Decl {
	if page != nil {
		return page
	}
	return o
}
