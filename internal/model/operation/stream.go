package operation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Some operations answer in one piece or as a stream, as the request says.
//
// Problem: one method for both returns what half of its callers do not want, and
// lets a body ask for a stream that nobody reads as one. Peers have one of the
// two, or a result to take apart.
//
// Decision: two methods with the same params, Create and CreateStreaming, by the
// name that Go users know. What the request says of it, in its Accept header and
// in a boolean called stream, each of them sets itself, and the params leave out.

// content is what a response or a body has in one media type.
type content struct {
	Media     string
	Elsewhere bool // its schema is not that which the description has for the media type
	node      *spec.Node
	framing   model.Framing
	member    string // of each value: what the method yields; empty if it is the value
	end       string // the data of the event that ends it; empty if the marking says none
}

// framingOf tells from a media type how a stream of values is written. JSON with a
// parameter stream is one, as Kubernetes writes it: application/json;stream=watch.
func framingOf(media string) (model.Framing, bool) {
	base := BaseType(media)
	_, subtype, _ := strings.Cut(base, "/")
	switch {
	case base == "text/event-stream":
		return model.EventStream, true
	case subtype == "json-seq" || strings.HasSuffix(subtype, "+json-seq"):
		return model.JSONSequence, true
	case isLines(subtype), isPlainJSON(base) && streamWord(media) != "":
		return model.JSONLines, true
	}
	return 0, false
}

// linesNames are what JSON lines are called: no name of theirs is registered.
var linesNames = []string{"jsonl", "jsonlines", "ndjson", "ldjson", "jsonstream", "streamjson"}

// isLines reports whether a subtype is a name of JSON lines, whatever stands between
// its words and before it: x-ndjson, vnd.acme.export+jsonl, stream+json.
func isLines(subtype string) bool {
	tight := strings.NewReplacer("x-", "", "-", "", "+", "", ".", "").Replace(subtype)
	if slices.Contains(linesNames, tight) {
		return true
	}
	last := subtype[strings.LastIndexAny(subtype, "+.")+1:]
	return slices.Contains(linesNames, strings.ReplaceAll(strings.TrimPrefix(last, "x-"), "-", ""))
}

// streamWord is the parameter stream of a media type; empty if it has none or denies it.
func streamWord(media string) string {
	for param := range strings.SplitSeq(media, ";") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(param)), "=")
		if strings.TrimSpace(name) != "stream" {
			continue
		}
		if value = strings.Trim(strings.TrimSpace(value), `"`); value != "false" && value != "0" {
			return cmp.Or(value, "true")
		}
	}
	return ""
}

// streams reports whether a media type is a stream of values.
func streams(media string) bool {
	_, ok := framingOf(media)
	return ok
}

// readContent notes what a response has: the content that is read whole, and the
// stream that may be had in its place, of several the first.
func (rd *reader) readContent(r *response, op *Operation, n *spec.Node) {
	media, chosen := rd.chooseMedia(n)
	if op.cfg == nil || !op.cfg.NoStream {
		for name, node := range n.Members() {
			node = rd.facts.Deref(node)
			framing, ok := framingOf(name)
			if !ok || r.stream != nil || isPlainJSON(BaseType(name)) && IsJSON(media) && rd.sameSchema(node, chosen) && !isNamedFor(op, streamWord(name)) {
				continue
			}
			r.stream = &content{Media: name, node: node, framing: framing}
			if isPlainJSON(BaseType(name)) && rd.sameSchema(node, chosen) {
				media = name // the method is the stream, and has no other answer
			}
		}
		if r.Status != "default" {
			media, chosen = rd.readMarks(r, op, media, chosen)
		}
	}
	if r.stream == nil && op.cfg != nil && op.cfg.Stream != nil && op.cfg.Stream.Event != "" && strings.HasPrefix(r.Status, "2") {
		r.stream = &content{Media: "text/event-stream", node: spec.NewObject(op.Pos)} // the config knows better
	}
	if event := rd.eventSchema(op); event != nil && r.stream != nil {
		r.stream.node = spec.NewObject(op.Pos, spec.Member{Name: "schema", Pos: event.Pos(), Value: event})
	}
	if r.stream != nil && (streams(media) || media == "") {
		return // nothing else is to be had
	}
	r.Media, r.schema = media, chosen.Get("schema")
}

