package sdktest

import (
	"net/url"
	"reflect"
	"strings"
)

// A table is what the tag of an operation's field says of it:
//
//	route:"GET /things/{id}" in:"0=path:id Limit=query:limit .=json" out:"value unwrap=result"
//
// A list of words, of which some have a value. In values what could end a word
// is escaped as in a query, and the steps of a way are separated by slashes.
// In tells for an argument, by its number, or a field of the params struct, where
// in the request it is: its place, style and name. A dot is the struct itself.
type table struct {
	method string
	path   template
	in     []input
	out    words
	flag   string // a member of the body that the method sets itself
}

// input is a parameter, or the body.
type input struct {
	to    string // the field; the number of an argument; "." for the whole struct
	place string // path, query, header, cookie; of the body what it is: json, xml, form, multipart, text, stream
	style string // "" is the default
	name  string
}

// words are the words of a tag, with the values of those that have one.
type words map[string]string

func parseTable(tag reflect.StructTag) table {
	var t table
	method, path, _ := strings.Cut(tag.Get("route"), " ")
	t.method, t.path = method, parseTemplate(path)
	for word := range strings.FieldsSeq(tag.Get("in")) {
		to, where, _ := strings.Cut(word, "=")
		where, name, _ := strings.Cut(where, ":")
		place, style, _ := strings.Cut(where, "+")
		if to == "" { // the method's own
			t.flag = unescaped(name)
			continue
		}
		t.in = append(t.in, input{to, place, style, unescaped(name)})
	}
	t.out = parseWords(tag.Get("out"))
	return t
}

func parseWords(text string) words {
	w := words{}
	for word := range strings.FieldsSeq(text) {
		name, value, _ := strings.Cut(word, "=")
		w[name] = value
	}
	return w
}

func (w words) has(name string) bool {
	_, ok := w[name]
	return ok
}

func (w words) text(name string) string { return unescaped(w[name]) }

// way returns a way of member names.
func (w words) way(name string) []string {
	if w[name] == "" {
		return nil
	}
	steps := strings.Split(w[name], "/")
	for i := range steps {
		steps[i] = unescaped(steps[i])
	}
	return steps
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
