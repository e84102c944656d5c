package build

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/names"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An operation is one of the description's on its way into the model.
type operation struct {
	*model.Operation
	node    *spec.Node
	item    *spec.Node // the path item it is in
	cfg     *config.Operation
	service *service
	success *response // nil if no response tells of success
}

// A service is a resource with what its names are made from.
type service struct {
	*model.Resource
	parent *service
	way    []string // from the client, in lowerCamel
}

// verbs are the keys of a path item that are operations, beside
// additionalOperations.
var verbs = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

// readOperations finds every operation, in the order of the description, and
// its place in the resource tree.
func (b *builder) readOperations() []*operation {
	var ops []*operation
	for path, item := range b.doc.Root.Get("paths").Members() {
		if strings.HasPrefix(path, "x-") {
			continue
		}
		item = b.deref(item)
		for _, m := range item.All() {
			switch {
			case slices.Contains(verbs[:], m.Name):
				ops = append(ops, b.readOperation(m.Name, path, item, m.Value))
			case m.Name == "additionalOperations":
				for _, m := range m.Value.All() {
					ops = append(ops, b.readOperation(m.Name, path, item, m.Value))
				}
			}
		}
	}
	b.api.Operation = len(ops)
	b.all = ops
	return ops
}

func (b *builder) readOperation(method, path string, item, n *spec.Node) *operation {
	op := &operation{
		Operation: &model.Operation{
			Pos:        n.Pos(),
			ID:         n.Get("operationId").Text(),
			Method:     strings.ToUpper(method),
			Path:       path,
			Doc:        operationDoc(n),
			Deprecated: deprecation(n.Get("deprecated").True()),
		},
		node: n,
		item: item,
	}
	op.cfg = b.operationConfig(op)
	op.success = b.successOf(op)
	return op
}

// operationDoc is the summary of an operation and, where it says more, its
// description.
func operationDoc(n *spec.Node) string {
	summary := strings.TrimSpace(n.Get("summary").Text())
	description := strings.TrimSpace(n.Get("description").Text())
	switch {
	case description == "" || strings.HasPrefix(summary, description):
		return summary
	case summary == "" || strings.HasPrefix(description, summary) || !strings.Contains(description, "\n") && len(description) < 240:
		return description
	}
	return summary + "\n\n" + description
}

// operationConfig finds what the config says of an operation, by its ID or by
// its method and path.
func (b *builder) operationConfig(op *operation) *config.Operation {
	for i := range b.cfg.Operations {
		switch c := &b.cfg.Operations[i]; c.Key {
		case op.ID, op.Method + " " + op.Path:
			return c
		}
	}
	return nil
}

// resources grows the resource tree and gives every operation its service and
// name.
func (b *builder) resources(ops []*operation) {
	list := make([]names.Operation, len(ops))
	for i, op := range ops {
		group, name := b.given(op)
		list[i] = names.Operation{
			Method: op.Method, Path: op.Path, ID: op.ID,
			Group: group, Name: name,
			ReturnsList: b.returnsList(op),
			HasBody:     op.node.Has("requestBody"),
		}
		for _, tag := range op.node.Get("tags").Elements() {
			list[i].Tags = append(list[i].Tags, tag.Text())
		}
	}
	root := &service{Resource: &model.Resource{Package: &model.Package{Name: b.api.Package}}}
	b.api.Root = root.Resource
	b.services[root.Resource] = root
	for i, call := range names.Infer(list) {
		op := ops[i]
		op.service = root
		for _, word := range call.Resource {
			op.service = b.child(op.service, word)
		}
		op.Name = model.Name{Spec: call.Name, Go: names.Exported(call.Name)}
		op.Reason = call.Reason
		op.service.Methods = append(op.service.Methods, op.Operation)
	}
}

