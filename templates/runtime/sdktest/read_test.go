package sdktest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type color string

type point struct {
	X param.Opt[int64]  `json:"x,omitzero"`
	Y param.Opt[string] `json:"y,omitzero"`
	Z []string          `json:"z,omitzero"`
}

// fields are parameters of all kinds.
type fields struct {
	Text    string                   `json:"text,omitzero"`
	Color   color                    `json:"color,omitzero"`
	Bool    param.Opt[bool]          `json:"bool,omitzero"`
	Whole   param.Opt[int64]         `json:"whole,omitzero"`
	Digits  param.Opt[string]        `json:"digits,omitzero"`
	Float   float64                  `json:"float,omitzero"`
	Time    param.Opt[time.Time]     `json:"time,omitzero"`
	Date    param.Opt[param.Date]    `json:"date,omitzero"`
	Secret  param.Secret             `json:"secret,omitzero"`
	Texts   []string                 `json:"texts,omitzero"`
	Numbers []int64                  `json:"numbers,omitzero"`
	States  param.Nullable[[]string] `json:"states,omitzero"`
	Point   *point                   `json:"point,omitzero"`
	Map     map[string]int64         `json:"map,omitzero"`
	Any     jsontext.Value           `json:"any,omitzero"`
	Bytes   []byte                   `json:"bytes,omitzero"`
}

func full() fields {
	date, err := param.ParseDate("2026-05-04")
	if err != nil {
		panic(err)
	}
	return fields{
		Text: "a&b=c,d e/%+", Color: "red", Bool: param.Some(false), Whole: param.Some[int64](-5), Digits: param.Some("007"), Float: 1.5,
		Time: param.Some(time.Date(2026, 5, 4, 3, 2, 1, 5, time.UTC)), Date: param.Some(date),
		Secret: "12345", Texts: []string{"1", "x y"}, Numbers: []int64{3, 4}, States: param.Nullable[[]string]{Value: []string{"a", "b"}},
		Point: &point{X: param.Some[int64](1), Y: param.Some("2")}, Map: map[string]int64{"m": 9},
		Any: jsontext.Value(`7`), Bytes: []byte("raw"),
	}
}

// handled calls an operation that a tag describes, and returns what its handler
// is given.
func handled[P any](t *testing.T, tag string, send func(*api.Request)) (args []any, params P, call *Call) {
	t.Helper()
	tree := reflect.New(reflect.StructOf([]reflect.StructField{{
		Name: "Op", Tag: reflect.StructTag(tag), Type: reflect.TypeFor[Operation[func(context.Context, string, P) error, None]](),
	}})).Interface()
	s := new(Server)
	s.init(t, &description{api: new(api.API)}, tree)
	Handle(reflect.ValueOf(tree).Elem().Field(0).Interface().(Operation[func(context.Context, string, P) error, None]),
		func(ctx context.Context, id string, p P) error {
			args, params, call = []any{id}, p, CallOf(ctx)
			return nil
		})
	req := &api.Request{Operation: "Op", Method: "POST", Path: "/things/{id}"}
	send(req)
	if err := api.NewClient(s.about.api, s.Options()...).Do(t.Context(), req, nil, nil); err != nil {
		t.Fatal(err)
	}
	if call == nil || call.Err != nil {
		t.Fatalf("the handler was given %+v", call)
	}
	return args, params, call
}

// What is sent is what a handler is given, whatever kind and style it has.
func TestReadParameters(t *testing.T) {
	want := full()
	for _, tt := range []struct {
		name  string
		style api.Style
		place string
		send  func(r *api.Request, name string, v any, s api.Style)
		skip  string // what this style cannot say
	}{
		{"query", api.Default, "query", (*api.Request).QueryStyle, "Point Map"}, // two objects at once cannot be told apart
		{"joined", api.Joined, "query+joined", (*api.Request).QueryStyle, ""},
		{"space", api.SpaceDelimited, "query+space", (*api.Request).QueryStyle, "Texts Text Point Map"},
		{"pipe", api.PipeDelimited, "query+pipe", (*api.Request).QueryStyle, "Point Map"},
		{"content", api.Content, "query+json", (*api.Request).QueryStyle, ""},
		{"header", api.Default, "header", (*api.Request).HeaderStyle, ""},
		{"header exploded", api.Explode, "header+exploded", (*api.Request).HeaderStyle, ""},
		{"cookie", api.Default, "cookie", (*api.Request).CookieStyle, "Point Map"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := reflect.ValueOf(want)
			for i := range v.NumField() {
				f := v.Type().Field(i)
				if slices.Contains(strings.Fields(tt.skip), f.Name) {
					continue
				}
				name := f.Tag.Get("json")[:len(f.Tag.Get("json"))-len(",omitzero")]
				tag := `route:"POST /things/{id}" in:"0=path:id ` + f.Name + "=" + tt.place + ":" + name + `" out:"none"`
				_, got, _ := handled[fields](t, tag, func(r *api.Request) {
					r.PathParam("id", "1/2 %")
					tt.send(r, name, v.Field(i).Interface(), tt.style)
				})
				if got := reflect.ValueOf(got).Field(i).Interface(); !equal(t, got, v.Field(i).Interface()) {
					t.Errorf("%s: got %#v, want %#v", f.Name, got, v.Field(i).Interface())
				}
			}
		})
	}
}

// equal compares what values are in JSON, as they are sent.
func equal(t *testing.T, a, b any) bool {
	t.Helper()
	x, err := api.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := api.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(x) == string(y)
}

