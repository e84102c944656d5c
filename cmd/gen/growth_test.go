package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// What a run costs grows with the description, and not faster. Memory that was
// allocated stands for time, which a busy machine says little of.

// shop is a description with so many resources, each with five operations and
// six schemas that refer to each other, to what all share and, in one component,
// to themselves.
func shop(resources int) string {
	var b strings.Builder
	b.WriteString("openapi: 3.0.3\ninfo: {title: Shop, version: \"1\"}\nservers: [{url: https://api.example.com}]\npaths:\n")
	for i := range resources {
		const ref = "content: {application/json: {schema: {$ref: '#/components/schemas/%s%d'}}}"
		fmt.Fprintf(&b, "  /things%[1]d:\n    get: {operationId: listThings%[1]d, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'200': {description: OK, "+ref+"}}}\n", i, "Page", i)
		fmt.Fprintf(&b, "    post: {operationId: createThing%[1]d, requestBody: {"+ref+"}, responses: {'201': {description: OK, "+ref+"}}}\n", i, "New", i, "Thing", i)
		fmt.Fprintf(&b, "  /things%[1]d/{id}:\n    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n", i)
		fmt.Fprintf(&b, "    get: {operationId: getThing%[1]d, responses: {'200': {description: OK, "+ref+"}}}\n", i, "Thing", i)
		fmt.Fprintf(&b, "    put: {operationId: updateThing%[1]d, requestBody: {"+ref+"}, responses: {'200': {description: OK, "+ref+"}}}\n", i, "New", i, "Thing", i)
		fmt.Fprintf(&b, "    delete: {operationId: deleteThing%[1]d, responses: {'204': {description: OK}}}\n", i)
	}
	b.WriteString("components:\n  schemas:\n    Shared: {type: object, properties: {parent: {$ref: '#/components/schemas/Shared'}, at: {type: string, format: date-time}}}\n")
	for i := range resources {
		fmt.Fprintf(&b, "    New%[1]d: {type: object, required: [name], properties: {name: {type: string}, kind: {$ref: '#/components/schemas/Kind%[1]d'}, any: {$ref: '#/components/schemas/Any%[1]d'}, shared: {$ref: '#/components/schemas/Shared'}}}\n", i)
		fmt.Fprintf(&b, "    Thing%[1]d: {allOf: [{$ref: '#/components/schemas/New%[1]d'}, {type: object, properties: {id: {type: string}, next: {$ref: '#/components/schemas/Thing%[1]d'}, other: {$ref: '#/components/schemas/Part%[2]d'}}}]}\n", i, (i+1)%resources)
		fmt.Fprintf(&b, "    Part%[1]d: {type: object, properties: {id: {type: string}, nested: {type: object, properties: {a: {type: integer}, b: {type: array, items: {type: object, properties: {c: {type: boolean}}}}}}}}\n", i)
		fmt.Fprintf(&b, "    Kind%[1]d: {type: string, enum: [a, b, c]}\n", i)
		fmt.Fprintf(&b, "    Any%[1]d: {oneOf: [{$ref: '#/components/schemas/Part%[1]d'}, {type: string}]}\n", i)
		fmt.Fprintf(&b, "    Page%[1]d: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Thing%[1]d'}}, page: {type: integer}, total: {type: integer}}}\n", i)
	}
	return b.String()
}

// allocated returns how many bytes it takes to generate from a description.
func allocated(t *testing.T, description string) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	files, _, err := generateIn(t, map[string]string{"openapi.yaml": description}, sdk, false)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	fset := token.NewFileSet()
	for name, text := range files {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		if _, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution); err != nil {
			t.Error(err)
		}
	}
	return after.TotalAlloc - before.TotalAlloc
}

func TestGrowsLinearly(t *testing.T) {
	if testing.Short() {
		t.Skip("it generates much")
	}
	none := allocated(t, shop(1)) // most of which is the runtime
	one, two := allocated(t, shop(100))-none, allocated(t, shop(200))-none
	if ratio := float64(two) / float64(one); ratio > 2.2 {
		t.Errorf("a description twice as large takes %.2f times as much memory", ratio)
	}
}

// Shapes that a reader who expands references, or follows each anew, cannot
// finish.
func TestHostileShapes(t *testing.T) {
	const head = `
openapi: 3.0.3
info: {title: Shapes, version: "1"}
paths:
  /things:
    get: {operationId: getThings, responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}
components:
  schemas:
`
	ref := func(i int) string { return fmt.Sprintf("{$ref: '#/components/schemas/S%d'}", i) }
	list := func(n int, item func(i int) string) string {
		items := make([]string, n)
		for i := range items {
			items[i] = item(i)
		}
		return strings.Join(items, ", ")
	}
	var chain, dense, diamonds, unions, merged, deep strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&chain, "    S%d: %s\n", i, ref(i+1))
	}
	chain.WriteString("    S5000: {type: object, properties: {id: {type: string}}}\n")
	many := 150
	if testing.Short() {
		many = 50
	}
	for i := range many {
		fmt.Fprintf(&dense, "    S%d: {type: object, properties: {%s}}\n", i, list(many, func(j int) string { return fmt.Sprintf("p%d: %s", j, ref(j)) }))
	}
	for i := range 60 { // two ways from each to the next
		fmt.Fprintf(&diamonds, "    S%d: {type: object, properties: {a: %s, b: %s}}\n", i, ref(i+1), ref(i+1))
		fmt.Fprintf(&unions, "    S%d: {oneOf: [%s, {type: array, items: %s}]}\n", i, ref(i+1), ref(i+1))
		fmt.Fprintf(&merged, "    S%d: {allOf: [%s, %s]}\n", i, ref(i+1), ref(i+1))
	}
	for _, b := range []*strings.Builder{&diamonds, &unions, &merged} {
		b.WriteString("    S60: {type: object, properties: {id: {type: string}}}\n")
	}
	nested := "{type: string}"
	for range 80 {
		nested = "{type: object, properties: {a: " + nested + "}}"
	}
	fmt.Fprintf(&deep, "    S0: %s\n", nested)

	for _, tt := range []struct {
		name, schemas string
		most          int // MB
	}{
		{"chain", chain.String(), 150},
		{"dense", dense.String(), 800},
		{"diamonds", diamonds.String(), 100},
		{"unions", unions.String(), 100},
		{"merged", merged.String(), 100},
		{"deep", deep.String(), 150},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := allocated(t, head+tt.schemas) >> 20; got > uint64(tt.most) {
				t.Errorf("it takes %d MB, more than %d", got, tt.most)
			}
		})
	}
}

// What is found does not hang on the order in which maps are walked.
func TestSameBytes(t *testing.T) {
	in := map[string]string{"openapi.yaml": shop(20)}
	first, _, err := generateIn(t, in, sdk, true)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := generateIn(t, in, sdk, true)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range first {
		if !slices.Equal(text, again[name]) {
			t.Errorf("%s differs", name)
		}
	}
	if len(first) != len(again) {
		t.Errorf("%d files, then %d", len(first), len(again))
	}
}
