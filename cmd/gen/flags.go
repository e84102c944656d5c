package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"text/tabwriter"
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
	name    string
	does    string
	run     func(*command) int
	flags   func(*command, *pflag.FlagSet)
	formats []string
	bare    bool // it reads no description, and has no flags
}

// verbs are all of them; the first is the one that need not be said.
func verbs() []verb {
	return []verb{
		{"generate", "write the SDK", (*command).generate, (*command).generateFlags, []string{"text", "json", "sarif"}, false},
		{"diff", "say what changes between two descriptions, outputs or revisions", (*command).diff, (*command).diffFlags, []string{"text", "markdown", "json"}, false},
		{"inspect", "show the resource tree, and write nothing", (*command).inspect, (*command).inspectFlags, []string{"text", "json"}, false},
		{name: "docs", does: "write a reference site for the SDK", run: (*command).docs, flags: (*command).docsFlags},
		{name: "watch", does: "write the SDK, and again when what it is made from changes", run: (*command).watch, flags: (*command).watchFlags},
		{name: "init", does: "write a gen.yaml with what is inferred", run: (*command).init, flags: (*command).initFlags},
		{"parity", "say what users of an SDK find in another one", (*command).parity, (*command).parityFlags, []string{"text", "markdown", "json"}, false},
		{name: "schema", does: "print the JSON schema of gen.yaml", run: (*command).schema, bare: true},
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

// takes is what a verb has for an argument.
func (v verb) takes() string {
	switch {
	case v.bare:
		return ""
	case v.name == "init":
		return " SPEC"
	case v.name == "diff" || v.name == "parity":
		return " OLD NEW"
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
	flags := pflag.NewFlagSet("gen", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	if !v.bare {
		v.flags(c, flags)
		c.commonFlags(flags)
	}
	showVersion := flags.Bool("version", false, "print the version of gen")
	help := flags.BoolP("help", "h", false, "print this help")

	if err := flags.Parse(args); err != nil {
		return nil, explain(err, flags)
	}
	switch {
	case *help:
		return func(c *command) int { c.help(v, named, flags); return exitDone }, nil
	case *showVersion:
		return (*command).showVersion, nil
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

// explain says what is wrong with the flags, and what may have been meant.
func explain(err error, flags *pflag.FlagSet) error {
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

// help prints what a verb can be told.
func (c *command) help(v verb, named bool, flags *pflag.FlagSet) {
	if !named {
		fmt.Fprint(c.stdout, "gen turns an OpenAPI description into a Go SDK.\n\n")
	}
	fmt.Fprint(c.stdout, "usage:\n")
	for i, other := range verbs() {
		name := other.name
		if i == 0 {
			name = "[" + name + "]"
		}
		if !named || other.name == v.name {
			fmt.Fprintf(c.stdout, "  %-35s %s\n", "gen "+name+other.takes(), other.does)
		}
	}
	if !v.bare {
		fmt.Fprint(c.stdout, "\nSPEC is a file, a URL, or - for standard input.\n")
	}
	fmt.Fprintf(c.stdout, "\nflags of %s:\n", v.name)
	w := tabwriter.NewWriter(c.stdout, 0, 0, 3, ' ', 0)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		short := "    "
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		value, usage := pflag.UnquoteUsage(f)
		if f.Value.Type() == "bool" {
			value = ""
		}
		fmt.Fprintf(w, "  %s--%s\t%s\n", short, strings.TrimSpace(f.Name+" "+value), usage)
	})
	w.Flush()
	fmt.Fprint(c.stdout, "\nThe exit code is 0 when it is done, 1 for a problem in the description or a stale output,\n2 for a problem in the command line or with writing the output.\n")
}

func (c *command) showVersion() int {
	version := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = cmp.Or(info.Main.Version, version)
	}
	fmt.Fprintf(c.stdout, "gen %s %s %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitDone
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
