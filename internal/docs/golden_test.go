package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/docs"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

var inMain = regexp.MustCompile(`(?s)<main.*</main>`)

// The Markdown of the pages of operations and types, and what is in the HTML of
// those that a case names.
func TestGolden(t *testing.T) {
	golden.Run(t, "testdata/golden/*.txtar", func(in map[string]string) (map[string]string, error) {
		file := filepath.Join(t.TempDir(), "openapi.yaml")
		if err := os.WriteFile(file, []byte(in["openapi.yaml"]), 0o666); err != nil {
			return nil, err
		}
		sdk, err := generate.Model(generate.Options{Spec: file, Package: "sdk", Module: "example.com/sdk", Detached: true, Reference: true})
		if err != nil {
			return nil, err
		}
		if sdk.API == nil {
			return nil, sdk.Problems.Err()
		}
		files, err := docs.Files(sdk.API, docs.Options{})
		if err != nil {
			return nil, err
		}
		out := map[string]string{}
		for name, text := range files {
			own := strings.HasPrefix(name, "api/") || strings.HasPrefix(name, "webhooks/") || strings.HasPrefix(name, "types/")
			if own && strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, "index.md") {
				out[name] = string(text)
			}
		}
		for _, name := range strings.Fields(in["html"]) {
			if text, ok := files[name]; ok {
				out[name] = inMain.FindString(string(text)) + "\n"
			}
		}
		return out, nil
	})
}
