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

// xmlRoot is the name of the outermost element of a document: after its schema.
// It is empty for a schema without a name that has one member, whose authors mean
// that the member is the document.
func (b *builder) xmlRoot(schema *spec.Node) string {
	v := b.facts.View(schema)
	root := v.XMLName(b.xmlOf(schema, ""))
	switch {
	case root == "" && len(v.Props) == 1 && v.Is("object"):
		return ""
	case root == "":
		root = "root"
	}
	if v.Is("array") {
		root += ">" + b.facts.View(v.Items).XMLName(b.xmlOf(v.Items, "item"))
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
