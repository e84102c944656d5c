// Package generate is the pipeline: from what a run is told to the files of an
// SDK, its model, the lock with its names, and all diagnostics. It reads the
// description, the config, the overlays and the lock; it writes nothing, and
// prints nothing.
//
//	settings   flags and config, and what is inferred where neither says
//	spec       the description, with its overlays applied
//	build      the model, with the names of the lock
//	emit       the files
//
// [Run] goes all the way; [Model] stops before the files, for who only looks.
package generate

import (
	"io"
	"maps"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Options are what a run is told. The zero value of each means that it is not
// told, and takes what the config says, or infers it.
type Options struct {
	Spec       string         // the description: a file, a URL, or - for Stdin
	ConfigFile string         // a gen.yaml
	Config     *config.Config // one that is read already, in place of ConfigFile

	Output  string // the folder of the SDK
	Package string // the name of its root package
	Module  string // the path of its module
	Go      string // its Go version
	Lock    string // the file that remembers names
	NoLock  bool   // no file does
	Tests   bool   // write tests too
	// Reference asks for the facts that a reference shows and an SDK does not need.
	Reference bool
	Strict    bool // warnings are errors, and the description is validated

	Overlays         []string // files, applied after those of the config
	Include, Exclude []string // rules, added to those of the config; config.ParseRule must accept them

	Limits     spec.Limits
	Root       string
	AllowHosts []string
	Stdin      io.Reader

	// Detached makes an SDK that is looked at and not kept: where it is to stand
	// is not asked, and it has no version and no license. Its names are chosen
	// as if a lock remembered them.
	Detached bool
	// Names are those that the SDK has already, where no lock of its own says so.
	Names *lockfile.Lock

	Opened func(file string)  // is told each file before it is read; may be nil
	Stage  func(stage string) // is told which stage the run is at; may be nil
}

// A Result is what came of a run, as far as it came.
type Result struct {
	Spec     string        // the description that was read
	Output   string        // the folder that the files are for
	LockFile string        // the file that the lock is for; empty if names are not remembered
	Config   config.Config // as the model was built by
	GoMod    bool          // the output is a module of its own
	Notes    []string      // what was inferred, and why

	Doc   *spec.Document
	API   *model.API        // nil if there is an error among the problems
	Files map[string][]byte // by slash-separated path below Output; nil after Model
	Lock  *lockfile.Lock    // the names of the API; nil with API

	Problems *diag.List
}

// Run makes an SDK. What is wrong with the description, the config or the lock
// is among the problems of the result, which is never nil. The error is one of
// the command line: the options contradict what is on the disk.
func Run(o Options) (*Result, error) {
	r, err := Model(o)
	if err != nil || r.API == nil {
		return r, err
	}
	o.stage("writing Go")
	files, err := emit.Files(r.API)
	if err != nil {
		r.Problems.Add(err)
		return r, nil
	}
	if r.GoMod {
		maps.Copy(files, emit.Module(r.API))
	}
	r.Files = files
	return r, nil
}

// Model is [Run] without the files.
func Model(o Options) (*Result, error) {
	s := newSettings(o)
	r := s.result
	if !s.read() {
		return r, nil
	}
	o.stage("reading " + r.Spec)
	doc, problems := spec.Load(r.Spec, s.spec)
	r.add(problems)
	if doc == nil {
		return r, nil
	}
	r.Doc = doc
	if err := s.infer(doc); err != nil {
		return r, err
	}
	license, bad := s.release()
	if bad != nil {
		r.Problems.Add(bad)
		return r, nil
	}
	o.stage("building the model")
	api, problems := s.build(doc)
	r.add(problems)
	if s.strict {
		r.add(doc.Validate())
		r.Problems = strictly(r.Problems)
	}
	if api != nil { // what is left out may be wrong
		r.Problems = r.Problems.Outside(api.Filtered)
	}
	if api == nil || r.Problems.Failed() {
		return r, nil
	}
	api.License = license
	r.API, r.Lock = api, lockOf(r.LockFile, api)
	return r, nil
}

func (o *Options) stage(stage string) {
	if o.Stage != nil {
		o.Stage(stage)
	}
}

func (o *Options) opened(file string) {
	if o.Opened != nil {
		o.Opened(file)
	}
}

// add adds the problems of a stage.
func (r *Result) add(list *diag.List) {
	for _, d := range list.Sorted() {
		r.Problems.Add(d)
	}
}

// strictly returns the problems with every warning as an error.
func strictly(list *diag.List) *diag.List {
	all := &diag.List{}
	for _, d := range list.Sorted() {
		all.Errorf(d.Pos, d.Code, "%s", d.Message)
	}
	return all
}
