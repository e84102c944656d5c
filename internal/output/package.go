package output

import (
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// foreignPackages returns an error if a folder that has no output yet holds the
// Go files of another package: neither would compile any more. Of files that
// people put beside the output, and in its folders, package handwritten warns.
func (p *plan) foreignPackages(root *os.Root, listed map[string]string) error {
	if len(listed) > 0 {
		return nil
	}
	own := ""
	for _, name := range p.names() {
		if path.Dir(name) == "." && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			own = packageOf(p.files[name].data)
			break
		}
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil || own == "" {
		return nil // compare says what is in the way
	}
	for _, entry := range entries {
		name := entry.Name()
		if _, ours := p.files[name]; ours || !entry.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
			continue
		}
		data, err := root.ReadFile(name)
		if err != nil || isMade(data) {
			continue
		}
		found := strings.TrimSuffix(packageOf(data), "_test")
		if found == "" || found == own {
			continue
		}
		// A file that is built with a tag of its own, such as ignore, is of no package here.
		if match, err := build.Default.MatchFile(p.dir, name); err != nil || !match {
			continue
		}
		return diag.Errorf(diag.Pos{File: filepath.Join(p.dir, name)}, "output-package",
			"the folder holds the package %s, and the output would be the package %s; choose another folder, or a name with --package", found, own)
	}
	return nil
}

// packageOf returns the name of a Go file's package; empty if it has none.
func packageOf(data []byte) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", data, parser.PackageClauseOnly)
	if err != nil || f.Name == nil {
		return ""
	}
	return f.Name.Name
}
