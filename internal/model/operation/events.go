package operation

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// The schema of an event stream describes one of two things.
//
// Problem: OpenAPI 3.2 says that itemSchema describes an event as an object of
// its fields, whose data is a text that may contain JSON (contentSchema). Before
// that, some descriptions used schema like that, with data as it is decoded, and
// most for the JSON in the data alone.
//
// Decision: a schema describes an event if that is what it looks like: each of
// its alternatives is an object that has data, or the name of an event, and
// nothing else but fields of an event. A schema that describes an event of data
// alone is taken for the data.

// fields are those that an event can have (WHATWG HTML, section 9.2.6).
var fields = []string{"data", "event", "id", "retry"}

// eventType is the type of the values of an event stream.
func (rd *reader) eventType(op *Operation, c *content, s *model.Stream) model.Type {
	if op.cfg != nil && op.cfg.Stream != nil && op.cfg.Stream.Event != "" {
		if n := rd.eventSchema(op); n != nil {
			return types.Elem(rd.types.Type(n, rd.types.Component(n)))
		}
		rd.diags.Warningf(op.cfg.Stream.Pos, "config-unused", "the description has no schema %q, which stream.event names", op.cfg.Stream.Event)
	}
	schema := rd.itemSchema(c.node)
	v := rd.facts.View(schema)
	if schema == nil || !c.node.Has("itemSchema") && (v.Is("string") && v.Enum == nil || len(v.Kinds) == 0 && len(v.OneOf) == 0) {
		return model.Event // a text says nothing of what is in it
	}
	o := types.Origin{Op: op.Operation, Text: "event"}
	if !rd.describesEvent(op, schema, v) {
		t := types.Elem(rd.types.Type(schema, o))
		s.Text = types.IsTextType(t)
		return t
	}
	rd.findEmbedded(schema, map[*spec.Node]bool{})
	if data := v.Prop("data"); data != nil && len(v.Props) == 1 && len(rd.facts.Alternatives(v)) == 0 {
		t := types.Elem(rd.types.PropType(data, rd.facts.PropView(data), o))
		s.Text = types.IsTextType(t)
		return t
	}
	t := rd.types.Type(schema, o).Type
	s.Whole = true
	s.Text, s.Mixed = dataOf(t)
	return t
}

// describesEvent reports whether a schema describes an event with its fields.
func (rd *reader) describesEvent(op *Operation, n *spec.Node, v *schema.View) bool {
	if op.cfg != nil && op.cfg.Stream != nil && op.cfg.Stream.Item != "" {
		return op.cfg.Stream.Item == "event"
	}
	return rd.looksLikeEvent(v, false, map[*spec.Node]bool{n: true})
}

func (rd *reader) looksLikeEvent(v *schema.View, part bool, seen map[*spec.Node]bool) bool {
	hasData, named := v.Prop("data") != nil, false
	if p := v.Prop("event"); p != nil {
		pv := rd.facts.PropView(p)
		named = len(pv.Enum) == 1 && pv.Is("string")
	}
	for _, p := range v.Props {
		if !slices.Contains(fields, p.Name) && !(hasData && named) {
			return false
		}
	}
	alternatives := rd.facts.Alternatives(v)
	for _, n := range alternatives {
		if seen[n] {
			return false
		}
		seen[n] = true
		if !rd.looksLikeEvent(rd.facts.View(n), part || hasData, seen) {
			return false
		}
	}
	return len(alternatives) > 0 || hasData || part && len(v.Props) > 0 || named && len(v.Props) == 1
}

// findEmbedded finds the data of events that is a text with JSON in it, so that
// the JSON is what it is typed by.
func (rd *reader) findEmbedded(n *spec.Node, seen map[*spec.Node]bool) {
	if n = rd.facts.Deref(n); n == nil || seen[n] {
		return
	}
	seen[n] = true
	if data := n.Get("properties").Get("data"); data != nil {
		text := rd.facts.Deref(data)
		if inner := text.Get("contentSchema"); inner != nil && (IsJSON(text.Get("contentMediaType").Text()) || !text.Has("contentMediaType")) {
			rd.facts.Embed(data, inner)
			rd.facts.Embed(text, inner)
		}
	}
	for _, k := range []string{"allOf", "oneOf", "anyOf"} {
		for _, member := range n.Get(k).Elements() {
			rd.findEmbedded(member, seen)
		}
	}
}

