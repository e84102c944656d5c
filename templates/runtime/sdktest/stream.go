package sdktest

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Items is the result of an operation that answers with a stream: these values,
// and then the end.
func Items[T any](values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// stream writes values as they come. An [*Error] among them is the event error,
// and any other breaks the connection.
func (a *answer) stream(result any) (*http.Response, error) {
	f := format(a.op.table().out)
	resp := a.response(http.StatusOK, http.Header{"Content-Type": {f.media()}}, nil)
	resp.ContentLength = -1
	r, w := io.Pipe()
	resp.Body = r
	seq := reflect.ValueOf(result)
	go func() {
		if seq.IsValid() && !seq.IsNil() {
			for item, failure := range seq.Seq2() {
				err, _ := failure.Interface().(error)
				text, err := a.record(f, item.Interface(), err)
				if _, failed := w.Write(text); failed != nil {
					return // nobody reads any more
				}
				if err != nil {
					w.CloseWithError(err)
					return
				}
			}
		}
		if end := words(f).text("end"); end != "" {
			if _, err := io.WriteString(w, "data: "+end+"\n\n"); err != nil {
				return
			}
		}
		w.Close()
	}()
	return resp, nil
}

// record writes a value of a stream, or an error that the API reports in it.
func (a *answer) record(f format, item any, err error) ([]byte, error) {
	if e, ok := errors.AsType[*Error](err); ok {
		body := e.Body
		if body == nil {
			if body, err = a.server.about.problems(e, http.StatusInternalServerError); err != nil {
				return nil, err
			}
		}
		if f.framing() == "events" {
			return event("error", "", string(body)), io.EOF
		}
		return f.line(body), io.EOF
	}
	if err != nil {
		return nil, err
	}
	if e, ok := api.EventOf(item); ok {
		return event(e.Type, e.ID, e.Data), nil
	}
	data, err := api.Encode(item)
	if err != nil {
		return nil, fmt.Errorf("sdktest: a value of %s cannot be encoded: %w", a.op.name, err)
	}
	value := jsontext.Value(data)
	if err := value.Compact(); err != nil {
		return nil, err
	}
	if f.framing() == "events" {
		return f.event(value), nil
	}
	if unwrap := words(f).text("unwrap"); unwrap != "" {
		if value, err = (tree{unwrap: value}).encode(); err != nil {
			return nil, err
		}
	}
	return f.line(value), nil
}

// format is how the values of a stream are written, as a table says it.
type format words

func (f format) framing() string { return f["stream"] }

func (f format) media() string {
	usual := map[string]string{"events": "text/event-stream", "lines": "application/x-ndjson", "sequence": "application/json-seq"}
	return typed(words(f), usual[f.framing()]).Get("Content-Type")
}

func (f format) line(data []byte) []byte {
	if f.framing() == "sequence" {
		data = append([]byte{0x1e}, data...)
	}
	return append(data, '\n')
}

// event writes a value as an event: its data, or an object of its fields.
func (f format) event(value jsontext.Value) []byte {
	w := words(f)
	if !w.has("whole") {
		return event("", "", f.data(value, ""))
	}
	name := text(member(value, []string{"event"}))
	written := event(name, text(member(value, []string{"id"})), f.data(member(value, []string{"data"}), name))
	if retry := text(member(value, []string{"retry"})); retry != "" {
		written = append([]byte("retry: "+retry+"\n"), written...)
	}
	return written
}

// data returns the data of an event.
func (f format) data(value jsontext.Value, name string) string {
	w := words(f)
	isText := w.has("text") != slices.Contains(w.way("mixed"), name)
	if isText && value.Kind() == '"' {
		return text(value)
	}
	return string(value)
}

// event writes an event.
func event(name, id, data string) []byte {
	var b strings.Builder
	if name != "" {
		b.WriteString("event: " + name + "\n")
	}
	if id != "" {
		b.WriteString("id: " + id + "\n")
	}
	for line := range strings.SplitSeq(data, "\n") {
		b.WriteString("data: " + line + "\n")
	}
	return []byte(b.String() + "\n")
}
