package operation

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/restree"
)

// What the lock has a name for gets it before anything else is settled, so that
// all that is new gives way to it. The config goes before the lock: who decides
// something there wants it to change.

// keepCall tells the inference of an operation's place which call it has had.
func (rd *reader) keepCall(op *Operation, in *restree.Operation) {
	had := rd.cfg.Lock.Find(lockfile.Call, types.Route(op.Operation))
	if len(had) == 0 {
		return
	}
	e := had[0]
	parts := strings.Split(e.Name, ".")
	way, name := rd.wayOf(parts[:len(parts)-1]), ident.Camel(e.Last())
	if c := op.cfg; c != nil && (c.Resource != "" || c.Method != "") {
		if c.Resource == "" {
			in.Group = way
		}
		if c.Method == "" {
			in.Name = name
		}
		return
	}
	op.locked = e
	in.Locked = &restree.Locked{Resource: way, Name: name}
	for _, place := range []string{types.AllPlace(op.Operation), types.StreamPlace(op.Operation)} {
		for _, e := range rd.cfg.Lock.Find(lockfile.Call, place) {
			in.Locked.Taken = append(in.Locked.Taken, ident.Camel(e.Last()))
		}
	}
	for _, old := range rd.cfg.OldNames(e.Name) {
		in.Locked.Taken = append(in.Locked.Taken, ident.Camel(old), ident.Camel(old)+"All")
	}
}

// wayOf returns the way to the resource that a call's fields lead to.
func (rd *reader) wayOf(fields []string) []string {
	var way []string
	for i := 1; i < len(fields); i++ {
		word := ident.Camel(fields[i])
		name := strings.Join(fields[:i+1], ".")
		for _, e := range rd.cfg.Lock.Named(name) {
			if strings.HasPrefix(e.Place, types.ResourcePlace(nil)) {
				word = e.Place[strings.LastIndexAny(e.Place, ". ")+1:]
			}
		}
		way = append(way, word)
	}
	return way
}

// lockedFirst returns the operations in the order in which they are built: what
// is new comes last, and finds the pages of the others.
func (rd *reader) lockedFirst(ops []*Operation) []*Operation {
	list := slices.Clone(ops)
	slices.SortStableFunc(list, func(x, y *Operation) int {
		switch {
		case (x.locked != nil) == (y.locked != nil):
			return 0
		case x.locked != nil:
			return -1
		}
		return 1
	})
	return list
}

// lockedErrors returns the place of the schema that the errors had the shape of.
func (rd *reader) lockedErrors() string {
	for _, e := range rd.cfg.Lock.Named(model.APIErrorPath + ".Data") {
		if at, ok := strings.CutPrefix(e.Place, types.ErrorsPlace("")); ok {
			return at
		}
	}
	return ""
}
