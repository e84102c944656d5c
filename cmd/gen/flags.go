package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A command is one run of gen: what the command line says.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	input   string // the argument: a description, a config, or nothing
	config  string
	output  string
	pkg     string
	module  string
	lock    string
	version string // of Go
	format  string
	check   bool
	strict  bool
	tests   bool
	why     bool
	quiet   bool
	limits  spec.Limits
	root    string
	hosts   []string

	overlays         []string
	include, exclude []string // rules, as the flags have them

	args        []string // as they were given
	words       []string // that a verb looks at itself
	color       string   // when to use colours
	maxWarnings int      // that are no error; negative: any number
	install     bool     // the merge driver

	to         string   // the config that init writes
	match      string   // the SDK whose names it is to have
	least      float64  // the percentage that parity must reach
	fromConfig string   // the configuration of another generator that it is made from
	files      []string // that were read, or were to be

	progress  *progress           // nil if nobody looks
	stamps    map[string]stamp    // of the files that watch watches; nil if it does not
	changes   func(output.Result) // is told what became of the output; nil if nobody wants to know
	old, new  string              // what diff compares
	from      string              // the version of old
	failOn    string
	migration string
	changelog string

	serve       bool   // the site, instead of only writing it
	address     string // that it is served at
	codeSamples bool   // write an overlay with them, too

	cpuProfile, memProfile string
}

// A verb is something that gen can do.
type verb struct {
	name     string
	does     string // in a line, without a full stop
	about    string // more, for its help
	examples string // a line each
	args     string // what it has for arguments; SPEC|gen.yaml if it is empty and the verb is not bare
	run      func(*command) int
	flags    func(*command, *pflag.FlagSet)
	formats  []string
	bare     bool // it reads no description, and has none of its flags
	words    bool // it takes words, which it looks at itself
}

// verbs are all of them; the first is the one that need not be said.
func verbs() []verb {
	return []verb{
		{
			name: "generate", does: "write the SDK", run: (*command).generate, flags: (*command).generateFlags, formats: []string{"text", "json", "sarif"},
			about: "Files that gen wrote before and no longer needs are removed; files of yours stay. An error in the description leaves the last good output alone.",
			examples: `
gen api.yaml
gen https://api.example.com/openapi.json -o sdk --module example.com/sdk
gen gen.yaml --check
gen gen.yaml --format sarif > gen.sarif`,
		},
		{
			name: "diff", does: "say what changes between two descriptions, outputs or revisions", run: (*command).diff, flags: (*command).diffFlags, formats: []string{"text", "markdown", "json"},
			args:  "OLD NEW",
			about: "OLD and NEW are each a description, a gen.yaml, an output folder, or REVISION:path for what git has. Each side is read with the config, lock and overlays that belong to it. If something breaks, MIGRATION.md says how to move.",
			examples: `
gen diff HEAD:gen.yaml gen.yaml --from v1.2.0
gen diff old.yaml new.yaml --format markdown
gen diff v1.2.0:gen.yaml gen.yaml --fail-on major`,
		},
		{
			name: "inspect", does: "show the resource tree, and write nothing", run: (*command).inspect, flags: (*command).inspectFlags, formats: []string{"text", "json"},
			examples: `
gen inspect api.yaml
gen inspect api.yaml --include tag=pets --format json`,
		},
		{
			name: "docs", does: "write a reference site for the SDK", run: (*command).docs, flags: (*command).docsFlags,
			examples: `
gen docs gen.yaml
gen docs gen.yaml --serve`,
		},
		{
			name: "watch", does: "write the SDK, and again when what it is made from changes", run: (*command).watch, flags: (*command).watchFlags,
			about:    "It watches the description with all files that it refers to, the config and the overlays, until it is interrupted.",
			examples: "gen watch gen.yaml",
		},
		{
			name: "init", does: "write a gen.yaml with what is inferred", run: (*command).init, flags: (*command).initFlags, args: "SPEC",
			about: "The file changes nothing about the SDK: every line in it is what gen infers anyway, ready to be pinned or changed.",
			examples: `
gen init api.yaml
gen init api.yaml -o sdk --module example.com/sdk --to sdk/gen.yaml`,
		},
		{
			name: "parity", does: "say what users of an SDK find in another one", run: (*command).parity, flags: (*command).parityFlags, formats: []string{"text", "markdown", "json"},
			args: "OLD NEW",
		},
		{
			name: "explain", does: "say more of a diagnostic, or of a word in the closing line", run: (*command).explain, bare: true, words: true, args: "[CODE]",
			examples: `
gen explain unresolved-ref
gen explain degraded
gen explain`,
		},
		{name: "schema", does: "print the JSON schema of gen.yaml", run: (*command).schema, bare: true},
		{
			name: "merge", does: "merge two versions of a file that gen keeps, for git", run: (*command).merge, flags: (*command).mergeFlags, bare: true, words: true, args: "[BASE OURS THEIRS]",
			about: "gen merge --install, run once in a repository, has git settle gen.lock, .gen-manifest and api.md by the lines that each side added and removed. Then run gen, which writes what the merged description says.",
			examples: `
gen merge --install`,
		},
		{
			name: "completion", does: "print a completion script for a shell", run: (*command).completion, bare: true, words: true, args: strings.Join(shells, "|"),
			examples: `
source <(gen completion bash)
gen completion fish > ~/.config/fish/completions/gen.fish`,
		},
		{name: "man", does: "print the manual page", run: (*command).man, bare: true, examples: "gen man > /usr/local/share/man/man1/gen.1"},
		{name: "help", does: "explain a verb and its flags", run: (*command).helpVerb, bare: true, words: true, args: "[VERB]"},
		{name: "version", does: "print the version of gen and the revision it was built from", run: (*command).showVersion, bare: true},
	}
}

