package api

import (
	"bytes"
	"io"
	"reflect"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// Body is what a request carries. The zero Body is none.
type Body struct {
	contentType string
	value       any
	parts       []Part // of a form or multipart body
	encode      func(k *codec, b *Body) (payload, error)
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

// Converted is a body of what convert makes of the JSON of v: none if that is
// nothing.
func Converted(contentType string, v any, convert func(data []byte, t reflect.Type) ([]byte, error)) Body {
	return Body{contentType: contentType, value: v, encode: func(k *codec, b *Body) (payload, error) {
		p, err := encodeJSON(k, b)
		if err == nil {
			p.data, err = convert(p.data, reflect.TypeOf(b.value))
		}
		if len(p.data) == 0 {
			return payload{}, err
		}
		return p, err
	}}
}

// Optional makes b a body that is left out when nothing in it is set: it is
// nil, unset, null, an object without members, a struct of which no field that
// is a member has a value, or the zero of an enum, which lists another if it may
// be sent.
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

// Raw is a body of bytes, a string, a reader, or else of the members of v as a
// form or multipart, if it is to be one, and of its JSON if not, for a caller who
// knows better than the description.
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
	return JSONAs(contentType, v).as(contentType, nil)
}

// as returns b as another media type: as the request says that it is written
// then, else as all of its kind are. What is no JSON, form or multipart only
// gets the name.
func (b Body) as(contentType string, others []Body) Body {
	if contentType == "" || b.encode == nil {
		return b
	}
	for _, other := range others {
		if mediaType(other.contentType) == mediaType(contentType) {
			b = other
		}
	}
	b.contentType = contentType
	switch b.value.(type) {
	case string, []byte, io.Reader, manyValues:
		return b
	}
	switch media := mediaType(contentType); {
	case isJSON(media):
		b.encode = encodeJSON
	case media == "application/x-www-form-urlencoded":
		b.encode = encodeForm
	case media == "multipart/form-data":
		b.encode = encodeMultipart
	}
	return b
}

// mediaType is a media type without its parameters.
func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// payload encodes b.
func (b *Body) payload(k *codec) (payload, error) {
	if b.encode == nil || b.optional && empty(b.value) {
		return payload{}, nil
	}
	if b.contentType == "" {
		b.contentType = "application/octet-stream"
	}
	p, err := b.encode(k, b)
	if err != nil || b.optional && p.stream == nil && (len(p.data) == 0 || string(p.data) == "{}" || string(p.data) == "null") {
		return payload{}, err
	}
	return p, nil
}

// empty reports whether nothing is set in v.
func empty(v any) bool {
	rv := reflect.ValueOf(v)
	if enum := rv.CanInt() || rv.CanFloat() || rv.Kind() == reflect.String; enum && rv.Type().PkgPath() != "" {
		return rv.IsZero()
	}
	if rv.Kind() != reflect.Struct || rv.Type().NumMethod() > 0 {
		return nothing(v)
	}
	for i := range rv.NumField() {
		field := rv.Field(i)
		switch rv.Type().Field(i).Tag.Get("json") {
		case "-": // a parameter
			continue
		case ",embed":
			if field.Kind() == reflect.Map && field.Len() == 0 {
				continue
			}
		}
		if !field.IsZero() {
			return false
		}
	}
	return true
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

func encodeJSON(k *codec, b *Body) (payload, error) {
	data, err := k.encoded(b.value)
	return payload{contentType: b.contentType, data: data}, err
}

func encodeBytes(_ *codec, b *Body) (payload, error) {
	data, ok := b.value.([]byte)
	if !ok {
		data = []byte(b.value.(string))
	}
	return payload{contentType: b.contentType, data: data}, nil
}

func encodeStream(_ *codec, b *Body) (payload, error) {
	r, _ := b.value.(io.Reader)
	if r == nil {
		return payload{}, nil
	}
	return payload{contentType: b.contentType, stream: newStream(r)}, nil
}

// inMemory is a body of bytes, of a type by which net/http knows that it need
// not send the header ahead of it, in a packet of its own.
func inMemory(data []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(data)) }
