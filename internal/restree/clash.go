package restree

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
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
		calls[i] = Call{Resource: p.resource, Name: p.name, Rule: p.rule, Lost: p.lost, Reason: p.reason}
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
	var claims []*ident.Claim
	for _, name := range slices.Sorted(maps.Keys(rivals)) {
		group := rivals[name]
		apart := t.apart(placed, group, inside[name])
		for n, i := range group {
			o := &t.ops[i]
			names := apart[n]
			said := len(names)
			if placed[i].locked {
				claims = append(claims, &ident.Claim{Candidates: []string{name}, What: o.Method + " " + o.Path, Fixed: true, Set: func(string) {}})
				delete(inside, name) // the field that leads to the resource gives way
				delete(twins, name)
				continue
			}
			if o.ID != "" {
				names = append(names, o.saying(placed[i].resource), ident.Camel(joined(o.id)), ident.Camel(o.ID))
			}
			claims = append(claims, &ident.Claim{
				Candidates: append(names, ident.Camel(o.Method+" "+o.Path)),
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
		claims = append(claims, &ident.Claim{Candidates: []string{name}, What: "resource " + name, Fixed: true, Set: func(string) {}})
	}
	for _, name := range slices.Sorted(maps.Keys(twins)) {
		claims = append(claims, &ident.Claim{Candidates: []string{name}, What: "items of " + name, Fixed: true, Set: func(string) {}})
	}
	_ = ident.Settle(claims) // whatever it had to do is in the Reason
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
	func(o *op, p *placement) string { return o.saysMore(p) },
	func(o *op, p *placement) string { return with(p.name, "for", o.whose()) },
	func(o *op, p *placement) string { return with(p.name, "for", o.scope()) },
	func(o *op, p *placement) string { return with(p.name, "by", o.byMore()) },
	func(o *op, p *placement) string { return with(p.name, "by", o.byOther()) },
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
	return ident.Camel(name + " " + link + " " + what)
}

// whose returns the thing that is on o's path with an item and is no scope.
func (o *op) whose() string {
	for n := o.node; n.parent != nil; n = n.parent {
		if c := n.static(); n.seg.param && !n.scope && c != nil && c != o.node.static() {
			return ident.Singular(c.seg.text)
		}
	}
	return ""
}

// scope returns the last scope on o's path.
func (o *op) scope() string {
	if p := scopeParam(o.node); p.scope {
		return ident.Singular(p.static().seg.text)
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

// byMore returns the parameter that o's path ends with, if there is one right
// before it: /hooks/{hook_id}/{token}.
func (o *op) byMore() string {
	if o.node.seg.param && o.node.parent.seg.param {
		return o.by()
	}
	return ""
}

// byOther returns the parameter that o's path ends with, if it is not the id of
// what the path names: {number} of /orders/{number}, but not {order_id}.
func (o *op) byOther() string {
	by := o.by()
	if c := o.node.static(); by == "" || c == nil || isID(ident.Words(by), c.ones) {
		return ""
	}
	return by
}

// isID reports whether the words of a parameter are "id", or that of the thing.
func isID(words, thing []string) bool {
	end := len(words) - 1
	return words[end] == "id" && (end == 0 || slices.Equal(words[:end], thing))
}

// saying returns the method that o's operationId names, without the words for
// the resource that it is a method of: createOrJoinLobby is createOrJoin of
// lobbies. Without a verb in front it is all of the operationId.
func (o *op) saying(resource []string) string {
	if len(o.id) < 2 || !isVerb(o.id[0]) {
		return ident.Camel(joined(o.id))
	}
	object := o.id[1:]
	for _, name := range slices.Backward(resource) {
		object = without(object, singulars(ident.Words(name)))
	}
	return ident.Camel(o.id[0] + " " + joined(object))
}

// links are the words that an operationId goes on with where it says more of
// the same: updatePetWithForm beside updatePet.
var links = set(`and as by for from in or to with without`)

// saysMore returns the method that o's operationId names, if that is p's and a
// link with what it leads to. Else it is p's.
func (o *op) saysMore(p *placement) string {
	if o.ID == "" {
		return p.name
	}
	said := ident.Words(o.saying(p.resource))
	more, ok := cutPrefix(said, ident.Words(p.name))
	if !ok && len(said) > 1 && crud[said[0]] == crud[p.name] && crud[p.name] != other {
		more, ok = said[1:], true // add is create
	}
	if !ok || len(more) < 2 || !links[more[0]] || joined(more) == "by id" {
		return p.name
	}
	return ident.Camel(p.name + " " + joined(more))
}

// without returns words without the last place where they say ones, in either
// number.
func without(words, ones []string) []string {
	for i := len(words) - len(ones); i >= 0; i-- {
		if slices.Equal(singulars(words[i:i+len(ones)]), ones) {
			return slices.Concat(words[:i], words[i+len(ones):])
		}
	}
	return words
}
