package union

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// lenient is how the transport reads responses.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

func TestPick(t *testing.T) {
	tagged := Table{Tag: "type", Variants: []Variant{
		{Kind: '{', Values: []string{"cat", "kitten"}},
		{Kind: '{', Values: []string{"dog", "1", "true"}, Required: []string{"type", "bark"}, Known: []string{"type", "bark"}},
		{Kind: '['},
	}}
	loose := Table{Tag: "type", Variants: []Variant{
		{Kind: '{', Values: []string{"cat"}, Known: []string{"type", "meow"}},
		{Kind: '{', Known: []string{"type", "wheels"}},
	}}
	kinds := Table{Variants: []Variant{{Kind: '"'}, {Kind: '0'}, {Kind: 't'}, {Kind: '['}, {Kind: '{'}}}
	anyKind := Table{Variants: []Variant{{Kind: '"'}, {}}}
	members := Table{Variants: []Variant{
		{Kind: '{', Required: []string{"id"}, Known: []string{"id", "name"}},
		{Kind: '{', Required: []string{"id", "size"}, Known: []string{"id", "size"}},
		{Kind: '{', Known: []string{"color", "name"}},
		{Kind: '"'},
	}}
	fallback := Table{Tag: "type", Default: 2, Variants: []Variant{{Kind: '{', Values: []string{"cat"}}, {Kind: '{', Values: []string{"pet"}}}}
	twins := Table{Variants: []Variant{{Kind: '{', Known: []string{"a"}}, {Kind: '{', Known: []string{"a"}}}}
	needy := Table{Variants: []Variant{{Kind: '{', Required: []string{"a"}, Known: []string{"a"}}}}
	for _, tt := range []struct {
		name  string
		table Table
		json  string
		want  int
	}{
		{"tag", tagged, `{"type":"cat"}`, 0},
		{"tag, beside a default", fallback, `{"type":"cat"}`, 0},
		{"no tag, but a default", fallback, `{}`, 1},
		{"unknown tag, but a default", fallback, `{"type":"fish"}`, 1},
		{"second value of a tag", tagged, `{"type":"kitten"}`, 0},
		{"tag after other members", tagged, `{"bark":{"type":"cat"},"type":"dog"}`, 1},
		{"tag decides against members", tagged, `{"type":"cat","bark":1}`, 0},
		{"tag decides without the required members", tagged, `{"type":"dog"}`, 1},
		{"tag with escapes", tagged, `{"t\u0079pe":"c\u0061t"}`, 0},
		{"tag that is a number", tagged, `{"type":1}`, 1},
		{"tag that is a boolean", tagged, `{"type":true}`, 1},
		{"tag in space", tagged, " {\n\"type\" : \"dog\" } ", 1},
		{"unknown tag", tagged, `{"type":"fish","bark":1}`, -1},
		{"tag in other case", tagged, `{"type":"Cat"}`, -1},
		{"member in other case", tagged, `{"Type":"cat"}`, -1},
		{"tag is null", tagged, `{"type":null}`, -1},
		{"tag is an object, members decide", tagged, `{"type":{},"bark":1}`, 1},
		{"no tag, members decide", tagged, `{"type":null,"bark":1}`, 1},
		{"no tag, no required member", tagged, `{"bark":1}`, -1},
		{"tagged, but a list", tagged, `[{"type":"dog"}]`, 2},
		{"tagged, but a string", tagged, `"cat"`, -1},
		{"the first tag that is known", tagged, `{"type":"fish","type":"dog","type":"cat"}`, 1},
		{"unknown tag leaves the variant without values", loose, `{"type":"car","meow":1}`, 1},
		{"no tag, more members of the tagged one", loose, `{"meow":1}`, 0},
		{"no tag, more members of the other", loose, `{"wheels":4}`, 1},

		{"string", kinds, `"x"`, 0},
		{"number", kinds, `-1.5e3`, 1},
		{"true", kinds, `true`, 2},
		{"false", kinds, `false`, 2},
		{"list", kinds, `[]`, 3},
		{"object", kinds, `{}`, 4},
		{"no variant of the kind", members, `[1]`, -1},
		{"a variant of any kind", anyKind, `[1]`, 1},
		{"a variant of any kind for an object", anyKind, `{}`, 1},
		{"the first that fits", anyKind, `"x"`, 0},

		{"required members", members, `{"id":1}`, 0},
		{"more required members", members, `{"id":1,"size":2}`, 1},
		{"known members", members, `{"color":1}`, 2},
		{"members of none, but one needs none", members, `{"x":1}`, 2},
		{"empty object, but one needs nothing", members, `{}`, 2},
		{"required members are missing", needy, `{"b":1}`, -1},
		{"empty object, but members are required", needy, `{}`, -1},
		{"nothing tells them apart", twins, `{"a":1}`, 0},
		{"no variants", Table{}, `{}`, -1},
		{"no variants, no object", Table{}, `1`, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.table.pick(part{text: []byte(strings.TrimSpace(tt.json))}); got != tt.want {
				t.Errorf("%s: got %d, want %d", tt.json, got, tt.want)
			}
		})
	}
}

