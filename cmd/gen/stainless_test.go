package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

// A published method is one of an SDK that people use now.
type published struct{ method, path, call, args, result string }

// readTable reads the methods of a published SDK: method, path, call, arguments
// and result, after a line with their names.
func readTable(t testing.TB, file string) []published {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []published
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			t.Fatalf("%s:%d has %d cells", file, i+1, len(cells))
		}
		if i > 0 {
			list = append(list, published{cells[0], cells[1], cells[2], cells[3], cells[4]})
		}
	}
	return list
}

// stainlessPairs are folders with a stainless.yml, its description and a table of
// the Go SDK that was made of it: our own, and those beside the project.
func stainlessPairs(t *testing.T) []string {
	pairs := []string{"testdata/stainless"}
	others, err := filepath.Glob("../../../shared/stainless/*/official-go.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if len(others) == 0 {
		t.Log("../shared/stainless is not there: only our own pair is tried")
	}
	for _, file := range others {
		pairs = append(pairs, filepath.Dir(file))
	}
	return pairs
}

// copyPair copies the files of a pair but for its table.
func copyPair(t *testing.T, from string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"stainless.yml", "openapi.yml"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		writeFiles(t, dir, map[string][]byte{name: data})
	}
	return dir
}

// quietly runs gen, which must succeed.
func quietly(t *testing.T, args ...string) {
	t.Helper()
	var out, stderr bytes.Buffer
	if code := run(args, nil, &out, &stderr); code != exitDone {
		t.Fatalf("gen %s: %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
}

var typeName = regexp.MustCompile(`\.([A-Z]\w*)\]?$`)

// lastType is the name of the last type in a list of parameters or results that
// is one of the SDK's own.
func lastType(list string) string {
	list = strings.TrimSuffix(strings.TrimSuffix(list, ")"), ", error")
	list = strings.TrimSuffix(list, "]")
	if m := typeName.FindStringSubmatch(list); m != nil {
		return m[1]
	}
	return ""
}

// An agreement counts what a table and an SDK have in common.
type agreement struct {
	calls, params, results [2]int // that agree, of all
	differ                 []string
}

func (a *agreement) add(count *[2]int, want, got, what string) {
	count[1]++
	if want == got {
		count[0]++
		return
	}
	a.differ = append(a.differ, fmt.Sprintf("%s: %q, was %q", what, got, want))
}

// agree compares a table with a model.
func agree(table []published, api *model.API) *agreement {
	a := &agreement{}
	ops := map[string][]*model.Operation{}
	for _, op := range allOperations(api.Root) {
		ops[op.Method+" "+op.Path] = append(ops[op.Method+" "+op.Path], op)
	}
	for _, p := range table {
		route := p.method + " " + p.path
		list := ops[route]
		i := slices.IndexFunc(list, func(op *model.Operation) bool { return op.Call == p.call })
		if i < 0 {
			var calls []string
			for _, op := range list {
				calls = append(calls, op.Call)
			}
			a.add(&a.calls, p.call, strings.Join(calls, ", "), route)
			continue
		}
		a.add(&a.calls, p.call, p.call, route)
		op := list[i]
		params := ""
		if op.Params != nil {
			params = op.Params.Name.Go
		}
		if want := lastType(strings.TrimPrefix(p.args, "ctx context.Context")); want != "" || params != "" {
			a.add(&a.params, want, params, p.call+" takes")
		}
		result := ""
		if d := declOf(op.Result.Type); d != nil {
			result = d.Declaration().Name.Go
		}
		if want := lastType(p.result); want != "" || result != "" {
			a.add(&a.results, want, result, p.call+" returns")
		}
	}
	return a
}

// declOf is the declaration that a type is, or is a list of.
func declOf(t model.Type) model.Decl {
	switch t := t.(type) {
	case model.Decl:
		return t
	case nil:
		return nil
	}
	return declOf(model.Elem(t))
}

func rate(count [2]int) float64 {
	if count[1] == 0 {
		return 1
	}
	return float64(count[0]) / float64(count[1])
}

// callersOf is the body of a program that calls every method of a table with the
// arguments that it lists, and uses what comes back.
func callersOf(pkg string, table []published) string {
	var b strings.Builder
	for i, p := range table {
		var names []string
		for _, arg := range strings.Split(p.args, ", ") {
			name, _, _ := strings.Cut(arg, " ")
			names = append(names, name)
		}
		fmt.Fprintf(&b, "func call%d(client *%s.Client, %s) error {\n", i, pkg, p.args)
		call := fmt.Sprintf("client.%s(%s)", p.call, strings.Join(names, ", "))
		switch {
		case p.result == "error":
			fmt.Fprintf(&b, "\treturn %s\n}\n", call)
		case strings.Contains(p.result, "Page["):
			fmt.Fprintf(&b, "\tpage, err := %s\n\tif err != nil {\n\t\treturn err\n\t}\n", call)
			fmt.Fprintf(&b, "\tif next, err := page.GetNextPage(); err != nil || next == nil {\n\t\treturn err\n\t}\n")
			fmt.Fprintf(&b, "\tpager := client.%sAutoPaging(%s)\n\tfor pager.Next() {\n\t\t_ = pager.Current()\n\t}\n\treturn pager.Err()\n}\n", p.call, strings.Join(names, ", "))
		case strings.Contains(p.result, "[]"):
			fmt.Fprintf(&b, "\tlist, err := %s\n\tfor range *list {\n\t}\n\treturn err\n}\n", call)
		default:
			fmt.Fprintf(&b, "\tresult, err := %s\n\tif result == nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n", call)
		}
	}
	return b.String()
}

// An SDK that is made of a stainless.yml alone has the names of the one that
// Stainless made, and programs that call that one compile.
func TestStainless(t *testing.T) {
	for _, pair := range stainlessPairs(t) {
		t.Run(filepath.Base(pair), func(t *testing.T) {
			table := readTable(t, filepath.Join(pair, "official-go.tsv"))
			t.Chdir(copyPair(t, pair))
			quietly(t, "init", "--from", "stainless.yml")
			cmd := &command{stderr: new(bytes.Buffer)}
			var cleanUp cleaner
			defer cleanUp.run()
			e, err := cmd.edition("gen.yaml", nil, &cleanUp)
			if err != nil {
				t.Fatal(err)
			}
			a := agree(table, e.api)
			t.Logf("calls %v, params %v, results %v\n%s", a.calls, a.params, a.results, strings.Join(a.differ, "\n"))
			if rate(a.calls) < 1 || rate(a.params) < 0.9 || rate(a.results) < 0.9 {
				t.Errorf("they agree too little")
			}
			program := program(e, callersOf(e.root, table))
			if err := compile(e, program); err != nil {
				t.Errorf("callers do not compile: %v\n%s", err, program)
			}
		})
	}
}

// What comes of a stainless.yml builds, and the tests that it is written with pass.
func TestStainlessBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds")
	}
	for _, pair := range stainlessPairs(t) {
		t.Run(filepath.Base(pair), func(t *testing.T) {
			t.Chdir(copyPair(t, pair))
			quietly(t, "init", "--from", "stainless.yml", "--tests", "--quiet")
			quietly(t, "gen.yaml", "--quiet")
			goRun(t, "sdk", "vet", "./...")
			goRun(t, "sdk", "test", "./...")
		})
	}
}
