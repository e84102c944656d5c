package tuple

import (
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// A row is ["name", 1?, …integers].
type row struct {
	First  string
	Second param.Opt[int64]
	Rest   []int64
}

func (r *row) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return Decode(dec, r, true) }
func (r *row) MarshalJSONTo(enc *jsontext.Encoder) error     { return Encode(enc, r, 1, true) }

// A pair is [1, {…}] and nothing else.
type pair struct {
	First  int64
	Second *row
}

func (p *pair) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return Decode(dec, p, false) }
func (p *pair) MarshalJSONTo(enc *jsontext.Encoder) error     { return Encode(enc, p, 1, false) }

func TestRoundTrip(t *testing.T) {
	for _, tt := range []struct {
		name, in, out string
		value         any
	}{
		{"required only", `["a"]`, `["a"]`, new(row)},
		{"all", `["a",1]`, `["a",1]`, new(row)},
		{"more", `["a",1,2,3]`, `["a",1,2,3]`, new(row)},
		{"null between", `["a",null,2]`, `["a",null,2]`, new(row)},
		{"null at the end", `["a",null]`, `["a",null]`, new(row)},
		{"too few", `[]`, `[""]`, new(row)},
		{"null", `null`, `[""]`, new(row)},
		{"nested", `[1,["a",2]]`, `[1,["a",2]]`, new(pair)},
		{"no more", `[1]`, `[1]`, new(pair)},
		{"too many", `[1,["a"],{"x":[1]},4]`, `[1,["a"]]`, new(pair)},
		{"in a list", `[["a"],["b",1,2]]`, `[["a"],["b",1,2]]`, new([]row)},
		{"in a map", `{"k":["b",1,2]}`, `{"k":["b",1,2]}`, new(map[string]row)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := json.Unmarshal([]byte(tt.in), tt.value); err != nil {
				t.Fatal(err)
			}
			out, err := json.Marshal(tt.value)
			if err != nil || string(out) != tt.out {
				t.Errorf("got %s, %v; want %s", out, err, tt.out)
			}
		})
	}
}

func TestBadTuples(t *testing.T) {
	for _, in := range []string{`{}`, `"a"`, `1`, `[1]`, `["a","b"]`, `["a",1,"c"]`, `["a"`, `["a",1,2`} {
		var r row
		if err := json.Unmarshal([]byte(in), &r); err == nil {
			t.Errorf("%s is %+v", in, r)
		}
	}
}

// What was there before is gone.
func TestReuse(t *testing.T) {
	r := row{First: "old", Second: param.Some[int64](1), Rest: []int64{5, 6}}
	if err := json.Unmarshal([]byte(`["new"]`), &r); err != nil || r.First != "new" || !r.Second.IsZero() || r.Rest != nil {
		t.Errorf("%+v, %v", r, err)
	}
}
