package output

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What may have become of a file that a run wrote: it is as it was, edited below
// the line that says whose it is, edited where no line says so, or gone.
type fate int

const (
	whole fate = iota
	edited
	madeTheirOwn
	gone
)

func (f fate) String() string { return [...]string{"whole", "edited", "their own", "gone"}[f] }

// Any drift is repaired or reported, and what a run leaves is fresh: for every
// combination of what became of two files of ours, of files of others beside
// them, of a new output that has, changes or drops them, of a manifest that is
// there, gone or spoiled, and of both ways of writing.
func TestDrift(t *testing.T) {
	const marked, plain = "a.go", "README.md" // one says that it is ours, the other does not
	was := set{marked: header + "package a\n", plain: "read me\n", "sub/c.go": header + "package sub\n"}
	type output struct {
		name  string
		files set
	}
	outputs := []output{
		{"same", was},
		{"changed", set{marked: header + "package a // 2\n", plain: "read me twice\n", "sub/c.go": was["sub/c.go"]}},
		{"dropped", set{"sub/c.go": was["sub/c.go"], "new.go": header + "package a\n"}},
	}
	others := []set{{}, {"main_test.go": "package a\n"}, {"sub/notes.txt": "theirs"}, {"other/x.go": "package other\n"}}
	if testing.Short() {
		outputs, others = outputs[:2], others[:2]
	}
	for _, out := range outputs {
		for _, first := range []fate{whole, edited, gone} {
			for _, second := range []fate{whole, madeTheirOwn, gone} {
				for i, foreign := range others {
					for _, manifest := range []string{"kept", "gone", "spoiled"} {
						for _, together := range []bool{true, false} {
							name := fmt.Sprintf("%s, %v, %v, others %d, manifest %s, exchanged %v", out.name, first, second, i, manifest, together)
							t.Run(name, func(t *testing.T) {
								drift(t, was, out.files, marked, first, plain, second, foreign, manifest, together)
							})
						}
					}
				}
			}
		}
	}
}

func drift(t *testing.T, was, files set, marked string, first fate, plain string, second fate, foreign set, manifest string, together bool) {
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := Files(dir, was.bytes()); err != nil {
		t.Fatal(err)
	}
	befall(t, dir, marked, was[marked], first)
	befall(t, dir, plain, was[plain], second)
	foreign.lay(t, dir)
	switch name := filepath.Join(dir, manifestName); manifest {
	case "gone":
		must(t, os.Remove(name))
	case "spoiled":
		must(t, os.WriteFile(name, []byte("<<<<<<< ours\n"), 0o666))
	}
	if !together { // a folder with the current one in it is written file by file
		t.Chdir(dir)
	}
	before := read(t, dir)
	planned, _, checkErr := Check(dir, files.bytes())
	result, err := Files(dir, files.bytes())
	if (err == nil) != (checkErr == nil) || err == nil && result.String() != planned.String() {
		t.Fatalf("--check says %v, %v, and the run %v, %v", planned, checkErr, result, err)
	}
	after := read(t, dir)
	if err != nil { // reported: then nothing may have changed
		if !maps.Equal(before, after) {
			t.Errorf("%v, and yet the folder changed:\n%v\n%v", err, before, after)
		}
		return
	}
	want := maps.Clone(files)
	maps.Copy(want, foreign)
	for _, name := range result.Kept {
		want[name] = before[name]
	}
	for name := range before { // what is no longer ours to remove stays
		_, new := want[name]
		if _, ours := was[name]; !new && ours && !slices.Contains(result.Removed, name) {
			if manifest == "kept" && before[name] == was[name] {
				t.Errorf("%s is ours and stays", name)
			}
			want[name] = before[name]
		}
	}
	if !maps.Equal(after, want) {
		t.Errorf("result %v\n got %v\nwant %v", result, after, want)
	}
	again, diff, err := Check(dir, files.bytes())
	if err != nil || !again.Fresh() || diff != "" {
		t.Errorf("a run leaves drift: %v, %v\n%s", again, err, diff)
	}
	if left := litter(t, dir); len(left) > 0 {
		t.Errorf("a run leaves %v", left)
	}
}

