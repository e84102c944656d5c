package sdktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// read makes of a request what the method was called with, as far as the table
// says where it is.
func (o *operation) read(r *http.Request, call *Call) {
	t := o.table()
	p := parts{table: t, api: o.server.about.api, request: r, body: call.Body, query: pairs(r.URL.RawQuery), cookies: pairs(cookies(r))}
	for _, path := range o.server.paths(r) {
		if values, ok := t.path.match(path, call.Query); ok {
			p.path, call.Path = values, path
			break
		}
	}
	var args []reflect.Value
	for i := range o.handles.NumIn() {
		if in := o.handles.In(i); in != reflect.TypeFor[context.Context]() {
			args = append(args, reflect.New(in).Elem())
		}
	}
	var errs []error
	for _, in := range t.in {
		to, err := target(args, in.to)
		if err == nil {
			err = p.read(in, to)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s %q: %w", in.place, in.name, err))
		}
	}
	call.Err = errors.Join(errs...)
	for _, arg := range args {
		call.Args = append(call.Args, arg.Interface())
	}
	if n := len(args) - 1; n >= 0 && o.table().params() {
		call.Params, call.Args = call.Args[n], call.Args[:n:n]
	}
}

// params reports whether the method has a params struct.
func (t *table) params() bool {
	for _, in := range t.in {
		if _, err := strconv.Atoi(in.to); err != nil {
			return true
		}
	}
	return false
}

// target returns the argument, or the field of the last one, that an input is for.
func target(args []reflect.Value, to string) (reflect.Value, error) {
	if i, err := strconv.Atoi(to); err == nil && i < len(args) {
		return args[i], nil
	}
	if len(args) == 0 {
		return reflect.Value{}, errors.New("there is nothing to read it into")
	}
	params := args[len(args)-1]
	if to == "." {
		return params, nil
	}
	if f := params.FieldByName(to); f.IsValid() {
		return f, nil
	}
	return reflect.Value{}, fmt.Errorf("the params have no field %s", to)
}

// parts are where parameters stand in a request.
type parts struct {
	*table
	api     *api.API
	request *http.Request
	path    map[string]string // escaped
	query   []pair
	cookies []pair
	body    []byte
}

// pair is a parameter, its name decoded and its value not yet.
type pair struct{ name, raw string }

func pairs(raw string) []pair {
	var list []pair
	for text := range strings.SplitSeq(raw, "&") {
		if text == "" {
			continue
		}
		name, value, _ := strings.Cut(text, "=")
		list = append(list, pair{unescaped(name), value})
	}
	return list
}

func cookies(r *http.Request) string {
	return strings.ReplaceAll(strings.Join(r.Header["Cookie"], "; "), "; ", "&")
}

func (p *parts) read(in input, to reflect.Value) error {
	switch in.place {
	case "path":
		raw, ok := p.path[in.name]
		if !ok {
			return nil
		}
		return fill(to, inPath(raw, in)...)
	case "query":
		return p.fromPairs(p.query, in, to)
	case "cookie":
		return p.fromPairs(p.cookies, in, to)
	case "header":
		values := p.request.Header.Values(in.name)
		if len(values) == 0 {
			return nil
		}
		text := strings.Join(values, ",")
		if in.style == "json" {
			return decode([]byte(text), to)
		}
		return fill(to, whole(text), listed(text, ",", asIs), membered(text, in.style == "exploded", asIs))
	}
	return p.readBody(in, to)
}

func asIs(text string) string { return text }

// plainly decodes what stands in a path, where a plus is one.
func plainly(raw string) string {
	if text, err := url.PathUnescape(raw); err == nil {
		return text
	}
	return raw
}

