package goapi

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/exp/apidiff"
)

// A Change is one difference between two APIs.
type Change struct {
	Name     string // of what changes, as in package lockfile: "stores.Store.Name"
	Message  string // what becomes of it: "is gone", "is now int; was string"
	Breaking bool
	Old, New token.Position // where it is in the files, as far as it is there
}

// Compare returns what becomes of the API of old in new, what breaks programs
// first, then by name.
func Compare(old, new *SDK) []Change {
	var changes []Change
	seed(old.one, new.one)
	for _, c := range apidiff.Changes(old.one, new.one).Changes {
		name, message, _ := strings.Cut(c.Message, ": ")
		if name = plain(name); strings.HasPrefix(name, seedMark) {
			continue
		}
		changes = append(changes, Change{
			Name: unmangle(name), Message: sentence(unmangle(message)), Breaking: !c.Compatible && message != incomparable,
			Old: old.position(name), New: new.position(name),
		})
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		if a.Breaking != b.Breaking {
			if a.Breaking {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(changes)
}

// incomparable is what apidiff says of a struct that had nothing but comparable
// fields. A list among the parameters of an operation, or in a response, makes it
// so; an SDK promises of no struct that == is defined for it.
const incomparable = "old is comparable, new is not"

// plain is a name without what says that it is the method of a pointer.
func plain(name string) string {
	if rest, ok := strings.CutPrefix(name, "(*"); ok {
		return strings.Replace(rest, ")", "", 1)
	}
	return name
}

// sentence turns what apidiff says into what becomes of the subject.
func sentence(message string) string {
	switch message {
	case "removed":
		return "is gone"
	case "added":
		return "is new"
	case incomparable:
		return "can no longer be compared with =="
	}
	if rest, ok := strings.CutPrefix(message, "changed from "); ok {
		if was, is, ok := strings.Cut(rest, " to "); ok {
			return became(was, is)
		}
	}
	if rest, ok := strings.CutPrefix(message, "value changed from "); ok {
		if was, is, ok := strings.Cut(rest, " to "); ok {
			return "has the value " + is + " now; it was " + was
		}
	}
	return message
}

// became says that a type is another one. Of functions it says what is another
// of them: what they take or what they return.
func became(was, is string) string {
	took, returned, ok := split(was)
	takes, returns, both := split(is)
	switch {
	case !ok || !both:
		return "is now " + is + "; was " + was
	case took == takes:
		return "now returns " + cmp.Or(returns, "nothing") + "; it returned " + cmp.Or(returned, "nothing")
	case returned == returns:
		return "now takes " + takes + "; it took " + took
	}
	return "is now func" + takes + " " + returns + "; was func" + took + " " + returned
}

// split returns what a function takes, without the context and options that
// every call has, and what it returns.
func split(fn string) (takes, returns string, ok bool) {
	rest, ok := strings.CutPrefix(fn, "func(")
	if !ok {
		return "", "", false
	}
	depth := 1
	for i, r := range rest {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			takes = strings.TrimPrefix(strings.TrimSuffix(rest[:i], "...option.RequestOption"), "context.Context")
			return "(" + strings.Trim(takes, ", ") + ")", strings.TrimSpace(rest[i+1:]), true
		}
	}
	return "", "", false
}

// position is where the object of a name is declared.
func (s *SDK) position(name string) token.Position {
	if o := s.lookup(name); o != nil {
		return s.fset.Position(o.Pos())
	}
	return token.Position{}
}

// lookup finds the object of a mangled name: a declaration, or a field or method
// of one.
func (s *SDK) lookup(name string) types.Object {
	if o := s.one.Scope().Lookup(name); o != nil {
		return o
	}
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return nil
	}
	owner := s.one.Scope().Lookup(name[:i])
	if owner == nil {
		return nil
	}
	o, _, _ := types.LookupFieldOrMethod(owner.Type(), true, s.one, name[i+1:])
	return o
}

// Has reports whether the API has a name, as in package lockfile.
func (s *SDK) Has(name string) bool { return s.lookup(public+name) != nil }
