package emit

import (
	"bytes"
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// Files returns the files of the SDK: their content by their path below the
// output folder, with slashes. The same model makes the same bytes.
func Files(api *model.API) (map[string][]byte, error) {
	e := newEmitter(api)
	e.plan()
	files, imports, err := e.render()
	if err != nil {
		return nil, err
	}
	if err := e.copyRuntime(files, imports); err != nil {
		return nil, fmt.Errorf("emit: %w", err)
	}
	if err := e.addTexts(files); err != nil {
		return nil, err
	}
	if err := e.addExamples(files); err != nil {
		return nil, err
	}
	if api.License != nil {
		files["LICENSE"] = api.License
	}
	return files, nil
}

// An emitter is one run.
type emitter struct {
	api      *model.API
	words    *prose.Lexicon
	runtime  []string                  // the packages of the runtime, below the module
	uses     map[*model.Declared]usage // what each declaration is for
	packages map[string]string         // the name of each package that could need an alias, by import path
	json     string                    // the import path of the JSON engine
	jsontext string
	use      *snippet.Writer // writes what users of the SDK write, its types and values

	files  []*file
	byPath map[string]*file
}

func newEmitter(api *model.API) *emitter {
	e := &emitter{api: api, words: prose.NewLexicon(), packages: map[string]string{}, byPath: map[string]*file{}}
	e.json, e.jsontext = snippet.Engine(api.Go)
	e.use = snippet.New(api)
	e.uses = uses(api)
	e.packages[e.json], e.packages[e.jsontext] = "json", "jsontext"
	e.runtime = runtimePackages()
	for _, p := range e.runtime {
		e.packages[e.importPath(p)] = p[strings.LastIndexByte(p, '/')+1:]
	}
	e.packages[e.importPath("internal/config")] = "config"
	e.packages[api.Module] = api.Package
	for _, p := range api.Packages {
		e.packages[e.importPath(p.Path)] = p.Name
	}
	return e
}

// importPath returns the import path of a package of the SDK.
func (e *emitter) importPath(pkg string) string { return e.api.ImportPath(pkg) }

// A file is a Go file on its way: what it will hold, in order.
type file struct {
	path, importPath, name string
	doc                    []prose.Block // of the package; only one of its files has it
	deprecated             bool          // whether it mentions deprecated types of other packages
	parts                  []func(*jen.File)
	packages               map[string]string
	aliases                map[string]string // of packages that a declaration of this one is called like
}

// devices are names that Windows has for devices, whatever the ending of a file,
// so that module zips must not have such a file.
var devices = map[string]bool{
	"aux": true, "con": true, "nul": true, "prn": true,
	"com0": true, "com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt0": true, "lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
}

// file returns the file of a package with this name, made when it is first
// asked for.
func (e *emitter) file(pkg, packageName, name string) *file {
	if devices[name] {
		name += "_types"
	}
	path := strings.TrimPrefix(e.api.Folder(pkg)+"/"+name+".go", "/")
	f, ok := e.byPath[path]
	if !ok {
		f = &file{path: path, importPath: e.importPath(pkg), name: packageName, packages: e.packages}
		e.byPath[path] = f
		e.files = append(e.files, f)
	}
	return f
}

func (f *file) add(part func(*jen.File)) { f.parts = append(f.parts, part) }

// plan settles which files there are and what goes into each. Nothing is
// written yet.
func (e *emitter) plan() {
	e.planSignatures() // the largest file first
	e.planClient()
	e.planConfig()
	e.planCredentials()
	e.planService(e.api.Root)
	for _, r := range e.api.Root.Children {
		e.planResource(r)
	}
	e.planPages()
	e.planWebhooks()
	for _, p := range e.api.Packages {
		for _, d := range p.Types {
			f := e.file(p.Path, p.Name, d.Declaration().File)
			f.mention(p, typesOf(d)...)
			f.add(func(file *jen.File) { file.Add(e.decl(d)) })
		}
		e.planPackageDoc(p)
	}
	e.planErrorData()
	e.planTests()
	e.planFake()
	e.planDelivery()
	e.planStainless()
}

// planPackageDoc gives the documentation of a package that has no file of its
// own for it to the first of its files.
func (e *emitter) planPackageDoc(p *model.Package) {
	i := slices.IndexFunc(e.files, func(f *file) bool { return f.importPath == e.importPath(p.Path) })
	documented := slices.ContainsFunc(e.files, func(f *file) bool { return f.importPath == e.importPath(p.Path) && f.doc != nil })
	if i < 0 || documented || slices.Contains(e.runtime, p.Path) {
		return
	}
	fact := "Package " + p.Name + " has the types that several packages of this SDK share."
	e.files[i].doc = append([]prose.Block{{Text: fact}}, prose.Blocks(p.Doc)...)
}

// render writes the planned files. It also returns what they import.
func (e *emitter) render() (map[string][]byte, []string, error) {
	texts := make([][]byte, len(e.files))
	imports := make([][]string, len(e.files))
	err := parallel(len(e.files), func(i int) (err error) {
		texts[i], imports[i], err = e.files[i].render()
		if err != nil {
			return fmt.Errorf("emit: %s: %w", e.files[i].path, err)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	files := make(map[string][]byte, len(texts))
	for i, f := range e.files {
		files[f.path] = texts[i]
	}
	all := append(slices.Concat(imports...), e.importPath(fakePackage)) // which nothing imports
	slices.Sort(all)
	return files, slices.Compact(all), nil
}

// parallel calls do with the numbers below n, as many at a time as there are
// processors, and returns the error of the smallest number that failed.
func parallel(n int, do func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
	return cmp.Or(errs...)
}

func (f *file) render() ([]byte, []string, error) {
	g := jen.NewFilePathName(f.importPath, f.name)
	g.NoFormat = true
	g.HeaderComment(header)
	if f.deprecated {
		g.HeaderComment(fileIgnore)
	}
	if f.doc != nil {
		g.PackageComment(strings.Join(prose.Comment(f.doc), "\n"))
	}
	g.ImportNames(f.packages)
	for path, alias := range f.aliases { // in any order: it is a table
		g.ImportAlias(path, alias)
	}
	for _, part := range f.parts {
		part(g)
		g.Line()
	}
	var b bytes.Buffer
	if err := g.Render(&b); err != nil {
		return nil, nil, err
	}
	return snippet.Tidy(flush(b.Bytes()))
}

// flush moves declarations to the start of their line, where jennifer has a
// space before them. Only then does gofmt take a comment for documentation, and
// shape it the same way each time. No line of a comment or a literal begins
// like that.
func flush(src []byte) []byte {
	for _, keyword := range [...]string{"func", "type", "const", "var"} {
		src = bytes.ReplaceAll(src, []byte("\n "+keyword+" "), []byte("\n"+keyword+" "))
	}
	return src
}
