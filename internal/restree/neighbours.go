package restree

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// adopt gives operations that the path placed, in a description whose
// operationIds mostly name group and method, the resource of their neighbours,
// and without any that of their tag.
func (t *tree) adopt(placed []placement) {
	votes := map[*node]map[string]int{} // for groups, of the operations on a node
	groups := map[string][]string{}
	byTag := map[string]string{}
	for i := range placed {
		p, o := &placed[i], &t.ops[i]
		if !p.byID {
			continue
		}
		r := strings.Join(p.resource, ".")
		groups[r] = p.resource
		if tag := joined(o.tag); byTag[tag] == "" || r < byTag[tag] {
			byTag[tag] = r
		}
		for _, n := range []*node{o.node, o.node.static()} {
			if n == nil {
				continue
			}
			if votes[n] == nil {
				votes[n] = map[string]int{}
			}
			votes[n][r]++
		}
	}
	for i := range placed {
		p, o := &placed[i], &t.ops[i]
		if p.byID || len(p.nodes) == 0 {
			continue
		}
		n := o.node
		for n.parent != nil && votes[n] == nil {
			n = n.parent
		}
		switch tag := byTag[joined(o.tag)]; {
		case n.parent != nil:
			below := p.nodes
			for len(below) > 0 && below[0].depth() <= n.depth() {
				below = below[1:]
			}
			p.resource = slices.Concat(groups[most(votes[n])], stepNames(o, below))
			p.reason += ", beside its neighbours"
		case len(o.tag) > 0 && tag != "":
			p.resource = groups[tag]
			p.reason += ", by its tag"
		default:
			continue
		}
		p.nodes = nil
	}
}

// most returns the key with the highest count, the first of equals.
func most(counts map[string]int) string {
	return slices.MaxFunc(slices.Sorted(maps.Keys(counts)), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[a], counts[b]), cmp.Compare(b, a))
	})
}

// part puts the version and the scope back into resources that stand under
// several of them, where they have the same operations. A version that paths
// start with stays out for the version that most operations have. What stands
// under no scope stays as well; if it is a list, and there is one under a
// scope, it becomes listForAllNamespaces.
func (t *tree) part(placed []placement) {
	same := map[string][]int{} // operations with one call, on the same thing
	for i := range placed {
		k := placed[i].call() + " " + placed[i].thing(&t.ops[i])
		same[k] = append(same[k], i)
	}
	parted := parting{map[*node]bool{}, map[*node]bool{}, map[*node]bool{}, map[string]bool{}}
	for _, k := range slices.Sorted(maps.Keys(same)) {
		if group := same[k]; len(group) > 1 {
			t.partGroup(placed, group, parted)
		}
	}
	main := t.mainVersion()
	for i := range placed {
		p, n := &placed[i], t.ops[i].node
		if p.version != "" && parted.byID[strings.Join(p.resource, ".")] {
			p.resource = append([]string{ident.Camel(p.version)}, p.resource...)
		}
		within := func(parted map[*node]bool) bool {
			return slices.ContainsFunc(p.nodes, func(n *node) bool { return parted[n] && (n == p.end() || n.items()) })
		}
		byScope, byVersion, byAny := within(parted.byScope), within(parted.byVersion), within(parted.byAnyVersion)
		if s := p.scope(n); s != nil && byScope {
			p.insert(&t.ops[i], s)
		}
		v := versionOf(n)
		switch {
		case v == nil:
		case byAny || byVersion && v != main:
			p.insert(&t.ops[i], v)
		case len(p.nodes) > 0 && v.leading && main != nil && ident.Stage(main.seg.text) == "" && ident.Stage(v.seg.text) != "":
			// What is not finished yet stands apart, beside what is.
			p.resource = append([]string{ident.Stage(v.seg.text)}, p.resource...)
		}
	}
}

// A parting has the resources that get longer, by their last step or, where the
// operationIds decided, by their names.
type parting struct {
	byVersion    map[*node]bool
	byAnyVersion map[*node]bool // and the main version is no exception
	byScope      map[*node]bool
	byID         map[string]bool
}

