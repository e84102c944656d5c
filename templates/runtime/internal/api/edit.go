package api

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonEdit is one change to a body, in the order of the options.
type jsonEdit struct {
	op     operation // Set or Del
	way    []string
	path   string // way as the caller wrote it
	value  any
	source string
	level  level
}

// EditJSON changes a member of the body; source is named in errors.
func (c *Config) EditJSON(op operation, path string, value any, source string) error {
	way, err := splitPath(path)
	if err != nil {
		return fmt.Errorf("%s: %q: %w", source, path, err)
	}
	c.json = append(c.json, jsonEdit{op, way, path, value, source, c.level})
	return nil
}

// splitPath splits a path at its dots. A backslash takes the next character as
// it is.
func splitPath(path string) ([]string, error) {
	var way []string
	var step strings.Builder
	for i := 0; i < len(path); i++ {
		switch c := path[i]; c {
		case '.':
			way = append(way, step.String())
			step.Reset()
		case '\\':
			if i++; i == len(path) {
				return nil, errors.New("it ends in a backslash")
			}
			step.WriteByte(path[i])
		default:
			step.WriteByte(c)
		}
	}
	way = append(way, step.String())
	for _, s := range way {
		if s == "" {
			return nil, errors.New("a part of the path is empty")
		}
	}
	return way, nil
}

// editBody applies the options that change members of a body. Where there is
// no body, one of a call makes one; one of a client is for the requests that
// have a body of JSON.
func (c *Config) editBody(p *payload, k *codec) error {
	for i := range c.json {
		e := &c.json[i]
		none := p.contentType == ""
		if none || p.stream != nil || !isJSON(p.contentType) {
			if e.level != fromCall || none && e.op == Del {
				continue
			}
			if !none {
				return fmt.Errorf("%s: the body is not JSON", e.source)
			}
			*p = payload{contentType: "application/json", data: []byte("{}")}
		}
		var value jsontext.Value
		if e.op == Set {
			var err error
			if value, err = k.marshal(e.value); err != nil {
				return fmt.Errorf("%s: %q: %w", e.source, e.path, err)
			}
		}
		data, err := editValue(p.data, e.way, value)
		if err != nil {
			return fmt.Errorf("%s: %q: %w", e.source, e.path, err)
		}
		p.data = data
	}
	return nil
}

// editValue returns a JSON value in which what the way leads to is value; nil
// takes it out. Objects on the way that are missing are made. The rest stays as
// it is written.
func editValue(v jsontext.Value, way []string, value jsontext.Value) (jsontext.Value, error) {
	if len(way) == 0 {
		return value, nil
	}
	switch v.Kind() {
	case '{':
		return editObject(v, way, value)
	case '[':
		return editArray(v, way, value)
	case 'n', 0:
		if value == nil {
			return v, nil
		}
		return editObject(jsontext.Value("{}"), way, value)
	}
	if value == nil {
		return v, nil // there is nothing to take out
	}
	return nil, fmt.Errorf("%q is in a %s", way[0], v.Kind())
}

func editObject(v jsontext.Value, way []string, value jsontext.Value) (jsontext.Value, error) {
	out := []byte{'{'}
	add := func(name, value jsontext.Value) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	dec, err := inside(v)
	if err != nil {
		return nil, err
	}
	found := false
	for dec.PeekKind() == '"' {
		raw, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		name := raw.Clone()
		member, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		plain, err := jsontext.AppendUnquote(nil, name)
		if err != nil {
			return nil, err
		}
		if string(plain) == way[0] {
			found = true
			if member, err = editValue(member, way[1:], value); err != nil {
				return nil, err
			}
		}
		if member != nil {
			add(name, member)
		}
	}
	if !found && value != nil {
		member, err := editValue(nil, way[1:], value)
		if err != nil {
			return nil, err
		}
		name, err := jsontext.AppendQuote(nil, way[0])
		if err != nil {
			return nil, err
		}
		add(name, member)
	}
	return append(out, '}'), nil
}

func editArray(v jsontext.Value, way []string, value jsontext.Value) (jsontext.Value, error) {
	dec, err := inside(v)
	if err != nil {
		return nil, err
	}
	var elements []jsontext.Value
	for dec.PeekKind() != ']' {
		element, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		elements = append(elements, element.Clone())
	}
	at, err := strconv.Atoi(way[0])
	if at == -1 && err == nil {
		at = len(elements)
	}
	switch {
	case err != nil || at < 0 || at > len(elements):
		return nil, fmt.Errorf("%q is no place in a list of %d", way[0], len(elements))
	case at == len(elements) && value == nil:
		return v, nil
	case at == len(elements):
		elements = append(elements, nil)
	}
	if elements[at], err = editValue(elements[at], way[1:], value); err != nil {
		return nil, err
	}
	out := []byte{'['}
	for _, element := range elements {
		if element == nil {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, element...)
	}
	return append(out, ']'), nil
}

// inside returns a decoder at the first member or element of a value.
func inside(v jsontext.Value) (*jsontext.Decoder, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(v), Lenient())
	_, err := dec.ReadToken()
	return dec, err
}

// lookup returns the text or number that a way leads to; empty if there is
// none.
func lookup(v jsontext.Value, way []string) jsontext.Value {
	for _, step := range way {
		if v.Kind() != '{' {
			return nil
		}
		dec, err := inside(v)
		if err != nil {
			return nil
		}
		v = nil
		for dec.PeekKind() == '"' {
			name, err := dec.ReadToken()
			if err != nil {
				return nil
			}
			match := name.String() == step
			member, err := dec.ReadValue()
			if err != nil {
				return nil
			}
			if match {
				v = member.Clone()
			}
		}
	}
	return v
}
