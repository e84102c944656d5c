package lockfile

import (
	"errors"
	"fmt"
	"strings"
)

// CheckRename says why what is called old cannot be called new, and be there
// under its old name too.
func CheckRename(old, new string) error {
	if err := errors.Join(checkName(old), checkName(new)); err != nil {
		return err
	}
	o, n := &Entry{Name: old}, &Entry{Name: new}
	switch {
	case o.Kind() == Member:
		return fmt.Errorf("%s is a field, which cannot have two names; give its line in gen.lock another name, and tell your users", old)
	case strings.TrimSuffix(old, o.Last()) != strings.TrimSuffix(new, n.Last()):
		return fmt.Errorf("%s cannot become %s: only its last part can change", old, new)
	case old == new:
		return fmt.Errorf("%s is the same name", new)
	}
	return nil
}

// Rename returns a lock in which what l calls old is called new, and all that is
// in it is in new. It is l itself if it has no such name, or new has a place
// already.
func (l *Lock) Rename(old, new string) *Lock {
	if len(l.Named(old)) == 0 || len(l.Named(new)) > 0 {
		return l
	}
	var entries []Entry
	for _, e := range l.entries {
		copied := *e
		if rest, ok := strings.CutPrefix(e.Name, old+"."); ok {
			copied.Name = new + "." + rest
		} else if e.Name == old {
			copied.Name = new
		} else if e.Name == old+twin && e.Kind() == Call && strings.HasSuffix(e.Place, " all") {
			copied.Name = new + twin
		}
		if rest, ok := strings.CutPrefix(e.Place, page+last(old)+"."); ok && strings.HasPrefix(old, "pagination.") {
			copied.Place = page + last(new) + "." + rest
		}
		entries = append(entries, copied)
	}
	return New(l.File, entries)
}

// twin is what the method that yields items has behind the name of its sister.
const twin = "All"

// page is what the place of a member of a page begins with, before the page's
// name: it is made of several responses, and has no other place.
const page = "page "

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
