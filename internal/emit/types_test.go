package emit

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/internal/model"
)

// rendered is a declaration as it stands in a file of package p, without the
// head of the file.
func rendered(t *testing.T, e *emitter, code jen.Code) string {
	t.Helper()
	f := &file{importPath: "example.com/sdk/p", name: "p", packages: e.packages}
	f.add(func(g *jen.File) { g.Add(code) })
	text, _, err := f.render()
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "package p\n")
	if _, after, ok := strings.Cut(body, ")\n"); ok && strings.HasPrefix(body, "\nimport (") {
		body = after
	} else if strings.HasPrefix(body, "\nimport ") {
		_, body, _ = strings.Cut(body[1:], "\n")
	}
	return strings.TrimSpace(body)
}

func newTestEmitter() *emitter {
	return newEmitter(&model.API{Module: "example.com/sdk", Go: "1.26", Root: &model.Resource{}})
}

func TestField(t *testing.T) {
	pkg := &model.Package{Name: "p", Path: "p"}
	other := &model.Package{Name: "shared", Path: "shared"}
	node := &model.Object{Declared: model.Declared{Name: model.Name{Go: "Node"}, Package: pkg}}
	thing := &model.Object{Declared: model.Declared{Name: model.Name{Go: "Thing"}, Package: other}}
	for _, tt := range []struct {
		name  string
		field model.Field
		want  string
	}{
		{"plain", model.Field{Type: model.String}, "F string `json:\"f\"`"},
		{"zero is absent", model.Field{Type: &model.List{Elem: model.Int64}, Presence: model.OmitZero}, "F []int64 `json:\"f,omitzero\"`"},
		{"optional", model.Field{Type: model.Int64, Presence: model.Optional}, "F param.Opt[int64] `json:\"f,omitzero\"`"},
		{"three states", model.Field{Type: &model.List{Elem: model.Int64}, Presence: model.ThreeState}, "F param.Nullable[[]int64] `json:\"f,omitzero\"`"},
		{"two states", model.Field{Type: &model.List{Elem: model.Int64}, Presence: model.TwoState}, "F param.Nullable[[]int64] `json:\"f\"`"},
		{"nullable", model.Field{Type: model.Time, Presence: model.Nullable}, "F param.Opt[time.Time] `json:\"f\"`"},
		{"pointer", model.Field{Type: node, Presence: model.Pointer}, "F *Node `json:\"f,omitzero\"`"},
		{"null pointer", model.Field{Type: thing, Presence: model.NullPointer}, "F *shared.Thing `json:\"f\"`"},
		{"map of lists", model.Field{Type: &model.Map{Elem: &model.List{Elem: &model.Opt{Elem: model.Date}}}}, "F map[string][]param.Opt[param.Date] `json:\"f\"`"},
		{"parameter", model.Field{Type: model.Bytes, In: model.InRequest}, "F []byte"},
		{"raw", model.Field{Type: model.Any}, "F jsontext.Value `json:\"f\"`"},
		{"hostile doc", model.Field{Type: model.Bool, Doc: "one\n\n*/ func init() {} /*"}, "// one\n\t//\n\t// */ func init() {} /*\n\tF bool `json:\"f\"`"},
		{"deprecated", model.Field{Type: model.Bool, Doc: "Old.", Deprecated: "use G."}, "// Old.\n\t//\n\t// Deprecated: use G.\n\tF bool `json:\"f\"`"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.field.Name = model.Name{Spec: "f", Go: "F"}
			o := &model.Object{Declared: model.Declared{Name: model.Name{Go: "O"}}, Fields: []*model.Field{&tt.field}}
			got := rendered(t, newTestEmitter(), jen.Type().Id("O").Struct(newTestEmitter().fields(o, false)...))
			if want := "type O struct {\n\t" + tt.want + "\n}"; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestTag reads every tag with the JSON engine.
func TestTag(t *testing.T) {
	for _, name := range []string{"a", "a b", "-", "$ref", "@odata.type", "+1", "a.b/c", "a:b", "{}", "é", "\u202e", "\x01", "\t", "omitzero", "a\u2028b", "😀"} {
		t.Run(strconv.Quote(name), func(t *testing.T) {
			for _, p := range []model.Presence{model.Plain, model.OmitZero} {
				var b bytes.Buffer
				if err := jen.Add(tag(memberTag(&model.Field{Name: model.Name{Spec: name}, Presence: p}))).Render(&b); err != nil {
					t.Fatal(err)
				}
				unquoted, err := strconv.Unquote(b.String())
				if err != nil {
					t.Fatal(err)
				}
				v := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "F", Type: reflect.TypeFor[int](), Tag: reflect.StructTag(unquoted)}}))
				member, err := jsontext.AppendQuote(nil, name)
				if err != nil {
					t.Fatal(err)
				}
				in := "{" + string(member) + ":7}"
				if err := json.Unmarshal([]byte(in), v.Interface()); err != nil || v.Elem().Field(0).Int() != 7 {
					t.Errorf("%s read %s as %v, %v", b.String(), in, v.Elem(), err)
				}
				if out, err := json.Marshal(v.Interface()); err != nil || string(out) != in {
					t.Errorf("%s wrote %s, %v; want %s", b.String(), out, err, in)
				}
			}
		})
	}
}