// partGroup notes what tells the operations of a group from each other.
func (t *tree) partGroup(placed []placement, group []int, parted parting) {
	first, n := &placed[group[0]], t.ops[group[0]].node
	some := func(holds func(q *placement, m *node) bool) bool {
		return slices.ContainsFunc(group, func(j int) bool { return holds(&placed[j], t.ops[j].node) })
	}
	if some(func(q *placement, m *node) bool { return len(q.nodes) == 0 }) {
		if some(func(q *placement, m *node) bool { return q.version != first.version }) {
			parted.byID[strings.Join(first.resource, ".")] = true
		}
		return
	}
	scopes := some(func(q *placement, m *node) bool { return q.scope(m) != first.scope(n) })
	versions := some(func(q *placement, m *node) bool { return versionOf(m) != versionOf(n) })
	unversioned := some(func(q *placement, m *node) bool { return versionOf(m) == nil })
	switch {
	case versions && !unversioned:
		for _, j := range group {
			parted.byVersion[placed[j].end()] = true
		}
	case versions && !scopes:
		for _, j := range group {
			parted.byAnyVersion[placed[j].end()] = true
		}
	case scopes:
		t.partScopes(placed, group, parted)
	}
}

// partScopes does so for a group whose scopes differ.
func (t *tree) partScopes(placed []placement, group []int, parted parting) {
	var texts []string // of the scopes
	others := false    // something else than a list stands under no scope
	for _, j := range group {
		if s := placed[j].scope(t.ops[j].node); s != nil {
			texts = append(texts, s.seg.text)
		} else if !t.ops[j].listing() {
			others = true
		}
	}
	slices.Sort(texts)
	several := len(slices.Compact(texts)) > 1
	for _, j := range group {
		switch s := placed[j].scope(t.ops[j].node); {
		case s != nil && (several || others):
			parted.byScope[placed[j].end()] = true
		case s == nil && !others:
			placed[j].name = ident.Camel(placed[j].name + " for all " + texts[0])
		}
	}
}

// listing reports whether o reads a whole collection, as far as its path says.
func (o *op) listing() bool { return o.method == "GET" && !o.node.seg.param }

// end returns the last step of the resource, nil if it is not from the path.
func (p *placement) end() *node {
	if len(p.nodes) == 0 {
		return nil
	}
	return last(p.nodes)
}

func (p *placement) call() string { return strings.Join(p.resource, ".") + " " + p.name }

// thing returns what an operation is about, whosever it is: the steps below the
// last scope, and above it those that are the resource.
func (p *placement) thing(o *op) string {
	var steps []string
	scope := scopeParam(o.node)
	below := true
	for n := o.node; n.parent != nil; n = n.parent {
		below = below && n != scope
		switch {
		case !below && !slices.Contains(p.nodes, n):
		case n.seg.param:
			steps = append(steps, "{}")
		case !n.clear && !n.verbPrefix(o):
			steps = append(steps, n.seg.text)
		}
	}
	return strings.Join(steps, "/") // backwards, which is as good
}

// insert puts the step n into the resource of o, where it stands in the path.
func (p *placement) insert(o *op, n *node) {
	at := 0
	for at < len(p.nodes) && p.nodes[at].depth() < n.depth() {
		at++
	}
	p.nodes = slices.Insert(slices.Clone(p.nodes), at, n)
	p.resource = stepNames(o, p.nodes)
}

// scope returns the static step of the last scope on the way to n, if it is no
// part of the resource, else nil.
func (p *placement) scope(n *node) *node {
	if m := scopeParam(n); m.parent != nil && !slices.Contains(p.nodes, m.static()) {
		return m.static()
	}
	return nil
}

// scopeParam returns the last scope above n, or the root.
func scopeParam(n *node) *node {
	for n.parent != nil {
		if n = n.parent; n.scope {
			break
		}
	}
	return n
}

// versionOf returns the last version on the way to n that is no resource, or nil.
func versionOf(n *node) *node {
	for ; n.parent != nil; n = n.parent {
		if n.clear && ident.IsVersion(n.seg.text) {
			return n
		}
	}
	return nil
}

// mainVersion returns the leading version with the most operations, nil if none.
func (t *tree) mainVersion() *node {
	var best *node
	t.root.walk(func(n *node) {
		if n.leading && n.clear && ident.IsVersion(n.seg.text) &&
			(best == nil || cmp.Or(cmp.Compare(n.under, best.under), cmp.Compare(n.seg.text, best.seg.text)) > 0) {
			best = n
		}
	})
	return best
}
