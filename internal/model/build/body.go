package build

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// body fills in what an operation sends. The members of an object become
// fields of the params struct; anything else is its field Body.
func (b *builder) body(op *operation) {
	n := b.deref(op.node.Get("requestBody"))
	media, content := b.chooseMedia(n.Get("content"))
	if media == "" {
		return
	}
	op.Body = &model.Body{Kind: bodyKind(media), ContentType: media, Required: n.Get("required").True()}
	schema := content.Get("schema")
	switch op.Body.Kind {
	case model.LinesBody, model.SequenceBody:
		if b.linesBody(op, n, content) {
			return
		}
		op.Body.Kind = model.StreamBody
		b.bodyField(op, n, typed{Type: model.Reader})
		return
	case model.StreamBody:
		b.bodyField(op, n, typed{Type: model.Reader})
		return
	case model.TextBody:
		b.bodyField(op, n, typed{Type: model.String})
		return
	}
	v := b.view(schema)
	if v.is("object") && len(v.props) > 0 && len(b.alternatives(v)) == 0 && !v.nullable {
		params := len(op.Params.Fields)
		op.Body.Flag = b.flag(op, v)
		b.fields(op.Params, op.Params, v, func(p *prop, pv *view) bool { return pv.readOnly || isFlag(op.Body.Flag, p) })
		if op.Body.Kind == model.MultipartBody {
			b.files(op.Params.Fields[params:], v)
		}
		if len(op.Params.Fields) > params || op.Body.Flag != nil {
			return
		}
	}
	if op.Body.Kind == model.MultipartBody && schema == nil {
		op.Body.Kind = model.StreamBody
		b.bodyField(op, n, typed{Type: model.Reader})
		return
	}
	op.Body.Flag = b.flag(op, v)
	o := origin{op: op, parent: op.Params, text: "body"}
	t := b.typ(schema, o)
	t.Type = b.aliased(t.Type, o)
	b.bodyField(op, n, t)
}

// files makes the parts of a multipart body that hold files what a caller can
// give as a file (OpenAPI 3.0, "Considerations for File Uploads", and 3.1,
// "Encoding the contentMediaType").
func (b *builder) files(fields []*model.Field, v *view) {
	for _, f := range fields {
		pv := b.propView(v.prop(f.Name.Spec))
		switch {
		case isFile(pv):
			f.Type = model.File
			f.Presence = presenceOf(f.Type, v.required[f.Name.Spec], false)
		case pv.is("array") && isFile(b.view(pv.items)):
			f.Type = &model.List{Elem: model.File}
		}
	}
}

func isFile(v *view) bool { return v.is("string") && v.format == "binary" || v.file }

// bodyKind tells from a media type how a body is written.
func bodyKind(media string) model.BodyKind {
	switch base := baseType(media); {
	case isJSON(media):
		return model.JSONBody
	case base == "application/x-www-form-urlencoded":
		return model.FormBody
	case base == "multipart/form-data":
		return model.MultipartBody
	case isText(media):
		return model.TextBody
	}
	switch framing, ok := framingOf(media); {
	case ok && framing == model.JSONLines:
		return model.LinesBody
	case ok && framing == model.JSONSequence:
		return model.SequenceBody
	}
	return model.StreamBody
}

// isText reports whether a media type is text that is read and written whole.
func isText(media string) bool {
	base := baseType(media)
	return strings.HasPrefix(base, "text/") && !streams(base) ||
		strings.HasSuffix(base, "/xml") || strings.HasSuffix(base, "+xml") ||
		base == "application/javascript" || base == "application/graphql" || base == "application/yaml" || base == "application/x-yaml"
}

func (b *builder) bodyField(op *operation, n *spec.Node, t typed) {
	f := &model.Field{
		Name: model.Name{Spec: "body"}, Pos: n.Pos(), In: model.InRequest,
		Doc: strings.TrimSpace(n.Get("description").Text()), Type: t.Type,
	}
	b.place(f, op.Body.Required, t.nullable)
	op.Params.Fields = append(op.Params.Fields, f)
	op.Body.Field = f
}

// aliased gives the component that a result or body is made of a second name,
// after the operation, if the config asks for it: the element of a list, the
// value of a map, else the type itself.
func (b *builder) aliased(t model.Type, o origin) model.Type {
	if !b.cfg.OperationTypes {
		return t
	}
	switch t := t.(type) {
	case *model.List:
		return &model.List{Elem: b.aliased(t.Elem, o)}
	case *model.Map:
		return &model.Map{Elem: b.aliased(t.Elem, o)}
	case model.Decl:
		if !b.origins[t].component {
			return t
		}
		alias := &model.Alias{Target: t}
		alias.Pos = t.Declaration().Pos
		b.origins[alias] = o
		return alias
	}
	return t
}

// chooseMedia picks the media type that is easiest to be right with: JSON, then
// the two kinds of forms, else the first, and streams of values last.
func (b *builder) chooseMedia(content *spec.Node) (string, *spec.Node) {
	var media string
	var chosen *spec.Node
	for name, n := range content.Members() {
		if chosen == nil || bodyRank(name) < bodyRank(media) {
			media, chosen = name, b.deref(n)
		}
	}
	return media, chosen
}

func bodyRank(media string) int {
	switch bodyKind(media) {
	case model.JSONBody:
		return 0
	case model.MultipartBody:
		return 1
	case model.FormBody:
		return 2
	}
	if streams(media) {
		return 4
	}
	return 3
}

// baseType is a media type without its parameters, in lower case.
func baseType(media string) string {
	base, _, _ := strings.Cut(media, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// isJSON reports whether a media type is JSON, or a format made of it (RFC
// 6839, section 3.1).
func isJSON(media string) bool {
	base := baseType(media)
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json") && !streams(base) || base == "*/*" || base == "application/*"
}
