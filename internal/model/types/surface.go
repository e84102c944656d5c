package types

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Config is what the config says of a schema: by the name of the component that it
// is, or by the JSON pointer to it. It is nil if that says nothing.
func (r *Registry) Config(key string) *config.Schema {
	for i := range r.cfg.Schemas {
		if r.cfg.Schemas[i].Component == key {
			return &r.cfg.Schemas[i]
		}
	}
	return nil
}

// pointed is the name that the config gives a schema by the JSON pointer to it.
func (r *Registry) pointed(n *spec.Node) string {
	for i := range r.cfg.Schemas {
		if s := &r.cfg.Schemas[i]; strings.HasPrefix(s.Component, "#/") && s.Component == "#"+r.doc.Pointer(n) {
			return s.Name
		}
	}
	return ""
}

// Cased is an exported name with the words of the config written as it has them.
func (r *Registry) Cased(name string) string {
	if r.forms == nil {
		r.forms = map[string]string{}
		for _, c := range r.cfg.Casings {
			r.forms[c.Word] = c.Form
		}
	}
	return ident.Recase(name, r.forms)
}

// ServiceBase is what the types of a resource are called after: the whole way to
// it, or what its package does not say.
func (r *Registry) ServiceBase(way []string) string {
	if !r.cfg.InRoot() && len(way) > 1 {
		way = way[1:]
	}
	name := ""
	for _, word := range way {
		name += ident.Exported(ident.Singular(word))
	}
	return r.Cased(name)
}

// calledAfterMethod reports whether a component that is a part of what a method
// takes or returns is called after that method too: the config asks for it, or
// gives it no name of its own in the surface of Stainless.
func (r *Registry) calledAfterMethod(d model.Decl, o Origin) bool {
	from := r.Origins[d]
	switch {
	case !from.Component:
		return false
	case r.cfg.OperationTypes:
		return true
	case !r.cfg.LikeStainless() || r.Config(from.Text) != nil || o.Op == nil:
		return false
	}
	name := r.ServiceBase(o.Op.Resource.Path) + o.Op.Name.Go + ident.Exported(o.Text)
	return r.Cased(ident.Exported(from.Text)) != r.Cased(name) // which it has already
}

// looseResult is the alias of a result of which nothing is known, so that it has a
// name as every other one.
func (r *Registry) looseResult(t model.Type, o Origin) model.Type {
	if !r.cfg.LikeStainless() || t != model.Any && t != model.AnyObject || o.Text != "response" || o.Op == nil {
		return t
	}
	alias := &model.Alias{Target: t}
	alias.Pos = o.Op.Pos
	r.Origins[alias] = o
	return alias
}

// UnionName is what a union is called: by Stainless with Union at its end.
func (r *Registry) UnionName(d model.Decl, name string) string {
	if a, ok := d.(*model.Alias); ok {
		if target, ok := a.Target.(model.Decl); ok {
			d = target
		}
	}
	if _, ok := d.(*model.Union); ok && r.cfg.LikeStainless() && !strings.HasSuffix(name, "Union") {
		return name + "Union"
	}
	return name
}
