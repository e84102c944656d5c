package api

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// Multipart is a body of the members of v in multipart/form-data (RFC 7578): a
// scalar is a part of text, an object one of JSON, a [param.File] one that is
// read as it is sent, and a list a part for each element, except for the parts
// that are to be written in another way.
func Multipart(v any, parts ...Part) Body { return MultipartAs(formData, v, parts...) }

const formData = "multipart/form-data"

// MultipartAs is Multipart with another media type, such as multipart/related.
// The parts are named there as they are in a form.
func MultipartAs(contentType string, v any, parts ...Part) Body {
	return Body{contentType: contentType, value: v, parts: parts, encode: encodeMultipart}
}

func encodeMultipart(k *codec, b *Body) (payload, error) {
	w := newPartWriter(k)
	w.body = b
	v := b.value
	with, _ := v.(withMember)
	if with.name != "" {
		v = with.value
	}
	if err := w.members(reflect.ValueOf(v)); err != nil {
		return payload{}, err
	}
	if with.name != "" {
		if err := w.part(with.name, reflect.ValueOf(with.member)); err != nil {
			return payload{}, err
		}
	}
	if err := w.parts.Close(); err != nil {
		return payload{}, err
	}
	w.cut()
	return payload{contentType: w.contentType(), stream: newStream(w.reader())}, nil
}

// contentType is the media type of the whole. That of related parts says of
// what type the first is (RFC 2387, section 3.1).
func (w *partWriter) contentType() string {
	params := map[string]string{"boundary": w.parts.Boundary()}
	media := mediaType(w.body.contentType)
	if media == "multipart/related" {
		params["type"] = cmp.Or(w.first, "text/plain")
	}
	return mime.FormatMediaType(media, params)
}

// partWriter puts a multipart body together from the text between files and the
// files themselves, none of which is read yet.
type partWriter struct {
	codec    *codec
	body     *Body
	text     bytes.Buffer
	parts    *multipart.Writer // to text
	began    bool
	first    string // media type of the first part, once it began; empty if it is the usual one
	segments []io.Reader
}

func newPartWriter(k *codec) *partWriter {
	w := &partWriter{codec: k}
	w.parts = multipart.NewWriter(&w.text)
	return w
}

// begin writes the head of a part.
func (w *partWriter) begin(h textproto.MIMEHeader) (io.Writer, error) {
	if !w.began {
		w.began, w.first = true, h.Get("Content-Type")
	}
	return w.parts.CreatePart(h)
}

// cut makes a segment of the text so far.
func (w *partWriter) cut() {
	w.segments = append(w.segments, bytes.NewReader(bytes.Clone(w.text.Bytes())))
	w.text.Reset()
}

