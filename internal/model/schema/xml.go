package schema

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// xmlText and xmlTrue return a member of the XML objects of a schema, the
// outermost that has it.
func (v *View) xmlText(key string) string {
	for _, x := range v.xml {
		if text := x.Get(key).Text(); text != "" {
			return text
		}
	}
	return ""
}

func (v *View) xmlTrue(key string) bool {
	for _, x := range v.xml {
		if m := x.Get(key); m != nil {
			return m.True()
		}
	}
	return false
}

// XMLName is the name of an element or attribute as a tag has it: with its
// namespace and prefix.
func (v *View) XMLName(name string) string {
	if own := v.xmlText("name"); own != "" {
		name = own
	}
	if prefix := v.xmlText("prefix"); prefix != "" {
		name = prefix + ":" + name
	}
	if space := v.xmlText("namespace"); space != "" {
		name = space + " " + name
	}
	return name
}

// XMLTag is what the XML tag of a member says (OpenAPI 3, XML Object), "" if it
// says no more than its JSON tag.
func (f *Facts) XMLTag(name string, v *View) string {
	tag, options := v.XMLName(name), ""
	switch node := v.xmlText("nodeType"); {
	case v.Is("array"):
		item := localName(tag)
		if items := f.View(v.Items); items.xmlText("name") != "" {
			item = items.XMLName("")
		} else if tag != name {
			item = tag
		}
		if v.xmlTrue("wrapped") || node == "element" {
			item = tag + ">" + localName(item)
		}
		tag = item
	case v.Is("object"): // which is an element, whatever is said of it
	case v.xmlTrue("attribute"), node == "attribute":
		options = ",attr"
	case node == "text", node == "cdata":
		tag, options = name, ",chardata"
	}
	if tag == name {
		tag = ""
	}
	if strings.ContainsAny(tag, ",\"`\\") {
		return ""
	}
	return tag + options
}

// localName is a name in a tag without namespace and prefix.
func localName(tag string) string { return tag[strings.LastIndexAny(tag, " :")+1:] }

// InXML reports whether a schema says enough of a document for it to be a type:
// otherwise it is text.
func (f *Facts) InXML(schema *spec.Node) bool {
	v := f.View(schema)
	return len(f.Alternatives(v)) == 0 && (v.Is("object") && len(v.Props) > 0 || v.Is("array") && v.Items != nil)
}
