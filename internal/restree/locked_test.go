package restree

import (
	"strings"
	"testing"
)

// What has a call keeps it, and what is new is settled around it.
func TestInferLocked(t *testing.T) {
	locked := func(method, path, call string, taken ...string) Operation {
		parts := strings.Split(call, ".")
		return Operation{Method: method, Path: path, Locked: &Locked{Resource: parts[:len(parts)-1], Name: parts[len(parts)-1], Taken: taken}}
	}
	for _, c := range []struct {
		name string
		ops  []Operation
		want string
	}{
		{"another path, another name", []Operation{locked("GET", "/a", "b.c.fetch"), {Method: "POST", Path: "/a"}}, "b.c.fetch a.create"},
		{"the name is taken", []Operation{{Method: "GET", Path: "/things", Returns: List}, locked("POST", "/lists", "things.list")}, "things.getThings things.list"},
		{"two have what they have", []Operation{locked("GET", "/a", "a.get"), locked("GET", "/b", "a.list")}, "a.get a.list"},
		{"a twin", []Operation{locked("GET", "/a", "a.list", "listAll"), {Method: "POST", Path: "/a", Group: []string{"a"}, Name: "listAll"}}, "a.list a.postA"},
		{"a resource of that name", []Operation{locked("GET", "/a/usage", "a.usage"), {Method: "GET", Path: "/a/usage/days", Returns: List}, {Method: "POST", Path: "/a/usage/days"}}, "a.usage a.usage.days.list a.usage.days.create"},
		{"of the client", []Operation{locked("GET", "/ping", "check"), {Method: "GET", Path: "/check"}}, "check getCheck"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			if locked := c.ops[len(c.ops)-1].Locked; locked != nil && !strings.Contains(Infer(c.ops)[len(c.ops)-1].Reason, "gen.lock") {
				t.Error("nothing says why it is called so")
			}
			for _, call := range Infer(c.ops) {
				got = append(got, strings.Join(append(call.Resource, call.Name), "."))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), c.want)
			}
		})
	}
}
