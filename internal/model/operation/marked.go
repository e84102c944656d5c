package operation

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Some streams have the media type of a single value.
//
// Problem: grpc-gateway and Kubernetes send JSON lines as application/json, and say
// so elsewhere: in a title, or in a media type beside that of the list that the same
// operation could have returned. Read whole, the second value is an error.
//
// Decision: an operation is a stream if an extension says so, if its schema is what
// grpc-gateway writes for one, or if it is named for the stream that its media type
// names (stream=watch, and watchPods or /watch/pods). A list that may be watched
// instead stays a list.

// readMarks makes a response a stream that is marked as one, and returns what is left
// to read whole: nothing, unless the mark names a condition for the stream.
func (rd *reader) readMarks(r *response, op *Operation, media string, chosen *spec.Node) (string, *spec.Node) {
	m := markOf(op)
	switch {
	case chosen == nil:
	case m.set():
		whole := chosen
		if r.stream == nil {
			r.stream = &content{Media: media, node: chosen, framing: m.framing()}
		}
		r.stream.end = m.Get("terminator").Text()
		if s := schemaOnly(m.Get("response-stream")); s != nil && !rd.sameSchema(r.stream.node, s) {
			r.stream.node, r.stream.Elsewhere = s, true
		}
		if m.condition() == "" {
			return "", nil
		}
		if s := schemaOnly(m.Get("response")); s != nil && !rd.sameSchema(whole, s) {
			whole, r.Elsewhere = s, true
		}
		if streams(media) {
			media, r.Elsewhere = "application/json", true
		}
		return media, whole
	case r.stream == nil && IsJSON(media) && rd.isGatewayStream(chosen.Get("schema")):
		r.stream = &content{Media: media, node: chosen, framing: model.JSONLines, member: "result"}
		return "", nil
	}
	return media, chosen
}

// schemaOnly is the content of a media type that has a schema; nil without one.
func schemaOnly(s *spec.Node) *spec.Node {
	if s == nil {
		return nil
	}
	return spec.NewObject(s.Pos(), spec.Member{Name: "schema", Pos: s.Pos(), Value: s})
}

// A mark is the extension x-fern-streaming: true, or an object of format (json or
// sse), stream-condition, response, response-stream and terminator.
type mark struct{ *spec.Node }

func markOf(op *Operation) mark { return mark{op.Node.Get("x-fern-streaming")} }

func (m mark) set() bool { return m.Node.True() || m.Node.Is(spec.Object) }

func (m mark) framing() model.Framing {
	if strings.EqualFold(m.Get("format").Text(), "sse") {
		return model.EventStream
	}
	return model.JSONLines
}

// condition is the member of the body that asks for the stream, of $request.stream;
// empty if the answer is always one.
func (m mark) condition() string {
	name := m.Get("stream-condition").Text()
	return name[strings.LastIndex(name, ".")+1:]
}

// isGatewayStream reports whether a schema is what protoc-gen-openapiv2 writes for a
// stream of the server: an object of result and error with such a title.
func (rd *reader) isGatewayStream(n *spec.Node) bool {
	v := rd.facts.View(n)
	if !strings.HasPrefix(rd.facts.Deref(n).Get("title").Text(), "Stream result of ") || v.Prop("result") == nil {
		return false
	}
	for _, p := range v.Props {
		if p.Name != "result" && p.Name != "error" {
			return false
		}
	}
	return true
}

// sameSchema reports whether two media types have one schema, as all have in 2.0.
func (rd *reader) sameSchema(a, b *spec.Node) bool {
	return !a.Has("itemSchema") && rd.facts.Deref(a.Get("schema")) == rd.facts.Deref(b.Get("schema"))
}

// isNamedFor reports whether an operation has the word of a stream for its verb, or in
// its path as a segment or a custom verb: /watch/pods, /pods:watch.
func isNamedFor(op *Operation, word string) bool {
	words := []string{word}
	if word == "true" || word == "1" {
		words = []string{"stream", "watch", "tail", "follow", "subscribe", "listen"}
	}
	id := op.Node.Get("operationId").Text()
	if ident.HasWord(id) {
		for part := range strings.FieldsFuncSeq(id, func(r rune) bool { return r == '_' || r == '.' || r == '/' }) {
			if ident.HasWord(part) && slices.Contains(words, ident.Words(part)[0]) {
				return true
			}
		}
	}
	return slices.ContainsFunc(strings.FieldsFunc(op.Path, func(r rune) bool { return r == '/' || r == ':' }), func(segment string) bool {
		return slices.Contains(words, strings.ToLower(segment))
	})
}

// accept is what a request for a stream accepts; empty is JSON.
func (c *content) accept() string {
	switch base := BaseType(c.Media); {
	case streamWord(c.Media) != "" && isPlainJSON(base):
		return c.Media
	case streams(base):
		return base
	case c.framing == model.EventStream:
		return "text/event-stream"
	case base == "application/json":
		return ""
	default:
		return base
	}
}
