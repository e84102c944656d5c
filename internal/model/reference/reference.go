package reference

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/example"
	"github.com/openapi-lathe/lathe/internal/model/operation"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Tell fills in the facts of an API and its operations that are not part of a type.
func Tell(doc *spec.Document, facts *schema.Facts, registry *types.Registry, api *model.API, ops []*operation.Operation) {
	t := &teller{doc: doc, facts: facts, types: registry, api: api, ops: ops}
	t.tell()
}

type teller struct {
	doc   *spec.Document
	facts *schema.Facts
	types *types.Registry
	api   *model.API
	ops   []*operation.Operation
}

func (t *teller) tell() {
	root := t.doc.Root
	info := root.Get("info")
	t.api.Facts = &model.APIFacts{
		Terms:    info.Get("termsOfService").Text(),
		Contact:  model.Link{URL: info.Get("contact").Get("url").Text(), Doc: info.Get("contact").Get("name").Text()},
		License:  model.Link{URL: info.Get("license").Get("url").Text(), Doc: info.Get("license").Get("name").Text()},
		External: externalDocs(root),
	}
	for _, s := range root.Get("servers").Elements() {
		t.api.Facts.Servers = append(t.api.Facts.Servers, model.Link{URL: operation.ServerURL(s, true), Doc: s.Get("description").Text()})
	}
	for _, tag := range root.Get("tags").Elements() {
		t.api.Facts.Groups = append(t.api.Facts.Groups, model.Group{Name: tag.Get("name").Text(), Doc: tag.Get("description").Text()})
	}
	for _, s := range t.api.Schemes {
		s.Facts = t.schemeFacts(s.Name)
	}
	for _, op := range t.ops {
		op.Facts = t.operationFacts(op)
		if op.Streaming != nil {
			op.Streaming.Facts = op.Facts
		}
	}
}

func externalDocs(n *spec.Node) model.Link {
	e := n.Get("externalDocs")
	return model.Link{URL: e.Get("url").Text(), Doc: e.Get("description").Text()}
}

func (t *teller) schemeFacts(name string) *model.SchemeFacts {
	n := t.facts.Deref(t.doc.Root.Get("components").Get("securitySchemes").Get(name))
	f := &model.SchemeFacts{Kind: n.Get("type").Text()}
	for _, key := range []string{"x-example", "example"} {
		if f.Example == "" {
			f.Example = n.Get(key).Text()
		}
	}
	said := map[string]bool{}
	for flow, n := range n.Get("flows").Members() {
		at := n.Get("tokenUrl").Text()
		if at == "" {
			at = n.Get("authorizationUrl").Text()
		}
		f.Flows = append(f.Flows, model.Link{URL: at, Doc: flow})
		for scope, doc := range n.Get("scopes").Members() {
			if !said[scope] {
				said[scope] = true
				f.Scopes = append(f.Scopes, model.Scope{Name: scope, Doc: doc.Text()})
			}
		}
	}
	return f
}

// permissionKeys are the extensions in which descriptions name the permissions
// that an operation accepts.
var permissionKeys = []string{"x-api-token-group", "x-required-permissions", "x-permissions", "x-accepted-permissions", "x-oauth-scope", "x-required-roles"}

func (t *teller) operationFacts(op *operation.Operation) *model.OperationFacts {
	f := &model.OperationFacts{
		Summary:  strings.TrimSpace(op.Node.Get("summary").Text()),
		Doc:      strings.TrimSpace(op.Node.Get("description").Text()),
		External: externalDocs(op.Node),
	}
	for _, tag := range op.Node.Get("tags").Elements() {
		f.Tags = append(f.Tags, tag.Text())
	}
	for _, key := range []string{"x-stability", "x-stability-level", "x-fern-availability", "x-stage"} {
		if s := op.Node.Get(key).Text(); f.Stage == "" && s != "stable" && s != "generally-available" && s != "ga" {
			f.Stage = s
		}
	}
	for _, key := range permissionKeys {
		n := op.Node.Get(key)
		if len(f.Permissions) > 0 || n == nil {
			continue
		}
		if n.Is(spec.String) {
			f.Permissions = []string{n.Text()}
		}
		for _, p := range n.Elements() {
			if p.Text() != "" && !slices.Contains(f.Permissions, p.Text()) {
				f.Permissions = append(f.Permissions, p.Text())
			}
		}
	}
	security := op.Node.Get("security")
	if security == nil {
		security = t.doc.Root.Get("security")
	}
	for _, alternative := range security.Elements() {
		for scheme, scopes := range alternative.Members() {
			s := model.Scopes{Scheme: scheme}
			for _, scope := range scopes.Elements() {
				s.Names = append(s.Names, scope.Text())
			}
			if len(s.Names) > 0 {
				f.Scopes = append(f.Scopes, s)
			}
		}
	}
	body := t.facts.Deref(op.Node.Get("requestBody"))
	for media, n := range body.Get("content").Members() {
		f.Request = append(f.Request, t.content(media, t.facts.Deref(n), forRequest))
	}
	for status, n := range op.Node.Get("responses").Members() {
		if strings.HasPrefix(status, "x-") {
			continue
		}
		n = t.facts.Deref(n)
		r := &model.Response{Status: status, Doc: strings.TrimSpace(n.Get("description").Text())}
		for name, h := range n.Get("headers").Members() {
			h = t.facts.Deref(h)
			r.Headers = append(r.Headers, &model.Header{Name: name, Facts: t.types.SaidOf(h, h.Get("schema"))})
		}
		use := forFailure
		if strings.HasPrefix(status, "2") || status == "default" && len(f.Responses) == 0 {
			use = forResult
		}
		for media, n := range n.Get("content").Members() {
			r.Content = append(r.Content, t.content(media, t.facts.Deref(n), use))
		}
		f.Responses = append(f.Responses, r)
	}
	f.Call = t.exampleCall(op, f)
	return f
}

