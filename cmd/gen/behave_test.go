package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// What an SDK does over HTTP is seen by the program that its user would write: each
// case is a description and a test that uses what is made of it.
func TestBehaviour(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds an SDK for each case")
	}
	cases := golden.Read(t, "testdata/behave/*.txtar")
	dir := t.TempDir()
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			module := sdk + "/" + c.Name
			files, problems, err := generateIn(t, c.In, module, false)
			if err != nil {
				t.Fatalf("%v\n%s", err, problems)
			}
			for name, text := range c.In {
				if strings.HasSuffix(name, "_test.go") {
					files[name] = []byte(text)
				}
			}
			folder := filepath.Join(dir, c.Name)
			writeFiles(t, folder, files)
			goRun(t, folder, "test", "./...")
		})
	}
}
