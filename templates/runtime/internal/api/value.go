package api

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// node is a parameter's value as the styles see it: a text, a list, or an
// object whose members are in order.
type node struct {
	kind  kind
	text  string
	names []string // of an object's members
	nodes []node   // of a list or an object
}

type kind uint8

const (
	absent kind = iota
	scalar
	list
	object
)

func leaf(text string) node { return node{kind: scalar, text: text} }

// optional is a param.Opt of any type.
type optional interface {
	Any() any
	IsNull() bool
	IsZero() bool
}

// node returns the value of a parameter. The usual kinds are read directly;
// the rest is what its JSON says, so that maps, structs, their tags and their
// methods mean the same in a query as in a body.
func (k *codec) node(v any) (node, error) {
	switch v := v.(type) {
	case nil:
		return node{}, nil
	case string:
		return leaf(v), nil
	case bool:
		return leaf(strconv.FormatBool(v)), nil
	case int:
		return leaf(strconv.Itoa(v)), nil
	case int64:
		return leaf(strconv.FormatInt(v, 10)), nil
	case float64:
		return number(v, 64)
	case time.Time:
		return leaf(v.Format(time.RFC3339Nano)), nil
	case param.Secret:
		return leaf(k.reveal(v)), nil
	case []string:
		if v == nil {
			return node{}, nil
		}
		n := node{kind: list, nodes: make([]node, len(v))}
		for i, s := range v {
			n.nodes[i] = leaf(s)
		}
		return n, nil
	case optional:
		return k.node(v.Any())
	}
	rv := reflect.ValueOf(v)
	if value, ok := param.Unwrap(rv); ok {
		return k.node(value.Interface())
	}
	switch rv.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if rv.IsNil() {
			return node{}, nil
		}
		if rv.Kind() == reflect.Pointer && rv.Type().NumMethod() == 0 {
			return k.node(rv.Elem().Interface())
		}
	}
	if rv.Type().NumMethod() == 0 {
		switch rv.Kind() {
		case reflect.String:
			return leaf(rv.String()), nil
		case reflect.Bool:
			return leaf(strconv.FormatBool(rv.Bool())), nil
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			return leaf(strconv.FormatInt(rv.Int(), 10)), nil
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
			return leaf(strconv.FormatUint(rv.Uint(), 10)), nil
		case reflect.Float32, reflect.Float64:
			return number(rv.Float(), rv.Type().Bits())
		}
	}
	data, err := k.marshal(v)
	if err != nil {
		return node{}, err
	}
	return parseNode(jsontext.NewDecoder(bytes.NewReader(data), Lenient()))
}

// number writes a number as JSON does.
func number(f float64, bits int) (node, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return node{}, errors.New(strconv.FormatFloat(f, 'g', -1, bits) + " is not a number that can be sent")
	}
	return leaf(string(jsontext.AppendFloat(nil, f, bits))), nil
}

// parseNode reads the next JSON value. A null is absent.
func parseNode(dec *jsontext.Decoder) (node, error) {
	switch dec.PeekKind() {
	case '[', '{':
		open, err := dec.ReadToken()
		if err != nil {
			return node{}, err
		}
		n := node{kind: list}
		if open.Kind() == '{' {
			n.kind = object
		}
		for dec.PeekKind() != ']' && dec.PeekKind() != '}' {
			if n.kind == object {
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
		return n, err
	}
	t, err := dec.ReadToken()
	if err != nil || t.Kind() == 'n' {
		return node{}, err
	}
	return leaf(t.String()), nil
}

// flat returns the texts of n and of all that is in it, in order; of an object
// each name comes before its values.
func (n node) flat() []string {
	switch n.kind {
	case scalar:
		return []string{n.text}
	case list, object:
		var texts []string
		for i, child := range n.nodes {
			if child.kind == absent {
				continue
			}
			if n.kind == object {
				texts = append(texts, n.names[i])
			}
			texts = append(texts, child.flat()...)
		}
		return texts
	}
	return nil
}
