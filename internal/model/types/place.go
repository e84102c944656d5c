package types

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// The places that public names are from, as package lockfile describes them.

// Route is the place of the call of an operation, of several the one by its name.
func Route(op *model.Operation) string {
	if op.As != "" {
		return op.Method + " " + op.Path + " as " + op.As
	}
	return op.Method + " " + op.Path
}

// AllPlace is the place of the method that yields the items of all pages.
func AllPlace(op *model.Operation) string { return Route(op) + " all" }

// StreamPlace is the place of the method that streams.
func StreamPlace(op *model.Operation) string { return Route(op) + " stream" }

// ResourcePlace is the place of a resource, which is below others by path.
func ResourcePlace(path []string) string { return "resource " + strings.Join(path, ".") }

// ErrorsPlace is the place of what errors list, whose schema stands at a place.
func ErrorsPlace(schema string) string { return "errors " + schema }

// ValuePlace is the place of a value of an enum.
func ValuePlace(enum string, v *model.EnumValue) string { return enum + "=" + v.Value }

// VariantPlace is the place of a variant of a union.
func VariantPlace(union string, v *model.Variant) string {
	return union + "|" + v.Name.Spec
}

// FieldPlace is the place of a field of a struct, of which in has those that
// are parameters of the request.
func FieldPlace(owner string, f *model.Field, in map[*model.Field]string) string {
	if where := in[f]; where != "" {
		return owner + "." + strings.ToLower(where) + " " + f.Name.Spec
	}
	return owner + "." + f.Name.Spec
}

// PlaceOf returns the place of a declaration: where its schema stands, else
// what it is declared for. It is "" for what has none yet.
func (r *Registry) PlaceOf(d model.Decl) string {
	if at := r.Places[d]; at != "" {
		return at
	}
	o := r.Origins[d]
	switch {
	case o.Page != nil:
		name := o.Page.Name.Go
		if name == "" {
			name = o.Had
		}
		if name == "" {
			return ""
		}
		return "page " + name
	case o.Parent != nil:
		parent, part := r.PlaceOf(o.Parent), o.Raw
		if parent == "" {
			return ""
		}
		if part == "" {
			part = o.Text
		}
		return parent + "." + part + o.suffix
	case o.Op != nil:
		return Route(o.Op) + " " + o.Text + o.suffix
	}
	return o.Text + o.suffix
}

// IsParams reports whether a declaration is the params struct of an operation.
func (r *Registry) IsParams(d model.Decl) bool {
	op := r.Origins[d].Op
	return op != nil && d == model.Decl(op.Params)
}

// PagePlace is the place of the page that an operation returns.
func PagePlace(op *model.Operation) string { return Route(op) + " page" }