// opened takes down that a file is read.
func (c *command) opened(name string) {
	if slices.Contains(c.files, name) {
		return
	}
	c.files = append(c.files, name)
	if c.stamps != nil {
		c.stamps[name] = stampOf(name, stamp{}, time.Now()) // before it is read: what changes later, changed
	}
}

// takes is what a verb has for arguments, with a space in front.
func (v verb) takes() string {
	switch {
	case v.args != "":
		return " " + v.args
	case v.bare:
		return ""
	}
	return " SPEC|gen.yaml"
}

// say writes a line about the run to stderr.
func (c *command) say(format string, args ...any) {
	fmt.Fprintf(c.stderr, "gen: "+format+"\n", args...)
}

// note says what is good to know and can be left out.
func (c *command) note(format string, args ...any) {
	if !c.quiet {
		c.say(format, args...)
	}
}

// parse reads the command line and returns what it asks for.
func (c *command) parse(args []string) (func(*command) int, error) {
	known := verbs()
	v, named := known[0], false
	// A verb may stand behind flags that have no value: gen -q diff OLD NEW.
	for at, arg := range args {
		if i := slices.IndexFunc(known, func(v verb) bool { return v.name == arg }); i >= 0 {
			v, named, args = known[i], true, slices.Delete(slices.Clone(args), at, at+1)
			break
		}
		if !slices.Contains([]string{"-q", "--quiet", "--strict"}, arg) {
			break
		}
	}
	if len(args) > 0 && args[0] == "__complete" { // which completion scripts call
		return func(c *command) int { return c.complete(args[1:]) }, nil
	}
	flags := c.flagSet(v)
	showVersion := flags.Bool("version", false, "print the version of gen")
	help := flags.BoolP("help", "h", false, "print this help")

	if err := flags.Parse(args); err != nil {
		return nil, flagError(err, flags)
	}
	switch {
	case *help && !named:
		return func(c *command) int { c.overview(); return exitDone }, nil
	case *help:
		return func(c *command) int { c.help(v, flags); return exitDone }, nil
	case *showVersion:
		return (*command).showVersion, nil
	}
	if err := config.OneOf(c.color, append([]string{""}, colorModes...)); err != nil {
		return nil, fmt.Errorf("--color: %w", config.OneOf(c.color, colorModes))
	}
	if v.words {
		c.words = flags.Args()
		return v.run, nil
	}
	if v.bare {
		if flags.NArg() > 0 {
			return nil, fmt.Errorf("gen %s takes no argument, and was given %s", v.name, strings.Join(flags.Args(), " "))
		}
		return v.run, nil
	}
	if v.name == "parity" {
		return v.run, errors.Join(c.paired(flags.Args()), c.checkFlags(v))
	}
	if v.name == "diff" {
		return v.run, errors.Join(c.compared(flags.Args()), c.checkFlags(v))
	}
	if err := c.argument(flags.Args(), named); err != nil {
		return nil, err
	}
	return v.run, c.checkFlags(v)
}