// byKind is a union of which the kind of the JSON tells all.
type byKind struct {
	Text param.Opt[string]
	Flag param.Opt[bool]
	Cat  *cat
	Any  jsontext.Value
	Raw  jsontext.Value
}

func (u *byKind) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return ByKind(dec, u, '"', 't', '{', 0)
}

func (u *byKind) MarshalJSONTo(enc *jsontext.Encoder) error { return Encode(enc, u) }

func TestByKind(t *testing.T) {
	for text, want := range map[string]byKind{
		`"x"`:          {Text: param.Some("x")},
		`true`:         {Flag: param.Some(true)},
		`false`:        {Flag: param.Some(false)},
		`{"type":"c"}`: {Cat: &cat{Type: "c"}},
		`{"type":1}`:   {Raw: jsontext.Value(`{"type":1}`)}, // is none, though it looks like one
		`[1]`:          {Any: jsontext.Value(`[1]`)},
		`null`:         {Raw: jsontext.Value(`null`)},
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			var got byKind
			if err := json.UnmarshalRead(r, &got, lenient); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b param.Opt[string]) bool { return a == b }), cmp.Comparer(func(a, b param.Opt[bool]) bool { return a == b })); diff != "" {
				t.Errorf("%s (-want +got)\n%s", text, diff)
			}
			if back, err := json.Marshal(&got); err != nil || string(back) != text {
				t.Errorf("%s comes back as %s, %v", text, back, err)
			}
		}
	}
}

type cat struct {
	Type  string                    `json:"type"`
	Lives int64                     `json:"lives,omitzero"`
	Extra map[string]jsontext.Value `json:",embed"`
}

type box struct {
	Width  int64                     `json:"width"`
	Height int64                     `json:"height"`
	Extra  map[string]jsontext.Value `json:",embed"`
}

// value is a union as the generator writes it.
type value struct {
	Cat   *cat
	Box   *box
	List  []int64
	Map   map[string]string
	Text  param.Opt[string]
	Float param.Opt[float64]
	Flag  param.Opt[bool]
	Raw   jsontext.Value
}

var variantsOfValue = Table{
	Tag: "type",
	Variants: []Variant{
		{Kind: '{', Values: []string{"cat"}, Required: []string{"type"}, Known: []string{"type", "lives"}},
		{Kind: '{', Required: []string{"width", "height"}, Known: []string{"width", "height"}},
		{Kind: '['},
		{Kind: '{', Required: []string{"$map"}, Known: []string{"$map"}},
		{Kind: '"'},
		{Kind: '0'},
		{Kind: 't'},
	},
}

func (u *value) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return variantsOfValue.Decode(dec, u)
}

func (u *value) MarshalJSONTo(enc *jsontext.Encoder) error { return Encode(enc, u) }

// raw is the Extra of one member.
func raw(name, text string) map[string]jsontext.Value {
	return map[string]jsontext.Value{name: jsontext.Value(text)}
}

