package spec

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// A case is a description, api.yaml or api.json, and what it refers to. What
// comes out is the document as one JSON text, as far as there is one, which
// kin-openapi must be able to load, and what is said on the way. With a file
// named strict, the referee has its say too.
func TestGolden(t *testing.T) {
	golden.Run(t, "testdata/golden/*.txtar", func(in map[string]string) (map[string]string, error) {
		folder, err := os.MkdirTemp("", "spec")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(folder)
		main := "api.yaml"
		for name, text := range in {
			if name == "api.json" {
				main = name
			}
			if err := os.MkdirAll(filepath.Join(folder, filepath.Dir(name)), 0o777); err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
				return nil, err
			}
		}
		d, list := Load(filepath.Join(folder, main), Options{})
		out := map[string]string{}
		if d != nil {
			text := jsontext.Value(d.JSON())
			if err := text.Indent(jsontext.WithIndent("  ")); err != nil {
				return nil, err
			}
			out["openapi.json"] = string(text)
			if _, err := openapi3.NewLoader().LoadFromData(text); err != nil {
				return nil, fmt.Errorf("kin-openapi does not load it: %w", err)
			}
			if _, ok := in["strict"]; ok {
				for _, finding := range d.Validate().Sorted() {
					list.Add(finding)
				}
			}
		}
		if said := lines(list); said != nil {
			out["said"] = strings.ReplaceAll(strings.Join(said, "\n"), folder+string(filepath.Separator), "")
		}
		return out, nil
	})
}
