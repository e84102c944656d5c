package build

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// TestCorpus builds the model of every real description that lies beside the
// checkout. That it does not panic, drops no operation and names everything is
// what can be said of them all.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("../../../../shared/corpus/real/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("skipped: no corpus beside the checkout")
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc, diags := spec.Load(file, spec.Options{})
			if doc == nil {
				t.Fatal(diags.Err())
			}
			api, list := Build(doc, &config.Config{Package: "sdk", Module: "example.com/sdk"})
			if api == nil {
				t.Fatal(list.Err())
			}
			if n := methods(api.Root); n != api.Operation {
				t.Errorf("%d methods for %d operations", n, api.Operation)
			}
			for _, p := range api.Packages {
				for _, d := range p.Types {
					if d.Declaration().Name.Go == "" || d.Declaration().File == "" {
						t.Errorf("%s in %s has no name or file", d.Declaration().Name.Spec, p.Path)
					}
				}
			}
		})
	}
}

// methods counts the methods of a resource and those below it.
func methods(r *model.Resource) int {
	n := len(r.Methods)
	for _, c := range r.Children {
		n += methods(c)
	}
	return n
}
