package param_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type address struct {
	City string `json:"city"`
}

type order string

type customer struct {
	Address  param.Nullable[*address]       `json:"address,omitzero"`
	Tags     param.Nullable[[]string]       `json:"tags,omitzero"`
	Labels   param.Nullable[map[string]int] `json:"labels,omitzero"`
	Order    param.Nullable[order]          `json:"order,omitzero"`
	Required param.Nullable[[]string]       `json:"required"`
}

func TestNullableKeepsThreeStates(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   customer
		want string
	}{
		{"unset", customer{}, `{"required":null}`},
		{"null", customer{
			Address: param.NullOf[*address](), Tags: param.NullOf[[]string](), Labels: param.NullOf[map[string]int](), Order: param.NullOf[order](),
			Required: param.NullOf[[]string](),
		}, `{"address":null,"tags":null,"labels":null,"order":null,"required":null}`},
		{"empty", customer{
			Address: param.NonNull(&address{}), Tags: param.NonNull([]string{}), Labels: param.NonNull(map[string]int{}),
			Required: param.NonNull([]string{}),
		}, `{"address":{"city":""},"tags":[],"labels":{},"required":[]}`},
		{"value", customer{
			Address: param.NonNull(&address{City: "Ulm"}), Tags: param.NonNull([]string{"a"}), Order: param.NonNull(order("asc")),
			Required: param.NonNull([]string{"b"}),
		}, `{"address":{"city":"Ulm"},"tags":["a"],"order":"asc","required":["b"]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := json.Marshal(tt.in)
			if err != nil || string(got) != tt.want {
				t.Fatalf("got %s, %v, want %s", got, err, tt.want)
			}
			var back customer
			if err := json.Unmarshal(got, &back); err != nil {
				t.Fatal(err)
			}
			again, err := json.Marshal(&back)
			if err != nil || string(again) != tt.want {
				t.Errorf("read and written again: got %s, %v, want %s", again, err, tt.want)
			}
		})
	}
}

func TestNullableForgetsWhatWasThere(t *testing.T) {
	n := param.NonNull([]string{"old"})
	if err := json.Unmarshal([]byte(`null`), &n); err != nil || !n.Null || n.Value != nil {
		t.Errorf("null: got %+v, %v", n, err)
	}
	if err := json.Unmarshal([]byte(`["new"]`), &n); err != nil || n.Null || len(n.Value) != 1 {
		t.Errorf("value: got %+v, %v", n, err)
	}
	if err := json.Unmarshal([]byte(`17`), &n); err == nil {
		t.Errorf("a number: got %+v and no error", n)
	}
}

// orderOrNull is what the generator declares in place of a Nullable.
type orderOrNull struct {
	Value order
	Null  bool
}

func (*orderOrNull) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return dec.SkipValue() }

func TestUnwrap(t *testing.T) {
	type Nullable struct{ Value, Null bool }
	for _, tt := range []struct {
		in   any
		want bool
	}{
		{param.NonNull(order("asc")), true},
		{param.NullOf[[]int](), true},
		{orderOrNull{Value: "asc"}, true},
		{Nullable{}, false},
		{param.Some("a"), false},
		{"text", false},
	} {
		value, ok := param.Unwrap(reflect.ValueOf(tt.in))
		if ok != tt.want {
			t.Errorf("%T: got %v", tt.in, ok)
		}
		if !ok && value.Interface() != tt.in {
			t.Errorf("%T: got %v", tt.in, value)
		}
	}
	if value, _ := param.Unwrap(reflect.ValueOf(param.NonNull(order("asc")))); value.String() != "asc" {
		t.Errorf("got %v", value)
	}
}

func ExampleNullable() {
	var c customer
	if err := json.Unmarshal([]byte(`{"address": {"city": "Ulm"}, "tags": null}`), &c); err != nil {
		panic(err)
	}
	if a := c.Address.Value; a != nil {
		fmt.Println(a.City)
	}
	fmt.Println(c.Tags.Null, c.Labels.Null)
	// Output:
	// Ulm
	// true false
}
