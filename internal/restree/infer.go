package restree

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// An Operation is what [Infer] needs to know of one operation.
type Operation struct {
	Method, Path, ID string
	Tags             []string
	Group            []string // resource path from config or a vendor extension, empty if none; an element may be dotted
	Name             string   // method name from config or a vendor extension, empty if none
	Source           string   // where Group and Name are from: gen.yaml, or the extension
	Summary          string   // what the description says of it in one line, for operations without ID
	Returns          Returned // what a successful response holds
	Members          []string // the properties of that, where it is one object
	Created          bool     // it tells of success with 201
	Sends            []string // the properties of the request's body
	SendsList        bool     // that is an array
	Locked           *Locked  // the call that it has had and keeps; nil if it has none
}

// Returned says what a successful response holds.
type Returned int

const (
	Unknown Returned = iota // nothing that the description tells of
	One                     // an object, a text, a file; one with a list in it, beside other things, too
	Map                     // values by their names
	List                    // an array, or an envelope of one
	Stream                  // events, one after the other
)

// A Locked is a call that an earlier run settled.
type Locked struct {
	Resource []string // as in [Call]
	Name     string
	Taken    []string // other names in the resource that the operation has
	Reason   string   // why it has it; empty: gen.lock
}

// A Call is the place of an operation in the resource tree.
type Call struct {
	Resource []string // lowerCamel: ["secretsStore", "stores"]; empty: a method of the client itself
	Name     string   // lowerCamel: "create"
	Rule     string   // that decided: a name of [Rules], or where the name was given
	Lost     []string // rules that would have decided, had that not
	Reason   string   // one clause for people: "POST on the collection /stores"
}

// Infer returns the call of every operation, in the order of ops. No two calls
// are the same, and none is named like a resource beside it. The call of an
// operation does not depend on the order of ops.
func Infer(ops []Operation) []Call {
	t := grow(ops)
	style := idStyle(ops)
	placed := make([]placement, len(ops))
	for i := range t.ops {
		placed[i] = t.place(&t.ops[i], style)
	}
	if style.sep != "" {
		t.adopt(placed)
	}
	t.part(placed)
	t.keep(placed)
	calls, stuck := t.settle(placed)
	if style.sep == "" && stuck > 20 && stuck*5 > len(ops) {
		// The paths are no help, and what tells the methods from each other is
		// their operationIds.
		for i := range t.ops {
			placed[i] = t.placeByID(&t.ops[i])
		}
		t.keep(placed)
		calls, _ = t.settle(placed)
	}
	return calls
}

// keep puts every operation that has had a call back to it. What is inferred
// for the others is what it would be if nothing had one.
func (t *tree) keep(placed []placement) {
	for i := range placed {
		l := t.ops[i].Locked
		if l == nil {
			continue
		}
		reason := placed[i].reason
		if l.Reason != "" || !slices.Equal(placed[i].resource, l.Resource) || placed[i].name != l.Name {
			reason = cmp.Or(l.Reason, "as it was (gen.lock)")
		}
		rule, lost := placed[i].rule, placed[i].lost
		if reason != placed[i].reason {
			rule, lost = "gen.lock", append([]string{rule}, lost...)
		}
		placed[i] = placement{resource: l.Resource, name: l.Name, reason: reason, rule: rule, lost: lost, given: true, locked: true}
	}
}

// A placement is a call on its way to be settled.
type placement struct {
	nodes    []*node  // the steps that are the resource, if they are
	resource []string // its names
	name     string   // of the method
	alt      string   // the same, where something else has the name
	reason   string
	rule     string   // its name
	lost     []string // the names of others that fit
	byID     bool     // the style of the operationIds decided
	version  string   // what it took out of the operationId
	given    bool     // the method's name was chosen by hand
	locked   bool     // everything was, by an earlier run
}

// place decides where an operation goes, apart from clashes.
func (t *tree) place(o *op, style style) placement {
	if len(o.Group) == 0 && o.Name == "" {
		if p, ok := style.place(o); ok {
			return p
		}
		return t.placeByPath(o)
	}
	p := t.placeByPath(o)
	p.reason = "given in the description"
	p.rule, p.lost = cmp.Or(o.Source, "extension"), append([]string{p.rule}, p.lost...)
	if len(o.Group) > 0 {
		p.nodes, p.resource = nil, nil
		for _, part := range strings.Split(strings.Join(o.Group, "."), ".") {
			if part != "" {
				p.resource = append(p.resource, ident.Camel(part))
			}
		}
	}
	if o.Name != "" {
		p.name, p.alt, p.given = ident.Camel(o.Name), "", true
	}
	return p
}

// placeByPath decides by path, verb and tag.
func (t *tree) placeByPath(o *op) placement {
	a := t.act(o)
	p := placement{nodes: resource(o, a.on), name: a.name, alt: a.alt, reason: a.reason, rule: a.rule, lost: a.lost}
	p.resource = stepNames(o, p.nodes)
	if len(p.resource) == 0 && len(o.tag) > 0 && !slices.Equal(o.tag, ident.Words(a.name)) {
		p.resource = []string{ident.Camel(o.Tags[0])}
		p.reason += ", in its tag"
	}
	if v := o.route.variant; v != "" {
		p.nodes, p.resource = nil, append([]string{ident.Camel(v)}, p.resource...)
	}
	return p
}

// placeByID makes the operationId the method, and the tag the resource.
func (t *tree) placeByID(o *op) placement {
	p := t.place(o, style{})
	if o.ID != "" && len(o.tag) > 0 && len(o.Group) == 0 && o.Name == "" {
		p.nodes, p.resource = nil, []string{ident.Camel(o.Tags[0])}
		p.name, p.alt = ident.Camel(joined(o.id)), ""
		p.reason = "operationId " + o.ID
		p.rule, p.lost = "operation-id", append([]string{p.rule}, p.lost...)
	}
	return p
}
