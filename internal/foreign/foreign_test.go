package foreign

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

func translated(t testing.TB, file, description string) map[string]string {
	root, err := spec.Parse("config.yml", []byte(file), spec.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := os.WriteFile(name, []byte(description), 0o666); err != nil {
		t.Fatal(err)
	}
	doc, list := spec.Load(name, spec.Options{})
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	tool := Is(root)
	cfg, said := Translate(tool, root, doc)
	text := config.Format(cfg)
	if _, list := config.Parse("gen.yaml", text); len(text) > 0 && list.Failed() {
		t.Errorf("the config that comes out is wrong: %v\n%s", list.Err(), text)
	}
	var lines strings.Builder
	for _, d := range said.Sorted() {
		lines.WriteString(strings.ReplaceAll(d.Error(), name, "openapi.yaml") + "\n")
	}
	return map[string]string{"tool": string(tool) + "\n", "gen.yaml": string(text), "diagnostics": lines.String()}
}

func TestGolden(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(in map[string]string) (map[string]string, error) {
		return translated(t, in["config.yml"], in["openapi.yaml"]), nil
	})
}

func TestIs(t *testing.T) {
	for text, want := range map[string]Tool{"configVersion: 2.0.0\ngeneration: {}": Speakeasy, "groups: {a: {}}": Fern, "resources: {}": "", "groups: a": ""} {
		root, err := spec.Parse("", []byte(text), spec.Limits{})
		if got := Is(root); err != nil || got != want {
			t.Errorf("%q is of %q, want %q", text, got, want)
		}
	}
}

func FuzzTranslate(f *testing.F) {
	name := filepath.Join(f.TempDir(), "openapi.yaml")
	for _, c := range golden.Read(f, "testdata/*.txtar") {
		f.Add([]byte(c.In["config.yml"]))
		if err := os.WriteFile(name, []byte(c.In["openapi.yaml"]), 0o666); err != nil {
			f.Fatal(err)
		}
	}
	doc, list := spec.Load(name, spec.Options{})
	if err := list.Err(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		root, err := spec.Parse("config.yml", text, spec.Limits{})
		if err != nil {
			return
		}
		for _, tool := range []Tool{Fern, Speakeasy} {
			cfg, _ := Translate(tool, root, doc)
			if out := config.Format(cfg); len(out) > 0 {
				if _, list := config.Parse("gen.yaml", out); list.Failed() {
					t.Errorf("%v\n%s", list.Err(), out)
				}
			}
		}
	})
}
