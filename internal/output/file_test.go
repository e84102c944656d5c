package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "gen.lock")
	content := func() string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if err := File(name, []byte("one")); err != nil || content() != "one" {
		t.Fatalf("a new file: %v", err)
	}
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Stage(name, []byte("two"))
	if err != nil || content() != "one" {
		t.Fatalf("staged: %v, and the file is %q", err, content())
	}
	s.Drop()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	if err := File(link, []byte("three")); err != nil || content() != "three" {
		t.Errorf("through a link: %v, and the file is %q", err, content())
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v", info.Mode())
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%d files are left behind", len(entries)-2)
	}
	if err := File(filepath.Join(dir, "none", "x"), nil); err == nil || !strings.Contains(err.Error(), "cannot write the output") {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := File(dir, nil); err == nil {
		t.Error("a folder was replaced")
	}
	if entries, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	var none *Staged
	if none.Drop(); none.Commit() != nil {
		t.Error("nothing cannot be done")
	}
}
