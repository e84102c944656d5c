package lockfile

import (
	"cmp"
	"errors"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// An Entry is a line of a lock: a public name, and the place that it is from.
type Entry struct {
	Name  string
	Place string
	Pos   diag.Pos // of the line; none if it is not from a file
}

// Kind is what sort of thing a name is for. A place can have a name of each
// kind: a member of a schema is a field, and may have a type of its own.
type Kind int

// The kinds of names.
const (
	Call   Kind = iota // Client.Stores.Create
	Global             // stores.Store
	Member             // stores.Store.Name
)

// Also begins the place of a schema whose type has its own place elsewhere, where
// an equal schema stands.
const Also = "also "

// Kind returns the kind of the entry's name.
func (e *Entry) Kind() Kind {
	switch {
	case strings.HasPrefix(e.Name, "Client."):
		return Call
	case strings.Count(e.Name, ".") == 2, !isPackage(e.Name) && strings.Contains(e.Name, "."):
		return Member
	}
	return Global
}

// Package returns the package of a name below the module, "" for the root.
func (e *Entry) Package() string {
	if !isPackage(e.Name) {
		return ""
	}
	pkg, _, _ := strings.Cut(e.Name, ".")
	return pkg
}

// Last returns the last part of a name: the identifier itself.
func (e *Entry) Last() string { return last(e.Name) }

// isPackage reports whether a name begins with a package: what is of the root
// package begins with an exported identifier.
func isPackage(name string) bool { return name != "" && !unicode.IsUpper([]rune(name)[0]) }

// A Lock is what a gen.lock says. A nil Lock says nothing.
type Lock struct {
	File    string
	entries []*Entry
	byPlace map[key][]*Entry
	byName  map[string][]*Entry
}

type key struct {
	kind  Kind
	place string
}

// New returns the lock with these entries, sorted. Of two that are the same
// there is one.
func New(file string, entries []Entry) *Lock {
	l := &Lock{File: file, byPlace: map[key][]*Entry{}, byName: map[string][]*Entry{}}
	for _, e := range entries {
		l.entries = append(l.entries, &e)
	}
	slices.SortStableFunc(l.entries, compare)
	l.entries = slices.CompactFunc(l.entries, func(a, b *Entry) bool { return compare(a, b) == 0 })
	for _, e := range l.entries {
		k := key{e.Kind(), e.Place}
		l.byPlace[k] = append(l.byPlace[k], e)
		l.byName[e.Name] = append(l.byName[e.Name], e)
	}
	return l
}

func compare(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Place, b.Place))
}

// Find returns the names of a kind that a place has, of which there are several
// if what is there moved to another package and left its old name behind.
func (l *Lock) Find(kind Kind, place string) []*Entry {
	if l == nil {
		return nil
	}
	return l.byPlace[key{kind, place}]
}

// Named returns the lines of a name.
func (l *Lock) Named(name string) []*Entry {
	if l == nil {
		return nil
	}
	return l.byName[name]
}

// Entries returns what the lock says, sorted by name.
func (l *Lock) Entries() []*Entry {
	if l == nil {
		return nil
	}
	return l.entries
}

// Equal reports whether two locks say the same.
func (l *Lock) Equal(other *Lock) bool {
	return slices.EqualFunc(l.Entries(), other.Entries(), func(a, b *Entry) bool { return compare(a, b) == 0 })
}

// Gone returns the names of l that other does not have. A field of a type that
// moved to another package is not gone: the type's old name leads to it.
func (l *Lock) Gone(other *Lock) []*Entry {
	var gone []*Entry
	for _, e := range l.Entries() {
		same := func(f *Entry) bool { return e.Kind() == Member && f.Last() == e.Last() || f.Name == e.Name }
		if !slices.ContainsFunc(other.Find(e.Kind(), e.Place), same) && len(other.Named(e.Name)) == 0 {
			gone = append(gone, e)
		}
	}
	return slices.CompactFunc(gone, func(a, b *Entry) bool { return a.Name == b.Name })
}

const head = `# Public names of the SDK, each with the place in the description that it is from. gen keeps
# them; without its line a name is chosen anew. Commit this file with gen.yaml.
`

// Bytes returns the text of the lock.
func (l *Lock) Bytes() []byte {
	var b strings.Builder
	b.WriteString(head)
	for _, e := range l.Entries() {
		place := e.Place
		if strings.ContainsFunc(place, func(r rune) bool { return !unicode.IsPrint(r) }) || strings.HasPrefix(place, `"`) || place != strings.TrimSpace(place) {
			place = strconv.Quote(place)
		}
		b.WriteString(e.Name + " " + place + "\n")
	}
	return []byte(b.String())
}

// Read reads the lock in a file, nil if there is no such file. Every problem of
// it is in the list; the lock is nil if there is one.
func Read(file string) (*Lock, *diag.List) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &diag.List{}
	}
	if err != nil {
		problems := &diag.List{}
		if path := (*fs.PathError)(nil); errors.As(err, &path) {
			err = path.Err
		}
		problems.Errorf(diag.Pos{File: file}, "lock-unreadable", "the lock cannot be read: %v", err)
		return nil, problems
	}
	return Parse(file, data)
}

// Parse is [Read] of a file whose text is at hand.
func Parse(file string, data []byte) (*Lock, *diag.List) {
	problems := &diag.List{}
	var entries []Entry
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		e, err := parse(line)
		e.Pos = diag.Pos{File: file, Line: number, Col: 1}
		if err != nil {
			problems.Errorf(e.Pos, "lock", "%v; a line is a name, a space and its place (remove the line, and its name is chosen anew)", err)
			continue
		}
		entries = append(entries, e)
	}
	checkUnique(entries, problems)
	if problems.Failed() {
		return nil, problems
	}
	return New(file, entries), problems
}

func parse(line string) (Entry, error) {
	for _, marker := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, marker) {
			return Entry{}, errors.New("this is left from a merge: keep the lines of both sides, and remove this one")
		}
	}
	name, place, _ := strings.Cut(line, " ")
	place = strings.TrimSpace(place)
	if strings.HasPrefix(place, `"`) {
		text, err := strconv.Unquote(place)
		if err != nil {
			return Entry{}, errors.New("the quotes of the place do not end")
		}
		place = text
	}
	if place == "" {
		return Entry{}, errors.New("there is no place")
	}
	return Entry{Name: name, Place: place}, checkName(name)
}

// checkName says why a name is none that an SDK can have.
func checkName(name string) error {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		if !token.IsIdentifier(part) || i > 0 && !token.IsExported(part) {
			return errors.New(strconv.Quote(name) + " is no public name")
		}
	}
	if isPackage(name) && (len(parts) < 2 || len(parts) > 3) {
		return errors.New(strconv.Quote(name) + " is no public name: a package is followed by a name, and a type by one of its members")
	}
	return nil
}

// checkUnique reports names that two places want, as a merge can leave them.
// Only the operations that return one page share its name, and equal schemas that
// of their type.
func checkUnique(entries []Entry, problems *diag.List) {
	first := map[string]Entry{}
	for _, e := range entries {
		other, taken := first[e.Name]
		switch {
		case strings.HasPrefix(e.Place, Also):
		case !taken:
			first[e.Name] = e
		case other.Place != e.Place && !(strings.HasSuffix(e.Place, " page") && strings.HasSuffix(other.Place, " page")):
			problems.Errorf(e.Pos, "lock", "%s is the name of %s, and at line %d that of %s; remove the line of the one that is to get another name", e.Name, e.Place, other.Pos.Line, other.Place)
		}
	}
}
