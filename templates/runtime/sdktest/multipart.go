package sdktest

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"reflect"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// multipart reads the parts of a body into the fields of a struct that have
// their names.
func (p *parts) multipart(to reflect.Value) error {
	_, params, err := mime.ParseMediaType(p.request.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	form := multipart.NewReader(bytes.NewReader(p.body), params["boundary"])
	fields := &node{kind: object}
	files := map[string][]param.File{}
	for {
		part, err := form.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		name, media := part.FormName(), part.Header.Get("Content-Type")
		switch {
		case name == p.flag && name != "":
		case part.FileName() != "":
			files[name] = append(files[name], param.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: part.FileName(), ContentType: media})
		default:
			fields.set([]string{name}, string(content))
			if strings.HasPrefix(media, "application/json") {
				fields.last(name).kind = raws
			}
		}
	}
	for to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	return errors.Join(fill(to, fields, fields.indexed()), setFiles(to, files))
}

// last returns the node that was set last under a name.
func (n *node) last(name string) *node {
	n = n.nodes[slices.Index(n.names, name)]
	if n.kind == list {
		n = n.nodes[len(n.nodes)-1]
	}
	return n
}

// setFiles sets the fields of a struct that are files, or lists of them.
func setFiles(to reflect.Value, files map[string][]param.File) error {
	if to.Kind() != reflect.Struct {
		return nil
	}
	for i := range to.NumField() {
		name, _, _ := strings.Cut(to.Type().Field(i).Tag.Get("json"), ",")
		found := files[name]
		if len(found) == 0 {
			continue
		}
		switch f := to.Field(i); f.Type() {
		case reflect.TypeFor[param.File]():
			f.Set(reflect.ValueOf(found[0]))
		case reflect.TypeFor[[]param.File]():
			f.Set(reflect.ValueOf(found))
		default:
			content, err := io.ReadAll(found[0].Content)
			if err == nil {
				err = fill(f, leaf(string(content)))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
