package model

import (
	"iter"
	"slices"
	"strings"
)

// Walk calls visit for a declaration and every one that it reaches, outer ones
// first and in the order of the description. What seen has is left out, and what
// was visited is added to it.
func Walk(t Type, seen map[Decl]bool, visit func(Decl)) {
	if inner := Elem(t); inner != nil {
		Walk(inner, seen, visit)
		return
	}
	d, ok := t.(Decl)
	if !ok || seen[d] {
		return
	}
	seen[d] = true
	visit(d)
	switch d := d.(type) {
	case *Object:
		walkFields(d, seen, visit)
	case *Page:
		walkFields(&d.Object, seen, visit)
	case *Union:
		for _, v := range d.Variants {
			Walk(v.Type, seen, visit)
		}
	case *Defined:
		Walk(d.Under, seen, visit)
	case *Alias:
		Walk(d.Target, seen, visit)
	}
}

func walkFields(o *Object, seen map[Decl]bool, visit func(Decl)) {
	for _, f := range o.Fields {
		Walk(f.Type, seen, visit)
	}
	if o.Extra != nil {
		Walk(o.Extra.Type, seen, visit)
	}
}

// Roots yields the types that the surface of the SDK names, each with the
// operation that it belongs to, nil for what is every operation's.
func (api *API) Roots() iter.Seq2[Type, *Operation] {
	return func(yield func(Type, *Operation) bool) {
		for _, op := range api.Operations {
			for _, t := range op.types() {
				if !yield(t, op) {
					return
				}
			}
		}
		if api.Webhooks != nil && !yield(api.Webhooks.Union, nil) {
			return
		}
		for _, t := range api.Spare {
			if !yield(t, nil) {
				return
			}
		}
		for _, page := range api.Pages {
			if !yield(page, nil) {
				return
			}
		}
		if api.ErrorData != nil {
			yield(api.ErrorData.Data, nil)
		}
	}
}

// types returns the types that the signature and the errors of a method name.
func (op *Operation) types() []Type {
	var list []Type
	for _, arg := range op.Args {
		list = append(list, arg.Type)
	}
	if op.Params != nil {
		list = append(list, op.Params)
	}
	if op.Result.Type != nil {
		list = append(list, op.Result.Type)
	}
	if op.Streaming != nil && op.Streaming.Result.Type != nil {
		list = append(list, op.Streaming.Result.Type)
	}
	for _, e := range op.Errors {
		list = append(list, e.Type)
	}
	return list
}

// Objects returns every struct that the SDK has.
func (api *API) Objects() []*Object {
	var list []*Object
	seen := map[Decl]bool{}
	for t := range api.Roots() {
		Walk(t, seen, func(d Decl) {
			switch d := d.(type) {
			case *Object:
				list = append(list, d)
			case *Page:
				list = append(list, &d.Object)
			}
		})
	}
	return list
}

// Resources returns every resource, parents before their children.
func (api *API) Resources() []*Resource {
	var list []*Resource
	var visit func(r *Resource)
	visit = func(r *Resource) {
		list = append(list, r)
		for _, c := range r.Children {
			visit(c)
		}
	}
	visit(api.Root)
	return list
}

// PackageAt returns the package of a path; nil if the SDK has none.
func (api *API) PackageAt(path string) *Package {
	i := slices.IndexFunc(api.Packages, func(p *Package) bool { return p.Path == path })
	if i < 0 {
		return nil
	}
	return api.Packages[i]
}

// AddPackage returns the package of a path, which the SDK has from then on. The
// root package, which may have no types, is not added.
func (api *API) AddPackage(path string) *Package {
	if path == "" {
		return api.Root.Package
	}
	if p := api.PackageAt(path); p != nil {
		return p
	}
	p := &Package{Name: path[strings.LastIndexByte(path, '/')+1:], Path: path}
	api.Packages = append(api.Packages, p)
	return p
}
