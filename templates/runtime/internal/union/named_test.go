package union

import (
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

type opened struct{ Action, Title string }
type closed struct{ Action, Title string }
type ping struct {
	Zen string `json:"zen"`
}

type event struct {
	Opened *opened
	Closed *closed
	Ping   *ping
	Raw    jsontext.Value
}

func TestNamed(t *testing.T) {
	choices := []Choice{
		{Names: []string{"issue-comment", "issue-comment/opened"}, Member: "action", Values: []string{"opened", "re\"opened"}},
		{Names: []string{"issue-comment"}, Member: "action", Values: []string{"closed"}},
		{Names: []string{"ping"}},
	}
	which := func(e *event) string {
		switch {
		case e.Opened != nil:
			return "opened"
		case e.Closed != nil:
			return "closed"
		case e.Ping != nil:
			return "ping"
		}
		return string(e.Raw)
	}
	for _, tt := range []struct{ name, payload, want string }{
		{"issue_comment", `{"action":"opened"}`, "opened"},
		{"Issue.Comment", ` { "title" : "a", "action" : "closed" } `, "closed"},
		{"issue-comment", `{"action":"re\"opened"}`, "opened"},
		{"ping", `{"zen":"a"}`, "ping"},
		{"ping", `{"zen":1}`, `{"zen":1}`}, // not what it is named
		{"ping", `"x"`, `"x"`},
		{"issue_comment/opened", `{}`, "opened"},
	} {
		e := new(event)
		if err := Named([]byte(tt.payload), e, tt.name, choices); err != nil || which(e) != tt.want {
			t.Errorf("%s %s: got %s, %v, want %s", tt.name, tt.payload, which(e), err, tt.want)
		}
	}
	if err := Named([]byte(`{"zen`), new(event), "ping", choices); err == nil {
		t.Error("what is no JSON is no error")
	}
	// A header that says nothing, or of several without a member, leaves it to the payload.
	for _, name := range []string{"", "other", "issue_comment"} {
		if i := choose([]byte(`{"action":"lost"}`), name, choices); i >= 0 {
			t.Errorf("%q: got variant %d, want none", name, i)
		}
	}
}