// TestUntaggable has the names that no tag can have: their members stay in
// Extra, which says so.
func TestUntaggable(t *testing.T) {
	o := &model.Object{Extra: &model.Field{Type: model.Any}}
	for _, name := range []string{"", "a,b", `a\b`, "a'b", `a"b`, "a`b"} {
		o.Fields = append(o.Fields, &model.Field{Name: model.Name{Spec: name, Go: "F"}, Type: model.Int64})
	}
	e := newTestEmitter()
	want := "type O struct {\n" +
		"\t// It also holds \"\", \"a,b\", \"a\\\\b\", \"a'b\", \"a\\\"b\", \"a`b\", which no struct tag can name.\n" +
		"\tExtra param.Extra `json:\",embed\"`\n}"
	if got := rendered(t, e, jen.Type().Id("O").Struct(e.fields(o, false)...)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDecl(t *testing.T) {
	pkg := &model.Package{Name: "p", Path: "p"}
	declared := func(doc string) model.Declared {
		return model.Declared{Name: model.Name{Spec: "the_t", Go: "T"}, Package: pkg, Doc: doc, Component: true}
	}
	for _, tt := range []struct {
		name string
		decl model.Decl
		want string
	}{
		{"enum", &model.Enum{Declared: declared("A kind."), Base: model.String, Values: []*model.EnumValue{
			{Name: model.Name{Go: "TA"}, Value: "a\n`\"\u202e"}, {Name: model.Name{Go: "TB"}, Value: "", Doc: "The other."},
		}}, "// T is a kind.\ntype T string\n\n// Known values. The API may return others.\nconst (\n" +
			"\tTA T = \"a\\n`\\\"\\u202e\"\n\t// The other.\n\tTB T = \"\"\n)"},
		{"enum of numbers", &model.Enum{Declared: declared(""), Base: model.Float64, Values: []*model.EnumValue{{Name: model.Name{Go: "TA"}, Value: "-1.5e3"}}},
			"// T is the schema the_t.\ntype T float64\n\n// TA is the known value. The API may return others.\nconst TA T = -1500"},
		{"empty enum", &model.Enum{Declared: declared(""), Base: model.Int64}, "// T is the schema the_t.\ntype T int64"},
		{"defined", &model.Defined{Declared: declared(""), Under: &model.List{Elem: model.String}}, "// T is the schema the_t.\ntype T []string"},
		{"alias", &model.Alias{Declared: declared("Old."), Target: model.Time}, "// T is the schema the_t. Old.\ntype T = time.Time"},
		{"closed object", &model.Object{Declared: declared("It's a thing.")}, "// T is the schema the_t. It's a thing.\ntype T struct{}"},
		{"of a field that says it all", &model.Object{Declared: model.Declared{Name: model.Name{Go: "T"}, Package: pkg, Doc: "Represents a thing.\n\nIn many words."}},
			"// T is the type of [U].T. Represents a thing.\ntype T struct{}"},
		{"deprecated", &model.Object{Declared: model.Declared{Name: model.Name{Go: "T"}, Package: pkg, Doc: "Represents a thing", Deprecated: "use\nU."}},
			"// T represents a thing.\n//\n// Deprecated: use U.\ntype T struct{}"},
		{"union", &model.Union{Declared: declared(""), Tag: "type", Variants: []*model.Variant{
			{Name: model.Name{Go: "Cat"}, Type: model.Int64, Presence: model.Optional, Kind: model.KindNumber},
			{Name: model.Name{Go: "Dogs"}, Type: &model.List{Elem: model.String}, Presence: model.OmitZero, Kind: model.KindObject, Values: []string{"dog"}, Known: []string{"x"}},
			{Name: model.Name{Go: "Else"}, Type: model.AnyObject, Presence: model.OmitZero, Kind: model.KindAny, ByMembers: true, Required: []string{"a"}, Known: []string{"a", "b"}},
		}}, `// T is the schema the_t.
//
// Exactly one field is set. Raw holds a value that fits none of the others.
type T struct {
	Cat  param.Opt[int64]
	Dogs []string
	Else map[string]jsontext.Value
	Raw  jsontext.Value
}

var variantsOfT = union.Table{
	Tag: "type",
	Variants: []union.Variant{
		{Kind: '0'},
		{Kind: '{', Values: []string{"dog"}},
		{Required: []string{"a"}, Known: []string{"a", "b"}},
	},
}

// UnmarshalJSONFrom sets the field that the value fits.
func (u *T) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return variantsOfT.Decode(dec, u) }

// MarshalJSONTo writes the field that is set.
func (u *T) MarshalJSONTo(enc *jsontext.Encoder) error { return union.Encode(enc, u) }

// MarshalJSON writes the same JSON for encoding/json.
func (u T) MarshalJSON() ([]byte, error) { return union.Marshal(&u) }

// UnmarshalJSON reads the same JSON for encoding/json.
func (u *T) UnmarshalJSON(data []byte) error { return union.Unmarshal(data, u) }

// Variant returns the field that is set, for a type switch.
func (u *T) Variant() any { return union.Set(u) }`},
		{"object or null", &model.OrNull{Declared: declared(""), Elem: &model.Ptr{Elem: &model.Object{Declared: model.Declared{Name: model.Name{Go: "O"}, Package: pkg}}}},
			`// T is [O] or null. Its zero value is omitted.
type T struct {
	Value *O
	Null  bool
}

// UnmarshalJSONFrom reads a value or null.
func (v *T) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return union.DecodeOrNull(dec, &v.Value, &v.Null)
}

// MarshalJSONTo writes the value or null.
func (v *T) MarshalJSONTo(enc *jsontext.Encoder) error {
	return union.EncodeOrNull(enc, &v.Value, v.Null)
}

// MarshalJSON writes the same JSON for encoding/json.
func (v T) MarshalJSON() ([]byte, error) { return union.Marshal(&v) }

// UnmarshalJSON reads the same JSON for encoding/json.
func (v *T) UnmarshalJSON(data []byte) error { return union.Unmarshal(data, v) }`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := newTestEmitter()
			if used := tt.decl.Declaration(); !used.Component {
				e.uses = map[*model.Declared]usage{used: {"is the type of [U].T.", "[U].T", used.Doc + "\n\nOr else."}}
			}
			if got := rendered(t, e, e.decl(tt.decl)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
