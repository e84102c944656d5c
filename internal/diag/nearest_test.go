package diag

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"output", "package", "operation_types", "max-depth"}
	for _, tt := range []struct{ word, want string }{
		{"ouput", "output"},
		{"Output", "output"},
		{"operationTypes", "operation_types"},
		{"maxdepth", "max-depth"},
		{"packgae", "package"},
		{"colour", ""},
		{"x", ""},
		{"", ""},
	} {
		if got := Nearest(tt.word, known); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
