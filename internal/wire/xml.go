package wire

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// An element is an XML element. Namespaces are not looked at.
type element struct {
	name       string
	attributes map[string]string
	children   []*element
	text       string
}

// readXML takes an XML document and gives the value that it is by the schema.
func readXML(body io.Reader, _ http.Header, schema *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	root, err := parseXML(body)
	if err != nil {
		return nil, err
	}
	if only, ok := onlyMember(schema); ok && root.name == only {
		root = &element{children: []*element{root}} // the member is the document
	}
	return root.value(schema), nil
}

// onlyMember returns the name of the element of the one member of a schema that
// has no name of its own.
func onlyMember(ref *openapi3.SchemaRef) (string, bool) {
	all := members(ref)
	if ref == nil || ref.Ref != "" || xmlOf(ref).Name != "" || len(all) != 1 {
		return "", false
	}
	for name, member := range all {
		return cmp.Or(xmlOf(member).Name, name), true
	}
	return "", false
}

func parseXML(r io.Reader) (*element, error) {
	dec := xml.NewDecoder(r)
	top := &element{}
	open := []*element{top}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attributes: map[string]string{}}
			for _, a := range t.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			last.children = append(last.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(t)
		}
	}
	if len(top.children) != 1 {
		return nil, errors.New("there is no XML element")
	}
	return top.children[0], nil
}

// value returns what an element is by a schema.
func (e *element) value(ref *openapi3.SchemaRef) any {
	switch is := kinds(ref); {
	case is["array"]:
		list := []any{}
		for _, c := range e.children {
			list = append(list, c.value(items(ref)))
		}
		return list
	case is["object"], len(is) == 0 && len(e.children) > 0:
		object := map[string]any{}
		for name, member := range members(ref) {
			if v, ok := e.member(name, member); ok {
				object[name] = v
			}
		}
		return object
	}
	return scalar(strings.TrimSpace(e.text), ref)
}

// member returns what an element says of a member, if it does.
func (e *element) member(name string, ref *openapi3.SchemaRef) (any, bool) {
	x := xmlOf(ref)
	tag := cmp.Or(x.Name, name)
	if x.Attribute {
		v, ok := e.attributes[tag]
		return scalar(v, ref), ok
	}
	is := kinds(ref)
	if is["array"] && !x.Wrapped {
		tag = cmp.Or(xmlOf(items(ref)).Name, tag)
		list := []any{}
		for _, c := range e.children {
			if c.name == tag {
				list = append(list, c.value(items(ref)))
			}
		}
		return list, len(list) > 0
	}
	for _, c := range e.children {
		if c.name == tag {
			return c.value(ref), true
		}
	}
	return nil, false
}

func xmlOf(ref *openapi3.SchemaRef) *openapi3.XML {
	all := &openapi3.XML{}
	search(ref, 0, func(s *openapi3.Schema) *openapi3.SchemaRef {
		if x := s.XML; x != nil {
			all.Name = cmp.Or(all.Name, x.Name)
			all.Attribute = all.Attribute || x.Attribute
			all.Wrapped = all.Wrapped || x.Wrapped
		}
		return nil
	})
	return all
}

// members returns the members that a schema and its parts declare.
func members(ref *openapi3.SchemaRef) openapi3.Schemas {
	all := openapi3.Schemas{}
	search(ref, 0, func(s *openapi3.Schema) *openapi3.SchemaRef {
		maps.Copy(all, s.Properties)
		return nil
	})
	return all
}

// writeXML returns a value as an XML document by its schema.
func writeXML(v any, ref *openapi3.SchemaRef) []byte {
	name := xmlOf(ref).Name
	if name == "" && ref != nil && ref.Ref != "" {
		name = path.Base(ref.Ref)
	}
	b := bytes.NewBufferString(xml.Header)
	appendXML(b, cmp.Or(name, "root"), v, ref)
	return b.Bytes()
}

func appendXML(b *bytes.Buffer, name string, v any, ref *openapi3.SchemaRef) {
	switch v := v.(type) {
	case map[string]any:
		declared := members(ref)
		fmt.Fprintf(b, "<%s", name)
		for _, member := range slices.Sorted(maps.Keys(v)) {
			if x := xmlOf(declared[member]); x.Attribute {
				fmt.Fprintf(b, " %s=\"%s\"", cmp.Or(x.Name, member), escapeXML(v[member]))
			}
		}
		b.WriteString(">")
		for _, member := range slices.Sorted(maps.Keys(v)) {
			x := xmlOf(declared[member])
			list, isList := v[member].([]any)
			switch tag := cmp.Or(x.Name, member); {
			case x.Attribute:
			case isList && !x.Wrapped:
				tag = cmp.Or(xmlOf(items(declared[member])).Name, tag)
				for _, item := range list {
					appendXML(b, tag, item, items(declared[member]))
				}
			default:
				appendXML(b, tag, v[member], declared[member])
			}
		}
		fmt.Fprintf(b, "</%s>", name)
	case []any:
		fmt.Fprintf(b, "<%s>", name)
		for _, item := range v {
			appendXML(b, cmp.Or(xmlOf(items(ref)).Name, name), item, items(ref))
		}
		fmt.Fprintf(b, "</%s>", name)
	default:
		fmt.Fprintf(b, "<%s>%s</%s>", name, escapeXML(v), name)
	}
}

func escapeXML(v any) string {
	if v == nil {
		return ""
	}
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(fmt.Sprint(v))) // a bytes.Buffer takes everything
	return b.String()
}
