package mockapi

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"github.com/openapi-lathe/lathe/internal/sample"
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
	all := sample.Properties(ref)
	if ref == nil || ref.Ref != "" || sample.XMLOf(ref).Name != "" || len(all) != 1 {
		return "", false
	}
	for name, member := range all {
		return local(cmp.Or(sample.XMLOf(member).Name, name)), true
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
			list = append(list, c.value(sample.Items(ref)))
		}
		return list
	case is["object"], len(is) == 0 && len(e.children) > 0:
		object := map[string]any{}
		for name, member := range sample.Properties(ref) {
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
	x := sample.XMLOf(ref)
	tag := local(cmp.Or(x.Name, name))
	is := kinds(ref)
	if x.Attribute && !is["object"] {
		v, ok := e.attributes[tag]
		return scalar(v, ref), ok
	}
	if is["array"] && !x.Wrapped {
		tag = local(cmp.Or(sample.XMLOf(sample.Items(ref)).Name, tag))
		list := []any{}
		for _, c := range e.children {
			if c.name == tag {
				list = append(list, c.value(sample.Items(ref)))
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

// local is a name without its prefix.
func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }
