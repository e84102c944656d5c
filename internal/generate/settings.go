package generate

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Settings are what a run was told, by options and config, and what it infers
// where neither says.
type settings struct {
	Options
	spec   spec.Options
	strict bool
	result *Result
}

func newSettings(o Options) *settings {
	return &settings{
		Options: o,
		spec:    spec.Options{Limits: o.Limits, Stdin: o.Stdin, Root: o.Root, AllowHosts: o.AllowHosts, Opened: o.opened},
		result:  &Result{Spec: o.Spec, Output: o.Output, Problems: &diag.List{}},
	}
}

// read reads the config, if there is one, the lock and the overlays. Options win
// over the config. It reports whether there is anything to generate from.
func (s *settings) read() bool {
	r := s.result
	if !s.readConfig() {
		return false
	}
	cfg := &r.Config
	if s.readLock(); r.Problems.Failed() {
		return false
	}
	s.readOverlays()
	s.addRules()
	if r.Problems.Failed() {
		return false
	}
	if r.Spec == "" {
		r.Problems.Errorf(diag.Pos{File: cfg.File, Line: 1, Col: 1}, "config-value", "the config does not say which description it is for; add spec: and its file")
		return false
	}
	if r.Output == "" && cfg.Output != "" {
		r.Output = beside(cfg.File, cfg.Output)
	}
	cfg.Package = cmp.Or(s.Package, cfg.Package)
	cfg.Module = cmp.Or(s.Module, cfg.Module)
	cfg.Go = cmp.Or(s.Go, cfg.Go)
	cfg.Tests = cfg.Tests || s.Tests
	cfg.Reference = s.Reference
	s.strict = s.Strict || cfg.Strict && !s.Detached
	if s.Detached {
		cfg.Version, cfg.License = "", ""
	}
	return true
}

// readConfig reads the config, and what it says of reading the description.
func (s *settings) readConfig() bool {
	r := s.result
	cfg := s.Config
	if cfg == nil && s.ConfigFile != "" {
		s.opened(s.ConfigFile)
		read, problems := config.Read(s.ConfigFile)
		r.add(problems)
		if read == nil {
			return false
		}
		cfg = read
	}
	if cfg == nil {
		return true
	}
	r.Config = *cfg
	o := &s.spec
	if o.Root == "" && cfg.Root != "" {
		o.Root = beside(cfg.File, cfg.Root)
	}
	o.AllowHosts = append(slices.Clip(o.AllowHosts), cfg.AllowHosts...)
	o.Limits = spec.Limits{
		Bytes: cmp.Or(o.Limits.Bytes, cfg.Limits.Bytes),
		Depth: cmp.Or(o.Limits.Depth, cfg.Limits.Depth),
		Nodes: cmp.Or(o.Limits.Nodes, cfg.Limits.Nodes),
		Files: cmp.Or(o.Limits.Files, cfg.Limits.Files),
	}
	return true
}

// beside returns the path of a file that the config in the file names.
func beside(file, name string) string {
	if filepath.IsAbs(name) || strings.Contains(name, "://") {
		return name
	}
	return filepath.Join(filepath.Dir(file), filepath.FromSlash(name))
}
