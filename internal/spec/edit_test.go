package spec

import (
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// An addition is an overlay that adds one component schema.
type addition struct {
	file, text string
	fails      bool
}

func (a addition) File() string { return a.file }

func (a addition) Apply(root *Node, list *diag.List) *Node {
	if a.fails {
		list.Errorf(diag.Pos{File: a.file}, "c", "it fails")
	}
	added, err := Parse(a.file, []byte(a.text), Limits{})
	if err != nil {
		list.Add(err)
		return root
	}
	members := slices.Clone(root.All())
	for i, m := range members {
		if m.Name == "components" {
			schemas := NewObject(m.Value.Pos(), slices.Concat(m.Value.Get("schemas").All(), added.All())...)
			members[i].Value = NewObject(m.Value.Pos(), Member{Name: "schemas", Pos: m.Pos, Value: schemas})
		}
	}
	return NewObject(root.Pos(), members...)
}

// What an overlay adds stands in its file and belongs to the description.
func TestOverlays(t *testing.T) {
	write(t, map[string]string{
		"api.yaml":       "openapi: 3.1.0\ncomponents: {schemas: {A: {type: string}}}",
		"parts/pet.yaml": "{type: object, properties: {tag: {$ref: missing.yaml}}}",
		"other/pet.yaml": "{type: array}",
	})
	var opened []string
	d := mustLoad(t, "api.yaml", Options{
		Overlays: []Overlay{
			addition{file: "other/o.yaml", text: "B: {$ref: parts/pet.yaml}\nC: {$ref: '#/components/schemas/A'}\nD: {$id: 'https://example.com/d', type: integer}"},
			addition{file: "other/p.yaml", text: "E: {$ref: 'https://example.com/d'}\nF: {type: object}"},
		},
		Opened: func(name string) { opened = append(opened, name) },
	})
	schemas := d.Root.Get("components").Get("schemas")
	for name, want := range map[string]string{"B": "parts/pet.yaml:1:1", "C": "api.yaml:2:27", "E": "other/o.yaml:3:4"} {
		to, err := d.Deref(schemas.Get(name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := to.Pos().String(); got != want {
			t.Errorf("%s leads to %s, want %s", name, got, want)
		}
	}
	f := schemas.Get("F")
	if got := d.Pointer(f); got != "/components/schemas/F" {
		t.Errorf("F is at %s", got)
	}
	if got := d.File(f); got != "api.yaml" || f.Pos().File != "other/p.yaml" {
		t.Errorf("F belongs to %s and stands in %s", got, f.Pos().File)
	}
	pet, _ := d.Deref(schemas.Get("B"))
	if _, err := d.Deref(pet.Get("properties").Get("tag")); err == nil {
		t.Error("a file is there that is missing")
	}
	if got := strings.Join(opened, " "); got != "api.yaml parts/pet.yaml parts/missing.yaml" {
		t.Errorf("opened %s", got)
	}

	if d, list := Load("api.yaml", Options{Overlays: []Overlay{addition{file: "o.yaml", text: "{}", fails: true}}}); d != nil || !list.Failed() {
		t.Errorf("an overlay that fails: %v", lines(list))
	}
}

func TestClone(t *testing.T) {
	n, err := Parse("a.yaml", []byte("a: &a [1, {b: x}]\nc: *a\nd: null"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	c := n.Clone()
	if got, want := string(c.AppendJSON(nil)), string(n.AppendJSON(nil)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if c.Get("a") == n.Get("a") || c.Get("a") == c.Get("c") || c.Get("a").At(1) == n.Get("a").At(1) {
		t.Error("a clone shares a node")
	}
	if got := c.Get("c").At(1).Member("b").Pos.String(); got != "a.yaml:1:12" {
		t.Errorf("a member is at %s", got)
	}
	if got := n.Size(100); got != 10 {
		t.Errorf("it has %d values", got)
	}
	if (*Node)(nil).Clone() != nil {
		t.Error("nothing has a clone")
	}
}
