package apierror

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// problems returns what e's body reports in the form that Data describes, or
// nothing if it is in another form.
func problems(e *Error) []Data {
	var b body
	if e.Decode(&b) != nil {
		return nil
	}
	return b.data()
}

// summarize returns the code and the message of the first problem. If the API
// answered in a form that it does not describe, as a gateway in front of it
// may, the usual forms of others are tried.
func summarize(e *Error) (code, message string) {
	for i := range e.Errors {
		if code, message = e.Errors[i].summary(); code != "" || message != "" {
			return code, message
		}
	}
	var content jsontext.Value
	if e.Decode(&content) != nil {
		return "", ""
	}
	for _, p := range guess(content) {
		if p.code != "" || p.message != "" {
			return p.code, p.message
		}
	}
	return "", ""
}

func lenient() json.Options {
	return json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// problem is a problem in a body of unknown form.
type problem struct {
	code, message string
	members       map[string]jsontext.Value
}

// guess finds the problems in the forms that are common:
//
//	{"errors": [{"code": 1, "message": "text"}]}, and "text" for an element
//	{"errors": {"field": ["text"]}}
//	{"error": {"code": 1, "type": "t", "message": "text"}}
//	{"error": "text"}, {"error": "code", "error_description": "text"}
//	{"message": "text"}, {"detail": "text"}
//	{"type": "uri", "title": "text", "detail": "text"}   RFC 9457
//	[{"code": 1, "message": "text"}], "text"
//
// Names may be in upper case as well, as they are in XML.
func guess(v jsontext.Value) []problem {
	switch v.Kind() {
	case '[':
		return problemList(v)
	case '{':
	default:
		return present(asProblem(v))
	}
	m := members(v)
	if list := problemList(find(m, "errors")); len(list) > 0 {
		return list
	}
	if v := find(m, "error"); v != nil {
		p := asProblem(v)
		if detail := first(m, "error_description", "message", "detail"); v.Kind() == '"' && detail != "" {
			p.code, p.message = p.message, detail
		}
		if p.code == "" {
			p.code = first(m, "code", "error_code")
		}
		if list := present(p); len(list) > 0 {
			return list
		}
	}
	return present(asProblem(v))
}

func problemList(v jsontext.Value) []problem {
	var list []problem
	switch v.Kind() {
	case '[':
		var raw []jsontext.Value
		if err := json.Unmarshal(v, &raw, lenient()); err != nil {
			return nil
		}
		for _, v := range raw {
			list = append(list, present(asProblem(v))...)
		}
	case '{':
		dec := jsontext.NewDecoder(bytes.NewReader(v), lenient())
		if _, err := dec.ReadToken(); err != nil {
			return nil
		}
		for dec.PeekKind() == '"' {
			name, err := dec.ReadToken()
			if err != nil {
				return list
			}
			field := name.String()
			v, err := dec.ReadValue()
			if err != nil {
				return list
			}
			if text := words(v, 0); text != "" {
				list = append(list, problem{message: field + ": " + text})
			}
		}
	}
	return list
}

// words returns a text, or the first text of a list. A list in a list may have
// one too, and so on, but not without end, since each is read again.
func words(v jsontext.Value, depth int) string {
	const most = 4
	if v.Kind() != '[' {
		return text(v)
	}
	dec := jsontext.NewDecoder(bytes.NewReader(v), lenient())
	if _, err := dec.ReadToken(); err != nil || depth == most || dec.PeekKind() == ']' {
		return ""
	}
	first, err := dec.ReadValue()
	if err != nil {
		return ""
	}
	return words(first, depth+1)
}

func asProblem(v jsontext.Value) problem {
	if v.Kind() != '{' {
		return problem{message: text(v)}
	}
	m := members(v)
	p := problem{
		code:    first(m, "code", "error_code", "errorCode", "type", "reason"),
		message: first(m, "message", "detail", "error_description", "description", "title", "msg", "error", "reason"),
		members: m,
	}
	return p
}

func present(p problem) []problem {
	if p.code == "" && p.message == "" {
		return nil
	}
	return []problem{p}
}

func members(v jsontext.Value) map[string]jsontext.Value {
	var m map[string]jsontext.Value
	if err := json.Unmarshal(v, &m, lenient()); err != nil {
		return nil
	}
	return m
}

// first returns the first of the members that is a text or a number.
func first(m map[string]jsontext.Value, names ...string) string {
	for _, name := range names {
		if s := text(find(m, name)); s != "" {
			return s
		}
	}
	return ""
}

// find returns the member of a name, or of one that differs in case only.
func find(m map[string]jsontext.Value, name string) jsontext.Value {
	if v, ok := m[name]; ok {
		return v
	}
	var like []string
	for other := range m {
		if strings.EqualFold(other, name) {
			like = append(like, other)
		}
	}
	if len(like) == 0 {
		return nil
	}
	return m[slices.Min(like)]
}

// text returns a JSON string or number, or any Go value that has a text, as
// text; "" for what has none or is zero.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case jsontext.Value:
		switch v.Kind() {
		case '"':
			var s string
			if err := json.Unmarshal(v, &s, lenient()); err != nil {
				return ""
			}
			return s
		case '0':
			return string(v)
		}
		return ""
	case interface{ Any() any }: // a param.Opt
		return text(v.Any())
	}
	if value, ok := param.Unwrap(reflect.ValueOf(v)); ok {
		return text(value.Interface())
	}
	if s := fmt.Sprint(v); s != "0" {
		return s
	}
	return ""
}
