package diag

// A Span is a part of a file, from where it starts to where the last thing in it
// does.
type Span struct{ From, To Pos }

// Contains reports whether a place is in the span.
func (s Span) Contains(p Pos) bool {
	return p.File == s.From.File && s.From.Compare(p) <= 0 && p.Compare(s.To) <= 0
}

// Outside returns the list without what is in one of the spans.
func (l *List) Outside(spans []Span) *List {
	outside := &List{}
	for _, d := range l.all {
		inside := false
		for _, s := range spans {
			inside = inside || s.Contains(d.Pos)
		}
		if !inside {
			outside.Add(d)
		}
	}
	return outside
}
