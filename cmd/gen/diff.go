package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/diff/contract"
	"github.com/openapi-lathe/lathe/internal/diff/goapi"
	"github.com/openapi-lathe/lathe/internal/diff/report"
	"github.com/openapi-lathe/lathe/internal/output"
)

func (c *command) diffFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.format, "format", "text", "`how` to print the report: text, markdown or json (default: text)")
	flags.StringVar(&c.failOn, "fail-on", "", "the `level` of changes to exit with 1 for: major or minor (default: none)")
	flags.StringVar(&c.from, "from", "", "the `version` of OLD, to say the next one")
	flags.StringVar(&c.migration, "migration", "MIGRATION.md", "the `file` to tell in how to move, if something breaks; empty for none (default: MIGRATION.md)")
	flags.StringVar(&c.changelog, "changelog", "", "a CHANGELOG.md, the `file` to put an entry into")
	flags.StringVar(&c.lock, "lock", "", "the `file` with the names that OLD has (default: gen.lock beside the config, none without a config)")
}

// compared takes the two arguments of diff.
func (c *command) compared(args []string) error {
	if len(args) != 2 {
		return errors.New("what to compare is missing: gen diff OLD NEW, each a description, an output folder, or REVISION:path; gen diff -h tells more")
	}
	c.old, c.new = args[0], args[1]
	if c.failOn != "" {
		if err := config.OneOf(c.failOn, []string{"major", "minor"}); err != nil {
			return fmt.Errorf("--fail-on: %w", err)
		}
	}
	if c.from != "" {
		if err := report.CheckVersion(c.from); err != nil {
			return fmt.Errorf("--from: %w", err)
		}
	}
	return nil
}

// diff is the verb that says what changes between two versions.
func (c *command) diff() int {
	var cleanUp cleaner
	defer cleanUp.run()
	old, new, err := c.editions(&cleanUp)
	if err != nil {
		return c.failed(err)
	}
	changes, err := old.compare(new)
	if err != nil {
		return c.failed(err)
	}
	changes.From = c.from
	switch c.format {
	case "json":
		fmt.Fprint(c.stdout, changes.JSON())
	case "markdown":
		fmt.Fprint(c.stdout, changes.Markdown())
	default:
		fmt.Fprint(c.stdout, changes.Text())
	}
	if err := c.writeReports(changes); err != nil {
		c.say("%v", err)
		return exitUsage
	}
	if level := changes.Level(); c.failOn == "major" && level == contract.Major || c.failOn == "minor" && level >= contract.Minor {
		return exitProblem
	}
	return exitDone
}

// failed reports an error of one of the versions: what is wrong with a
// description, or with the command line.
func (c *command) failed(err error) int {
	var problems *brokenError
	if errors.As(err, &problems) {
		c.print(problems.list.Sorted())
		c.note("%s", tally(problems.list.Sorted()))
		return exitProblem
	}
	c.say("%v", err)
	return exitUsage
}

// editions reads both versions.
func (c *command) editions(cleanUp *cleaner) (old, new *edition, err error) {
	if old, err = c.edition(c.old, nil, cleanUp); err != nil {
		return nil, nil, err
	}
	// What regenerating does is to keep the names of the old version.
	new, err = c.edition(c.new, old.lock, cleanUp)
	return old, new, err
}

// compare returns all that changes from v to new.
func (v *edition) compare(new *edition) (changes *report.Report, err error) {
	changes = &report.Report{Old: v.name, New: new.name}
	if v.doc != nil && new.doc != nil {
		changes.Contract = true
		for _, ch := range contract.Compare(v.doc, new.doc) {
			changes.Changes = append(changes.Changes, v.httpChange(new, ch))
		}
	}
	for _, ch := range goapi.Compare(v.sdk, new.sdk) {
		if ch.Name == "Version" && !v.sdk.Has("Version") == !new.sdk.Has("Version") {
			continue // that it differs is what it is for
		}
		change := v.goChange(new, ch)
		if ch.Message == "is new" && !ch.Breaking && new.movedFrom(v, ch.Name) != "" {
			continue // the change of its old name says so
		}
		if to := v.movedFrom(new, ch.Name); to != "" && ch.Message == "is gone" {
			change.What = "is called " + subjectOf(to) + " now"
			change.New = new.whereIs(to, token.Position{})
		}
		changes.Changes = append(changes.Changes, change)
	}
	changes.Sort()
	if changes.Level() == contract.Major {
		changes.Migration, err = migration(v, new, changes)
	}
	return changes, err
}

