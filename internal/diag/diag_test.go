package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPosString(t *testing.T) {
	for _, tt := range []struct {
		name string
		pos  Pos
		want string
	}{
		{"none", Pos{}, ""},
		{"a whole file", Pos{File: "api.yaml"}, "api.yaml"},
		{"a place in a file", Pos{File: "api.yaml", Line: 3, Col: 7}, "api.yaml:3:7"},
		{"a place in what has no name", Pos{Line: 3, Col: 7}, "3:7"},
		{"a column without a line is none", Pos{File: "api.yaml", Col: 7}, "api.yaml"},
		{"a URL", Pos{File: "https://example.com/api.yaml", Line: 1, Col: 1}, "https://example.com/api.yaml:1:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.pos.String(); got != tt.want {
				t.Errorf("%#v: got %q, want %q", tt.pos, got, tt.want)
			}
		})
	}
}

func TestPosIsZero(t *testing.T) {
	for _, tt := range []struct {
		name string
		pos  Pos
		want bool
	}{
		{"zero", Pos{}, true},
		{"a file", Pos{File: "api.yaml"}, false},
		{"a line", Pos{Line: 1}, false},
		{"a column", Pos{Col: 1}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.pos.IsZero(); got != tt.want {
				t.Errorf("%#v: got %v, want %v", tt.pos, got, tt.want)
			}
		})
	}
}

func TestPosCompare(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b Pos
		want int
	}{
		{"equal", Pos{"a", 1, 2}, Pos{"a", 1, 2}, 0},
		{"the file decides first", Pos{"a", 9, 9}, Pos{"b", 1, 1}, -1},
		{"then the line, as a number", Pos{"a", 10, 1}, Pos{"a", 9, 5}, 1},
		{"then the column", Pos{"a", 1, 2}, Pos{"a", 1, 10}, -1},
		{"no place is first", Pos{}, Pos{"a", 1, 1}, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.a.Compare(tt.b); got != tt.want {
				t.Errorf("%v and %v: got %d, want %d", tt.a, tt.b, got, tt.want)
			}
			if got := tt.b.Compare(tt.a); got != -tt.want {
				t.Errorf("%v and %v: got %d, want %d", tt.b, tt.a, got, -tt.want)
			}
		})
	}
}

