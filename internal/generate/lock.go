package generate

import (
	"cmp"
	"slices"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/build"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// lockName is the file beside a config that remembers names.
const lockName = "gen.lock"

// readLock reads the names that earlier runs chose, from the file that was
// given or from the one beside the config. Without a config nobody said that
// the output is to be made again, and nothing is remembered.
func (s *settings) readLock() {
	r := s.result
	if s.NoLock {
		return
	}
	if r.LockFile = s.Lock; r.LockFile == "" && r.Config.File != "" {
		r.LockFile = beside(r.Config.File, cmp.Or(r.Config.LockFile, lockName))
	}
	if r.LockFile != "" {
		lock, problems := lockfile.Read(r.LockFile)
		r.add(problems)
		r.Config.Lock = lock
	}
	if r.Config.Lock == nil {
		r.Config.Lock = s.Names
	}
}

// build makes the model. What is new in it gives way to what has a name; but it
// has none itself yet, so it is built again with the names that it chose. Thus
// the output is what the next run makes of the same description and its lock.
func (s *settings) build(doc *spec.Document) (*model.API, *diag.List) {
	cfg := s.result.Config
	api, problems := build.Build(doc, &cfg)
	remembered := s.result.LockFile != "" || s.Detached
	const rounds = 3
	for i := 0; api != nil && remembered && i < rounds; i++ {
		chosen := s.result.renamed(lockOf(s.result.LockFile, api))
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
func (r *Result) renamed(l *lockfile.Lock) *lockfile.Lock {
	for _, rename := range r.Config.Renames {
		l = l.Rename(rename.Old, rename.New)
	}
	return l
}

// Gone returns the names that the lock had and the API has no more.
func (r *Result) Gone() []*lockfile.Entry { return r.renamed(r.Config.Lock).Gone(r.Lock) }

// checkRenames warns of new names that nothing has.
func (s *settings) checkRenames(api *model.API, problems *diag.List) {
	var known []string
	for _, n := range api.Names {
		known = append(known, n.Name)
	}
	for _, r := range s.result.Config.Renames {
		if slices.Contains(known, r.New) {
			continue
		}
		help := ""
		if near := diag.Nearest(r.New, known); near != "" {
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