// given returns what the config or an extension of the description says of an
// operation's place and name. A user's decision wins over the publisher's.
func (b *builder) given(op *operation) (group []string, name string) {
	if op.cfg != nil {
		if op.cfg.Resource != "" {
			group = strings.Split(op.cfg.Resource, ".")
		}
		name = op.cfg.Method
	}
	for _, e := range [...]struct{ group, name string }{
		{"x-fern-sdk-group-name", "x-fern-sdk-method-name"},
		{"x-speakeasy-group", "x-speakeasy-name-override"},
		{"x-stainless-resource", "x-stainless-method"},
		{"", "x-go-name"},
	} {
		if g := op.node.Get(e.group); group == nil && g != nil {
			parts := []string{g.Text()}
			if g.Is(spec.Array) {
				parts = nil
				for _, item := range g.Elements() {
					parts = append(parts, item.Text())
				}
			}
			for _, part := range parts {
				for word := range strings.SplitSeq(part, ".") {
					if word != "" {
						group = append(group, names.Camel(word))
					}
				}
			}
		}
		if n := op.node.Get(e.name).Text(); name == "" && n != "" {
			name = names.Camel(n)
		}
	}
	return group, name
}

// child returns the service of a name below a service, made when it is first
// asked for.
func (b *builder) child(parent *service, word string) *service {
	for _, c := range parent.Children {
		if c.Name.Spec == word {
			return b.services[c]
		}
	}
	s := &service{
		Resource: &model.Resource{Name: model.Name{Spec: word, Go: names.Exported(word)}},
		parent:   parent,
		way:      append(slices.Clone(parent.way), word),
	}
	if parent.parent == nil {
		s.Package = b.newPackage(names.Package(word))
	} else {
		s.Package = parent.Package
	}
	b.services[s.Resource] = s
	parent.Children = append(parent.Children, s.Resource)
	return s
}

// newPackage returns the package of a path, made when it is first asked for.
func (b *builder) newPackage(path string) *model.Package {
	p, ok := b.byPackage[path]
	if !ok {
		p = &model.Package{Name: path[strings.LastIndexByte(path, '/')+1:], Path: path}
		b.byPackage[path] = p
		b.api.Packages = append(b.api.Packages, p)
	}
	return p
}

// operation fills in what a method takes and returns.
func (b *builder) operation(op *operation) {
	call := append(slices.Clone(op.service.way), op.Name.Spec)
	for i, word := range call {
		call[i] = names.Exported(word)
	}
	op.Call = strings.Join(call, ".")
	if n := op.node.Get("security"); n != nil {
		if s := b.requirements(n); !equalSecurity(s, b.api.Security) {
			op.Security = s
		}
	}
	op.Server = b.operationServer(op)
	op.Params = &model.Object{}
	b.origins[op.Params] = origin{op: op, text: "params"}
	b.parameters(op)
	b.body(op)
	if len(op.Params.Fields) == 0 {
		op.Params = nil
	}
	b.result(op)
}

// operationServer is the base URL of an operation or path that has servers of
// its own.
func (b *builder) operationServer(op *operation) string {
	for _, n := range []*spec.Node{op.node, op.item} {
		if s := n.Get("servers"); s.Len() > 0 {
			if url := serverURL(s.At(0)); url != b.api.BaseURL && strings.Contains(url, "://") {
				return url
			}
		}
	}
	return ""
}

// deref follows a reference of anything but a schema. What leads nowhere is a
// diagnostic, and then absent.
func (b *builder) deref(n *spec.Node) *spec.Node {
	target, err := b.doc.Deref(n)
	if err != nil {
		b.diags.Add(err)
		return nil
	}
	return target
}

// A parameter is one of the description's.
type parameter struct {
	name      string
	in        model.In
	node      *spec.Node
	component string // what the description calls it, if many operations share it
}

