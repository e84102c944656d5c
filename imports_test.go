// Package lathe_test holds the repository as a whole against its own rules: who
// may import whom, and that what the README and docs show
// compiles.
package lathe_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/openapi-lathe/lathe"

// The modules that the repository is built on, by the names that the table has
// for them.
var modules = map[string]string{
	"diff":          "github.com/rogpeppe/go-internal/diff",
	"go-cmp":        "github.com/google/go-cmp/cmp",
	"jennifer":      "github.com/dave/jennifer/jen",
	"json":          "github.com/go-json-experiment/json", // the JSON engine
	"goldmark":      "github.com/yuin/goldmark",
	"kin-openapi":   "github.com/getkin/kin-openapi",
	"pflag":         "github.com/spf13/pflag",
	"txtar":         "github.com/rogpeppe/go-internal/txtar",
	"x/exp":         "golang.org/x/exp/apidiff",
	"x/tools":       "golang.org/x/tools/go/ast/astutil",
	"x/tools/types": "golang.org/x/tools/go/types/typeutil",
	"x/sys":         "golang.org/x/sys/unix",
	"x/text":        "golang.org/x/text",
	"yaml":          "go.yaml.in/yaml/v4",
}

// imports says what a folder, and those below it, may import besides the
// standard library and themselves. The longest folder that matches counts.
// Tests may import more.
var imports = map[string]string{
	"cmd/gen":                     "internal/docs internal/docs/preview internal/config internal/diag internal/diff/contract internal/diff/goapi internal/diff/report internal/emit internal/generate internal/lockfile internal/model internal/output internal/output/handwritten internal/foreign internal/parity internal/spec internal/stainless pflag",
	"internal/generate":           "internal/config internal/diag internal/emit internal/ident internal/lockfile internal/model internal/model/build internal/output internal/overlay internal/spec",
	"openapi":                     "",
	"examples":                    "generated generated/option generated/param generated/secretsstore",
	"internal/diag":               "",
	"internal/lockfile":           "internal/diag",
	"internal/diff/contract":      "internal/diag internal/spec",
	"internal/diff/goapi":         "x/exp x/tools x/tools/types",
	"internal/output/handwritten": "internal/diag",
	"internal/diff/report":        "internal/diff/contract internal/diag",
	"internal/config":             "internal/diag internal/lockfile internal/spec",
	"internal/spec":               "internal/diag kin-openapi yaml json",
	"internal/jsonpath":           "internal/diag internal/spec",
	"internal/foreign":            "internal/config internal/diag internal/ident internal/spec",
	"internal/parity":             "internal/config internal/diag internal/ident internal/spec",
	"internal/stainless":          "internal/config internal/diag internal/ident internal/jsonpath internal/spec",
	"internal/overlay":            "internal/diag internal/jsonpath internal/spec",
	"internal/model":              "internal/diag",
	"internal/model/schema":       "internal/diag internal/spec",
	"internal/ident":              "internal/diag x/text",
	"internal/lexicon":            "",
	"internal/restree":            "internal/ident internal/lexicon",
	"internal/model/build":        "internal/config internal/diag internal/model internal/model/example internal/model/layout internal/model/naming internal/model/operation internal/model/reference internal/model/schema internal/model/types internal/spec",
	"internal/model/example":      "internal/diag internal/model internal/model/operation internal/sample internal/spec kin-openapi",
	"internal/model/reference":    "internal/model internal/model/example internal/model/operation internal/model/schema internal/model/types internal/spec",
	"internal/model/operation":    "internal/config internal/diag internal/ident internal/lockfile internal/model internal/model/paging internal/model/schema internal/model/types internal/restree internal/spec",
	"internal/model/layout":       "internal/config internal/ident internal/lockfile internal/model internal/model/types",
	"internal/model/naming":       "internal/config internal/diag internal/ident internal/lockfile internal/model internal/model/layout internal/model/schema internal/model/types internal/spec",
	"internal/model/paging":       "internal/config internal/diag internal/ident internal/lockfile internal/model internal/model/schema internal/model/types internal/spec",
	"internal/model/types":        "internal/config internal/diag internal/ident internal/lockfile internal/model internal/model/schema internal/spec",
	"internal/prose":              "internal/ident internal/lexicon internal/model",
	"internal/emit":               "internal/model internal/prose internal/snippet templates jennifer",
	"internal/snippet":            "internal/ident internal/model internal/prose jennifer",
	"internal/docs":               "internal/ident internal/model internal/prose internal/snippet templates goldmark",
	"internal/docs/preview":       "",
	"internal/output":             "internal/diag diff x/sys",
	"internal/testkit/golden":     "go-cmp txtar",
	"internal/sample":             "kin-openapi",
	"internal/testkit/mockapi":    "internal/sample internal/spec json kin-openapi",
	"internal/testkit/leak":       "",
	"internal/testkit/effort":     "",
	"internal/testkit/suite":      "",
	"internal/testkit/corpus":     "internal/testkit/mockapi internal/spec internal/sample internal/diag kin-openapi json",
	"templates":                   "json",
	"generated":                   "json",
}

// testTools is the folder of what no code but tests may import.
const testTools = "internal/testkit"

func TestImports(t *testing.T) {
	files := sources(t)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		folder := path.Dir(file)
		rule, ok := ruleFor(folder)
		if !ok {
			t.Errorf("%s: the table has no line for it", folder)
			continue
		}
		for _, name := range files[file] {
			if !allowed(rule, name) {
				t.Errorf("%s must not import %s; what it may is: %s", file, name, imports[rule])
			}
		}
	}
}

// ruleFor returns the line of the table for a folder.
func ruleFor(folder string) (string, bool) {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := imports[folder]; ok {
			return folder, true
		}
	}
	return "", false
}

func allowed(rule, imported string) bool {
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	local, here := strings.CutPrefix(imported, module+"/")
	if here && within(local, rule) {
		other, _ := ruleFor(local)
		return other == rule || slices.Contains(strings.Fields(imports[rule]), other)
	}
	for _, may := range strings.Fields(imports[rule]) {
		outside, isModule := modules[may]
		if isModule && within(imported, outside) || here && local == may && (!within(local, testTools) || within(rule, testTools)) {
			return true
		}
	}
	return false
}

func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// sources returns what each file that is no test imports.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	set := token.NewFileSet()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || name == "contrib"): // modules of their own
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(set, name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files[name] = nil
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			files[name] = append(files[name], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
