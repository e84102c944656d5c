package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/parity"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func (c *command) parityFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.format, "format", "text", "`how` to print the report: text, markdown or json (default: text)")
	flags.Float64Var(&c.least, "min", 0, "the `percent` of symbols that NEW must keep; with less, the exit code is 1 (default: 0)")
	flags.StringVar(&c.migration, "migration", "", "the `file` to tell in how to move what is left (default: none)")
}

// paired takes the two arguments of parity.
func (c *command) paired(args []string) error {
	if len(args) != 2 {
		return errors.New("what to compare is missing: gen parity OLD NEW, where OLD is a module such as example.com/sdk@v1.2.3, a folder or an api.md, and NEW a folder, a description or a gen.yaml")
	}
	if c.least < 0 || c.least > 100 {
		return fmt.Errorf("--min: %v is no percentage", c.least)
	}
	c.old, c.new = args[0], args[1]
	return nil
}

// parity is the verb that says what users of an SDK find in another one.
func (c *command) parity() int {
	old, err := symbolsOf(c.old)
	if err != nil {
		c.say("%s: %v", c.old, err)
		return exitUsage
	}
	new, pkg, code := c.newSymbols()
	if new == nil {
		return code
	}
	report := parity.Compare(old, new)
	switch c.format {
	case "json":
		enc := json.NewEncoder(c.stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(report); err != nil {
			c.say("%v", err)
			return exitUsage
		}
	case "markdown":
		fmt.Fprint(c.stdout, report.Table(), "\n", leftList(report, "- `", "`"))
	default:
		fmt.Fprint(c.stdout, report.Text(), "\n", leftList(report, "", ""))
	}
	if c.migration != "" {
		if err := os.WriteFile(c.migration, []byte(report.Guide(old, new, pkg)), 0o666); err != nil {
			c.say("cannot write %s: %v", c.migration, cause(err))
			return exitUsage
		}
	}
	if report.Total.Rate < c.least {
		c.say("%.1f %% of the symbols are kept, and --min is %v", report.Total.Rate, c.least)
		return exitProblem
	}
	return exitDone
}

// leftList writes a line for each symbol that changed or is gone.
func leftList(r *parity.Report, before, after string) string {
	var b strings.Builder
	for _, o := range r.Left() {
		switch o.Fate {
		case parity.Gone:
			fmt.Fprintf(&b, "%s%s%s is gone\n", before, o.Name, after)
		default:
			fmt.Fprintf(&b, "%s%s%s was %s, is %s\n", before, o.Name, after, o.Was, o.Is)
		}
	}
	return b.String()
}

// newSymbols returns the symbols of NEW and the name of its root package: of the
// SDK in a folder, or of the one that a description makes.
func (c *command) newSymbols() (map[string]*parity.Symbol, string, int) {
	if info, err := os.Stat(c.new); err == nil && info.IsDir() {
		symbols, err := symbolsOf(c.new)
		if err != nil {
			c.say("%s: %v", c.new, err)
			return nil, "", exitUsage
		}
		module, files, err := parity.ReadFolder(c.new)
		if err != nil {
			return symbols, filepath.Base(module), exitDone
		}
		return symbols, parity.RootPackage(files, module), exitDone
	}
	o := c.options()
	o.Spec, o.ConfigFile, o.Detached, o.Module, o.Output = c.new, "", true, diffModule, ""
	if config.Is(c.new) {
		o.Spec, o.ConfigFile = "", c.new
	}
	made, err := generate.Run(o)
	if err != nil {
		c.say("%v", err)
		return nil, "", exitUsage
	}
	if made.Files == nil {
		return nil, "", c.close(made.Problems, made.API)
	}
	sdk, err := parity.Load(diffModule, made.Files)
	if err != nil {
		c.say("%v", err)
		return nil, "", exitUsage
	}
	return sdk.Symbols(), made.API.Package, exitDone
}

// symbolsOf returns the symbols of an SDK that people use: of its source, or of the
// methods that an api.md lists.
func symbolsOf(name string) (map[string]*parity.Symbol, error) {
	dir, err := sdkFolder(name)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(dir, ".md") {
		data, err := os.ReadFile(dir)
		if err != nil {
			return nil, cause(err)
		}
		return parity.Listed(parity.ReadAPI(string(data))), nil
	}
	module, files, err := parity.ReadFolder(dir)
	if err != nil {
		return nil, err
	}
	sdk, err := parity.Load(module, files)
	if err != nil {
		return nil, err
	}
	return sdk.Symbols(), nil
}

// sdkFolder is where an SDK is: the folder or the file that a name is, or the
// folder of a module, path@version, in the module cache.
func sdkFolder(name string) (string, error) {
	if _, err := os.Stat(name); err == nil {
		return name, nil
	}
	module, version, ok := strings.Cut(name, "@")
	if !ok || !strings.Contains(module, ".") {
		return "", errors.New("there is no such folder or file; a module is named with its version, as example.com/sdk@v1.2.3")
	}
	cache := os.Getenv("GOMODCACHE")
	if cache == "" {
		out, err := exec.Command("go", "env", "GOMODCACHE").Output()
		if err != nil {
			return "", fmt.Errorf("the module cache is not found: %w; set GOMODCACHE", err)
		}
		cache = strings.TrimSpace(string(out))
	}
	dir := filepath.Join(cache, filepath.FromSlash(escaped(module)+"@"+escaped(version)))
	if _, err := os.Stat(dir); err != nil {
		return "", fmt.Errorf("the module cache does not have it; go mod download %s fetches it", name)
	}
	return dir, nil
}

// escaped is a module path or version as the cache has it, in which a capital
// letter is ! and the small one (Go Modules Reference, "Module cache").
func escaped(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('!')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// initMatch writes the gen.yaml of an SDK with the names of one that is there.
func (c *command) initMatch() int {
	dir, err := sdkFolder(c.match)
	if err != nil {
		c.say("%s: %v", c.match, err)
		return exitUsage
	}
	calls, err := parity.ReadCalls(dir)
	if err != nil {
		c.say("%s: %v", c.match, err)
		return exitUsage
	}
	if c.input == "" {
		c.say("name the description that the SDK is made of: gen init --match %s SPEC", c.match)
		return exitUsage
	}
	doc, problems := spec.Load(c.input, spec.Options{Limits: c.limits, Stdin: c.stdin, Root: c.root, AllowHosts: c.hosts})
	if doc == nil {
		return c.close(problems, nil)
	}
	cfg, said := parity.Match(calls, doc)
	list := &diag.List{}
	for _, d := range said.Sorted() {
		list.Add(d)
	}
	return c.writeConfig(cfg, nil, c.input, list)
}
