package types

import "github.com/openapi-lathe/lathe/internal/spec"

// XmlRoot is the name of the outermost element of a document: after its schema.
// It is empty for a schema without a name that has one member, whose authors mean
// that the member is the document.
func (r *Registry) XmlRoot(schema *spec.Node) string {
	v := r.facts.View(schema)
	root := v.XMLName(r.xmlOf(schema, ""))
	switch {
	case root == "" && len(v.Props) == 1 && v.Is("object"):
		return ""
	case root == "":
		root = "root"
	}
	if v.Is("array") {
		root += ">" + r.facts.View(v.Items).XMLName(r.xmlOf(v.Items, "item"))
	}
	return root
}

// xmlOf is what the element of a schema is called: as its component is.
func (r *Registry) xmlOf(schema *spec.Node, other string) string {
	if n, o, _ := r.Identity(schema, Origin{}); n != nil && o.Component {
		return o.Text
	}
	return other
}
