package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diff/goapi"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/testkit/effort"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// Whatever is edited in the gen.yaml of an SDK with a lock, what comes out
// builds, or there is an error and nothing comes out; and the next run makes the
// same again.
func TestConfigEdits(t *testing.T) {
	cases := map[string]string{"shop": shop(3), "moves": moves}
	for i, c := range golden.Read(t, goldens) {
		if i%effort.Of(16, 8, 1) == 0 && c.In["gen.yaml"] == "" && c.In["openapi.yaml"] != "" {
			cases[c.Name] = c.In["openapi.yaml"]
		}
	}
	cache, made := &checker{}, 0
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) {
			rounds := effort.Of(1, 3, 20)
			if name == "moves" {
				rounds = effort.Of(4, 20, 200)
			}
			for round := range rounds {
				e := &edits{Rand: rand.New(rand.NewPCG(*seed, uint64(round))), dir: t.TempDir()}
				e.put(t, "api.yaml", cases[name])
				was, err := generate.Run(e.options())
				if err != nil || was.Files == nil {
					t.Skip("no SDK can be made of it")
				}
				e.put(t, "gen.lock", string(was.Lock.Bytes()))
				for step := range 2 {
					edited := e.edit(t, was)
					is, err := generate.Run(e.options())
					if err != nil {
						t.Fatal(err)
					}
					if is.Files == nil {
						if !is.Problems.Failed() {
							t.Fatalf("%d.%d: neither files nor errors", round, step)
						}
						break
					}
					made++
					if err := cache.check(t, is); err != nil {
						t.Fatalf("%d.%d: it does not build: %v\n%s\n%s", round, step, err, edited, was.Lock.Bytes())
					}
					e.put(t, "gen.lock", string(is.Lock.Bytes()))
					again, err := generate.Run(e.options())
					if err != nil || again.Files == nil {
						t.Fatalf("%d.%d: the next run fails: %v, %v\n%s", round, step, err, again.Problems.Err(), edited)
					}
					if !again.Lock.Equal(is.Lock) || !maps.EqualFunc(again.Files, is.Files, bytes.Equal) {
						t.Errorf("%d.%d: the next run makes something else\n%s", round, step, edited)
					}
					was = is
				}
			}
		})
	}
	if made < 2*len(cases) {
		t.Errorf("only %d edits came to an SDK", made)
	}
}

// A checker checks the types of SDKs, function bodies included.
type checker struct{ outside map[string]types.Importer }

func (c *checker) check(t *testing.T, sdk *generate.Result) error {
	t.Helper()
	fset := token.NewFileSet()
	folders := map[string][]*ast.File{}
	imported := map[string]bool{}
	module := sdk.Config.Module
	for name, text := range sdk.Files {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder := path.Join(module, path.Dir(name))
		folders[folder] = append(folders[folder], f)
		for _, spec := range f.Imports {
			if name, err := strconv.Unquote(spec.Path.Value); err == nil && !strings.HasPrefix(name, module) && name != "unsafe" {
				imported[name] = true
			}
		}
	}
	outside := c.importer(t, sdk, slices.Sorted(maps.Keys(imported)))
	done := map[string]*types.Package{}
	var from importFunc
	from = func(name string) (*types.Package, error) {
		if p, ok := done[name]; ok || folders[name] == nil {
			if !ok {
				return outside.Import(name)
			}
			if p == nil {
				return nil, fmt.Errorf("%s imports itself", name)
			}
			return p, nil
		}
		done[name] = nil
		p, err := (&types.Config{Importer: from}).Check(name, fset, folders[name], nil)
		done[name] = p
		return p, err
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		if _, err := from(folder); err != nil {
			return err
		}
	}
	return nil
}

// importer finds what an SDK imports from elsewhere.
func (c *checker) importer(t *testing.T, sdk *generate.Result, paths []string) types.Importer {
	t.Helper()
	key := strings.Join(paths, " ")
	if c.outside[key] == nil {
		dir := t.TempDir()
		writeFiles(t, dir, map[string][]byte{"go.mod": sdk.Files["go.mod"], "go.sum": sdk.Files["go.sum"]})
		importer, err := goapi.Outside(dir, paths)
		if err != nil {
			t.Fatal(err)
		}
		if c.outside == nil {
			c.outside = map[string]types.Importer{}
		}
		c.outside[key] = importer
	}
	return c.outside[key]
}

// Edits are changes of a gen.yaml.
type edits struct {
	*rand.Rand
	dir                       string
	operations, renames, more []string
}

func (e *edits) options() generate.Options {
	return generate.Options{ConfigFile: filepath.Join(e.dir, "gen.yaml")}
}