// members writes a part for each field of a struct, by its JSON tag, or for
// each member of a map.
func (w *partWriter) members(v reflect.Value) error {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			if err := w.part(key.String(), v.MapIndex(key)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Struct:
	default:
		return errors.New("a multipart body is an object")
	}
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		switch {
		case name == "-" && options == "", !v.Type().Field(i).IsExported():
		case options == "embed":
			if err := w.members(v.Field(i)); err != nil {
				return err
			}
		case options == "omitzero" && v.Field(i).IsZero():
		default:
			if err := w.part(name, v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// part writes the part, or parts, of one value.
func (w *partWriter) part(name string, v reflect.Value) error {
	if v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	switch value := v.Interface().(type) {
	case param.File:
		return w.file(name, value)
	case []byte: // base64, as in JSON
	case optional:
		if value.IsZero() || value.IsNull() {
			return nil
		}
		return w.part(name, reflect.ValueOf(value.Any()))
	default:
		if value, ok := param.Unwrap(v); ok {
			if value.IsZero() {
				return nil
			}
			return w.part(name, value)
		}
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() {
				return nil
			}
			return w.part(name, v.Elem())
		case reflect.Slice:
			if v.Type().Elem().Kind() == reflect.Uint8 || w.styles(name) {
				break // raw JSON, or a list that is not a part for each element
			}
			for i := range v.Len() {
				if err := w.part(name, v.Index(i)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return w.value(w.body.partOf(name), v.Interface())
}

// styles reports whether a member has a style of its own.
func (w *partWriter) styles(name string) bool {
	p := w.body.partOf(name)
	return p.styled()
}

// value writes the part of a value that is neither a file nor a list of parts.
func (w *partWriter) value(p Part, v any) error {
	n, err := w.codec.node(v)
	if err != nil || n.kind == absent {
		return err
	}
	if p.styled() {
		return w.styled(p, n)
	}
	media, _, _ := strings.Cut(p.ContentType, ",")
	text := n.text
	if media == "" && n.kind != scalar {
		media = "application/json"
	}
	if n.kind != scalar || media != "" && isJSON(media) {
		data, err := w.codec.marshal(v)
		if err != nil {
			return err
		}
		text = string(data)
	}
	return w.write(p, media, text)
}

// styled writes a value as the parts that it is in its style.
func (w *partWriter) styled(p Part, n node) error {
	pairs, err := styled(p.Name, n, p.Style)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		named := p
		named.Name = pair.name
		if err := w.write(named, "", pair.value); err != nil {
			return err
		}
	}
	return nil
}

// write writes a part of text. Its media type is left out where it is the usual
// one.
func (w *partWriter) write(p Part, media, text string) error {
	part, err := w.begin(p.header("", media))
	if err != nil {
		return err
	}
	_, err = io.WriteString(part, text)
	return err
}

// file writes the head of a part and makes its content the next segment.
func (w *partWriter) file(name string, f param.File) error {
	if f.Content == nil {
		return nil
	}
	if f.Name == "" {
		f.Name = name
		if named, ok := f.Content.(interface{ Name() string }); ok {
			f.Name = filepath.Base(named.Name())
		}
	}
	p := w.body.partOf(name)
	if f.ContentType == "" {
		f.ContentType = fileType(p.ContentType, f.Name)
	}
	if !validValue(f.ContentType) {
		return fmt.Errorf("the media type of the file %q has a line break", name)
	}
	h := p.header(f.Name, f.ContentType)
	for name, values := range f.Header {
		for _, value := range values {
			if !validValue(name) || !validValue(value) {
				return fmt.Errorf("header %q of the file %q has a line break", name, p.Name)
			}
		}
		h[textproto.CanonicalMIMEHeaderKey(name)] = values
	}
	if _, err := w.begin(h); err != nil {
		return err
	}
	w.cut()
	if f.Size > 0 && newStream(f.Content).length < 0 {
		f.Content = &measured{io.LimitReader(f.Content, f.Size), f.Size}
	}
	w.segments = append(w.segments, f.Content)
	return nil
}

// fileType returns the media type of a file: of those that the API takes, if it
// says which, the one of the file's extension, else the first.
func fileType(allowed, name string) string {
	guess, _, _ := strings.Cut(mime.TypeByExtension(filepath.Ext(name)), ";")
	first := ""
	for media := range strings.SplitSeq(allowed, ",") {
		media = strings.TrimSpace(media)
		class, whole := strings.CutSuffix(media, "/*")
		switch {
		case guess != "" && (media == guess || whole && strings.HasPrefix(guess, class+"/")):
			return guess
		case first == "" && media != "" && !strings.Contains(media, "*"):
			first = media
		}
	}
	if first == "" {
		return "application/octet-stream"
	}
	return first
}

// header is the head of a part. A name is escaped as browsers do.
func (p *Part) header(file, contentType string) textproto.MIMEHeader {
	escape := strings.NewReplacer("\\", "\\\\", `"`, "%22", "\r", "%0D", "\n", "%0A").Replace
	value := `form-data; name="` + escape(p.Name) + `"`
	if file != "" {
		value += `; filename="` + escape(file) + `"`
	}
	h := textproto.MIMEHeader{"Content-Disposition": {value}}
	if contentType != "" {
		h["Content-Type"] = []string{contentType}
	}
	for name, value := range p.Header {
		h[textproto.CanonicalMIMEHeaderKey(name)] = []string{value}
	}
	return h
}

// reader returns the segments as one reader, which knows its length if all of
// them know theirs, and can seek to its start and end if all of them can.
func (w *partWriter) reader() io.Reader {
	j, seeks := &joined{}, true
	for _, r := range w.segments {
		s := newStream(r)
		if s.length < 0 {
			return io.MultiReader(w.segments...)
		}
		seeks = seeks && s.seeker != nil
		j.parts = append(j.parts, s)
		j.length += s.length
	}
	if !seeks {
		return &measured{io.MultiReader(w.segments...), j.length}
	}
	return j
}

// joined is streams one after another.
type joined struct {
	parts  []*stream
	length int64
	rest   io.Reader
	began  bool
}

// Read reads from the stream that is next.
func (j *joined) Read(p []byte) (int, error) {
	if !j.began {
		if _, err := j.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
	}
	return j.rest.Read(p)
}

// Seek goes to the start, or tells where the end is; that is all that a request
// needs.
func (j *joined) Seek(offset int64, whence int) (int64, error) {
	switch {
	case offset == 0 && whence == io.SeekEnd:
		return j.length, nil
	case offset == 0 && whence == io.SeekCurrent && !j.began:
		return 0, nil
	case offset != 0 || whence != io.SeekStart:
		return 0, errors.New("a multipart body can be read from its start only")
	}
	readers := make([]io.Reader, len(j.parts))
	for i, s := range j.parts {
		if _, err := s.seeker.Seek(s.start, io.SeekStart); err != nil {
			return 0, err
		}
		readers[i] = io.LimitReader(s.r, s.length)
	}
	j.rest, j.began = io.MultiReader(readers...), true
	return 0, nil
}
