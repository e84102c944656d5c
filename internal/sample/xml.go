package sample

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// XML returns a value as an XML document by its schema (OpenAPI 3, XML Object).
// Namespaces are left out.
func XML(v any, ref *openapi3.SchemaRef) []byte {
	name := XMLOf(ref).Name
	if name == "" && ref != nil && ref.Ref != "" {
		name = path.Base(ref.Ref)
	}
	b := bytes.NewBufferString(xml.Header)
	appendXML(b, cmp.Or(name, "root"), v, ref)
	return b.Bytes()
}

// An XMLNode says how a value is written in XML.
type XMLNode struct {
	Name      string // empty: that of the member
	Attribute bool
	Wrapped   bool // a list is in an element of its own
	Text      bool // it is the text of the element around it
}

// XMLOf is what a schema and its parts say of a value in XML.
func XMLOf(ref *openapi3.SchemaRef) XMLNode {
	var n XMLNode
	Find(ref, func(s *openapi3.Schema) *openapi3.SchemaRef {
		if x := s.XML; x != nil {
			node := x.Extensions["nodeType"] // OpenAPI 3.2
			n.Name = cmp.Or(n.Name, x.Name)
			n.Attribute = n.Attribute || x.Attribute || node == "attribute"
			n.Wrapped = n.Wrapped || x.Wrapped || node == "element"
			n.Text = n.Text || node == "text" || node == "cdata"
		}
		return nil
	})
	return n
}

func appendXML(b *bytes.Buffer, name string, v any, ref *openapi3.SchemaRef) {
	switch v := v.(type) {
	case nil:
		fmt.Fprintf(b, `<%s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`, name)
	case map[string]any:
		appendObject(b, name, v, Properties(ref))
	case []any:
		fmt.Fprintf(b, "<%s>", name)
		for _, item := range v {
			appendXML(b, cmp.Or(XMLOf(Items(ref)).Name, name), item, Items(ref))
		}
		fmt.Fprintf(b, "</%s>", name)
	default:
		fmt.Fprintf(b, "<%s>%s</%s>", name, escapeXML(v), name)
	}
}

func appendObject(b *bytes.Buffer, name string, v map[string]any, declared openapi3.Schemas) {
	members := slices.Sorted(maps.Keys(v))
	isAttribute := func(member string) bool {
		_, object := v[member].(map[string]any)
		return !object && XMLOf(declared[member]).Attribute
	}
	fmt.Fprintf(b, "<%s", name)
	for _, member := range members {
		if n := XMLOf(declared[member]); isAttribute(member) && v[member] != nil {
			fmt.Fprintf(b, " %s=\"%s\"", cmp.Or(n.Name, member), escapeXML(v[member]))
		}
	}
	b.WriteString(">")
	for _, member := range members {
		n := XMLOf(declared[member])
		list, isList := v[member].([]any)
		switch tag := cmp.Or(n.Name, member); {
		case isAttribute(member):
		case n.Text:
			b.WriteString(escapeXML(v[member]))
		case isList && !n.Wrapped:
			tag = cmp.Or(XMLOf(Items(declared[member])).Name, tag)
			for _, item := range list {
				appendXML(b, tag, item, Items(declared[member]))
			}
		default:
			appendXML(b, tag, v[member], declared[member])
		}
	}
	fmt.Fprintf(b, "</%s>", name)
}

func escapeXML(v any) string {
	if v == nil {
		return ""
	}
	text := fmt.Sprint(v)
	if f, ok := v.(float64); ok {
		text = strconv.FormatFloat(f, 'f', -1, 64)
	}
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text)) // a bytes.Buffer takes everything
	return b.String()
}
