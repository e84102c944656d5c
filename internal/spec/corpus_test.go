package spec

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/testkit/effort"
)

// corpus is where descriptions that others wrote are kept, beside the repository.
const corpus = "../../../shared/corpus"

// descriptions returns the JSON and YAML files in a folder of the corpus.
func descriptions(t *testing.T, folder string) []string {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("there is no corpus beside the repository")
	}
	var files []string
	most := effort.Of[int64](100_000, 1_500_000, math.MaxInt64)
	err := filepath.WalkDir(filepath.Join(corpus, folder), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(name)) {
			return err
		}
		if info, err := entry.Info(); err != nil || info.Size() > most {
			return err
		}
		files = append(files, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// A short run has one in four.
	every := effort.Of(4, 1, 1)
	for i := range files {
		if i*every >= len(files) {
			return files[:i]
		}
		files[i] = files[i*every]
	}
	return files
}

// follow dereferences all references in a document, and returns how many there
// are and how many lead nowhere.
func follow(d *Document) (refs, lost int) {
	d.each(func(n *Node) {
		if n.shape == unknown || !n.IsRef() {
			return
		}
		refs++
		if _, err := d.Deref(n); err != nil {
			lost++
		}
	})
	return refs, lost
}

// each calls do for each node of a document, and of what it refers to, once.
func (d *Document) each(do func(*Node)) {
	seen := map[*Node]bool{}
	var visit func(*Node)
	visit = func(n *Node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		do(n)
		if n.shape != unknown && n.IsRef() {
			if to, err := d.Deref(n); err == nil {
				visit(to)
			}
		}
		for _, m := range n.All() {
			visit(m.Value)
		}
		for _, item := range n.Elements() {
			visit(item)
		}
	}
	visit(d.Root)
}

func TestCorpusReal(t *testing.T) {
	files := descriptions(t, "real")
	if effort.Full() && len(files) != 42 {
		t.Errorf("there are %d descriptions, want 42", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			start := time.Now()
			d, list := Load(file, Options{})
			took := time.Since(start)
			if d == nil {
				t.Fatal(strings.Join(lines(list), "\n"))
			}
			refs, lost := follow(d)
			if lost > 0 {
				t.Errorf("%d of %d references lead nowhere", lost, refs)
			}
			t.Logf("%s in %s: %d references, %d warnings", d.Written, took.Round(time.Millisecond), refs, list.Len())
		})
	}
}

func TestCorpusMulti(t *testing.T) {
	descriptions(t, "real-multi")
	file := filepath.Join(corpus, "real-multi/spacetraders/reference/SpaceTraders.json")
	d := mustLoad(t, file, Options{Root: filepath.Join(corpus, "real-multi/spacetraders")})
	refs, lost := follow(d)
	if lost > 0 || len(d.files.byName) != 75 {
		t.Errorf("%d of %d references lead nowhere, in %d files", lost, refs, len(d.files.byName))
	}
	bundled, err := openapi3.NewLoader().LoadFromData(d.JSON())
	if err != nil {
		t.Fatal(err)
	}
	if got := len(bundled.Components.Schemas); got != 74 {
		t.Errorf("the bundle has %d schemas, want 74", got)
	}
}

// What other projects test their tools with, much of it wrong on purpose.
func TestCorpusConformance(t *testing.T) {
	files := append(descriptions(t, "conformance"), descriptions(t, "real-broken")...)
	start := time.Now()
	counts := map[string]int{}
	for _, file := range files {
		d, list := Load(file, Options{Root: filepath.Join(corpus, "conformance")})
		if strings.Contains(file, "real-broken") {
			d, list = Load(file, Options{})
		}
		if (d == nil) != list.Failed() {
			t.Errorf("%s: the document is %v, and the list has %q", file, d, lines(list))
		}
		if d == nil {
			counts["failed: "+list.Sorted()[0].Code]++
			continue
		}
		refs, lost := follow(d)
		counts["loaded"]++
		counts["references"] += refs
		counts["references that lead nowhere"] += lost
		if _, err := openapi3.NewLoader().LoadFromData(d.JSON()); err != nil {
			t.Errorf("%s: kin-openapi: %v", file, err)
		}
		for _, said := range list.Sorted() {
			counts["warned: "+said.Code]++
		}
	}
	took := time.Since(start)
	if took > time.Minute {
		t.Errorf("it takes %s", took)
	}
	for _, what := range sortedKeys(counts) {
		t.Logf("%6d %s", counts[what], what)
	}
	t.Logf("%d files in %s", len(files), took.Round(time.Millisecond))
}

func sortedKeys(m map[string]int) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func TestCorpusValidate(t *testing.T) {
	for _, file := range descriptions(t, "real") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if info, err := os.Stat(file); err != nil || info.Size() > effort.Of[int64](500_000, 500_000, math.MaxInt64) {
				t.Skip("the big ones take half a minute: FULL=1")
			}
			d, _ := Load(file, Options{})
			list := d.Validate()
			placed := 0
			for _, finding := range list.Sorted() {
				if finding.Pos != d.Root.Pos() {
					placed++
				}
				if strings.HasPrefix(finding.Message, "failed to unmarshal") {
					t.Error(finding)
				}
				if finding.Code == "not-validated" {
					t.Log(finding) // the machine may be busy
				}
			}
			t.Logf("%d findings, %d of them with a place", list.Len(), placed)
		})
	}
}
