package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// manual is where all of it is told at length.
const manual = "https://github.com/openapi-lathe/lathe"

// overview is what gen -h says.
const overview = `gen turns an OpenAPI description into a Go SDK.

Usage:
  gen SPEC                    write the SDK of a description
  gen gen.yaml                write the SDK that a config describes
  gen VERB [arguments]

Examples:
  gen api.yaml                                the SDK, in a folder named after the API
  gen api.yaml -o sdk --module example.com/sdk  as a module of its own
  gen init api.yaml                           a gen.yaml with everything that is inferred
  gen gen.yaml --check                        in CI: fail if the SDK is out of date
  gen diff HEAD:gen.yaml gen.yaml             what changes for users, and the next version
`

// groups are the verbs as the overview has them.
var groups = []struct {
	title string
	verbs []string
}{
	{"Make an SDK", []string{"generate", "init", "watch", "docs"}},
	{"Look", []string{"inspect", "diff", "parity", "explain"}},
	{"Set up", []string{"schema", "merge", "completion", "man", "help", "version"}},
}

// frequent are the flags that people use first.
var frequent = []string{"output", "module", "config", "check", "quiet"}

// exitCodes says what the exit codes mean; they are the same for every verb.
const exitCodes = `Exit codes:
  0  done
  1  a problem in the description or config, a stale output, or what --fail-on or
     --max-warnings forbids
  2  a problem in the command line, or with reading or writing files
`

// flagSet returns the flags of a verb.
func (c *command) flagSet(v verb) *pflag.FlagSet {
	flags := pflag.NewFlagSet("gen", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	if v.flags != nil {
		v.flags(c, flags)
	}
	if !v.bare {
		c.commonFlags(flags)
	}
	return flags
}

// overview prints the help of gen itself.
func (c *command) overview() {
	fmt.Fprint(c.stdout, overview)
	known := verbs()
	listed := func(name string) (verb, bool) {
		i := slices.IndexFunc(known, func(v verb) bool { return v.name == name })
		if i < 0 {
			return verb{}, false
		}
		return known[i], true
	}
	var rest []string
	for _, v := range known {
		if !slices.ContainsFunc(groups, func(g struct {
			title string
			verbs []string
		}) bool {
			return slices.Contains(g.verbs, v.name)
		}) {
			rest = append(rest, v.name)
		}
	}
	for i, g := range groups {
		fmt.Fprintf(c.stdout, "\n%s:\n", g.title)
		names := g.verbs
		if i == 0 {
			names = append(slices.Clone(names), rest...)
		}
		for _, name := range names {
			if v, ok := listed(name); ok {
				fmt.Fprintf(c.stdout, "  %-12s%s\n", v.name, v.does)
			}
		}
	}
	fmt.Fprint(c.stdout, "\nThe flags that people use first:\n")
	c.printFlags(c.flagSet(known[0]), func(f *pflag.Flag) bool { return slices.Contains(frequent, f.Name) })
	fmt.Fprintf(c.stdout, "\ngen help VERB lists all flags of a verb; %s has the manual.\n", manual)
}

// help prints what a verb can be told.
func (c *command) help(v verb, flags *pflag.FlagSet) {
	fmt.Fprintf(c.stdout, "gen %s: %s.\n\nUsage:\n  gen %s%s", v.name, v.does, v.name, v.takes())
	if flags.HasFlags() {
		fmt.Fprint(c.stdout, " [flags]")
	}
	fmt.Fprintln(c.stdout)
	if v.about != "" {
		fmt.Fprintf(c.stdout, "\n%s\n", strings.TrimSpace(v.about))
	}
	if v.examples != "" {
		fmt.Fprint(c.stdout, "\nExamples:\n")
		for line := range strings.Lines(strings.TrimSpace(v.examples)) {
			fmt.Fprintf(c.stdout, "  %s\n", strings.TrimSpace(line))
		}
	}
	common := map[string]bool{}
	if !v.bare {
		set := pflag.NewFlagSet("common", pflag.ContinueOnError)
		(&command{}).commonFlags(set)
		set.VisitAll(func(f *pflag.Flag) { common[f.Name] = true })
	}
	own := func(f *pflag.Flag) bool { return !common[f.Name] && f.Name != "help" && f.Name != "version" }
	if v.flags != nil {
		fmt.Fprintf(c.stdout, "\nFlags of gen %s:\n", v.name)
		c.printFlags(flags, own)
	}
	if !v.bare {
		fmt.Fprint(c.stdout, "\nFlags of every verb that reads a description:\n")
		c.printFlags(flags, func(f *pflag.Flag) bool { return common[f.Name] })
	}
	fmt.Fprint(c.stdout, "\n"+exitCodes)
}

// printFlags prints those of the flags that are asked for, a line each.
func (c *command) printFlags(flags *pflag.FlagSet, wanted func(*pflag.Flag) bool) {
	w := tabwriter.NewWriter(c.stdout, 0, 0, 3, ' ', 0)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || !wanted(f) {
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
}

// helpVerb is the verb that explains verbs.
func (c *command) helpVerb() int {
	if len(c.words) == 0 {
		c.overview()
		return exitDone
	}
	known := verbs()
	i := slices.IndexFunc(known, func(v verb) bool { return v.name == c.words[0] })
	if i < 0 || len(c.words) > 1 {
		var names []string
		for _, v := range known {
			names = append(names, v.name)
		}
		hint := "gen help lists them"
		if near := diag.Nearest(c.words[0], names); near != "" && i < 0 {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.say("there is no verb %q; %s", strings.Join(c.words, " "), hint)
		return exitUsage
	}
	c.help(known[i], (&command{}).flagSet(known[i]))
	return exitDone
}

// showVersion prints which gen this is: its version, or the revision that it was
// built from, and what built it.
func (c *command) showVersion() int {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	fmt.Fprintln(c.stdout, versionLine(info))
	return exitDone
}

func versionLine(info *debug.BuildInfo) string {
	setting := map[string]string{}
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	line := fmt.Sprintf("gen %s %s %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if revision := setting["vcs.revision"]; revision != "" {
		line += " " + setting["vcs"] + " " + revision[:min(12, len(revision))]
		if date, _, ok := strings.Cut(setting["vcs.time"], "T"); ok {
			line += " of " + date
		}
		if setting["vcs.modified"] == "true" {
			line += ", modified"
		}
	}
	return line
}
