package operation

import (
	"strings"
	"testing"
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
		n := node(t, "summary: "+quoted(test.summary)+"\ndescription: "+quoted(test.description))
		if got := operationDoc(n); got != test.want {
			t.Errorf("%q and %q make %q, want %q", test.summary, test.description, got, test.want)
		}
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"` }