// befall does to a file what people do.
func befall(t *testing.T, dir, name, text string, f fate) {
	t.Helper()
	path := filepath.Join(dir, name)
	switch f {
	case edited, madeTheirOwn:
		must(t, os.WriteFile(path, []byte(text+"by hand\n"), 0o666))
	case gone:
		must(t, os.Remove(path))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Any number of files, at random, in folders of others and in folders of our own.
func TestDriftAtRandom(t *testing.T) {
	rounds := 300
	if testing.Short() {
		rounds = 50
	}
	for seed := range rounds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			dir := filepath.Join(t.TempDir(), "out")
			names := []string{"a.go", "b.go", "c/c.go", "c/d/d.go", "README.md", "go.mod", "c/x.txt"}
			next := func() set {
				files := set{}
				for _, name := range names {
					if r.IntN(4) > 0 {
						text := fmt.Sprintf("text %d\n", r.IntN(3))
						if filepath.Ext(name) == ".go" {
							text = header + "package " + filepath.Base(filepath.Dir("/a/"+name)) + " // " + text
						}
						files[name] = text
					}
				}
				return files
			}
			if r.IntN(2) > 0 {
				(set{"theirs.txt": "theirs"}).lay(t, dir)
			}
			for range 4 {
				files := next()
				result, err := Files(dir, files.bytes())
				if err == nil {
					again, diff, err := Check(dir, files.bytes())
					if err != nil || !again.Fresh() {
						t.Fatalf("after %v: %v, %v\n%s", result, again, err, diff)
					}
					for name, text := range files {
						got, err := os.ReadFile(filepath.Join(dir, name))
						if !slices.Contains(result.Kept, name) && (err != nil || string(got) != text) {
							t.Fatalf("%s is %q, %v after %v", name, got, err, result)
						}
					}
				}
				for name := range files { // and then people come
					path := filepath.Join(dir, name)
					switch r.IntN(6) {
					case 0:
						os.Remove(path)
					case 1:
						if old, err := os.ReadFile(path); err == nil {
							must(t, os.WriteFile(path, append(old, "by hand\n"...), 0o666))
						}
					}
				}
			}
		})
	}
}

// Folders that an output may not be in are refused before anything is written.
func TestRefusedFolders(t *testing.T) {
	ours := set{"client.go": header + "package sdk\n", "option/option.go": header + "package option\n"}
	for _, tt := range []struct {
		name   string
		theirs set
		fails  bool
	}{
		{"another package", set{"main.go": "package main\n"}, true},
		{"another package below", set{"option/x.go": "// Package flags has flags.\npackage flags\n"}, false},
		{"the same package", set{"more.go": "package sdk\n"}, false},
		{"its tests", set{"more_test.go": "package sdk_test\n"}, false},
		{"a program that is built by itself", set{"gen.go": "//go:build ignore\n\npackage main\n"}, false},
		{"what is no Go", set{"main.go": "func main() {}\n"}, false},
		{"elsewhere", set{"cmd/main.go": "package main\n"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tt.theirs.lay(t, dir)
			_, _, checked := Check(dir, ours.bytes())
			_, err := Files(dir, ours.bytes())
			if (err != nil) != tt.fails || (checked != nil) != tt.fails {
				t.Errorf("err = %v, checked = %v", err, checked)
			}
			if got := read(t, dir); tt.fails && !maps.Equal(got, tt.theirs) {
				t.Errorf("the folder is now %v", got)
			}
		})
	}
	root := filepath.VolumeName(t.TempDir()) + string(filepath.Separator)
	t.Setenv("HOME", t.TempDir())
	t.Setenv("USERPROFILE", os.Getenv("HOME"))
	link := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(root, link))
	for _, dir := range []string{root, link, os.Getenv("HOME")} {
		if _, _, err := Check(dir, ours.bytes()); err == nil {
			t.Errorf("%s is checked as an output", dir)
		}
		if _, err := Files(dir, ours.bytes()); err == nil {
			t.Errorf("%s is an output", dir)
		}
	}
}