// origin is where the name of a type that the parameter declares comes from:
// of a shared one from its own, so that it is not called after the operation
// that happens to come first.
func (p *parameter) origin(op *operation) origin {
	if p.component != "" {
		return origin{text: p.component, component: true, param: true}
	}
	return origin{parent: op.Params, text: p.name}
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// parameters fills in the arguments of a method and the fields of its params
// struct that are not its body.
func (b *builder) parameters(op *operation) {
	params := b.readParameters(op)
	var path []*parameter
	for _, m := range placeholder.FindAllStringSubmatch(op.Path, -1) {
		name := m[1]
		if slices.ContainsFunc(path, func(p *parameter) bool { return p.name == name }) {
			continue
		}
		i := slices.IndexFunc(params, func(p *parameter) bool { return p.in == model.InPath && p.name == name })
		if i < 0 {
			b.diags.Warningf(op.Pos, "path-parameter-missing", "path parameter %q of %s %s is not declared; it is taken as a string", name, op.Method, op.Path)
			path = append(path, &parameter{name: name})
			continue
		}
		path = append(path, params[i])
	}
	for _, p := range path {
		o := p.origin(op)
		t := typed{Type: model.String}
		if p.node != nil {
			t = b.paramType(p, o)
		}
		if b.clientParam(p.name) != nil {
			f := b.paramField(p, t, op)
			f.Presence = model.Plain
			op.Inputs = append(op.Inputs, &model.Input{Name: p.name, Style: b.style(p), Field: f})
			continue
		}
		arg := &model.Arg{Name: model.Name{Spec: p.name}, Type: t.Type}
		op.Args = append(op.Args, arg)
		op.Inputs = append(op.Inputs, &model.Input{Name: p.name, Style: b.style(p), Arg: arg})
	}
	for _, p := range params {
		if p.in == model.InPath {
			if !slices.Contains(path, p) {
				b.diags.Warningf(p.node.Pos(), "path-parameter-unused", "path parameter %q does not occur in %s; it is ignored", p.name, op.Path)
			}
			continue
		}
		t := b.paramType(p, p.origin(op))
		op.Inputs = append(op.Inputs, &model.Input{Name: p.name, In: p.in, Style: b.style(p), Field: b.paramField(p, t, op)})
	}
}

// paramField adds the field of a parameter to the params struct.
func (b *builder) paramField(p *parameter, t typed, op *operation) *model.Field {
	v := b.view(p.node.Get("schema"))
	if d := p.node.Get("description").Text(); d != "" {
		v.description = d
	}
	f := &model.Field{
		Name:       model.Name{Spec: p.name},
		Pos:        p.node.Pos(),
		Doc:        fieldDoc(v),
		Deprecated: deprecation(p.node.Get("deprecated").True()),
		Type:       t.Type,
		In:         model.InRequest,
	}
	// A query has no way to say null, so nullable changes nothing here.
	b.place(f, p.node.Get("required").True(), false)
	op.Params.Fields = append(op.Params.Fields, f)
	return f
}

// readParameters returns the parameters of an operation and its path item. One
// of the operation replaces one of the path item that has its name and place.
func (b *builder) readParameters(op *operation) []*parameter {
	var params []*parameter
	for _, list := range []*spec.Node{op.item.Get("parameters"), op.node.Get("parameters")} {
		for _, n := range list.Elements() {
			p := b.readParameter(n)
			if p == nil {
				continue
			}
			same := func(q *parameter) bool { return q.name == p.name && q.in == p.in }
			if i := slices.IndexFunc(params, same); i >= 0 {
				params[i] = p
				continue
			}
			params = append(params, p)
		}
	}
	return params
}

// readParameter reads one parameter; nil if there is nothing for a caller to
// say in it.
func (b *builder) readParameter(n *spec.Node) *parameter {
	ref := n
	n = b.deref(n)
	if !n.Is(spec.Object) {
		return nil
	}
	p := &parameter{name: n.Get("name").Text(), node: n}
	if ref != n {
		p.component = b.component(n).text
	}
	switch in := n.Get("in").Text(); in {
	case "path":
	case "query":
		p.in = model.InQuery
	case "header":
		p.in = model.InHeader
		switch strings.ToLower(p.name) {
		case "accept", "content-type", "authorization": // OpenAPI 3, Parameter Object: shall be ignored
			return nil
		}
	case "cookie":
		p.in = model.InCookie
	default:
		b.diags.Warningf(n.Pos(), "parameter-place", "parameter %q is in %q, which is not a place a parameter can be; it is ignored", p.name, in)
		return nil
	}
	if p.name == "" {
		b.diags.Warningf(n.Pos(), "parameter-name", "a parameter has no name; it is ignored")
		return nil
	}
	return p
}

// paramType is the type of a parameter's schema or of its content.
func (b *builder) paramType(p *parameter, o origin) typed {
	if s := p.node.Get("schema"); s != nil {
		return b.typ(s, o)
	}
	for _, media := range p.node.Get("content").Members() {
		return b.typ(b.deref(media).Get("schema"), o)
	}
	return typed{Type: model.String}
}

// style settles how a parameter is written, from style and explode and their
// defaults (OpenAPI 3, Parameter Object).
func (b *builder) style(p *parameter) model.Style {
	if p.node.Get("content").Len() > 0 {
		return model.JSONContent
	}
	explode := p.node.Get("explode")
	switch p.node.Get("style").Text() {
	case "spaceDelimited":
		return model.SpaceDelimited
	case "pipeDelimited":
		return model.PipeDelimited
	case "deepObject":
		return model.DeepObject
	case "label":
		if explode.True() {
			return model.LabelExploded
		}
		return model.Label
	case "matrix":
		if explode.True() {
			return model.MatrixExploded
		}
		return model.Matrix
	}
	switch p.in {
	case model.InPath, model.InHeader:
		if explode.True() {
			return model.SimpleExploded
		}
	default:
		if explode.False() {
			return model.FormJoined
		}
	}
	return model.Default
}

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
		b.fields(op.Params, op.Params, v, func(_ *prop, pv *view) bool { return pv.readOnly })
		if op.Body.Kind == model.MultipartBody {
			b.files(op.Params.Fields[params:], v)
		}
		if len(op.Params.Fields) > params {
			return
		}
	}
	if op.Body.Kind == model.MultipartBody && schema == nil {
		op.Body.Kind = model.StreamBody
		b.bodyField(op, n, typed{Type: model.Reader})
		return
	}
	o := origin{op: op, parent: op.Params, text: "body"}
	t := b.typ(schema, o)
	if b.cfg.OperationTypes {
		t.Type = b.aliased(t.Type, o)
	}
	b.bodyField(op, n, t)
}

