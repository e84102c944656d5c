package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diff/contract"
	"github.com/openapi-lathe/lathe/internal/diff/report"
	"github.com/openapi-lathe/lathe/internal/docs"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/output"
)

func (c *command) docsFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&c.output, "output", "o", "", "the `folder` to write the site to (default: ./site)")
	flags.StringVarP(&c.pkg, "package", "p", "", "the `name` of the SDK's root package (default: from the title)")
	flags.StringVar(&c.module, "module", "", "the import `path` of the SDK (default: that of the module around its folder)")
	flags.StringVar(&c.version, "go", "", "the Go `version` of the SDK: "+strings.Join(config.Versions(), " or ")+" (default: "+config.Versions()[0]+")")
	c.lockFlag(flags)
	flags.StringVar(&c.from, "from", "", "the earlier `version` that the changelog compares with: what gen diff takes as OLD")
	flags.BoolVar(&c.codeSamples, "code-samples", false, "write code-samples.overlay.json too, an overlay that shows the programs in other viewers (x-codeSamples)")
	flags.BoolVar(&c.serve, "serve", false, "serve the site on this machine and make it anew when its source changes; nothing is written unless there is an -o")
	flags.StringVar(&c.address, "address", "localhost:8080", "the `address` that --serve listens at")
}

// docs is the verb that writes a reference site.
func (c *command) docs() int {
	if c.serve {
		return c.serveDocs()
	}
	debug.SetGCPercent(400) // it makes many small pages, and ends
	defer c.showProgress()()
	site, code := c.site("")
	if site == nil {
		return code
	}
	c.stage("writing " + site.output)
	result, err := output.Files(site.output, site.files)
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	c.note("%s; a site of %s in %s", counts(site.sdk.API), result, site.output)
	return exitDone
}

// A madeSite is a reference site in memory.
type madeSite struct {
	sdk    *generate.Result
	files  map[string][]byte
	output string
}

// site makes the site. It is nil if it could not be made, and why has been said.
func (c *command) site(serve string) (*madeSite, int) {
	o := c.options()
	o.Output, o.Reference = "", true
	sdk, err := generate.Model(o)
	if err != nil {
		c.say("%v", err)
		return nil, exitUsage
	}
	c.print(sdk.Problems.Sorted())
	if sdk.API == nil {
		c.note("%s; nothing was written", tally(sdk.Problems.Sorted()))
		return nil, exitProblem
	}
	cfg := &sdk.Config
	site := &madeSite{sdk: sdk, output: c.output}
	if site.output == "" {
		site.output = besideConfig(cfg, cmp.Or(cfg.Docs.Output, "site"))
	}
	opts, err := docsOptions(sdk)
	if err != nil {
		c.say("%v", err)
		return nil, exitUsage
	}
	opts.Serve = serve
	if from := cmp.Or(c.from, besideSource(cfg, cfg.Docs.From)); from != "" {
		c.stage("comparing with " + from)
		if opts.Changes, err = c.docsChanges(from); err != nil {
			return nil, c.failed(err)
		}
	}
	for _, e := range cfg.Docs.Versions {
		opts.Versions = append(opts.Versions, docs.Version{Name: e.Name, URL: e.Name + "/index.html"})
	}
	if len(opts.Versions) > 0 {
		opts.Versions = append([]docs.Version{{Name: cmp.Or(strings.TrimSpace(sdk.API.Version), "current"), URL: "index.html", Current: true}}, opts.Versions...)
	}
	c.stage("writing pages")
	if site.files, err = docs.Files(sdk.API, *opts); err != nil {
		c.say("%v", err)
		return nil, exitUsage
	}
	if c.codeSamples {
		site.files["code-samples.overlay.json"], err = docs.CodeSamples(sdk.API)
		if err != nil {
			c.say("%v", err)
			return nil, exitUsage
		}
	}
	for i, e := range cfg.Docs.Versions {
		files, code := c.versionSite(cfg, e, opts, i+1)
		if files == nil {
			return nil, code
		}
		maps.Copy(site.files, files)
	}
	return site, exitDone
}

// versionSite makes the site of another version of the API, in its folder.
func (c *command) versionSite(cfg *config.Config, e config.Edition, opts *docs.Options, current int) (map[string][]byte, int) {
	own := *c
	own.lock, own.input, own.config = "", besideConfig(cfg, e.Spec), ""
	if config.Is(own.input) {
		own.config, own.input = own.input, ""
	}
	o := own.options()
	o.Output, o.Reference, o.Module = "", true, cfg.Module
	o.Package = cfg.Package
	sdk, err := generate.Model(o)
	if err != nil {
		c.say("%s: %v", e.Name, err)
		return nil, exitUsage
	}
	c.print(sdk.Problems.Sorted())
	if sdk.API == nil {
		return nil, exitProblem
	}
	version := *opts
	version.Changes, version.Versions = nil, nil
	version.Name, version.Description = path.Base(filepath.ToSlash(sdk.Spec)), nil
	version.Description, err = os.ReadFile(sdk.Spec)
	if err != nil {
		version.Name = ""
	}
	if version.URL != "" {
		version.URL = strings.TrimRight(version.URL, "/") + "/" + e.Name
	}
	for i, v := range opts.Versions {
		version.Versions = append(version.Versions, docs.Version{Name: v.Name, URL: "../" + v.URL, Current: i == current})
	}
	files, err := docs.Files(sdk.API, version)
	if err != nil {
		c.say("%s: %v", e.Name, err)
		return nil, exitUsage
	}
	below := map[string][]byte{}
	for name, data := range files {
		below[e.Name+"/"+name] = data
	}
	return below, exitDone
}