// eventSchema is the schema of an event's data that the config names; nil if it names
// none that there is.
func (rd *reader) eventSchema(op *Operation) *spec.Node {
	if op.cfg == nil || op.cfg.Stream == nil || op.cfg.Stream.Event == "" {
		return nil
	}
	return rd.doc.Root.Get("components").Get("schemas").Get(op.cfg.Stream.Event)
}

// NamesEvent reports whether the config names the schema of the events that an
// operation streams.
func (op *Operation) NamesEvent() bool {
	return op.cfg != nil && op.cfg.Stream != nil && op.cfg.Stream.Event != ""
}

// StreamOf is the stream that an operation answers with; nil if there is none.
func (op *Operation) StreamOf() *content {
	if op.Success == nil || op.Method == "HEAD" {
		return nil
	}
	return op.Success.stream
}

// streaming gives an operation that answers both in one piece and as a stream
// a second method for the latter.
func (rd *reader) streaming(op *Operation) {
	stream := op.StreamOf()
	if stream == nil || op.Result.Kind == model.ItemsResult {
		return
	}
	twin := *op.Operation
	twin.Paging = ""
	if op.Body != nil && op.Body.Flag != nil {
		body, flag := *op.Body, *op.Body.Flag
		flag.Value = true
		body.Flag, twin.Body = &flag, &body
		if !rd.mustSay(op, flag.Name) {
			op.Body.Flag = nil // left out, it means the same
		}
	}
	if op.Query != nil {
		flag := *op.Query
		flag.Value = true
		twin.Query = &flag
		if p := rd.queryFlag(op); !p.node.Get("required").True() && !rd.facts.View(p.node.Get("schema")).Def.True() {
			op.Query = nil
		}
	}
	rd.stream(&twin, op, stream)
	op.Streaming = &twin
}

// stream makes the result of a method a stream.
func (rd *reader) stream(to *model.Operation, op *Operation, c *content) {
	framing := c.framing
	s := &model.Stream{Framing: framing, AsJSON: framing == model.JSONLines && isPlainJSON(BaseType(c.Media))}
	to.Accept = c.accept()
	to.Result = model.Result{Kind: model.ItemsResult, Stream: s}
	switch {
	case framing == model.EventStream:
		to.Result.Type = rd.eventType(op, c, s)
	case c.member != "":
		p := rd.facts.View(rd.itemSchema(c.node)).Prop(c.member)
		to.Result.Type = types.Elem(rd.types.PropType(p, rd.facts.PropView(p), types.Origin{Op: op.Operation, Text: "item"}))
		to.Result.Unwrap = c.member
	default:
		to.Result.Type = rd.itemType(c.node, types.Origin{Op: op.Operation, Text: "item"})
	}
	to.Result.Type = rd.types.Aliased(to.Result.Type, types.Origin{Op: op.Operation, Text: "event"})
	s.Typed = c.member == "" && tellsError(to.Result.Type, map[model.Type]bool{})
	if framing == model.EventStream {
		s.End = rd.streamEnd(op, c, !s.Text && to.Result.Type != model.Event)
	}
	if to == op.Operation {
		for _, f := range []*model.Flag{op.Query, bodyFlag(op.Body)} {
			if f != nil {
				f.Value = true
			}
		}
	}
}

// itemType is the type of a value of a stream: what itemSchema says (OpenAPI
// 3.2), or else schema, which describes a list by some and a value by others.
func (rd *reader) itemType(n *spec.Node, o types.Origin) model.Type {
	schema := rd.itemSchema(n)
	if schema == nil {
		return model.Any
	}
	return types.Elem(rd.types.Type(schema, o))
}