// A contentUse is what a body is for. What a failure looks like is not made up:
// the values of its parts say of success as often as not.
type contentUse int

const (
	forRequest contentUse = iota
	forResult
	forFailure
)

// content is a body in a media type with its examples: those that the
// description gives it, those of its schema, else one that is put together.
func (t *teller) content(media string, n *spec.Node, use contentUse) *model.Content {
	c := &model.Content{Media: media}
	add := func(name, doc string, v *spec.Node) {
		if v != nil {
			c.Examples = append(c.Examples, &model.Example{Name: name, Doc: strings.TrimSpace(doc), Text: exampleText(media, v)})
		}
	}
	add("", "", n.Get("example"))
	for name, e := range n.Get("examples").Members() {
		e = t.facts.Deref(e)
		doc := e.Get("summary").Text()
		if doc == "" {
			doc = e.Get("description").Text()
		}
		add(name, doc, e.Get("value"))
	}
	schema := n.Get("schema")
	if len(c.Examples) == 0 {
		s := t.facts.Deref(schema)
		add("", "", s.Get("example"))
		if len(c.Examples) == 0 {
			add("", "", s.Get("examples").At(0))
		}
	}
	if form := operation.BaseType(media); len(c.Examples) == 0 && schema != nil && use != forFailure && (operation.IsJSON(media) || form == "application/x-www-form-urlencoded" || form == "multipart/form-data") {
		e := &exemplar{facts: t.facts, request: use == forRequest, open: map[*spec.Node]bool{}, left: exampleSize}
		if text := e.write("", 0, schema); text != nil {
			c.Examples = append(c.Examples, &model.Example{Text: indentJSON(text), Made: true})
		}
	}
	return c
}

func exampleText(media string, v *spec.Node) string {
	if v.Is(spec.String) && !operation.IsJSON(media) {
		return v.Text()
	}
	if v.Is(spec.String) && json.Valid([]byte(v.Text())) { // JSON, written as text
		return indentJSON([]byte(v.Text()))
	}
	return indentJSON(v.AppendJSON(nil))
}

func indentJSON(text []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return string(text)
	}
	return out.String()
}

// exampleCall is a call with the values of the description's examples; where
// they do not fit, or are not there, what is left is for the writer to fill in.
func (t *teller) exampleCall(op *operation.Operation, f *model.OperationFacts) *model.Sample {
	call := &model.Sample{}
	for _, arg := range op.Args {
		call.Args = append(call.Args, exampleValue(arg.Type, arg.Facts))
	}
	if op.Params == nil {
		return call
	}
	call.Params = &model.Value{Type: op.Params}
	set := map[*model.Field]bool{}
	for _, in := range op.Inputs {
		if in.Field == nil || in.Field.Presence != model.Plain {
			continue
		}
		set[in.Field] = true
		if v := exampleValue(in.Field.Type, in.Field.Facts); v != nil {
			call.Params.Fields = append(call.Params.Fields, model.FieldValue{Field: in.Field, Value: v})
		}
	}
	if op.Body == nil {
		return call
	}
	v, ok := requestValue(op.Body.ContentType, f.Request)
	if !ok {
		return call
	}
	if field := op.Body.Field; field != nil {
		if value, set, ok := example.FitField(field, v); ok && set {
			call.Params.Fields = append(call.Params.Fields, model.FieldValue{Field: field, Value: value})
		}
		return call
	}
	object, ok := v.(map[string]any)
	if !ok {
		return call
	}
	if op.Body.Flag != nil {
		delete(object, op.Body.Flag.Name)
	}
	if value, ok := example.FitObject(op.Params, object); ok {
		call.Params.Fields = append(call.Params.Fields, value.Fields...)
		call.Params.Entries = value.Entries
	}
	return call
}

// requestValue is the first example of a body, as encoding/json reads it.
func requestValue(media string, contents []*model.Content) (any, bool) {
	for _, c := range contents {
		if c.Media != media || len(c.Examples) == 0 {
			continue
		}
		return readJSON(c.Examples[0].Text)
	}
	return nil, false
}

func readJSON(text string) (any, bool) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	err := dec.Decode(&v)
	return v, err == nil
}

// exampleValue is the example of a value, nil if it has none that its type can
// hold.
func exampleValue(t model.Type, f *model.Facts) *model.Value {
	if f == nil {
		return nil
	}
	for _, text := range append(f.Examples[:len(f.Examples):len(f.Examples)], f.Default) {
		if v, ok := readJSON(text); ok && v != "" {
			if value, ok := example.Fit(t, v); ok {
				return value
			}
		}
	}
	return nil
}
