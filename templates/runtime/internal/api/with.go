package api

import (
	"bytes"
	"errors"

	"github.com/go-json-experiment/json/jsontext"
)

// With makes b, which is made of an object, a body with one member more, which
// takes the place of one that the object may have. It is for what the method
// knows and its caller need not say: that the answer is to be a stream.
func With(b Body, name string, member any) Body {
	b.value = withMember{b.value, name, member}
	b.optional = false
	return b
}

// withMember is an object with one member more.
type withMember struct {
	value  any
	name   string
	member any
}

// encode returns the object as JSON.
func (w withMember) encode(k *codec) ([]byte, error) {
	data, err := k.marshal(w.value)
	if err != nil {
		return nil, err
	}
	member, err := k.marshal(w.member)
	if err != nil {
		return nil, err
	}
	if string(data) == "null" {
		data = []byte("{}")
	}
	dec := jsontext.NewDecoder(bytes.NewReader(data), Lenient())
	if dec.PeekKind() != '{' {
		return nil, errors.New("it is no object, which could have the member " + w.name)
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	out := []byte{'{'}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		own, start := is(name, w.name), len(out)
		out = append(append(out, name...), ':')
		value, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		if out = append(append(out, value...), ','); own {
			out = out[:start]
		}
	}
	name, err := jsontext.AppendQuote(out, w.name)
	return append(append(append(name, ':'), member...), '}'), err
}

// encoded is the JSON of what a body is made of.
func (k *codec) encoded(v any) ([]byte, error) {
	if with, ok := v.(withMember); ok {
		return with.encode(k)
	}
	return k.marshal(v)
}
