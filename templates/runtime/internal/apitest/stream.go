package apitest

import (
	"bytes"
	"iter"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Items reads a stream to its end: its values, and the error that it ended with.
func Items[T any](seq iter.Seq2[T, error]) ([]T, error) {
	items := []T{}
	for item, err := range seq {
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
	return items, nil
}

// values returns the values of an answer that is a stream as a JSON array, nil
// if it is none.
func (c *Call) values() []byte {
	var list []string
	switch media := strings.ToLower(strings.TrimSpace(c.media)); {
	case media == "text/event-stream":
		for _, e := range events(string(c.answer)) {
			if c.op.End != "" && e["data"] == c.op.End {
				break
			}
			list = append(list, c.event(e))
		}
	case strings.Contains(media, "ndjson"), strings.Contains(media, "json-seq"), strings.Contains(media, "jsonl"),
		strings.Contains(media, "json-lines"), strings.Contains(media, "nd-json"), strings.Contains(media, "ldjson"), strings.Contains(media, "stream"), c.op.Lines:
		for line := range strings.SplitSeq(string(c.answer), "\n") {
			if line = strings.Trim(line, "\x1e \t\r"); line != "" {
				list = append(list, c.inner(line))
			}
		}
	default:
		return nil
	}
	return []byte("[" + strings.Join(list, ",") + "]")
}

// inner is what a method yields of a line.
func (c *Call) inner(line string) string {
	if c.op.Result == "" {
		return line
	}
	members, err := object([]byte(line))
	if err != nil || members[c.op.Result] == nil {
		return "null"
	}
	return string(members[c.op.Result])
}

// events splits a stream of events into their fields: the lines of each.
func events(text string) []map[string]string {
	var list []map[string]string
	for block := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		fields := map[string]string{}
		for line := range strings.SplitSeq(block, "\n") {
			name, value, _ := strings.Cut(line, ":")
			value = strings.TrimPrefix(value, " ")
			if before, ok := fields[name]; ok && name == "data" {
				value = before + "\n" + value
			}
			fields[name] = value
		}
		if _, ok := fields["data"]; ok {
			list = append(list, fields)
		}
	}
	return list
}

// event returns an event as JSON: its data, or an object of its fields.
func (c *Call) event(fields map[string]string) string {
	data := asJSON(fields["data"])
	if !c.op.Whole || fields["event"] == "" && strings.Contains(data, `"event"`) && strings.Contains(data, `"data"`) {
		return data
	}
	object := `{"data":` + data
	for _, name := range []string{"event", "id"} {
		if v, ok := fields[name]; ok {
			object += `,"` + name + `":` + quoted(v)
		}
	}
	if v, ok := fields["retry"]; ok {
		object += `,"retry":` + v
	}
	return object + "}"
}

// asJSON returns a text that is JSON as it is, and any other as a JSON string.
func asJSON(text string) string {
	if jsontext.Value(text).IsValid() {
		return text
	}
	return quoted(text)
}

func quoted(text string) string {
	quoted, err := jsontext.AppendQuote(nil, text)
	if err != nil {
		return `""`
	}
	return string(bytes.Clone(quoted))
}

// eventsOf returns the events of a list that has nothing else.
func eventsOf(list any) ([]api.Event, bool) {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice || v.Type().Elem().Name() != "Event" {
		return nil, false
	}
	var events []api.Event
	for i := range v.Len() {
		e, ok := api.EventOf(v.Index(i).Interface())
		if !ok {
			return nil, false
		}
		events = append(events, e)
	}
	return events, true
}

// compareEvents returns where events that the API does not describe are not
// those of the answer.
func (c *Call) compareEvents(got []api.Event) []string {
	want := events(string(c.answer))
	var differences []string
	for i, e := range want {
		if i >= len(got) || got[i].Data != e["data"] || got[i].Type != e["event"] {
			differences = append(differences, "event "+quoted(e["data"])+" is not there")
		}
	}
	return differences
}
