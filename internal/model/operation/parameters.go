package operation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A parameter is one of the description's.
type parameter struct {
	name      string
	in        model.In
	node      *spec.Node
	component string // what the description calls it, if many operations share it
	whole     bool   // it is the whole query string
}

// origin is where the name of a type that the parameter declares comes from:
// of a shared one from its own, so that it is not called after the operation
// that happens to come first.
func (p *parameter) origin(op *Operation) types.Origin {
	if p.component != "" {
		return types.Origin{Text: p.component, Component: true, Param: true}
	}
	return types.Origin{Parent: op.Params, Text: p.name, Raw: p.in.String() + " " + p.name}
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// parameters fills in the arguments of a method and the fields of its params
// struct that are not its body.
func (rd *reader) parameters(op *Operation) {
	params := rd.readParameters(op)
	if strings.Contains(op.Path, "*") {
		rd.diags.Warningf(op.Pos, "path-pattern", "the path %s is a pattern of the server's router; its * is sent as it stands", op.Path)
	}
	lost := rd.lostParameters(op)
	var path []*parameter
	for _, m := range placeholder.FindAllStringSubmatch(op.Path, -1) {
		name := m[1]
		if slices.ContainsFunc(path, func(p *parameter) bool { return p.name == name }) {
			continue
		}
		i := slices.IndexFunc(params, func(p *parameter) bool { return p.in == model.InPath && p.name == name })
		switch {
		case i >= 0:
		case lost:
			path = append(path, &parameter{name: name}) // it may be the one that is said to lead nowhere
			continue
		default:
			rd.diags.Warningf(op.Pos, "path-parameter-missing", "path parameter %q of %s %s is not declared; it is taken as a string", name, op.Method, op.Path)
			path = append(path, &parameter{name: name})
			continue
		}
		path = append(path, params[i])
	}
	for i, p := range path {
		if rd.isFixed(op, p) {
			continue
		}
		o := p.origin(op)
		t := types.Typed{Type: model.String}
		if p.node != nil && !rd.neverSent(op, p) {
			t = rd.paramType(p, o)
		}
		if rd.clientParam(p.name) != nil || !rd.isArg(op, path, i) {
			f := rd.paramField(p, t, op)
			f.Presence = model.Plain
			op.Inputs = append(op.Inputs, &model.Input{Name: p.name, Style: rd.style(p), Field: f})
			continue
		}
		arg := &model.Arg{Name: model.Name{Spec: p.name}, Own: schema.OwnName(p.node, schema.Parameter), Type: t.Type, Facts: rd.paramFacts(p)}
		op.Args = append(op.Args, arg)
		reserved := p.node.Get("allowReserved").True()
		op.Inputs = append(op.Inputs, &model.Input{Name: p.name, Style: rd.style(p), AllowReserved: reserved, Arg: arg})
	}
	inOrder(op)
	for _, p := range params {
		if p.in == model.InPath {
			if !slices.Contains(path, p) {
				rd.diags.Warningf(p.node.Pos(), "path-parameter-unused", "path parameter %q does not occur in %s; it is ignored", p.name, op.Path)
			}
			continue
		}
		if rd.isQueryFlag(op, p) {
			op.Query = &model.Flag{Name: p.name}
			continue
		}
		if rd.isFixed(op, p) {
			continue
		}
		t := rd.paramType(p, p.origin(op))
		op.Inputs = append(op.Inputs, &model.Input{
			Name: p.name, In: p.in, Style: rd.style(p), FromZero: rd.fromZero(p.node), Field: rd.paramField(p, t, op),
			AllowReserved: p.node.Get("allowReserved").True() && p.in == model.InQuery,
		})
		if p.in == model.InHeader && isIdempotencyKey(p.name) {
			rd.idempotencyKey(op, p.name)
		}
	}
}

// isFixed reports whether a parameter must be there and has one allowed value,
// and notes that the method sets it.
func (rd *reader) isFixed(op *Operation, p *parameter) bool {
	required := p.in == model.InPath || p.node.Get("required").True()
	if p.node == nil || p.node.Get("schema") == nil || !required || rd.clientParam(p.name) != nil {
		return false
	}
	value, ok := rd.facts.View(p.node.Get("schema")).OnlyValue()
	if !ok || value.Text() == "" {
		return false
	}
	op.Fixed = append(op.Fixed, &model.Fixed{Name: p.name, In: p.in, Style: rd.style(p), Value: value.Text()})
	return true
}

// neverSent reports whether all that the schema of a path parameter has is for the
// server to say, so that no value of it could be sent. It is a text then.
func (rd *reader) neverSent(op *Operation, p *parameter) bool {
	v := rd.facts.View(p.node.Get("schema"))
	if !v.Is("object") || len(v.Props) == 0 || v.Extra != nil {
		return false
	}
	for _, prop := range v.Props {
		if !rd.facts.PropView(prop).ReadOnly {
			return false
		}
	}
	rd.diags.Warningf(p.node.Pos(), "path-parameter-object", "path parameter %q of %s %s is an object of which a caller can set nothing; it is taken as a string", p.name, op.Method, op.Path)
	return true
}

// isIdempotencyKey reports whether a header is what APIs call the key that makes
// a repeated request harmless (draft-ietf-httpapi-idempotency-key-header).
func isIdempotencyKey(name string) bool {
	return strings.EqualFold(name, "Idempotency-Key") || strings.EqualFold(name, "X-Idempotency-Key")
}

// idempotencyKey notes that an operation takes an idempotency key. The name that
// comes first is that of operations which do not say that they take one.
func (rd *reader) idempotencyKey(op *Operation, header string) {
	op.IdempotencyKey = header
	if rd.api.IdempotencyKey == "" {
		rd.api.IdempotencyKey = header
	}
}

// fromZero reports whether a number counts from zero: it is zero by default, or
// may be and nothing says that the first is another. Where an example is 1 the
// minimum is an oversight.
func (rd *reader) fromZero(n *spec.Node) bool {
	schema, err := rd.doc.Deref(n.Get("schema"))
	if err != nil {
		return false // said where its type is read
	}
	if d := schema.Get("default"); d != nil {
		return d.Text() == "0"
	}
	if schema.Get("minimum").Text() != "0" || n.Has("example") || schema.Has("example") {
		return n.Get("example").Text() == "0" || schema.Get("example").Text() == "0"
	}
	return n.Get("examples").Len() == 0 && schema.Get("examples").Len() == 0
}

// paramField adds the field of a parameter to the params struct.
func (rd *reader) paramField(p *parameter, t types.Typed, op *Operation) *model.Field {
	v := rd.facts.View(p.node.Get("schema"))
	if d := p.node.Get("description").Text(); d != "" {
		v.Description = d
	}
	f := &model.Field{
		Name:       model.Name{Spec: p.name},
		Own:        schema.OwnName(p.node, schema.Parameter),
		Pos:        p.node.Pos(),
		Doc:        rd.facts.FieldDoc(v, p.name),
		Deprecated: schema.Deprecation(p.node.Get("deprecated").True(), schema.DeprecatedReason(p.node)),
		Type:       t.Type,
		In:         model.InRequest,
		Facts:      rd.paramFacts(p),
	}
	// A query has no way to say null, so nullable changes nothing here.
	rd.types.Place(f, p.node.Get("required").True(), false)
	op.Params.Fields = append(op.Params.Fields, f)
	return f
}

// readParameters returns the parameters of an operation and its path item. One
// of the operation replaces one of the path item that has its name and place.
func (rd *reader) readParameters(op *Operation) []*parameter {
	var params []*parameter
	for _, list := range []*spec.Node{op.item.Get("parameters"), op.Node.Get("parameters")} {
		for _, n := range list.Elements() {
			p := rd.readParameter(n)
			if p == nil {
				continue
			}
			// Names of headers know no case (RFC 9110, 5.1).
			same := func(q *parameter) bool {
				return q.in == p.in && (q.name == p.name || p.in == model.InHeader && strings.EqualFold(q.name, p.name))
			}
			if i := slices.IndexFunc(params, same); i >= 0 {
				params[i] = p
				continue
			}
			params = append(params, p)
		}
	}
	return params
}

// lostParameters reports whether an operation has parameters of which nothing is
// known but a reference that leads nowhere.
func (rd *reader) lostParameters(op *Operation) bool {
	for _, list := range []*spec.Node{op.item.Get("parameters"), op.Node.Get("parameters")} {
		if slices.ContainsFunc(list.Elements(), func(n *spec.Node) bool { _, err := rd.doc.Deref(n); return err != nil }) {
			return true
		}
	}
	return false
}

// readParameter reads one parameter; nil if there is nothing for a caller to
// say in it.
func (rd *reader) readParameter(n *spec.Node) *parameter {
	ref := n
	n = rd.facts.Deref(n)
	if !n.Is(spec.Object) {
		return nil
	}
	p := &parameter{name: n.Get("name").Text(), node: n}
	if ref != n {
		p.component = rd.types.Component(n).Text
	}
	switch in := n.Get("in").Text(); in {
	case "path":
	case "query":
		p.in = model.InQuery
	case "querystring": // OpenAPI 3.2
		p.in, p.whole = model.InQuery, true
	case "header":
		p.in = model.InHeader
		switch strings.ToLower(p.name) {
		case "accept", "content-type", "authorization": // OpenAPI 3, Parameter Object: shall be ignored
			return nil
		}
	case "cookie":
		p.in = model.InCookie
	default:
		rd.diags.Warningf(n.Pos(), "parameter-place", "parameter %q is in %q, which is not a place a parameter can be; it is ignored", p.name, in)
		return nil
	}
	if p.name == "" {
		rd.diags.Warningf(n.Pos(), "parameter-name", "a parameter has no name; it is ignored")
		return nil
	}
	if p.in == model.InHeader && !isToken(p.name) {
		rd.diags.Warningf(n.Get("name").Pos(), "parameter-name", "HTTP does not allow a header to be called %q (RFC 9110, section 5.6.2); the parameter is ignored", p.name)
		return nil
	}
	return p
}

// isToken reports whether HTTP allows s as the name of a header or of a scheme
// (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// paramType is the type of a parameter's schema or of its content.
func (rd *reader) paramType(p *parameter, o types.Origin) types.Typed {
	if s := p.node.Get("schema"); s != nil {
		return rd.types.Type(s, o)
	}
	for _, media := range p.node.Get("content").Members() {
		return rd.types.Type(rd.facts.Deref(media).Get("schema"), o)
	}
	return types.Typed{Type: model.String}
}

// style settles how a parameter is written, from style and explode and their
// defaults (OpenAPI 3, Parameter Object).
func (rd *reader) style(p *parameter) model.Style {
	for name := range p.node.Get("content").Members() {
		form := BaseType(name) == "application/x-www-form-urlencoded"
		switch {
		case p.whole && IsJSON(name):
			return model.QueryJSON
		case p.whole && !form:
			return model.QueryText
		case IsJSON(name):
			return model.JSONContent
		}
		return model.Default
	}
	if p.in == model.InQuery && !p.node.Has("style") && !p.node.Has("explode") && !p.node.Has("collectionFormat") {
		return rd.queryStyle(p)
	}
	return styleOf(p.node, p.in)
}

// styleOf reads style and explode of a parameter or of an encoding.
func styleOf(n *spec.Node, in model.In) model.Style {
	explode := n.Get("explode")
	switch n.Get("style").Text() {
	case "spaceDelimited", "pipeDelimited":
		switch { // exploded there is nothing to delimit
		case explode.True():
			return model.Default
		case n.Get("style").Text() == "pipeDelimited":
			return model.PipeDelimited
		}
		return model.SpaceDelimited
	case "deepObject":
		return model.DeepObject
	case "cookie": // OpenAPI 3.2
		if explode.False() {
			return model.CookieVerbatim
		}
		return model.CookieVerbatimExploded
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
	switch in {
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
