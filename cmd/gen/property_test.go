package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diff/contract"
	"github.com/openapi-lathe/lathe/internal/diff/report"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/effort"
)

var (
	rounds = flag.Int("rounds", 2, "how many random changes the property tests make of each description")
	seed   = flag.Uint64("seed", 1, "what their random changes start from")
	corpus = flag.String("descriptions", "", "more descriptions for them, as a pattern of files")
)

// descriptions returns the files that the property tests change.
func descriptions(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../openapi/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(*corpus)
	if err != nil {
		t.Fatal(err)
	}
	return append(slices.DeleteFunc(files, func(f string) bool { return filepath.Base(f) == "gen.yaml" }), more...)
}

// A tree is a description as the property tests change it.
type tree = map[string]any

// readTree reads a description with all that it refers to, nil if it is not one
// that an SDK can be made of.
func readTree(t *testing.T, file string) tree {
	t.Helper()
	doc, problems := spec.Load(file, spec.Options{})
	if doc == nil || problems.Failed() {
		return nil
	}
	var d tree
	if err := json.Unmarshal(doc.JSON(), &d); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return d
}

// modelOf builds the model of a description with the names of a lock, and
// returns it with the lock of its own names.
func modelOf(t *testing.T, d tree, locked *lockfile.Lock) (*model.API, *lockfile.Lock, error) {
	t.Helper()
	data, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "api.json")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	made, err := generate.Model(generate.Options{
		Spec: file, Output: filepath.Join(dir, "out"), Package: "sdk", Module: "example.com/sdk", Lock: filepath.Join(dir, "gen.lock"), Names: locked,
	})
	if err != nil {
		return nil, nil, err
	}
	if made.API == nil {
		return nil, nil, all(made.Problems)
	}
	return made.API, made.Lock, nil
}

// each calls check with random changes of each description, which it makes
// itself.
func each(t *testing.T, check func(t *testing.T, base tree, c *change)) {
	for _, file := range descriptions(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			base := readTree(t, file)
			if base == nil {
				t.Skip("no SDK can be made of it")
			}
			if _, _, err := modelOf(t, base, nil); err != nil {
				t.Skip(err)
			}
			for round := range effort.Of(1, *rounds, max(*rounds, 10)) {
				c := &change{rand.New(rand.NewPCG(*seed, uint64(round))), base}
				c.tree = c.clone()
				t.Run(fmt.Sprint(round), func(t *testing.T) { check(t, base, c) })
			}
		})
	}
}

// Whatever is added to a description, what has a name keeps it.
func TestNamesStay(t *testing.T) {
	each(t, func(t *testing.T, base tree, c *change) {
		_, before, err := modelOf(t, base, nil)
		if err != nil {
			t.Fatal(err)
		}
		added := c.add()
		_, after, err := modelOf(t, c.tree, before)
		if err != nil {
			t.Fatalf("%q: %v", added, err)
		}
		for _, e := range before.Entries() {
			has := func(f *lockfile.Entry) bool {
				return f.Name == e.Name || e.Kind() == lockfile.Member && f.Last() == e.Last()
			}
			if !slices.ContainsFunc(after.Find(e.Kind(), e.Place), has) {
				t.Errorf("%s %s is gone after adding %q", e.Name, e.Place, added)
			}
		}
	})
}

// compareTrees is what gen diff does with two descriptions.
func compareTrees(t *testing.T, old, new tree) (*edition, *edition, *report.Report) {
	t.Helper()
	dir := t.TempDir()
	c := &command{old: filepath.Join(dir, "old.json"), new: filepath.Join(dir, "new.json"), stderr: io.Discard}
	for name, d := range map[string]tree{c.old: old, c.new: new} {
		data, err := json.MarshalIndent(d, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var cleanUp cleaner
	defer cleanUp.run()
	was, is, err := c.editions(&cleanUp)
	if err != nil {
		t.Skip(err) // what was changed at random may be no description any more
	}
	report, err := was.compare(is)
	if err != nil {
		t.Fatal(err)
	}
	return was, is, report
}

// Whatever is added to a description, nothing breaks.
func TestDiffOfAdditions(t *testing.T) {
	each(t, func(t *testing.T, base tree, c *change) {
		added := c.add()
		_, _, report := compareTrees(t, base, c.tree)
		for _, ch := range report.Changes {
			if ch.Level == contract.Major {
				t.Errorf("%s, after adding %q", ch.Sentence(), added)
			}
		}
	})
}

// Whatever is removed or changed, gen diff never says less than the compiler: a
// program that uses all of the old SDK and does not compile with the new one is
// a major change.
func TestDiffOfRemovals(t *testing.T) {
	each(t, func(t *testing.T, base tree, c *change) {
		spoiled := []string{c.spoil(), c.spoil()}
		old, new, report := compareTrees(t, base, c.tree)
		program := programOf(t, old)
		if err := compile(old, program); err != nil {
			t.Fatalf("what uses the old SDK does not compile: %v", err)
		}
		if err := compile(new, program); err != nil && report.Level() != contract.Major {
			t.Errorf("after %q: %v, and gen diff says\n%s", spoiled, err, report.Text())
		}
	})
}

// The code of a MIGRATION.md compiles: before with the old SDK, after with the
// new one.
func TestMigrationCompiles(t *testing.T) {
	check := func(t *testing.T, old, new *edition, report *report.Report) {
		for _, s := range report.Migration {
			if err := compile(old, program(old, s.Before)); s.Before != "" && err != nil {
				t.Errorf("%s, before: %v\n%s", s.Title, err, s.Before)
			}
			if err := compile(new, program(new, s.After)); s.After != "" && err != nil {
				t.Errorf("%s, after: %v\n%s", s.Title, err, s.After)
			}
		}
	}
	t.Run("eras", func(t *testing.T) {
		c := &command{old: "../../openapi/cloudflare-secrets-store.yaml", new: "../../openapi/cloudflare-secrets-store-2026-07.yaml", config: "../../openapi/gen.yaml", stderr: io.Discard}
		var cleanUp cleaner
		defer cleanUp.run()
		old, new, err := c.editions(&cleanUp)
		if err != nil {
			t.Fatal(err)
		}
		report, err := old.compare(new)
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Migration) < 5 {
			t.Errorf("only %d sections tell how to move", len(report.Migration))
		}
		check(t, old, new, report)
	})
	each(t, func(t *testing.T, base tree, c *change) {
		c.spoil()
		c.spoil()
		old, new, report := compareTrees(t, base, c.tree)
		check(t, old, new, report)
	})
}
