package api

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

func TestEditValue(t *testing.T) {
	for _, tt := range []struct {
		name, in, path, value string // no value takes out
		want                  string // or the error
	}{
		{"replace", `{"a":1,"b":2}`, "a", `3`, `{"a":3,"b":2}`},
		{"add", `{"b":2}`, "a", `"x"`, `{"b":2,"a":"x"}`},
		{"null", `{"a":1}`, "a", `null`, `{"a":null}`},
		{"inside", `{"a":{"b":{"c":1}}}`, "a.b.c", `2`, `{"a":{"b":{"c":2}}}`},
		{"made on the way", `{}`, "a.b.c", `2`, `{"a":{"b":{"c":2}}}`},
		{"in place of null", `{"a":null}`, "a.b", `1`, `{"a":{"b":1}}`},
		{"a dot in a name", `{"a.b":1,"a":2}`, `a\.b`, `3`, `{"a.b":3,"a":2}`},
		{"a backslash in a name", `{}`, `a\\b`, `3`, `{"a\\b":3}`},
		{"a name in quotes", `{}`, `a"b`, `3`, `{"a\"b":3}`},
		{"an escaped name", `{"\u0061":1}`, "a", `3`, `{"\u0061":3}`},
		{"an element", `{"a":[1,2]}`, "a.1", `3`, `{"a":[1,3]}`},
		{"after the last", `{"a":[1]}`, "a.1", `3`, `{"a":[1,3]}`},
		{"appended", `{"a":[]}`, "a.-1", `3`, `{"a":[3]}`},
		{"an object in an element", `[{"a":1}]`, "0.a", `3`, `[{"a":3}]`},
		{"a number as a name", `{}`, "0", `3`, `{"0":3}`},
		{"take out", `{"a":1,"b":2}`, "a", ``, `{"b":2}`},
		{"take out what is not there", `{"a":1}`, "b.c", ``, `{"a":1}`},
		{"take out an element", `[1,2,3]`, "1", ``, `[1,3]`},
		{"take out after the last", `[1]`, "1", ``, `[1]`},
		{"take out below a text", `{"a":"x"}`, "a.b", ``, `{"a":"x"}`},
		{"numbers stay as they are", `{"n":12345678901234567890.0,"a":1}`, "a", `2`, `{"n":12345678901234567890.0,"a":2}`},
		{"below a text", `{"a":"x"}`, "a.b", `1`, `"b" is in a string`},
		{"no place in a list", `[1]`, "x", `1`, `"x" is no place in a list of 1`},
		{"beyond a list", `[1]`, "5", `1`, `"5" is no place in a list of 1`},
		{"before a list", `[1]`, "-2", `1`, `"-2" is no place in a list of 1`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			way, err := splitPath(tt.path)
			if err != nil {
				t.Fatal(err)
			}
			var value jsontext.Value
			if tt.value != "" {
				value = jsontext.Value(tt.value)
			}
			got, err := editValue(jsontext.Value(tt.in), way, value)
			if err != nil {
				got = jsontext.Value(err.Error())
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSplitPath(t *testing.T) {
	for _, bad := range []string{"", ".", "a.", ".a", "a..b", `a\`} {
		if way, err := splitPath(bad); err == nil {
			t.Errorf("splitPath(%q) = %q", bad, way)
		}
	}
}

// What is set at a path is found at it, and can be taken out again.
func FuzzEdit(f *testing.F) {
	f.Add(`{"a":{"b":[1,{"c":null}]}}`, "a.b", "x")
	f.Add(`{}`, `a\.b.c`, "")
	f.Add(`[[1],2]`, "0.-1", "x")
	f.Fuzz(func(t *testing.T, in, path, text string) {
		way, err := splitPath(path)
		value, err2 := json.Marshal(text)
		if err != nil || err2 != nil || !jsontext.Value(in).IsValid() {
			return
		}
		out, err := editValue(jsontext.Value(in), way, value)
		if err != nil {
			return
		}
		if !out.IsValid() {
			t.Fatalf("%s with %q = %s", in, path, out)
		}
		lists := strings.Contains(in, "[") // -1 and places in lists are not for lookup
		if got := lookup(out, way); !lists && string(got) != string(value) {
			t.Fatalf("%s with %q = %s has %s", in, path, out, got)
		}
		gone, err := editValue(out, way, nil)
		if err != nil || !lists && lookup(gone, way) != nil {
			t.Fatalf("%s without %q = %s, %v", out, path, gone, err)
		}
	})
}
