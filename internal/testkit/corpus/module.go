package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// modulePath is that of the one module that all SDKs are packages of.
const modulePath = "corpus.example/sdk"

// engine is the module that an SDK requires.
const engine = "github.com/go-json-experiment/json"

// A module is the folder in which SDKs are made.
type module struct {
	dir string
	gen string // the program

	last state         // nothing is done after what reaches it
	slow time.Duration // by which limits are multiplied

	mu    sync.Mutex
	taken map[string]string // the descriptions of folders
}

// newModule builds gen and starts a module for SDKs in a folder. What is left
// there from an earlier run is used again as far as it did not change.
func newModule(ctx context.Context, dir string) (*module, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	m := &module{dir: dir, gen: filepath.Join(dir, "bin", "gen"), taken: map[string]string{}}
	if err := os.MkdirAll(filepath.Dir(m.gen), 0o777); err != nil {
		return nil, err
	}
	home, err := output(ctx, "go", "env", "GOMOD")
	if err != nil {
		return nil, err
	}
	version, err := output(ctx, "go", "list", "-m", "-f", "{{.Version}}", engine)
	if err != nil {
		return nil, err
	}
	sums, err := os.ReadFile(filepath.Join(filepath.Dir(home), "go.sum"))
	if err != nil {
		return nil, err
	}
	goMod := fmt.Sprintf("module %s\n\ngo 1.26\n\nrequire %s %s\n", modulePath, engine, version)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(goMod), 0o666); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o666); err != nil {
		return nil, err
	}
	_, err = output(ctx, "go", "build", "-o", m.gen, "./cmd/gen")
	return m, err
}

// output runs a command in the module of gen and returns what it prints.
func output(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// folder returns a name for the folder of a description's SDK that may stand
// in an import path and says which it is.
func (m *module) folder(description string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name := notInFolder.ReplaceAllString(description, "-"); ; name += "-2" {
		if was, ok := m.taken[name]; !ok || was == description {
			m.taken[name] = description
			return name
		}
	}
}

var notInFolder = regexp.MustCompile(`[^A-Za-z0-9]+`)

// environment is that of everything that is run for a description. The paths
// are trimmed, so that the folder of the module does not matter to the cache.
func environment() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod -trimpath -p=1", "GOPROXY=off", "GOWORK=off", "GOMEMLIMIT=3GiB", "GOMAXPROCS=2")
}
