package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// A record says of descriptions how far they once came. It only grows: a
// description that has come further is never let back.
type record map[string]entry

// An entry is a line of the record.
type entry struct {
	state  state
	calls  calls
	reason string // why it came no further
}

// recordHead tells people what the file is.
const recordHead = "# How far each description of the corpus comes, and why no further. Grown by make corpus-record; nothing in it may become worse.\n"

// callsFormat is how a line says how the calls went.
const callsFormat = "%d calls, %d valid, %d same"

// readRecord reads a record. No file, or none by that name yet, is an empty one.
func readRecord(file string) (record, error) {
	past := record{}
	if file == "" {
		return past, nil
	}
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return past, nil
	}
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.SplitN(line, "\t", 4)
		s := -1
		if len(fields) > 1 {
			s = slices.Index(states[:], fields[1])
		}
		if s < 0 {
			return nil, fmt.Errorf("%s:%d: a path, a tab and one of %s is wanted", file, n, strings.Join(states[:], ", "))
		}
		e := entry{state: state(s)}
		if len(fields) > 2 && fields[2] != "" {
			if _, err := fmt.Sscanf(fields[2], callsFormat, &e.calls.Made, &e.calls.Valid, &e.calls.Same); err != nil {
				return nil, fmt.Errorf("%s:%d: %q does not say how the calls went: %w", file, n, fields[2], err)
			}
		}
		e.reason = strings.Join(fields[min(3, len(fields)):], "")
		past[fields[0]] = e
	}
	return past, lines.Err()
}

// short reports whether r is not as good as it has to be, as far as was tried.
func (past record) short(r row, last state) bool {
	was, known := past[r.Name]
	return r.State == failed || known && r.State < min(was.state, last) ||
		known && last == called && (r.Calls.Valid < was.calls.Valid || r.Calls.Same < was.calls.Same)
}

// grow returns the record with what is better now, and what it did not know.
func (past record) grow(rows []row) record {
	now := maps.Clone(past)
	for _, r := range rows {
		if was, known := past[r.Name]; r.State != failed && (!known || r.State >= was.state) {
			now[r.Name] = entry{r.State, r.Calls, oneLine(r.Problem)}
		}
	}
	return now
}

// write writes the record by name.
func (past record) write(file string) error {
	b := bytes.NewBufferString(recordHead)
	for _, name := range slices.Sorted(maps.Keys(past)) {
		e := past[name]
		went := ""
		if e.state == called {
			went = fmt.Sprintf(callsFormat, e.calls.Made, e.calls.Valid, e.calls.Same)
		}
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("%s\t%s\t%s\t%s", name, e.state, went, e.reason), "\t"))
	}
	return os.WriteFile(file, b.Bytes(), 0o666)
}
