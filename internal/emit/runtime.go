package emit

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/snippet"
	"github.com/openapi-lathe/lathe/templates"
)

// The import paths that the runtime has here and that a copy of it has instead.
const (
	runtimePath = "github.com/openapi-lathe/lathe/templates/runtime"
	mirrorJSON  = snippet.MirrorJSON
	stdJSON     = snippet.StdJSON
	stdJSONText = snippet.StdJSONText
)

// Dependency is the module that an SDK for a version of Go imports; empty if it
// needs none but the standard library.
func Dependency(goVersion string) string {
	if snippet.HasStdJSON(goVersion) {
		return ""
	}
	return mirrorJSON
}

// What generated code uses of the runtime.

func (e *emitter) internal(name string) *jen.Statement {
	return jen.Qual(e.importPath("internal/api"), name)
}
func (e *emitter) param(name string) *jen.Statement { return jen.Qual(e.importPath("param"), name) }
func (e *emitter) option() *jen.Statement           { return jen.Qual(e.importPath("option"), "RequestOption") }
func (e *emitter) xml(name string) *jen.Statement {
	return jen.Qual(e.importPath("internal/xmlcodec"), name)
}
func (e *emitter) pagination(name string) *jen.Statement {
	return jen.Qual(e.importPath("pagination"), name)
}
func (e *emitter) streaming(name string) *jen.Statement {
	return jen.Qual(e.importPath("streaming"), name)
}
func (e *emitter) apierror(name string) *jen.Statement {
	return jen.Qual(e.importPath("apierror"), name)
}

// A source is a file of the runtime.
type source struct {
	path string
	text []byte
}

// runtimePackages returns the packages of the runtime, below the module.
func runtimePackages() []string {
	var list []string
	for _, f := range sources() {
		if dir := path.Dir(f.path); !slices.Contains(list, dir) {
			list = append(list, dir)
		}
	}
	return list
}

// sources returns the files of the runtime that an SDK has copies of.
var sources = sync.OnceValue(func() []source {
	var list []source
	root, err := fs.Sub(templates.Runtime, "runtime")
	if err != nil {
		panic(err) // it is embedded
	}
	err = fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(root, p)
		list = append(list, source{p, text})
		return err
	})
	if err != nil {
		panic(err)
	}
	return list
})

// copyRuntime adds the packages of the runtime that the files need. A file that
// was generated stays.
func (e *emitter) copyRuntime(files map[string][]byte, imports []string) error {
	var copies []source
	for _, f := range sources() {
		if _, generated := files[e.runtimeFile(f)]; !generated && e.wants(f) {
			copies = append(copies, f)
		}
	}
	needed := e.needed(copies, imports)
	copies = slices.DeleteFunc(copies, func(f source) bool { return !needed[path.Dir(f.path)] })
	for _, f := range copies {
		text := "// " + header + "\n\n" + e.speak(f.path, e.rewrite(string(f.text)))
		files[e.runtimeFile(f)], _ = snippet.Arrange([]byte(text)) // it is formatted but for its imports
	}
	return prune(files, e.api.Folder("pagination"))
}

// needed returns the packages of the SDK among the imports and what these
// import in turn.
func (e *emitter) needed(all []source, imports []string) map[string]bool {
	needed := map[string]bool{}
	for len(imports) > 0 {
		last := len(imports) - 1
		pkg, ours := strings.CutPrefix(e.rewrite(imports[last]), e.api.Module+"/")
		pkg = e.unplaced(pkg)
		imports = imports[:last:last]
		if !ours || needed[pkg] {
			continue
		}
		needed[pkg] = true
		for _, f := range all {
			if path.Dir(f.path) == pkg {
				imports = append(imports, snippet.ImportsOf(f.text)...)
			}
		}
	}
	return needed
}

// rewrite turns the import paths of the runtime into those of a copy.
func (e *emitter) rewrite(text string) string {
	for _, pkg := range e.runtime {
		if at := e.api.Folder(pkg); at != pkg {
			text = strings.ReplaceAll(text, runtimePath+"/"+pkg, e.api.Module+"/"+at)
		}
	}
	text = strings.ReplaceAll(text, runtimePath, e.api.Module)
	if snippet.HasStdJSON(e.api.Go) {
		text = strings.ReplaceAll(text, mirrorJSON+"/jsontext", stdJSONText)
		text = strings.ReplaceAll(text, mirrorJSON, stdJSON)
	}
	return text
}

// Module returns the go.mod and the go.sum of the SDK, for an output that is a
// module to publish.
func Module(api *model.API) map[string][]byte {
	var mod bytes.Buffer
	fmt.Fprintf(&mod, "module %s\n\ngo %s\n", api.Module, api.Go)
	if snippet.HasStdJSON(api.Go) {
		return map[string][]byte{"go.mod": mod.Bytes()}
	}
	fields := strings.Fields(templates.EngineSum)
	fmt.Fprintf(&mod, "\nrequire %s %s\n", fields[0], fields[1])
	return map[string][]byte{"go.mod": mod.Bytes(), "go.sum": []byte(templates.EngineSum)}
}