func TestReadObjects(t *testing.T) {
	want := point{X: param.Some[int64](1), Y: param.Some("2"), Z: []string{"3"}}
	type params struct{ Point *point }
	for _, tt := range []struct {
		place string
		style api.Style
	}{{"query", api.Default}, {"query+deep", api.DeepObject}} {
		_, got, _ := handled[params](t, `route:"POST /things/{id}" in:"0=path:id Point=`+tt.place+`:point" out:"none"`, func(r *api.Request) {
			r.PathParam("id", "1")
			r.QueryStyle("point", &want, tt.style)
		})
		if !equal(t, got.Point, &want) {
			t.Errorf("%s: got %+v", tt.place, got.Point)
		}
	}
}

// A list in an object may be written with an index for each element.
func TestReadIndices(t *testing.T) {
	type params struct{ Point *point }
	_, got, _ := handled[params](t, `route:"POST /things/{id}" in:"0=path:id Point=query+deep:point" out:"none"`, func(r *api.Request) {
		r.PathParam("id", "1")
		r.Query("point[x]", 7)
		r.Query("point[z][0]", "3")
		r.Query("point[z][1]", "a")
	})
	if want := (point{X: param.Some[int64](7), Z: []string{"3", "a"}}); !equal(t, got.Point, &want) {
		t.Errorf("got %+v", got.Point)
	}
}

func TestReadPath(t *testing.T) {
	type params struct{ None string }
	for _, tt := range []struct {
		word  string
		style api.Style
		value string
	}{
		{"path", api.Default, "a/b ü+;="},
		{"path+label", api.Label, "5"},
		{"path+matrix", api.Matrix, "x;y"},
	} {
		args, _, call := handled[params](t, `route:"POST /things/{id}" in:"0=`+tt.word+`:id .=none" out:"none"`, func(r *api.Request) {
			r.PathStyle("id", tt.value, tt.style)
		})
		if args[0] != tt.value {
			t.Errorf("%s: got %q from %s", tt.word, args[0], call.Path)
		}
	}
}

func TestReadBodies(t *testing.T) {
	want := full()
	for _, tt := range []struct {
		kind string
		body func(v any) api.Body
	}{
		{"json", func(v any) api.Body { return api.JSON(v) }},
		{"form", func(v any) api.Body { return api.Form(v) }},
		{"multipart", func(v any) api.Body { return api.Multipart(v) }},
	} {
		for _, flag := range []string{"", "stream"} {
			tag := `route:"POST /things/{id}" in:"0=path:id .=` + tt.kind + ` =flag:` + flag + `" out:"none"`
			_, got, _ := handled[fields](t, tag, func(r *api.Request) {
				r.PathParam("id", "1")
				if r.Body = tt.body(want); flag != "" {
					r.Body = api.With(r.Body, flag, true)
				}
			})
			if !equal(t, got, want) {
				t.Errorf("%s: got %+v, want %+v", tt.kind, got, want)
			}
		}
	}
}

func TestReadFiles(t *testing.T) {
	type params struct {
		Name  string       `json:"name"`
		File  param.File   `json:"file,omitzero"`
		Files []param.File `json:"files,omitzero"`
	}
	_, got, _ := handled[params](t, `route:"POST /things/{id}" in:"0=path:id .=multipart" out:"none"`, func(r *api.Request) {
		r.PathParam("id", "1")
		file := func(text string) param.File {
			return param.File{Content: strings.NewReader(text), Name: text + ".txt", ContentType: "text/plain"}
		}
		r.Body = api.Multipart(params{Name: "n", File: file("a"), Files: []param.File{file("b"), file("c")}})
	})
	if got.Name != "n" || got.File.Name != "a.txt" || got.File.ContentType != "text/plain" || len(got.Files) != 2 || got.Files[1].Name != "c.txt" {
		t.Errorf("got %+v", got)
	}
	if data, err := io.ReadAll(got.Files[0].Content); err != nil || string(data) != "b" {
		t.Errorf("got %q, %v", data, err)
	}
}

func TestReadTexts(t *testing.T) {
	type params struct {
		Text param.Opt[string]
		Body io.Reader
	}
	_, got, _ := handled[params](t, `route:"POST /things/{id}" in:"0=path:id Text=text" out:"none"`, func(r *api.Request) {
		r.PathParam("id", "1")
		r.Body = api.Text("text/plain", "12")
	})
	if got.Text.Or("") != "12" {
		t.Errorf("got %v", got.Text)
	}
	_, got, _ = handled[params](t, `route:"POST /things/{id}" in:"0=path:id Body=stream" out:"none"`, func(r *api.Request) {
		r.PathParam("id", "1")
		r.Body = api.Stream("application/octet-stream", bytes.NewReader([]byte("bytes")))
	})
	if data, err := io.ReadAll(got.Body); err != nil || string(data) != "bytes" {
		t.Errorf("got %q, %v", data, err)
	}
}

// Nothing that a request may have in it is too much for what reads it.
func FuzzFill(f *testing.F) {
	f.Add("point[x]=1&point[y]=a&point[x][y]=2&texts=1&whole=9&any=x")
	f.Add("a[[]]=&]=%zz&=")
	f.Fuzz(func(t *testing.T, query string) {
		object := nested(pairs(query), func(name string) (string, bool) { return name, true })
		if object == nil {
			return
		}
		var all fields
		_ = fill(reflect.ValueOf(&all).Elem(), object) // what does not fit is an error
		if data := object.append(nil); !json.Valid(data) {
			t.Errorf("%q makes %s", query, data)
		}
	})
}