// files makes the parts of a multipart body that hold files what a caller can
// give as a file (OpenAPI 3.0, "Considerations for File Uploads", and 3.1,
// "Encoding the contentMediaType").
func (b *builder) files(fields []*model.Field, v *view) {
	for _, f := range fields {
		pv := b.view(v.prop(f.Name.Spec).nodes...)
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
	base, _, _ := strings.Cut(media, ";")
	switch base = strings.ToLower(strings.TrimSpace(base)); {
	case isJSON(media):
		return model.JSONBody
	case base == "application/x-www-form-urlencoded":
		return model.FormBody
	case base == "multipart/form-data":
		return model.MultipartBody
	case isText(media):
		return model.TextBody
	}
	return model.StreamBody
}

// isText reports whether a media type is text that is read and written whole.
func isText(media string) bool {
	base, _, _ := strings.Cut(strings.ToLower(media), ";")
	base = strings.TrimSpace(base)
	return strings.HasPrefix(base, "text/") && base != "text/event-stream" ||
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
// after the operation: the element of a list, the value of a map, else the type
// itself.
func (b *builder) aliased(t model.Type, o origin) model.Type {
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
// the two kinds of forms, else the first.
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
	return 3
}

// isJSON reports whether a media type is JSON, or a format made of it (RFC
// 6839, section 3.1).
func isJSON(media string) bool {
	base, _, _ := strings.Cut(media, ";")
	base = strings.ToLower(strings.TrimSpace(base))
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json") || base == "*/*" || base == "application/*"
}
