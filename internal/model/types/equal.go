package types

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// equals has the schemas that stand somewhere without a name of their own and
// say the same as others. They are one type; see the package documentation.
type equals struct {
	said    map[string][]*spec.Node // what has a type of its own, by what it says and a name
	groups  map[*spec.Node]*group   // what the lock knows of schemas
	wide    []*spec.Node            // made of several of those
	repeats map[model.Decl]*Repeat  // the types that stand for several schemas
}

// A Repeat is what the schemas have in common, or not, that one type is for.
type Repeat struct {
	Also []*spec.Node // all but the first
	// What they are called where they stand, what they are part of, their titles and
	// descriptions, each once.
	Texts, Wholes, Titles, docs []string
}

// manyValues is how many values an enum lists that nobody lists twice by chance.
const manyValues = 12

// equalTo returns the schema whose type n has too: the first that says the same,
// by the same name. nil if there is none.
func (r *Registry) equalTo(n *spec.Node, o Origin) *spec.Node {
	if !r.canRepeat(n, o) {
		return nil
	}
	keys := r.equalKeys(n, o)
	if g := r.equal.groups[n]; g != nil {
		if g.node != n {
			return g.node
		}
		r.say(keys, n)
		return nil
	}
	for _, key := range keys {
		for _, c := range r.equal.said[key] {
			if _, built := r.types[c]; built && r.mayRepeat(c, o) {
				r.say(keys, c)
				return c
			}
		}
	}
	r.say(keys, n)
	return nil
}

// say notes what a schema says.
func (r *Registry) say(keys []string, n *spec.Node) {
	for _, key := range keys {
		if list := r.equal.said[key]; !slices.Contains(list, n) {
			r.equal.said[key] = append(list, n)
		}
	}
}

// canRepeat reports whether a schema is part of something, and so has no name
// but what it is there, and may need a type.
func (r *Registry) canRepeat(n *spec.Node, o Origin) bool {
	if o.Parent == nil || o.Component || o.Fixed != "" || r.Origins[o.Parent].Page != nil {
		return false
	}
	return slices.ContainsFunc([]string{"enum", "const", "properties", "oneOf", "anyOf", "allOf"}, n.Has)
}

// equalKeys are what a schema says, with each of the names that it must have in
// common with another to be the same: what it is where it stands, or its title.
// If that says little, it must be the same of the same. An enum of many values
// needs no name, nor does a choice between what has names. What only describes the
// whole is left out, since every field has its own description.
func (r *Registry) equalKeys(n *spec.Node, o Origin) []string {
	var says strings.Builder
	for _, m := range n.All() {
		if !schema.OfUse(m.Name) {
			fmt.Fprintf(&says, " %s:%d", strconv.Quote(m.Name), r.facts.Number(m.Value))
		}
	}
	values := n.Get("enum").Len()
	if n.Has("const") {
		values = 1
	}
	keys := []string{"name " + o.Text + says.String()}
	if values != 1 && SaysLittle(o.Text, values > 0) {
		keys[0] += " of " + r.whole(o)
	}
	if title := n.Get("title").Text(); title != "" && !SaysLittle(title, values > 0) {
		keys = append(keys, "title "+title+says.String())
	}
	if values >= manyValues || schema.ChoosesNamed(n) {
		keys = append(keys, "all"+says.String())
	}
	return keys
}

// RepeatOf is what a type stands for that stands for several schemas; nil if it
// is for one.
func (r *Registry) RepeatOf(d model.Decl) *Repeat { return r.equal.repeats[d] }

// same gives a schema the type of the one that it is equal to.
func (r *Registry) same(n, as *spec.Node, o Origin) Typed {
	t := r.Type(as, o)
	v := r.facts.View(n)
	t.Nullable = v.AllowsNull()
	r.types[n] = t
	d, ok := t.Type.(model.Decl)
	if !ok {
		return t
	}
	rep := r.equal.repeats[d]
	if rep == nil {
		rep = &Repeat{}
		rep.note(r.Origins[d].Text, r.whole(r.Origins[d]), r.facts.View(as))
		r.equal.repeats[d] = rep
	}
	rep.Also = append(rep.Also, n)
	rep.note(o.Text, r.whole(o), v)
	decl := d.Declaration()
	decl.Repeated = true
	if len(rep.docs) > 1 {
		decl.Doc = "" // each is of one field
	}
	return t
}

// note adds what one of the schemas is called and says of itself.
func (rep *Repeat) note(text, whole string, v *schema.View) {
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	add(&rep.Texts, text)
	add(&rep.Wholes, whole)
	add(&rep.Titles, v.Title)
	add(&rep.docs, v.Description)
}
