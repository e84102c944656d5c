package streaming

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// errSkip is what decode returns for an event that says nothing.
var errSkip = errors.New("it says nothing")

// decode reads a record into what out points to.
func (s *source) decode(rec record, out any) error {
	if s.events == nil {
		return s.value(rec.data, out)
	}
	event, raw := out.(*Event)
	if raw || s.config.OnEvent != nil {
		e := Event{Type: rec.name, ID: s.events.lastID, Data: text(rec.data)}
		if s.config.OnEvent != nil {
			s.config.OnEvent(api.Event(e))
		}
		if raw {
			*event = e
		}
	}
	switch {
	case s.events.isEnd(rec.data):
		s.stream.Finish()
		return io.EOF
	case !s.format.Typed && rec.name == "error":
		return s.stream.Failure(slices.Clone(rec.data), "the stream has the event error")
	case raw:
		return nil
	case len(rec.data) == 0 && !s.isText(&rec) && (!s.format.Whole || rec.name == ""):
		return errSkip // some servers send these to keep the connection
	}
	data := s.data(&rec)
	if s.format.Whole {
		if rec.name == "" && isEvent(data) {
			return s.stream.Decode(data, out)
		}
		return s.stream.Decode(rec.object(data), out)
	}
	return s.value(data, out)
}

// value reads JSON into what out points to, unless it says that the call
// failed.
func (s *source) value(data []byte, out any) error {
	if !s.format.Typed && failed(data) {
		return s.stream.Failure(slices.Clone(data), "the stream says so")
	}
	if s.req.Unwrap != "" {
		var members map[string]jsontext.Value
		if err := json.Unmarshal(data, &members, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
			return s.stream.Decode(data, out) // which says what is wrong
		}
		if data = members[s.req.Unwrap]; data == nil {
			return s.stream.Errorf("a value of the stream has no member %q", s.req.Unwrap)
		}
	}
	return s.stream.Decode(data, out)
}

// isEvent reports whether data is itself an object with a name and data, as of
// an API that describes an event and sends it as the data of one.
func isEvent(data []byte) bool {
	var v struct {
		Event jsontext.Value `json:"event"`
		Data  jsontext.Value `json:"data"`
	}
	err := json.Unmarshal(data, &v, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return err == nil && v.Event.Kind() == '"' && v.Data != nil
}

// failed reports whether a value is an object with a member error that is
// neither null, false nor empty.
func failed(data []byte) bool {
	var v struct {
		Error jsontext.Value `json:"error"`
	}
	if !mentions(data) || json.Unmarshal(data, &v, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) != nil {
		return false
	}
	switch v.Error.Kind() {
	case '{':
		return true
	case '"':
		return string(v.Error) != `""`
	}
	return false
}

// data returns the data of an event as JSON.
func (s *source) data(rec *record) []byte {
	isText := s.isText(rec)
	if !isText && jsontext.Value(rec.data).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) {
		return rec.data
	}
	if !isText && !s.format.Whole {
		return rec.data // which the decoder says of what is wrong
	}
	return quote(text(rec.data))
}

// isText reports whether the data of an event is text and not JSON.
func (s *source) isText(rec *record) bool {
	return s.format.Text != slices.Contains(s.format.Mixed, rec.name)
}

// object returns an event as a JSON object of the fields that it has.
func (rec *record) object(data []byte) []byte {
	object := append([]byte(`{"data":`), data...)
	if rec.name != "" {
		object = append(append(object, `,"event":`...), quote(rec.name)...)
	}
	if rec.hasID {
		object = append(append(object, `,"id":`...), quote(rec.id)...)
	}
	if rec.timing {
		object = strconv.AppendInt(append(object, `,"retry":`...), rec.retry.Milliseconds(), 10)
	}
	return append(object, '}')
}

// quote returns a text as a JSON string.
func quote(text string) []byte {
	quoted, err := jsontext.AppendQuote(nil, text)
	if err != nil {
		panic(err) // only text that is no UTF-8 cannot be quoted, and it was made so
	}
	return quoted
}

// mentions reports whether it is worth a look whether data has a member error.
func mentions(data []byte) bool { return bytes.Contains(data, []byte(`"error"`)) }
