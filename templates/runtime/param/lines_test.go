package param_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

func ExampleLines() {
	rows := []string{"a", "b"}
	for _, body := range []param.Lines[string]{param.LinesOf(rows...), param.LinesSeq(slices.Values(rows))} {
		values, again, _ := body.Source()
		for v := range values {
			fmt.Print(*v.(*string), " ")
		}
		fmt.Println(again)
	}
	// Output:
	// a b true
	// a b false
}

func TestLinesIsZero(t *testing.T) {
	for _, tt := range []struct {
		name string
		body param.Lines[int]
		want bool
	}{
		{"the zero", param.Lines[int]{}, true},
		{"no sequence", param.LinesSeq[int](nil), true},
		{"no sequence of two", param.LinesSeq2[int](nil), true},
		{"no reader", param.LinesReader[int](nil), true},
		{"an empty list", param.LinesOf[int](), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.body.IsZero(); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
