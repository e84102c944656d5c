package build

import (
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// A description that says what the summary does at greater length stands alone;
// one that goes on from it does not.
func TestOperationDoc(t *testing.T) {
	for _, test := range []struct{ summary, description, want string }{
		{"List pets", "Returns all pets.", "Returns all pets."},
		{"Run", "Runs a command.", "Runs a command."},
		{"List pets", "This lists the pets of a shop.", "This lists the pets of a shop."},
		{"List processes", "On Unix systems, this is done with `ps`.", "List processes\n\nOn Unix systems, this is done with `ps`."},
		{"Create a booking", "A booking holds a seat.", "Create a booking\n\nA booking holds a seat."},
		{"Get a pet", "Deprecated: use animals.", "Get a pet\n\nDeprecated: use animals."},
		{"Get a pet", "Returns a pet.\n\nIt may be gone.", "Get a pet\n\nReturns a pet.\n\nIt may be gone."},
		{"Get a pet", "", "Get a pet"},
		{"", "This is it.", "This is it."},
		{"Get a pet", "Get a pet by its id.", "Get a pet by its id."},
	} {
		n := parse(t, "summary: "+quoted(test.summary)+"\ndescription: "+quoted(test.description))
		if got := operationDoc(n); got != test.want {
			t.Errorf("%q and %q make %q, want %q", test.summary, test.description, got, test.want)
		}
	}
}

// What the schema demands is not said again where the description says it.
func TestFieldDoc(t *testing.T) {
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
		b := new(builder)
		if got := fieldDoc(b.view(parse(t, test.schema)), "page_size"); got != test.want {
			t.Errorf("%s makes %q, want %q", test.schema, got, test.want)
		}
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"` }

func parse(t *testing.T, text string) *spec.Node {
	t.Helper()
	n, err := spec.Parse("test.yaml", []byte(text), spec.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
