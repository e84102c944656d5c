package build

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func isXML(media string) bool {
	base := baseType(media)
	return strings.HasSuffix(base, "/xml") || strings.HasSuffix(base, "+xml")
}

// inXML reports whether a schema says enough of a document for it to be a type:
// otherwise it is text.
func (b *builder) inXML(schema *spec.Node) bool {
	v := b.view(schema)
	return len(b.alternatives(v)) == 0 && (v.is("object") && len(v.props) > 0 || v.is("array") && v.items != nil)
}

// xmlText and xmlTrue return a member of the XML objects of a schema, the
// outermost that has it.
func (v *view) xmlText(key string) string {
	for _, x := range v.xml {
		if text := x.Get(key).Text(); text != "" {
			return text
		}
	}
	return ""
}

func (v *view) xmlTrue(key string) bool {
	for _, x := range v.xml {
		if m := x.Get(key); m != nil {
			return m.True()
		}
	}
	return false
}

// xmlName is the name of an element or attribute as a tag has it: with its
// namespace and prefix.
func (v *view) xmlName(name string) string {
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

// xmlTag is what the XML tag of a member says (OpenAPI 3, XML Object), "" if it
// says no more than its JSON tag.
func (b *builder) xmlTag(name string, v *view) string {
	tag, options := v.xmlName(name), ""
	switch node := v.xmlText("nodeType"); {
	case v.is("array"):
		item := localName(tag)
		if items := b.view(v.items); items.xmlText("name") != "" {
			item = items.xmlName("")
		} else if tag != name {
			item = tag
		}
		if v.xmlTrue("wrapped") || node == "element" {
			item = tag + ">" + localName(item)
		}
		tag = item
	case v.is("object"): // which is an element, whatever is said of it
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

// xmlRoot is the name of the outermost element of a document: after its schema.
// It is empty for a schema without a name that has one member, whose authors mean
// that the member is the document.
func (b *builder) xmlRoot(schema *spec.Node) string {
	v := b.view(schema)
	root := v.xmlName(b.xmlOf(schema, ""))
	switch {
	case root == "" && len(v.props) == 1 && v.is("object"):
		return ""
	case root == "":
		root = "root"
	}
	if v.is("array") {
		root += ">" + b.view(v.items).xmlName(b.xmlOf(v.items, "item"))
	}
	return root
}

// xmlOf is what the element of a schema is called: as its component is.
func (b *builder) xmlOf(schema *spec.Node, other string) string {
	if n, o, _ := b.identity(schema, origin{}); n != nil && o.component {
		return o.text
	}
	return other
}

// markXML finds the structs that are read from XML or written as it, and sees
// whether there are any.
func (b *builder) markXML() {
	seen := map[model.Decl]bool{}
	mark := func(t model.Type) {
		b.api.XML = true
		walk(t, seen, func(d model.Decl) {
			if o, ok := d.(*model.Object); ok {
				o.XML = true
			}
		})
	}
	for _, op := range b.all {
		if op.Result.XML {
			mark(op.Result.Type)
		}
		for _, e := range op.Errors {
			if e.XML {
				mark(e.Type)
			}
		}
		switch body := op.Body; {
		case body == nil || body.Kind != model.XMLBody:
		case body.Field != nil:
			mark(body.Field.Type)
		default:
			mark(op.Params)
		}
	}
	if d := b.api.ErrorData; d != nil && d.XML {
		mark(d.Data)
	}
}
