package operation

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
	Status string
	Media  string // empty: it has no content
	schema *spec.Node
	view   *schema.View // of the schema of a JSON response
	links  bool         // it declares a Link header (RFC 8288)
	header []string     // names of those that it declares
	// Elsewhere says that its schema is not that which the description has for the media type.
	Elsewhere bool
	stream    *content // the same as a stream; nil if it is not to be had
}

// successOf picks the response that a method returns: of those with content the
// one with the lowest status, ranges after exact statuses, and default only
// when nothing else tells of success.
func (rd *reader) successOf(op *Operation) *response {
	var best *response
	var stream *content
	for status, n := range op.Node.Get("responses").Members() {
		if !strings.HasPrefix(status, "2") && status != "default" {
			continue
		}
		r := &response{Status: status}
		n = rd.facts.Deref(n)
		rd.readContent(r, op, n.Get("content"))
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
	if best != nil && IsJSON(best.Media) {
		best.view = rd.facts.View(best.schema)
	}
	return best
}

// rank orders responses: the smaller, the more it is what a method returns.
func (r *response) rank() string {
	switch {
	case r == nil:
		return "~"
	case r.Status == "default":
		return "3"
	case r.Media == "" && r.stream == nil:
		return "2" + r.Status
	}
	return "1" + strings.ToLower(r.Status)
}

// result fills in what a method returns.
func (rd *reader) result(op *Operation) {
	r := op.Success
	if r != nil {
		op.Headers = r.header
	}
	switch {
	case r == nil || op.Method == "HEAD":
	case r.Media == "" && r.stream != nil:
		rd.stream(op.Operation, op, r.stream)
	case r.Media == "":
	case rd.isDownload(r):
		if op.Accept = r.Media; IsJSON(r.Media) {
			op.Accept = "*/*" // what is no JSON will not be called so
		}
		op.Result = model.Result{Kind: model.StreamResult}
	case IsJSON(r.Media):
		rd.jsonResult(op, r)
	case isXML(r.Media) && rd.facts.InXML(r.schema):
		rd.xmlResult(op, r)
	case isText(r.Media):
		op.Accept = r.Media
		op.Result = model.Result{Kind: model.TextResult, Type: model.String}
	default:
		op.Accept = r.Media
		op.Result = model.Result{Kind: model.StreamResult}
	}
	rd.streaming(op)
}

// isDownload reports whether a response is described as bytes, whatever its media type
// says: neither JSON nor text has them.
func (rd *reader) isDownload(r *response) bool { return isFile(rd.facts.View(r.schema)) }

func (rd *reader) jsonResult(op *Operation, r *response) {
	o := types.Origin{Op: op.Operation, Text: "response"}
	if base := BaseType(r.Media); base != "application/json" && !strings.Contains(base, "*") {
		op.Accept = r.Media // a server may have no other
	}
	envelope := rd.envelopeOf(r.view)
	defer func() { op.Result.Empty = op.Result.Empty || !r.promises() }()
	plan := rd.paging.Detect(op.Operation, op.cfg, paging.Response{View: r.view, Envelope: envelope, Success: rd.api.Success, Links: r.links, Node: op.Node})
	if plan != nil {
		rd.paged(op, plan)
		op.Headers = slices.DeleteFunc(op.Headers, func(name string) bool { return strings.EqualFold(name, "Link") }) // which is read
		return
	}
	if envelope == nil {
		envelope = rd.unwrapped(op, r.view)
	}
	var t types.Typed
	if envelope != nil {
		op.Result.Unwrap = envelope.Name
		t = rd.types.PropType(envelope, rd.facts.PropView(envelope), o)
		if rd.alwaysNull(envelope) {
			return
		}
	} else {
		if r.schema == nil {
			r.schema = spec.NewObject(op.Pos)
		}
		t = rd.types.Type(r.schema, o)
	}
	t.Type = rd.types.Aliased(t.Type, o)
	op.Result.Empty = t.Nullable || t.Type == model.Any
	op.Result.Kind = model.ValueResult
	op.Result.Type = t.Type
	if _, object := model.Underlying(t.Type).(*model.Object); t.Nullable && !object {
		op.Result.Type = types.Elem(t)
	}
}

// promises reports whether the response is what status 200 has.
func (r *response) promises() bool {
	return r.Status == "200" || r.Status == "default" || strings.EqualFold(r.Status, "2XX")
}

// paged makes the result of an operation pages.
func (rd *reader) paged(op *Operation, plan *paging.Plan) {
	rd.plans = append(rd.plans, plan)
	move := plan.Move
	op.Result = model.Result{Kind: model.PageResult, Type: plan.Item, Unwrap: plan.Unwrap, Cursor: move.Param, Body: move.Body, Number: move.Number}
	if op.Method == "GET" || move.Body {
		op.Result.All = op.Name.Go + "All"
	}
	if rd.cfg.LikeStainless() {
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
func (rd *reader) xmlResult(op *Operation, r *response) {
	o := types.Origin{Op: op.Operation, Text: "response"}
	op.Accept = r.Media
	op.Result = model.Result{Kind: model.ValueResult, Type: rd.types.Aliased(rd.types.Type(r.schema, o).Type, o), XML: true, Root: rd.types.XmlRoot(r.schema)}
}

// alwaysNull reports whether a property allows null only, so that there is
// nothing to return.
func (rd *reader) alwaysNull(p *schema.Prop) bool {
	v := rd.facts.PropView(p)
	if len(v.Enum) == 1 && v.Enum[0].Is(spec.Null) {
		return true
	}
	return len(v.Kinds) == 0 && v.Nullable && len(v.OneOf) == 0 && v.Enum == nil
}

// envelopeOf returns the property of a response that holds the result, if the
// response is an envelope: an object that says whether the call succeeded, in a
// boolean, and has the result beside it. nil if it is none.
func (rd *reader) envelopeOf(v *schema.View) *schema.Prop {
	switch {
	case rd.cfg.NoEnvelope || !v.Is("object"):
		return nil
	case rd.cfg.Envelope != nil:
		p := v.Prop(rd.cfg.Envelope.Result)
		if p != nil {
			rd.api.Success = rd.cfg.Envelope.Success
		}
		return p
	}
	var flag string
	for _, name := range []string{"success", "ok"} {
		if p := v.Prop(name); p != nil && rd.facts.PropView(p).Is("boolean") {
			flag = name
		}
	}
	for _, name := range []string{"result", "data", "response", "payload"} {
		if p := v.Prop(name); p != nil && flag != "" {
			rd.api.Success = flag
			return p
		}
	}
	return nil
}
