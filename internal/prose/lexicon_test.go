package prose

import "testing"

func TestOperationSentence(t *testing.T) {
	const none = ""
	for _, tt := range []struct{ in, want string }{
		{"Creates a store in the account.", "creates a store in the account."},
		{"Create a store.", "creates a store."},
		{"list objects of kind Pod.", "lists objects of kind Pod."},
		{"Get or create a store.", "gets or creates a store."},
		{"List, search, and filter all certificates.", "lists, searches, and filters all certificates."},
		{"Read/write/delete a mapping.", "reads/writes/deletes a mapping."},
		{"Permanently deletes a file.", "permanently deletes a file."},
		{"partially update the Pod.", "partially updates the Pod."},
		{"This endpoint returns a list.", "returns a list."},
		{"This API call allows you to pay.", "allows you to pay."},
		{"This method is deprecated.", "is deprecated."},
		{"Used to retrieve templates.", "is used to retrieve templates."},
		{"Frobnicate a store.", "frobnicates a store."},
		{"Frobnicates the store.", "frobnicates the store."},
		{"Get and frobnicate a store.", "gets and frobnicates a store."},
		{"Get and frobnicate stores.", none},
		{"Only the owner can.", none},
		{"Marked a user as active.", none},
		{"List of stores.", none},
		{"This is a beta feature.", none},
		{"Percentage distribution of queries.", none},
		{"Use this endpoint to create a store.", "creates a store."},
		{"You can create a store.", "creates a store."},
		{"Stores.", none},
		{"取得します。", none},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := NewLexicon().Operation(tt.in)
			if !ok {
				got = none
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTypeSentence(t *testing.T) {
	const none = ""
	for _, tt := range []struct{ in, want string }{
		{"A store of secrets.", "is a store of secrets."},
		{"The object that is returned.", "is the object that is returned."},
		{"The zone must be active.", none},
		{"Represents a user.", "represents a user."},
		{"Contains details. Some are old.", "contains details. Some are old."},
		{"This object describes the position.", "describes the position."},
		{"This data type is deprecated.", "is deprecated."},
		{"Emitted when an error occurs.", "is emitted when an error occurs."},
		{"Whether the zone is paused.", "says whether the zone is paused."},
		{"Constrains the tools.", "constrains the tools."},
		{"Controls for the player.", none},
		{"List actions for a rule.", none},
		{"Details of a store.", none},
		{"Identifier.", none},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := NewLexicon().Type(tt.in)
			if !ok {
				got = none
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReturned(t *testing.T) {
	const none = ""
	for _, tt := range []struct{ in, want string }{
		{"Usage records summarized by year.", "returns usage records summarized by year."},
		{"API keys.", "returns API keys."},
		{"Percentage distribution of queries. Per day.", "returns percentage distribution of queries. Per day."},
		{"Stores are listed.", none},
		{"Lets you search.", none},
		{"List of stores.", none},
		{"Note: beta.", none},
	} {
		got, ok := NewLexicon().Returned(tt.in)
		if !ok {
			got = none
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}
