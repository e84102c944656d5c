package layout

import (
	"strings"
	"testing"
)

func TestFileWord(t *testing.T) {
	for name, want := range map[string]string{
		"StringOrFile": "stringorfile", "世界": "x", "_test": "test", strings.Repeat("Long", 100): strings.Repeat("long", 50),
	} {
		if got := FileWord(name); got != want {
			t.Errorf("FileWord(%q) = %q, want %q", name, got, want)
		}
	}
}
