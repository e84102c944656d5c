package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/goapi"
	"github.com/openapi-lathe/lathe/internal/lock"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An edition is one of the two versions that diff compares: what a description
// says and the SDK that it makes, or an SDK that is there already.
type edition struct {
	name string // as the user gave it
	temp string // the folder that stands for a revision; empty if it is none
	doc  *spec.Document
	api  *model.API
	sdk  *goapi.SDK
	// The Go that the SDK is, and what its packages import from elsewhere.
	files   map[string][]byte
	outside types.Importer
	root    string // the name of the root package

	places  map[string]string           // the name of each place
	placeOf map[string]string           // and the place of each name
	pos     map[string]diag.Pos         // where names are from
	calls   map[string]string           // how methods are called, by their type: "stores.Service.List"
	ops     map[string]*model.Operation // by call
}

// brokenError is what is wrong with a description.
type brokenError struct{ list *diag.List }

func (e *brokenError) Error() string { return e.list.Err().Error() }

// edition reads one version. One that a description makes has the names of the
// lock that belongs to its config, else those that are given.
func (c *command) edition(name string, names *lock.Lock, cleanUp *cleaner) (*edition, error) {
	e := &edition{name: name, places: map[string]string{}, placeOf: map[string]string{}, pos: map[string]diag.Pos{}, calls: map[string]string{}, ops: map[string]*model.Operation{}}
	file := name
	info, err := os.Stat(file)
	if rev, in, ok := strings.Cut(name, ":"); err != nil && ok && !strings.Contains(name, "://") {
		if e.temp, err = cleanUp.temp(); err != nil {
			return nil, err
		}
		if file, err = checkOut(rev, in, e.temp); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		info, err = os.Stat(file)
	}
	if err == nil && info.IsDir() {
		return e, e.readFolder(file)
	}
	return e, c.generateEdition(e, file, names, cleanUp)
}

// checkOut puts what a git revision has at a path into a folder, and returns
// where it is there. A description may refer to what is beside it, and a config
// to anything, so all of the revision that is needed for that comes along.
func checkOut(rev, in, folder string) (string, error) {
	git := func(args ...string) ([]byte, error) {
		cmd := exec.Command("git", args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			err = errors.New(strings.TrimSpace(stderr.String()))
		}
		return out, err
	}
	top, err := git("rev-parse", "--show-toplevel", "--show-prefix")
	if err != nil {
		return "", err
	}
	root, prefix, _ := strings.Cut(strings.TrimSpace(string(top)), "\n")
	in = path.Join(strings.TrimSpace(prefix), filepath.ToSlash(in))
	if strings.HasPrefix(rev, "-") || in == ".." || strings.HasPrefix(in, "../") {
		return "", errors.New("a revision is given as REVISION:path, with a path in the repository")
	}
	kind, err := git("cat-file", "-t", rev+":"+strings.TrimPrefix(in, "."))
	if err != nil {
		return "", err
	}
	part := in
	if strings.TrimSpace(string(kind)) == "blob" {
		part = path.Dir(in)
		if data, err := git("cat-file", "blob", rev+":"+in); err == nil && config.IsText(in, data) {
			part = "."
		}
	}
	archive, err := git("-C", root, "archive", "--format=tar", rev, "--", part)
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, filepath.FromSlash(in)), unpack(archive, folder)
}

