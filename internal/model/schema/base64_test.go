package schema

import "testing"

func TestMayBeBase64(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		want    bool
	}{
		{"^.{2,2}$", false},
		{"^[0-9A-F]{5}(ab|cd)$", false},
		{"^.{4}$", true},
		{"^(.{3}|.{5})$", true}, // the bounds are all that is looked at
		{"^[0-9a-f]+$", true},
		{"^.{1,3}$", false},
		{".{2}", true}, // of a part of the text
		{"", true},
	} {
		if got := (&View{patterns: []string{tt.pattern}}).MayBeBase64(); got != tt.want {
			t.Errorf("%q: %v", tt.pattern, got)
		}
	}
}