// httpChange puts a change of the contract into the terms of the SDK.
func (v *edition) httpChange(new *edition, ch contract.Change) report.Change {
	name := cmp.Or(new.nameOf(ch.Place), v.nameOf(ch.Place))
	subject := cmp.Or(subjectOf(name), strings.Replace(ch.Place, "#/components/schemas/", "schema ", 1))
	where := ch.Where
	for _, e := range []*edition{new, v} {
		// What a method returns is what the envelope holds.
		if op := e.ops[name]; op != nil && op.Result.Unwrap != "" && where == ch.Where {
			if rest, ok := strings.CutPrefix(where, "Result."+op.Result.Unwrap); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
				where = "Result" + rest
			}
		}
	}
	return report.Change{
		Level: ch.Level, Judgement: report.HTTP, Subject: subject, Where: where, What: ch.What,
		Name: name, Place: ch.Place, Old: v.shown(ch.Old), New: new.shown(ch.New),
	}
}

// goChange is a change of the Go API, with the places in the descriptions that
// it is from, if they are known, rather than those in the output.
func (v *edition) goChange(new *edition, ch goapi.Change) report.Change {
	level := contract.Minor
	if ch.Breaking {
		level = contract.Major
	}
	name := cmp.Or(v.calls[ch.Name], new.calls[ch.Name], ch.Name)
	return report.Change{
		Level: level, Judgement: report.Go, Subject: subjectOf(name), What: ch.Message, Name: ch.Name,
		Old: v.whereIs(name, ch.Old), New: new.whereIs(name, ch.New),
	}
}

// movedFrom returns the call in other of the method that a name is of, if the
// operation is there and called otherwise; else "".
func (e *edition) movedFrom(other *edition, name string) string {
	call := e.calls[name]
	op, all := e.ops[call], false
	if op == nil {
		op, all = e.twins[call], true
	}
	if op == nil || other.api == nil {
		return ""
	}
	is := other.sameOperation(op)
	switch {
	case is == nil:
		return ""
	case all && is.Result.All == "":
		return ""
	case all:
		name = "Client." + strings.TrimSuffix(is.Call, is.Name.Go) + is.Result.All
	default:
		name = "Client." + is.Call
	}
	if name == call {
		return ""
	}
	return name
}

// subjectOf is a name as sentences have it: of a call without the client.
func subjectOf(name string) string { return strings.TrimPrefix(name, "Client.") }

// writeReports writes the MIGRATION.md and the CHANGELOG.md.
func (c *command) writeReports(changes *report.Report) error {
	if c.migration != "" && changes.Level() == contract.Major {
		old, err := os.ReadFile(c.migration)
		if err == nil && !output.IsMade(old) {
			return diag.Errorf(diag.Pos{File: c.migration}, "output-not-ours", "gen did not make this file; move it, or choose another with --migration")
		}
		if err := output.File(c.migration, []byte(changes.MigrationMD())); err != nil {
			return err
		}
		c.note("%s tells how to move", c.migration)
	}
	if c.changelog == "" {
		return nil
	}
	old, err := os.ReadFile(c.changelog)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	return output.File(c.changelog, []byte(report.Prepend(string(old), changes.Entry())))
}

// A cleaner removes what a run made for itself only.
type cleaner struct{ folders []string }

func (c *cleaner) temp() (string, error) {
	dir, err := os.MkdirTemp("", "gen-diff-")
	if err == nil {
		c.folders = append(c.folders, dir)
	}
	return dir, err
}

func (c *cleaner) run() {
	for _, dir := range slices.Backward(c.folders) {
		os.RemoveAll(dir)
	}
}
