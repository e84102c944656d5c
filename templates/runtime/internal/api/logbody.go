package api

import (
	"bytes"
	"log/slog"
	"mime"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// logBodies returns the bodies of an attempt for a record of it, masked. Of
// what a response has only its type can say what is secret in it, so a response
// that is not read as JSON, or is none, is not shown.
func (x *exchange) logBodies(a *attempt) []slog.Attr {
	var attrs []slog.Attr
	m := x.masks()
	if p := &x.req.sent.body; len(p.data) > 0 && isText(p.contentType) && !x.foreign {
		attrs = append(attrs, slog.String("request_body", x.excerpt(m.Bytes(p.data))))
	}
	if a.resp == nil || a.body == nil || a.body.Len() == 0 {
		return attrs
	}
	body := a.body.Bytes()
	if isJSON(a.resp.Header.Get("Content-Type")) {
		if names := secretMembers(reflect.TypeOf(x.out)); len(names) > 0 {
			body = hideMembers(body, names)
		}
		if len(body) > 0 {
			attrs = append(attrs, slog.String("response_body", x.excerpt(m.Bytes(body))))
		}
	} else if !a.ok() && isText(a.resp.Header.Get("Content-Type")) {
		attrs = append(attrs, slog.String("response_body", x.excerpt(m.Bytes(body))))
	}
	return attrs
}

// excerpt returns as much of a body as is asked for.
func (x *exchange) excerpt(body []byte) string {
	if len(body) > x.config.LogBodies {
		return strings.ToValidUTF8(string(body[:x.config.LogBodies]), "") + "…"
	}
	return string(body)
}

// isText reports whether a body of a media type is worth printing.
func isText(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return isJSON(contentType) || err == nil && (strings.HasPrefix(media, "text/") || media == "application/x-www-form-urlencoded" || strings.HasSuffix(media, "xml"))
}

// secretMembers returns the names of the members that are secret in the JSON of
// a type.
func secretMembers(t reflect.Type) []string {
	if t == nil {
		return nil
	}
	type visit struct {
		t    reflect.Type
		name string
	}
	var names []string
	seen := map[visit]bool{}
	secret := reflect.TypeFor[param.Secret]()
	var walk func(t reflect.Type, name string)
	walk = func(t reflect.Type, name string) {
		v := visit{t, name}
		if seen[v] {
			return
		}
		seen[v] = true
		switch {
		case t == secret:
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		case t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map:
			walk(t.Elem(), name)
		case t.Kind() == reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				member, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				switch member {
				case "-":
				case "": // the value of an Opt, a variant of a union
					walk(f.Type, name)
				default:
					walk(f.Type, member)
				}
			}
		}
	}
	walk(t, "")
	return names
}

// hideMembers returns JSON in which the values of the members of these names
// are masked, at whatever depth; the name "" is the whole. Of what is not JSON
// to its end nothing is left, since it cannot be told what is in it.
func hideMembers(body []byte, names []string) []byte {
	if slices.Contains(names, "") {
		return []byte(`"` + mask.Text + `"`)
	}
	var out bytes.Buffer
	dec := jsontext.NewDecoder(bytes.NewReader(body), Lenient())
	enc := jsontext.NewEncoder(&out, Lenient())
	for {
		kind, n := dec.StackIndex(dec.StackDepth())
		isValue := kind == '{' && n%2 == 1
		var err error
		if isValue && slices.Contains(names, lastName(dec)) {
			if err = dec.SkipValue(); err == nil {
				err = enc.WriteToken(jsontext.String(mask.Text))
			}
		} else {
			var token jsontext.Token
			if token, err = dec.ReadToken(); err == nil {
				err = enc.WriteToken(token)
			}
		}
		if err != nil {
			return bytes.TrimSpace(out.Bytes())
		}
	}
}

// lastName is the name of the member that comes next.
func lastName(dec *jsontext.Decoder) string { return dec.StackPointer().LastToken() }
