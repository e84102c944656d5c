package sdktest

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// A node is a value whose texts do not say what they are: "1" may be a number or
// a string. The Go type that it is read into knows.
type node struct {
	kind  kind
	text  string
	names []string // of an object's members
	nodes []*node  // of a list or an object
	whole bool     // the text is not one of a list: there is another node for that
}

type kind uint8

const (
	unknown kind = iota // text of which it is not known what it is
	raws                // text that is JSON
	quoted              // text that is a string
	one                 // text that is the only one of a list, of which it is not known what it is
	oneQuoted
	list
	object
)

func leaf(text string) *node { return &node{text: text} }

// whole is a text that is no list.
func whole(text string) *node { return &node{text: text, whole: true} }

// listed is a list of texts between separators.
func listed(raw, separator string, decoded func(string) string) *node {
	n := &node{kind: list}
	if raw == "" {
		return n
	}
	for text := range strings.SplitSeq(raw, separator) {
		n.nodes = append(n.nodes, leaf(decoded(text)))
	}
	return n
}

// membered is an object that is written x,1,y,2 or, exploded, x=1,y=2.
func membered(raw string, exploded bool, decoded func(string) string) *node {
	n := &node{kind: object}
	texts := strings.Split(raw, ",")
	if exploded {
		for _, text := range texts {
			name, value, _ := strings.Cut(text, "=")
			n.set([]string{decoded(name)}, decoded(value))
		}
		return n
	}
	for i := 0; i+1 < len(texts); i += 2 {
		n.set([]string{decoded(texts[i])}, decoded(texts[i+1]))
	}
	return n
}

// nested is the object of the parameters that begin says are part of it, whose
// names are ways: a[b][c]. It is nil if there are none.
func nested(all []pair, begin func(name string) (string, bool)) *node {
	var n *node
	for _, p := range all {
		way, ok := begin(p.name)
		if !ok {
			continue
		}
		if n == nil {
			n = &node{kind: object}
		}
		way = strings.TrimSuffix(way, "[]")
		steps := strings.Split(strings.ReplaceAll(way, "]", ""), "[")
		n.set(steps, unescaped(p.raw))
	}
	return n
}

// indexed is a copy of n in which objects whose members are called 0, 1, 2 are
// lists, as some styles write them.
func (n *node) indexed() *node {
	c := *n
	c.nodes = make([]*node, len(n.nodes))
	counted := n.kind == object && len(n.names) > 0
	for i, child := range n.nodes {
		c.nodes[i] = child.indexed()
		counted = counted && n.names[i] == strconv.Itoa(i)
	}
	if counted {
		c.kind, c.names = list, nil
	}
	return &c
}

// set adds a text to an object. A second one in the same place makes a list.
func (n *node) set(way []string, text string) {
	for _, step := range way {
		if n.kind != object {
			return // the same name is a text and an object
		}
		i := slices.Index(n.names, step)
		if i < 0 {
			i = len(n.names)
			n.names, n.nodes = append(n.names, step), append(n.nodes, nil)
		}
		if n.nodes[i] == nil {
			n.nodes[i] = &node{kind: object}
		}
		n = n.nodes[i]
	}
	switch {
	case n.kind == object && len(n.names) == 0:
		*n = node{text: text}
	case n.kind == list:
		n.nodes = append(n.nodes, leaf(text))
	case n.kind != object:
		first := *n
		*n = node{kind: list, nodes: []*node{&first, leaf(text)}}
	}
}

// fill reads the first of the candidates that the value's type has room for.
func fill(to reflect.Value, candidates ...*node) error {
	var first error
	for _, n := range candidates {
		n.settle(to.Type(), n)
		err := decode(n.append(nil), to)
		if err == nil {
			return nil
		}
		to.SetZero()
		if first == nil {
			first = err
		}
	}
	return first
}

// settle finds out for each text in n what it is, by what the type takes in its
// place. Root is all that there is.
func (n *node) settle(t reflect.Type, root *node) {
	for _, child := range n.nodes {
		child.settle(t, root)
	}
	if n.kind != unknown {
		return
	}
	for _, kind := range []kind{raws, quoted, one, oneQuoted} {
		if (kind == raws || kind == one) && !isScalar(n.text) || kind > quoted && n.whole {
			continue
		}
		n.kind = kind
		if json.Unmarshal(root.only(n), reflect.New(t).Interface(), api.Lenient()) == nil {
			return
		}
	}
	n.kind = quoted
}

func isScalar(text string) bool {
	v := jsontext.Value(text)
	return v.IsValid() && strings.ContainsRune("0tf", rune(v.Kind()))
}

// only returns the JSON of n with nothing in it but one node and what leads there.
func (n *node) only(one *node) []byte {
	if n == one {
		return n.append(nil)
	}
	for i, child := range n.nodes {
		inner := child.only(one)
		switch {
		case inner == nil:
		case n.kind == object:
			return append(append(append(quote([]byte{'{'}, n.names[i]), ':'), inner...), '}')
		default:
			return append(append([]byte{'['}, inner...), ']')
		}
	}
	return nil
}

// append adds the JSON of n.
func (n *node) append(dst []byte) []byte {
	switch n.kind {
	case raws:
		return append(dst, n.text...)
	case one:
		return append(append(append(dst, '['), n.text...), ']')
	case oneQuoted:
		return append(quote(append(dst, '['), n.text), ']')
	case list:
		dst = append(dst, '[')
		for i, child := range n.nodes {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = child.append(dst)
		}
		return append(dst, ']')
	case object:
		dst = append(dst, '{')
		for i, child := range n.nodes {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = child.append(append(quote(dst, n.names[i]), ':'))
		}
		return append(dst, '}')
	}
	return quote(dst, n.text)
}

func quote(dst []byte, text string) []byte {
	dst, err := jsontext.AppendQuote(dst, strings.ToValidUTF8(text, "\uFFFD"))
	if err != nil {
		panic(err) // only text that is no UTF-8 cannot be quoted
	}
	return dst
}

// isObject reports whether a type takes a JSON object, and nothing else.
func isObject(t reflect.Type) bool {
	v := reflect.New(t).Interface()
	return json.Unmarshal([]byte(`{}`), v, api.Lenient()) == nil && json.Unmarshal([]byte(`""`), reflect.New(t).Interface(), api.Lenient()) != nil
}