func (e *edits) put(t *testing.T, name, text string) {
	t.Helper()
	if name == "api.yaml" {
		e.put(t, "gen.yaml", "spec: api.yaml\noutput: out\npackage: sdk\nmodule: example.com/sdk\n")
	}
	if err := os.WriteFile(filepath.Join(e.dir, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func pick[T any](r *rand.Rand, list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[r.IntN(len(list))]
}

// edit makes a few random edits of the config, and returns it.
func (e *edits) edit(t *testing.T, sdk *generate.Result) string {
	t.Helper()
	type located struct {
		op       *model.Operation
		resource []string
	}
	var ops []located
	eachOperation(sdk.API.Root, nil, func(op *model.Operation, way []string) { ops = append(ops, located{op, slices.Clone(way)}) })
	for range 1 + e.IntN(3) {
		o := pick(e.Rand, ops)
		if o.op == nil {
			break
		}
		key := o.op.Method + " " + o.op.Path
		switch e.IntN(6) {
		case 0, 1, 2: // a move, to a resource that is there, below one, or to a new one
			to := pick(e.Rand, ops).resource
			switch e.IntN(3) {
			case 0:
				to = append(slices.Clone(to), pick(e.Rand, resourceWords))
			case 1:
				to = []string{pick(e.Rand, resourceWords)}
			}
			members := []string{}
			if len(to) > 0 {
				members = append(members, "resource: "+strings.Join(to, "."))
			}
			if len(to) == 0 || e.IntN(2) == 0 {
				members = append(members, "method: "+pick(e.Rand, resourceWords)+"Now")
			}
			e.operations = append(e.operations, fmt.Sprintf("  %q: {%s}\n", key, strings.Join(members, ", ")))
		case 3: // a rename of anything that can be
			entry := pick(e.Rand, sdk.Lock.Entries())
			if entry == nil || entry.Kind() == lockfile.Member {
				continue
			}
			prefix := strings.TrimSuffix(entry.Name, entry.Last())
			e.renames = append(e.renames, fmt.Sprintf("  %s: %sNew%s\n", entry.Name, prefix, entry.Last()))
		case 4:
			style := pick(e.Rand, []string{"false", "{style: page}", "{style: cursor}", "{style: offset}", "{style: single}"})
			e.operations = append(e.operations, fmt.Sprintf("  %q: {pagination: %s}\n", key, style))
		case 5: // a filter or an overlay, once
			if len(e.more) > 0 {
				continue
			}
			if e.IntN(2) == 0 {
				e.more = append(e.more, fmt.Sprintf("exclude: [{path: %q}]\n", o.op.Path))
				continue
			}
			e.put(t, "overlay.yaml", fmt.Sprintf("overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n- {target: %q, remove: true}\n- {target: $.paths, update: {/added/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string, enum: [a, b]}}], responses: {'204': {description: OK}}}}}}\n", "$.paths['"+o.op.Path+"']"))
			e.more = append(e.more, "overlays: overlay.yaml\n")
		}
	}
	// Of two entries for one operation the last counts, and of renames the first.
	text := "spec: api.yaml\noutput: out\npackage: sdk\nmodule: example.com/sdk\n" + strings.Join(e.more, "")
	text += configSection("operations", e.operations, true) + configSection("renames", e.renames, false)
	e.put(t, "gen.yaml", text)
	return text
}

// configSection is a member of the config with one line for each key.
func configSection(name string, lines []string, last bool) string {
	if last {
		lines = slices.Clone(lines)
		slices.Reverse(lines)
	}
	seen := map[string]bool{}
	var kept []string
	for _, line := range lines {
		key, _, _ := strings.Cut(line, ": ")
		if !seen[key] {
			kept = append(kept, line)
		}
		seen[key] = true
	}
	if len(kept) == 0 {
		return ""
	}
	return name + ":\n" + strings.Join(kept, "")
}

var resourceWords = []string{"sites", "domains", "parts", "items", "list", "options", "shared", "params", "get", "new"}

// moves is a description in which what operations share and what they have of
// their own is moved about.
const moves = `openapi: 3.0.3
info: {title: Moves, version: "1"}
paths:
  /domains:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}, {name: state, in: query, schema: {type: string, enum: [on, off]}}, {name: page, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Domain'}}, total: {type: integer}}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}, kind: {type: string, enum: [a, b]}, inner: {type: object, properties: {x: {type: string}}}}}}}}
      responses: {"201": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Domain'}}}}}
  /domains/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      parameters: [{name: expand, in: query, schema: {type: array, items: {type: string}}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Domain'}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Domain'}}}}
      responses: {"204": {description: ok}}
  /sites:
    get:
      parameters: [{name: state, in: query, schema: {type: string, enum: [up, down]}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {items: {type: array, items: {type: object, properties: {id: {type: string}, domain: {$ref: '#/components/schemas/Domain'}}}}, next_cursor: {type: string}}}}}}}
  /sites/{id}/parts:
    post:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {parent: {$ref: '#/components/schemas/Domain'}}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {state: {type: string, enum: [x, y]}}}}}}}
  /status:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}}}
components:
  schemas:
    Domain: {type: object, required: [id], properties: {id: {type: string}, kind: {type: string, enum: [apex, sub]}, parent: {$ref: '#/components/schemas/Domain'}}}
`
