package golden

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadAndWrite(t *testing.T) {
	dir := t.TempDir()
	const text = "Why.\n\n-- in.txt --\nword\n-- want/old.txt --\nold\n-- more.txt --\nmore\n"
	file := filepath.Join(dir, "case.txtar")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}

	cases := Read(t, filepath.Join(dir, "*.txtar"))
	if len(cases) != 1 || cases[0].Name != "case" {
		t.Fatalf("got %+v", cases)
	}
	c := cases[0]
	if diff := cmp.Diff(map[string]string{"in.txt": "word\n", "more.txt": "more\n"}, c.In); diff != "" {
		t.Errorf("in (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"old.txt": "old\n"}, c.Want); diff != "" {
		t.Errorf("want (-want +got):\n%s", diff)
	}

	c.write(t, map[string]string{"b.txt": "b\n", "a.txt": "a\n"})
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Why.\n\n-- in.txt --\nword\n-- more.txt --\nmore\n-- want/a.txt --\na\n-- want/b.txt --\nb\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRun(t *testing.T) {
	Run(t, "testdata/*.txtar", func(in map[string]string) (map[string]string, error) {
		if in["in.txt"] == "bad\n" {
			return nil, errors.New("in.txt:1:1: bad")
		}
		return map[string]string{"out.txt": strings.ToUpper(in["in.txt"]), "end.txt": "no newline"}, nil
	})
}
