package main

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func (c *command) initFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.to, "to", "gen.yaml", "the config to write, a `file` that must not be there (default: gen.yaml)")
	flags.StringVar(&c.fromConfig, "from", "", "the configuration of another generator to say the same as: a stainless.yml, a `file` of Fern or Speakeasy")
	flags.StringVar(&c.match, "match", "", "the `SDK` whose names and shape the new one is to have: a folder, an api.md, or module@version")
	c.outputFlags(flags)
}

// init is the verb that writes a config with what a run without one infers. It
// changes nothing about the output: that holds for the file as it is, and with
// every decision in it pinned, as both are tried before it is written.
func (c *command) init() int {
	switch _, err := os.Lstat(c.to); {
	case c.config != "":
		c.say("gen init writes a config and reads none; name the description: gen init SPEC")
		return exitUsage
	case c.input == "-":
		c.say("the config must name the description, which cannot be standard input")
		return exitUsage
	case err == nil:
		c.say("%s is there already; remove it, or name another file with --to", c.to)
		return exitUsage
	}
	switch {
	case c.fromConfig != "" && c.match != "":
		c.say("--from and --match each say what the config is to be; use one of them")
		return exitUsage
	case c.fromConfig != "":
		return c.initFrom()
	case c.match != "":
		return c.initMatch()
	}
	o := c.options()
	o.NoLock = true
	sdk, err := generate.Run(o)
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	api, problems := sdk.API, sdk.Problems
	if sdk.Files == nil {
		return c.close(problems, api)
	}
	text := c.draft(sdk)
	if err := writeNew(c.to, text); err != nil {
		c.say("cannot write %s: %v", c.to, err)
		return exitUsage
	}
	c.note("%s has what is inferred; gen %s makes the SDK in %s", c.to, c.to, sdk.Output)
	return c.close(problems, api)
}

// writeNew writes a file that must not be there, whole or not at all.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err == nil {
		_, err = f.Write(data)
		if err = cmp.Or(err, f.Close()); err != nil {
			os.Remove(name)
		}
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}

// A trial is what a draft of a config is held against.
type trial struct {
	options generate.Options // of a run with the draft
	file    string
	want    *generate.Result // of a run without
}

// draft returns the text of the config.
func (c *command) draft(sdk *generate.Result) []byte {
	o := c.options()
	o.Spec, o.Output, o.ConfigFile, o.NoLock = sdk.Spec, sdk.Output, "", true
	o.Package, o.Module, o.Go, o.Tests = "", "", "", false
	o.Overlays, o.Include, o.Exclude, o.Opened = nil, nil, nil, nil
	t := &trial{o, c.to, sdk}
	entries := c.entries(sdk)
	if t.same(entries) {
		return written(entries, false)
	}
	// Something that was inferred cannot be said as a decision: what it is shows
	// when each is tried with those before it.
	for i := range entries {
		if entries[i].kind == pin && !t.same(entries[:i+1]) {
			entries[i].kind = advice
		}
	}
	return written(entries, false)
}

// same reports whether a config with every decision pinned makes the same
// files.
func (t *trial) same(entries []entry) bool {
	cfg, problems := config.Parse(t.file, written(entries, true))
	if problems.Failed() {
		return false
	}
	cfg.Package = cmp.Or(cfg.Package, t.want.Config.Package)
	cfg.Go = cmp.Or(cfg.Go, t.want.Config.Go)
	o := t.options
	o.Config = cfg
	sdk, err := generate.Run(o)
	return err == nil && sdk.Problems.Len() == t.want.Problems.Len() && sdk.Files != nil && maps.EqualFunc(sdk.Files, t.want.Files, bytes.Equal)
}

// An entry is what a config says of one thing.
type entry struct {
	about string   // in words, a line or more
	lines []string // of the config
	kind  kind
}

// kind is how an entry stands in the config.
type kind int

const (
	active kind = iota // it counts
	pin                // it would not change anything, and counts when the # is taken away
	advice             // it would change something
)

const draftHead = `# What gen makes of a description, and what it is not to infer. A line that starts with # and no
# space is what it infers: take the # away to pin that, or to change it. The lines that are indented
# below it go with it. gen schema prints what there can be, for editors.
`

// written returns the text of entries. If all are to count, what is pinned
// does too.
func written(entries []entry, all bool) []byte {
	var b bytes.Buffer
	b.WriteString(draftHead)
	for _, s := range entries {
		if s.about != "" {
			b.WriteString("\n")
		}
		for line := range strings.Lines(s.about) {
			b.WriteString("# " + strings.TrimSpace(line) + "\n")
		}
		mark := map[kind]string{active: "", pin: "#", advice: "# "}[s.kind]
		if all && s.kind == pin {
			mark = ""
		}
		for _, line := range s.lines {
			b.WriteString(mark + line + "\n")
		}
	}
	return b.Bytes()
}

// from is the name of a file as a config in another one's folder has it.
func from(file, name string) string {
	if filepath.IsAbs(name) || strings.Contains(name, "://") {
		return name
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return name
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(dir, abs)
	if err != nil {
		return abs
	}
	return filepath.ToSlash(rel)
}

// quoted is a string as YAML has it, in quotes where it needs them.
func quoted(s string) string {
	n, err := spec.Parse("", []byte("k: "+s), spec.Limits{})
	plain := err == nil && n.Get("k").Is(spec.String) && n.Get("k").Text() == s && !strings.ContainsAny(s, ",[]{}#&*!|>'\"%@`?: \n")
	if plain {
		return s
	}
	return string(spec.NewScalar(spec.String, diag.Pos{}, s).AppendJSON(nil))
}
