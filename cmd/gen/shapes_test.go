package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// The shapes that a field has which may be absent, as docs/sdk.md lists them. Beside
// them is the plain value, which is always there.
const (
	shapeOpt    = "param.Opt"
	shapeZero   = "the zero of an enum or union"
	shapePtr    = "a nil pointer"
	shapeNil    = "a nil list, map or raw JSON"
	shapeOrNull = "Value and Null"
)

// TestShapes counts the shapes of what may be absent over all goldens: a user has to
// know no more than these five.
func TestShapes(t *testing.T) {
	seen := map[string]int{}
	for _, c := range golden.Read(t, goldens) {
		fset := token.NewFileSet()
		types := map[string]ast.Expr{} // by name: packages of a golden are few
		var files []*ast.File
		for _, name := range slices.Sorted(maps.Keys(c.Want)) {
			if !strings.HasSuffix(name, ".go") {
				continue
			}
			f, err := parser.ParseFile(fset, name, c.Want[name], parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
			ast.Inspect(f, func(n ast.Node) bool {
				if spec, ok := n.(*ast.TypeSpec); ok {
					types[spec.Name.Name] = spec.Type
				}
				return true
			})
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				field, ok := n.(*ast.Field)
				if !ok || field.Tag == nil || !strings.Contains(field.Tag.Value, `,omitzero"`) {
					return true
				}
				shape, err := shapeOf(field.Type, types)
				if err != nil {
					t.Errorf("%s: field %s at %s: %v", c.Name, field.Names[0].Name, fset.Position(field.Pos()), err)
				}
				seen[shape]++
				return true
			})
		}
	}
	for _, shape := range []string{shapeOpt, shapeZero, shapePtr, shapeNil, shapeOrNull} {
		if seen[shape] == 0 {
			t.Errorf("no golden has %s", shape)
		}
		delete(seen, shape)
	}
	delete(seen, "")
	for shape, n := range seen {
		t.Errorf("%d fields have another shape: %s", n, shape)
	}
}

// shapeOf says how a field of a type shows that its value is absent.
func shapeOf(e ast.Expr, types map[string]ast.Expr) (string, error) {
	switch e := e.(type) {
	case *ast.StarExpr:
		return shapePtr, nil
	case *ast.ArrayType, *ast.MapType:
		return shapeNil, nil
	case *ast.IndexExpr:
		of, ok := e.X.(*ast.SelectorExpr)
		switch {
		case ok && of.Sel.Name == "Opt":
			return shapeOpt, nil
		case ok && of.Sel.Name == "Nullable":
			return shapeOrNull, nil
		}
	case *ast.SelectorExpr:
		switch e.Sel.Name {
		case "Value": // of package jsontext
			return shapeNil, nil
		case "Secret", "Empty", "File": // an empty one is none
			return shapeZero, nil
		}
		return named(e.Sel.Name, types)
	case *ast.Ident:
		return named(e.Name, types)
	case *ast.InterfaceType:
		return shapeNil, nil
	}
	return "", fmt.Errorf("%T has no shape", e)
}

func named(name string, types map[string]ast.Expr) (string, error) {
	switch under := types[name].(type) {
	case *ast.StructType:
		for _, f := range under.Fields.List {
			switch {
			case len(f.Names) == 1 && f.Names[0].Name == "Null":
				return shapeOrNull, nil
			case len(f.Names) == 1 && f.Names[0].Name == "Raw":
				return shapeZero, nil
			}
		}
		return "a struct " + name, nil
	case *ast.Ident, *ast.SelectorExpr:
		return shapeZero, nil
	case nil:
		switch name {
		case "string", "bool", "int64", "int32", "float64", "any", "Time": // what only the server sets
			return shapeZero, nil
		}
		return "", fmt.Errorf("type %s is not in the golden", name)
	default:
		return shapeNil, nil
	}
}
