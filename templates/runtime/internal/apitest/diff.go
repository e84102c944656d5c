package apitest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

func isJSON(text []byte) bool {
	return jsontext.Value(text).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

func object(text []byte) (map[string]jsontext.Value, error) {
	var members map[string]jsontext.Value
	err := json.Unmarshal(text, &members, api.Lenient())
	return members, err
}

// comparePage compares a page with the answer that it was read from. A page
// leaves out what only tells whether the call succeeded.
func comparePage(answer, page []byte) ([]string, error) {
	if jsontext.Value(answer).Kind() == '[' {
		return diff("", answer, page)
	}
	got, err := object(page)
	if err != nil {
		return nil, err
	}
	want, err := object(answer)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if want[name] == nil {
			list = append(list, pointer("", name)+" is too many: "+string(excerpt(got[name])))
			continue
		}
		found, err := diff(pointer("", name), want[name], got[name])
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok && want[name].Kind() == '[' && len(want[name]) > len("[]") && !slices.Contains(envelope, name) {
			list = append(list, pointer("", name)+" is missing")
		}
	}
	return list, nil
}

// envelope are the members of an answer that a page may leave out although they
// are lists.
var envelope = []string{"errors", "messages", "warnings"}

// diff compares two JSON texts member by member and returns where they differ.
// Numbers are equal if they are the same number, and times if they are the same
// moment, however they are written.
func diff(at string, want, got jsontext.Value) ([]string, error) {
	if bytes.Equal(want, got) {
		return nil, nil
	}
	switch kind := want.Kind(); {
	case kind == '{' && got.Kind() == '{':
		return diffObjects(at, want, got)
	case kind == '[' && got.Kind() == '[':
		return diffLists(at, want, got)
	case kind == '"' && got.Kind() == '"':
		var w, g string
		if err := json.Unmarshal(want, &w, api.Lenient()); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(got, &g, api.Lenient()); err != nil {
			return nil, err
		}
		if w == g || sameTime(w, g) {
			return nil, nil
		}
	case kind == '0' && got.Kind() == '0' && sameNumber(string(want), string(got)):
		return nil, nil
	}
	return []string{fmt.Sprintf("%s is %s, not %s", place(at), excerpt(got), excerpt(want))}, nil
}

func diffObjects(at string, want, got jsontext.Value) ([]string, error) {
	w, err := object(want)
	if err != nil {
		return nil, err
	}
	g, err := object(got)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(w)) {
		if g[name] == nil {
			if w[name].Kind() != 'n' { // what is only received has no null of its own
				list = append(list, pointer(at, name)+" is missing: "+string(excerpt(w[name])))
			}
			continue
		}
		found, err := diff(pointer(at, name), w[name], g[name])
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	for _, name := range slices.Sorted(maps.Keys(g)) {
		if w[name] == nil {
			list = append(list, pointer(at, name)+" is too many: "+string(excerpt(g[name])))
		}
	}
	return list, nil
}

func diffLists(at string, want, got jsontext.Value) ([]string, error) {
	var w, g []jsontext.Value
	if err := json.Unmarshal(want, &w, api.Lenient()); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(got, &g, api.Lenient()); err != nil {
		return nil, err
	}
	if len(w) != len(g) {
		return []string{fmt.Sprintf("%s has %d elements, not %d", place(at), len(g), len(w))}, nil
	}
	var list []string
	for i := range w {
		found, err := diff(pointer(at, strconv.Itoa(i)), w[i], g[i])
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// pointer is the JSON pointer of a member (RFC 6901).
func pointer(at, name string) string {
	return at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func place(at string) string {
	if at == "" {
		return "the whole"
	}
	return at
}

func sameTime(a, b string) bool {
	t, err := time.Parse(time.RFC3339Nano, a)
	u, err2 := time.Parse(time.RFC3339Nano, b)
	return err == nil && err2 == nil && t.Equal(u)
}

func sameNumber(a, b string) bool {
	i, err := strconv.ParseInt(a, 10, 64)
	j, err2 := strconv.ParseInt(b, 10, 64)
	if err == nil && err2 == nil {
		return i == j
	}
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err == nil && err2 == nil && x == y
}
