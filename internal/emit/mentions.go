package emit

import "github.com/openapi-lathe/lathe/internal/model"

// fileIgnore tells a tool that what an API deprecates is still part of it, and
// of the SDK.
const fileIgnore = "//lint:file-ignore SA1019 The SDK covers deprecated parts of the API too."

// mention notes whether one of the types that the file names is deprecated and
// of another package. Tools report each use of such a type.
func (f *file) mention(from *model.Package, types ...model.Type) {
	for _, t := range types {
		if d := named(t); d != nil && d.Deprecated != "" && d.Package != from {
			f.deprecated = true
		}
	}
}

// named returns the declaration that a type is or is made of; nil if there is
// none.
func named(t model.Type) *model.Declared {
	for ; t != nil; t = model.Elem(t) {
		if d, ok := t.(model.Decl); ok {
			return d.Declaration()
		}
	}
	return nil
}

// typesOf returns the types that a declaration names.
func typesOf(d model.Decl) []model.Type {
	var list []model.Type
	switch d := d.(type) {
	case *model.Object:
		for _, f := range d.Fields {
			list = append(list, f.Type)
		}
		if d.Extra != nil {
			list = append(list, d.Extra.Type)
		}
	case *model.Union:
		for _, v := range d.Variants {
			list = append(list, v.Type)
		}
	case *model.Defined:
		list = append(list, d.Under)
	case *model.OrNull:
		list = append(list, d.Elem)
	case *model.Alias:
		list = append(list, d.Target)
	}
	return list
}

// surface returns the types that a method and its params name.
func surface(op *model.Operation) []model.Type {
	var list []model.Type
	for _, arg := range op.Args {
		list = append(list, arg.Type)
	}
	if op.Params != nil {
		list = append(list, typesOf(op.Params)...)
	}
	if op.Result.Type != nil {
		list = append(list, op.Result.Type)
	}
	if op.Streaming != nil {
		list = append(list, op.Streaming.Result.Type)
	}
	return list
}