func (c *command) generateFlags(flags *pflag.FlagSet) {
	c.outputFlags(flags)
	c.lockFlag(flags)
	flags.BoolVar(&c.check, "check", false, "write nothing; exit 1 with the differences if the output is not what a run would make")
	flags.StringVar(&c.format, "format", "text", "`how` to report diagnostics: text on stderr, or json or sarif on stdout (default: text)")
}

func (c *command) lockFlag(flags *pflag.FlagSet) {
	flags.StringVar(&c.lock, "lock", "", "the `file` that remembers names (default: gen.lock beside the config, none without a config)")
}

// outputFlags are those of every verb that settles where the SDK is.
func (c *command) outputFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&c.output, "output", "o", "", "the `folder` to write to (default: ./ and the name of the package)")
	flags.StringVarP(&c.pkg, "package", "p", "", "the `name` of the root package (default: from the title)")
	flags.StringVar(&c.module, "module", "", "write a go.mod too, for a module with this `path` (default: the package is part of the module around it)")
	flags.StringVar(&c.version, "go", "", "the Go `version` of the SDK: "+strings.Join(config.Versions(), " or ")+" (default: "+config.Versions()[0]+")")
	flags.BoolVar(&c.tests, "tests", false, "write tests too, that call every method: *_test.go beside the client")
}

func (c *command) inspectFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&c.pkg, "package", "p", "", "the `name` of the root package (default: from the title)")
	flags.StringVar(&c.format, "format", "text", "`how` to print the tree: text or json (default: text)")
	flags.BoolVar(&c.why, "why", false, "print the rules too that would have named an operation, had the one that did not fit")
}

func (c *command) commonFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&c.config, "config", "c", "", "a gen.yaml, the `file` that the paths in it are relative to; flags win over it")
	flags.StringArrayVar(&c.overlays, "overlay", nil, "an OpenAPI Overlay, a `file` to apply to the description; may be repeated")
	flags.StringArrayVar(&c.include, "include", nil, "a `rule` for the operations to keep, like tag=pets or path=/v1/**; may be repeated")
	flags.StringArrayVar(&c.exclude, "exclude", nil, "a `rule` for the operations to leave out, like extension=x-internal; may be repeated")
	flags.BoolVar(&c.strict, "strict", false, "treat warnings as errors, and validate the description")
	flags.BoolVarP(&c.quiet, "quiet", "q", false, "print only errors and warnings")
	flags.IntVar(&c.maxWarnings, "max-warnings", -1, "fail if there are more warnings than this `count` (default: no limit)")
	flags.StringVar(&c.color, "color", "", "`when` to use colours: auto, always or never (default: auto, on a terminal unless NO_COLOR is set)")
	flags.StringVar(&c.root, "root", "", "base `folder`; files outside it are never read (default: that of the description)")
	flags.StringArrayVar(&c.hosts, "allow-host", nil, "a `host` that references may be fetched from; may be repeated")
	flags.Int64Var(&c.limits.Bytes, "max-bytes", 0, "how many `bytes` a file may have (default: 64 MiB)")
	flags.IntVar(&c.limits.Depth, "max-depth", 0, "how deep its values may be nested, as a `count` (default: 512)")
	flags.IntVar(&c.limits.Nodes, "max-nodes", 0, "the `count` of values that it may have (default: 20 million)")
	flags.IntVar(&c.limits.Files, "max-files", 0, "the `count` of files that a description may have (default: 10,000)")
	flags.StringVar(&c.cpuProfile, "cpuprofile", "", "write a CPU profile to this file")
	flags.StringVar(&c.memProfile, "memprofile", "", "write a profile of allocations to this file")
	for _, name := range []string{"cpuprofile", "memprofile"} {
		if err := flags.MarkHidden(name); err != nil {
			panic(err) // it is defined above
		}
	}
}

