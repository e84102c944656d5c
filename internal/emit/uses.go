package emit

import (
	"github.com/openapi-lathe/lathe/internal/model"
)

// uses says of every declaration what it is first used for, to be read after
// its name: "is an element of [StoreCreateParams].Body."
func uses(api *model.API) map[*model.Declared]string {
	u := map[*model.Declared]string{}
	const problem = "is one problem that the API reports."
	if d := api.ErrorData; d != nil {
		u[&d.Data.Declared] = problem
	}
	for _, p := range api.Pages {
		for _, f := range p.Facts {
			if n := len(f.Path) - 2; n >= 0 {
				note(u, f.Path[n].Type, p.Package, "", "says where in its list a page is.")
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
				note(u, op.Result.Type, r.Package, "", "is a value of the stream of "+method+".")
			case op.Result.Kind == model.PageResult:
				note(u, op.Result.Type, r.Package, "", "is an item of the result of "+method+".")
			default:
				note(u, op.Result.Type, r.Package, "", "is the result of "+method+".")
			}
			if op.Streaming != nil {
				method := "[" + serviceName(api, r) + "." + op.Streaming.Name.Go + "]"
				note(u, op.Streaming.Result.Type, r.Package, "", "is a value of the stream of "+method+".")
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
					fact = "is what errors have as their body."
				}
				note(u, f.Type, named(f.Type).Package, "", fact)
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
					u[&d.Declared] = problem
				}
			case *model.Defined:
				note(u, d.Under, d.Package, "", "is part of ["+d.Name.Go+"].")
			case *model.Union:
				for _, v := range d.Variants {
					note(u, v.Type, d.Package, "", "is a variant of ["+d.Name.Go+"].")
				}
			}
		}
	}
	return u
}

func useFields(u map[*model.Declared]string, o *model.Object) {
	fields := o.Fields
	if o.Extra != nil {
		fields = append(fields[:len(fields):len(fields)], &model.Field{Name: model.Name{Go: extraName(o.Extra)}, Type: &model.Map{Elem: o.Extra.Type}})
	}
	for _, f := range fields {
		note(u, f.Type, o.Package, "["+o.Name.Go+"]."+f.Name.Go, "")
	}
}

// note remembers a use of the declaration that t is or is made of: as a field,
// or as what the fact says. A doc link only leads somewhere within a package, so
// elsewhere nothing is noted.
func note(u map[*model.Declared]string, t model.Type, from *model.Package, field, fact string) {
	what := "is the type of "
	for {
		switch inner := t.(type) {
		case *model.List:
			t, what = inner.Elem, "is an element of "
		case *model.Map:
			t, what = inner.Elem, "is a value of "
		case *model.Opt:
			t = inner.Elem
		case *model.Null:
			t = inner.Elem
		case *model.Ptr:
			t = inner.Elem
		case *model.Lines:
			t, what = inner.Elem, "is a value of "
		case model.Decl:
			d := inner.Declaration()
			if u[d] != "" || d.Package != from {
				return
			}
			if fact == "" {
				fact = what + field + "."
			}
			u[d] = fact
			return
		default:
			return
		}
	}
}
