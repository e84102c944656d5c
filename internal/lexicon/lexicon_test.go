package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	for kind, text := range map[Kind]string{
		Verb:    "navigate verify activate cancel add rerank unpause deprovision upsert tokenize update",
		Either:  "search report export upload snapshot score list",
		Rare:    "file message model document account",
		Noun:    "feedback status resource region unit token avatar next",
		Unknown: "settings webhook 取引先",
	} {
		for w := range strings.FieldsSeq(text) {
			if got := Of(w); got != kind {
				t.Errorf("Of(%q) = %d, want %d", w, got, kind)
			}
		}
	}
}

func TestIsAdjective(t *testing.T) {
	for w := range strings.FieldsSeq("next open primary active recent public") {
		if !IsAdjective(w) {
			t.Errorf("%s is no adjective", w)
		}
	}
	for w := range strings.FieldsSeq("export content summary report status cancel") {
		if IsAdjective(w) {
			t.Errorf("%s is an adjective", w)
		}
	}
}

// The lists that add to WordNet must add something, and not contradict each
// other.
func TestLists(t *testing.T) {
	for w := range set(always) {
		if tables().both[w] {
			t.Errorf("%s is in always and in both", w)
		}
		if tables().kinds[w] == "v" {
			t.Errorf("always has %s, which WordNet knows as a verb and nothing else", w)
		}
	}
	if words := strings.Split(strings.TrimSpace(words), "\n"); !slices.IsSorted(words) || len(words) < 20000 {
		t.Errorf("words.txt has %d words, and should have more than 20,000, sorted", len(words))
	}
}
