package streaming

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// ErrTooLong is the error of an event, or of a line, that is longer than
// option.WithMaxEventSize allows.
var ErrTooLong = errors.New("option.WithMaxEventSize allows no more")

// tooLong is the error of what is longer than limit.
func tooLong(what string, limit int) error {
	return fmt.Errorf("%s is longer than %d bytes: %w", what, limit, ErrTooLong)
}

// input is what was read of a stream and not yet used.
type input struct {
	r     io.Reader
	limit int    // of bytes that are held
	buf   []byte // unused is buf[at:]
	at    int
	err   error // of r, to be returned once all is used
}

func (in *input) rest() []byte { return in.buf[in.at:] }

// use takes the next n bytes. They are valid until fill is called.
func (in *input) use(n int) []byte {
	in.at += n
	return in.buf[in.at-n : in.at]
}

// fill reads more. It reports whether there may be any.
func (in *input) fill() bool {
	if in.err != nil {
		return false
	}
	if in.at > 0 {
		in.buf = in.buf[:copy(in.buf, in.rest())]
		in.at = 0
	}
	if len(in.buf) == cap(in.buf) {
		larger := make([]byte, len(in.buf), max(4<<10, 2*cap(in.buf)))
		copy(larger, in.buf)
		in.buf = larger
	}
	for range 100 { // a reader that never returns anything is broken
		n, err := in.r.Read(in.buf[len(in.buf):cap(in.buf)])
		in.buf = in.buf[:len(in.buf)+n]
		if in.err = err; n > 0 || err != nil {
			return true
		}
	}
	in.err = io.ErrNoProgress
	return true
}

// lines splits a stream at its line breaks: LF and CR LF, and where it says so a
// CR alone.
type lines struct {
	input
	cr   bool
	skip bool // a CR was the last: a LF that follows belongs to it
}

// next returns the next line without its break, valid until the next call.
// Ended is false for what stands behind the last break. At the end of the
// stream, or where it breaks off, it returns the reader's error.
func (l *lines) next() (line []byte, ended bool, err error) {
	for scanned := 0; ; {
		if l.skip && len(l.rest()) > 0 {
			l.skip = false
			if l.rest()[0] == '\n' {
				l.use(1)
			}
		}
		if n := l.find(scanned); n >= 0 {
			line = l.use(n + 1)
			l.skip = line[n] == '\r'
			if line = line[:n]; len(line) > l.limit {
				return nil, false, tooLong("a line", l.limit)
			}
			return line, true, nil
		}
		if scanned = len(l.rest()); scanned > l.limit {
			return nil, false, tooLong("a line", l.limit)
		}
		if !l.fill() {
			if scanned == 0 || l.err != io.EOF {
				return nil, false, l.err
			}
			return l.use(scanned), false, nil
		}
	}
}

// find returns how many bytes stand before the next line break, -1 if there is
// none yet. Those before from have none.
func (l *lines) find(from int) int {
	text := l.rest()[from:]
	n := bytes.IndexByte(text, '\n')
	if l.cr {
		before := text
		if n >= 0 {
			before = text[:n]
		}
		if cr := bytes.IndexByte(before, '\r'); cr >= 0 {
			n = cr
		}
	}
	if n < 0 {
		return -1
	}
	return from + n
}

// jsonLines are values, each on a line of its own.
type jsonLines struct{ lines }

func newJSONLines(r io.Reader, limit int) *jsonLines {
	return &jsonLines{lines{input: input{r: r, limit: limit}}}
}

func (j *jsonLines) next() (record, error) {
	for {
		line, _, err := j.lines.next()
		if err != nil {
			return record{}, err
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return record{data: line}, nil
		}
	}
}