func TestDiagnosticError(t *testing.T) {
	at := Pos{"api.yaml", 3, 7}
	for _, tt := range []struct {
		name string
		d    *Diagnostic
		want string
	}{
		{"error", Errorf(at, "unresolved-ref", "nothing at %q", "#/x"), `api.yaml:3:7: error: nothing at "#/x" [unresolved-ref]`},
		{"warning", Warningf(at, "config-unused", "no operation %q", "x"), `api.yaml:3:7: warning: no operation "x" [config-unused]`},
		{"no place", Errorf(Pos{}, "limit", "too large"), "error: too large [limit]"},
		{"no code", Errorf(at, "", "odd"), "api.yaml:3:7: error: odd"},
		{"neither", Warningf(Pos{}, "", "odd"), "warning: odd"},
		{"a percent sign in an argument", Errorf(Pos{}, "", "%s", "100%d"), "error: 100%d"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.d.Error(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// collect is a list of errors, and what it has in document order.
func collect(errs ...error) (*List, []string) {
	l := new(List)
	for _, err := range errs {
		l.Add(err)
	}
	var lines []string
	for _, d := range l.Sorted() {
		lines = append(lines, d.Error())
	}
	return l, lines
}

func TestListAdd(t *testing.T) {
	at := func(line int) Pos { return Pos{"a", line, 1} }
	for _, tt := range []struct {
		name string
		errs []error
		want []string
	}{
		{"nil", []error{nil}, nil},
		{"any error is an error without a place", []error{fs.ErrNotExist}, []string{"error: file does not exist"}},
		{
			"in document order, whatever the severity",
			[]error{Errorf(at(9), "c", "nine"), Warningf(at(10), "c", "ten"), Warningf(at(2), "c", "two")},
			[]string{"a:2:1: warning: two [c]", "a:9:1: error: nine [c]", "a:10:1: warning: ten [c]"},
		},
		{
			"at one place in the order in which they were met",
			[]error{Errorf(at(1), "c", "b"), Errorf(at(1), "c", "a")},
			[]string{"a:1:1: error: b [c]", "a:1:1: error: a [c]"},
		},
		{
			"the same problem once, though it is another value",
			[]error{Errorf(at(1), "c", "x"), Errorf(at(2), "c", "y"), Errorf(at(1), "c", "x")},
			[]string{"a:1:1: error: x [c]", "a:2:1: error: y [c]"},
		},
		{
			"what differs in anything is another problem",
			[]error{Errorf(at(1), "c", "x"), Warningf(at(1), "c", "x"), Errorf(at(1), "d", "x"), Errorf(at(1), "c", "z"), Errorf(at(2), "c", "x")},
			[]string{"a:1:1: error: x [c]", "a:1:1: warning: x [c]", "a:1:1: error: x [d]", "a:1:1: error: z [c]", "a:2:1: error: x [c]"},
		},
		{
			"joined, and joined again",
			[]error{errors.Join(Errorf(at(2), "c", "x"), errors.Join(Warningf(at(1), "c", "y"), nil), fs.ErrNotExist)},
			[]string{"error: file does not exist", "a:1:1: warning: y [c]", "a:2:1: error: x [c]"},
		},
		{
			"the same one joined",
			[]error{Errorf(at(1), "c", "x"), errors.Join(Errorf(at(1), "c", "x"), Errorf(at(1), "c", "x"))},
			[]string{"a:1:1: error: x [c]"},
		},
		{
			"a diagnostic inside another error keeps its place",
			[]error{fmt.Errorf("reading: %w", Warningf(at(1), "c", "x"))},
			[]string{"a:1:1: warning: x [c]"},
		},
		{
			"all of several inside another error",
			[]error{fmt.Errorf("reading: %w", fmt.Errorf("again: %w", errors.Join(Warningf(at(1), "c", "x"), Errorf(at(2), "c", "y"))))},
			[]string{"a:1:1: warning: x [c]", "a:2:1: error: y [c]"},
		},
		{
			"several without a place inside another error are one",
			[]error{fmt.Errorf("reading: %w", errors.Join(fs.ErrNotExist, fs.ErrExist))},
			[]string{"error: reading: file does not exist\nfile already exists"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, got := collect(tt.errs...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if l.Len() != len(tt.want) {
				t.Errorf("Len: got %d, want %d", l.Len(), len(tt.want))
			}
		})
	}
}

// TestListAddLists holds that the errors of one list can be added to another.
func TestListAddLists(t *testing.T) {
	inner, _ := collect(Errorf(Pos{"a", 2, 1}, "c", "x"), Warningf(Pos{"a", 1, 1}, "c", "y"), Errorf(Pos{"a", 1, 1}, "c", "z"))
	outer, got := collect(inner.Err())
	want := []string{"a:1:1: error: z [c]", "a:2:1: error: x [c]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("got %q, want %q", got, want)
	}
	if outer.Len() != 2 {
		t.Errorf("Len: got %d, want 2", outer.Len())
	}
}

func TestListFailed(t *testing.T) {
	for _, tt := range []struct {
		name   string
		errs   []error
		failed bool
		err    string
	}{
		{"empty", nil, false, "<nil>"},
		{"warnings", []error{Warningf(Pos{"a", 1, 1}, "c", "x")}, false, "<nil>"},
		{"an error", []error{Errorf(Pos{"a", 1, 1}, "c", "x")}, true, "a:1:1: error: x [c]"},
		{
			"errors among warnings",
			[]error{Errorf(Pos{"a", 3, 1}, "c", "x"), Warningf(Pos{"a", 2, 1}, "c", "y"), Errorf(Pos{"a", 1, 1}, "c", "z")},
			true, "a:1:1: error: z [c]\na:3:1: error: x [c]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, _ := collect(tt.errs...)
			if got := l.Failed(); got != tt.failed {
				t.Errorf("Failed: got %v, want %v", got, tt.failed)
			}
			if got := fmt.Sprint(l.Err()); got != tt.err {
				t.Errorf("Err: got %q, want %q", got, tt.err)
			}
		})
	}
}

// TestListErrorf holds the list's own methods against the functions.
func TestListErrorf(t *testing.T) {
	at := Pos{"a", 1, 1}
	var got List
	got.Errorf(at, "c", "no %s", "x")
	got.Warningf(at, "d", "no %s", "y")
	want, _ := collect(Errorf(at, "c", "no x"), Warningf(at, "d", "no y"))
	if diff := cmp.Diff(want.Sorted(), got.Sorted()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestListSorted holds that what Sorted returns is the caller's.
func TestListSorted(t *testing.T) {
	l, _ := collect(Errorf(Pos{"a", 1, 1}, "c", "x"), Errorf(Pos{"a", 2, 1}, "c", "y"))
	l.Sorted()[0] = nil
	if got := l.Sorted()[0]; got == nil || got.Message != "x" {
		t.Errorf("got %v, want the first diagnostic", got)
	}
}

// TestDiagnosticAs holds that the errors of a list can be asked for.
func TestDiagnosticAs(t *testing.T) {
	want := Errorf(Pos{"a", 1, 1}, "c", "x")
	l, _ := collect(want)
	if got, _ := errors.AsType[*Diagnostic](l.Err()); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