// dataOf reports whether the data of events is text, and the names of those
// events for which it is the other way round.
func dataOf(t model.Type) (text bool, mixed []string) {
	switch t := model.Underlying(t).(type) {
	case *model.Object:
		for _, f := range t.Fields {
			if f.Name.Spec == "data" {
				return types.IsTextType(f.Type), nil
			}
		}
	case *model.Union:
		for _, v := range t.Variants {
			if isText, _ := dataOf(v.Type); isText {
				mixed = append(mixed, v.TagValues("event")...)
			}
		}
	}
	return false, mixed
}

// tellsError reports whether a value of a type can tell of a failure, or of
// anything at all.
func tellsError(t model.Type, seen map[model.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case model.Scalar:
		return t == model.Any || t == model.AnyObject || t == model.Event
	case *model.Map:
		return true
	case *model.Alias:
		return tellsError(t.Target, seen)
	case *model.Opt, *model.Null, *model.Ptr:
		return tellsError(model.Elem(t), seen)
	case *model.Object:
		for _, f := range t.Fields {
			if f.Name.Spec == "error" || f.Name.Spec == "event" && namesError(f.Type) {
				return true
			}
		}
	case *model.Union:
		for _, v := range t.Variants {
			if slices.ContainsFunc(v.Tags, func(tag model.Tag) bool { return slices.Contains(tag.Values, "error") }) || tellsError(v.Type, seen) {
				return true
			}
		}
	}
	return false
}

func namesError(t model.Type) bool {
	if p, ok := t.(*model.Ptr); ok {
		t = p.Elem
	}
	e, ok := t.(*model.Enum)
	return ok && slices.ContainsFunc(e.Values, func(v *model.EnumValue) bool { return v.Value == "error" })
}

// streamEnd is the data of the event that ends a stream: what the config says,
// what the last event of an example has in place of JSON, or what any text of
// the description says. The last two are for streams of JSON only: it is no
// value there, so that an operation which has no such event loses nothing.
func (rd *reader) streamEnd(op *Operation, c *content, json bool) string {
	if op.cfg != nil && op.cfg.Stream != nil && op.cfg.Stream.End != "" {
		return op.cfg.Stream.End
	}
	if c.end != "" {
		return c.end
	}
	if rd.cfg.StreamEnd != "" {
		return rd.cfg.StreamEnd
	}
	if !json {
		return ""
	}
	texts := []string{c.node.Get("example").Text()}
	for _, e := range c.node.Get("examples").Members() {
		e = rd.facts.Deref(e)
		texts = append(texts, e.Get("value").Text(), e.Get("serializedValue").Text())
	}
	for _, text := range texts {
		if end := lastData(text); end != "" {
			return end
		}
	}
	if rd.end == nil {
		found := textEnd(rd.doc.Root, map[*spec.Node]bool{})
		rd.end = &found
	}
	return *rd.end
}

// lastData is the data of the last event of an example, if it is no JSON and
// that of those before it is.
func lastData(example string) string {
	var last string
	n := 0
	for l := range strings.Lines(example) {
		data, ok := strings.CutPrefix(strings.TrimSpace(l), "data:")
		if !ok {
			continue
		}
		if n++; last != "" && !isValue(last) {
			return ""
		}
		last = strings.TrimSpace(data)
	}
	if n < 2 || isValue(last) {
		return ""
	}
	return last
}

func isValue(text string) bool { return json.Valid([]byte(text)) }

// endMark is how a text says that streams end: "terminated by data: [DONE]".
var endMark = regexp.MustCompile(`\bdata:\s*(\[[A-Z][A-Z_]*\])`)

// textEnd is the first such mark in the texts of a description.
func textEnd(n *spec.Node, seen map[*spec.Node]bool) string {
	if n.Is(spec.String) {
		if m := endMark.FindStringSubmatch(n.Text()); m != nil {
			return m[1]
		}
		return ""
	}
	if n.Len() == 0 || seen[n] {
		return ""
	}
	seen[n] = true
	for _, m := range n.All() {
		if end := textEnd(m.Value, seen); end != "" {
			return end
		}
	}
	for _, item := range n.Elements() {
		if end := textEnd(item, seen); end != "" {
			return end
		}
	}
	return ""
}
