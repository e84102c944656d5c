package mockapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/sample"
)

// An answer is a response that is ready to be sent.
type answer struct {
	status      int
	header      http.Header
	contentType string
	body        []byte
}

func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	maps.Copy(w.Header(), a.header)
	if a.contentType != "" {
		w.Header().Set("Content-Type", a.contentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	if a.status == http.StatusNoContent || a.status == http.StatusNotModified {
		w.Header().Del("Content-Length")
	}
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		w.Write(a.body) // nobody is left to tell if it fails
	}
}

// answer makes the response that an operation has for a request.
func (s *Server) answer(r *http.Request, op *openapi3.Operation) answer {
	status, response := chosen(op, preferred(r))
	a := answer{status: status, header: http.Header{}}
	if response == nil {
		return a
	}
	for _, name := range slices.Sorted(maps.Keys(response.Headers)) {
		if h := response.Headers[name]; h != nil && h.Value != nil && !slices.Contains(framing, http.CanonicalHeaderKey(name)) {
			s.header(a.header, name, h.Value)
		}
	}
	mediaType, content, _ := media(response.Content, strings.Join(r.Header.Values("Accept"), ","))
	if content == nil || status == http.StatusNoContent || status == http.StatusNotModified {
		return a
	}
	a.contentType, a.body = s.body(mediaType, content)
	return a
}

// framing are the headers that say how an answer is written, which the server
// knows better than the description.
var framing = []string{"Connection", "Content-Encoding", "Content-Length", "Content-Type", "Trailer", "Transfer-Encoding", "Upgrade"}

// preferred returns the status that the Prefer header asks for, as text.
func preferred(r *http.Request) string {
	for _, header := range r.Header.Values("Prefer") {
		for part := range strings.SplitSeq(header, ",") {
			if code, ok := strings.CutPrefix(strings.TrimSpace(part), "code="); ok {
				return code
			}
		}
	}
	return ""
}

// chosen returns the response with a status, or if none is asked for the one
// with the lowest that says it went well.
func chosen(op *openapi3.Operation, want string) (int, *openapi3.Response) {
	responses := op.Responses.Map()
	var codes []string
	for _, code := range slices.Sorted(maps.Keys(responses)) {
		if want == "" && (strings.HasPrefix(code, "2") || code == "default") {
			codes = append(codes, code)
		}
	}
	if want != "" {
		codes = []string{want, want[:1] + "XX", want[:1] + "xx", "default"}
	}
	for _, code := range codes {
		if ref := responses[code]; ref != nil && ref.Value != nil {
			return statusOf(want, code), ref.Value
		}
	}
	return statusOf(want, ""), nil
}

// statusOf returns the status of a response by what is asked for and the key it
// stands under.
func statusOf(want, key string) int {
	for _, text := range []string{want, key} {
		if n, err := strconv.Atoi(text); err == nil && n >= 100 && n < 600 {
			return n
		}
	}
	return http.StatusOK
}

// media returns the media type of a response that an Accept header likes best:
// in its order, and of what is equal to it JSON first, then by name. If it likes
// none, liked is false, and it is the first.
func media(content openapi3.Content, accept string) (name string, _ *openapi3.MediaType, liked bool) {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(content)) {
		if content[name] != nil {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "", nil, false
	}
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	for part := range strings.SplitSeq(accept, ",") {
		want, _, _ := mime.ParseMediaType(part)
		for _, name := range names {
			if covers(want, name) {
				return name, content[name], true
			}
		}
	}
	return names[0], content[names[0]], false
}

// covers reports whether a media type is what is wanted, where either may be a
// range such as text/*.
func covers(want, name string) bool {
	have, _, err := mime.ParseMediaType(name)
	if err != nil {
		have = name
	}
	within := func(set, t string) bool {
		return set == "*/*" || strings.HasSuffix(set, "/*") && strings.HasPrefix(t, strings.TrimSuffix(set, "*"))
	}
	return want != "" && (want == have || within(want, have) || within(have, want))
}

func rank(mediaType string) int {
	switch t, _, _ := mime.ParseMediaType(mediaType); {
	case t == "application/json":
		return 0
	case isJSON(t):
		return 1
	case strings.Contains(t, "*"):
		return 3
	}
	return 2
}

// header sets a header that a response declares.
func (s *Server) header(to http.Header, name string, h *openapi3.Header) {
	v := h.Example
	if v == nil && h.Schema != nil {
		v = s.value(h.Schema, nil)
	}
	switch v := v.(type) {
	case nil, map[string]any:
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, fmt.Sprint(item))
		}
		to.Set(name, strings.Join(parts, ","))
	case float64:
		to.Set(name, strconv.FormatFloat(v, 'f', -1, 64))
	default:
		to.Set(name, fmt.Sprint(v))
	}
}

