package goapi

import (
	"fmt"
	"go/types"
	"regexp"
	"strings"
)

// Use returns a declaration that uses what a name, as in package lockfile, is the
// name of, in the way that a program would: reading a field, calling a method.
// The root package has the name that is given. It is "" for a name that the API
// does not have, or whose type has none that a program can write.
func (s *SDK) Use(name, root string) string {
	o := s.lookup(public + name)
	if o == nil {
		return ""
	}
	text := s.use(o, public+name)
	if text == "" || strings.Contains(text, private) {
		return ""
	}
	text = rootName.ReplaceAllString(text, root+".$1")
	return unmangle(qualified.ReplaceAllString(text, ""))
}

var (
	rootName  = regexp.MustCompile(public + `(\p{Lu}[\pL\pN_]*)`)
	qualified = regexp.MustCompile(public + `(?:[^\s.]*/)?`)
)

func (s *SDK) use(o types.Object, name string) string {
	write := func(t types.Type) string {
		return types.TypeString(t, func(p *types.Package) string {
			if p == s.one {
				return ""
			}
			return p.Name()
		})
	}
	owner := name[:max(strings.LastIndexByte(name, '.'), 0)]
	switch o := o.(type) {
	case *types.Const:
		if b, ok := o.Type().(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
			return fmt.Sprintf("var value = %s\n", name)
		}
		return fmt.Sprintf("var value %s = %s\n", write(o.Type()), name)
	case *types.TypeName:
		if n, ok := types.Unalias(o.Type()).(*types.Named); ok && n.TypeParams().Len() > 0 {
			return ""
		}
		return fmt.Sprintf("var value %s\n", name)
	case *types.Var:
		if !o.IsField() {
			return fmt.Sprintf("var value %s = %s\n", write(o.Type()), name)
		}
		return fmt.Sprintf("func field%s(v %s) %s {\n\treturn v.%s\n}\n", s.typeParams(owner), s.applied(owner), write(o.Type()), o.Name())
	case *types.Func:
		sig := o.Signature()
		if sig.TypeParams().Len() > 0 {
			return ""
		}
		if sig.Recv() == nil {
			return fmt.Sprintf("var function %s = %s\n", write(sig), name)
		}
		return fmt.Sprintf("func method%s(v *%s) %s {\n\treturn v.%s\n}\n", s.typeParams(owner), s.applied(owner), write(withoutReceiver(sig)), o.Name())
	}
	return ""
}

func withoutReceiver(sig *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}

// typeParams returns the list of the parameters of a type: "[T any]", "" if it
// has none.
func (s *SDK) typeParams(owner string) string {
	list := s.params(owner)
	if list == nil {
		return ""
	}
	return "[" + strings.Join(list, ", ") + " any]"
}

// applied returns a type with its parameters: "Page[T]".
func (s *SDK) applied(owner string) string {
	list := s.params(owner)
	if list == nil {
		return owner
	}
	return owner + "[" + strings.Join(list, ", ") + "]"
}

func (s *SDK) params(owner string) []string {
	o := s.one.Scope().Lookup(owner)
	if o == nil {
		return nil
	}
	n, ok := types.Unalias(o.Type()).(*types.Named)
	if !ok {
		return nil
	}
	var list []string
	for p := range n.TypeParams().TypeParams() {
		list = append(list, p.Obj().Name())
	}
	return list
}
