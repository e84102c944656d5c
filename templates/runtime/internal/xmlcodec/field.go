package xmlcodec

import (
	"encoding"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// A field is what the tags of a struct's field say.
type field struct {
	json string
	name name
	list string // of the element that a list is in; "" if its items stand by themselves
	kind kind
	typ  reflect.Type
}

type kind uint8

const (
	inElement kind = iota
	inAttribute
	inText
	extra // a map of all that no other field has
)

// A name is that of an element or an attribute.
type name struct {
	space  string
	prefix string
	local  string
}

// parseName reads the name of a tag: local, or "space local", or "space
// prefix:local".
func parseName(text string) name {
	var n name
	if space, rest, ok := strings.Cut(text, " "); ok {
		n.space, text = space, rest
	}
	if prefix, rest, ok := strings.Cut(text, ":"); ok {
		n.prefix, text = prefix, rest
	}
	n.local = text
	return n
}

// fieldsOf returns the fields of a struct, nil if it is none whose members JSON
// knows by their tags.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, ok := sf.Tag.Lookup("json")
		if !ok || tag == "-" {
			continue
		}
		f := field{typ: sf.Type}
		var options string
		f.json, options, _ = strings.Cut(tag, ",")
		if options == "embed" {
			f.kind = extra
			fields = append(fields, f)
			continue
		}
		way, options, _ := strings.Cut(sf.Tag.Get("xml"), ",")
		switch options {
		case "attr":
			f.kind = inAttribute
		case "chardata":
			f.kind = inText
		}
		if way == "" {
			way = f.json
		}
		if list, item, ok := strings.Cut(way, ">"); ok {
			f.list, way = list, item
		}
		f.name = parseName(way)
		fields = append(fields, f)
	}
	return fields
}

// optional is a param.Opt of any type.
type optional interface {
	Any() any
	IsNull() bool
	IsZero() bool
}

// plain looks through pointers, optional and nullable values. It returns nil for a type of
// which only its JSON codec knows what it is, such as a union.
func plain(t reflect.Type) reflect.Type {
	for t != nil {
		if value, ok := param.Unwrap(reflect.Zero(t)); ok {
			t = value.Type()
			continue
		}
		switch {
		case t.Kind() == reflect.Pointer:
			t = t.Elem()
		case t.Kind() == reflect.Struct && t.Implements(reflect.TypeFor[optional]()):
			t = t.Field(0).Type // the value
		case t == reflect.TypeFor[jsontext.Value](), t.Kind() == reflect.Interface:
			return nil
		case t.Kind() == reflect.Struct && !isText(t) && fieldsOf(t) == nil:
			return nil
		default:
			return t
		}
	}
	return nil
}

// isText reports whether a struct is a text in JSON, as a time is.
func isText(t reflect.Type) bool {
	return t == reflect.TypeFor[time.Time]() || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// isList reports whether a type is a list, and no bytes.
func isList(t reflect.Type) bool {
	return t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8
}
