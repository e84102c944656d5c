package mockapi

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/internal/sample"
)

// register tells kin-openapi, which keeps it for the whole program, of the
// formats and bodies that it does not know or takes too lightly.
var register = sync.OnceFunc(func() {
	for name, check := range sample.Formats() {
		openapi3.DefineStringFormatValidator(name, openapi3.NewCallbackValidator(check))
	}
	for _, t := range []string{"json", "json-patch+json", "merge-patch+json", "ld+json", "hal+json", "vnd.api+json", "problem+json"} {
		openapi3filter.RegisterBodyDecoder("application/"+t, readJSON)
	}
	openapi3filter.RegisterBodyDecoder("text/json", readJSON)
	openapi3filter.RegisterBodyDecoder("application/x-www-form-urlencoded", readForm)
	for _, media := range []string{"multipart/form-data", "multipart/related", "multipart/mixed"} {
		openapi3filter.RegisterBodyDecoder(media, readMultipart)
	}
	for _, t := range []string{"application/xml", "text/xml"} {
		openapi3filter.RegisterBodyDecoder(t, readXML)
	}
	for _, t := range lineTypes {
		openapi3filter.RegisterBodyDecoder(t, readLines)
	}
	openapi3filter.RegisterBodyDecoder("text/event-stream", readEvents)
	openapi3filter.RegisterBodyDecoder("*/*", readAny)
})

// lineTypes are the media types that have a JSON text on each line.
var lineTypes = []string{"application/x-ndjson", "application/ndjson", "text/x-ndjson", "application/jsonl", "application/x-jsonl", "text/jsonl",
	"application/x-jsonlines", "application/jsonlines", "application/json-lines", "application/x-json-lines", "application/json-seq", "application/stream+json"}

// readJSON takes one JSON text without duplicate names and with nothing after
// it.
func readJSON(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	return decodeJSON(data)
}

// decodeJSON keeps the digits of numbers.
func decodeJSON(data []byte) (any, error) {
	strict := jsontext.NewDecoder(bytes.NewReader(data))
	if _, err := strict.ReadValue(); err != nil {
		return nil, err
	}
	if _, err := strict.ReadToken(); err != io.EOF {
		return nil, errors.New("there is more after the JSON text")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	err := dec.Decode(&v)
	return v, err
}

// readLines takes a JSON text on each line.
func readLines(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	list := []any{}
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		line := bytes.Trim(lines.Bytes(), "\x1e \t\r")
		if len(line) == 0 {
			continue
		}
		v, err := decodeJSON(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		list = append(list, v)
	}
	return list, lines.Err()
}

// readEvents takes server-sent events and gives their data: JSON if it is some.
func readEvents(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	list := []any{}
	for _, event := range strings.Split(string(data), "\n\n") {
		var text []string
		for line := range strings.Lines(event) {
			if value, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "data:"); ok {
				text = append(text, strings.TrimPrefix(value, " "))
			}
		}
		if len(text) == 0 {
			continue
		}
		joined := strings.Join(text, "\n")
		if v, err := decodeJSON([]byte(joined)); err == nil {
			list = append(list, v)
		} else {
			list = append(list, joined)
		}
	}
	return list, nil
}

// readForm takes a form whose members may be nested with brackets, and lists
// that are repeated, indexed or, where the encoding says so, joined.
func readForm(body io.Reader, _ http.Header, schema *openapi3.SchemaRef, encoding openapi3filter.EncodingFn) (any, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	pairs, err := url.ParseQuery(string(data))
	if err != nil {
		return nil, err
	}
	t := form(pairs)
	for name, m := range t.members {
		enc := encoding(name)
		if enc == nil || m.members != nil || len(m.values) != 1 || !kinds(property(schema, name))["array"] {
			continue
		}
		separator := map[string]string{"spaceDelimited": " ", "pipeDelimited": "|", "form": ","}[enc.Style]
		if separator != "" && enc.Explode != nil && !*enc.Explode {
			m.values = strings.Split(m.values[0], separator)
		}
	}
	if t.members == nil {
		return map[string]any{}, nil
	}
	return t.read(schema), nil
}

// readMultipart takes a form in parts: JSON, files and texts. A list is one part
// for each item, or one that has all of them as JSON.
func readMultipart(body io.Reader, header http.Header, schema *openapi3.SchemaRef, encoding openapi3filter.EncodingFn) (any, error) {
	_, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	object := map[string]any{}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return object, nil
		}
		if err != nil {
			return nil, err
		}
		name := part.FormName()
		if !allowsMember(schema, name) {
			return nil, fmt.Errorf("part %q is not declared", name)
		}
		v, whole, err := readPart(part, property(schema, name), encoding(name))
		if err != nil {
			return nil, fmt.Errorf("part %q: %w", name, err)
		}
		if !kinds(property(schema, name))["array"] || whole {
			object[name] = v
			continue
		}
		list, _ := object[name].([]any)
		object[name] = append(list, v)
	}
}

// readPart returns the value of a part, and whether it is a list with all of
// its items.
func readPart(part *multipart.Part, ref *openapi3.SchemaRef, enc *openapi3.Encoding) (v any, whole bool, err error) {
	contentType, _, err := mime.ParseMediaType(cmp.Or(part.Header.Get("Content-Type"), "text/plain"))
	if err != nil {
		return nil, false, err
	}
	if !enc.AllowsContentType(contentType) {
		return nil, false, fmt.Errorf("it is %s, not %s", contentType, enc.ContentType)
	}
	data, err := io.ReadAll(part)
	switch {
	case err != nil:
		return nil, false, err
	case isJSON(contentType):
		v, err = decodeJSON(data)
		_, whole = v.([]any)
		return v, whole, err
	case part.FileName() != "", contentType != "text/plain":
		return string(data), false, nil
	case kinds(ref)["array"]:
		ref = sample.Items(ref)
	}
	return (&tree{values: []string{string(data)}}).read(ref), false, nil
}

// readAny takes what no other takes: JSON if the schema is for more than text
// and it is some, else text.
func readAny(body io.Reader, _ http.Header, schema *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	if is := kinds(schema); len(is) > 0 && !is["string"] {
		return decodeJSON(data)
	}
	return string(data), nil
}

// isJSON reports whether a media type is JSON.
func isJSON(mediaType string) bool {
	return strings.HasSuffix(mediaType, "/json") || strings.HasSuffix(mediaType, "+json")
}

func isXML(mediaType string) bool {
	return strings.HasSuffix(mediaType, "/xml") || strings.HasSuffix(mediaType, "+xml")
}

func isLines(mediaType string) bool { return slices.Contains(lineTypes, mediaType) }
