package restree

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestScore compares inferred calls with tables of calls made by hand, where
// there are any beside the checkout. A fall below the floor means that a rule
// got worse, not that a name is wrong.
func TestScore(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	tables, _ := filepath.Glob(filepath.Join(shared, "naming", "*.tsv"))
	if len(tables) == 0 {
		t.Skip("there is no table of names beside the checkout")
	}
	for _, table := range tables {
		name := strings.TrimSuffix(filepath.Base(table), ".tsv")
		t.Run(name, func(t *testing.T) {
			specs, _ := filepath.Glob(filepath.Join(shared, "corpus", "real", name+"*.json"))
			if len(specs) == 0 {
				t.Skip("there is no description of it in JSON")
			}
			ops := readOperations(t, specs[0])
			calls := map[string]Call{}
			for i, c := range Infer(ops) {
				calls[scoreKey(ops[i].Method, ops[i].Path)] = c
			}
			text, err := os.ReadFile(table)
			if err != nil {
				t.Fatal(err)
			}
			seen, names, leaves := 0, 0, 0
			for _, row := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
				cell := strings.Split(row, "\t")
				c, ok := calls[scoreKey(cell[0], cell[1])]
				if !ok {
					continue
				}
				seen++
				if sameMethod(c.Name, cell[3]) {
					names++
				}
				if len(c.Resource) > 0 && strings.EqualFold(last(c.Resource), cell[2][strings.LastIndex(cell[2], ".")+1:]) {
					leaves++
				}
			}
			t.Logf("%d operations: name %.3f, last resource %.3f", seen, float64(names)/float64(seen), float64(leaves)/float64(seen))
			if names*100 < seen*92 || leaves*100 < seen*85 {
				t.Errorf("of %d operations only %d names and %d last resources are as by hand", seen, names, leaves)
			}
		})
	}
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

func scoreKey(method, path string) string {
	return strings.ToUpper(method) + " " + strings.TrimRight(parameter.ReplaceAllString(path, "{}"), "/")
}

func sameMethod(a, b string) bool {
	fold := func(s string) string {
		switch s = strings.ToLower(s); s {
		case "retrieve":
			return "get"
		case "edit":
			return "update"
		case "new":
			return "create"
		}
		return s
	}
	return fold(a) == fold(b)
}

// readOperations reads the operations of an OpenAPI description, roughly.
func readOperations(t *testing.T, file string) []Operation {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc rough
	if err := json.Unmarshal(text, &doc.root); err != nil {
		t.Fatal(err)
	}
	var ops []Operation
	for path, item := range doc.at(doc.root, "paths") {
		for method, v := range doc.resolve(item) {
			o, ok := v.(map[string]any)
			if !ok || !slices.Contains([]string{"get", "put", "post", "delete", "patch"}, method) {
				continue
			}
			op := Operation{Method: strings.ToUpper(method), Path: path}
			op.ID, _ = o["operationId"].(string)
			tags, _ := o["tags"].([]any)
			for _, tag := range tags {
				op.Tags = append(op.Tags, tag.(string))
			}
			for _, code := range []string{"200", "201", "202"} {
				content := doc.at(doc.resolve(doc.at(o, "responses")[code]), "content")
				op.ReturnsList = op.ReturnsList || doc.lists(doc.at(content, "application/json")["schema"])
			}
			ops = append(ops, op)
		}
	}
	return ops
}

// rough reads a description without care for what it means.
type rough struct{ root map[string]any }

func (d rough) at(m map[string]any, key string) map[string]any { return d.resolve(m[key]) }

func (d rough) resolve(v any) map[string]any {
	m, _ := v.(map[string]any)
	ref, _ := m["$ref"].(string)
	if !strings.HasPrefix(ref, "#/") {
		return m
	}
	to := d.root
	for _, step := range strings.Split(ref[2:], "/") {
		to, _ = to[step].(map[string]any)
	}
	return d.resolve(to)
}

func (d rough) properties(v any, depth int) map[string]any {
	s := d.resolve(v)
	all := map[string]any{}
	parts, _ := s["allOf"].([]any)
	for _, part := range parts {
		if depth < 8 {
			for name, p := range d.properties(part, depth+1) {
				all[name] = p
			}
		}
	}
	own, _ := s["properties"].(map[string]any)
	for name, p := range own {
		all[name] = p
	}
	return all
}

// lists reports whether a schema is an array, or an object that wraps one.
func (d rough) lists(v any) bool {
	isArray := func(v any) bool { return d.resolve(v)["type"] == "array" || d.resolve(v)["items"] != nil }
	properties := d.properties(v, 0)
	return isArray(v) || isArray(properties["result"]) || isArray(properties["data"]) || isArray(properties["items"])
}
