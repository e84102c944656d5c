package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/diff/contract"
)

// A Judgement is what a change is a change of.
type Judgement string

// The judgements.
const (
	HTTP Judgement = "http" // the contract between a server and its callers
	Go   Judgement = "go"   // the API of the SDK
)

// A Change is one difference, as a sentence of a subject and what becomes of it.
type Change struct {
	Level     contract.Level
	Judgement Judgement
	Subject   string // "Stores.Create", empty for the API as a whole
	Where     string // in the subject: "Body", empty if the subject itself is meant
	What      string // "is now a list; was a string", "is gone"
	Name      string // of the Go API, as in package lockfile; empty if it has none
	Place     string // in the description, as in package lockfile; empty if it has none
	Old, New  diag.Pos
}

// Sentence is the whole change: "Stores.Create: Body is now a list".
func (c *Change) Sentence() string {
	switch {
	case c.Subject == "":
		return capital(c.Text())
	case c.Where == "":
		return line(c.Subject) + " " + c.Text()
	}
	return line(c.Subject) + ": " + c.Text()
}

// Text is the change without its subject.
func (c *Change) Text() string { return strings.TrimSpace(line(c.Where + " " + c.What)) }

// line is text of a description on one line, without what a terminal would take
// for a command.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

// A Report is all that changes from one version to another.
type Report struct {
	Old, New string // what was compared
	From     string // the version of Old; empty if nobody said
	Changes  []Change
	// Contract reports whether the HTTP APIs were compared, which takes two
	// descriptions.
	Contract  bool
	Migration []Section
}

// A Section tells how to move from one version to the other in one respect.
type Section struct {
	Title  string
	Says   []string
	Before string // Go; empty if there was nothing to write
	After  string // empty if there is nothing to write any more
}

// Level is the worst of all changes.
func (r *Report) Level() contract.Level {
	level := contract.Patch
	for _, c := range r.Changes {
		level = max(level, c.Level)
	}
	return level
}

// Next is the version that the changes ask for after From, "" if that is none.
func (r *Report) Next() string {
	if r.From == "" {
		return ""
	}
	return Next(r.From, r.Level())
}

// Sort puts the changes in their order: by judgement, then the worst first. It
// keeps the order of those that are equal.
func (r *Report) Sort() {
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(-cmp.Compare(a.Judgement, b.Judgement), cmp.Compare(b.Level, a.Level))
	})
}

// count returns how many changes have a level.
func (r *Report) count(level contract.Level) int {
	n := 0
	for _, c := range r.Changes {
		if c.Level == level {
			n++
		}
	}
	return n
}

// of returns the changes of a judgement and level.
func (r *Report) of(j Judgement, level contract.Level) []Change {
	var list []Change
	for _, c := range r.Changes {
		if c.Judgement == j && c.Level == level {
			list = append(list, c)
		}
	}
	return list
}
