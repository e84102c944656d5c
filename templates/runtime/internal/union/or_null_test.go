package union

import (
	"strings"
	"testing"
	"testing/iotest"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// boxOrNull is an object that may be null, as the generator writes it.
type boxOrNull struct {
	Value *box
	Null  bool
}

func (v *boxOrNull) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return DecodeOrNull(dec, &v.Value, &v.Null)
}

func (v *boxOrNull) MarshalJSONTo(enc *jsontext.Encoder) error {
	return EncodeOrNull(enc, &v.Value, v.Null)
}

// color is an enum.
type color string

type colorOrNull struct {
	Value color
	Null  bool
}

func (v *colorOrNull) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return DecodeOrNull(dec, &v.Value, &v.Null)
}

func (v *colorOrNull) MarshalJSONTo(enc *jsontext.Encoder) error {
	return EncodeOrNull(enc, &v.Value, v.Null)
}

// shelf has both, one that may be left out and one that must be there.
type shelf struct {
	Box   boxOrNull   `json:"box,omitzero"`
	Color colorOrNull `json:"color"`
}

func TestOrNull(t *testing.T) {
	for _, tt := range []struct {
		in, out string // out is empty if it is the same
		want    shelf
	}{
		{`{"box":{"width":1,"height":2},"color":"red"}`, "", shelf{boxOrNull{Value: &box{Width: 1, Height: 2}}, colorOrNull{Value: "red"}}},
		{`{"box":null,"color":null}`, "", shelf{boxOrNull{Null: true}, colorOrNull{Null: true}}},
		{`{"color":"red"}`, "", shelf{Color: colorOrNull{Value: "red"}}},
		{`{}`, `{"color":null}`, shelf{}}, // it must be there
	} {
		// What was there before must not stay.
		got := shelf{boxOrNull{Null: true}, colorOrNull{Value: "old"}}
		if !strings.Contains(tt.in, "box") {
			got.Box = boxOrNull{}
		}
		if !strings.Contains(tt.in, "color") {
			got.Color = colorOrNull{}
		}
		if err := json.UnmarshalRead(iotest.OneByteReader(strings.NewReader(tt.in)), &got); err != nil {
			t.Errorf("%s: %v", tt.in, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.in, diff)
		}
		want := tt.out
		if want == "" {
			want = tt.in
		}
		if out, err := json.Marshal(&got); err != nil || string(out) != want {
			t.Errorf("%s: written as %s, %v", tt.in, out, err)
		}
	}
	var s shelf
	if err := json.Unmarshal([]byte(`{"box":17}`), &s); err == nil {
		t.Errorf("a number for a box: got %+v and no error", s)
	}
}
