package build

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// load reads a description, without the lines that each one begins with.
func load(t *testing.T, text string) *spec.Document {
	t.Helper()
	file := filepath.Join(t.TempDir(), "api.yaml")
	text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n" + text
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, diags := spec.Load(file, spec.Options{})
	if doc == nil {
		t.Fatal(diags.Err())
	}
	return doc
}

// built is the model of a description, and the codes and messages of what was
// wrong with it.
func built(t *testing.T, text string, cfg config.Config) (*model.API, []string) {
	t.Helper()
	if cfg.Package == "" {
		cfg.Package, cfg.Module = "acme", "example.com/acme"
	}
	api, diags := Build(load(t, text), &cfg)
	if api == nil {
		t.Fatal(diags.Err())
	}
	var lines []string
	for _, d := range diags.Sorted() {
		lines = append(lines, d.Code+": "+d.Message)
	}
	return api, lines
}

// operations are those of an API, by their ID.
func operations(api *model.API) map[string]*model.Operation {
	ops := map[string]*model.Operation{}
	var visit func(r *model.Resource)
	visit = func(r *model.Resource) {
		for _, op := range r.Methods {
			ops[op.ID] = op
		}
		for _, c := range r.Children {
			visit(c)
		}
	}
	visit(api.Root)
	return ops
}

// declarations are the declarations of an API by their package and Go name.
func declarations(api *model.API) map[string]model.Decl {
	decls := map[string]model.Decl{}
	for _, p := range api.Packages {
		for _, d := range p.Types {
			decls[p.Path+"."+d.Declaration().Name.Go] = d
		}
	}
	return decls
}

// fieldsText describes fields: "id plain String; next optional String".
func fieldsText(fields []*model.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name.Spec+" "+presenceText(f.Presence)+" "+typeText(f.Type))
	}
	return strings.Join(list, "; ")
}

func presenceText(p model.Presence) string {
	return [...]string{"plain", "omitzero", "optional", "nullable", "pointer", "nullpointer", "threestate", "twostate"}[p]
}

func typeText(t model.Type) string {
	switch t := t.(type) {
	case *model.List:
		return "[]" + typeText(t.Elem)
	case *model.Map:
		return "map " + typeText(t.Elem)
	case *model.Opt:
		return "opt " + typeText(t.Elem)
	case *model.Null:
		return "null " + typeText(t.Elem)
	case *model.Ptr:
		return "*" + typeText(t.Elem)
	case *model.Lines:
		return "lines " + typeText(t.Elem)
	case model.TypeParam:
		return "T"
	case *model.Alias:
		return t.Name.Go + "=" + typeText(t.Target)
	case model.Decl:
		return t.Declaration().Name.Go
	case model.Scalar:
		return [...]string{"Any", "AnyObject", "String", "Bool", "Int32", "Int64", "Uint64", "Float32", "Float64", "Number", "Time", "Date", "Bytes", "True", "Secret", "Empty", "Reader", "File", "Event"}[t]
	}
	return fmt.Sprintf("%T", t)
}

// fieldNamed returns a field by its name in the description; nil if there is none.
func fieldNamed(fields []*model.Field, name string) *model.Field {
	for _, f := range fields {
		if f.Name.Spec == name {
			return f
		}
	}
	return nil
}

// A text is a text and what a function makes of it.
type text struct{ name, text, want string }

func checkTexts(t *testing.T, tests []text, f func(string) string) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := f(tt.text); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
