package schema

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// What the schema demands is not said again where the description says it.
func TestFieldDoc(t *testing.T) {
	facts := New(nil, &diag.List{})
	for _, test := range []struct{ schema, want string }{
		{"{type: integer, default: 20, description: How many.}", "How many. The default is 20."},
		{"{type: integer, default: 20, description: How many. Defaults to `20`.}", "How many. Defaults to `20`."},
		{"{type: integer, default: 2, description: How many. The default is 20.}", "How many. The default is 20. The default is 2."},
		{"{type: integer, default: 2, description: How many; by default 2.5 times more.}", "How many; by default 2.5 times more. The default is 2."},
		{"{type: string, default: asc, description: 'Default: ascending.'}", "Default: ascending. The default is asc."},
		{"{type: integer, minimum: 1, maximum: 100, description: Between 1 and 100.}", "Between 1 and 100."},
		{"{type: integer, minimum: 1, maximum: 100, description: Up to 100.}", "Up to 100. From 1 to 100."},
		{"{type: integer, minimum: 0, description: Not negative.}", "Not negative. At least 0."},
		{"{type: integer, title: How many}", "How many."},
		{"{type: integer, title: amount_of_things_param}", ""},
		{"{type: integer, title: 'Page Size', maximum: 5}", "At most 5."},
		{"{type: integer, description: Page size.}", ""},
		{"{type: integer, title: 件数}", "件数."},
	} {
		if got := FieldDoc(facts.View(parse(t, test.schema)), "page_size"); got != test.want {
			t.Errorf("%s makes %q, want %q", test.schema, got, test.want)
		}
	}
}

func parse(t *testing.T, text string) *spec.Node {
	t.Helper()
	n, err := spec.Parse("test.yaml", []byte(text), spec.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
