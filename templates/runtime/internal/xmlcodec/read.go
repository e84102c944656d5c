package xmlcodec

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth is how deep elements may be in each other.
const maxDepth = 1000

// An element is an XML element. Of names only the local part counts: there is no
// telling which prefix a server uses.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	text     string
}

// Read returns the JSON of a value of type t that a document is. It is lenient:
// elements that no field has are members of what takes such, lists may stand in
// an element of their own or not, and texts that are no number where one is due
// are left for the JSON codec to judge. A document that is a member of the value
// and not the value itself is taken for that member. It fails on what is no XML.
func Read(doc []byte, t reflect.Type) ([]byte, error) {
	root, err := parse(doc)
	if err != nil {
		return nil, err
	}
	if root.isMember(t) {
		root = &element{children: []*element{root}}
	}
	return root.value(nil, t), nil
}

// isMember reports whether an element is called like a member of a struct, and
// has nothing that the struct has.
func (e *element) isMember(t reflect.Type) bool {
	if t = plain(t); t == nil || t.Kind() != reflect.Struct || isText(t) || e.empty() {
		return false
	}
	member := false
	for _, f := range fieldsOf(t) {
		list := parseName(f.list).local
		has := func(c *element) bool { return c.name == f.name.local || c.name == list }
		switch {
		case f.kind == inText, f.kind == inAttribute && slices.ContainsFunc(e.attrs, func(a xml.Attr) bool { return a.Name.Local == f.name.local }):
			return false
		case f.kind == inElement && slices.ContainsFunc(e.children, has):
			return false
		}
		member = member || f.kind == inElement && has(e)
	}
	return member
}

func parse(doc []byte) (*element, error) {
	dec := xml.NewDecoder(bytes.NewReader(doc))
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
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, errors.New("the XML is too deeply nested")
			}
			e := &element{name: token.Name.Local}
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					e.attrs = append(e.attrs, a)
				}
			}
			last.children = append(last.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(token)
		}
	}
	if len(top.children) == 0 {
		return nil, errors.New("there is no XML element")
	}
	return top.children[0], nil
}

// value adds the JSON of an element to dst.
func (e *element) value(dst []byte, t reflect.Type) []byte {
	if e.isNil() {
		return append(dst, "null"...)
	}
	switch t = plain(t); {
	case t == nil:
		return e.any(dst)
	case isText(t):
		return quote(dst, strings.TrimSpace(e.text))
	case isList(t):
		return list(dst, e.children, t.Elem())
	}
	switch t.Kind() {
	case reflect.Struct:
		return e.object(dst, fieldsOf(t))
	case reflect.Map:
		dst = append(dst, '{')
		dst = e.rest(dst, t.Elem(), nil)
		return append(dst, '}')
	}
	return scalar(dst, e.text, t)
}

// isNil reports whether an element says that it is null (XML Schema, part 1,
// section 2.6.2).
func (e *element) isNil() bool {
	return slices.ContainsFunc(e.attrs, func(a xml.Attr) bool {
		return a.Name.Local == "nil" && strings.HasSuffix(a.Name.Space, "XMLSchema-instance") && (a.Value == "true" || a.Value == "1")
	})
}

// scalar adds a text as the JSON that its type is written in.
func scalar(dst []byte, text string, t reflect.Type) []byte {
	if t == nil || t.Kind() == reflect.String {
		return quote(dst, text)
	}
	text = strings.TrimSpace(text)
	switch t.Kind() {
	case reflect.Bool:
		switch text {
		case "true", "1":
			return append(dst, "true"...)
		case "false", "0":
			return append(dst, "false"...)
		}
	case reflect.Int32, reflect.Int64, reflect.Uint64, reflect.Float32, reflect.Float64:
		if v := jsontext.Value(text); v.Kind() == '0' && v.IsValid() {
			return append(dst, text...)
		}
	}
	return quote(dst, text)
}

func quote(dst []byte, text string) []byte {
	dst, _ = jsontext.AppendQuote(dst, text) // what is invalid in it is replaced
	return dst
}

