package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// What gen init writes changes nothing: as it is, and with each line in it that
// is a decision pinned.
func TestInitChangesNothing(t *testing.T) {
	pinned := 0
	for _, c := range some(golden.Read(t, goldens)) {
		if _, ok := c.In["gen.yaml"]; ok {
			continue // which says what is not inferred
		}
		want, _, err := generateIn(t, c.In, sdk, false) // and leaves us in its folder
		if err != nil {
			continue
		}
		var stderr bytes.Buffer
		if code := run([]string{"init", "openapi.yaml", "-o", "out", "-p", "sdk", "--module", sdk, "-q"}, nil, io.Discard, &stderr); code != exitDone {
			t.Errorf("%s: %d: %s", c.Name, code, &stderr)
			continue
		}
		text, err := os.ReadFile("gen.yaml")
		if err != nil {
			t.Fatal(err)
		}
		all, lines := uncommented(string(text))
		pinned += lines
		for what, text := range map[string]string{"as it is": string(text), "pinned": all} {
			writeFiles(t, ".", map[string][]byte{"gen.yaml": []byte(text)})
			got := generated(t, c.Name+" "+what)
			if !maps.EqualFunc(got, want, bytes.Equal) {
				t.Errorf("%s %s: other files come out with\n%s", c.Name, what, text)
			}
		}
	}
	if pinned < 25 {
		t.Errorf("only %d lines were pinned", pinned)
	}
}

// some returns all cases, or one in four of them in a short run.
func some(all []golden.Case) []golden.Case {
	if !testing.Short() {
		return all
	}
	var list []golden.Case
	for i := 0; i < len(all); i += 4 {
		list = append(list, all[i])
	}
	return list
}

var decision = regexp.MustCompile(`^#[a-z]`)

// uncommented returns a config with every decision pinned, and how many lines
// that are.
func uncommented(text string) (string, int) {
	var lines []string
	pinned, inside := 0, false
	for line := range strings.Lines(text) {
		inside = decision.MatchString(line) || inside && strings.HasPrefix(line, "#  ")
		if inside {
			line = strings.TrimPrefix(line, "#")
			pinned++
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, ""), pinned
}

// generated makes what gen.yaml in the current folder says.
func generated(t *testing.T, name string) map[string][]byte {
	t.Helper()
	made, err := generate.Run(generate.Options{ConfigFile: "gen.yaml"})
	if err != nil || made.Files == nil {
		t.Fatalf("%s: %v %v", name, err, made.Problems.Err())
	}
	return made.Files
}

func TestQuoted(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"abc", "abc"},
		{"a.b/c_d-e", "a.b/c_d-e"},
		{"", `""`},
		{"true", `"true"`},
		{"null", `"null"`},
		{"~", `"~"`},
		{"1.26", `"1.26"`},
		{"GET /a/{b}", `"GET /a/{b}"`},
		{"a: b", `"a: b"`},
		{"a #b", `"a #b"`},
		{"-", `"-"`},
		{"line\nbreak", `"line\nbreak"`},
		{`q"q`, `"q\"q"`},
	} {
		if got := quoted(tt.in); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.in, got, tt.want)
		}
	}
}
