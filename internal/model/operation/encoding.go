package operation

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// encodings reads how the members of a form or multipart body are written, as
// far as it is not as usual (OpenAPI 3, Encoding Object). v is the schema of
// the body.
func (rd *reader) encodings(kind model.BodyKind, content *spec.Node, v *schema.View) []*model.Part {
	var parts []*model.Part
	for name, n := range content.Get("encoding").Members() {
		p := &model.Part{Name: name}
		of := v.Prop(name)
		if rd.encode(p, kind, n, of) && !rd.usual(p, kind, of) {
			parts = append(parts, p)
		}
	}
	if kind != model.MultipartBody {
		return parts
	}
	for _, prop := range v.Props { // JSON Schema says it of texts that have a media type of their own
		pv := rd.facts.PropView(prop)
		if pv.MediaType == "" || pv.File || slices.ContainsFunc(parts, func(p *model.Part) bool { return p.Name == prop.Name }) {
			continue
		}
		parts = append(parts, &model.Part{Name: prop.Name, ContentType: pv.MediaType})
	}
	return parts
}

// encode fills in one part, and reports whether there is anything to say of it.
// Where style, explode or allowReserved is there, the media type does not count
// (OpenAPI 3.1, "Encoding Object"); of files, which no style can write, the
// media type does and they do not.
func (rd *reader) encode(p *model.Part, kind model.BodyKind, n *spec.Node, of *schema.Prop) bool {
	p.Styled = (n.Has("style") || n.Has("explode") || n.Has("allowReserved")) && !(of != nil && rd.facts.HasFiles(rd.facts.PropView(of)))
	if p.Styled {
		p.Style = styleOf(n, model.InQuery)
		p.AllowReserved = n.Get("allowReserved").True() && kind == model.FormBody
		return p.Style != model.Default || p.AllowReserved || kind == model.MultipartBody
	}
	p.ContentType = n.Get("contentType").Text()
	if kind == model.FormBody {
		return IsJSON(p.ContentType) && p.ContentType != ""
	}
	for name, h := range n.Get("headers").Members() {
		if text := rd.constantHeader(rd.facts.Deref(h)); text != "" && !strings.EqualFold(name, "Content-Type") {
			p.Header = append(p.Header, model.Constant{Name: name, Value: text})
		}
	}
	return p.ContentType != "" || len(p.Header) > 0
}

// usual reports whether a member of a form is written in this way anyhow: names
// in brackets for an object, and for a list of them.
func (rd *reader) usual(p *model.Part, kind model.BodyKind, of *schema.Prop) bool {
	if kind != model.FormBody || p.Style != model.DeepObject || p.AllowReserved || of == nil {
		return false
	}
	v := rd.facts.PropView(of)
	if v.Is("array") {
		v = rd.facts.View(v.Items)
	}
	return v.Is("object")
}

// constantHeader returns the text that a header has if nobody says otherwise:
// its only value, or its default.
func (rd *reader) constantHeader(h *spec.Node) string {
	v := rd.facts.View(h.Get("schema"))
	switch {
	case len(v.Enum) == 1:
		return v.Enum[0].Text()
	case v.Def != nil:
		return v.Def.Text()
	}
	return ""
}
