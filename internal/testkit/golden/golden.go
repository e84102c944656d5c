// Package golden holds what a function makes against what it should make, in
// files that people can review. It is for tests only, and knows nothing of
// what is made.
//
// A case is one txtar file: why it is there, what goes in, and what must come
// out, under want/. The whole set is compared, so a file too many or too few
// fails, and an error is a golden like any other, want/error. With
// -update the files under want/ are written anew, and nothing else.
package golden

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the files under want/ of all golden cases anew")

// Update reports whether what should come out is to be written anew.
func Update() bool { return *update }

// want is where a case has what must come out.
const want = "want/"

// A Case is one golden file.
type Case struct {
	Name string            // of the file, without folder and extension
	In   map[string]string // the files that go in
	Want map[string]string // those that come out

	file    string
	archive *txtar.Archive
}

// Read returns the cases in the files that match glob, of which there must be
// one at least.
func Read(t testing.TB, glob string) []Case {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no golden case matches %s", glob)
	}
	var cases []Case
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := Case{
			Name:    strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)),
			In:      map[string]string{},
			Want:    map[string]string{},
			file:    file,
			archive: archive,
		}
		for _, f := range archive.Files {
			to, name := c.In, f.Name
			if rest, out := strings.CutPrefix(name, want); out {
				to, name = c.Want, rest
			}
			if _, twice := to[name]; twice {
				t.Errorf("%s has %s twice", file, f.Name)
			}
			to[name] = string(f.Data)
		}
		cases = append(cases, c)
	}
	return cases
}

// Run holds what generate makes of each case that matches glob against what
// the case wants.
func Run(t *testing.T, glob string, generate func(in map[string]string) (map[string]string, error)) {
	t.Helper()
	for _, c := range Read(t, glob) {
		t.Run(c.Name, func(t *testing.T) {
			got, err := generate(c.In)
			if err != nil {
				got = map[string]string{"error": err.Error() + "\n"}
			}
			got = lines(got)
			if *update {
				c.write(t, got)
				return
			}
			if diff := cmp.Diff(c.Want, got); diff != "" {
				t.Errorf("%s is out of date; if the change is meant, run go test -update (-want +got):\n%s", c.file, diff)
			}
		})
	}
}

// lines ends the last line of every file, as txtar does.
func lines(files map[string]string) map[string]string {
	ended := map[string]string{}
	for name, text := range files {
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		ended[name] = text
	}
	return ended
}

// write replaces what the case wants, if it is something else.
func (c Case) write(t *testing.T, got map[string]string) {
	t.Helper()
	before := txtar.Format(c.archive)
	files := slices.DeleteFunc(c.archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, want) })
	for _, name := range slices.Sorted(maps.Keys(got)) {
		files = append(files, txtar.File{Name: want + name, Data: []byte(got[name])})
	}
	after := txtar.Format(&txtar.Archive{Comment: c.archive.Comment, Files: files})
	if parsed := txtar.Parse(after); len(parsed.Files) != len(files) {
		t.Errorf("%s: what comes out has a line that looks like the name of a file in txtar", c.file)
		return
	}
	if bytes.Equal(before, after) {
		return
	}
	if err := os.WriteFile(c.file, after, 0o666); err != nil {
		t.Error(err)
	}
}
