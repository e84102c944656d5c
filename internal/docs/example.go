package docs

import (
	"bytes"
	"encoding/json"

	"github.com/openapi-lathe/lathe/internal/model"
)

// exampleOf is JSON that a type could be, of the examples of its members; empty
// if nothing can be said.
func (s *site) exampleOf(d model.Decl) string {
	e := &exampler{open: map[model.Type]bool{}, left: 1500}
	text := e.value("", d, nil)
	if text == nil {
		return ""
	}
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return ""
	}
	return b.String()
}

type exampler struct {
	open map[model.Type]bool
	left int
}

func (e *exampler) value(name string, t model.Type, f *model.Facts) []byte {
	if f != nil {
		for _, text := range f.Examples {
			if json.Valid([]byte(text)) {
				e.left -= len(text)
				return []byte(text)
			}
		}
		if f.Default != "" && json.Valid([]byte(f.Default)) {
			return []byte(f.Default)
		}
	}
	switch t := t.(type) {
	case model.Scalar:
		return e.scalar(name, t)
	case *model.List:
		if inner := e.value(name, t.Elem, nil); inner != nil {
			return append(append([]byte("["), inner...), ']')
		}
		return []byte("[]")
	case *model.Map:
		if inner := e.value("value", t.Elem, nil); inner != nil {
			return append(append([]byte(`{"key":`), inner...), '}')
		}
		return []byte("{}")
	case *model.Enum:
		if len(t.Values) == 0 {
			return nil
		}
		if t.Base == model.String {
			return []byte(quote(t.Values[0].Value))
		}
		return []byte(t.Values[0].Value)
	case *model.Alias:
		return e.value(name, t.Target, nil)
	case *model.Defined:
		return e.nested(t, func() []byte { return e.value(name, t.Under, nil) })
	case *model.Union:
		return e.nested(t, func() []byte {
			for _, v := range t.Variants {
				if text := e.value(name, v.Type, nil); text != nil {
					return text
				}
			}
			return nil
		})
	case *model.Page:
		return e.nested(t, func() []byte { return e.object(&t.Object) })
	case *model.Object:
		return e.nested(t, func() []byte { return e.object(t) })
	case model.TypeParam:
		return []byte("{}")
	}
	if inner := model.Elem(t); inner != nil {
		return e.value(name, inner, nil)
	}
	return nil
}

// nested guards a type that may contain itself.
func (e *exampler) nested(t model.Type, make func() []byte) []byte {
	const deep = 5
	if e.open[t] || len(e.open) > deep {
		return nil
	}
	e.open[t] = true
	defer delete(e.open, t)
	return make()
}

func (e *exampler) object(o *model.Object) []byte {
	if d := o.Facts; d != nil && len(d.Examples) > 0 && json.Valid([]byte(d.Examples[0])) {
		return []byte(d.Examples[0])
	}
	var b bytes.Buffer
	opening, closing := byte('{'), byte('}')
	if o.Tuple {
		opening, closing = '[', ']'
	}
	b.WriteByte(opening)
	for _, f := range o.Fields {
		if f.In != model.InJSON || !required(f) && (e.left < 0 || f.Deprecated != "") {
			continue
		}
		text := e.value(f.Name.Spec, f.Type, f.Facts)
		if text == nil {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		if !o.Tuple {
			b.WriteString(quote(f.Name.Spec))
			b.WriteByte(':')
		}
		b.Write(text)
		e.left -= len(f.Name.Spec) + 6
	}
	b.WriteByte(closing)
	return b.Bytes()
}

func (e *exampler) scalar(name string, t model.Scalar) []byte {
	if name == "" {
		name = "text"
	}
	e.left -= len(name)
	switch t {
	case model.Bool:
		return []byte("true")
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Number:
		return []byte("1")
	case model.Any, model.AnyObject:
		return []byte("{}")
	case model.Time:
		return []byte(`"2006-01-02T15:04:05Z"`)
	case model.Date:
		return []byte(`"2006-01-02"`)
	case model.Bytes:
		return []byte(`"Y29udGVudA=="`)
	case model.Empty:
		return []byte(`""`)
	case model.Reader, model.File, model.Event:
		return nil
	}
	return []byte(quote(name))
}
