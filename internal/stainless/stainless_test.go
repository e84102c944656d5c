package stainless

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// translated is what a case comes to: the config, the overlay and what was said.
func translated(t testing.TB, file, description string) map[string]string {
	f, problems := Parse("stainless.yml", []byte(file))
	out := map[string]string{}
	if f != nil {
		name := filepath.Join(t.TempDir(), "openapi.yaml")
		if err := os.WriteFile(name, []byte(description), 0o666); err != nil {
			t.Fatal(err)
		}
		doc, list := spec.Load(name, spec.Options{})
		if err := list.Err(); err != nil {
			t.Fatal(err)
		}
		result, said := Translate(f, doc)
		text := config.Format(result.Config)
		out["gen.yaml"] = string(text)
		if result.Overlay != nil {
			out["gen.overlay.yaml"] = string(result.Overlay)
		}
		if _, list := config.Parse("gen.yaml", text); list.Failed() {
			t.Errorf("the config that comes out is wrong: %v\n%s", list.Err(), text)
		}
		for _, d := range said.Sorted() {
			problems.Add(d)
		}
	}
	var lines strings.Builder
	for _, d := range problems.Sorted() {
		lines.WriteString(d.Error() + "\n")
	}
	if lines.Len() > 0 {
		out["diagnostics"] = lines.String()
	}
	return out
}

func TestGolden(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(in map[string]string) (map[string]string, error) {
		return translated(t, in["stainless.yml"], in["openapi.yaml"]), nil
	})
}

func FuzzParse(f *testing.F) {
	cases := golden.Read(f, "testdata/*.txtar")
	for _, c := range cases {
		f.Add([]byte(c.In["stainless.yml"]))
	}
	f.Add([]byte("resources: {$shared: {models: {a: $..*}}, a: {methods: {b: {type: alias, to: b}}, subresources: {a: null}}}"))
	f.Add([]byte("pagination: {type: cursor, request: {a: {x-stainless-pagination-property: {purpose: next_cursor_param}}}, response: []}"))
	name := filepath.Join(f.TempDir(), "openapi.yaml")
	if err := os.WriteFile(name, []byte(cases[0].In["openapi.yaml"]), 0o666); err != nil {
		f.Fatal(err)
	}
	doc, list := spec.Load(name, spec.Options{})
	if err := list.Err(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file, problems := Parse("stainless.yml", text)
		if (file == nil) != problems.Failed() {
			t.Fatalf("a file %v, and problems %v", file, problems.Err())
		}
		if file == nil {
			return
		}
		result, problems := Translate(file, doc)
		if problems.Failed() {
			return
		}
		out := config.Format(result.Config)
		got, list := config.Parse("gen.yaml", out)
		if list.Failed() {
			t.Fatalf("the config that comes out is wrong: %v\n%s", list.Err(), out)
		}
		if again := config.Format(got); !bytes.Equal(again, out) {
			t.Errorf("the config does not say the same when it is read\n%s\n%s", out, again)
		}
	})
}