var opts = cmp.AllowUnexported(param.Opt[string]{}, param.Opt[float64]{}, param.Opt[bool]{})

func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		name string
		json string
		want value
	}{
		{"by tag", `{"type":"cat","lives":9}`, value{Cat: &cat{Type: "cat", Lives: 9}}},
		{"unknown members of a variant", `{"type":"cat","x":[ 1 ]}`, value{Cat: &cat{Type: "cat", Extra: raw("x", "[ 1 ]")}}},
		{"by members", `{"height":1,"width":2}`, value{Box: &box{Width: 2, Height: 1}}},
		{"list", `[1,2]`, value{List: []int64{1, 2}}},
		{"empty list", `[]`, value{List: []int64{}}},
		{"map", `{"$map":"x","y":"z"}`, value{Map: map[string]string{"$map": "x", "y": "z"}}},
		{"string", `"x"`, value{Text: param.Some("x")}},
		{"empty string", `""`, value{Text: param.Some("")}},
		{"number", `0`, value{Float: param.Some(0.0)}},
		{"boolean", `false`, value{Flag: param.Some(false)}},
		{"null", `null`, value{Raw: jsontext.Value("null")}},
		{"null in space", " null\n", value{Raw: jsontext.Value("null")}},
		{"unknown tag", `{"type" : "fish", "width":1.0}`, value{Raw: jsontext.Value(`{"type" : "fish", "width":1.0}`)}},
		{"no variant has the members", `{"a":"\u0061" }`, value{Raw: jsontext.Value(`{"a":"\u0061" }`)}},
		{"a member does not decode", `{"type":"cat","lives":"nine"}`, value{Raw: jsontext.Value(`{"type":"cat","lives":"nine"}`)}},
		{"the last element does not decode", `[1,2,"x"]`, value{Raw: jsontext.Value(`[1,2,"x"]`)}},
		{"a map's value does not decode", `{"$map":"x","y":1}`, value{Raw: jsontext.Value(`{"$map":"x","y":1}`)}},
		{"a number too large", `1e999`, value{Raw: jsontext.Value(`1e999`)}},
		{"the same member twice", `{"type":"cat","lives":1,"lives":2}`, value{Cat: &cat{Type: "cat", Lives: 2}}},
		{"the same member twice, unknown", `{"a":1,"a":2}`, value{Raw: jsontext.Value(`{"a":1,"a":2}`)}},
		{"invalid UTF-8", "\"a\xffb\"", value{Text: param.Some("a\uFFFDb")}},
		{"invalid UTF-8 beside the tag", "{\"x\xff\":1,\"type\":\"cat\"}", value{Cat: &cat{Type: "cat", Extra: raw("x\uFFFD", "1")}}},
		{"invalid UTF-8 in a tag", "{\"type\":\"cat\xff\"}", value{Raw: jsontext.Value("{\"type\":\"cat\xff\"}")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got value
			if err := json.Unmarshal([]byte(tt.json), &got, lenient); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, opts); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.json, diff)
			}
			for name, list := range lists(t, tt.json) {
				if diff := cmp.Diff([]value{got, got}, list, opts); diff != "" {
					t.Errorf("%s twice, from %s (-want +got):\n%s", tt.json, name, diff)
				}
			}
		})
	}
}

// lists decodes a list of a value and the same again, from bytes and from
// readers that overwrite what was read.
func lists(t *testing.T, text string) map[string][]value {
	t.Helper()
	list := "[ " + text + " ,\n" + text + "]"
	decoded := map[string][]value{}
	for name, r := range map[string]io.Reader{"bytes": nil, "a reader": strings.NewReader(list), "a slow reader": iotest.OneByteReader(strings.NewReader(list))} {
		var got []value
		err := json.Unmarshal([]byte(list), &got, lenient)
		if r != nil {
			got = nil
			err = json.UnmarshalRead(r, &got, lenient)
		}
		if err != nil {
			t.Errorf("%s from %s: %v", list, name, err)
		}
		decoded[name] = got
	}
	return decoded
}

