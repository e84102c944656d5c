package types

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An Origin is what the name of a declaration is made from: the component that
// it is, or the declaration or operation it is part of and what it is there.
type Origin struct {
	Parent    model.Decl // is named first
	Op        *model.Operation
	Page      *model.Page // of op, the first that has it
	Had       string      // the name that the page has had; empty if it has had none
	Text      string
	Component bool
	Failure   bool   // it is what an error has as its body, and met as nothing else first
	Param     bool   // the component is a parameter
	Element   bool   // it is an element of the component
	Problem   bool   // it is what an error lists
	Fixed     string // the name that the config gives
	Raw       string // what it is a part as, if that is not the text
	suffix    string // of its place: "[]" for an element
}

// item is the origin of an element of a list or map.
func (o Origin) item() Origin {
	if o.Raw == "" {
		o.Raw = o.Text
	}
	o.suffix += "[]"
	if o.Parent != nil || o.Component {
		o.Text = ident.Singular(o.Text)
		o.Element = true
	}
	return o
}

// Component is the origin of a schema that a reference leads to.
func (r *Registry) Component(n *spec.Node) Origin {
	var parts []string
	tokens := strings.Split(r.doc.Pointer(n), "/")
	for i, token := range tokens {
		switch token {
		case "", "properties", "items", "schema", "content", "allOf", "oneOf", "anyOf", "$defs", "definitions":
			continue
		case "components", "schemas", "parameters":
			if i <= 2 {
				continue
			}
		}
		parts = append(parts, strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
	}
	text := strings.Join(parts, " ")
	if text == "" {
		file := r.doc.File(n)
		file = file[strings.LastIndexAny(file, `/\`)+1:]
		text, _, _ = strings.Cut(file, ".")
	}
	o := Origin{Text: text, Component: true}
	if s := r.Config(text); s != nil {
		o.Fixed = s.Name
	}
	if own := schema.OwnName(n, schema.Type); own != "" && o.Fixed == "" {
		o.Text = own
	}
	return o
}

// Fixed is the name that a declaration must have, once it is in its package: what
// the config says, or Data for what errors list; empty if it may have any.
func (r *Registry) Fixed(d model.Decl) string {
	o := r.Origins[d]
	if p := d.Declaration().Package; o.Fixed == "" && o.Problem && p != nil && p.Path == model.APIErrorPath {
		return "Data"
	}
	return o.Fixed
}

// Declare registers a declaration before it is filled in, so that a cycle of
// schemas finds itself.
func (r *Registry) Declare(d model.Decl, n *spec.Node, o Origin) {
	decl := d.Declaration()
	decl.Pos = n.Pos()
	v := r.facts.View(n)
	decl.Doc = schema.About(v, o.Text)
	decl.Deprecated = schema.Deprecation(v.Deprecated, v.Reason)
	decl.Component = o.Component
	decl.Facts = r.SaidOf(n)
	if at := r.facts.Place(n); at != "" {
		r.Places[d] = at
	}
	decl.Name.Spec = o.Text
	if name := r.pointed(n); name != "" {
		o.Fixed = name
	}
	r.Origins[d] = o
}
