package union

import (
	stdjson "encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// What else than a tag and members tells variants apart.
func TestPickByMore(t *testing.T) {
	numbers := Table{Variants: []Variant{{Kind: '['}, {Kind: Integer}, {Kind: '0'}, {Kind: 't'}}}
	lists := Table{Variants: []Variant{
		{Kind: '[', Item: '"'}, {Kind: '[', Item: '0'},
		{Kind: '[', Item: '{', Required: []string{"id"}, Known: []string{"id"}},
		{Kind: '[', Item: '{', Required: []string{"user", "at"}, Known: []string{"user", "at"}},
	}}
	maps := Table{Variants: []Variant{{Kind: '{', Item: '"'}, {Kind: '{', Item: '0'}}}
	texts := Table{Variants: []Variant{{Kind: '"', Values: []string{"a", "b"}}, {Kind: '"'}}}
	// Two share the value lookup, and one has no kind.
	steps := Table{Tag: "kind", Variants: []Variant{
		{Kind: '{', Values: []string{"date"}, Known: []string{"kind", "sources"}},
		{Kind: '{', Values: []string{"status"}, Known: []string{"kind", "sources"}},
		{Kind: '{', Values: []string{"lookup"}, Required: []string{"table"}, Known: []string{"kind", "table"}},
		{Kind: '{', Values: []string{"lookup"}, Required: []string{"ref"}, Known: []string{"kind", "ref"}},
		{Kind: '{', Required: []string{"plain"}, Known: []string{"plain"}},
	}}
	kinds := Table{Variants: []Variant{
		{Kind: '{', Required: []string{"value"}, Known: []string{"value"}, Kinds: []string{`"value`}},
		{Kind: '{', Required: []string{"value"}, Known: []string{"value", "unit"}, Kinds: []string{"0value"}},
		{Kind: '{', Required: []string{"value"}, Known: []string{"value"}, Kinds: []string{"tvalue"}},
	}}
	also := Table{Tag: "object", Variants: []Variant{
		{Kind: '{', Values: []string{"event"}, Known: []string{"object", "type", "a"}, Also: []Tag{{"type", []string{"made"}}}},
		{Kind: '{', Values: []string{"event"}, Known: []string{"object", "type", "a"}, Also: []Tag{{"type", []string{"gone"}}}},
	}}
	for _, tt := range []struct {
		table Table
		json  string
		want  int
	}{
		{numbers, `7`, 1}, {numbers, `7.0`, 1}, {numbers, `-7`, 1}, {numbers, `7.5`, 2}, {numbers, `1e3`, 2}, {numbers, `false`, 3},
		{lists, `["a"]`, 0}, {lists, `[1.5]`, 1}, {lists, `[ {"id":1} ]`, 2}, {lists, `[{"user":{"id":1},"at":2}]`, 3}, {lists, `[]`, 0}, {lists, `[null]`, 0},
		{maps, `{"a":"b"}`, 0}, {maps, `{"a":1}`, 1}, {maps, `{}`, 0},
		{texts, `"a"`, 0}, {texts, `"other"`, 1},
		{steps, `{"kind":"status","sources":["x"]}`, 1}, {steps, `{"kind":"lookup","ref":"r"}`, 3}, {steps, `{"kind":"lookup","table":"t"}`, 2},
		{steps, `{"plain":1}`, 4}, {steps, `{"kind":"new","plain":1}`, 4}, {steps, `{"kind":"new"}`, -1},
		{kinds, `{"value":"1"}`, 0}, {kinds, `{"value":1}`, 1}, {kinds, `{"value":true}`, 2},
		{also, `{"object":"event","type":"gone"}`, 1}, {also, `{"object":"event","type":"made"}`, 0},
	} {
		if got := tt.table.pick(part{text: []byte(tt.json)}); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.json, got, tt.want)
		}
	}
}

// A note and a link are variants of which only the union knows the tag.
type note struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type link struct {
	URL   string                    `json:"url"`
	Extra map[string]jsontext.Value `json:",embed"`
}

type item struct {
	Note *note
	Link *link
	Raw  jsontext.Value
}

var variantsOfItem = Table{Tag: "kind", Fill: true, Variants: []Variant{
	{Kind: '{', Values: []string{"note"}}, {Kind: '{', Values: []string{"link"}},
}}

