package goapi

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// apidiff lets a type of the old package stand for one of the new, if that is
// the first thing that it meets in its place: where param.Opt[string] becomes
// string in the first field, it takes the one for the other from then on. That
// is for types that were renamed, which a type with arguments cannot be.
//
// So the first thing that it meets is a struct of our own, in both packages,
// that has all types with arguments in the same fields.

// seedMark begins the names of such structs. It comes before every letter.
const seedMark = public + "!"

// seed adds the struct to both packages.
func seed(old, new *types.Package) {
	var was, is []*types.Var
	for _, t := range instances(old) {
		other, ok := translate(t, old, new)
		if !ok {
			continue
		}
		name := fmt.Sprintf("F%d", len(was))
		was = append(was, types.NewField(token.NoPos, old, name, t, false))
		is = append(is, types.NewField(token.NoPos, new, name, other, false))
	}
	name := seedMark
	for old.Scope().Lookup(name) != nil || new.Scope().Lookup(name) != nil {
		name += "!" // they were compared before
	}
	declare(old, name, was)
	declare(new, name, is)
}

func declare(p *types.Package, name string, fields []*types.Var) {
	o := types.NewTypeName(token.NoPos, p, name, nil)
	types.NewNamed(o, types.NewStruct(fields, nil), nil)
	p.Scope().Insert(o)
}

// instances returns the types with arguments that the API of a package has.
func instances(p *types.Package) []types.Type {
	w := &walker{p: p}
	for _, name := range p.Scope().Names() {
		if o := p.Scope().Lookup(name); o.Exported() && !strings.HasPrefix(name, seedMark) {
			w.walk(o.Type())
		}
	}
	return w.found
}

type walker struct {
	p     *types.Package
	seen  typeutil.Map
	found []types.Type
}

func (w *walker) walk(t types.Type) {
	t = types.Unalias(t)
	if w.seen.At(t) != nil {
		return
	}
	w.seen.Set(t, true)
	switch t := t.(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			w.walk(arg)
		}
		if t.TypeArgs().Len() > 0 {
			w.found = append(w.found, t)
			return
		}
		if t.Obj().Pkg() != w.p {
			return
		}
		w.walk(t.Underlying())
		for m := range t.Methods() {
			if m.Exported() {
				w.walk(m.Type())
			}
		}
	case interface{ Elem() types.Type }:
		if m, ok := t.(*types.Map); ok {
			w.walk(m.Key())
		}
		w.walk(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() {
				w.walk(f.Type())
			}
		}
	case *types.Signature:
		w.walk(t.Params())
		w.walk(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			w.walk(v.Type())
		}
	case *types.Interface:
		for m := range t.Methods() {
			w.walk(m.Type())
		}
	}
}

// translate returns the type of new that is called as t is in old. There is
// none for what new does not have, and for parameters of types.
func translate(t types.Type, old, new *types.Package) (types.Type, bool) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t, true
	case *types.Pointer:
		elem, ok := translate(t.Elem(), old, new)
		return types.NewPointer(elem), ok
	case *types.Slice:
		elem, ok := translate(t.Elem(), old, new)
		return types.NewSlice(elem), ok
	case *types.Map:
		key, ok := translate(t.Key(), old, new)
		elem, both := translate(t.Elem(), old, new)
		return types.NewMap(key, elem), ok && both
	case *types.Named:
		in := new
		switch p := t.Obj().Pkg(); {
		case p == nil:
			return t, true // error, any
		case p != old:
			i := slices.IndexFunc(new.Imports(), func(q *types.Package) bool { return q.Path() == p.Path() })
			if i < 0 {
				return types.Typ[types.Invalid], false
			}
			in = new.Imports()[i]
		}
		o, ok := in.Scope().Lookup(t.Obj().Name()).(*types.TypeName)
		if !ok {
			return types.Typ[types.Invalid], false
		}
		origin := types.Unalias(o.Type())
		if t.TypeArgs().Len() == 0 {
			return origin, true
		}
		generic, ok := origin.(*types.Named)
		if !ok || generic.TypeParams().Len() != t.TypeArgs().Len() {
			return types.Typ[types.Invalid], false
		}
		var args []types.Type
		for arg := range t.TypeArgs().Types() {
			other, ok := translate(arg, old, new)
			if !ok {
				return types.Typ[types.Invalid], false
			}
			args = append(args, other)
		}
		applied, err := types.Instantiate(nil, generic, args, false)
		return applied, err == nil
	}
	return types.Typ[types.Invalid], false
}
