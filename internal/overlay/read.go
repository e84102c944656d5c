package overlay

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/jsonpath"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An Overlay is a list of changes. It is a [spec.Overlay].
type Overlay struct {
	// Extends is what the overlay says it is for, as it is written: nil, or a
	// string with a URL or a file relative to the overlay's.
	Extends *spec.Node

	file    string
	limit   int  // of nodes that it may add
	strict  bool // what does not fit is an error: since 1.1
	actions []action
}

// An action is one change.
type action struct {
	target *jsonpath.Query
	pos    diag.Pos // of the target
	remove bool
	update *spec.Node      // nil: none
	copy   *jsonpath.Query // nil: none
	from   diag.Pos        // of copy
}

// File returns the name of the overlay's file.
func (o *Overlay) File() string { return o.file }

// Read reads the overlay in the file name. Every problem of the file is in the
// list; the overlay is nil if one of them is an error.
func Read(name string, limits spec.Limits) (*Overlay, *diag.List) {
	list := &diag.List{}
	data, err := readFile(name, limits.Bytes)
	if err != nil {
		if path := (*os.PathError)(nil); errors.As(err, &path) {
			err = path.Err
		}
		list.Errorf(diag.Pos{File: name}, "overlay-unreadable", "the overlay cannot be read: %v", err)
		return nil, list
	}
	return Parse(name, data, limits)
}

// readFile reads a file that has no more bytes than a description may have; 0 is
// the usual limit.
func readFile(name string, limit int64) ([]byte, error) {
	const usual = 64 << 20
	if limit == 0 {
		limit = usual
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("it has more than %d bytes; if that is meant, raise the limit with --max-bytes", limit)
	}
	return data, err
}

// Parse is [Read] of a file whose text is at hand.
func Parse(name string, data []byte, limits spec.Limits) (*Overlay, *diag.List) {
	list := &diag.List{}
	root, err := spec.Parse(name, data, limits)
	if err != nil {
		list.Add(err)
		return nil, list
	}
	r := reader{list: list, file: name}
	o := &Overlay{file: name, limit: limits.MaxNodes()}
	r.overlay(o, root)
	if list.Failed() {
		return nil, list
	}
	return o, list
}

// A reader collects what is wrong with the file.
type reader struct {
	list    *diag.List
	file    string
	canCopy bool
}

// versionPattern is that of the schemas of the two versions.
var versionPattern = regexp.MustCompile(`^1\.([01])\.[0-9]+$`)

func (r *reader) overlay(o *Overlay, root *spec.Node) {
	if !root.Is(spec.Object) || !root.Has("overlay") {
		r.bad(root, "this is no overlay: it has no member overlay that names the version, such as overlay: 1.1.0")
		return
	}
	r.members("an overlay", root, "overlay", "info", "extends", "actions")
	version := root.Get("overlay")
	m := versionPattern.FindStringSubmatch(version.Text())
	if m == nil || !version.Is(spec.String) {
		r.bad(version, "%s is no version of Overlay that is known; write 1.0.0 or 1.1.0", version.AppendJSON(nil))
		return
	}
	r.canCopy = m[1] != "0"
	o.strict = r.canCopy
	r.info(root, root.Get("info"))
	if o.Extends = root.Get("extends"); o.Extends != nil {
		r.is("extends", o.Extends, spec.String)
	}
	actions := root.Get("actions")
	switch {
	case actions == nil:
		r.bad(root, "the overlay has no actions")
	case r.is("actions", actions, spec.Array) && actions.Len() == 0:
		r.bad(actions, "actions has none; an overlay has one at least")
	}
	for _, n := range actions.Elements() {
		if r.is("an action", n, spec.Object) {
			o.actions = append(o.actions, r.action(n))
		}
	}
}

// info checks what is told of the overlay, which the standard requires.
func (r *reader) info(root, info *spec.Node) {
	if info == nil {
		r.bad(root, "the overlay has no info with a title and a version")
		return
	}
	if !r.is("info", info, spec.Object) {
		return
	}
	r.members("info", info, "title", "version", "description")
	for _, name := range []string{"title", "version"} {
		if !info.Has(name) {
			r.bad(info, "info has no %s", name)
		}
	}
	for name, n := range info.Members() {
		switch name {
		case "title", "description":
			r.is("info."+name, n, spec.String)
		case "version":
			r.is("info."+name, n, spec.String, spec.Number) // YAML takes 1.0 for a number
		}
	}
}

func (r *reader) action(n *spec.Node) action {
	known := []string{"target", "description", "update", "remove", "copy"}
	if copied := n.Member("copy"); copied != nil && !r.canCopy {
		r.list.Errorf(copied.Pos, "overlay-invalid", "copy is of Overlay 1.1; write overlay: 1.1.0")
	}
	r.members("an action", n, known...)
	a := action{pos: n.Get("target").Pos(), from: n.Get("copy").Pos()}
	if !n.Has("target") {
		r.bad(n, "the action has no target")
	} else {
		a.target = r.query("target", n.Get("target"))
	}
	if d := n.Get("description"); d != nil {
		r.is("description", d, spec.String)
	}
	if remove := n.Get("remove"); remove != nil && r.is("remove", remove, spec.Bool) {
		a.remove = remove.True()
	}
	if c := n.Get("copy"); c != nil {
		a.copy = r.query("copy", c)
	}
	a.update = n.Get("update")
	if a.copy != nil && a.update != nil && !a.remove {
		r.bad(n, "the action has both update and copy, and neither would count; make it two actions")
	}
	return a
}

// query reads a JSONPath.
func (r *reader) query(what string, n *spec.Node) *jsonpath.Query {
	if !r.is(what, n, spec.String) {
		return nil
	}
	q, err := jsonpath.Parse(n.Text())
	if err != nil {
		r.list.Errorf(n.Pos(), "overlay-jsonpath", "%s is no JSONPath as RFC 9535 has it: %v", what, err)
		return nil
	}
	return q
}

// members reports those that are neither known nor extensions.
func (r *reader) members(what string, n *spec.Node, known ...string) {
	for _, m := range n.All() {
		if !slices.Contains(known, m.Name) && !strings.HasPrefix(m.Name, "x-") {
			r.list.Errorf(m.Pos, "overlay-invalid", "%s has no member %q; it can have %s", what, m.Name, strings.Join(known, ", "))
		}
	}
}

// is reports whether n is of one of the kinds, and if not, tells the user.
func (r *reader) is(what string, n *spec.Node, kinds ...spec.Kind) bool {
	if slices.Contains(kinds, n.Kind()) {
		return true
	}
	r.bad(n, "%s is %s, and should be %s", what, n.Kind(), kinds[0])
	return false
}

func (r *reader) bad(n *spec.Node, format string, args ...any) {
	pos := n.Pos()
	pos.File = r.file
	r.list.Errorf(pos, "overlay-invalid", format, args...)
}
