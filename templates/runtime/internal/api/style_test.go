package api

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type color string

type point struct {
	X int               `json:"x"`
	Y param.Opt[int]    `json:"y,omitzero"`
	Z param.Opt[string] `json:"z"`
}

type filter struct {
	Name  string         `json:"name"`
	Tags  []string       `json:"tags,omitzero"`
	Where map[string]any `json:"where,omitzero"`
}

func TestQueryStyles(t *testing.T) {
	xy := point{X: 1, Y: param.Some(2)}
	deep := filter{Name: "n", Tags: []string{"a", "b"}, Where: map[string]any{"k": map[string]any{"l": 1}}}
	for _, tt := range []struct {
		name  string
		value any
		style Style
		want  string
	}{
		{"string", "a b&c=d/é+", Default, "p=a%20b%26c%3Dd%2F%C3%A9%2B"},
		{"empty string", "", Default, "p="},
		{"enum", color("red"), Default, "p=red"},
		{"int", 7, Default, "p=7"},
		{"int64", int64(1)<<53 + 1, Default, "p=9007199254740993"},
		{"uint8", uint8(7), Default, "p=7"},
		{"float", 1.5, Default, "p=1.5"},
		{"whole float", 20.0, Default, "p=20"},
		{"float32", float32(0.1), Default, "p=0.1"},
		{"bool", true, Default, "p=true"},
		{"time", time.Date(2024, 1, 2, 3, 4, 5, 600, time.UTC), Default, "p=2024-01-02T03%3A04%3A05.0000006Z"},
		{"date", param.Date{Year: 2024, Month: 1, Day: 2}, Default, "p=2024-01-02"},
		{"secret", param.Secret("s"), Default, "p=s"},
		{"bytes", []byte{1, 2}, Default, "p=AQI%3D"},
		{"optional", param.Some(color("red")), Default, "p=red"},
		{"optional zero", param.Some(""), Default, "p="},
		{"optional date", param.Some(param.Date{Year: 2024, Month: 1, Day: 2}), Default, "p=2024-01-02"},
		{"pointer", new(5), Default, "p=5"},

		{"unset", param.Opt[string]{}, Default, ""},
		{"null", param.Null[string](), Default, ""},
		{"nil", nil, Default, ""},
		{"nil list", []string(nil), Default, ""},
		{"nil map", map[string]int(nil), Default, ""},
		{"nil pointer", (*point)(nil), Default, ""},
		{"empty list", []string{}, Default, ""},

		{"list", []string{"a", "b c"}, Default, "p=a&p=b%20c"},
		{"list of enums", []color{"red", "blue"}, Default, "p=red&p=blue"},
		{"list of ints", []int64{1, 2}, Default, "p=1&p=2"},
		{"list of optionals", []param.Opt[int]{param.Some(1), param.Null[int](), param.Some(2)}, Default, "p=1&p=2"},
		{"list of lists", [][]string{{"a", "b"}, {"c"}}, Default, "p=a&p=b&p=c"},
		{"list of lists, deep", [][]string{{"a", "b"}, {"c"}}, DeepObject, "p%5B0%5D%5B0%5D=a&p%5B0%5D%5B1%5D=b&p%5B1%5D%5B0%5D=c"},
		{"optional list", param.Some([]string{"a", "b"}), Default, "p=a&p=b"},
		{"joined", []string{"a,b", "c"}, Joined, "p=a%2Cb,c"},
		{"joined and empty", []string{}, Joined, "p="},
		{"spaces", []string{"a", "b"}, SpaceDelimited, "p=a%20b"},
		{"pipes", []int{1, 2}, PipeDelimited, "p=1%7C2"},
		{"brackets", []string{"a", "b"}, Brackets, "p%5B%5D=a&p%5B%5D=b"},

		{"object", xy, Default, "x=1&y=2"},
		{"object with a list", deep, Default, "name=n&tags=a&tags=b&where%5Bk%5D%5Bl%5D=1"},
		{"object, joined", xy, Joined, "p=x,1,y,2"},
		{"object, deep", xy, DeepObject, "p%5Bx%5D=1&p%5By%5D=2"},
		{"nested, deep", deep, DeepObject, "p%5Bname%5D=n&p%5Btags%5D%5B0%5D=a&p%5Btags%5D%5B1%5D=b&p%5Bwhere%5D%5Bk%5D%5Bl%5D=1"},
		{"nested, brackets", deep, Brackets, "p%5Bname%5D=n&p%5Btags%5D%5B%5D=a&p%5Btags%5D%5B%5D=b&p%5Bwhere%5D%5Bk%5D%5Bl%5D=1"},
		{"nested, dots", deep, Dots, "p.name=n&p.tags=a&p.tags=b&p.where.k.l=1"},
		{"map", map[string]int{"b": 2, "a": 1}, Default, "a=1&b=2"},
		{"list, deep", []string{"a", "b"}, DeepObject, "p%5B0%5D=a&p%5B1%5D=b"},
		{"list of objects", []point{{X: 1}, {X: 2, Y: param.Some(3)}}, Default, "p%5B0%5D%5Bx%5D=1&p%5B1%5D%5Bx%5D=2&p%5B1%5D%5By%5D=3"},
		{"list of objects, deep", []point{{X: 1}, {X: 2}}, DeepObject, "p%5B0%5D%5Bx%5D=1&p%5B1%5D%5Bx%5D=2"},
		{"list of objects, brackets", []point{{X: 1}, {X: 2}}, Brackets, "p%5B0%5D%5Bx%5D=1&p%5B1%5D%5Bx%5D=2"},
		{"list of objects, dots", []point{{X: 1}, {X: 2}}, Dots, "p%5B0%5D.x=1&p%5B1%5D.x=2"},
		{"list of objects with nulls", []*point{nil, {X: 1}, {X: 2}}, Default, "p%5B0%5D%5Bx%5D=1&p%5B1%5D%5Bx%5D=2"},
		{"list in an object in a list", []filter{{Name: "n", Tags: []string{"a", "b"}}}, Default, "p%5B0%5D%5Bname%5D=n&p%5B0%5D%5Btags%5D%5B0%5D=a&p%5B0%5D%5Btags%5D%5B1%5D=b"},
		{"content", xy, Content, "p=%7B%22x%22%3A1%2C%22y%22%3A2%2C%22z%22%3Anull%7D"},
		{"content of a string", "a", Content, "p=%22a%22"},
		{"content, unset", param.Opt[string]{}, Content, ""},

		{"reserved", "/a?b=c,d&e#f%+[g]@:", AllowReserved, "p=/a?b=c,d%26e%23f%25%2B[g]@:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := parameter{style: tt.style, value: tt.value}
			n, err := q.node(newCodec())
			if err != nil {
				t.Fatal(err)
			}
			if got := string(appendQuery(nil, "p", n, tt.style)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestPathAndHeaderStyles(t *testing.T) {
	xy := point{X: 1, Y: param.Some(2)}
	for _, tt := range []struct {
		name         string
		value        any
		style        Style
		path, header string
	}{
		{"text", "a,b/c", Default, "a%2Cb%2Fc", "a,b/c"},
		{"list", []string{"a", "b/c"}, Default, "a,b%2Fc", "a,b/c"},
		{"list, explode", []string{"a", "b"}, Explode, "a,b", "a,b"},
		{"object", xy, Default, "x,1,y,2", "x,1,y,2"},
		{"object, explode", xy, Explode, "x=1,y=2", "x=1,y=2"},
		{"label", "a", Label, ".a", ""},
		{"label, list", []string{"a", "b"}, Label, ".a,b", ""},
		{"label, list, explode", []string{"a", "b"}, Label | Explode, ".a.b", ""},
		{"label, object", xy, Label, ".x,1,y,2", ""},
		{"label, object, explode", xy, Label | Explode, ".x=1.y=2", ""},
		{"matrix", "a", Matrix, ";p=a", ""},
		{"matrix, list", []string{"a", "b"}, Matrix, ";p=a,b", ""},
		{"matrix, list, explode", []string{"a", "b"}, Matrix | Explode, ";p=a;p=b", ""},
		{"matrix, object", xy, Matrix, ";p=x,1,y,2", ""},
		{"matrix, object, explode", xy, Matrix | Explode, ";x=1;y=2", ""},
		{"nothing", []string{}, Matrix, "", ""},
		{"empty", "", Label, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := newCodec().node(tt.value)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(appendPath(nil, "p", n, tt.style)); got != tt.path {
				t.Errorf("path %q, want %q", got, tt.path)
			}
			if got := headerText(n, tt.style); tt.header != "" && got != tt.header {
				t.Errorf("header %q, want %q", got, tt.header)
			}
		})
	}
}

func TestBadValues(t *testing.T) {
	zero := 0.0
	for _, v := range []any{1 / zero, -1 / zero, zero / zero, make(chan int), param.Date{Year: 2024, Month: 2, Day: 30}, "a"} {
		n, err := newCodec().node(v)
		if _, ok := v.(string); ok != (err == nil) {
			t.Errorf("node(%v) = %v, %v", v, n, err)
		}
	}
}

// What goes into a query comes out of it.
func FuzzQuery(f *testing.F) {
	f.Add("name", "value", "other")
	f.Add("a[b]", "&=?#%+ ", "\x00\xff")
	f.Fuzz(func(t *testing.T, name, a, b string) {
		for _, style := range []Style{Default, AllowReserved} {
			raw := string(appendQuery(nil, name, node{kind: list, nodes: []node{leaf(a), leaf(b)}}, style))
			got, err := url.ParseQuery(raw)
			if err != nil || len(got) != 1 || !slices.Equal(got[name], []string{a, b}) {
				if style == AllowReserved && err != nil {
					continue // net/url refuses semicolons
				}
				t.Fatalf("%q: %q, %q arrive as %q, %v", raw, a, b, got, err)
			}
			if queryValue(raw, name) != a || !hasQuery(raw, name) || removeQuery(raw, name) != "" {
				t.Fatalf("%q: the query does not find %q", raw, name)
			}
		}
	})
}
