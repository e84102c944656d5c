package mockapi

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// readable reports whether openapi3filter reads a parameter as it should. It
// takes one type, scalars, and lists and objects of scalars; it refuses values
// without a declared type, guesses at unions, and knows deepObject lists in one
// spelling only.
func readable(p *openapi3.Parameter) bool {
	if p.Schema == nil || p.Schema.Value == nil {
		return p.Content.Get("application/json") != nil && len(p.Content) == 1
	}
	s := p.Schema.Value
	switch {
	case !slices.Contains(styles[p.In], styleOf(p)):
		return false
	case isScalar(p.Schema):
		return p.Style != "deepObject"
	case isPlain(s) && s.Type.Is("array"):
		return isScalar(s.Items) && (p.In != "cookie" || !exploded(p)) && p.Style != "deepObject"
	case isPlain(s) && s.Type.Is("object"):
		for _, member := range s.Properties {
			if !isScalar(member) {
				return false
			}
		}
		return s.AdditionalProperties.Schema == nil && s.AdditionalProperties.Has == nil && (p.In != "cookie" || !exploded(p))
	}
	return false
}

// styles are those that there are in each place.
var styles = map[string][]string{
	"query":  {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	"path":   {"simple", "label", "matrix"},
	"header": {"simple"},
	"cookie": {"form"},
}

// isPlain reports whether a schema is no more than a type with bounds.
func isPlain(s *openapi3.Schema) bool {
	return len(s.OneOf)+len(s.AnyOf)+len(s.AllOf) == 0 && s.Not == nil && len(s.Type.Slice()) == 1
}

func isScalar(ref *openapi3.SchemaRef) bool {
	if ref == nil || ref.Value == nil || !isPlain(ref.Value) {
		return false
	}
	return !ref.Value.Type.Is("array") && !ref.Value.Type.Is("object") && !ref.Value.Type.Is("null")
}

// strictly returns what is wrong with a parameter that openapi3filter reads too
// kindly: it takes 1 and T for true.
func strictly(r *http.Request, p *openapi3.Parameter) []string {
	if p.In != "query" || p.Schema == nil || p.Schema.Value == nil || !p.Schema.Value.Type.Is("boolean") {
		return nil
	}
	var problems []string
	for _, v := range r.URL.Query()[p.Name] {
		if v != "true" && v != "false" {
			problems = append(problems, fmt.Sprintf("query parameter %q: %q is neither true nor false", p.Name, v))
		}
	}
	return problems
}

// exploded reports whether the items of a parameter are apart from each other.
func exploded(p *openapi3.Parameter) bool {
	if p.Explode != nil {
		return *p.Explode
	}
	return styleOf(p) == "form"
}

func styleOf(p *openapi3.Parameter) string {
	switch {
	case p.Style != "":
		return p.Style
	case p.In == "query" || p.In == "cookie":
		return "form"
	}
	return "simple"
}

// checkNames refuses query parameters that the operation does not declare.
func (s *Server) checkNames(r *http.Request, at *match, call *Call) {
	for name := range r.URL.Query() {
		if at.query.Has(name) || slices.ContainsFunc(at.declared, func(p *openapi3.ParameterRef) bool { return declares(p.Value, name) }) {
			continue
		}
		known := false
		for _, scheme := range s.schemes() {
			known = known || placeOf(scheme) == "query "+name
		}
		if !known {
			call.Problems = append(call.Problems, fmt.Sprintf("query parameter %q is not declared", name))
		}
	}
	slices.Sort(call.Problems)
}

// declares reports whether a query parameter may be written with a name.
func declares(p *openapi3.Parameter, name string) bool {
	switch {
	case p.In == "querystring":
		return true
	case p.In != "query":
		return false
	case p.Style == "deepObject":
		path := brackets(name)
		return path[0] == p.Name && (len(path) == 1 || allowsMember(p.Schema, path[1]))
	case name == p.Name, nested(p.Schema, 0) && brackets(name)[0] == p.Name:
		return true // of what is nested nobody can say how it is written
	}
	return styleOf(p) == "form" && exploded(p) && kinds(p.Schema)["object"] && allowsMember(p.Schema, name)
}

// allowsMember reports whether a schema knows a member, or does not say which
// there are. Additional ones must be mentioned to be allowed here, since what
// is not mentioned is more likely a mistake.
func allowsMember(ref *openapi3.SchemaRef, name string) bool {
	if ref == nil || ref.Value == nil {
		return true
	}
	s := ref.Value
	parts := slices.Concat(s.AllOf, s.OneOf, s.AnyOf)
	if slices.ContainsFunc(parts, func(part *openapi3.SchemaRef) bool { return allowsMember(part, name) }) {
		return true
	}
	has := s.AdditionalProperties.Has
	return s.Properties[name] != nil || s.AdditionalProperties.Schema != nil || has != nil && *has ||
		len(s.Properties)+len(parts)+len(s.PatternProperties) == 0
}

// checkParameter validates a parameter that openapi3filter cannot.
func (s *Server) checkParameter(r *http.Request, at *match, p *openapi3.Parameter, call *Call) {
	what := fmt.Sprintf("%s parameter %q", p.In, p.Name)
	found, there := sent(r, at, p)
	if !there && p.In == "query" && nested(p.Schema, 0) {
		_, there = form(r.URL.Query()).members[p.Name]
	}
	switch {
	case !there && p.Required:
		call.Problems = append(call.Problems, what+": it is required but missing")
	case !there:
	case p.Schema == nil || p.Schema.Value == nil:
		call.Unchecked = append(call.Unchecked, what+": it has no schema that can be checked")
	case !slices.Contains(styles[p.In], styleOf(p)):
		call.Unchecked = append(call.Unchecked, what+": there is no style "+p.Style+" there")
	case p.Style != "deepObject" && nested(p.Schema, 0):
		call.Unchecked = append(call.Unchecked, what+": OpenAPI does not say how values in it are written")
	default:
		for _, line := range explain(s.validate(p.Schema.Value, found.read(p.Schema), openapi3.VisitAsRequest())) {
			call.Problems = append(call.Problems, what+": "+line)
		}
	}
}

// nested reports whether a schema has a list or an object within one.
func nested(ref *openapi3.SchemaRef, depth int) bool {
	if ref == nil || ref.Value == nil || depth > 3 {
		return false
	}
	s := ref.Value
	if is := kinds(ref); depth > 0 && len(ref.Value.Type.Slice()) > 0 && (is["array"] || is["object"]) {
		return true
	}
	if nested(s.Items, depth+1) {
		return true
	}
	for _, member := range s.Properties {
		if nested(member, depth+1) {
			return true
		}
	}
	return slices.ContainsFunc(slices.Concat(s.AllOf, s.OneOf, s.AnyOf), func(part *openapi3.SchemaRef) bool { return nested(part, depth) })
}

// sent returns what a request says of a parameter, and whether it does.
func sent(r *http.Request, at *match, p *openapi3.Parameter) (*tree, bool) {
	switch p.In {
	case "query":
		return inQuery(r.URL.Query(), p)
	case "header":
		values := r.Header.Values(p.Name)
		return joined(strings.Join(values, ","), ",", p), len(values) > 0
	case "cookie":
		c, err := r.Cookie(p.Name)
		if err != nil {
			return nil, false
		}
		return joined(c.Value, ",", p), true
	case "path":
		text, ok := at.values[p.Name]
		separator := ","
		switch styleOf(p) {
		case "label":
			text = strings.TrimPrefix(text, ".")
			if exploded(p) {
				separator = "."
			}
		case "matrix":
			text = strings.TrimPrefix(text, ";")
			if exploded(p) {
				separator = ";"
				text = strings.ReplaceAll(";"+text, ";"+p.Name+"=", ";")[1:]
			} else {
				text = strings.TrimPrefix(text, p.Name+"=")
			}
		}
		return joined(text, separator, p), ok
	}
	return nil, false
}

// joined reads a list or an object that is written in one text.
func joined(text, separator string, p *openapi3.Parameter) *tree {
	is := kinds(p.Schema)
	switch {
	case is["object"] && exploded(p) && strings.Contains(text, "="):
		t := &tree{}
		for _, pair := range strings.Split(text, separator) {
			name, value, _ := strings.Cut(pair, "=")
			t.member(name).values = []string{value}
		}
		return t
	case is["object"] && !is["array"] && strings.Count(text, separator)%2 == 1:
		t := &tree{}
		parts := strings.Split(text, separator)
		for i := 0; i+1 < len(parts); i += 2 {
			t.member(parts[i]).values = []string{parts[i+1]}
		}
		return t
	case is["array"]:
		return &tree{values: strings.Split(text, separator)}
	}
	return &tree{values: []string{text}}
}

// inQuery reads a query parameter.
func inQuery(query url.Values, p *openapi3.Parameter) (*tree, bool) {
	style := styleOf(p)
	if style == "deepObject" {
		t := form(query).members[p.Name]
		return t, t != nil
	}
	values, there := query[p.Name]
	if style == "form" && exploded(p) {
		if there || !kinds(p.Schema)["object"] {
			return &tree{values: values}, there
		}
		t := &tree{}
		for name, values := range query {
			if declares(p, name) {
				t.member(name).values = values
			}
		}
		return t, len(t.members) > 0
	}
	separator := map[string]string{"spaceDelimited": " ", "pipeDelimited": "|"}[style]
	if separator == "" {
		separator = ","
	}
	return joined(strings.Join(values, separator), separator, p), there
}
