package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// commandLine finds the runs of gen in a script: how they must end, and what
// they are told.
var commandLine = regexp.MustCompile(`(?m)^(?:\[[^\]]*\] )?(?:exits ([0-9]) |exec )gen (.*)$`)

// Every verb is run in a script with each exit code that it can have, and every
// flag of each verb in one at least.
func TestScriptsCover(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var runs [][]string // code and arguments
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range commandLine.FindAllStringSubmatch(string(text), -1) {
			runs = append(runs, append([]string{m[1]}, strings.Fields(m[2])...))
		}
	}
	// What a verb cannot end with: gen watch ends when it is interrupted, and
	// the others have no description to find a problem in.
	never := map[string][]string{"watch": {"1"}, "schema": {"1"}, "explain": {"1"}, "merge": {"1"}, "completion": {"1"}, "man": {"1"}, "help": {"1"}, "version": {"1"}}

	flagged := map[string]bool{}
	for i, v := range verbs() {
		codes := map[string]bool{}
		for _, run := range runs {
			if slices.Contains(run[1:], v.name) || i == 0 && !anyVerb(run[1]) {
				codes[run[0]] = true
				for _, arg := range run[1:] {
					name, _, _ := strings.Cut(arg, "=")
					flagged[v.name+" "+name] = true
					flagged[name] = true
				}
			}
		}
		for code := range 3 {
			if code := fmt.Sprint(code); !codes[code] && !slices.Contains(never[v.name], code) {
				t.Errorf("no script has gen %s end with %s", v.name, code)
			}
		}
	}
	for _, v := range verbs() {
		if v.bare {
			continue
		}
		own, common := pflag.NewFlagSet("own", 0), pflag.NewFlagSet("common", 0)
		v.flags(&command{}, own)
		(&command{}).commonFlags(common)
		check := func(prefix string) func(*pflag.Flag) {
			return func(f *pflag.Flag) {
				if !flagged[prefix+"--"+f.Name] && (f.Shorthand == "" || !flagged[prefix+"-"+f.Shorthand]) {
					t.Errorf("no script has %s--%s", prefix, f.Name)
				}
			}
		}
		own.VisitAll(check(v.name + " "))
		common.VisitAll(check(""))
	}
}

func anyVerb(word string) bool {
	return slices.ContainsFunc(verbs(), func(v verb) bool { return v.name == word })
}
