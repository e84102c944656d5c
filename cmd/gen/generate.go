package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/output/handwritten"
)

// options are what the command line says, for the pipeline.
func (c *command) options() generate.Options {
	return generate.Options{
		Spec: c.input, ConfigFile: c.config, Output: c.output, Package: c.pkg, Module: c.module, Go: c.version,
		Lock: c.lock, Tests: c.tests, Strict: c.strict, Overlays: c.overlays, Include: c.include, Exclude: c.exclude,
		Limits: c.limits, Root: c.root, AllowHosts: c.hosts, Stdin: c.stdin, Opened: c.opened, Stage: c.stage,
	}
}

// generate is the verb that writes an SDK, or checks one.
func (c *command) generate() int {
	defer c.showProgress()()
	sdk, err := generate.Run(c.options())
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	for _, note := range sdk.Notes {
		c.note("%s", note)
	}
	problems := sdk.Problems
	if sdk.Files == nil {
		return c.report(problems, sdk.API, nil)
	}
	c.stage("comparing with " + sdk.Output)
	for _, d := range handwritten.Clashes(sdk.Output, sdk.Files, output.Listed(sdk.Output)).Sorted() {
		problems.Add(d)
	}
	c.limitWarnings(problems)
	if problems.Failed() {
		return c.report(problems, sdk.API, nil)
	}
	if c.check {
		return c.compare(sdk)
	}
	result, err := write(sdk)
	if err != nil {
		problems.Add(err)
		return max(c.report(problems, sdk.API, nil), exitUsage)
	}
	if c.changes != nil {
		c.changes(result)
	}
	for _, name := range result.Kept {
		c.note("%s is left as you changed it; remove it to have it made anew", filepath.Join(sdk.Output, filepath.FromSlash(name)))
	}
	if sdk.LockFile != "" {
		c.noteGone(sdk)
	}
	code := c.report(problems, sdk.API, &outcome{sdk.Output, result})
	if len(result.Added) == len(sdk.Files) && c.stamps == nil {
		c.noteUse(sdk)
	}
	return code
}

// noteUse says how a program uses an SDK that is new.
func (c *command) noteUse(sdk *generate.Result) {
	program := goProgram.FindSubmatch(sdk.Files["README.md"])
	if program == nil {
		return
	}
	c.note("to use it:")
	if sdk.GoMod && !strings.Contains(sdk.Config.Module, ".") {
		folder := filepath.ToSlash(sdk.Output)
		if !filepath.IsAbs(sdk.Output) {
			folder = "./" + folder
		}
		c.note("  go mod edit -require %[1]s@v0.0.0 -replace %[1]s=%[2]s && go mod tidy  # in your module", sdk.Config.Module, folder)
	}
	c.note("  import %q", sdk.Config.Module)
	for line := range strings.Lines(string(program[1])) {
		if text := strings.TrimSpace(line); strings.Contains(text, ".NewClient(") || strings.Contains(text, "client.") {
			c.note("  %s", text)
		}
	}
}

// goProgram finds the first program of a README.
var goProgram = regexp.MustCompile("(?s)```go\n(package main\n.*?)```")

// write writes an SDK and its lock: both or neither.
func write(sdk *generate.Result) (output.Result, error) {
	lock, err := stageLock(sdk)
	if err != nil {
		return output.Result{}, err
	}
	result, err := output.Files(sdk.Output, sdk.Files)
	if err != nil {
		lock.Drop()
		return result, err
	}
	return result, lock.Commit()
}

// stageLock prepares to remember the names of an SDK; nil if nothing is to be
// written.
func stageLock(sdk *generate.Result) (*output.Staged, error) {
	if sdk.LockFile == "" {
		return nil, nil
	}
	data := sdk.Lock.Bytes()
	old, err := os.ReadFile(sdk.LockFile)
	if err == nil && bytes.Equal(old, data) {
		return nil, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return output.Stage(sdk.LockFile, data)
}

// staleLock returns the differences between the lock and the names of an SDK.
func staleLock(sdk *generate.Result) (string, error) {
	if sdk.LockFile == "" {
		return "", nil
	}
	old, err := os.ReadFile(sdk.LockFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return output.Diff(filepath.ToSlash(sdk.LockFile), old, sdk.Lock.Bytes()), nil
}

// noteGone says which names the SDK has lost, the first few one by one.
func (c *command) noteGone(sdk *generate.Result) {
	const few = 10
	gone := sdk.Gone()
	for i, e := range gone {
		if i == few {
			c.note("and %d more names are gone", len(gone)-few)
			break
		}
		c.note("%s: %s is gone (%s)", cmp.Or(e.Pos.String(), sdk.LockFile), e.Name, e.Place)
	}
}

// mend is the command that writes what --check finds missing.
func (c *command) mend() string {
	words := []string{"gen"}
	for _, arg := range c.args {
		switch {
		case arg == "--check" || strings.HasPrefix(arg, "--check=") || arg == "-q" || arg == "--quiet":
		case strings.ContainsAny(arg, " \t\"'$&|;<>*?()\\#~`"):
			words = append(words, "'"+strings.ReplaceAll(arg, "'", `'\''`)+"'")
		default:
			words = append(words, arg)
		}
	}
	return strings.Join(words, " ")
}

// compare is what generate does instead of writing.
func (c *command) compare(sdk *generate.Result) int {
	problems := sdk.Problems
	result, diff, err := output.Check(sdk.Output, sdk.Files)
	lockDiff := ""
	if err == nil {
		lockDiff, err = staleLock(sdk)
	}
	if err != nil {
		problems.Add(err)
		return max(c.report(problems, sdk.API, nil), exitUsage)
	}
	if !result.Fresh() {
		if !c.quiet {
			fmt.Fprint(c.stderr, diff)
		}
		problems.Errorf(diag.Pos{File: sdk.Output}, "stale", "generated files are out of date (%s); to update them, run: %s", result, c.mend())
	}
	if lockDiff != "" {
		if !c.quiet {
			fmt.Fprint(c.stderr, lockDiff)
		}
		problems.Errorf(diag.Pos{File: sdk.LockFile}, "stale", "the lock is out of date; to update it, run: %s", c.mend())
	}
	return c.report(problems, sdk.API, &outcome{sdk.Output, result})
}