// inPath returns what a parameter of the path may be.
func inPath(raw string, in input) []*node {
	explode := strings.HasSuffix(in.style, "exploded")
	separator := ","
	switch {
	case strings.HasPrefix(in.style, "label"):
		raw = strings.TrimPrefix(raw, ".")
		if explode {
			separator = "."
		}
	case strings.HasPrefix(in.style, "matrix"):
		raw = strings.TrimPrefix(raw, ";")
		if !explode || strings.HasPrefix(raw, in.name+"=") {
			raw = strings.ReplaceAll(strings.TrimPrefix(raw, in.name+"="), ";"+in.name+"=", ",")
		} else {
			separator = ";"
		}
	case in.style == "json":
		return []*node{{kind: raws, text: plainly(raw)}}
	}
	if separator != "," {
		raw = strings.ReplaceAll(raw, separator, ",")
	}
	return []*node{whole(plainly(raw)), listed(raw, ",", plainly), membered(raw, explode, plainly)}
}

// fromPairs reads a parameter of the query, or a cookie.
func (p *parts) fromPairs(all []pair, in input, to reflect.Value) error {
	var found []pair
	for _, q := range all {
		if q.name == in.name {
			found = append(found, q)
		}
	}
	separators := map[string]string{"joined": ",", "space": "%20", "pipe": "%7C"}
	separator, joined := separators[in.style]
	switch {
	case in.style == "deep":
		if object := nested(all, func(name string) (string, bool) { return strings.CutPrefix(name, in.name+"[") }); object != nil {
			return fill(to, object, object.indexed())
		}
		return nil
	case len(found) == 0 && in.style == "": // the members of an object are parameters
		if !isObject(to.Type()) {
			return nil
		}
		if object := nested(all, func(name string) (string, bool) { return name, !p.claimed(in.place, name) }); object != nil {
			return fill(to, object, object.indexed())
		}
		return nil
	case len(found) == 0:
		return nil
	case in.style == "json":
		return decode([]byte(unescaped(found[0].raw)), to)
	case joined:
		raw := found[0].raw
		return fill(to, whole(unescaped(raw)), listed(raw, separator, unescaped), membered(raw, false, unescaped))
	}
	list := &node{kind: list}
	for _, q := range found {
		list.nodes = append(list.nodes, leaf(unescaped(q.raw)))
	}
	if len(found) == 1 {
		return fill(to, whole(list.nodes[0].text), list)
	}
	return fill(to, list)
}

// claimed reports whether a parameter of this name is another one.
func (p *parts) claimed(place, name string) bool {
	for _, in := range p.in {
		if in.place == place && in.name == name {
			return true
		}
	}
	return false
}

// readBody reads the body, as what it is.
func (p *parts) readBody(in input, to reflect.Value) error {
	if len(p.body) == 0 {
		return nil
	}
	switch in.place {
	case "json":
		body := p.body
		if p.flag != "" {
			var err error
			if body, err = without(body, p.flag); err != nil {
				return err
			}
		}
		return decode(body, to)
	case "xml":
		body, err := p.api.ReadXML(p.body, to.Type())
		if err != nil {
			return err
		}
		return decode(body, to)
	case "form":
		object := nested(pairs(string(p.body)), func(name string) (string, bool) { return name, name != p.flag })
		if object == nil {
			return nil
		}
		return fill(to, object, object.indexed())
	case "multipart":
		return p.multipart(to)
	case "text":
		return fill(to, &node{kind: quoted, text: string(p.body)})
	case "stream":
		reader := reflect.ValueOf(io.Reader(bytes.NewReader(p.body)))
		if to.Kind() == reflect.Interface && reader.Type().Implements(to.Type()) {
			to.Set(reader)
		}
	}
	return nil
}

// without returns an object without one of its members.
func without(object []byte, member string) ([]byte, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(object, &members, api.Lenient()); err != nil {
		return nil, err
	}
	delete(members, member)
	return json.Marshal(members, json.Deterministic(true))
}

// decode reads JSON into a value.
func decode(data []byte, to reflect.Value) error {
	return json.Unmarshal(data, to.Addr().Interface(), api.Lenient())
}
