package config

import (
	"bytes"
	"encoding/json"
	"strings"
)

// A shape is what values a key takes, as far as a JSON schema tells.
type shape struct {
	types   []string
	enum    []any
	pattern string
	minimum int          // 0: none
	keys    func() []key // of an object: all that it can have
	each    *shape       // of an object: what every member is
	items   *shape       // of an array
	or      []shape      // one of these instead
}

var text = shape{types: []string{"string"}}

// objectOf is the shape of an object with the keys of a T.
func objectOf[T any](keys func(*T) []key) shape {
	return shape{types: []string{"object"}, keys: func() []key { return keys(new(T)) }}
}

// mapOf is the shape of an object whose members have the keys of a T.
func mapOf[T any](keys func(*T) []key) shape {
	each := objectOf(keys)
	return shape{types: []string{"object"}, each: &each}
}

func orList(s shape) shape {
	return shape{or: []shape{s, {types: []string{"array"}, items: &s}}}
}

func orFalse(s shape) shape { return shape{or: []shape{s, {enum: []any{false}}}} }

func environmentShape() shape {
	name := shape{types: []string{"string"}, pattern: envName.String()}
	return shape{types: []string{"object"}, each: &name}
}

func renamesShape() shape { return namesShape() }

// namesShape is an object of texts, by names that the user chooses.
func namesShape() shape { return shape{types: []string{"object"}, each: &text} }

func clientParamsShape(r *reader) shape {
	return shape{or: []shape{{types: []string{"array"}, items: &text}, mapOf(r.clientParamKeys)}}
}

// versionShape has each version as a string and as the number that YAML has.
func versionShape() shape {
	var enum []any
	for _, v := range Versions() {
		enum = append(enum, v, json.Number(v))
	}
	return shape{enum: enum}
}

func literals(words []string) (list []any) {
	for _, w := range words {
		list = append(list, w)
	}
	return list
}

// schemaName is the member with which a config in JSON tells an editor where its
// schema is. It says nothing to us.
const schemaName = "$schema"

// JSONSchema returns the JSON schema (2020-12) of the config, for editors. It is
// made from the table that the config is read by. What a value must be beyond
// its shape, such as a Go identifier, only the reader knows.
func JSONSchema() []byte {
	s := object("", new(reader).keys(new(Config)))
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "gen.yaml"
	s.Description = "What gen is not to infer, or not to change, when it makes a Go SDK of an OpenAPI description."
	s.Properties = append(s.Properties, property{schemaName, &jsonSchema{Type: text.types, Description: "Where this schema is, for editors."}})
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		panic(err) // nothing in it can fail to
	}
	return b.Bytes()
}

// A jsonSchema is one schema, with its keywords in the order that they are
// written in.
type jsonSchema struct {
	Schema      string        `json:"$schema,omitempty"`
	Title       string        `json:"title,omitempty"`
	Description string        `json:"description,omitempty"`
	AnyOf       []*jsonSchema `json:"anyOf,omitempty"`
	Type        []string      `json:"type,omitempty"`
	Enum        []any         `json:"enum,omitempty"`
	Pattern     string        `json:"pattern,omitempty"`
	Minimum     int           `json:"minimum,omitempty"`
	Properties  properties    `json:"properties,omitempty"`
	Additional  any           `json:"additionalProperties,omitempty"`
	Items       *jsonSchema   `json:"items,omitempty"`
}

// properties are an object in the order of the table.
type properties []property

type property struct {
	name   string
	schema *jsonSchema
}

// MarshalJSON writes the properties as an object.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, property := range p {
		b.WriteByte("{,"[min(i, 1)])
		for _, part := range []any{property.name, property.schema} {
			var text bytes.Buffer
			enc := json.NewEncoder(&text)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(part); err != nil {
				return nil, err
			}
			b.Write(bytes.TrimSpace(text.Bytes()))
			if part == any(property.name) {
				b.WriteByte(':')
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// object is the schema of what can have keys. The way leads to it, for about.
func object(way string, keys []key) *jsonSchema {
	s := &jsonSchema{Type: []string{"object"}, Additional: false}
	for _, k := range keys {
		inner := strings.TrimPrefix(way+"."+k.name, ".")
		value := k.shape.schema(inner, true)
		value.Description = about(inner)
		s.Properties = append(s.Properties, property{k.name, value})
	}
	return s
}

// schema writes a shape as a schema. What is a member may be null, which is as
// if it were not there.
func (s shape) schema(way string, nullable bool) *jsonSchema {
	if s.or != nil {
		out := &jsonSchema{}
		for i, alternative := range s.or {
			out.AnyOf = append(out.AnyOf, alternative.schema(way, nullable && i == 0))
		}
		return out
	}
	out := &jsonSchema{}
	if s.keys != nil {
		out = object(way, s.keys())
	}
	out.Type, out.Enum, out.Pattern, out.Minimum = s.types, s.enum, s.pattern, s.minimum
	if s.each != nil {
		out.Additional = s.each.schema(way+".*", true)
	}
	if s.items != nil {
		out.Items = s.items.schema(way, false)
	}
	if nullable && out.Type != nil {
		out.Type = append(out.Type[:len(out.Type):len(out.Type)], "null")
	}
	if nullable && out.Enum != nil {
		out.Enum = append(out.Enum[:len(out.Enum):len(out.Enum)], nil)
	}
	return out
}
