package output

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// What is shown of the differences at most: enough to see what it is about.
const (
	mostFiles = 20
	mostLines = 200
)

// diff returns the differences that a plan makes: which files, and for those
// that change the lines, as a unified diff.
func (p *plan) diff() string {
	var files, changes []string
	for _, name := range slices.Sorted(slices.Values(slices.Concat(p.Added, p.Changed, p.Removed))) {
		switch {
		case slices.Contains(p.Added, name):
			files = append(files, fmt.Sprintf("would add %s +%d\n", name, bytes.Count(p.files[name].data, []byte("\n"))))
		case slices.Contains(p.Removed, name):
			files = append(files, fmt.Sprintf("would remove %s -%d\n", name, bytes.Count(p.old[name], []byte("\n"))))
		default:
			lines := unified(name, p.old[name], p.files[name].data)
			files = append(files, fmt.Sprintf("would change %s +%d -%d\n", name, count(lines, "+"), count(lines, "-")))
			changes = append(changes, lines...)
		}
	}
	return cut(files, mostFiles, "files") + cut(changes, mostLines, "lines")
}

// unified returns what changes in one file, with the headers that patch(1)
// reads.
func unified(name string, before, after []byte) []string {
	text := string(diff.Diff("a/"+name, before, "b/"+name, after))
	_, text, _ = strings.Cut(text, "\n") // "diff a/… b/…"
	return slices.Collect(strings.Lines(text))
}

// count returns how many lines of a unified diff have a mark, its headers left
// out.
func count(lines []string, mark string) int {
	n := 0
	for _, line := range lines[min(2, len(lines)):] {
		if strings.HasPrefix(line, mark) {
			n++
		}
	}
	return n
}

// cut joins at most so many lines, and says how many there are more.
func cut(lines []string, most int, what string) string {
	text := strings.Join(lines[:min(most, len(lines))], "")
	if more := len(lines) - most; more > 0 {
		text += fmt.Sprintf("(and %d more %s)\n", more, what)
	}
	return text
}
