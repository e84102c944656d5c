package contract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Level says how much a change means to callers, as the parts of a version do.
type Level int

// The levels.
const (
	Patch Level = iota
	Minor
	Major
)

// String returns "patch", "minor" or "major".
func (l Level) String() string { return [...]string{"patch", "minor", "major"}[l] }

// A Change is one difference. Its sentence is "Place: Where What", or "Place
// What" where nothing in the place is meant but itself.
type Change struct {
	Level Level
	Place string // as in package lockfile: an operation, a schema, or "" for the API
	Where string // in the place: "Body.name", "the query parameter page"
	What  string // "is now a list; was a string"
	Old   diag.Pos
	New   diag.Pos
}

// Compare returns what changes from old to new, the worst first, then in the
// order of the new description.
func Compare(old, new *spec.Document) []Change {
	c := &comparer{old: side{doc: old}, new: side{doc: new}, pairs: map[pair]bool{}, known: map[change]int{}}
	c.about()
	c.operations()
	slices.SortStableFunc(c.changes, func(a, b Change) int { return cmp.Compare(b.Level, a.Level) })
	return c.changes
}

// A side is one of the two descriptions.
type side struct{ doc *spec.Document }

// deref follows a reference. What leads nowhere is absent: a run of gen says so.
func (s side) deref(n *spec.Node) *spec.Node {
	target, err := s.doc.Deref(n)
	if err != nil {
		return nil
	}
	return target
}

type comparer struct {
	old, new side
	changes  []Change
	known    map[change]int // where a change is among them
	pairs    map[pair]bool  // schemas that were compared
	texts    int            // descriptions that differ
}

// A change is what makes two changes the same: a schema that goes both ways has
// each of its changes once.
type change struct{ place, where, what string }

// add notes a change.
func (c *comparer) add(level Level, at at, what string) {
	key := change{at.place, at.where, what}
	if i, ok := c.known[key]; ok {
		c.changes[i].Level = max(c.changes[i].Level, level)
		return
	}
	c.known[key] = len(c.changes)
	c.changes = append(c.changes, Change{Level: level, Place: at.place, Where: at.where, What: what, Old: at.old, New: at.new})
}

// An at is what is being compared.
type at struct {
	place, where string
	old, new     diag.Pos
}

// in returns a part of it.
func (a at) in(where string, old, new *spec.Node) at {
	a.where = where
	if old != nil {
		a.old = old.Pos()
	}
	if new != nil {
		a.new = new.Pos()
	}
	return a
}

// about compares what is said of the whole API.
func (c *comparer) about() {
	old, new := c.old.doc.Root, c.new.doc.Root
	c.serverList(at{}.in("the server", old.Get("servers"), new.Get("servers")), old.Get("servers"), new.Get("servers"), "not said")
	schemes := new.Get("components").Get("securitySchemes")
	for name, was := range old.Get("components").Get("securitySchemes").Members() {
		is := c.new.deref(schemes.Get(name))
		was = c.old.deref(was)
		a := at{place: "credential " + name}.in("", was, is)
		switch {
		case is == nil:
			c.add(Major, a, "is gone")
		case sent(was) != sent(is):
			c.add(Major, a, "is now "+sent(is)+"; was "+sent(was))
		default:
			c.scheme(a, was, is)
		}
	}
	for name, is := range schemes.Members() {
		if !old.Get("components").Get("securitySchemes").Has(name) {
			c.add(Minor, at{place: "credential " + name}.in("", nil, is), "is new")
		}
	}
}

// serverList compares servers. Their order counts: the first is the one that is
// called.
func (c *comparer) serverList(a at, old, new *spec.Node, none string) {
	if was, is := servers(old), servers(new); !slices.Equal(was, is) {
		c.add(Minor, a, "is now "+list(is, none)+"; was "+list(was, none))
	}
}

// servers returns the URLs of servers, with the defaults of their variables.
func servers(n *spec.Node) []string {
	var urls []string
	for _, s := range n.Elements() {
		url := strings.TrimRight(s.Get("url").Text(), "/")
		for name, variable := range s.Get("variables").Members() {
			url = strings.ReplaceAll(url, "{"+name+"}", "{"+name+"="+variable.Get("default").Text()+"}")
		}
		urls = append(urls, url)
	}
	return urls
}

// scheme compares where the tokens of a security scheme are had, and its scopes.
func (c *comparer) scheme(a at, old, new *spec.Node) {
	c.moved(a, "the OpenID Connect URL", old.Get("openIdConnectUrl"), new.Get("openIdConnectUrl"))
	was, is := old.Get("flows"), new.Get("flows")
	for flow, o := range was.Members() {
		n := is.Get(flow)
		if n == nil {
			c.add(Major, a.in("the flow "+flow, o, nil), "is gone")
			continue
		}
		for _, key := range []string{"tokenUrl", "authorizationUrl", "refreshUrl", "deviceAuthorizationUrl"} {
			c.moved(a, "the "+strings.TrimSuffix(key, "Url")+" URL of the flow "+flow, o.Get(key), n.Get(key))
		}
		if gone := missing(keys(o.Get("scopes")), keys(n.Get("scopes"))); len(gone) > 0 {
			c.add(Minor, a.in("the flow "+flow, o, n), "no longer has the "+plural("scope", gone)+" "+list(gone, ""))
		}
		if added := missing(keys(n.Get("scopes")), keys(o.Get("scopes"))); len(added) > 0 {
			c.add(Minor, a.in("the flow "+flow, o, n), "has the "+plural("scope", added)+" "+list(added, "")+" too")
		}
	}
	for flow, n := range is.Members() {
		if !was.Has(flow) {
			c.add(Minor, a.in("the flow "+flow, nil, n), "is new")
		}
	}
}

// moved notes that a URL is another one. An SDK has the new one, so that who
// takes it is not broken.
func (c *comparer) moved(a at, what string, old, new *spec.Node) {
	if old.Text() != new.Text() {
		c.add(Minor, a.in(what, old, new), "is now "+or(new.Text(), "not said")+"; was "+or(old.Text(), "not said"))
	}
}

// sent says how a credential is sent.
func sent(n *spec.Node) string {
	parts := []string{n.Get("type").Text()}
	for _, key := range []string{"scheme", "in", "name"} {
		if text := n.Get(key).Text(); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// list joins what there is, few of it if there is much.
func list(all []string, none string) string {
	const few = 6
	switch {
	case len(all) == 0:
		return none
	case len(all) > few:
		return strings.Join(all[:few], ", ") + " and " + strconv.Itoa(len(all)-few) + " more"
	case len(all) == 1:
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// missing returns what of a is not in b.
func missing(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
