package example

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Tuples take elements one by one, and what is left over as a list.
func TestFitTuple(t *testing.T) {
	name := &model.Field{Name: model.Name{Spec: "first"}, Type: model.String}
	count := &model.Field{Name: model.Name{Spec: "second"}, Type: model.Uint64, Presence: model.Optional}
	for _, tt := range []struct {
		name, value string
		rest        model.Type
		want        string // fields, then what is left over; none if it does not fit
	}{
		{"all", `["a",1]`, nil, "first=a second=1"},
		{"some", `["a"]`, nil, "first=a"},
		{"null", `["a",null]`, nil, "first=a second=null"},
		{"nothing", `[]`, nil, ""},
		{"too many", `["a",1,2]`, nil, "first=a second=1"},
		{"a rest", `["a",1,2,3]`, model.Int64, "first=a second=1 2 3"},
		{"a rest of another type", `["a",1,"b"]`, model.Int64, "none"},
		{"an element of another type", `["a","b"]`, nil, "none"},
		{"an object", `{"first":"a"}`, nil, "none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tuple := &model.Object{Tuple: true, Fields: []*model.Field{name, count}}
			if tt.rest != nil {
				tuple.Extra = &model.Field{Type: tt.rest}
			}
			got := "none"
			if v, ok := Fit(tuple, decodedJSON(t, tt.value)); ok {
				got = tupleText(v)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func tupleText(v *model.Value) string {
	var words []string
	for _, f := range v.Fields {
		text := f.Value.Text
		if f.Value.Null {
			text = "null"
		}
		words = append(words, f.Field.Name.Spec+"="+text)
	}
	for _, item := range v.Items {
		words = append(words, item.Text)
	}
	return strings.Join(words, " ")
}

// A number fits a type that holds it, in its own digits.
func TestFitNumber(t *testing.T) {
	for _, tt := range []struct {
		typ  model.Scalar
		text string
		fits bool
	}{
		{model.Int32, "2147483647", true},
		{model.Int32, "2147483648", false},
		{model.Int64, "-9223372036854775808", true},
		{model.Int64, "9223372036854775808", false},
		{model.Uint64, "18446744073709551615", true},
		{model.Uint64, "18446744073709551616", false},
		{model.Uint64, "-1", false},
		{model.Number, "18446744073709551616", true},
		{model.Number, "0.10", true},
		{model.Float64, "0.5", true},
		{model.Int64, "0.5", false},
	} {
		v, ok := Fit(tt.typ, json.Number(tt.text))
		if ok != tt.fits || ok && v.Text != tt.text {
			t.Errorf("%v as scalar %d: %v, %t", tt.text, tt.typ, v, ok)
		}
	}
}

// A member that no tag can name has no field, and is among the others.
func TestFitUnnamed(t *testing.T) {
	object := &model.Object{
		Fields: []*model.Field{{Name: model.Name{Spec: "a"}, Type: model.String}, {Name: model.Name{Spec: `b"`}, Type: model.String}},
		Extra:  &model.Field{Type: model.Any},
	}
	v, ok := Fit(object, decodedJSON(t, `{"a":"x","b\"":"y"}`))
	if !ok || len(v.Fields) != 1 || v.Fields[0].Value.Text != "x" || len(v.Entries) != 1 || v.Entries[0].Name != `b"` || v.Entries[0].Value.Text != `"y"` {
		t.Errorf("got %+v, %t", v, ok)
	}
}

func decodedJSON(t *testing.T, text string) any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
