package restree

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every rule does what its example says, and is the one that does.
func TestRules(t *testing.T) {
	for _, r := range Rules() {
		t.Run(r.Name, func(t *testing.T) {
			ops, want := parseOperations(t, r.Example)
			decided := false
			for i, c := range Infer(ops) {
				if c.String() != want[i] {
					t.Errorf("%s %s is %s (%s, %s), want %s", ops[i].Method, ops[i].Path, c, c.Rule, c.Reason, want[i])
				}
				decided = decided || c.Rule == r.Name
				if c.Rule == r.Name && slices.Contains(c.Lost, r.Name) {
					t.Errorf("%s has won and lost", r.Name)
				}
			}
			if !decided {
				t.Error("another rule decided all of it")
			}
		})
	}
}

// docs/naming.md has every rule with its example, in the order in which they
// apply.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "naming.md"))
	if err != nil {
		t.Fatal(err)
	}
	rest := string(page)
	for _, r := range Rules() {
		_, after, ok := strings.Cut(rest, "### "+r.Name+"\n")
		if !ok {
			t.Errorf("docs/naming.md has no heading %s behind those of the rules before it", r.Name)
			continue
		}
		if text, _, _ := strings.Cut(after, "### "); !strings.Contains(text, "```\n"+r.Example+"\n```\n") {
			t.Errorf("docs/naming.md has another example for %s than\n%s", r.Name, r.Example)
		}
		rest = after
	}
}