// docsOptions reads what the config names.
func docsOptions(sdk *generate.Result) (*docs.Options, error) {
	cfg := &sdk.Config
	d := &cfg.Docs
	opts := &docs.Options{Title: d.Title, URL: d.URL, Color: d.Color, Footer: d.Footer, Images: d.Images}
	var err error
	if d.Logo != "" {
		if opts.Logo, err = os.ReadFile(besideConfig(cfg, d.Logo)); err != nil {
			return nil, fmt.Errorf("the logo cannot be read: %w", err)
		}
	}
	for _, name := range d.Pages {
		text, err := os.ReadFile(besideConfig(cfg, name))
		if err != nil {
			return nil, fmt.Errorf("a page of the site cannot be read: %w", err)
		}
		base := path.Base(filepath.ToSlash(name))
		opts.Pages = append(opts.Pages, docs.Page{Name: strings.TrimSuffix(base, path.Ext(base)), Text: text})
	}
	if d.Templates != "" {
		dir := besideConfig(cfg, d.Templates)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("the templates of the site: %s is no folder", dir)
		}
		opts.Templates = os.DirFS(dir)
	}
	// What is read from standard input or elsewhere is there only as it was read.
	if data, err := os.ReadFile(sdk.Spec); err == nil {
		opts.Name, opts.Description = "openapi"+strings.ToLower(path.Ext(sdk.Spec)), data
	} else if !errors.Is(err, fs.ErrNotExist) && !strings.Contains(sdk.Spec, "://") {
		return nil, err
	} else {
		opts.Name, opts.Description = "openapi.json", sdk.Doc.JSON()
	}
	return opts, nil
}

// besideConfig is a file that a config names.
func besideConfig(cfg *config.Config, name string) string {
	if cfg.File == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(cfg.File), filepath.FromSlash(name))
}

// besideSource is [besideConfig] of what may be a revision, too.
func besideSource(cfg *config.Config, name string) string {
	if name == "" {
		return ""
	}
	file := besideConfig(cfg, name)
	if _, err := os.Stat(file); err == nil {
		return file
	}
	return name
}

// docsChanges compares an earlier version with what the site is of.
func (c *command) docsChanges(from string) (*docs.Changes, error) {
	own := *c
	own.output = ""
	own.old, own.new = from, cmp.Or(c.config, c.input)
	if !strings.Contains(from, "://") {
		if _, err := os.Stat(from); err != nil && !strings.Contains(from, ":") {
			own.old = from + ":" + own.new
		}
	}
	var cleanUp cleaner
	defer cleanUp.run()
	old, new, err := own.editions(&cleanUp)
	if err != nil {
		return nil, err
	}
	changes, err := old.compare(new)
	if err != nil {
		return nil, err
	}
	return &docs.Changes{From: from, Text: changesText(changes), Added: addedNames(old, new), Changed: changedNames(changes)}, nil
}

// changesText is a changelog without its first heading.
func changesText(r *report.Report) string {
	var b strings.Builder
	for _, level := range []struct {
		level contract.Level
		title string
	}{{contract.Major, "Breaking"}, {contract.Minor, "New"}, {contract.Patch, "Other"}} {
		said := false
		seen := map[string]bool{}
		for i := range r.Changes {
			ch := &r.Changes[i]
			if ch.Level != level.level || seen[report.Markdown(ch)] {
				continue
			}
			if !said {
				said = true
				fmt.Fprintf(&b, "\n## %s\n\n", level.title)
			}
			seen[report.Markdown(ch)] = true
			fmt.Fprintf(&b, "- %s\n", strings.TrimPrefix(report.Markdown(ch), "- "))
		}
	}
	if b.Len() == 0 {
		return "Nothing changed.\n"
	}
	return b.String()
}

// addedNames are the calls and types that only the new edition has.
func addedNames(old, new *edition) map[string]bool {
	added := map[string]bool{}
	for call, op := range new.ops {
		if old.ops[call] == nil {
			added[op.Call] = true
		}
	}
	for name := range new.placeOf {
		if _, ok := old.placeOf[name]; !ok && strings.Count(name, ".") == 1 {
			added[name] = true
		}
	}
	return added
}

// changedNames are the calls and types that something is said of.
func changedNames(r *report.Report) map[string]bool {
	changed := map[string]bool{}
	for i := range r.Changes {
		if s := r.Changes[i].Subject; s != "" {
			changed[s] = true
		}
	}
	return changed
}
