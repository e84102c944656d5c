package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/output"
)

func (c *command) mergeFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&c.install, "install", false, "have git merge gen's files with this command, in the repository around")
}

// merge is the verb that git calls for a file that both sides of a merge
// changed: gen.lock, .gen-manifest, api.md. Each is a list of lines that say
// nothing of one another, so that what either side added is added and what
// either side removed is removed. The next run of gen writes them anew, in its
// order; that the lines of a lock may contradict each other is for it to say.
func (c *command) merge() int {
	if c.install {
		return c.installMerge()
	}
	if len(c.words) != 3 {
		c.say("git calls gen merge with BASE OURS THEIRS; gen merge --install has it do so")
		return exitUsage
	}
	var sides [3][]byte
	for i, name := range c.words {
		text, err := os.ReadFile(name)
		if err != nil {
			c.say("%v", err)
			return exitUsage
		}
		sides[i] = text
	}
	merged := mergeLines(sides[0], sides[1], sides[2])
	if err := os.WriteFile(c.words[1], merged, 0o666); err != nil {
		c.say("%v", err)
		return exitUsage
	}
	return exitDone
}

// mergeLines returns ours, without the lines that theirs removed and with those
// that it added, each behind the line that it follows in theirs.
func mergeLines(base, ours, theirs []byte) []byte {
	b, o, t := lines(base), lines(ours), lines(theirs)
	count := func(list []string) map[string]int {
		n := map[string]int{}
		for _, line := range list {
			n[line]++
		}
		return n
	}
	inBase, inOurs, inTheirs := count(b), count(o), count(t)
	// How often each line is to be there: what ours has, and what theirs changed.
	want := func(line string) int {
		n := inOurs[line] + inTheirs[line] - inBase[line]
		if inOurs[line] > inBase[line] && inTheirs[line] > inBase[line] {
			n = max(inOurs[line], inTheirs[line]) // both added it
		}
		return max(n, 0)
	}
	var merged []string
	has := map[string]int{}
	for _, line := range o {
		if has[line] < want(line) {
			merged = append(merged, line)
			has[line]++
		}
	}
	for i, line := range t {
		if has[line] >= want(line) {
			continue
		}
		at := 0
		for j := i - 1; j >= 0 && at == 0; j-- {
			at = lastIndex(merged, t[j]) + 1
		}
		merged = slices.Insert(merged, at, line)
		has[line]++
	}
	return []byte(strings.Join(merged, ""))
}

func lastIndex(list []string, line string) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == line {
			return i
		}
	}
	return -1
}

// lines splits text, each line with its end; the last gets one.
func lines(text []byte) []string {
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		text = append(slices.Clone(text), '\n')
	}
	return slices.Collect(strings.Lines(string(text)))
}

// mergedFiles are the patterns of .gitattributes for what gen merges.
var mergedFiles = []string{"gen.lock", ".gen-manifest", "api.md"}

// installMerge tells git of the driver: its command in the configuration of the
// repository, and the files in .gitattributes, which is to be committed.
func (c *command) installMerge() int {
	top, err := gitOutput("rev-parse", "--show-toplevel")
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	for _, setting := range [][2]string{
		{"merge.gen.name", "gen merges its own files"},
		{"merge.gen.driver", "gen merge %O %A %B"},
	} {
		if _, err := gitOutput("config", setting[0], setting[1]); err != nil {
			c.say("%v", err)
			return exitUsage
		}
	}
	file := filepath.Join(top, ".gitattributes")
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		c.say("%v", err)
		return exitUsage
	}
	list := lines(old)
	added := false
	for _, name := range mergedFiles {
		line := name + " merge=gen\n"
		if !slices.Contains(list, line) {
			list, added = append(list, line), true
		}
	}
	if added {
		if err := output.File(file, []byte(strings.Join(list, ""))); err != nil {
			c.say("%v", err)
			return exitUsage
		}
	}
	c.note("git merges %s with gen merge now; commit %s, and run gen merge --install in every other clone", strings.Join(mergedFiles, ", "), ".gitattributes")
	return exitDone
}

// gitOutput runs git and returns what it prints, or what it says is wrong.
func gitOutput(args ...string) (string, error) {
	out, err := exec.Command("git", args...).Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return "", fmt.Errorf("git %s: %s", args[0], strings.TrimSpace(string(exit.Stderr)))
	}
	return strings.TrimSpace(string(out)), err
}