func (u *item) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return variantsOfItem.Decode(dec, u) }
func (u *item) MarshalJSONTo(enc *jsontext.Encoder) error     { return variantsOfItem.Encode(enc, u) }
func (u item) MarshalJSON() ([]byte, error)                   { return Marshal(&u) }
func (u *item) UnmarshalJSON(data []byte) error               { return Unmarshal(data, u) }

func TestTagIsSent(t *testing.T) {
	a, b := &note{Text: "x"}, &link{URL: "u"}
	out, err := json.Marshal([]item{{Note: a}, {Link: b}, {Note: &note{Kind: "memo"}}})
	if want := `[{"kind":"note","text":"x"},{"url":"u","kind":"link"},{"kind":"memo","text":""}]`; err != nil || string(out) != want {
		t.Errorf("got %s, %v\nwant %s", out, err, want)
	}
	if a.Kind != "" || b.Extra != nil {
		t.Error("what the caller has was changed")
	}
}

// encoding/json writes and reads what the SDK does.
func TestStandardJSON(t *testing.T) {
	text := `[{"kind":"note","text":"x"},{"url":"u","kind":"link"},17]`
	var items []item
	if err := stdjson.Unmarshal([]byte(text), &items); err != nil || items[0].Note == nil || items[1].Link == nil || string(items[2].Raw) != "17" {
		t.Fatal(items, err)
	}
	if out, err := stdjson.Marshal(items); err != nil || string(out) != text {
		t.Errorf("%s, %v", out, err)
	}
}

func TestOneVariantIsSent(t *testing.T) {
	if _, err := json.Marshal(item{Note: &note{}, Link: &link{}}); err == nil || !strings.Contains(err.Error(), "two variants of item are set, Note and Link") {
		t.Error(err)
	}
	if out, err := json.Marshal(item{}); err != nil || string(out) != "null" {
		t.Error(string(out), err)
	}
	sending := json.WithMarshalers(json.MarshalFunc(func(chan int) ([]byte, error) { return nil, nil }))
	if _, err := json.Marshal(item{}, sending); err == nil || !strings.Contains(err.Error(), "no variant of item is set; set one of Note, Link") {
		t.Error(err)
	}
}

// A value of the right kind that no variant takes is kept without a client too.
func TestRawWithoutClient(t *testing.T) {
	var v struct {
		Values values `json:"values"`
		After  string `json:"after"`
	}
	text := `{"values":[1.5],"after":"x"}`
	if err := json.Unmarshal([]byte(text), &v); err != nil || string(v.Values.Raw) != "[1.5]" && v.Values.List == nil || v.After != "x" {
		t.Errorf("%+v, %v", v, err)
	}
}

type values struct {
	Text string
	List []string
	Raw  jsontext.Value
}

func (u *values) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return ByKind(dec, u, '"', '[') }

// tree is a union of itself.
type tree struct {
	Leaf   string
	Branch *branch
	Raw    jsontext.Value
}

type branch struct {
	Name  string `json:"name"`
	Child tree   `json:"child"`
	Kind  string `json:"kind"`
}

var variantsOfTree = Table{Tag: "kind", Variants: []Variant{{Kind: '"'}, {Kind: '{', Values: []string{"branch"}}}}

func (u *tree) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return variantsOfTree.Decode(dec, u) }

// A tree of twice the depth takes about twice the time, and not four times.
func TestDecodeIsLinear(t *testing.T) {
	measure := func(depth int) time.Duration {
		text := []byte(strings.Repeat(`{"name":"n","child":`, depth) + `"leaf"` + strings.Repeat(`,"kind":"branch"}`, depth))
		best := time.Hour
		for range 5 {
			var v tree
			start := time.Now()
			if err := json.Unmarshal(text, &v, lenient); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
			for range depth {
				if v.Branch == nil {
					t.Fatal("lost")
				}
				v = v.Branch.Child
			}
			if v.Leaf != "leaf" {
				t.Fatal("no leaf")
			}
		}
		return best
	}
	short, long := measure(1000), measure(8000)
	if long > 36*short {
		t.Errorf("depth 1000 takes %v, depth 8000 %v", short, long)
	}
}

func ExampleSet() {
	switch v := Set(&item{Note: &note{Text: "hi"}}).(type) {
	case *note:
		fmt.Println(v.Text)
	}
	// Output: hi
}
