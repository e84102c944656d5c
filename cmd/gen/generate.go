package main

import (
	"fmt"
	"maps"
	"path/filepath"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/output/handwritten"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// generate is the verb that writes an SDK, or checks one.
func (c *command) generate() int {
	defer c.showProgress()()
	s, problems := c.settings()
	if s == nil {
		return c.report(problems, nil, nil)
	}
	api, problems, err := s.model()
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	for _, note := range s.notes {
		c.note("%s", note)
	}
	if api == nil {
		return c.report(problems, nil, nil)
	}
	files, err := s.files(api)
	if err != nil {
		problems.Add(err)
		return c.report(problems, api, nil)
	}
	c.stage("comparing with " + s.output)
	problems = join(problems, handwritten.Clashes(s.output, files, output.Listed(s.output)))
	if problems.Failed() {
		return c.report(problems, api, nil)
	}
	if c.check {
		return c.compare(s, api, files, problems)
	}
	lock, err := s.stageLock(api)
	if err != nil {
		problems.Add(err)
		return max(c.report(problems, api, nil), exitUsage)
	}
	result, err := output.Files(s.output, files)
	if err != nil {
		lock.Drop()
	} else {
		err = lock.Commit()
	}
	if err != nil {
		problems.Add(err)
		return max(c.report(problems, api, nil), exitUsage)
	}
	if c.changes != nil {
		c.changes(result)
	}
	for _, name := range result.Kept {
		c.note("%s is left as you changed it; remove it to have it made anew", filepath.Join(s.output, filepath.FromSlash(name)))
	}
	if lock != nil {
		c.noteGone(s, api)
	}
	return c.report(problems, api, &outcome{s.output, result})
}

// compare is what generate does instead of writing.
func (c *command) compare(s *settings, api *model.API, files map[string][]byte, problems *diag.List) int {
	dir := s.output
	result, diff, err := output.Check(dir, files)
	lockDiff := ""
	if err == nil {
		lockDiff, err = s.staleLock(api)
	}
	if err != nil {
		problems.Add(err)
		return max(c.report(problems, api, nil), exitUsage)
	}
	if !result.Fresh() {
		if !c.quiet {
			fmt.Fprint(c.stderr, diff)
		}
		problems.Errorf(diag.Pos{File: dir}, "stale", "the output is not what a run makes (%s); run gen without --check", result)
	}
	if lockDiff != "" {
		if !c.quiet {
			fmt.Fprint(c.stderr, lockDiff)
		}
		problems.Errorf(diag.Pos{File: s.lock}, "stale", "the names are not those that a run writes down; run gen without --check")
	}
	return c.report(problems, api, &outcome{dir, result})
}

// model is the first half of the pipeline: it reads the description and builds
// the model, which is nil if there is an error among the problems. The error is
// one of the command line.
func (s *settings) model() (*model.API, *diag.List, error) {
	s.stage("reading " + s.spec)
	doc, read := spec.Load(s.spec, s.options)
	if doc == nil {
		return nil, join(s.problems, read), nil
	}
	if err := s.infer(doc); err != nil {
		return nil, read, err
	}
	license, bad := s.release()
	if bad != nil {
		read.Add(bad)
		return nil, read, nil
	}
	s.stage("building the model")
	api, built := s.build(doc)
	problems := join(s.problems, read, built)
	if s.strict {
		problems = strictly(join(problems, doc.Validate()))
	}
	if api != nil { // what is left out may be wrong
		problems = problems.Outside(api.Filtered)
	}
	if problems.Failed() {
		return nil, problems, nil
	}
	api.License = license
	return api, problems, nil
}

// files is the second half of the pipeline: it writes the model as Go.
func (s *settings) files(api *model.API) (map[string][]byte, error) {
	s.stage("writing Go")
	files, err := emit.Files(api)
	if err != nil {
		return nil, err
	}
	if s.goMod {
		maps.Copy(files, emit.Module(api))
	}
	return files, nil
}

// join returns the problems of several lists as one.
func join(lists ...*diag.List) *diag.List {
	all := &diag.List{}
	for _, list := range lists {
		for _, d := range list.Sorted() {
			all.Add(d)
		}
	}
	return all
}

// strictly returns the problems with every warning as an error.
func strictly(list *diag.List) *diag.List {
	all := &diag.List{}
	for _, d := range list.Sorted() {
		all.Errorf(d.Pos, d.Code, "%s", d.Message)
	}
	return all
}