// value returns the first of the examples that is what the schema says, else a
// value that is made from it.
func (s *Server) value(schema *openapi3.SchemaRef, examples []any) any {
	if schema == nil || schema.Value == nil {
		return slices.Concat(examples, []any{map[string]any{}})[0]
	}
	examples = append(slices.Clone(examples), schema.Value.Examples...)
	if schema.Value.Example != nil {
		examples = append(examples, schema.Value.Example)
	}
	for _, v := range examples {
		if !s.config.Made && looksLike(schema, v) && s.validate(schema.Value, v, openapi3.VisitAsResponse()) == nil {
			return v
		}
	}
	m := sample.Maker{Amount: s.config.Amount, Direction: sample.Response}
	if s.doc.Components != nil {
		m.Schemas = s.doc.Components.Schemas
	}
	v, ok := m.Value(schema)
	if !ok {
		m.Loose = true
		v, ok = m.Value(schema)
	}
	if !ok && len(examples) > 0 {
		return examples[0] // better than nothing, which is what the schema allows
	}
	return v
}

// looksLike reports whether a value is of the type that a schema speaks of
// without naming it: to JSON Schema, a schema that has properties and no type
// allows a text as well.
func looksLike(schema *openapi3.SchemaRef, v any) bool {
	is := kinds(schema)
	_, isObject := v.(map[string]any)
	_, isArray := v.([]any)
	switch {
	case len(is) == 0, isObject, isArray:
		return len(is) == 0 || isObject && is["object"] || isArray && is["array"]
	}
	return is.scalar() || v == nil
}

// body makes the body of a response, and says which media type it has.
func (s *Server) body(mediaType string, content *openapi3.MediaType) (string, []byte) {
	var examples []any
	if content.Example != nil {
		examples = append(examples, content.Example)
	}
	for _, name := range slices.Sorted(maps.Keys(content.Examples)) {
		if e := content.Examples[name]; e != nil && e.Value != nil && e.Value.Value != nil {
			examples = append(examples, e.Value.Value)
		}
	}
	t, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		t = mediaType
	}
	binary := content.Schema != nil && content.Schema.Value != nil && content.Schema.Value.Type.Is("string") && content.Schema.Value.Format == "binary"
	if binary {
		if strings.Contains(t, "*") || isJSON(t) {
			mediaType = "application/octet-stream"
		}
		return mediaType, []byte("\x00\x01binary\xff")
	}
	if strings.Contains(t, "*") {
		mediaType, t = "application/json", "application/json"
	}
	schema := content.Schema
	if content.ItemSchema != nil {
		schema = content.ItemSchema
	}
	v := s.value(schema, examples)
	switch {
	case isLines(t):
		return mediaType, lines(v, "%s\n")
	case t == "text/event-stream" && content.ItemSchema != nil && isEvent(v):
		if data := property(schema, "data"); data != nil && data.Value != nil && data.Value.ContentSchema != nil {
			v.(map[string]any)["data"] = s.value(data.Value.ContentSchema, nil)
		}
		return mediaType, slices.Concat(event(v), event(v), s.end)
	case t == "text/event-stream":
		return mediaType, slices.Concat(lines(v, "data: %s\n\n"), s.end)
	case isJSON(t):
		return mediaType, encodeJSON(v)
	case isXML(t):
		if text, ok := v.(string); ok {
			return mediaType, []byte(text)
		}
		return mediaType, sample.XML(v, schema)
	}
	if text, ok := v.(string); ok {
		return mediaType, []byte(text)
	}
	return mediaType, encodeJSON(v)
}

// isEvent reports whether the item of a stream is an event with its fields
// (OpenAPI 3.2, "Server-Sent Event Streams"), and not the data of one.
func isEvent(v any) bool {
	object, ok := v.(map[string]any)
	for name := range object {
		ok = ok && slices.Contains([]string{"data", "event", "id", "retry"}, name)
	}
	return ok && len(object) > 0
}

// event writes an event field by field.
func event(v any) []byte {
	var b bytes.Buffer
	object := v.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		text, ok := object[name].(string)
		if !ok {
			text = string(encodeJSON(object[name]))
		}
		for line := range strings.SplitSeq(text, "\n") {
			fmt.Fprintf(&b, "%s: %s\n", name, line)
		}
	}
	return append(b.Bytes(), '\n')
}

// lines writes the items of a stream: two of the value, or what is in it if it
// is a list.
func lines(v any, format string) []byte {
	list, ok := v.([]any)
	if !ok {
		list = []any{v, v}
	}
	var b bytes.Buffer
	for _, item := range list {
		text, isText := item.(string)
		if !isText || strings.HasSuffix(format, "s\n") {
			text = string(encodeJSON(item))
		}
		fmt.Fprintf(&b, format, text)
	}
	return b.Bytes()
}

func encodeJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // it came from JSON, or from a Maker
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
