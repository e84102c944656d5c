package names

import (
	"cmp"
	"maps"
	"slices"
	"strings"
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
			p.resource = slices.Concat(groups[most(votes[n])], nodeNames(below))
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
		k := placed[i].call() + " " + t.ops[i].thing()
		same[k] = append(same[k], i)
	}
	versions, scopes := map[*node]bool{}, map[*node]bool{} // resources to part, by their last step
	ids := map[string]bool{}                               // the same, by their names
	for _, k := range slices.Sorted(maps.Keys(same)) {
		if group := same[k]; len(group) > 1 {
			t.partGroup(placed, group, versions, scopes, ids)
		}
	}
	main := t.mainVersion()
	for i := range placed {
		p, n := &placed[i], t.ops[i].node
		if p.version != "" && ids[strings.Join(p.resource, ".")] {
			p.resource = append([]string{Camel(p.version)}, p.resource...)
		}
		within := func(parted map[*node]bool) bool {
			return slices.ContainsFunc(p.nodes, func(n *node) bool { return parted[n] })
		}
		byScope, byVersion := within(scopes), within(versions)
		if s := p.scope(n); s != nil && byScope {
			p.insert(s)
		}
		if v := versionOf(n); v != nil && v != main && byVersion {
			p.insert(v)
		}
	}
}

// partGroup notes what tells the operations of a group from each other.
func (t *tree) partGroup(placed []placement, group []int, versions, scopes map[*node]bool, ids map[string]bool) {
	first, n := &placed[group[0]], t.ops[group[0]].node
	differ := func(differs func(q *placement, m *node) bool) bool {
		return slices.ContainsFunc(group, func(j int) bool { return differs(&placed[j], t.ops[j].node) })
	}
	if len(first.nodes) == 0 {
		if differ(func(q *placement, m *node) bool { return q.version != first.version }) {
			ids[strings.Join(first.resource, ".")] = true
		}
		return
	}
	byVersion := differ(func(q *placement, m *node) bool { return versionOf(m) != versionOf(n) })
	var some *node // the first of their scopes
	several, free := false, false
	for _, j := range group {
		q, m := &placed[j], t.ops[j].node
		if len(q.nodes) == 0 {
			continue
		}
		if byVersion {
			versions[last(q.nodes)] = true
		}
		switch s := q.scope(m); {
		case s == nil:
			free = free || m.seg.param || t.ops[j].method != "GET"
		case some == nil:
			some = s
		case some != s:
			several = true
			if s.seg.text < some.seg.text {
				some = s
			}
		}
	}
	if some == nil || byVersion {
		return
	}
	for _, j := range group {
		q, m := &placed[j], t.ops[j].node
		switch s := q.scope(m); {
		case len(q.nodes) == 0:
		case s != nil && (several || free):
			scopes[last(q.nodes)] = true
		case s == nil && !m.seg.param && t.ops[j].method == "GET":
			q.name = Camel(q.name + " for all " + some.seg.text)
		}
	}
}

func (p *placement) call() string { return strings.Join(p.resource, ".") + " " + p.name }

// thing returns what o is about, whosever it is: the steps below the last scope.
func (o *op) thing() string {
	p := scopeParam(o.node)
	var steps []string
	for n := o.node; n != p; n = n.parent {
		switch {
		case n.seg.param:
			steps = append(steps, "{}")
		case !n.clear && !n.verbPrefix(o):
			steps = append(steps, n.seg.text)
		}
	}
	return strings.Join(steps, "/") // backwards, which is as good
}

// insert puts the step n into the resource, where it stands in the path.
func (p *placement) insert(n *node) {
	at := 0
	for at < len(p.nodes) && p.nodes[at].depth() < n.depth() {
		at++
	}
	p.nodes = slices.Insert(slices.Clone(p.nodes), at, n)
	p.resource = nodeNames(p.nodes)
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
		if n.clear && isVersion(n.seg.text) {
			return n
		}
	}
	return nil
}

// mainVersion returns the leading version with the most operations, nil if none.
func (t *tree) mainVersion() *node {
	var best *node
	t.root.walk(func(n *node) {
		if n.leading && n.clear && isVersion(n.seg.text) &&
			(best == nil || cmp.Or(cmp.Compare(n.under, best.under), cmp.Compare(n.seg.text, best.seg.text)) > 0) {
			best = n
		}
	})
	return best
}
