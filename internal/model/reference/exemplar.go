package reference

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An exemplar puts an example of a schema together from those of its parts. It
// is for people: it shows what there is, and is not a value that a test could
// rely on, as those of package sample are.
type exemplar struct {
	facts   *schema.Facts
	request bool
	open    map[*spec.Node]bool // schemas that are being written
	left    int                 // bytes that may still be written
}

// exampleSize is how large an example that is put together gets, about.
const exampleSize = 2400

// deepest is how many objects an example nests.
const deepest = 6

// write returns the JSON of an example; nil if there is none to be made. The
// name is that of the value, which stands for a text that nothing is known of.
func (e *exemplar) write(name string, depth int, nodes ...*spec.Node) []byte {
	said := e.facts.Keywords(nodes...)
	for _, n := range []*spec.Node{said.Found["example"], said.Found["examples"].At(0), said.Found["const"], said.Found["default"], said.Found["enum"].At(0)} {
		if n != nil {
			return e.spend(n.AppendJSON(nil))
		}
	}
	for _, n := range nodes {
		if n = e.facts.Deref(n); e.open[n] {
			return nil
		}
	}
	for _, n := range nodes {
		n = e.facts.Deref(n)
		e.open[n] = true
		defer delete(e.open, n)
	}
	v := e.facts.View(nodes...)
	for _, list := range v.OneOf {
		for _, n := range list {
			if !schema.IsNull(n) && !schema.OnlyRequires(n) {
				if len(v.Props) > 0 {
					v = e.facts.View(append(slices.Clone(nodes), n)...)
					return e.object(v, depth)
				}
				return e.write(name, depth, n)
			}
		}
	}
	switch {
	case v.Is("object"):
		return e.object(v, depth)
	case v.Is("array"):
		return e.list(name, depth, v, nodes)
	case slices.Contains(v.Kinds, "string"):
		return e.spend(appendText(nil, e.text(name, v)))
	case slices.Contains(v.Kinds, "integer"), slices.Contains(v.Kinds, "number"):
		if v.Minimum.Text() != "" && v.Minimum.Text() != "0" {
			return e.spend([]byte(v.Minimum.Text()))
		}
		return e.spend([]byte("1"))
	case slices.Contains(v.Kinds, "boolean"):
		return e.spend([]byte("true"))
	case v.Nullable:
		return e.spend([]byte("null"))
	}
	return e.spend([]byte("{}"))
}

// list writes one item, or those that an array has each in its place. Of schemas
// that all describe it, the first that says anything of an item counts.
func (e *exemplar) list(name string, depth int, v *schema.View, nodes []*spec.Node) []byte {
	out := []byte{'['}
	for _, n := range v.Prefix {
		item := e.write(name, depth, n)
		if item == nil {
			return e.spend([]byte("[]"))
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, item...)
	}
	items := v.Items
	for _, n := range nodes {
		if said := e.facts.View(n).Items; len(v.Prefix) == 0 && items.Len() == 0 && said.Len() > 0 {
			items = said
		}
	}
	if items.Len() > 0 && len(v.Prefix) == 0 {
		out = append(out, e.write(name, depth, items)...)
	}
	return append(out, ']')
}

// spend takes note of what is written.
func (e *exemplar) spend(text []byte) []byte {
	e.left -= len(text)
	return text
}

// object writes what must be there, and of a response also what can be. A
// request without anything that must be there shows the first few.
func (e *exemplar) object(v *schema.View, depth int) []byte {
	const few = 2
	props := slices.DeleteFunc(slices.Clone(v.Props), func(p *schema.Prop) bool {
		pv := e.facts.PropView(p)
		return e.request && pv.ReadOnly || !e.request && pv.WriteOnly || pv.Deprecated && !v.Required[p.Name]
	})
	if e.request {
		required := slices.DeleteFunc(slices.Clone(props), func(p *schema.Prop) bool { return !v.Required[p.Name] })
		if len(required) == 0 && depth == 0 {
			required = props[:min(few, len(props))]
		}
		props = required
	}
	var out bytes.Buffer
	out.WriteByte('{')
	for _, p := range props {
		if !v.Required[p.Name] && (depth >= deepest || e.left < 0) {
			continue
		}
		value := e.write(p.Name, depth+1, p.Nodes...)
		if value == nil {
			continue
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.Write(appendText(nil, p.Name))
		out.WriteByte(':')
		out.Write(value)
		e.left -= len(p.Name) + 4
	}
	if len(v.Props) == 0 && v.Extra.Is(spec.Object) && v.Extra.Len() > 0 {
		if value := e.write("value", depth+1, v.Extra); value != nil {
			out.WriteString(`"key":`)
			out.Write(value)
		}
	}
	out.WriteByte('}')
	return out.Bytes()
}

// text is a text of a format, else the name of what it is for.
func (e *exemplar) text(name string, v *schema.View) string {
	switch v.Format {
	case "date-time":
		return "2006-01-02T15:04:05Z"
	case "date":
		return "2006-01-02"
	case "time":
		return "15:04:05Z"
	case "uuid":
		return "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e"
	case "email":
		return "user@example.com"
	case "uri", "url":
		return "https://example.com"
	case "hostname":
		return "example.com"
	case "ipv4":
		return "192.0.2.1"
	case "ipv6":
		return "2001:db8::1"
	case "byte":
		return "Y29udGVudA=="
	case "":
		if name != "" {
			return name
		}
		return "string"
	}
	if name != "" {
		return name
	}
	return v.Format
}

func appendText(dst []byte, text string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		panic(err) // a text can always be written
	}
	return append(dst, bytes.TrimSpace(b.Bytes())...)
}
