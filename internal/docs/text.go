package docs

import (
	"html"
	"html/template"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// A typeText is a type as it is written in Go, some of whose parts link to the
// page of what they name.
type typeText []part

type part struct{ text, url string }

// String is the type without its links.
func (t typeText) String() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.text)
	}
	return b.String()
}

// HTML is the type with its links.
func (t typeText) HTML() template.HTML {
	var b strings.Builder
	for _, p := range t {
		if p.url == "" {
			b.WriteString(textEscaper.Replace(p.text))
			continue
		}
		b.WriteString(`<a href="`)
		b.WriteString(html.EscapeString(p.url))
		b.WriteString(`">`)
		b.WriteString(textEscaper.Replace(p.text))
		b.WriteString("</a>")
	}
	return template.HTML(b.String())
}

func plainType(text string) typeText { return typeText{{text: text}} }

func (t typeText) and(more ...part) typeText { return append(t, more...) }

// fieldType is the type of a field, with what shows that it may be absent.
func (s *site) fieldType(from *page, f *model.Field) typeText {
	t := s.typeText(from, f.Type)
	switch f.Presence {
	case model.Optional, model.Nullable:
		return wrapped("param.Opt", t)
	case model.ThreeState, model.TwoState:
		return wrapped("param.Nullable", t)
	case model.Pointer, model.NullPointer:
		return append(plainType("*"), t...)
	}
	return t
}

func wrapped(name string, t typeText) typeText {
	return append(append(plainType(name+"["), t...), part{text: "]"})
}

// typeText writes a type, on a page.
func (s *site) typeText(from *page, t model.Type) typeText {
	switch t := t.(type) {
	case model.Scalar:
		return plainType(scalarText(t))
	case *model.List:
		return append(plainType("[]"), s.typeText(from, t.Elem)...)
	case *model.Map:
		return append(plainType("map[string]"), s.typeText(from, t.Elem)...)
	case *model.Opt:
		return wrapped("param.Opt", s.typeText(from, t.Elem))
	case *model.Null:
		return wrapped("param.Nullable", s.typeText(from, t.Elem))
	case *model.Ptr:
		return append(plainType("*"), s.typeText(from, t.Elem)...)
	case *model.Lines:
		return wrapped("param.Lines", s.typeText(from, t.Elem))
	case model.TypeParam:
		return plainType("T")
	case *model.OrNull:
		text := t.Name.Go
		if d := named(t.Elem); d != nil {
			return typeText{{text, s.typeURL(from, d)}}
		}
		return plainType(text)
	case model.Decl:
		return typeText{{t.Declaration().Name.Go, s.typeURL(from, t)}}
	}
	return plainType("any")
}

// typeURL is the way from a page to a type.
func (s *site) typeURL(from *page, d model.Decl) string {
	p, id := s.where(d.Declaration())
	if p == nil {
		return ""
	}
	url := ""
	if p != from {
		url = from.to(p)
	}
	if id != "" {
		url += "#" + id
	}
	return url
}

// scalarText is how Go writes a scalar.
func scalarText(t model.Scalar) string {
	switch t {
	case model.Any:
		return "jsontext.Value"
	case model.AnyObject:
		return "map[string]jsontext.Value"
	case model.String:
		return "string"
	case model.Bool:
		return "bool"
	case model.Int32:
		return "int32"
	case model.Int64:
		return "int64"
	case model.Uint64:
		return "uint64"
	case model.Float32:
		return "float32"
	case model.Float64:
		return "float64"
	case model.Number:
		return "param.Number"
	case model.Time:
		return "time.Time"
	case model.Date:
		return "param.Date"
	case model.Bytes:
		return "[]byte"
	case model.Secret:
		return "param.Secret"
	case model.Empty:
		return "param.Empty"
	case model.Reader:
		return "io.Reader"
	case model.File:
		return "param.File"
	case model.Event:
		return "streaming.Event"
	}
	return "any"
}
