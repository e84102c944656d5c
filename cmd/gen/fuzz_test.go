package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
	"github.com/openapi-lathe/lathe/templates"
)

// FuzzGenerate holds the whole pipeline to what it promises of any input: it
// ends, with problems or with an SDK, and every file of an SDK is Go.
func FuzzGenerate(f *testing.F) {
	for _, c := range golden.Read(f, goldens) {
		f.Add([]byte(c.In["openapi.yaml"]))
	}
	f.Add([]byte(shop(2)))
	addCorpus(f)
	limits := spec.Limits{Bytes: 1 << 18, Depth: 100, Nodes: 50_000, Files: 1}
	f.Fuzz(func(t *testing.T, description []byte) {
		made, err := generate.Run(generate.Options{
			Spec: "-", Stdin: bytes.NewReader(description), Limits: limits, Root: t.TempDir(),
			Package: "sdk", Module: sdk, Output: t.TempDir(), Tests: len(description) < 1<<14,
		})
		if err != nil {
			t.Fatal(err)
		}
		if made.Files == nil {
			if !made.Problems.Failed() {
				t.Fatal("there is neither an SDK nor an error")
			}
			if made.API != nil {
				t.Fatalf("a model cannot be written as Go: %v", made.Problems.Err())
			}
			return
		}
		if made.API == nil || made.Problems.Failed() {
			t.Fatalf("there are files, and no model or an error: %v", made.Problems.Err())
		}
		files := made.Files
		for name, text := range files {
			if _, err := fs.Stat(templates.Runtime, "runtime/"+name); err == nil || path.Ext(name) != ".go" {
				continue // a copy, or no Go
			}
			if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
		}
	})
}

// addCorpus adds the small descriptions of the corpus to what is fuzzed, where
// there is one.
func addCorpus(f *testing.F) {
	if testing.Short() {
		f.Log("the goldens are all that is fuzzed from in a short run")
		return
	}
	root := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(root); err != nil {
		f.Log("there is no corpus: the goldens are all that is fuzzed from")
		return
	}
	const most, small = 300, 6 << 10
	n := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || n >= most || d.IsDir() || !strings.Contains(".json .yaml .yml", filepath.Ext(name)) || filepath.Ext(name) == "" {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() > small {
			return err
		}
		text, err := os.ReadFile(name)
		n++
		f.Add(text)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}
