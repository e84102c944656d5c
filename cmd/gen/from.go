package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/foreign"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/stainless"
)

// initFrom writes the gen.yaml that says what the configuration of another
// generator says, and an overlay beside it for what that changes in the
// description.
func (c *command) initFrom() int {
	data, err := os.ReadFile(c.fromConfig)
	if err != nil {
		c.say("cannot read %s: %v", c.fromConfig, cause(err))
		return exitUsage
	}
	name, err := c.describedBy(c.fromConfig)
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	problems := &diag.List{}
	add := func(list *diag.List) {
		for _, d := range list.Sorted() {
			problems.Add(d)
		}
	}
	doc, list := spec.Load(name, spec.Options{Limits: c.limits, Stdin: c.stdin, Root: c.root, AllowHosts: c.hosts})
	root, err := spec.Parse(c.fromConfig, data, spec.Limits{})
	switch {
	case doc == nil:
		add(list)
		return c.close(problems, nil)
	case err != nil:
		problems.Add(err)
		return c.close(problems, nil)
	}
	if tool := foreign.Is(root); tool != "" {
		cfg, list := foreign.Translate(tool, root, doc)
		add(list)
		return c.writeConfig(cfg, nil, name, problems)
	}
	file, list := stainless.Parse(c.fromConfig, data)
	add(list)
	if file == nil {
		return c.close(problems, nil)
	}
	result, list := stainless.Translate(file, doc)
	add(list)
	return c.writeConfig(result.Config, result.Overlay, name, problems)
}

// writeConfig writes a config that was made, with the overlay that goes with it,
// and tries what comes of it.
func (c *command) writeConfig(cfg *config.Config, overlay []byte, name string, problems *diag.List) int {
	if problems.Failed() {
		return c.close(problems, nil)
	}
	cfg.Spec = from(c.to, name)
	cfg.Package = cmp.Or(c.pkg, cfg.Package)
	cfg.Module = cmp.Or(c.module, cfg.Module)
	cfg.Go = cmp.Or(c.version, cfg.Go)
	cfg.Tests, cfg.Strict = c.tests, c.strict
	cfg.Output = "sdk"
	if c.output != "" {
		cfg.Output = from(c.to, c.output)
	}
	beside := strings.TrimSuffix(c.to, filepath.Ext(c.to)) + ".overlay.yaml"
	if overlay != nil {
		cfg.Overlays = append(cfg.Overlays, from(c.to, beside))
		if err := writeNew(beside, overlay); err != nil {
			c.say("cannot write %s: %v", beside, err)
			return exitUsage
		}
	}
	for _, name := range c.overlays {
		cfg.Overlays = append(cfg.Overlays, from(c.to, name))
	}
	if err := writeNew(c.to, config.Format(cfg)); err != nil {
		c.say("cannot write %s: %v", c.to, err)
		return exitUsage
	}
	wrote := c.to
	if overlay != nil {
		wrote += " and " + beside
	}
	c.note("wrote %s; gen %s makes the SDK in %s", wrote, c.to, cfg.Output)
	sdk, err := generate.Model(generate.Options{ConfigFile: c.to, Limits: c.limits, Stdin: c.stdin, Root: c.root, AllowHosts: c.hosts, NoLock: true, Detached: true})
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	for _, d := range sdk.Problems.Sorted() {
		if d.Pos.File == c.to || d.Severity == diag.Error {
			problems.Add(d) // what else is wrong with the description a run tells
		}
	}
	return c.close(problems, sdk.API)
}

// describedBy is the description that a configuration goes with: the argument, or
// the one beside it.
func (c *command) describedBy(file string) (string, error) {
	if c.input != "" {
		return c.input, nil
	}
	var found []string
	for _, name := range []string{"openapi", "swagger", "api", "spec"} {
		for _, ext := range []string{".yml", ".yaml", ".json"} {
			if path := filepath.Join(filepath.Dir(file), name+ext); exists(path) && path != filepath.Clean(file) {
				found = append(found, path)
			}
		}
	}
	if len(found) != 1 {
		what := "no description"
		if len(found) > 1 {
			what = "more than one description, " + strings.Join(found, ", ") + ","
		}
		return "", fmt.Errorf("%s is beside %s; name it: gen init --from %s SPEC", what, file, file)
	}
	return found[0], nil
}

func exists(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// cause is what is wrong with a file, without its name.
func cause(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
