package main

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/diff/goapi"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/lockfile"
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
	lock *lockfile.Lock // with the names of api
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
	routes  map[string]*model.Operation // by method and path, with the names of parameters and without
	ids     map[string]*model.Operation // by method and operationId
	twins   map[string]*model.Operation // by call of the method that yields items
}

// brokenError is what is wrong with a description.
type brokenError struct{ list *diag.List }

func (e *brokenError) Error() string { return e.list.Err().Error() }

// edition reads one version. One that a description makes has the names of the
// lock that belongs to its config, else those that are given.
func (c *command) edition(name string, names *lockfile.Lock, cleanUp *cleaner) (*edition, error) {
	e := &edition{name: name, places: map[string]string{}, placeOf: map[string]string{}, pos: map[string]diag.Pos{}, calls: map[string]string{}, ops: map[string]*model.Operation{}, routes: map[string]*model.Operation{}, ids: map[string]*model.Operation{}, twins: map[string]*model.Operation{}}
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

// diffModule is the module that the SDKs of descriptions are made for: what it
// is called makes no difference to their API.
const diffModule = "sdk.invalid/sdk"

// generateEdition makes the SDK of a description, in memory.
func (c *command) generateEdition(e *edition, file string, names *lockfile.Lock, cleanUp *cleaner) error {
	o := c.options()
	o.Spec, o.Detached, o.Names = file, true, names
	o.Module, o.Output = diffModule, ""
	if config.Is(file) {
		o.ConfigFile, o.Spec, o.Lock = file, "", ""
	} else if e.temp != "" {
		if err := e.atRevision(&o); err != nil {
			return err
		}
	}
	sdk, err := generate.Run(o)
	if err != nil {
		return err
	}
	if sdk.Files == nil {
		return &brokenError{e.moved(sdk.Problems)}
	}
	e.doc, e.api, e.root, e.lock = sdk.Doc, sdk.API, sdk.API.Package, sdk.Lock
	e.index()
	dir, err := cleanUp.temp()
	if err != nil {
		return err
	}
	for name, data := range emit.Module(sdk.API) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	return e.readGo(diffModule, sdk.Files, dir)
}

// atRevision has the options name the config, the lock and the overlays that
// the revision had. What it did not have yet is what it is now: a description is
// no other one because a config was written for it.
func (e *edition) atRevision(o *generate.Options) error {
	rev, _, _ := strings.Cut(e.name, ":")
	files := []*string{&o.ConfigFile, &o.Lock}
	o.Overlays = slices.Clone(o.Overlays)
	for i := range o.Overlays {
		files = append(files, &o.Overlays[i])
	}
	for _, file := range files {
		if *file == "" {
			continue
		}
		then, err := checkOut(rev, *file, e.temp)
		switch {
		case errors.Is(err, errNotThere), errors.Is(err, errOutside):
		case err != nil:
			return fmt.Errorf("%s:%s: %w", rev, *file, err)
		default:
			*file = then
		}
	}
	return nil
}

// index notes what names there are, and where they are from.
func (e *edition) index() {
	for _, n := range e.api.Names {
		entry := lockfile.Entry{Name: n.Name, Place: n.Place}
		e.placeOf[n.Name] = n.Place
		if !n.Pos.IsZero() {
			e.pos[n.Name] = n.Pos
		}
		switch {
		case entry.Kind() == lockfile.Member:
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
		e.routes[op.Method+" "+op.Path] = op
		if any := anyRoute(op); e.routes[any] == nil {
			e.routes[any] = op
		}
		if op.ID != "" {
			e.ids[op.Method+" "+op.ID] = op
		}
		if op.Result.All != "" {
			all := strings.TrimSuffix(call, op.Name.Go) + op.Result.All
			e.calls[prefix+"."+op.Result.All], e.twins[all] = all, op
		}
		if op.Streaming != nil {
			e.calls[prefix+"."+op.Streaming.Name.Go] = "Client." + op.Streaming.Call
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
