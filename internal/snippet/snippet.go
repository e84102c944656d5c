// Package snippet writes what users of an SDK write: types and values in Go,
// complete programs that call an operation, and the same request for curl. The
// README, tests and the reference site show what comes from here, so that they
// show the same. It declares nothing of the SDK itself; package emit does.
package snippet

import (
	"go/version"
	"path"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// The import paths of the JSON engine: the standard library's, and the mirror
// of it that stands in before Go 1.27.
const (
	MirrorJSON   = "github.com/go-json-experiment/json"
	StdJSON      = "encoding/json/v2"
	StdJSONText  = "encoding/json/jsontext"
	stdJSONSince = "go1.27"
)

// Engine returns the import paths of the JSON engine in a version of Go.
func Engine(goVersion string) (json, jsontext string) {
	if HasStdJSON(goVersion) {
		return StdJSON, StdJSONText
	}
	return MirrorJSON, MirrorJSON + "/jsontext"
}

// HasStdJSON reports whether the standard library has the engine in a version of
// Go.
func HasStdJSON(goVersion string) bool { return version.Compare("go"+goVersion, stdJSONSince) >= 0 }

// A Writer writes Go that uses the SDK of a model. Several goroutines may use
// one.
type Writer struct {
	api       *model.API
	jsontext  string
	packages  map[string]string // the name of each package that could need an alias, by import path
	resources map[*model.Operation]*model.Resource
	schemes   map[string]*model.Scheme
	leaves    map[*model.Value]*Leaf // that are to be told apart in a program; nil if none are
}

// New returns a writer for the SDK that a model makes.
func New(api *model.API) *Writer {
	w := &Writer{api: api, packages: map[string]string{}, resources: map[*model.Operation]*model.Resource{}, schemes: map[string]*model.Scheme{}}
	json, jsontext := Engine(api.Go)
	w.jsontext = jsontext
	w.packages[json], w.packages[jsontext] = "json", "jsontext"
	for _, p := range []string{"apierror", "option", "pagination", "param", "streaming"} {
		w.packages[w.importPath(p)] = p
	}
	for _, p := range api.Packages {
		w.packages[w.importPath(p.Path)] = p.Name
	}
	w.packages[api.Module] = api.Package
	for _, s := range api.Schemes {
		w.schemes[s.Name] = s
	}
	if api.Root != nil {
		w.index(api.Root)
	}
	return w
}

func (w *Writer) index(r *model.Resource) {
	for _, op := range r.Methods {
		w.resources[op] = r
		if op.Streaming != nil {
			w.resources[op.Streaming] = r
		}
	}
	for _, c := range r.Children {
		w.index(c)
	}
}

// importPath returns the import path of a package of the SDK.
func (w *Writer) importPath(pkg string) string { return w.api.ImportPath(pkg) }

func (w *Writer) param(name string) *jen.Statement { return jen.Qual(w.importPath("param"), name) }

// file starts a program.
func (w *Writer) file() *jen.File {
	return w.imports(jen.NewFilePathName("main", "main"))
}

// imports prepares a file that uses the SDK.
func (w *Writer) imports(g *jen.File) *jen.File {
	g.NoFormat = true
	g.ImportNames(w.packages)
	if path.Base(w.api.Module) != w.api.Package {
		g.ImportAlias(w.api.Module, w.api.Package)
	}
	return g
}
