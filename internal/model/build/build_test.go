package build

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// TestCorpus builds the model of every real description that lies beside the
// checkout. That it does not panic, drops no operation and names everything is
// what can be said of them all.
func TestCorpus(t *testing.T) {
	root := "../../../../shared/corpus"
	if _, err := os.Stat(root); err != nil {
		t.Skip("skipped: no corpus at ", root)
	}
	err := filepath.WalkDir(filepath.Join(root, "real"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		t.Run(d.Name(), func(t *testing.T) {
			doc, diags := spec.Load(path, spec.Options{})
			if doc == nil {
				t.Fatal(diags.Err())
			}
			api, list := Build(doc, &config.Config{Package: "sdk", Module: "example.com/sdk"})
			if api == nil {
				t.Fatal(list.Err())
			}
			methods := 0
			b := strings.Builder{}
			for _, p := range api.Packages {
				for _, d := range p.Types {
					if d.Declaration().Name.Go == "" || d.Declaration().File == "" {
						t.Errorf("%s in %s has no name or file", d.Declaration().Name.Spec, p.Path)
					}
				}
				b.WriteString(p.Name + " ")
			}
			methods = api.Operation
			t.Logf("%d operations, %d packages, %d pages, %d degraded, %d warnings", methods, len(api.Packages), len(api.Pages), api.Degraded, list.Len())
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
