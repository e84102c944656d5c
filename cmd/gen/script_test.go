package main

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"gen": main}) }

// TestScript plays the scripts in testdata/script. Besides the commands that
// testscript has there are
//
//	exits CODE COMMAND…   runs the command, which must end with the code
//	await FILE REGEXP     waits until a file is there and matches
//	replace FILE OLD NEW  changes a text in a file, everywhere
//	publish DIR MODULE VERSION
//	                      adds a module to the proxy in $WORK/proxy
//	remember              takes down what is on the disk
//	unchanged [FILE…]     fails if something came or went, or a file but those
//	                      named is not as it was, its time included
func TestScript(t *testing.T) {
	cache, err := exec.Command("go", "env", "GOMODCACHE", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	folders := strings.Fields(string(cache))
	descriptions, err := filepath.Abs("../../openapi")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       golden.Update(),
		Setup: func(env *testscript.Env) error {
			env.Setenv("OPENAPI", descriptions)
			env.Setenv("REPO", filepath.Dir(descriptions))
			env.Setenv("GOMODCACHE", folders[0])
			env.Setenv("GOCACHE", folders[1])
			env.Setenv("GOFLAGS", "-mod=mod")
			env.Setenv("GOPROXY", "off")
			env.Setenv("GOTOOLCHAIN", "local")
			return nil
		},
		Condition: func(condition string) (bool, error) {
			switch condition {
			case "root":
				return os.Getuid() == 0, nil
			case "mount": // a disk of one's own, seen by nobody else
				return exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", os.TempDir()).Run() == nil, nil
			}
			return false, fmt.Errorf("unknown condition %s", condition)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":     await,
			"exits":     exits,
			"replace":   replace,
			"publish":   publish,
			"remember":  remember,
			"unchanged": unchanged,
		},
	})
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE REGEXP")
	}
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if data, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && re.Match(data) {
			return
		}
	}
	ts.Fatalf("%s does not come to match %s", args[0], args[1])
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("it exits with %d, not %d", got, want)
	}
}

// publish lays out a module as a proxy serves it (Go Modules Reference, "GOPROXY
// protocol").
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: publish DIR MODULE VERSION")
	}
	dir, module, version := ts.MkAbs(args[0]), args[1], args[2]
	at := filepath.Join(ts.Getenv("WORK"), "proxy", filepath.FromSlash(module), "@v")
	ts.Check(os.MkdirAll(at, 0o777))
	goMod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(at, version+".mod"), goMod, 0o666))
	ts.Check(os.WriteFile(filepath.Join(at, version+".info"), []byte(fmt.Sprintf(`{"Version":%q}`, version)), 0o666))
	list, err := os.OpenFile(filepath.Join(at, "list"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	ts.Check(err)
	_, err = fmt.Fprintln(list, version)
	ts.Check(errors.Join(err, list.Close()))
	f, err := os.Create(filepath.Join(at, version+".zip"))
	ts.Check(err)
	z := zip.NewWriter(f)
	ts.Check(filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		w, err := z.Create(module + "@" + version + "/" + filepath.ToSlash(rel))
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}))
	ts.Check(errors.Join(z.Close(), f.Close()))
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o666))
}

// The files that remember writes and unchanged reads, beside $WORK.
func memory(ts *testscript.TestScript) string { return ts.Getenv("WORK") + ".remembered" }

func remember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: remember")
	}
	ts.Check(os.WriteFile(memory(ts), []byte(strings.Join(disk(ts), "")), 0o666))
}

func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: unchanged [FILE…]")
	}
	before, err := os.ReadFile(memory(ts))
	ts.Check(err)
	was, is := map[string]bool{}, disk(ts)
	for line := range strings.Lines(string(before)) {
		was[line] = true
	}
	excused := func(line string) bool {
		for _, name := range args {
			if strings.HasPrefix(line, name+" ") {
				return true
			}
		}
		return false
	}
	for _, line := range is {
		if !was[line] && !excused(line) {
			ts.Fatalf("changed: %s", line)
		}
		delete(was, line)
	}
	for line := range was {
		if !excused(line) {
			ts.Fatalf("changed or gone: %s", line)
		}
	}
}

// disk lists what is in $WORK: a line for each file and folder.
func disk(ts *testscript.TestScript) (lines []string) {
	work := ts.Getenv("WORK")
	ts.Check(filepath.WalkDir(work, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(work, name)
		if err != nil || rel == "." || rel == ".tmp" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%s %s", filepath.ToSlash(rel), info.Mode())
		if d.Type().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %s %x", info.ModTime(), sha256.Sum256(data))
		}
		lines = append(lines, line+"\n")
		return nil
	}))
	return lines
}
