package operation

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/paging"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// newReader is a reader of a description, given without the lines that each one
// begins with, that has read nothing.
func newReader(t *testing.T, text string, cfg *config.Config) *reader {
	t.Helper()
	file := filepath.Join(t.TempDir(), "api.yaml")
	text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n" + text
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, diags := spec.Load(file, spec.Options{})
	if doc == nil {
		t.Fatal(diags.Err())
	}
	problems := &diag.List{}
	facts := schema.New(doc, problems)
	registry := types.New(doc, facts, cfg, problems)
	return &reader{
		doc: doc, cfg: cfg, api: &model.API{}, diags: problems, facts: facts, types: registry,
		paging: paging.NewDetector(cfg, facts, registry, problems),
	}
}

// node parses a part of a description.
func node(t *testing.T, text string) *spec.Node {
	t.Helper()
	n, err := spec.Parse("part.yaml", []byte(text), spec.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
