package emit

import (
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// A usage is what a declaration is first used for: a field, or what the fact says.
type usage struct {
	fact  string // to be read after its name: "is an element of [StoreCreateParams].Body."
	field string // "[StoreCreateParams].Body"
	doc   string // what the description says of the field
}

// uses finds the first use of every declaration.
func uses(api *model.API) map[*model.Declared]usage {
	u := map[*model.Declared]usage{}
	const problem = "is one item of an error response."
	if d := api.ErrorData; d != nil {
		u[&d.Data.Declared] = usage{fact: problem}
	}
	if w := api.Webhooks; w != nil {
		u[&w.Union.Declared] = usage{fact: "is an event that the API sends."}
		for _, v := range w.Union.Variants {
			note(u, v.Type, w.Package, usage{fact: "is the payload of an event."})
		}
	}
	for _, p := range api.Pages {
		for _, f := range p.Facts {
			if n := len(f.Path) - 2; n >= 0 {
				note(u, f.Path[n].Type, p.Package, usage{fact: "is the position of a page in its list."})
			}
		}
	}
	walk(api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			method := "[" + serviceName(api, r) + "." + op.Name.Go + "]"
			if op.Params != nil {
				useFields(u, op.Params)
			}
			switch {
			case op.Result.Type == nil:
			case op.Result.Kind == model.ItemsResult:
				note(u, op.Result.Type, r.Package, usage{fact: "is a value of the stream of " + method + "."})
			case op.Result.Kind == model.PageResult:
				note(u, op.Result.Type, r.Package, usage{fact: "is an item of the result of " + method + "."})
			default:
				note(u, op.Result.Type, r.Package, usage{fact: "is the result of " + method + "."})
			}
			if op.Streaming != nil {
				method := "[" + serviceName(api, r) + "." + op.Streaming.Name.Go + "]"
				note(u, op.Streaming.Result.Type, r.Package, usage{fact: "is a value of the stream of " + method + "."})
			}
		}
	})
	for _, p := range api.Pages {
		useFields(u, &p.Object)
	}
	walk(api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			for _, f := range op.Errors {
				fact := "is the body of an error of [" + serviceName(api, r) + "." + op.Name.Go + "]."
				if isUsualError(api, f.Type) || named(f.Type).Package != r.Package {
					fact = "is the body of error responses."
				}
				note(u, f.Type, named(f.Type).Package, usage{fact: fact})
			}
		}
	})
	for _, p := range api.Packages {
		for _, d := range p.Types {
			switch d := d.(type) {
			case *model.Object:
				useFields(u, d)
			case *model.Alias:
				if isErrorData(api, d) {
					u[&d.Declared] = usage{fact: problem}
				}
			case *model.Defined:
				note(u, d.Under, d.Package, usage{fact: "is part of [" + d.Name.Go + "]."})
			case *model.Union:
				for _, v := range d.Variants {
					fact := "is a variant of [" + d.Name.Go + "]."
					if v == d.Default && d.Tag != "" {
						fact = "is the variant of [" + d.Name.Go + "] where " + prose.Line(d.Tag) + " names no other."
					}
					note(u, v.Type, d.Package, usage{fact: fact})
				}
			}
		}
	}
	return u
}

func useFields(u map[*model.Declared]usage, o *model.Object) {
	fields := o.Fields
	if o.Extra != nil {
		fields = append(fields[:len(fields):len(fields)], &model.Field{Name: model.Name{Go: extraName(o.Extra)}, Type: &model.Map{Elem: o.Extra.Type}})
	}
	for _, f := range fields {
		note(u, f.Type, o.Package, usage{field: "[" + o.Name.Go + "]." + f.Name.Go, doc: f.Doc})
	}
}

// note remembers a use of the declaration that t is or is made of. A doc link
// only leads somewhere within a package, so elsewhere nothing is noted.
func note(u map[*model.Declared]usage, t model.Type, from *model.Package, how usage) {
	if holder, ok := t.(*model.OrNull); ok {
		t = holder.Elem
	}
	d := named(t)
	if d == nil || d.Package != from {
		return
	}
	if _, used := u[d]; used {
		return
	}
	if how.field != "" {
		others := ""
		if d.Repeated {
			others = ", among others"
		}
		how.fact = role(t) + " of " + how.field + others + "."
	}
	u[d] = how
}

// role is what the declaration in the type of a field is to it.
func role(t model.Type) string {
	is := "is the type"
	for ; t != nil; t = model.Elem(t) {
		switch t.(type) {
		case *model.List:
			is = "is an element"
		case *model.Map, *model.Lines:
			is = "is a value"
		}
	}
	return is
}
