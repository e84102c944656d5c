package main

import "testing"

func TestMergeLines(t *testing.T) {
	for _, tt := range []struct{ name, base, ours, theirs, want string }{
		{"nothing", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n"},
		{"one side", "a\nb\n", "a\nb\nc\n", "a\nb\n", "a\nb\nc\n"},
		{"both at one place", "a\nd\n", "a\nb\nd\n", "a\nc\nd\n", "a\nc\nb\nd\n"},
		{"both the same", "a\n", "a\nb\n", "a\nb\n", "a\nb\n"},
		{"one removes", "a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n"},
		{"the other removes", "a\nb\nc\n", "a\nb\nc\nd\n", "c\nb\n", "b\nc\nd\n"},
		{"both remove", "a\nb\nc\n", "a\nc\n", "a\nc\n", "a\nc\n"},
		{"at the start", "b\n", "b\n", "a\nb\n", "a\nb\n"},
		{"into nothing", "", "a\n", "b\n", "b\na\n"},
		{"lines that are there twice", "\na\n", "\na\n\nb\n", "\na\n\nc\n", "\na\n\nc\nb\n"},
		{"no end of line", "a", "a\nb", "a\nc", "a\nc\nb\n"},
	} {
		if got := string(mergeLines([]byte(tt.base), []byte(tt.ours), []byte(tt.theirs))); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