// unpack writes the files of an archive into a folder. Links are left out.
func unpack(archive []byte, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for r := tar.NewReader(bytes.NewReader(archive)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := filepath.FromSlash(strings.TrimSuffix(h.Name, "/"))
		switch h.Typeflag {
		case tar.TypeDir:
			err = root.MkdirAll(name, 0o777)
		case tar.TypeReg:
			var data []byte
			if data, err = io.ReadAll(r); err == nil {
				if err = root.MkdirAll(filepath.Dir(name), 0o777); err == nil {
					err = root.WriteFile(name, data, 0o666)
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// readFolder reads the SDK in an output folder.
func (e *edition) readFolder(dir string) error {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != dir && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() && name != dir:
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
				return fs.SkipDir // another module
			}
			return nil
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s has no Go in it; give a description, or a folder that gen wrote to", e.name)
	}
	module, err := importPathOf(dir)
	if err != nil {
		return err
	}
	e.root = rootPackage(files)
	return e.readGo(module, files, dir)
}

// rootPackage is the name of the package in the root of an SDK.
func rootPackage(files map[string][]byte) string {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.Contains(name, "/") {
			continue
		}
		if f, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.PackageClauseOnly); err == nil {
			return strings.TrimSuffix(f.Name.Name, "_test")
		}
	}
	return "sdk"
}

// importPathOf returns the import path of the package in a folder.
func importPathOf(dir string) (string, error) {
	goMod, module, err := moduleAround(dir)
	if err != nil || goMod == "" {
		return "", cmp.Or(err, fmt.Errorf("%s is in no Go module", dir))
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	root, err := filepath.Abs(filepath.Dir(goMod))
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(root, abs)
	return path.Join(module, filepath.ToSlash(rel)), err
}

// readGo type-checks the SDK. What it imports is looked up in a folder of its
// module.
func (e *edition) readGo(module string, files map[string][]byte, dir string) error {
	paths, err := goapi.Imports(module, files)
	if err != nil {
		return fmt.Errorf("%s: %w", e.name, err)
	}
	e.files = files
	if e.outside, err = goapi.Outside(dir, paths); err != nil {
		return fmt.Errorf("%s: %w", e.name, err)
	}
	e.sdk, err = goapi.Load(module, files, e.outside)
	if err != nil {
		return fmt.Errorf("%s: %w", e.name, err)
	}
	return nil
}

// diffModule is the module that the SDKs of descriptions are made for: what it
// is called makes no difference to their API.
const diffModule = "sdk.invalid/sdk"

// generateEdition makes the SDK of a description, in memory.
func (c *command) generateEdition(e *edition, file string, names *lock.Lock, cleanUp *cleaner) error {
	own := *c
	own.input, own.lock = file, c.lock
	isConfig := config.Is(file)
	if isConfig {
		own.config, own.input, own.lock = file, "", ""
	}
	s, problems := own.settings()
	if s == nil {
		return &brokenError{e.moved(problems)}
	}
	if names != nil && (!isConfig || s.config.Lock == nil) {
		s.config.Lock = names
	}
	if s.lock == "" {
		s.lock = lockName // built as if it were to be written down
	}
	s.config.Module, s.config.Version = diffModule, ""
	doc, read := spec.Load(s.spec, s.options)
	if doc == nil {
		return &brokenError{e.moved(read)}
	}
	if s.config.Package == "" {
		s.config.Package, _ = inferPackage("", doc.Root.Get("info").Get("title").Text(), s.spec)
	}
	api, built := s.build(doc)
	if problems := join(read, built); problems.Failed() || api == nil {
		return &brokenError{e.moved(problems)}
	}
	e.doc, e.api, e.root = doc, api, api.Package
	e.index()
	files, err := emit.Files(api)
	if err != nil {
		return err
	}
	dir, err := cleanUp.temp()
	if err != nil {
		return err
	}
	for name, data := range emit.Module(api) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	return e.readGo(diffModule, files, dir)
}

// index notes what names there are, and where they are from.
func (e *edition) index() {
	for _, n := range e.api.Names {
		entry := lock.Entry{Name: n.Name, Place: n.Place}
		e.placeOf[n.Name] = n.Place
		if !n.Pos.IsZero() {
			e.pos[n.Name] = n.Pos
		}
		switch {
		case entry.Kind() == lock.Member:
		case e.places[n.Place] == "" || entry.Package() == "shared":
			e.places[n.Place] = n.Name
		}
	}
	e.indexCalls(e.api.Root)
}

// indexCalls notes how the methods of a resource are called, and of those below
// it.
func (e *edition) indexCalls(r *model.Resource) {
	prefix := "Client"
	if r != e.api.Root {
		prefix = strings.TrimPrefix(r.Package.Path+"."+r.Service, ".")
	}
	for _, op := range r.Methods {
		call := "Client." + op.Call
		e.calls[prefix+"."+op.Name.Go], e.ops[call] = call, op
		if op.Result.All != "" {
			e.calls[prefix+"."+op.Result.All] = strings.TrimSuffix(call, op.Name.Go) + op.Result.All
		}
	}
	for _, child := range r.Children {
		e.calls[prefix+"."+child.Name.Go] = "Client." + child.Call
		e.indexCalls(child)
	}
}

// nameOf is the name of a place, "" if it has none.
func (e *edition) nameOf(place string) string { return e.places[place] }

// whereIs is where a name is from: in the description, else in the output.
func (e *edition) whereIs(name string, in token.Position) diag.Pos {
	if pos, ok := e.pos[name]; ok {
		return e.shown(pos)
	}
	if e.doc != nil || !in.IsValid() {
		return diag.Pos{} // what was made in memory has no place that can be looked at
	}
	return diag.Pos{File: path.Join(filepath.ToSlash(e.name), in.Filename), Line: in.Line, Col: in.Column}
}

// shown is a position as people know it: in a revision, not in the folder that
// stands for it.
func (e *edition) shown(pos diag.Pos) diag.Pos {
	if e.temp == "" {
		return pos
	}
	rel, err := filepath.Rel(e.temp, pos.File)
	if err != nil || !filepath.IsLocal(rel) {
		return pos
	}
	rev, _, _ := strings.Cut(e.name, ":")
	pos.File = rev + ":" + filepath.ToSlash(rel)
	return pos
}

// moved returns diagnostics with their positions as people know them.
func (e *edition) moved(list *diag.List) *diag.List {
	shown := &diag.List{}
	for _, d := range list.Sorted() {
		copied := *d
		copied.Pos = e.shown(d.Pos)
		shown.Add(&copied)
	}
	return shown
}
