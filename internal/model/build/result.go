package build

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/paging"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A response is one that tells of success, and the part of its content that the
// SDK reads.
type response struct {
	status string
	media  string // empty: it has no content
	schema *spec.Node
	view   *schema.View // of the schema of a JSON response
	links  bool         // it declares a Link header (RFC 8288)
	header []string     // names of those that it declares
	stream *content     // the same as a stream; nil if it is not to be had
}

// successOf picks the response that a method returns: of those with content the
// one with the lowest status, ranges after exact statuses, and default only
// when nothing else tells of success.
func (b *builder) successOf(op *operation) *response {
	var best *response
	var stream *content
	for status, n := range op.node.Get("responses").Members() {
		if !strings.HasPrefix(status, "2") && status != "default" {
			continue
		}
		r := &response{status: status}
		n = b.facts.Deref(n)
		b.readContent(r, op, n.Get("content"))
		for name := range n.Get("headers").Members() {
			r.links = r.links || strings.EqualFold(name, "Link")
			// OpenAPI 3, Response Object: Content-Type shall be ignored; the others are
			// for browsers.
			if lower := strings.ToLower(name); lower != "content-type" && !strings.HasPrefix(lower, "access-control-") {
				r.header = append(r.header, name)
			}
		}
		if r.rank() < best.rank() {
			best = r
		}
		if stream == nil && status != "default" {
			stream = r.stream
		}
	}
	if best != nil && best.stream == nil {
		best.stream = stream // of another status that tells of success
	}
	if best != nil && isJSON(best.media) {
		best.view = b.facts.View(best.schema)
	}
	return best
}

// rank orders responses: the smaller, the more it is what a method returns.
func (r *response) rank() string {
	switch {
	case r == nil:
		return "~"
	case r.status == "default":
		return "3"
	case r.media == "" && r.stream == nil:
		return "2" + r.status
	}
	return "1" + strings.ToLower(r.status)
}

// result fills in what a method returns.
func (b *builder) result(op *operation) {
	r := op.success
	if r != nil {
		op.Headers = r.header
	}
	switch {
	case r == nil || op.Method == "HEAD":
	case r.media == "" && r.stream != nil:
		b.stream(op.Operation, op, r.stream)
	case r.media == "":
	case isJSON(r.media):
		b.jsonResult(op, r)
	case isXML(r.media) && b.facts.InXML(r.schema):
		b.xmlResult(op, r)
	case isText(r.media):
		op.Accept = r.media
		op.Result = model.Result{Kind: model.TextResult, Type: model.String}
	default:
		op.Accept = r.media
		op.Result = model.Result{Kind: model.StreamResult}
	}
	b.streaming(op)
}

func (b *builder) jsonResult(op *operation, r *response) {
	o := types.Origin{Op: op.Operation, Text: "response"}
	if base := baseType(r.media); base != "application/json" && !strings.Contains(base, "*") {
		op.Accept = r.media // a server may have no other
	}
	envelope := b.envelopeOf(r.view)
	defer func() { op.Result.Empty = op.Result.Empty || !r.promises() }()
	plan := b.paging.Detect(op.Operation, op.cfg, paging.Response{View: r.view, Envelope: envelope, Success: b.api.Success, Links: r.links, Node: op.node})
	if plan != nil {
		b.paged(op, plan)
		op.Headers = slices.DeleteFunc(op.Headers, func(name string) bool { return strings.EqualFold(name, "Link") }) // which is read
		return
	}
	if envelope == nil {
		envelope = b.unwrapped(op, r.view)
	}
	var t types.Typed
	if envelope != nil {
		op.Result.Unwrap = envelope.Name
		t = b.types.PropType(envelope, b.facts.PropView(envelope), o)
		if b.alwaysNull(envelope) {
			return
		}
	} else {
		if r.schema == nil {
			r.schema = spec.NewObject(op.Pos)
		}
		t = b.types.Type(r.schema, o)
	}
	t.Type = b.types.Aliased(t.Type, o)
	op.Result.Empty = t.Nullable || t.Type == model.Any
	op.Result.Kind = model.ValueResult
	op.Result.Type = t.Type
	if _, object := model.Underlying(t.Type).(*model.Object); t.Nullable && !object {
		op.Result.Type = types.Elem(t)
	}
}

// promises reports whether the response is what status 200 has.
func (r *response) promises() bool {
	return r.status == "200" || r.status == "default" || strings.EqualFold(r.status, "2XX")
}

// paged makes the result of an operation pages.
func (b *builder) paged(op *operation, plan *paging.Plan) {
	b.plans = append(b.plans, plan)
	move := plan.Move
	op.Result = model.Result{Kind: model.PageResult, Type: plan.Item, Unwrap: plan.Unwrap, Cursor: move.Param, Body: move.Body, Number: move.Number}
	if op.Method == "GET" || move.Body {
		op.Result.All = op.Name.Go + "All"
	}
	if b.cfg.LikeStainless() {
		op.Result.All = op.Name.Go + "AutoPaging"
	}
	op.Result.Zero = plan.Style == model.NumberedPage && slices.ContainsFunc(op.Inputs, func(in *model.Input) bool {
		return in.In == model.InQuery && in.Name == move.Param && in.FromZero
	})
	op.Paging = pagingText(plan.Style, move.Param)
}

func pagingText(style model.PageStyle, cursor string) string {
	switch style {
	case model.NumberedPage:
		return fmt.Sprintf("page number (%s)", cursor)
	case model.OffsetPage:
		return fmt.Sprintf("offset (%s)", cursor)
	case model.CursorPage:
		return fmt.Sprintf("cursor (%s)", cursor)
	case model.NextURLPage:
		return "next URL"
	case model.LinkPage:
		return "Link header"
	}
	return "single page"
}

// xmlResult is that of an operation which answers with XML only. How such are
// paged nothing is known.
func (b *builder) xmlResult(op *operation, r *response) {
	o := types.Origin{Op: op.Operation, Text: "response"}
	op.Accept = r.media
	op.Result = model.Result{Kind: model.ValueResult, Type: b.types.Aliased(b.types.Type(r.schema, o).Type, o), XML: true, Root: b.types.XmlRoot(r.schema)}
}

// alwaysNull reports whether a property allows null only, so that there is
// nothing to return.
func (b *builder) alwaysNull(p *schema.Prop) bool {
	v := b.facts.PropView(p)
	if len(v.Enum) == 1 && v.Enum[0].Is(spec.Null) {
		return true
	}
	return len(v.Kinds) == 0 && v.Nullable && len(v.OneOf) == 0 && v.Enum == nil
}

// envelopeOf returns the property of a response that holds the result, if the
// response is an envelope: an object that says whether the call succeeded, in a
// boolean, and has the result beside it. nil if it is none.
func (b *builder) envelopeOf(v *schema.View) *schema.Prop {
	switch {
	case b.cfg.NoEnvelope || !v.Is("object"):
		return nil
	case b.cfg.Envelope != nil:
		p := v.Prop(b.cfg.Envelope.Result)
		if p != nil {
			b.api.Success = b.cfg.Envelope.Success
		}
		return p
	}
	var flag string
	for _, name := range []string{"success", "ok"} {
		if p := v.Prop(name); p != nil && b.facts.PropView(p).Is("boolean") {
			flag = name
		}
	}
	for _, name := range []string{"result", "data", "response", "payload"} {
		if p := v.Prop(name); p != nil && flag != "" {
			b.api.Success = flag
			return p
		}
	}
	return nil
}
