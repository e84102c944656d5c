package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*-?$`)

// codes returns the codes of all diagnostics that the sources make, with where:
// the strings that are given for a parameter, or a field, that is called code.
func codes(t *testing.T) map[string]string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, root := range []string{".", "../../internal"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && (d.Name() == "testkit" || d.Name() == "testdata") {
				if err == nil {
					err = fs.SkipDir
				}
				return err
			}
			if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
			files = append(files, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	position := map[string]int{} // of the code among the arguments, by function
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			i, hasPos := 0, false
			for _, field := range fn.Type.Params.List {
				for _, name := range field.Names {
					if name.Name == "pos" {
						hasPos = true
					}
					if name.Name == "code" && hasPos {
						position[fn.Name.Name] = i
					}
					i++
				}
			}
		}
	}
	if len(position) < 3 {
		t.Fatalf("only %v take a code", position)
	}
	found := map[string]string{}
	note := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if code, err := strconv.Unquote(lit.Value); err == nil && codeForm.MatchString(code) {
				found[code] = fset.Position(lit.Pos()).String()
			}
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				name := ""
				switch fun := n.Fun.(type) {
				case *ast.SelectorExpr:
					name = fun.Sel.Name
				case *ast.Ident:
					name = fun.Name
				}
				if i, ok := position[name]; ok && i < len(n.Args) {
					note(n.Args[i])
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "Code" || key.Name == "code") {
					note(n.Value)
				}
			}
			return true
		})
	}
	return found
}

// Every code has a text, and no text is for a code that there is no more.
func TestExplainCodes(t *testing.T) {
	found := codes(t)
	if len(found) < 50 {
		t.Fatalf("only %d codes are found", len(found))
	}
	for code, where := range found {
		if _, ok := topicOf(code); !ok {
			t.Errorf("%s: gen explain has no text for %s; add it to explain.md", where, code)
		}
	}
	seen := map[string]bool{}
	for _, topic := range topics() {
		if seen[topic.name] {
			t.Errorf("%s is explained twice", topic.name)
		}
		seen[topic.name] = true
		if len(topic.text) < 30 || !strings.HasSuffix(topic.text, ".") {
			t.Errorf("%s is hardly explained: %q", topic.name, topic.text)
		}
	}
}

// Every word of the closing line is explained.
func TestExplainWords(t *testing.T) {
	source, err := os.ReadFile("report.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"read", "emitted", "degraded", "filtered out"} {
		if !strings.Contains(string(source), "%d "+word) && !strings.Contains(string(source), "%s "+word) {
			t.Errorf("the closing line has no %q any more", word)
		}
		if _, ok := topicOf(word); !ok {
			t.Errorf("%s is not explained", word)
		}
	}
}
