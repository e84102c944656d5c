package api

import (
	"bytes"
	"errors"
	"io"
	"reflect"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// Body is what a request carries. The zero Body is none.
type Body struct {
	contentType string
	value       any
	encode      func(k *codec, contentType string, value any) (payload, error)
	optional    bool
}

// payload is an encoded body: bytes or a stream. The zero payload is none.
type payload struct {
	contentType string // not empty if there is a body
	data        []byte
	stream      *stream // in place of data, if not nil
}

// replayable reports whether the body can be sent again.
func (p *payload) replayable() bool { return p.stream == nil || p.stream.replayable() }

// shown returns the secrets of a body that is encoded while it is sent.
func (p *payload) shown() []string {
	if p.stream != nil {
		if values, ok := p.stream.r.(*valueReader); ok {
			return values.shown()
		}
	}
	return nil
}

// JSON is a body of the JSON of v.
func JSON(v any) Body { return JSONAs("application/json", v) }

// JSONAs is JSON with a media type of its own, such as
// application/merge-patch+json.
func JSONAs(contentType string, v any) Body {
	return Body{contentType: contentType, value: v, encode: encodeJSON}
}

// Optional makes b a body that is left out when nothing in it is set: it is
// nil, unset, null or an object without members.
func Optional(b Body) Body {
	b.optional = true
	return b
}

// Text is a body of s as it is.
func Text(contentType, s string) Body {
	return Body{contentType: contentType, value: s, encode: encodeBytes}
}

// Bytes is a body of data as it is. It is not copied.
func Bytes(contentType string, data []byte) Body {
	return Body{contentType: contentType, value: data, encode: encodeBytes}
}

// Stream is a body of what r has. An [io.Seeker] is sent from where it stands,
// with its length, and again if the request is repeated; of any other reader
// the request can be sent only once. A nil reader is no body. The transport
// does not close r.
func Stream(contentType string, r io.Reader) Body {
	return Body{contentType: contentType, value: r, encode: encodeStream}
}

// Form is a body of the members of v in application/x-www-form-urlencoded;
// objects in it are written a[b]=c.
func Form(v any) Body {
	return Body{contentType: "application/x-www-form-urlencoded", value: v, encode: encodeForm}
}

// Raw is a body of bytes, a string, a reader, or the JSON of anything else, for
// a caller who knows better than the description.
func Raw(contentType string, v any) Body {
	switch v := v.(type) {
	case nil:
		return Body{}
	case []byte:
		return Bytes(contentType, v)
	case string:
		return Text(contentType, v)
	case io.Reader:
		return Stream(contentType, v)
	}
	return JSONAs(contentType, v)
}

// payload encodes b.
func (b *Body) payload(k *codec) (payload, error) {
	if b.encode == nil || b.optional && nothing(b.value) {
		return payload{}, nil
	}
	contentType := b.contentType
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	p, err := b.encode(k, contentType, b.value)
	if err != nil || b.optional && p.stream == nil && (len(p.data) == 0 || string(p.data) == "{}" || string(p.data) == "null") {
		return payload{}, err
	}
	return p, nil
}

// nothing reports whether v is a nil or an unset Opt.
func nothing(v any) bool {
	if o, ok := v.(optional); ok {
		return o.IsZero()
	}
	rv := reflect.ValueOf(v)
	if _, ok := param.Unwrap(rv); ok {
		return rv.IsZero()
	}
	switch rv.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return rv.IsNil()
	}
	return false
}

func encodeJSON(k *codec, contentType string, v any) (payload, error) {
	if with, ok := v.(withMember); ok {
		data, err := with.encode(k)
		return payload{contentType: contentType, data: data}, err
	}
	data, err := k.marshal(v)
	return payload{contentType: contentType, data: data}, err
}

func encodeBytes(_ *codec, contentType string, v any) (payload, error) {
	data, ok := v.([]byte)
	if !ok {
		data = []byte(v.(string))
	}
	return payload{contentType: contentType, data: data}, nil
}

func encodeForm(k *codec, contentType string, v any) (payload, error) {
	with, _ := v.(withMember)
	if with.name != "" {
		v = with.value
	}
	n, err := k.node(v)
	if err != nil {
		return payload{}, err
	}
	if with.name != "" {
		if n, err = with.add(k, n); err != nil {
			return payload{}, err
		}
	}
	if n.kind != object && n.kind != absent {
		return payload{}, errors.New("a form is an object")
	}
	return payload{contentType: contentType, data: appendQuery([]byte{}, "", n, Default)}, nil
}

func encodeStream(_ *codec, contentType string, v any) (payload, error) {
	r, _ := v.(io.Reader)
	if r == nil {
		return payload{}, nil
	}
	return payload{contentType: contentType, stream: newStream(r)}, nil
}

// inMemory is a body of bytes.
type inMemory struct{ bytes.Reader }

func (*inMemory) Close() error { return nil }

func newInMemory(data []byte) *inMemory {
	b := new(inMemory)
	b.Reset(data)
	return b
}
