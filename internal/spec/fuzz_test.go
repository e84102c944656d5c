package spec

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// small are limits that keep what a fuzzer makes up from taking long.
var small = Limits{Bytes: 1 << 16, Depth: 64, Nodes: 20_000, Files: 4}

// equal reports whether two trees say the same, wherever they stand.
func equal(a, b *Node) bool {
	if a.Kind() != b.Kind() || a.Text() != b.Text() || a.Len() != b.Len() {
		return false
	}
	for i, m := range a.All() {
		if other := b.members[i]; m.Name != other.Name || !equal(m.Value, other.Value) {
			return false
		}
	}
	for i, item := range a.Elements() {
		if !equal(item, b.items[i]) {
			return false
		}
	}
	return true
}

// check fails if a node has a place that is not in the text.
func check(t *testing.T, n *Node, text []string) {
	pos := n.Pos()
	if pos.Line < 1 || pos.Line > len(text) || pos.Col < 1 || pos.Col > len(text[pos.Line-1])+2 {
		t.Fatalf("%s %q is at %s, which is not in the text", n.Kind(), n.Text(), pos)
	}
	for _, m := range n.All() {
		check(t, m.Value, text)
	}
	for _, item := range n.Elements() {
		check(t, item, text)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "{}", "[1, 2.50e-3, \"\\ud83d\\ude00\\/\"]", `{"a": {"b": [true, false, null]}, "a": 1}`, "{a: 1, b: [c, 'd']}", `{"a": 1, // no`,
		"a: &x {b: 1}\nc: *x\nd: {<<: *x}\n", "a: |\n  b\nc: >-\n  d\n  e\n", "- 0x1F\n- 0o7\n- .5\n- 02134\n- .inf\n", "a:\r\n\tb: 1\r\n",
		"--- a\n--- b\n", "\ufeffa: é\u2028b", "\xff\xfe{", "a: \xe9", "? [a]\n: b", "%YAML 1.2\n---\na: \"\\x41\\u00e9\"", "a: &a [*a]", "!!binary aGk=", "{\"a\": \"\\ud800\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var list diag.List
		root := parse("a", data, small.orDefaults(), &list)
		if root == nil {
			if !list.Failed() {
				t.Fatal("there is neither a tree nor an error")
			}
			return
		}
		if list.Failed() {
			t.Fatalf("there is a tree in spite of %v", list.Err())
		}
		check(t, root, strings.Split(strings.ToValidUTF8(string(data), "\ufffd"), "\n"))
		text := root.AppendJSON(nil)
		again, err := Parse("b.json", text, Limits{})
		if err != nil {
			t.Fatalf("%s is not read again: %v", text, err)
		}
		if !equal(root, again) {
			t.Fatalf("%s is read again as %s", text, again.AppendJSON(nil))
		}
	})
}

func FuzzLoad(f *testing.F) {
	cases, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(cases) == 0 {
		f.Fatal("no seeds: ", err)
	}
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		_, text2, _ := strings.Cut(string(text), " --\n")
		text2, _, _ = strings.Cut(text2, "\n-- ")
		f.Add([]byte(text2))
	}
	f.Add([]byte("openapi: 3.1.0\npaths: {/a: {get: &op {responses: {200: {$ref: '#/components/responses/A'}}}, put: *op}}\ncomponents: {responses: {A: {$ref: '#/paths/~1a/get/responses/200'}}}"))
	f.Add([]byte("openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: '#'}, B: {$id: x, properties: {a: {$ref: x}}, $defs: {c: {$dynamicRef: '#a', $anchor: a}}}}}"))
	f.Add([]byte("swagger: 2.0\nparameters: {a: {in: body, schema: {$ref: '#/parameters/a/schema'}}}\npaths: {/a: {parameters: [{$ref: '#/parameters/a'}], $ref: '#/paths/~1a', get: {responses: {1: {$ref: '#/paths/~1a/get/responses/1'}}}}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		defer func() {
			if took := time.Since(start); took > 10*time.Second {
				t.Fatalf("it takes %s", took)
			}
		}()
		d, list := Load("-", Options{Limits: small, Stdin: strings.NewReader(string(data)), Root: "testdata/none"})
		if (d == nil) != list.Failed() {
			t.Fatalf("the document is %v, and the list has %v", d, list.Err())
		}
		if d == nil {
			return
		}
		follow(d)
		d.each(func(n *Node) {
			if p := d.Pointer(n); p != "" && n.pos.File == d.Root.pos.File && n.IsRef() {
				if at, err := d.walk(d.Root, p); err == nil && at != n && d.owner.raw == nil && at.pos != n.pos {
					t.Fatalf("the pointer of what is at %s is %s, which is at %s", n.pos, p, at.pos)
				}
			}
		})
		text := d.JSON()
		if _, err := Parse("b.json", text, Limits{}); err != nil {
			t.Fatalf("%s is not read again: %v", text, err)
		}
		if len(text) < 1<<14 {
			validate(d.bundle("--- ").out)
		}
	})
}
