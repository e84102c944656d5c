package mockapi

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/sample"
)

// A tree is a value as a query or a form has it: texts, whose types only a
// schema knows.
type tree struct {
	values  []string
	members map[string]*tree
}

// member returns a member, which is added if it is not there.
func (t *tree) member(name string) *tree {
	if t.members == nil {
		t.members = map[string]*tree{}
	}
	if t.members[name] == nil {
		t.members[name] = &tree{}
	}
	return t.members[name]
}

// form reads names with brackets: a[b][0]=x is the first item of member b of a,
// and a[]=x one more item of a.
func form(pairs map[string][]string) *tree {
	t := &tree{}
	for _, name := range slices.Sorted(maps.Keys(pairs)) {
		at := t
		path := brackets(name)
		for i, part := range path {
			if part == "" && i == len(path)-1 && i > 0 {
				break
			}
			at = at.member(part)
		}
		at.values = append(at.values, pairs[name]...)
	}
	return t
}

// brackets splits a[b][c] into its parts.
func brackets(name string) []string {
	head, rest, found := strings.Cut(name, "[")
	if !found || !strings.HasSuffix(rest, "]") {
		return []string{name}
	}
	return append([]string{head}, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
}

// read returns the value that t stands for by a schema.
func (t *tree) read(ref *openapi3.SchemaRef) any {
	is := kinds(ref)
	switch {
	case t.members != nil && is["array"] && t.indexed():
		list := []any{}
		for i := range len(t.members) {
			list = append(list, t.members[strconv.Itoa(i)].read(sample.Items(ref)))
		}
		return list
	case t.members != nil:
		object := map[string]any{}
		for name, m := range t.members {
			object[name] = m.read(property(ref, name))
		}
		return object
	case len(t.values) == 1 && t.written(is):
		v, err := decodeJSON([]byte(t.values[0]))
		if err != nil {
			return t.values[0]
		}
		return v
	case is["array"] && (len(t.values) != 1 || !is.scalar()):
		list := []any{}
		for _, v := range t.values {
			list = append(list, scalar(v, sample.Items(ref)))
		}
		return list
	case len(t.values) == 1:
		return scalar(t.values[0], ref)
	}
	list := []any{}
	for _, v := range t.values {
		list = append(list, v)
	}
	return list
}

// written reports whether the one value is a list or an object as JSON.
func (t *tree) written(is kindSet) bool {
	v := t.values[0]
	return is["object"] && !is.scalar() && strings.HasPrefix(v, "{") || is["array"] && !is.scalar() && strings.HasPrefix(v, "[")
}

// indexed reports whether the names of the members are those of a list.
func (t *tree) indexed() bool {
	for i := range len(t.members) {
		if t.members[strconv.Itoa(i)] == nil {
			return false
		}
	}
	return true
}

// scalar returns the value that a text stands for: of those that it could, the
// first that the schema allows.
func scalar(text string, ref *openapi3.SchemaRef) any {
	is := kinds(ref)
	var could []any
	if is["boolean"] && (text == "true" || text == "false") {
		could = append(could, text == "true")
	}
	if (is["integer"] || is["number"]) && numeral.MatchString(text) {
		could = append(could, json.Number(text))
	}
	if is["null"] && (text == "" || text == "null") {
		could = append(could, nil)
	}
	could = append(could, text)
	for _, v := range could {
		if ref == nil || ref.Value == nil || ref.Value.VisitJSON(v, sample.AnyPattern) == nil {
			return v
		}
	}
	return could[0]
}

var numeral = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// kindSet are the types that a schema, or one of its parts, declares.
type kindSet map[string]bool

func (k kindSet) scalar() bool {
	return k["string"] || k["integer"] || k["number"] || k["boolean"]
}

// kinds returns the types that a value may have; without a word of them it is
// everything that a schema's other members speak of.
func kinds(ref *openapi3.SchemaRef) kindSet {
	all := kindSet{}
	seen := map[*openapi3.Schema]bool{}
	var add func(ref *openapi3.SchemaRef)
	add = func(ref *openapi3.SchemaRef) {
		if ref == nil || ref.Value == nil || seen[ref.Value] {
			return
		}
		s := ref.Value
		seen[s] = true
		for _, t := range s.Type.Slice() {
			all[t] = true
		}
		if s.Type == nil && len(s.Properties) > 0 {
			all["object"] = true
		}
		if s.Type == nil && s.Items != nil {
			all["array"] = true
		}
		for _, v := range append(slices.Clone(s.Enum), s.Const) {
			switch v.(type) {
			case string:
				all["string"] = all["string"] || s.Type == nil
			case float64:
				all["number"] = all["number"] || s.Type == nil
			case bool:
				all["boolean"] = all["boolean"] || s.Type == nil
			}
		}
		if s.Nullable {
			all["null"] = true
		}
		for _, part := range slices.Concat(s.AllOf, s.OneOf, s.AnyOf) {
			add(part)
		}
	}
	add(ref)
	return all
}

// property returns the schema of a member.
func property(ref *openapi3.SchemaRef, name string) *openapi3.SchemaRef {
	named := sample.Find(ref, func(s *openapi3.Schema) *openapi3.SchemaRef { return s.Properties[name] })
	if named != nil {
		return named
	}
	return sample.Find(ref, func(s *openapi3.Schema) *openapi3.SchemaRef { return s.AdditionalProperties.Schema })
}
