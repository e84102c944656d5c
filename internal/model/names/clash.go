package names

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// settle makes the calls of every resource differ from each other and from the
// resources in it. It also returns how many of them only their operationId
// tells from others.
func (t *tree) settle(placed []placement) (calls []Call, stuck int) {
	calls = make([]Call, len(placed))
	members := map[string][]int{}
	inside := map[string]map[string]bool{} // names of the resources in a resource
	for i := range placed {
		p := &placed[i]
		calls[i] = Call{Resource: p.resource, Name: p.name, Reason: p.reason}
		r := strings.Join(p.resource, ".")
		members[r] = append(members[r], i)
		for n, name := range p.resource {
			r := strings.Join(p.resource[:n], ".")
			if inside[r] == nil {
				inside[r] = map[string]bool{}
			}
			inside[r][name] = true
		}
	}
	for _, r := range slices.Sorted(maps.Keys(members)) {
		stuck += t.settleResource(placed, members[r], inside[r], calls)
	}
	return calls, stuck
}

// settleResource does so for one resource.
func (t *tree) settleResource(placed []placement, members []int, inside map[string]bool, calls []Call) (stuck int) {
	rivals := map[string][]int{}
	clash := false
	twins := map[string]bool{} // names that locked operations have besides
	for _, i := range members {
		name := placed[i].name
		rivals[name] = append(rivals[name], i)
		if placed[i].locked {
			for _, name := range t.ops[i].Locked.Taken {
				twins[name] = true
			}
		}
	}
	for name, group := range rivals {
		clash = clash || inside[name] || twins[name] || len(group) > 1
	}
	if !clash {
		return 0
	}
	var claims []*Claim
	for _, name := range slices.Sorted(maps.Keys(rivals)) {
		group := rivals[name]
		apart := t.apart(placed, group, inside[name])
		for n, i := range group {
			o := &t.ops[i]
			names := apart[n]
			said := len(names)
			if placed[i].locked {
				claims = append(claims, &Claim{Candidates: []string{name}, What: o.Method + " " + o.Path, Fixed: true, Set: func(string) {}})
				delete(inside, name) // the field that leads to the resource gives way
				delete(twins, name)
				continue
			}
			if len(o.id) > 0 {
				names = append(names, Camel(joined(o.id)), Camel(o.ID))
			}
			claims = append(claims, &Claim{
				Candidates: append(names, Camel(o.Method+" "+o.Path)),
				What:       fmt.Sprintf("%s %q", strings.ToLower(o.method), o.Path+" "+o.ID),
				Set: func(settled string) {
					if settled != name {
						calls[i].Name = settled
						calls[i].Reason += ", " + name + " is taken"
					}
					if !slices.Contains(names[:said], settled) {
						stuck++
					}
				},
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(inside)) {
		delete(twins, name)
		claims = append(claims, &Claim{Candidates: []string{name}, What: "resource " + name, Fixed: true, Set: func(string) {}})
	}
	for _, name := range slices.Sorted(maps.Keys(twins)) {
		claims = append(claims, &Claim{Candidates: []string{name}, What: "items of " + name, Fixed: true, Set: func(string) {}})
	}
	_ = Settle(claims) // whatever it had to do is in the Reason
	return stuck
}

// apart returns the candidates of a group of rivals for one name: the name with
// the first trait that all of them differ in. One of them may have nothing to
// say, and keeps the name, unless a resource has it.
func (t *tree) apart(placed []placement, group []int, taken bool) [][]string {
	candidates := make([][]string, len(group))
	if len(group) == 1 && !taken {
		return [][]string{{placed[group[0]].name}}
	}
	for _, trait := range traits {
		seen := map[string]bool{}
		for n, i := range group {
			p := &placed[i]
			name := p.name
			if !p.given {
				name = trait(&t.ops[i], p)
			}
			candidates[n] = []string{name}
			seen[name] = true
		}
		if len(seen) == len(group) && !(taken && seen[placed[group[0]].name]) {
			return candidates
		}
	}
	for n, i := range group {
		candidates[n] = []string{placed[i].name}
		if placed[i].given {
			candidates[n] = slices.Repeat(candidates[n], 4) // stands while the others give way
		}
	}
	return candidates
}

// traits return the name of a method with what tells it from another of that
// name, or the name itself if there is nothing to say. The best come first.
var traits = []func(*op, *placement) string{
	func(o *op, p *placement) string {
		if p.alt != "" {
			return p.alt
		}
		return p.name
	},
	func(o *op, p *placement) string { return with(p.name, "for", o.whose()) },
	func(o *op, p *placement) string { return with(p.name, "for", o.scope()) },
	func(o *op, p *placement) string { return with(p.name, "by", o.by()) },
	func(o *op, p *placement) string { return with(p.name, "", o.route.extra) },
	func(o *op, p *placement) string { return with(with(p.name, "for", o.whose()), "by", o.by()) },
	func(o *op, p *placement) string { return with(with(p.name, "for", o.whose()), "for", o.scope()) },
	func(o *op, p *placement) string { return with(with(p.name, "by", o.by()), "for", o.scope()) },
}

func with(name, link, what string) string {
	if what == "" {
		return name
	}
	return Camel(name + " " + link + " " + what)
}

// whose returns the thing that is on o's path with an item and is no scope.
func (o *op) whose() string {
	for n := o.node; n.parent != nil; n = n.parent {
		if c := n.static(); n.seg.param && !n.scope && c != nil && c != o.node.static() {
			return Singular(c.seg.text)
		}
	}
	return ""
}

// scope returns the last scope on o's path.
func (o *op) scope() string {
	if p := scopeParam(o.node); p.scope {
		return Singular(p.static().seg.text)
	}
	return ""
}

// by returns the parameter that o's path ends with.
func (o *op) by() string {
	if o.node.seg.param {
		return last(o.route.segments).text
	}
	return ""
}