func list(dst []byte, items []*element, t reflect.Type) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item.value(dst, t)
	}
	return append(dst, ']')
}

// object adds an element as the object that a struct is.
func (e *element) object(dst []byte, fields []field) []byte {
	dst = append(dst, '{')
	member := func(name string) {
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		dst = append(quote(dst, name), ':')
	}
	taken := map[string]bool{} // elements, and members, that need no other
	var more reflect.Type
	open := false
	for _, f := range fields {
		taken[f.json] = true
		switch {
		case f.kind == extra:
			more, open = f.typ.Elem(), true
		case f.kind == inText:
			member(f.json)
			dst = scalar(dst, e.text, plain(f.typ))
		case f.kind == inAttribute:
			for _, a := range e.attrs {
				if a.Name.Local == f.name.local {
					member(f.json)
					dst = scalar(dst, a.Value, plain(f.typ))
					break
				}
			}
		case isList(plain(f.typ)):
			items, found := e.items(&f)
			taken[f.name.local], taken[parseName(f.list).local] = true, true
			if found {
				member(f.json)
				dst = list(dst, items, plain(f.typ).Elem())
			}
		default:
			taken[f.name.local] = true
			for _, c := range e.named(f.name.local) {
				member(f.json)
				dst = c.value(dst, f.typ)
				break
			}
		}
	}
	if open {
		dst = e.rest(dst, more, taken)
	}
	return append(dst, '}')
}

// named returns the children of a name.
func (e *element) named(name string) []*element {
	var children []*element
	for _, c := range e.children {
		if c.name == name {
			children = append(children, c)
		}
	}
	return children
}

// items returns the elements of a list, and whether there is one. What stands in
// an element of the list's own is taken from there, whether or not the
// description says so.
func (e *element) items(f *field) (items []*element, found bool) {
	list := parseName(f.list).local
	if list == "" {
		single := e.named(f.name.local)
		if len(single) > 0 && (f.json != f.name.local || !within(single, f.name.local)) {
			return single, true
		}
		list = f.json
	}
	lists := e.named(list)
	if len(lists) == 1 && lists[0].empty() && list != f.name.local {
		return nil, true
	}
	if f.list == "" && !within(lists, f.name.local) {
		return lists, len(lists) > 0
	}
	for _, l := range lists {
		items, found = append(items, l.children...), true
	}
	if !found {
		items = e.named(f.name.local)
	}
	return items, found || len(items) > 0
}

func (e *element) empty() bool {
	return len(e.children) == 0 && len(e.attrs) == 0 && strings.TrimSpace(e.text) == ""
}

// within reports whether there is one element, which has nothing but children of
// this name.
func within(lists []*element, item string) bool {
	return len(lists) == 1 && len(lists[0].children) > 0 &&
		!slices.ContainsFunc(lists[0].children, func(c *element) bool { return c.name != item })
}

// rest adds the children whose names are not taken as members, those of one name
// as a list.
func (e *element) rest(dst []byte, t reflect.Type, taken map[string]bool) []byte {
	seen := map[string]bool{}
	for _, c := range e.children {
		if taken[c.name] || seen[c.name] {
			continue
		}
		seen[c.name] = true
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		dst = append(quote(dst, c.name), ':')
		switch all := e.named(c.name); {
		case isList(plain(t)) && !within(all, c.name):
			dst = list(dst, all, plain(t).Elem())
		case len(all) > 1 && plain(t) == nil:
			dst = list(dst, all, nil)
		default:
			dst = c.value(dst, t)
		}
	}
	return dst
}

// any adds an element of which nothing is known: a text, or an object of its
// attributes and children.
func (e *element) any(dst []byte) []byte {
	if len(e.children) == 0 && len(e.attrs) == 0 {
		return quote(dst, e.text)
	}
	dst = append(dst, '{')
	taken := map[string]bool{}
	for _, a := range e.attrs {
		if taken[a.Name.Local] {
			continue
		}
		taken[a.Name.Local] = true
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		dst = append(quote(dst, a.Name.Local), ':')
		dst = quote(dst, a.Value)
	}
	dst = e.rest(dst, nil, taken)
	return append(dst, '}')
}
