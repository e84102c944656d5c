// Package diag has the problems that a run reports: a position, a diagnostic at
// a position, and a list of them in document order. It does not print them and
// does not decide which ones end a run.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in an input file. Line and Col count from 1; Col counts bytes.
// The zero Pos is no place.
type Pos struct {
	File string
	Line int
	Col  int
}

// IsZero reports whether p is no place at all.
func (p Pos) IsZero() bool { return p == Pos{} }

// String returns file:line:col, leaving out what is not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.File == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Col)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Severity says what a diagnostic means for the run.
type Severity int

const (
	// Warning is a problem that was repaired or that loosens a type.
	Warning Severity = iota
	// Error is a problem that leaves no honest SDK to be made.
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Diagnostic is one problem in an input, with its place and what to do about
// it. It is an error, so that it can travel through code that returns one.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	Code     string // stable, kebab-case, one per kind of problem: "unresolved-ref"
	Message  string // what is wrong, and what to do
}

// Error returns the line that a user sees: file:line:col: severity: message [code].
func (d *Diagnostic) Error() string {
	var b strings.Builder
	if pos := d.Pos.String(); pos != "" {
		b.WriteString(pos + ": ")
	}
	b.WriteString(d.Severity.String() + ": " + d.Message)
	if d.Code != "" {
		b.WriteString(" [" + d.Code + "]")
	}
	return b.String()
}

// Errorf returns an error at pos.
func Errorf(pos Pos, code, format string, args ...any) *Diagnostic {
	return &Diagnostic{Pos: pos, Severity: Error, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Warningf returns a warning at pos.
func Warningf(pos Pos, code, format string, args ...any) *Diagnostic {
	return &Diagnostic{Pos: pos, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)}
}

// List collects the diagnostics of a run. Its zero value is empty and ready;
// it is not safe for concurrent use.
type List struct {
	all  []*Diagnostic
	seen map[Diagnostic]bool
}

// Add appends err, which may be nil, a Diagnostic, several joined by
// [errors.Join], be they wrapped or not, or any other error, which is then an
// Error without a place. What wraps a Diagnostic adds nothing to it: it was
// found deeper, so it says more.
// The same problem at the same place is kept once, however often it is met.
func (l *List) Add(err error) {
	if err == nil {
		return
	}
	if many := joined(err); len(many) > 0 {
		for _, e := range many {
			l.Add(e)
		}
		return
	}
	var d *Diagnostic
	if !errors.As(err, &d) {
		d = &Diagnostic{Severity: Error, Message: err.Error()}
	}
	if l.seen[*d] {
		return
	}
	if l.seen == nil {
		l.seen = map[Diagnostic]bool{}
	}
	l.seen[*d] = true
	l.all = append(l.all, d)
}

// joined returns the errors that err is made of, or those that it wraps if there
// is a Diagnostic among them. There are none if it is one error.
func joined(err error) []error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if _, one := e.(*Diagnostic); one {
			return nil
		}
		many, ok := e.(interface{ Unwrap() []error })
		if !ok {
			continue
		}
		var d *Diagnostic
		if e == err || errors.As(e, &d) {
			return many.Unwrap()
		}
		return nil // the message that wraps them says more
	}
	return nil
}

// Errorf adds an error at pos.
func (l *List) Errorf(pos Pos, code, format string, args ...any) {
	l.Add(Errorf(pos, code, format, args...))
}

// Warningf adds a warning at pos.
func (l *List) Warningf(pos Pos, code, format string, args ...any) {
	l.Add(Warningf(pos, code, format, args...))
}

// Sorted returns the diagnostics in document order.
func (l *List) Sorted() []*Diagnostic {
	sorted := slices.Clone(l.all)
	slices.SortStableFunc(sorted, func(a, b *Diagnostic) int { return a.Pos.Compare(b.Pos) })
	return sorted
}

// Len returns the number of diagnostics.
func (l *List) Len() int { return len(l.all) }

// Failed reports whether the list holds an error.
func (l *List) Failed() bool {
	return slices.ContainsFunc(l.all, func(d *Diagnostic) bool { return d.Severity == Error })
}

// Err returns the errors of the list joined in document order, or nil.
func (l *List) Err() error {
	var errs []error
	for _, d := range l.Sorted() {
		if d.Severity == Error {
			errs = append(errs, d)
		}
	}
	return errors.Join(errs...)
}
