package xmlcodec

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
)

// Writer returns what turns the JSON of a value of a type into a document whose
// outermost element has this name, as a tag has it: of a list it is list>item.
// With "" that is the member of the value; if it has none there is no document.
func Writer(root string) func(data []byte, t reflect.Type) ([]byte, error) {
	return func(data []byte, t reflect.Type) ([]byte, error) {
		dec := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
		n, err := parseNode(dec)
		if err != nil {
			return nil, err
		}
		w := &writer{}
		w.b.WriteString(xml.Header)
		f := field{name: parseName(root), typ: t}
		if root == "" {
			some, err := w.only(n, plain(t))
			if !some {
				return nil, err
			}
			return w.b.Bytes(), err
		}
		if list, item, ok := strings.Cut(root, ">"); ok {
			f.list, f.name = list, parseName(item)
		} else if n.kind == '[' {
			f.list = root
		}
		err = w.field(&f, n)
		return w.b.Bytes(), err
	}
}

// only writes the one member of an object that is not null as the document, if
// there is one.
func (w *writer) only(n node, t reflect.Type) (some bool, err error) {
	var fields []field
	if t != nil && t.Kind() == reflect.Struct {
		fields = fieldsOf(t)
	}
	if n.kind != '{' && n.kind != 'n' {
		return false, errors.New("an XML document is one element, and this has no name for it")
	}
	at := -1
	for i, child := range n.nodes {
		switch {
		case child.kind == 'n':
		case at >= 0:
			return false, errors.New("an XML document is one element, not several")
		default:
			at = i
		}
	}
	if at < 0 {
		return false, nil
	}
	return true, w.field(fieldOf(fields, n.names[at], t), n.nodes[at])
}

// A node is a JSON value whose members are in order.
type node struct {
	kind  jsontext.Kind // '"', '0', 't', 'n', '[' or '{'
	text  string
	names []string
	nodes []node
}

func parseNode(dec *jsontext.Decoder) (node, error) {
	token, err := dec.ReadToken()
	if err != nil {
		return node{}, err
	}
	n := node{kind: token.Kind()}
	switch n.kind {
	case '[', '{':
		for dec.PeekKind() != ']' && dec.PeekKind() != '}' {
			if n.kind == '{' {
				name, err := dec.ReadToken()
				if err != nil {
					return node{}, err
				}
				n.names = append(n.names, name.String())
			}
			child, err := parseNode(dec)
			if err != nil {
				return node{}, err
			}
			n.nodes = append(n.nodes, child)
		}
		_, err = dec.ReadToken()
	default:
		n.text = token.String()
	}
	return n, err
}

type writer struct {
	b        bytes.Buffer
	spaces   []string // that are the default, innermost last
	prefixes []string // that are declared, with their spaces
}

// field writes a value as what its field says. Null is left out.
func (w *writer) field(f *field, n node) error {
	t := plain(f.typ)
	if n.kind == 'n' {
		return nil
	}
	if n.kind != '[' {
		return w.element(f.name, n, t)
	}
	var item reflect.Type
	if isList(t) {
		item = t.Elem()
	}
	items := func() error {
		for _, child := range n.nodes {
			if err := w.field(&field{name: f.name, list: nested(child, f), typ: item}, child); err != nil {
				return err
			}
		}
		return nil
	}
	if f.list == "" {
		return items()
	}
	return w.enclose(parseName(f.list), nil, items)
}

// nested names the element of a list in a list: each has one, as no other way
// would tell them apart.
func nested(n node, f *field) string {
	if n.kind != '[' {
		return ""
	}
	if f.name.space != "" {
		return f.name.space + " " + f.name.local
	}
	return f.name.local
}

