package operation

import (
	"maps"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// body fills in what an operation sends. The members of an object become
// fields of the params struct; anything else is its field Body.
func (rd *reader) body(op *Operation) {
	n := rd.facts.MustDeref(op.Node.Get("requestBody"))
	media, content := rd.chooseMedia(n.Get("content"))
	if media == "" {
		return
	}
	parts := n.Get("required").True() && bodyKind(media) == model.MultipartBody // which are there, said or not
	if n.Get("content").Len() == 1 && !parts && rd.saysNothing(n, content) {
		if n.Get("required").True() && bodyKind(media) == model.JSONBody {
			op.Body = &model.Body{Kind: model.JSONBody, ContentType: media, Required: true, Empty: true}
		}
		return
	}
	media = rd.concrete(media, content.Get("schema"))
	op.Body = &model.Body{Kind: rd.kindOfBody(media, content), ContentType: media, Required: n.Get("required").True()}
	if op.Body.Kind == model.TextBody && isXML(media) && rd.facts.InXML(content.Get("schema")) {
		op.Body.Kind, op.Body.Root = model.XMLBody, rd.types.XmlRoot(content.Get("schema"))
	}
	rd.mainBody(op, n, content)
	for other, m := range n.Get("content").Members() {
		if m = rd.facts.Deref(m); other != media {
			rd.otherBody(op, n, other, m, content)
		}
	}
}

// saysNothing reports whether a body has nothing for a caller to say: an empty
// schema without an example, or, where no body must be sent, an object without
// members. One that must be there is then an empty object. A caller who knows of
// something to send has option.WithRequestBody.
func (rd *reader) saysNothing(n, content *spec.Node) bool {
	schema := content.Get("schema")
	if schema.Is(spec.Object) && schema.Len() == 0 {
		return !content.Has("example") && !content.Has("examples")
	}
	return !n.Get("required").True() && rd.isEmpty(schema)
}

// isEmpty reports whether all that a schema allows is an object without members,
// which some descriptions have for the body of every GET.
func (rd *reader) isEmpty(schema *spec.Node) bool {
	v := rd.facts.View(schema)
	return v.Is("object") && v.Closed && v.Extra == nil && !v.Nullable && len(v.Props)+len(v.OneOf) == 0
}

// mainBody fills in the body that is usually sent.
func (rd *reader) mainBody(op *Operation, n, content *spec.Node) {
	schema := content.Get("schema")
	switch op.Body.Kind {
	case model.LinesBody, model.SequenceBody:
		if rd.linesBody(op, n, content) {
			return
		}
		op.Body.Kind = model.StreamBody
		rd.bodyField(op, n, types.Typed{Type: model.Reader})
		return
	case model.StreamBody:
		rd.bodyField(op, n, types.Typed{Type: model.Reader})
		return
	case model.TextBody:
		rd.bodyField(op, n, types.Typed{Type: model.String})
		return
	}
	v := rd.bodyView(op.Body, content)
	if v.Is("object") && len(v.Props) > 0 && len(rd.facts.Alternatives(v)) == 0 && !v.Nullable {
		params := len(op.Params.Fields)
		op.Body.Flag = rd.flag(op, v)
		rd.memberFields(op.Params, op.Body, v)
		if len(op.Params.Fields) > params || op.Body.Flag != nil {
			if !op.Body.Required && op.Body.Flag == nil {
				rd.omittable(op.Params.Fields[params:])
			}
			return
		}
	}
	if op.Body.Kind == model.MultipartBody && !v.Is("object") && len(rd.facts.Alternatives(v)) == 0 {
		rd.diags.Warningf(content.Pos(), "multipart-object", "the parts of %s %s are not described: a multipart body is an object; they are taken by name", op.Method, op.Path)
		rd.bodyField(op, n, types.Typed{Type: &model.Map{Elem: &model.List{Elem: model.File}}})
		op.Body.Field.Doc = strings.TrimSpace(op.Body.Field.Doc + "\n\nEach member has the files that are parts of its name.")
		return
	}
	op.Body.Flag = rd.flag(op, v)
	o := types.Origin{Op: op.Operation, Parent: op.Params, Text: "body"}
	t := rd.types.Type(schema, o)
	t.Type = rd.types.Aliased(t.Type, o)
	rd.bodyField(op, n, t)
}

// bodyView is the schema of a body, and settles how the members of one in parts
// are written.
func (rd *reader) bodyView(body *model.Body, content *spec.Node) *schema.View {
	v := rd.facts.View(content.Get("schema"))
	if body.Kind == model.MultipartBody {
		v = rd.flat(v)
	}
	if body.Kind == model.MultipartBody || body.Kind == model.FormBody {
		body.Parts = rd.encodings(body.Kind, content, v)
	}
	return v
}

// memberFields adds the members of a body to a struct.
func (rd *reader) memberFields(o *model.Object, body *model.Body, v *schema.View) {
	fields := len(o.Fields)
	rd.types.Fields(o, o, v, func(p *schema.Prop, pv *schema.View) bool { return pv.ReadOnly || isFlag(body.Flag, p) })
	if body.Kind == model.MultipartBody {
		rd.files(o.Fields[fields:], v)
	}
}

// otherBody adds what is sent as another media type than the usual one. JSON,
// forms and parts of the same schema are made from the same fields. Those of
// another get a field of their own. What else there is, callers have to write
// themselves.
func (rd *reader) otherBody(op *Operation, n *spec.Node, media string, content, usual *spec.Node) {
	body := &model.Body{Kind: rd.kindOfBody(media, content), ContentType: media, Required: true}
	if body.Kind == model.StreamBody || body.Kind == model.TextBody {
		return
	}
	v := rd.bodyView(body, content)
	files := body.Kind == model.MultipartBody && slices.ContainsFunc(v.Props, func(p *schema.Prop) bool { return rd.facts.HasFiles(rd.facts.PropView(p)) })
	if schema := content.Get("schema"); !files && same(schema, usual.Get("schema")) {
		if len(body.Parts) > 0 {
			body.Field = op.Body.Field
			op.Body.Others = append(op.Body.Others, body)
		}
		op.Takes = append(op.Takes, media)
		return
	}
	name := bodyName(body.Kind, media)
	if slices.ContainsFunc(op.Params.Fields, func(f *model.Field) bool { return f.Name.Spec == name }) {
		return // nothing tells the two apart
	}
	o := types.Origin{Op: op.Operation, Parent: op.Params, Text: name}
	f := &model.Field{Name: model.Name{Spec: name}, Pos: content.Pos(), In: model.InRequest}
	if v.Is("object") && len(v.Props) > 0 && len(rd.facts.Alternatives(v)) == 0 {
		object := &model.Object{}
		rd.types.Declare(object, content, o)
		rd.types.Inside(func() { rd.memberFields(object, body, v) })
		f.Type = object
	} else {
		f.Type = rd.types.Type(content.Get("schema"), o).Type
	}
	rd.types.Place(f, false, false)
	switch model.Underlying(f.Type).(type) {
	case *model.Union, *model.Enum: // only a nil shows that it is not set
		f.Presence = model.Pointer
	}
	f.Doc = ident.Exported(name) + ", if it is set, is sent as " + media + " in place of the rest of the body."
	body.Field = f
	op.Params.Fields = append(op.Params.Fields, f)
	op.Body.Others = append(op.Body.Others, body)
}

// bodyName is what the field of a body is called that is one of several.
func bodyName(kind model.BodyKind, media string) string {
	switch kind {
	case model.FormBody:
		return "form"
	case model.MultipartBody:
		return "multipart"
	}
	_, name, _ := strings.Cut(BaseType(media), "/")
	return strings.TrimSuffix(name, "+json")
}

// same reports whether two schemas say the same in the same words.
func same(a, b *spec.Node) bool {
	return a == b || a.Kind() == b.Kind() && a.Text() == b.Text() &&
		slices.EqualFunc(a.All(), b.All(), func(a, b spec.Member) bool { return a.Name == b.Name && same(a.Value, b.Value) }) &&
		slices.EqualFunc(a.Elements(), b.Elements(), same)
}

// omittable makes it show whether anything is set in a body that may be left
// out. What the body must have, if it is there, stays a plain field, as in a body
// that is always there, because so many descriptions forget to say that theirs
// is: an empty text is no value to send by itself. A false or a 0 is, so these
// become optional.
func (rd *reader) omittable(fields []*model.Field) {
	for _, f := range fields {
		if f.Presence != model.Plain {
			continue
		}
		switch t := model.Underlying(f.Type).(type) {
		case *model.Enum:
			if t.Base != model.String {
				rd.types.Place(f, false, false)
			}
		case model.Scalar:
			switch t {
			case model.Bool, model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Number:
				rd.types.Place(f, false, false)
			}
		}
	}
}

// flat is the view of a multipart body. One of several objects has the members
// of each: a part has no place to say which of them it belongs to, and files are
// no members of JSON, as the variants of a union are. What not all of them
// require is optional.
func (rd *reader) flat(v *schema.View) *schema.View {
	alternatives := rd.facts.Alternatives(v)
	if len(alternatives) == 0 {
		return v
	}
	views := make([]*schema.View, len(alternatives))
	for i, n := range alternatives {
		views[i] = rd.flat(rd.facts.View(n))
		if !views[i].Is("object") {
			return v
		}
	}
	all := *v
	all.OneOf, all.Discriminator, all.Kinds = nil, nil, []string{"object"}
	all.Props, all.Required = slices.Clone(v.Props), maps.Clone(v.Required)
	declared, closed := map[string][]*spec.Node{}, true
	for _, alternative := range views {
		for _, p := range alternative.Props {
			if v.Prop(p.Name) != nil {
				continue
			}
			if all.Prop(p.Name) == nil {
				all.Props = append(all.Props, &schema.Prop{Name: p.Name, Pos: p.Pos})
			}
			n := p.Nodes[0]
			if len(p.Nodes) > 1 {
				n = spec.NewAllOf(p.Nodes...)
			}
			if !slices.Contains(declared[p.Name], n) {
				declared[p.Name] = append(declared[p.Name], n)
			}
		}
		if all.Extra == nil {
			all.Extra = alternative.Extra
		}
		closed = closed && alternative.Closed
	}
	for _, p := range all.Props {
		switch nodes := declared[p.Name]; {
		case len(nodes) == 1, len(nodes) > 1 && !slices.ContainsFunc(nodes, func(n *spec.Node) bool { return !rd.facts.HasFiles(rd.facts.View(n)) }):
			p.Nodes = nodes[:1]
		case len(nodes) > 1:
			p.Nodes = []*spec.Node{spec.NewAnyOf(p.Pos, nodes...)}
		}
	}
	all.Closed = all.Closed || closed
	for name := range views[0].Required {
		everywhere := !slices.ContainsFunc(views, func(v *schema.View) bool { return !v.Required[name] })
		all.Required[name] = all.Required[name] || everywhere
	}
	return &all
}

// files makes the parts of a multipart body that hold files what a caller can
// give as a file (OpenAPI 3.0, "Considerations for File Uploads", and 3.1,
// "Encoding the contentMediaType").
func (rd *reader) files(fields []*model.Field, v *schema.View) {
	for _, f := range fields {
		pv := rd.facts.PropView(v.Prop(f.Name.Spec))
		switch {
		case schema.IsFile(pv):
			f.Type = model.File
			f.Presence = types.PresenceOf(f.Type, v.Required[f.Name.Spec], false)
		case rd.facts.HasFiles(pv):
			f.Type = &model.List{Elem: model.File}
		}
	}
}

// kindOfBody tells how a body is written. One in parts needs a schema whose
// members they are: that of a form has none else, and of another multipart type
// what is no object is about the order of the parts, or says nothing.
func (rd *reader) kindOfBody(media string, content *spec.Node) model.BodyKind {
	kind, schema := bodyKind(media), content.Get("schema")
	if kind == model.FormBody && rd.facts.View(schema).Is("string") {
		return model.TextBody // the form as its text
	}
	if kind != model.MultipartBody || schema != nil && BaseType(media) == formData {
		return kind
	}
	if v := rd.flat(rd.facts.View(schema)); v.Is("object") && len(v.Props) > 0 {
		return kind
	}
	return model.StreamBody
}

// concrete is the media type to send for one that may be a range (RFC 9110, section
// 12.5.1), which says what a server takes and is no content type: bytes for what is
// described as such or not at all, text for a text, and else JSON.
func (rd *reader) concrete(media string, schema *spec.Node) string {
	base := BaseType(media)
	if !strings.Contains(base, "*") {
		return media
	}
	v := rd.facts.View(schema)
	switch kind, _, _ := strings.Cut(base, "/"); {
	case strings.HasSuffix(base, "json"):
		return "application/json"
	case kind != "*" && kind != "application" && kind != "text", isFile(v), schema == nil:
		return "application/octet-stream"
	case kind == "text", v.Is("string"):
		return "text/plain"
	}
	return "application/json"
}

const formData = "multipart/form-data"

// bodyKind tells from a media type how a body is written.
func bodyKind(media string) model.BodyKind {
	switch base := BaseType(media); {
	case IsJSON(media):
		return model.JSONBody
	case base == "application/x-www-form-urlencoded":
		return model.FormBody
	case base == formData, base == "multipart/related", base == "multipart/mixed":
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
	base := BaseType(media)
	return strings.HasPrefix(base, "text/") && !streams(base) ||
		strings.HasSuffix(base, "/xml") || strings.HasSuffix(base, "+xml") ||
		base == "application/javascript" || base == "application/graphql" || base == "application/yaml" || base == "application/x-yaml"
}

func (rd *reader) bodyField(op *Operation, n *spec.Node, t types.Typed) {
	f := &model.Field{
		Name: model.Name{Spec: bodyFieldName(op)}, Pos: n.Pos(), In: model.InRequest,
		Doc: strings.TrimSpace(n.Get("description").Text()), Type: t.Type,
		Facts: rd.bodyFacts(n, op.Body.ContentType),
	}
	rd.types.Place(f, op.Body.Required, t.Nullable)
	op.Params.Fields = append(op.Params.Fields, f)
	op.Body.Field = f
}

// chooseMedia picks the media type that is easiest to be right with: JSON, then
// the two kinds of forms, else the first, and streams of values last.
func (rd *reader) chooseMedia(content *spec.Node) (string, *spec.Node) {
	var media string
	var chosen *spec.Node
	for name, n := range content.Members() {
		if chosen == nil || bodyRank(name) < bodyRank(media) {
			media, chosen = name, rd.facts.Deref(n)
		}
	}
	return media, chosen
}

func bodyRank(media string) int {
	switch bodyKind(media) {
	case model.JSONBody:
		return 0
	case model.MultipartBody:
		if BaseType(media) != formData {
			return 3
		}
		return 1
	case model.FormBody:
		return 2
	}
	if streams(media) {
		return 4
	}
	return 3
}

// BaseType is a media type without its parameters, in lower case.
func BaseType(media string) string {
	base, _, _ := strings.Cut(media, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// IsJSON reports whether a media type is JSON, or a format made of it (RFC
// 6839, section 3.1).
func IsJSON(media string) bool {
	base := BaseType(media)
	return isPlainJSON(base) && !streams(media) || base == "*/*" || base == "application/*"
}

func isPlainJSON(base string) bool {
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json") && !isLines(strings.TrimPrefix(base, "application/"))
}

// bodyFieldName is what the field is called that is the whole body.
func bodyFieldName(op *Operation) string {
	if op.cfg != nil && op.cfg.BodyName != "" {
		return op.cfg.BodyName
	}
	return "body"
}

func isFile(v *schema.View) bool { return schema.IsFile(v) }