// TestDecodeErrors holds that what is no JSON is an error, and no raw value.
func TestDecodeErrors(t *testing.T) {
	for _, tt := range []struct {
		name, json string
		options    json.Options
	}{
		{"nothing", ``, lenient},
		{"an object without its end", `{"type":"cat"`, lenient},
		{"a list without its end", `[1`, lenient},
		{"two values", `1 2`, lenient},
		{"a word", `cat`, lenient},
		{"the same member twice, if that is not allowed", `{"a":1,"a":2}`, jsontext.AllowDuplicateNames(false)},
		{"invalid UTF-8, if that is not allowed", "\"\xff\"", jsontext.AllowInvalidUTF8(false)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got value
			if err := json.Unmarshal([]byte(tt.json), &got, tt.options); err == nil {
				t.Errorf("%q: got %+v, want an error", tt.json, got)
			}
		})
	}
}

// TestDecodeKeeps holds that what is kept is not part of the decoder's buffer.
func TestDecodeKeeps(t *testing.T) {
	data := []byte(`[{"type":"fish"},{"type":"bird"}]`)
	var got []value
	if err := json.UnmarshalRead(bytes.NewReader(data), &got, lenient); err != nil {
		t.Fatal(err)
	}
	clear(data)
	want := []value{{Raw: jsontext.Value(`{"type":"fish"}`)}, {Raw: jsontext.Value(`{"type":"bird"}`)}}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDecodeAgain holds that a union which is decoded into twice has only what
// came last.
func TestDecodeAgain(t *testing.T) {
	got := value{Cat: &cat{}, Raw: jsontext.Value(`1`)}
	if err := json.Unmarshal([]byte(`"x"`), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(value{Text: param.Some("x")}, got, opts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEncode(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value value
		want  string
	}{
		{"none", value{}, `null`},
		{"struct", value{Cat: &cat{Type: "cat"}}, `{"type":"cat"}`},
		{"struct that is zero", value{Box: &box{}}, `{"width":0,"height":0}`},
		{"list", value{List: []int64{1}}, `[1]`},
		{"empty list", value{List: []int64{}}, `[]`},
		{"map", value{Map: map[string]string{"a": "b"}}, `{"a":"b"}`},
		{"empty map", value{Map: map[string]string{}}, `{}`},
		{"Opt", value{Text: param.Some("x")}, `"x"`},
		{"Opt of zero", value{Flag: param.Some(false)}, `false`},
		{"Opt of null", value{Text: param.Null[string]()}, `null`},
		{"raw", value{Raw: jsontext.Value(`{ "a" : 1.0 }`)}, `{"a":1.0}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := json.Marshal(tt.value)
			if string(got) != tt.want || err != nil {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

// TestEncodeErrors holds that raw text which is no JSON is not sent.
func TestEncodeErrors(t *testing.T) {
	if got, err := json.Marshal(value{Raw: jsontext.Value(`{"a":`)}); err == nil {
		t.Errorf("got %s, want an error", got)
	}
}

// FuzzUnion holds that JSON is decoded whatever it is, that what no variant is
// made for stays as it came, and that a union reads what it wrote.
func FuzzUnion(f *testing.F) {
	for _, seed := range []string{
		`{"type":"cat","lives":9,"x":[1, 2]}`, `{"type":"fish"}`, `{"width":1,"height":2}`, `{"type":null,"lives":1e99}`,
		`[1,2,3]`, `["x"]`, `{"$map":"x"}`, `"x"`, "\"\xff\"", `1e999`, `true`, ` null `, `{"a":1,"a":2}`, `{"type":"\ud800"}`,
		`{`, ``, `[[[[]]]]`, `{"type":"cat","type":"dog"}`, `-0`,
	} {
		f.Add([]byte(seed))
	}
	options := json.JoinOptions(lenient, json.Deterministic(true))
	f.Fuzz(func(t *testing.T, data []byte) {
		var u value
		err := json.Unmarshal(data, &u, options)
		if valid := jsontext.Value(data).IsValid(options); valid != (err == nil) {
			t.Fatalf("%q is JSON: %v, but decoding says %v", data, valid, err)
		}
		if err != nil {
			return
		}
		for name, list := range lists(t, string(data)) {
			if len(list) != 2 || cmp.Diff(list[0], u, opts) != "" || cmp.Diff(list[1], u, opts) != "" {
				t.Fatalf("%q alone is %+v, and twice from %s %+v", data, u, name, list)
			}
		}
		first, err := json.Marshal(u, options)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if u.Raw != nil {
			if want := bytes.Trim(data, " \t\r\n"); !bytes.Equal(u.Raw, want) {
				t.Errorf("kept %q, want %q", u.Raw, want)
			}
			if want, err := json.Marshal(jsontext.Value(data), options); !bytes.Equal(first, want) || err != nil {
				t.Errorf("%q is written as %q, want %q, %v", data, first, want, err)
			}
		}
		var again value
		if err := json.Unmarshal(first, &again, options); err != nil {
			t.Fatalf("%q, from %q: %v", first, data, err)
		}
		if second, err := json.Marshal(again, options); !bytes.Equal(first, second) || err != nil {
			t.Errorf("%q is %q, and read again %q, %v", data, first, second, err)
		}
	})
}

// member is what each variant of the benchmark has.
type member struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Count int64  `json:"count"`

	ID       string                    `json:"id,omitzero"`
	Content  string                    `json:"content,omitzero"`
	Proxied  bool                      `json:"proxied,omitzero"`
	Settings map[string]jsontext.Value `json:"settings,omitzero"`
	Tags     []string                  `json:"tags,omitzero"`
	Comment  string                    `json:"comment,omitzero"`
	Extra    map[string]jsontext.Value `json:",embed"`
}

// wide is a union of twenty variants.
type wide struct {
	A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T *member

	Raw jsontext.Value
}

var variantsOfWide = func() Table {
	table := Table{Tag: "type"}
	for i := range 20 {
		table.Variants = append(table.Variants, Variant{
			Kind: '{', Values: []string{fmt.Sprint("kind-", i)},
			Required: []string{"type", "name"}, Known: []string{"type", "name", "count"},
		})
	}
	return table
}()

func (u *wide) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return variantsOfWide.Decode(dec, u)
}

// BenchmarkDecode decodes a list of 1,000 elements, in turn as unions of 20
// variants and as plain structs: the ratio is what a union costs, at most 2.
func BenchmarkDecode(b *testing.B) {
	for _, bb := range []struct{ name, more string }{
		{"small", ""},
		{"records", `,"id":"372e67954025e0ba6aaa6d586b9e0b59","content":"198.51.100.4","proxied":true,"settings":{"ipv4_only":true,"ttl":3600},"tags":["owner:dns-team"],"comment":"Domain verification record"`},
	} {
		b.Run(bb.name, func(b *testing.B) {
			var data bytes.Buffer
			for i := range 1000 {
				fmt.Fprintf(&data, `,{"type":"kind-%d","name":"element %d","count":%d%s}`, i%20, i, i, bb.more)
			}
			text := append(data.Bytes(), ']')
			text[0] = '['
			benchmarkDecode(b, text)
		})
	}
}

func benchmarkDecode(b *testing.B, text []byte) {
	asUnion, asStruct := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64) // at best: the rest is the machine's
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		start := time.Now()
		var unions []wide
		if err := json.Unmarshal(text, &unions, lenient); err != nil || len(unions) != 1000 || unions[999].T == nil {
			b.Fatal(len(unions), err)
		}
		between := time.Now()
		var structs []*member
		if err := json.Unmarshal(text, &structs, lenient); err != nil || len(structs) != 1000 {
			b.Fatal(len(structs), err)
		}
		asUnion, asStruct = min(asUnion, between.Sub(start)), min(asStruct, time.Since(between))
	}
	b.ReportMetric(asUnion.Seconds()/asStruct.Seconds(), "ratio")
}
