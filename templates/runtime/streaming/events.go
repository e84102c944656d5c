package streaming

import (
	"bytes"
	"io"
	"strconv"
	"time"
)

// A record is what a stream holds one after another.
type record struct {
	data []byte // valid until the next is read

	// Of an event only.
	name   string
	id     string // its own
	hasID  bool
	retry  time.Duration // what it says
	timing bool          // whether it says it
}

// events is an event stream (WHATWG HTML, section 9.2.6).
type events struct {
	lines
	end   string // the data of the last event; "" if the description does not say
	began bool
	known bool // something in it was that of an event stream
	data  []byte
	name  string // the last one, which is likely to come again

	lastID string        // the last event ID that was in force at the end of an event
	retry  time.Duration // what the server asks to wait before it is asked again
	timing bool
}

func newEvents(r io.Reader, limit int, end string) *events {
	return &events{lines: lines{input: input{r: r, limit: limit}, cr: true}, end: end}
}

// done is the data of the last event of many APIs, whether they describe it or not.
const done = "[DONE]"

// isEnd reports whether an event with this data is the last.
func (e *events) isEnd(data []byte) bool {
	return string(data) == done || e.end != "" && string(data) == e.end
}

// next returns the next event that has data. An event that the end of the stream
// cuts off is io.ErrUnexpectedEOF, unless it is the last one anyway.
func (e *events) next() (record, error) {
	var rec record
	id, hasData, begun := e.lastID, false, false
	e.data = e.data[:0]
	for {
		line, _, err := e.lines.next()
		switch {
		case err == io.EOF && hasData && e.isEnd(e.data[:len(e.data)-1]):
			rec.data = e.data[:len(e.data)-1]
			return rec, nil
		case err == io.EOF && begun:
			return record{}, io.ErrUnexpectedEOF
		case err != nil:
			return record{}, err
		case !e.began:
			e.began = true
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(line) == 0 {
			e.lastID = id
			if hasData {
				rec.data = e.data[:len(e.data)-1]
				return rec, nil
			}
			rec, begun = record{}, false
			continue
		}
		name, value, _ := bytes.Cut(line, []byte(":")) // a comment has no name
		value = bytes.TrimPrefix(value, []byte(" "))
		switch string(name) {
		case "data", "event", "id", "retry":
			begun, e.known = true, true
		case "":
			e.known = true
		}
		switch string(name) {
		case "data":
			if len(e.data)+len(value) > e.limit {
				return record{}, tooLong("an event", e.limit)
			}
			e.data, hasData = append(append(e.data, value...), '\n'), true
		case "event":
			rec.name = e.named(value)
		case "id":
			if bytes.IndexByte(value, 0) < 0 {
				id = text(value)
				rec.id, rec.hasID = id, true
			}
		case "retry":
			if ms, ok := digits(value); ok {
				e.retry, e.timing = ms, true
				rec.retry, rec.timing = ms, true
			}
		}
	}
}

// named returns the name of an event. It is the same one mostly.
func (e *events) named(value []byte) string {
	if string(value) != e.name {
		e.name = text(value)
	}
	return e.name
}

// digits reads a time in milliseconds, which is digits only. No time is longer
// than maxWait.
func digits(value []byte) (time.Duration, bool) {
	if len(value) == 0 || len(bytes.Trim(value, "0123456789")) > 0 {
		return 0, false
	}
	ms, err := strconv.ParseInt(string(value), 10, 64)
	if most := int64(maxWait / time.Millisecond); err != nil || ms > most {
		ms = most // more than a number can say is still digits
	}
	return time.Duration(ms) * time.Millisecond, true
}

// text is what bytes of UTF-8 say.
func text(b []byte) string { return string(bytes.ToValidUTF8(b, []byte("\ufffd"))) }
