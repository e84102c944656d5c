package emit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

const hostile = "*/ func init() { panic(1) } /*\n//go:generate rm -rf /\n\n+build ignore\n`\"'\\\x00\u2028\u202e\ufeff\xff\n```\nfunc main() {}\n" +
	"<p>[a](b)\n\n    package x\n// Code generated\n/*\nimport \"os\"\n%s {{.}} $x\r//line x:1\n"

// TestHostile holds the files of a description whose every text is hostile to
// the declarations of one whose texts are not: no text becomes code.
func TestHostile(t *testing.T) {
	api := sample()
	poison(api)
	want, got := declarations(t, mustFiles(t, sample())), declarations(t, mustFiles(t, api))
	examples := func(name string, _ []string) bool { return strings.HasSuffix(name, "example_test.go") }
	maps.DeleteFunc(want, examples) // which operations they show depends on what is said of them
	maps.DeleteFunc(got, examples)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !slices.Equal(want[name], got[name]) {
			t.Errorf("%s declares\n%q\nwant\n%q", name, got[name], want[name])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("hostile text adds the file %s", name)
		}
	}
}

// declarations returns what each Go file declares and imports, in order.
func declarations(t *testing.T, files map[string][]byte) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, text := range files {
		if path.Ext(name) != ".go" {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		list := []string{f.Name.Name}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				list = append(list, d.Name.Name)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						list = append(list, s.Name.Name)
					case *ast.ValueSpec:
						list = append(list, s.Names[0].Name)
					case *ast.ImportSpec:
						list = append(list, s.Path.Value)
					}
				}
			}
		}
		all[name] = list
		for _, c := range f.Comments {
			for _, l := range c.List {
				if !strings.HasPrefix(l.Text, "// ") && !strings.HasPrefix(l.Text, "//\t") && l.Text != "//" && l.Text != fileIgnore && l.Text+"\n" != noinline {
					t.Errorf("%s has the comment %q", name, l.Text)
				}
			}
		}
	}
	return all
}

// poison makes every text of a model hostile.
func poison(api *model.API) {
	api.Title, api.Doc, api.Version, api.BaseURL, api.BaseURLEnv, api.Success = hostile, hostile, hostile, hostile, hostile, hostile
	api.ErrorData.Member = "a"
	for _, s := range api.Schemes {
		s.Name, s.Doc, s.Env, s.Key, s.Prefix = hostile, hostile, hostile, hostile, hostile
	}
	for _, p := range api.Params {
		p.Name, p.Doc, p.Env = hostile, hostile, hostile
	}
	walk(api.Root, func(r *model.Resource) {
		r.Name.Spec, r.Doc = hostile, hostile
		for _, op := range r.Methods {
			op.ID, op.Path, op.Doc, op.Name.Spec, op.Accept, op.Server = hostile, hostile, hostile, hostile, hostile, hostile
			op.Security = model.Security{{hostile}}
			op.Result.Unwrap, op.Result.Cursor = hostile, hostile
			if op.Body != nil {
				op.Body.ContentType = hostile
			}
			for _, in := range op.Inputs {
				in.Name = hostile
			}
			if op.Params != nil {
				poisonObject(op.Params)
			}
		}
	})
	for _, p := range api.Packages {
		p.Doc = hostile
		for _, d := range p.Types {
			d.Declaration().Doc, d.Declaration().Name.Spec = hostile, hostile
			switch d := d.(type) {
			case *model.Object:
				poisonObject(d)
			case *model.Enum:
				for _, v := range d.Values {
					v.Doc = hostile
					if d.Base == model.String {
						v.Value = hostile
					}
				}
			case *model.Union:
				d.Tag = hostile
				for _, v := range d.Variants {
					v.Values, v.Required, v.Known = []string{hostile}, []string{hostile}, []string{hostile}
				}
			}
		}
	}
}

func poisonObject(o *model.Object) {
	o.Doc, o.Deprecated = hostile, hostile
	for _, f := range o.Fields {
		f.Doc, f.Deprecated = hostile, hostile
		if f.Name.Spec != "" {
			f.Name.Spec = strings.NewReplacer(",", "", "\\", "", "'", "", "\"", "", "`", "", "\xff", "").Replace(hostile) + f.Name.Go
		}
	}
	if o.Extra != nil {
		o.Extra.Doc = hostile
	}
}
