package main

import (
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diff/goapi"
	"github.com/openapi-lathe/lathe/internal/generate"
)

// readFolder reads the SDK in an output folder.
func (e *edition) readFolder(dir string) error {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != dir && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() && name != dir:
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
				return fs.SkipDir // another module
			}
			return nil
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s has no Go in it; give a description, or a folder that gen wrote to", e.name)
	}
	module, err := importPathOf(dir)
	if err != nil {
		return err
	}
	e.root = rootPackage(files)
	return e.readGo(module, files, dir)
}

// rootPackage is the name of the package in the root of an SDK.
func rootPackage(files map[string][]byte) string {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.Contains(name, "/") {
			continue
		}
		if f, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.PackageClauseOnly); err == nil {
			return strings.TrimSuffix(f.Name.Name, "_test")
		}
	}
	return "sdk"
}

// importPathOf returns the import path of the package in a folder.
func importPathOf(dir string) (string, error) {
	goMod, module, err := generate.ModuleAround(dir)
	if err != nil || goMod == "" {
		return "", cmp.Or(err, fmt.Errorf("%s is in no Go module", dir))
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	root, err := filepath.Abs(filepath.Dir(goMod))
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(root, abs)
	return path.Join(module, filepath.ToSlash(rel)), err
}

// readGo type-checks the SDK. What it imports is looked up in a folder of its
// module.
func (e *edition) readGo(module string, files map[string][]byte, dir string) error {
	paths, err := goapi.Imports(module, files)
	if err != nil {
		return fmt.Errorf("%s: %w", e.name, err)
	}
	e.files = files
	if e.outside, err = goapi.Outside(dir, paths); err != nil {
		return fmt.Errorf("%s: %w", e.name, err)
	}
	e.sdk, err = goapi.Load(module, files, e.outside)
	if err != nil {
		return fmt.Errorf("%s: %w", e.name, err)
	}
	return nil
}
