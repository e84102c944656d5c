package lockfile

import (
	"slices"
	"strings"
	"testing"
)

func names(entries []*Entry) []string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Name)
	}
	return list
}

func TestParse(t *testing.T) {
	const text = "# a comment\r\n\nstores.Store #/components/schemas/Store\nClient.Stores.List GET /stores\nstores.Store.A \"#/components/schemas/Store.a\\nb\"\n" +
		"pagination.Page GET /a page\npagination.Page GET /b page\n"
	l, problems := Parse("gen.lock", []byte(text))
	if l == nil {
		t.Fatal(problems.Err())
	}
	if got := names(l.Find(Global, "#/components/schemas/Store")); !slices.Equal(got, []string{"stores.Store"}) {
		t.Errorf("Find(Global) = %q", got)
	}
	if got := l.Find(Member, "#/components/schemas/Store.a\nb"); len(got) != 1 || got[0].Last() != "A" || got[0].Package() != "stores" || got[0].Pos.Line != 5 {
		t.Errorf("Find(Member) = %+v", got)
	}
	again, problems := Parse("gen.lock", l.Bytes())
	if again == nil || !again.Equal(l) || string(again.Bytes()) != string(l.Bytes()) {
		t.Errorf("what is written reads as something else: %v\n%s", problems.Err(), l.Bytes())
	}
}

func TestParseProblems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"stores.Store", "gen.lock:1:1: error: there is no place"},
		{"stores.Store  ", "there is no place"},
		{"stores #/x", `"stores" is no public name: a package is followed`},
		{"stores.store #/x", `"stores.store" is no public name`},
		{"a.B.C.D #/x", "is no public name"},
		{"A.B \"\"", "there is no place"},
		{"A.B \"#/x", "the quotes of the place do not end"},
		{"<<<<<<< HEAD", "left from a merge"},
		{"\n=======", "gen.lock:2:1: error: this is left from a merge"},
		{"a.B #/x\na.B #/y", "gen.lock:2:1: error: a.B is the name of #/y, and at line 1 that of #/x"},
		{"a.B GET /x page\na.B #/y", "and at line 1 that of GET /x page"},
	} {
		l, problems := Parse("gen.lock", []byte(c.text))
		if l != nil || problems.Err() == nil || !strings.Contains(problems.Err().Error(), c.want) {
			t.Errorf("Parse(%q): %v, want %s", c.text, problems.Err(), c.want)
		}
	}
}

// Equal schemas are of one type.
func TestParseAlso(t *testing.T) {
	l, problems := Parse("gen.lock", []byte("a.B #/x\na.B also #/y\na.B also #/z\n"))
	if l == nil || len(l.Named("a.B")) != 3 {
		t.Error(problems.Err())
	}
}

func TestGone(t *testing.T) {
	before := New("", []Entry{{Name: "a.B", Place: "#/b"}, {Name: "a.B.C", Place: "#/b.c"}, {Name: "a.D", Place: "#/d"}, {Name: "a.P", Place: "GET /1 page"}, {Name: "a.P", Place: "GET /2 page"}})
	after := New("", []Entry{{Name: "a.B", Place: "#/b"}, {Name: "shared.B", Place: "#/b"}, {Name: "shared.B.C", Place: "#/b.c"}})
	if got := names(before.Gone(after)); !slices.Equal(got, []string{"a.D", "a.P"}) {
		t.Errorf("Gone = %q", got)
	}
	var none *Lock
	if len(none.Gone(after)) > 0 || none.Find(Global, "x") != nil || none.Equal(after) {
		t.Error("a nil lock says something")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("stores.Store #/components/schemas/Store\nClient.A.B GET /a b\n")
	f.Add("a.B \"\\u2028\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		l, problems := Parse("gen.lock", []byte(text))
		if (l == nil) != problems.Failed() {
			t.Fatal("a lock and problems, or neither")
		}
		if l == nil {
			return
		}
		if again, problems := Parse("gen.lock", l.Bytes()); again == nil || !again.Equal(l) {
			t.Fatalf("%v\n%s", problems.Err(), l.Bytes())
		}
	})
}
