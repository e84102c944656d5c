package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/lock"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

var (
	rounds = flag.Int("rounds", 3, "how many random changes the property tests make of each description")
	seed   = flag.Uint64("seed", 1, "what their random changes start from")
	corpus = flag.String("descriptions", "", "more descriptions for them, as a pattern of files")
)

// descriptions returns the files that the property tests change.
func descriptions(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../openapi/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(*corpus)
	if err != nil {
		t.Fatal(err)
	}
	return append(slices.DeleteFunc(files, func(f string) bool { return filepath.Base(f) == "gen.yaml" }), more...)
}

// A tree is a description as the property tests change it.
type tree = map[string]any

// readTree reads a description with all that it refers to, nil if it is not one
// that an SDK can be made of.
func readTree(t *testing.T, file string) tree {
	t.Helper()
	doc, problems := spec.Load(file, spec.Options{})
	if doc == nil || problems.Failed() {
		return nil
	}
	var d tree
	if err := json.Unmarshal(doc.JSON(), &d); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return d
}

func (c *change) clone() tree {
	data, err := json.Marshal(c.tree)
	if err != nil {
		panic(err)
	}
	var d tree
	if err := json.Unmarshal(data, &d); err != nil {
		panic(err)
	}
	return d
}

// modelOf builds the model of a description with the names of a lock, and
// returns it with the lock of its own names.
func modelOf(t *testing.T, d tree, locked *lock.Lock) (*model.API, *lock.Lock, error) {
	t.Helper()
	data, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "api.json")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	c := &command{input: file, output: filepath.Join(dir, "out"), pkg: "sdk", module: "example.com/sdk", lock: filepath.Join(dir, "gen.lock"), stderr: io.Discard}
	s, problems := c.settings()
	if s == nil {
		t.Fatal(all(problems))
	}
	s.config.Lock = locked
	api, problems, err := s.model()
	if err != nil {
		return nil, nil, err
	}
	if api == nil {
		return nil, nil, all(problems)
	}
	return api, lockOf("gen.lock", api), nil
}

// A change makes random changes of a description.
type change struct {
	*rand.Rand
	tree
}

// pick returns one of the keys of a member of the description.
func (c *change) pick(of map[string]any) string {
	keys := slices.Sorted(maps.Keys(of))
	if len(keys) == 0 {
		return ""
	}
	return keys[c.IntN(len(keys))]
}

func (c *change) at(way ...string) map[string]any {
	m := map[string]any(c.tree)
	for _, key := range way {
		next, ok := m[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[key] = next
		}
		m = next
	}
	return m
}

var words = strings.Fields("alpha beta items list all page params response service error data client store secret state status type get create v2 bulk extra next")

func (c *change) word() string { return words[c.IntN(len(words))] }

// anOperation returns the path and verb of one of the operations.
func (c *change) anOperation() (path, verb string) {
	for range 100 {
		path = c.pick(c.at("paths"))
		item, _ := c.at("paths")[path].(map[string]any)
		verb = c.pick(item)
		if op, ok := item[verb].(map[string]any); ok && op["responses"] != nil {
			return path, verb
		}
	}
	return "", ""
}

// addSchema adds a schema with a name like those that are there.
func (c *change) addSchema() string {
	schemas := c.at("components", "schemas")
	like := c.pick(schemas)
	name := like
	for schemas[name] != nil || name == "" {
		switch c.IntN(5) {
		case 0:
			name = strings.ToUpper(like[:min(1, len(like))]) + like[min(1, len(like)):] + "_" + c.word()
		case 1:
			name = c.word() + "-" + like
		case 2:
			name = strings.ReplaceAll(like, "_", "-")
		case 3:
			name = c.word() + strings.ToUpper(c.word())
		default:
			name = like + "." + c.word()
		}
	}
	if c.IntN(2) == 0 && like != "" {
		schemas[name] = clone(schemas[like])
		return name
	}
	properties := map[string]any{"id": map[string]any{"type": "string"}}
	for range c.IntN(4) {
		var value any = map[string]any{"type": "string", "enum": []any{c.word(), c.word() + "x"}}
		if other := c.pick(schemas); c.IntN(2) == 0 && other != "" {
			value = map[string]any{"$ref": "#/components/schemas/" + escape(other)}
		}
		properties[c.word()] = value
	}
	schemas[name] = map[string]any{"type": "object", "properties": properties}
	return name
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "%", "%25").Replace(name)
}

func clone(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var copied any
	if err := json.Unmarshal(data, &copied); err != nil {
		panic(err)
	}
	return copied
}

// addOperation adds an operation near one that is there: a copy of it, or one
// that uses schemas which others use.
func (c *change) addOperation() string {
	path, verb := c.anOperation()
	if path == "" {
		return "nothing"
	}
	source := c.at("paths", path)[verb]
	at := path
	switch c.IntN(4) {
	case 0:
		at += "/" + c.word()
	case 1:
		at = at[:strings.LastIndex(at, "/")+1] + c.word()
	case 2:
		at = "/" + c.word() + at
	}
	verbs := []string{"get", "put", "post", "delete", "patch"}
	to := verbs[c.IntN(len(verbs))]
	if c.at("paths", at)[to] != nil {
		return "nothing"
	}
	op := clone(source).(map[string]any)
	item := c.at("paths", path)
	if shared, ok := item["parameters"]; ok && at != path && c.at("paths", at)["parameters"] == nil {
		c.at("paths", at)["parameters"] = clone(shared)
	}
	if c.IntN(2) == 0 {
		op["operationId"] = fmt.Sprintf("%s-%s-%d", c.word(), c.word(), c.IntN(1000))
	} else {
		delete(op, "operationId")
	}
	if c.IntN(3) == 0 {
		name := c.addSchema()
		op["responses"] = map[string]any{"200": map[string]any{"description": "", "content": map[string]any{
			"application/json": map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/" + escape(name)}}}}}
	}
	c.at("paths", at)[to] = op
	return to + " " + at
}

// Whatever is added to a description, what has a name keeps it.
func TestNamesStay(t *testing.T) {
	for _, file := range descriptions(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			base := readTree(t, file)
			if base == nil {
				t.Skip("no SDK can be made of it")
			}
			_, before, err := modelOf(t, base, nil)
			if err != nil {
				t.Skip(err)
			}
			for round := range *rounds {
				c := &change{rand.New(rand.NewPCG(*seed, uint64(round))), base}
				c.tree = c.clone()
				var added []string
				for range 1 + c.IntN(6) {
					if c.IntN(3) == 0 {
						added = append(added, "schema "+c.addSchema())
					} else {
						added = append(added, c.addOperation())
					}
				}
				_, after, err := modelOf(t, c.tree, before)
				if err != nil {
					t.Errorf("round %d, %q: %v", round, added, err)
					continue
				}
				for _, e := range before.Entries() {
					has := func(f *lock.Entry) bool { return f.Name == e.Name || e.Kind() == lock.Member && f.Last() == e.Last() }
					if !slices.ContainsFunc(after.Find(e.Kind(), e.Place), has) {
						t.Errorf("round %d: %s %s is gone after adding %q", round, e.Name, e.Place, added)
					}
				}
			}
		})
	}
}