// argument takes the one argument that there can be.
func (c *command) argument(args []string, named bool) error {
	if len(args) > 1 {
		var names []string
		for _, v := range verbs() {
			if names = append(names, v.name); v.name == args[1] {
				return fmt.Errorf("%s must come first: gen %s %s", v.name, v.name, args[0])
			}
		}
		if near := diag.Nearest(args[0], names); near != "" && !named {
			return fmt.Errorf("there is no command %q; did you mean %q?", args[0], near)
		}
		return fmt.Errorf("expected 1 description, got %d: %s", len(args), strings.Join(args, " "))
	}
	if len(args) == 0 && c.config == "" && len(c.overlays) == 0 && c.fromConfig == "" && c.match == "" {
		return errors.New("no description given: run gen SPEC or gen gen.yaml; see gen -h")
	}
	c.input = strings.Join(args, "")
	if c.config == "" && c.fromConfig == "" && c.match == "" && config.Is(c.input) {
		c.config, c.input = c.input, ""
	}
	return nil
}

// checkFlags holds the values of flags against what they can be.
func (c *command) checkFlags(v verb) error {
	for _, f := range []struct {
		name, value string
		check       func(string) error
	}{
		{"package", c.pkg, config.CheckPackage},
		{"module", c.module, config.CheckModule},
		{"go", c.version, config.CheckGo},
		{"format", c.format, func(format string) error { return config.OneOf(format, v.formats) }},
	} {
		if f.value == "" {
			continue
		}
		if err := f.check(f.value); err != nil {
			return fmt.Errorf("--%s: %w", f.name, err)
		}
	}
	return c.checkRules()
}

// checkRules says what is wrong with the rules that flags give.
func (c *command) checkRules() error {
	for _, side := range []struct {
		flag  string
		rules []string
	}{{"include", c.include}, {"exclude", c.exclude}} {
		for _, text := range side.rules {
			if _, err := config.ParseRule(text); err != nil {
				return fmt.Errorf("--%s: %w", side.flag, err)
			}
		}
	}
	return nil
}

// flagError says what is wrong with the flags, and what may have been meant.
func flagError(err error, flags *pflag.FlagSet) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%w; gen -h lists the flags", err)
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if near := diag.Nearest(unknown.GetSpecifiedName(), names); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return fmt.Errorf("%w; gen -h lists the flags", err)
}

// profile starts what the profile flags ask for, and returns what ends it.
func (c *command) profile() (stop func(), err error) {
	stop = func() {}
	if c.cpuProfile != "" {
		f, err := os.Create(c.cpuProfile)
		if err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return nil, err
		}
		stop = func() { pprof.StopCPUProfile(); f.Close() }
	}
	if c.memProfile == "" {
		return stop, nil
	}
	f, err := os.Create(c.memProfile)
	if err != nil {
		return nil, err
	}
	cpu := stop
	return func() { cpu(); pprof.Lookup("allocs").WriteTo(f, 0); f.Close() }, nil
}
