package main

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Settings are what a run was told, by flags and config, and what it infers
// where it was told nothing.
type settings struct {
	spec    string
	options spec.Options
	config  config.Config // as the model is to be built by
	strict  bool
	output  string
	lock    string   // the file that remembers names; empty if there is none
	goMod   bool     // the output is a module of its own
	notes   []string // what was inferred, and why

	problems *diag.List   // with what the run was told
	stage    func(string) // is told which stage the run is at
}

// settings reads the config, if there is one. Flags win over it.
func (c *command) settings() (*settings, *diag.List) {
	s := &settings{
		spec:    c.input,
		options: spec.Options{Limits: c.limits, Stdin: c.stdin, Root: c.root, AllowHosts: c.hosts, Opened: c.opened},
		output:  c.output,
		stage:   c.stage,
	}
	if c.config != "" {
		c.opened(c.config)
		cfg, problems := config.Read(c.config)
		if cfg == nil {
			return nil, problems
		}
		s.config = *cfg
		s.readAccess(cfg)
	}
	if problems := s.readLock(c.lock); problems.Failed() {
		return nil, problems
	}
	cfg := &s.config
	problems := &diag.List{}
	s.problems = problems
	s.readOverlays(c.overlays, problems)
	s.addRules(c)
	if problems.Failed() {
		return nil, problems
	}
	if s.spec == "" {
		problems.Errorf(diag.Pos{File: cfg.File, Line: 1, Col: 1}, "config-value", "the config does not say which description it is for; add spec: and its file")
		return nil, problems
	}
	if s.output == "" && cfg.Output != "" {
		s.output = beside(cfg.File, cfg.Output)
	}
	cfg.Package = cmp.Or(c.pkg, cfg.Package)
	cfg.Module = cmp.Or(c.module, cfg.Module)
	cfg.Go = cmp.Or(c.version, cfg.Go, config.Versions()[0])
	s.strict = c.strict || cfg.Strict
	cfg.Tests = cfg.Tests || c.tests
	return s, problems
}

// readAccess takes over what the config says of reading the description.
func (s *settings) readAccess(cfg *config.Config) {
	o := &s.options
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
}

// beside returns the path of a file that the config in the file names.
func beside(file, name string) string {
	if filepath.IsAbs(name) || strings.Contains(name, "://") {
		return name
	}
	return filepath.Join(filepath.Dir(file), filepath.FromSlash(name))
}

// infer settles what nobody said. The error is one of the command line.
func (s *settings) infer(doc *spec.Document) error {
	if s.config.Package == "" {
		why := ""
		s.config.Package, why = inferPackage(s.config.Module, doc.Root.Get("info").Get("title").Text(), s.spec)
		s.inferred("package", s.config.Package, why)
	}
	if s.output == "" {
		s.output = beside(s.config.File, s.config.Package)
		s.inferred("output", s.output, "")
	}
	return s.inferModule()
}

func (s *settings) inferred(flag, value, why string) {
	note := fmt.Sprintf("inferred --%s %s", flag, value)
	if why != "" {
		note += " (" + why + ")"
	}
	s.notes = append(s.notes, note)
}

// inferModule settles the import path of the SDK, and whether it is a module of
// its own: it is if it was said to be, and stays one. A go.mod that people
// wrote stays theirs.
func (s *settings) inferModule() error {
	goMod, around, err := moduleAround(s.output)
	if err != nil {
		return err
	}
	inside := goMod == filepath.Join(s.output, "go.mod")
	ours := inside && output.Lists(s.output, "go.mod")
	switch said := s.config.Module; {
	case said != "" && inside && !ours:
		if around != said {
			return fmt.Errorf("%s says that the module is %s, not %s; use one of them, or choose another folder", goMod, around, said)
		}
		s.notes = append(s.notes, goMod+" is yours and stays as it is (go mod tidy in its folder adds what the SDK requires)")
	case said != "":
		s.goMod = true
	case goMod == "":
		s.config.Module = s.config.Package
		s.inferred("module", s.config.Module, "there is no go.mod around it; with this flag, one is written too")
	default:
		abs, err := filepath.Abs(s.output)
		if err != nil {
			return err
		}
		root, err := filepath.Abs(filepath.Dir(goMod))
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, abs)
		if err != nil {
			return err
		}
		s.config.Module = path.Join(around, filepath.ToSlash(rel))
		if err := config.CheckModule(s.config.Module); err != nil {
			return fmt.Errorf("the folder cannot be part of the module around it: %w; choose another with -o, or make it a module with --module", err)
		}
		s.goMod = ours
		s.notes = append(s.notes, "inferred the import path "+s.config.Module+" (from "+goMod+")")
		if needs := emit.Dependency(s.config.Go); !s.goMod && needs != "" && !mentions(goMod, needs) {
			s.notes = append(s.notes, goMod+" does not require "+needs+" yet, which the SDK imports: go mod tidy adds it")
		}
	}
	return nil
}

// mentions reports whether a go.mod names a module.
func mentions(goMod, module string) bool {
	data, err := os.ReadFile(goMod)
	return err == nil && strings.Contains(string(data), module)
}

// moduleAround returns the go.mod of the module that a folder belongs to, be it
// there yet or not, and the path of the module. Both are empty if there is none.
func moduleAround(folder string) (goMod, module string, err error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", "", err
	}
	for dir, up := abs, ""; ; dir, up = filepath.Dir(dir), filepath.Join(up, "..") {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			goMod = filepath.Join(folder, up, "go.mod")
			m := moduleLine.FindSubmatch(data)
			if m == nil {
				return "", "", fmt.Errorf("%s does not say which module it is of", goMod)
			}
			return goMod, string(m[1]), nil
		}
		if dir == filepath.Dir(dir) {
			return "", "", nil
		}
	}
}

var moduleLine = regexp.MustCompile(`(?m)^[ \t]*module[ \t]+"?([^\s"]+)"?`)

// inferPackage returns a name for the root package, and where it is from.
func inferPackage(module, title, file string) (name, why string) {
	if module != "" {
		last := path.Base(majorVersion.ReplaceAllString(module, ""))
		return ident.Package(cmp.Or(strings.Join(telling(last), " "), last)), "from the module"
	}
	if words := telling(title); len(words) > 0 && len(words) <= 4 {
		return ident.Package(strings.Join(words, " ")), "from the title"
	}
	base := path.Base(filepath.ToSlash(file))
	if words := telling(strings.TrimSuffix(base, path.Ext(base))); len(words) > 0 {
		return ident.Package(strings.Join(words, " ")), "from the name of the file"
	}
	return "sdk", "nothing says more"
}

var majorVersion = regexp.MustCompile(`/v[0-9]+$`)

// telling returns the words of a title without those that every API has.
func telling(title string) []string {
	words := strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(word string) bool {
		word = strings.ToLower(word)
		return version.MatchString(word) || slices.Contains(untelling, word)
	})
}

var (
	version   = regexp.MustCompile(`^v?[0-9]+$`)
	untelling = strings.Fields(`a an and the of for from to your our this
		api apis rest restful http https web json yaml service services server endpoint endpoints
		openapi swagger oas spec specification schema definition description documentation docs reference
		public private official full complete sdk client go golang`)
)
