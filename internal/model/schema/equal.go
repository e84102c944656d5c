package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// FewVariants is how many variants may make the name of their union.
const FewVariants = 3

// ChoosesNamed reports whether the alternatives of a schema are components and
// plain values, so that its type can be named after them: StringOrFile.
func ChoosesNamed(n *spec.Node) bool {
	alternatives := append(slices.Clone(n.Get("anyOf").Elements()), n.Get("oneOf").Elements()...)
	components := 0
	for _, a := range alternatives {
		switch t := a.Get("type"); {
		case a.IsRef():
			components++
		case !t.Is(spec.String) || t.Text() == "object" || t.Text() == "array" || a.Has("enum") || a.Has("const") || a.Has("format"):
			return false
		}
	}
	return components > 0 && len(alternatives) > 1 && len(alternatives) <= FewVariants && !n.Has("properties") && !n.Has("allOf")
}

// describes reports whether a keyword tells of a value and changes nothing in
// its type.
func describes(keyword string) bool {
	switch keyword {
	case "title", "description", "deprecated", "default", "example", "examples", "externalDocs", "$comment":
		return true
	}
	return false
}

// OfUse reports whether a keyword, on the whole of a schema, is of the field that
// has its type and not of the type.
func OfUse(keyword string) bool {
	switch keyword {
	case "nullable", "readOnly", "writeOnly":
		return true
	}
	return describes(keyword)
}

// Number returns a number that two nodes have in common if and only if they say
// the same: the same members in the same order, and references to the same
// places.
func (f *Facts) Number(n *spec.Node) int {
	if number, ok := f.known[n]; ok {
		return number
	}
	var text strings.Builder
	switch n.Kind() {
	case spec.Array:
		text.WriteString("[")
		for _, item := range n.Elements() {
			fmt.Fprintf(&text, " %d", f.Number(item))
		}
	case spec.Object:
		text.WriteString("{")
		for _, m := range n.All() {
			if m.Name == "$ref" && m.Value.Is(spec.String) {
				if target, err := f.doc.Deref(n); err == nil {
					fmt.Fprintf(&text, " to %p", target)
					continue
				}
			}
			fmt.Fprintf(&text, " %s:%d", strconv.Quote(m.Name), f.Number(m.Value))
		}
	default:
		fmt.Fprintf(&text, "%d %s", n.Kind(), n.Text())
	}
	number, ok := f.numbers[text.String()]
	if !ok {
		number = len(f.numbers) + 1
		f.numbers[text.String()] = number
	}
	f.known[n] = number
	return number
}
