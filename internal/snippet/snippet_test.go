package snippet

import "testing"

// A text that looks like a mark is no place for a leaf.
func TestSplit(t *testing.T) {
	one := &Leaf{Key: "a", Go: `"x"`}
	for _, tt := range []struct {
		name, marked string
		want         int
		ok           bool
	}{
		{"one", "f(ǂ0ǂ)", 3, true},
		{"none", "f()", 1, false},
		{"twice", "f(ǂ0ǂ, ǂ0ǂ)", 0, false},
		{"unknown", `f(ǂ0ǂ, "ǂ7ǂ")`, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := split(tt.marked, []*Leaf{one})
			if len(got) != tt.want || ok != tt.ok {
				t.Errorf("split(%q) = %v, %v; want %d segments, %v", tt.marked, got, ok, tt.want, tt.ok)
			}
		})
	}
}

// What stands in a command is quoted, and only our own variables are expanded.
func TestQuoted(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"plain", "'plain'"},
		{"it's", `'it'\''s'`},
		{"$HOME `id` $(id)", "'$HOME `id` $(id)'"},
		{"Authorization: Bearer " + variable("TOKEN"), `"Authorization: Bearer $TOKEN"`},
		{"a\"$HOME`id`\\" + variable("TOKEN"), "\"a\\\"\\$HOME\\`id\\`\\\\$TOKEN\""},
	} {
		if got := quoted(tt.text); got != tt.want {
			t.Errorf("quoted(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}