// element writes a value that is no list.
func (w *writer) element(is name, n node, t reflect.Type) error {
	if n.kind != '{' {
		return w.enclose(is, nil, func() error { return w.chars(n.text) })
	}
	var fields []field
	if t != nil && t.Kind() == reflect.Struct {
		fields = fieldsOf(t)
	}
	members := make([]*field, len(n.names))
	var attributes []attribute
	for i, name := range n.names {
		members[i] = fieldOf(fields, name, t)
		if members[i].kind == inAttribute && n.nodes[i].kind != 'n' {
			attributes = append(attributes, attribute{members[i].name, n.nodes[i].text})
		}
	}
	return w.enclose(is, attributes, func() error {
		for i, f := range members {
			var err error
			switch f.kind {
			case inElement:
				err = w.field(f, n.nodes[i])
			case inText:
				err = w.chars(n.nodes[i].text)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// fieldOf returns what is known of a member.
func fieldOf(fields []field, member string, t reflect.Type) *field {
	other := &field{json: member, name: name{local: member}}
	if t != nil && t.Kind() == reflect.Map {
		other.typ = t.Elem()
	}
	for i := range fields {
		switch {
		case fields[i].kind == extra:
			other.typ = fields[i].typ.Elem()
		case fields[i].json == member:
			return &fields[i]
		}
	}
	return other
}

type attribute struct {
	name  name
	value string
}

// enclose writes an element round what inside writes.
func (w *writer) enclose(is name, attributes []attribute, inside func() error) error {
	spaces, prefixes := len(w.spaces), len(w.prefixes)
	var declared strings.Builder
	tag, err := w.qualify(is, &declared, false)
	if err != nil {
		return err
	}
	w.b.WriteByte('<')
	w.b.WriteString(tag)
	var rest bytes.Buffer
	for _, a := range attributes {
		name, err := w.qualify(a.name, &declared, true)
		if err != nil {
			return err
		}
		fmt.Fprintf(&rest, ` %s="`, name)
		if err := xml.EscapeText(&rest, []byte(a.value)); err != nil {
			return err
		}
		rest.WriteByte('"')
	}
	w.b.WriteString(declared.String())
	w.b.Write(rest.Bytes())
	w.b.WriteByte('>')
	if err := inside(); err != nil {
		return err
	}
	w.b.WriteString("</")
	w.b.WriteString(tag)
	w.b.WriteByte('>')
	w.spaces, w.prefixes = w.spaces[:spaces], w.prefixes[:prefixes]
	return nil
}

// qualify returns a name with its prefix, and declares its namespace where it is
// not. A namespace without a prefix is the default of all that is in the element.
func (w *writer) qualify(is name, declared io.Writer, attr bool) (string, error) {
	if !valid(is.local) {
		return "", fmt.Errorf("%q cannot be the name of an XML element", is.local)
	}
	if is.prefix != "" && is.space != "" {
		declaration := is.prefix + "=" + is.space
		for i := len(w.prefixes) - 1; ; i-- {
			if i >= 0 && w.prefixes[i] == declaration {
				break
			}
			if i < 0 || strings.HasPrefix(w.prefixes[i], is.prefix+"=") {
				w.prefixes = append(w.prefixes, declaration)
				fmt.Fprintf(declared, ` xmlns:%s="%s"`, is.prefix, escaped(is.space))
				break
			}
		}
	}
	if is.prefix != "" {
		return is.prefix + ":" + is.local, nil
	}
	if is.space != "" && !attr && (len(w.spaces) == 0 || w.spaces[len(w.spaces)-1] != is.space) {
		w.spaces = append(w.spaces, is.space)
		fmt.Fprintf(declared, ` xmlns="%s"`, escaped(is.space))
	}
	return is.local, nil
}

func escaped(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text)) // a bytes.Buffer takes everything
	return b.String()
}

func (w *writer) chars(text string) error { return xml.EscapeText(&w.b, []byte(text)) }

// valid reports whether a text can be the name of an element (XML 1.0, section
// 2.3), which is what keeps a member from being more than that.
func valid(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || r != '-' && r != '.' && !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}
