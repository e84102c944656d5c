package streaming

import (
	"bytes"
	"io"
)

// separator stands before each value of a sequence.
const separator = 0x1e

// sequence is a JSON text sequence (RFC 7464): values that each have a record
// separator before them and a line break behind them.
type sequence struct{ input }

func newSequence(r io.Reader, limit int) *sequence {
	return &sequence{input{r: r, limit: limit}}
}

// next returns the next value. It does not wait for the separator of the one
// after it: a line break outside of everything ends a value.
func (s *sequence) next() (record, error) {
	var at place
	for scanned := 0; ; {
		rest := s.rest()
		for ; scanned < len(rest); scanned++ {
			if scanned > s.limit {
				return record{}, tooLong("a value", s.limit)
			}
			c := rest[scanned]
			if c != separator && !(c == '\n' && at.outside()) {
				at.step(c)
				continue
			}
			text := bytes.TrimSpace(s.use(scanned + 1)[:scanned])
			if len(text) > 0 {
				if c == separator && at.open() {
					return record{}, io.ErrUnexpectedEOF
				}
				return record{data: text}, nil
			}
			rest, scanned, at = s.rest(), -1, place{}
		}
		if !s.fill() {
			text := bytes.TrimSpace(s.use(scanned))
			switch {
			case s.err != io.EOF || len(text) == 0:
				return record{}, s.err
			case at.open():
				return record{}, io.ErrUnexpectedEOF
			}
			return record{data: text}, nil
		}
	}
}

// place is where in a JSON value a byte is.
type place struct {
	depth   int  // of objects and arrays
	text    bool // in a string
	escaped bool // behind its backslash
	last    byte
}

func (p *place) step(c byte) {
	p.last = c
	switch {
	case p.escaped:
		p.escaped = false
	case p.text:
		p.escaped, p.text = c == '\\', c != '"'
	case c == '"':
		p.text = true
	case c == '{' || c == '[':
		p.depth++
	case c == '}' || c == ']':
		p.depth--
	}
}

// outside reports whether no string, array or object is open.
func (p *place) outside() bool { return p.depth <= 0 && !p.text }

// open reports whether a value that ends here without a line break may have
// been cut off: so may a number or a word (RFC 7464, section 2.4).
func (p *place) open() bool {
	return !p.outside() || p.last != '}' && p.last != ']' && p.last != '"' && p.last > ' '
}
