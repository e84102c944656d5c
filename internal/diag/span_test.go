package diag

import "testing"

func TestOutside(t *testing.T) {
	at := func(file string, line, col int) Pos { return Pos{file, line, col} }
	l, _ := collect(
		Warningf(at("a", 2, 3), "c", "before"), Warningf(at("a", 2, 4), "c", "first"), Warningf(at("a", 5, 1), "c", "inside"),
		Warningf(at("a", 7, 9), "c", "last"), Warningf(at("a", 7, 10), "c", "after"), Warningf(at("b", 5, 1), "c", "other file"),
		Warningf(Pos{}, "c", "nowhere"), Errorf(at("a", 20, 1), "c", "second span"),
	)
	got := ""
	for _, d := range l.Outside([]Span{{at("a", 2, 4), at("a", 7, 9)}, {at("a", 20, 1), at("a", 20, 1)}}).Sorted() {
		got += d.Message + ", "
	}
	if want := "nowhere, before, after, other file, "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