// itemSchema is the schema of a value of a stream; nil if there is none.
func (rd *reader) itemSchema(n *spec.Node) *spec.Node {
	if s := n.Get("itemSchema"); s != nil {
		return s
	}
	s := n.Get("schema")
	if v := rd.facts.View(s); v.Is("array") && v.Items != nil {
		return v.Items
	}
	return s
}

// linesBody makes the body of an operation many values. It reports false for a
// body that is described as a text or not at all.
func (rd *reader) linesBody(op *Operation, n, content *spec.Node) bool {
	schema := rd.itemSchema(content)
	if v := rd.facts.View(schema); schema == nil || !content.Has("itemSchema") && (v.Is("string") || len(v.Kinds) == 0 && len(v.OneOf) == 0) {
		return false
	}
	t := rd.itemType(content, types.Origin{Op: op.Operation, Parent: op.Params, Text: "body"})
	rd.bodyField(op, n, types.Typed{Type: &model.Lines{Elem: t}})
	return true
}

// flag is the member of a body that says whether the answer is to be a stream:
// a boolean that is called so. The method sets it; nil if there is none, or
// nothing to say.
func (rd *reader) flag(op *Operation, v *schema.View) *model.Flag {
	if op.StreamOf() == nil {
		return nil
	}
	switch op.Body.Kind {
	case model.JSONBody, model.FormBody, model.MultipartBody:
	default:
		return nil
	}
	if rd.hasFlag(op, v) {
		return &model.Flag{Name: flagOf(op)}
	}
	for _, n := range rd.facts.Alternatives(v) {
		if rd.hasFlag(op, rd.facts.View(n)) {
			return &model.Flag{Name: flagOf(op)}
		}
	}
	return nil
}

const flagName = "stream"

// flagOf is what the flag of an operation is called.
func flagOf(op *Operation) string {
	if op.cfg != nil && op.cfg.Stream != nil && op.cfg.Stream.Flag != "" {
		return op.cfg.Stream.Flag
	}
	if name := markOf(op).condition(); name != "" {
		return name
	}
	return flagName
}

func (rd *reader) hasFlag(op *Operation, v *schema.View) bool {
	p := v.Prop(flagOf(op))
	if p == nil {
		return false
	}
	pv := rd.facts.PropView(p)
	alternatives := rd.facts.Alternatives(pv)
	return pv.Is("boolean") && len(alternatives) == 0 || len(alternatives) == 1 && rd.facts.View(alternatives[0]).Is("boolean")
}

func bodyFlag(body *model.Body) *model.Flag {
	if body == nil {
		return nil
	}
	return body.Flag
}

// isQueryFlag reports whether a parameter is a flag of the query.
func (rd *reader) isQueryFlag(op *Operation, p *parameter) bool {
	return op.StreamOf() != nil && p.in == model.InQuery && p.name == flagOf(op) && rd.facts.View(p.node.Get("schema")).Is("boolean")
}

// queryFlag is the parameter that is a flag.
func (rd *reader) queryFlag(op *Operation) *parameter {
	params := rd.readParameters(op)
	return params[slices.IndexFunc(params, func(p *parameter) bool { return rd.isQueryFlag(op, p) })]
}

// isFlag reports whether a property is what a method sets.
func isFlag(f *model.Flag, p *schema.Prop) bool { return f != nil && f.Name == p.Name }

// mustSay reports whether a body needs a member also where its answer is no
// stream: it is required, or true where it is left out.
func (rd *reader) mustSay(op *Operation, name string) bool {
	n := rd.facts.Deref(op.Node.Get("requestBody"))
	_, chosen := rd.chooseMedia(n.Get("content"))
	v := rd.facts.View(chosen.Get("schema"))
	p := v.Prop(name)
	return p != nil && (v.Required[name] || rd.facts.PropView(p).Def.True())
}

// StreamingFlag is what the method that streams sets in a body.
func StreamingFlag(op *Operation) *model.Flag {
	if op.Streaming == nil {
		return nil
	}
	return bodyFlag(op.Streaming.Body)
}

// InWhole reports whether the schema of a stream is that of one value.
func (op *Operation) InWhole(c *content) bool { return c.node.Has("itemSchema") }
