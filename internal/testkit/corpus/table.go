package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A table prints what became of each description, as soon as it is known.
type table struct {
	w     io.Writer
	width int // of the names
	total int
	last  state // what is wanted of each

	mu    sync.Mutex
	rows  []row
	short []row // of what they once were
}

func newTable(w io.Writer, names []string, last state) *table {
	t := &table{w: w, total: len(names), last: last}
	for _, name := range names {
		t.width = max(t.width, len(name))
	}
	fmt.Fprintf(w, "%-*s %9s  %10s %7s %7s %7s %8s %7s  %8s %8s %8s %8s\n", t.width, "description", "", "operations", "called", "valid", "same", "warnings", "lines", "generate", "build", "vet", "call")
	return t
}

// add prints a row.
func (t *table) add(r row, past record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, r)
	short := past.short(r, t.last)
	if short {
		t.short = append(t.short, r)
	}
	t.print(r.Name, r.State.String(), r)
	if r.State < t.last {
		fmt.Fprintf(t.w, "    %s\n", oneLine(r.Problem))
	}
	if short {
		was := past[r.Name]
		fmt.Fprintf(t.w, "    it was %s before, with "+callsFormat+"\n", was.state, was.calls.Made, was.calls.Valid, was.calls.Same)
	}
}

func (t *table) print(name, what string, r row) {
	operations := fmt.Sprint(r.Emitted)
	if r.Emitted != r.Operations {
		operations = fmt.Sprintf("%d of %d", r.Emitted, r.Operations)
	}
	fmt.Fprintf(t.w, "%-*s %9s  %10s %7d %7d %7d %8d %7d  %7.1fs %7.1fs %7.1fs %7.1fs\n", t.width, name, what,
		operations, r.Calls.Made, r.Calls.Valid, r.Calls.Same, r.Warnings, r.Lines, r.Generate.Seconds, r.Build.Seconds, r.Vet.Seconds, r.Call.Seconds)
}

// finish prints what all of it comes to.
func (t *table) finish(past record) {
	slices.SortFunc(t.rows, func(a, b row) int { return cmp.Compare(a.Name, b.Name) })
	var sum row
	var count [len(states)]int
	for _, r := range t.rows {
		count[r.State]++
		sum.Operations += r.Operations
		sum.Emitted += r.Emitted
		sum.Warnings += r.Warnings
		sum.Lines += r.Lines
		sum.Generate.Seconds += r.Generate.Seconds
		sum.Build.Seconds += r.Build.Seconds
		sum.Vet.Seconds += r.Vet.Seconds
		sum.Call.Seconds += r.Call.Seconds
		sum.Calls.Made += r.Calls.Made
		sum.Calls.Valid += r.Calls.Valid
		sum.Calls.Same += r.Calls.Same
	}
	t.print("total", fmt.Sprintf("%d/%d", count[t.last], t.total), sum)
	for s, n := range count {
		if n > 0 && state(s) != t.last {
			fmt.Fprintf(t.w, "%d %s\n", n, state(s))
		}
	}
	for _, r := range t.short {
		fmt.Fprintf(t.w, "falls short: %s is %s: %s\n", r.Name, r.State, oneLine(r.Problem))
	}
	t.causes()
}

// causes prints what went wrong by its cause, the most frequent first. Problems
// have the same cause if they differ in names and numbers only.
func (t *table) causes() {
	groups := map[string][]row{}
	for _, r := range t.rows {
		if r.State < t.last {
			key := r.State.String() + ": " + causeOf(r.Problem)
			groups[key] = append(groups[key], r)
		}
	}
	keys := make([]string, 0, len(groups))
	for key := range groups {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(groups[b]), len(groups[a])), cmp.Compare(a, b))
	})
	for _, key := range keys {
		fmt.Fprintf(t.w, "%4d  %s\n        such as %s: %s\n", len(groups[key]), key, groups[key][0].Name, oneLine(groups[key][0].Problem))
	}
}

// causeOf returns what a problem is without where it is and of what.
func causeOf(problem string) string {
	problem = place.ReplaceAllString(oneLine(problem), "")
	problem = quoted.ReplaceAllString(problem, "…")
	return identifier.ReplaceAllString(problem, "…")
}

var (
	place      = regexp.MustCompile(`^\S+:[0-9]+(:[0-9]+)?: `)
	quoted     = regexp.MustCompile(`"[^"]*"|'[^']*'|https?://\S+|#/\S+`)
	identifier = regexp.MustCompile(`\b\S*([a-z][A-Z]|[A-Z][a-z]+[A-Z]|[0-9]|[a-z]\.[A-Z]|_)\S*`)
)

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const most = 300
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// write writes the rows as TSV.
func (t *table) write(file string) error {
	b := bytes.NewBufferString("description\tstate\toperations\temitted\tschemas\tdegraded\twarnings\tlines\tcalls\tvalid\tsame\tgenerate_s\tgenerate_mb\tbuild_s\tbuild_mb\tvet_s\tcall_s\tproblem\n")
	for _, r := range t.rows {
		fmt.Fprintf(b, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.2f\t%d\t%.2f\t%d\t%.2f\t%.2f\t%s\n", r.Name, r.State, r.Operations, r.Emitted, r.Schemas, r.Degraded,
			r.Warnings, r.Lines, r.Calls.Made, r.Calls.Valid, r.Calls.Same, r.Generate.Seconds, r.Generate.MB, r.Build.Seconds, r.Build.MB, r.Vet.Seconds, r.Call.Seconds, oneLine(r.Problem))
	}
	return os.WriteFile(file, b.Bytes(), 0o666)
}
