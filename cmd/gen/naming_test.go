package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// What share of the names that people chose by hand inference must find. A fall
// below it means that a rule got worse, not that a name is wrong.
var namingFloors = map[string]struct{ name, leaf float64 }{
	"bakery": {1, 1}, "fleet": {1, 1}, "studio": {1, 1}, // in testdata
	"cloudflare": {0.935, 0.852}, "openai": {0.923, 0.948}, "llama-stack": {0.87, 0.86}, "onebusaway": {0.9, 0.86}, "elevenlabs": {0.75, 0.79},
	"assemblyai": {0.5, 0.6},
}

// TestNaming compares what is inferred for small descriptions with names that
// people chose for them, and for real ones where they stand beside the checkout.
func TestNaming(t *testing.T) {
	specs := map[string]string{} // by table
	local, err := filepath.Glob(filepath.Join("testdata", "naming", "*.tsv"))
	if err != nil || len(local) == 0 {
		t.Fatalf("there are no tables of names: %v", err)
	}
	for _, table := range local {
		specs[table] = strings.TrimSuffix(table, ".tsv") + ".yaml"
	}
	shared := filepath.Join("..", "..", "..", "shared")
	beside, _ := filepath.Glob(filepath.Join(shared, "naming", "*.tsv"))
	for _, table := range beside {
		name := strings.TrimSuffix(filepath.Base(table), ".tsv")
		for _, pattern := range []string{"corpus/real/" + name + "*", "stainless/" + name + "/openapi.*", "naming/specs/" + name + ".*"} {
			if found, _ := filepath.Glob(filepath.Join(shared, filepath.FromSlash(pattern))); len(found) > 0 {
				specs[table] = found[0]
			}
		}
	}
	if len(beside) == 0 {
		t.Log("there is no table of names of real APIs beside the checkout")
	}
	for table, spec := range specs {
		name := strings.TrimSuffix(filepath.Base(table), ".tsv")
		t.Run(name, func(t *testing.T) { checkNaming(t, spec, table, namingFloors[name].name, namingFloors[name].leaf) })
	}
}

func checkNaming(t *testing.T, spec, table string, nameFloor, leafFloor float64) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run([]string{"inspect", "--format", "json", spec}, strings.NewReader(""), &stdout, &stderr)
	var inspected struct{ Operations []inspectedOperation }
	if err := json.Unmarshal(stdout.Bytes(), &inspected); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	calls := map[string]inspectedOperation{}
	for _, op := range inspected.Operations {
		calls[op.Method+" "+withoutNames(op.Path)] = op
	}
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
	var names, leaves, seen float64
	var misses []string
	for _, row := range rows {
		cells := strings.Split(row, "\t")
		op, ok := calls[cells[0]+" "+withoutNames(cells[1])]
		if !ok {
			t.Errorf("%s %s is not in the description", cells[0], cells[1])
			continue
		}
		seen++
		sameName := sameMethod(op.Name) == sameMethod(cells[3])
		sameLeaf := ident.Fold(lastPart(op.Resource)) == ident.Fold(lastPart(cells[2]))
		if sameName {
			names++
		}
		if sameLeaf {
			leaves++
		}
		if !sameName || !sameLeaf {
			misses = append(misses, op.Method+" "+op.Path+" is "+op.Resource+"."+op.Name+" ["+op.Rule+"], by hand "+cells[2]+"."+cells[3])
		}
	}
	t.Logf("%.0f operations: name %.3f, last resource %.3f", seen, names/seen, leaves/seen)
	if round(names/seen) < nameFloor || round(leaves/seen) < leafFloor {
		t.Errorf("fewer names are as by hand than %v and %v:\n%s", nameFloor, leafFloor, strings.Join(misses, "\n"))
	}
}

func round(share float64) float64 { return float64(int(share*1000+0.5)) / 1000 }

// withoutNames is a path without the names of its parameters.
func withoutNames(path string) string {
	in := false
	return strings.TrimSuffix(strings.Map(func(r rune) rune {
		switch {
		case r == '{':
			in = true
		case r == '}':
			in = false
		case in:
			return -1
		}
		return r
	}, path), "/")
}

func lastPart(dotted string) string { return dotted[strings.LastIndex(dotted, ".")+1:] }

// sameMethod folds names that say the same.
func sameMethod(name string) string {
	name = strings.Map(unicode.ToLower, name)
	switch name {
	case "retrieve":
		return "get"
	case "edit":
		return "update"
	case "new":
		return "create"
	}
	return name
}
