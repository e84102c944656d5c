package types

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// constraints are the keywords of JSON Schema that limit a value, in the order
// in which a reader wants to know them.
var constraints = []string{
	"format", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
	"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "contentEncoding", "contentMediaType",
}

// SaidOf reads what schemas that all apply to one value say of it; nil if no
// reference is asked for. What stands nearer to the use wins.
func (r *Registry) SaidOf(nodes ...*spec.Node) *model.Facts {
	if !r.cfg.Reference {
		return nil
	}
	said := r.facts.Keywords(nodes...)
	f := &model.Facts{Doc: strings.TrimSpace(said.Found["description"].Text()), Null: said.Null}
	if f.Doc == "" && !schema.IsName(said.Found["title"].Text()) {
		f.Doc = strings.TrimSpace(said.Found["title"].Text())
	}
	for _, keyword := range constraints {
		if n := said.Found[keyword]; n != nil && n.Text() != "" && !n.False() {
			f.Constraints = append(f.Constraints, model.Constant{Name: keyword, Value: n.Text()})
		}
	}
	if d := said.Found["default"]; d != nil {
		f.Default = compactJSON(d)
	}
	if e := said.Found["example"]; e != nil {
		f.Examples = append(f.Examples, compactJSON(e))
	}
	for _, e := range said.Found["examples"].Elements() {
		f.Examples = append(f.Examples, compactJSON(e))
	}
	for _, e := range said.Found["examples"].Members() { // of a parameter
		if v := r.facts.Deref(e).Get("value"); v != nil {
			f.Examples = append(f.Examples, compactJSON(v))
		}
	}
	return f
}

func compactJSON(n *spec.Node) string { return string(n.AppendJSON(nil)) }
