package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/build"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// lockName is the file beside a config that remembers names.
const lockName = "gen.lock"

// readLock reads the names that earlier runs chose, from the file that was
// given or from the one beside the config. Without a config nobody said that
// the output is to be made again, and nothing is remembered.
func (s *settings) readLock(given string) *diag.List {
	if s.lock = given; s.lock == "" && s.config.File != "" {
		s.lock = beside(s.config.File, cmp.Or(s.config.LockFile, lockName))
	}
	if s.lock == "" {
		return &diag.List{}
	}
	var problems *diag.List
	s.config.Lock, problems = lockfile.Read(s.lock)
	return problems
}

// build makes the model. What is new in it gives way to what has a name; but it
// has none itself yet, so it is built again with the names that it chose. Thus
// the output is what the next run makes of the same description and its lock.
func (s *settings) build(doc *spec.Document) (*model.API, *diag.List) {
	cfg := s.config
	api, problems := build.Build(doc, &cfg)
	const rounds = 3
	for i := 0; api != nil && s.lock != "" && i < rounds; i++ {
		chosen := s.renamed(lockOf(s.lock, api))
		if chosen.Equal(cfg.Lock) {
			break
		}
		cfg.Lock = chosen
		again, more := build.Build(doc, &cfg)
		if again == nil {
			return nil, more
		}
		api = again
	}
	if api != nil {
		s.checkRenames(api, problems)
	}
	return api, problems
}

// renamed returns a lock with the names that the config gives.
func (s *settings) renamed(l *lockfile.Lock) *lockfile.Lock {
	for _, r := range s.config.Renames {
		l = l.Rename(r.Old, r.New)
	}
	return l
}

// checkRenames warns of new names that nothing has.
func (s *settings) checkRenames(api *model.API, problems *diag.List) {
	var known []string
	for _, n := range api.Names {
		known = append(known, n.Name)
	}
	for _, r := range s.config.Renames {
		if slices.Contains(known, r.New) {
			continue
		}
		help := ""
		if near := config.Nearest(r.New, known); near != "" {
			help = "; did you mean " + near + "?"
		}
		problems.Warningf(r.Pos, "config-unused", "nothing is called %s or %s%s", r.Old, r.New, help)
	}
}

// lockOf returns the lock that has the names of a model.
func lockOf(file string, api *model.API) *lockfile.Lock {
	entries := make([]lockfile.Entry, len(api.Names))
	for i, n := range api.Names {
		entries[i] = lockfile.Entry{Name: n.Name, Place: n.Place, Pos: diag.Pos{File: file}}
	}
	return lockfile.New(file, entries)
}

// stageLock prepares to remember the names of a model; nil if it has done so.
func (s *settings) stageLock(api *model.API) (*output.Staged, error) {
	if s.lock == "" {
		return nil, nil
	}
	data := lockOf(s.lock, api).Bytes()
	old, err := os.ReadFile(s.lock)
	if err == nil && bytes.Equal(old, data) {
		return nil, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return output.Stage(s.lock, data)
}

// staleLock returns the differences between a lock and the names of a model.
func (s *settings) staleLock(api *model.API) (string, error) {
	if s.lock == "" {
		return "", nil
	}
	old, err := os.ReadFile(s.lock)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return output.Diff(filepath.ToSlash(s.lock), old, lockOf(s.lock, api).Bytes()), nil
}

// noteGone tells which names the SDK has lost, the first few one by one.
func (c *command) noteGone(s *settings, api *model.API) {
	if s.lock == "" {
		return
	}
	const few = 10
	gone := s.renamed(s.config.Lock).Gone(lockOf(s.lock, api))
	for i, e := range gone {
		if i == few {
			c.note("and %d more names are gone", len(gone)-few)
			break
		}
		c.note("%s", fmt.Sprintf("%s: %s is gone (%s)", cmp.Or(e.Pos.String(), s.lock), e.Name, e.Place))
	}
}
