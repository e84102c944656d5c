package parity

import (
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Kind is what a symbol is to the users of an SDK.
type Kind string

// The kinds, in the order that reports have them.
const (
	Method   Kind = "methods"
	Params   Kind = "params"
	Type     Kind = "types"
	Field    Kind = "fields"
	Constant Kind = "constants"
	Option   Kind = "options"
	Failure  Kind = "errors"
)

// Kinds returns them all.
func Kinds() []Kind { return []Kind{Method, Params, Type, Field, Constant, Option, Failure} }

// A Symbol is a name that a program can use.
type Symbol struct {
	Kind   Kind
	Name   string // "Chat.Completions.New", "shared.Money", "WidgetNewParams.Name"
	Text   string // what it is: a signature or type, with packages by their place below the module
	Root   string // the name of the root package of its SDK
	Route  string // of a method, where it says so: "GET /things/{id}"
	typ    types.Type
	alias  bool   // the name is a second one of a type
	target string // which type that is
	listed bool   // it is of an api.md, which says packages by name and not by place
}

// text writes a type with the packages of the SDK by their place in it.
func (s *SDK) text(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == s.Module {
			return ""
		}
		return strings.TrimPrefix(p.Path(), s.Module+"/")
	})
}

// Symbols returns what programs can use of an SDK, by kind and name.
func (s *SDK) Symbols() map[string]*Symbol {
	found := map[string]*Symbol{}
	root := ""
	if p := s.packages[""]; p != nil {
		root = p.Name()
	}
	add := func(sym *Symbol) { sym.Root = root; found[string(sym.Kind)+" "+sym.Name] = sym }
	services := map[*types.TypeName]bool{}
	if root := s.packages[""]; root != nil {
		if client, ok := root.Scope().Lookup("Client").(*types.TypeName); ok {
			services[client] = true
			s.calls(client.Type(), "", services, add)
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(s.packages)) {
		if strings.Contains("/"+folder+"/", "/internal/") {
			continue
		}
		scope := s.packages[folder].Scope()
		for _, name := range scope.Names() {
			if token.IsExported(name) {
				s.declared(folder, scope.Lookup(name), services, add)
			}
		}
	}
	return found
}

// Routes of operations stand in the documentation of methods, or not at all.
var route = regexp.MustCompile(`(?m)^\s*(GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS) (/\S*)$`)

// calls adds the methods of a service and of those that its fields lead to.
func (s *SDK) calls(t types.Type, way string, services map[*types.TypeName]bool, add func(*Symbol)) {
	named, ok := deref(t).(*types.Named)
	if !ok {
		return
	}
	obj := named.Obj()
	if way != "" && services[obj] {
		return // a service in itself
	}
	services[obj] = true
	for m := range named.Methods() {
		if !m.Exported() || way == "" && clientOwn[m.Name()] {
			continue
		}
		folder := strings.TrimPrefix(strings.TrimPrefix(obj.Pkg().Path(), s.Module), "/")
		sym := &Symbol{Kind: Method, Name: way + m.Name(), Text: s.signature(m.Signature()), typ: m.Type()}
		if found := route.FindStringSubmatch(s.docs[folder+"."+obj.Name()+"."+m.Name()]); found != nil {
			sym.Route = found[1] + " " + found[2]
		}
		add(sym)
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for f := range fields.Fields() {
		inner, ok := deref(f.Type()).(*types.Named)
		if f.Exported() && ok && inner.Obj().Pkg() != nil && strings.HasPrefix(inner.Obj().Pkg().Path()+"/", s.Module+"/") && isService(inner) {
			s.calls(inner, way+f.Name()+".", services, add)
		}
	}
}

// clientOwn are the methods of a client that call no operation in particular.
var clientOwn = map[string]bool{"Do": true, "Execute": true, "Get": true, "Post": true, "Put": true, "Patch": true, "Delete": true}

// isService reports whether the methods of a type are calls: it is called so, or one
// of them takes a context.
func isService(t *types.Named) bool {
	if strings.HasSuffix(t.Obj().Name(), "Service") {
		return true
	}
	for m := range t.Methods() {
		if params := m.Signature().Params(); m.Exported() && params.Len() > 0 && params.At(0).Type().String() == "context.Context" {
			return true
		}
	}
	return false
}

func deref(t types.Type) types.Type {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		return types.Unalias(p.Elem())
	}
	return t
}

// signature writes what a function takes and returns, without names.
func (s *SDK) signature(sig *types.Signature) string {
	var b strings.Builder
	b.WriteString("(")
	for i := range sig.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		t := sig.Params().At(i).Type()
		if list, ok := t.(*types.Slice); ok && sig.Variadic() && i == sig.Params().Len()-1 {
			b.WriteString("..." + s.text(list.Elem()))
			continue
		}
		b.WriteString(s.text(t))
	}
	b.WriteString(")")
	var results []string
	for i := range sig.Results().Len() {
		results = append(results, s.text(sig.Results().At(i).Type()))
	}
	switch len(results) {
	case 0:
	case 1:
		b.WriteString(" " + results[0])
	default:
		b.WriteString(" (" + strings.Join(results, ", ") + ")")
	}
	return b.String()
}

// declared adds a declaration of a package, and the fields of a struct.
func (s *SDK) declared(folder string, obj types.Object, services map[*types.TypeName]bool, add func(*Symbol)) {
	name := obj.Name()
	if folder != "" {
		name = folder + "." + name
	}
	switch obj := obj.(type) {
	case *types.Const:
		add(&Symbol{Kind: Constant, Name: name, Text: s.text(obj.Type()) + " = " + obj.Val().ExactString(), typ: obj.Type()})
	case *types.Var:
		if strings.HasPrefix(obj.Name(), "Err") {
			add(&Symbol{Kind: Failure, Name: name, Text: s.text(obj.Type()), typ: obj.Type()})
		}
	case *types.Func:
		if folder == "option" {
			add(&Symbol{Kind: Option, Name: name, Text: s.signature(obj.Signature()), typ: obj.Type()})
		}
	case *types.TypeName:
		if services[obj] || obj.Name() == "Client" || strings.HasSuffix(obj.Name(), "Service") {
			return // counted by their methods
		}
		kind := Type
		switch {
		case strings.HasSuffix(obj.Name(), "Error"):
			kind = Failure
		case strings.HasSuffix(obj.Name(), "Params"):
			kind = Params
		}
		sym := &Symbol{Kind: kind, Name: name, Text: kindOf(obj.Type()), typ: obj.Type(), alias: obj.IsAlias()}
		if obj.IsAlias() {
			sym.target = s.text(types.Unalias(obj.Type()))
		}
		add(sym)
		if fields, ok := obj.Type().Underlying().(*types.Struct); ok && kind != Failure {
			for f := range fields.Fields() {
				if f.Exported() && !strings.HasPrefix(f.Name(), "JSON") && f.Name() != "Extra" {
					add(&Symbol{Kind: Field, Name: name + "." + f.Name(), Text: s.text(f.Type()), typ: f.Type()})
				}
			}
		}
	}
}

// kindOf says of a type what its users can do with it.
func kindOf(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	case *types.Basic:
		return u.Name()
	case *types.Slice:
		return "list"
	case *types.Map:
		return "map"
	case *types.Signature:
		return "func"
	}
	return "type"
}
