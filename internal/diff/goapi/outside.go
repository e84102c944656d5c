package goapi

import (
	"bytes"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
)

// Outside returns what finds the packages of these import paths, and what they
// import. It asks go list, in a folder of the module that needs them, for the
// export data, which the go command has in its cache or compiles.
func Outside(folder string, paths []string) (types.Importer, error) {
	if len(paths) == 0 {
		return importer.Default(), nil
	}
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "--"}, paths...)
	cmd := exec.Command("go", args...)
	cmd.Dir = folder
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("the go command is not there, and without it nobody knows what the SDK imports; install Go")
	case err != nil:
		return nil, fmt.Errorf("go list, of what the SDK imports: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		exports[name] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(name string) (io.ReadCloser, error) {
		file := exports[name]
		if file == "" {
			return nil, fmt.Errorf("there is no package %s", name)
		}
		return os.Open(file)
	}), nil
}
