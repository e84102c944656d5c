package build

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
	repeats map[model.Decl]*repeat  // the types that stand for several schemas
}

// A repeat is what the schemas have in common, or not, that one type is for.
type repeat struct {
	also []*spec.Node // all but the first
	// What they are called where they stand, what they are part of, their titles and
	// descriptions, each once.
	texts, wholes, titles, docs []string
}

// manyValues is how many values an enum lists that nobody lists twice by chance.
const manyValues = 12

// equalTo returns the schema whose type n has too: the first that says the same,
// by the same name. nil if there is none.
func (b *builder) equalTo(n *spec.Node, o origin) *spec.Node {
	if !b.canRepeat(n, o) {
		return nil
	}
	keys := b.equalKeys(n, o)
	if g := b.equal.groups[n]; g != nil {
		if g.node != n {
			return g.node
		}
		b.say(keys, n)
		return nil
	}
	for _, key := range keys {
		for _, c := range b.equal.said[key] {
			if _, built := b.types[c]; built && b.mayRepeat(c, o) {
				b.say(keys, c)
				return c
			}
		}
	}
	b.say(keys, n)
	return nil
}

// say notes what a schema says.
func (b *builder) say(keys []string, n *spec.Node) {
	for _, key := range keys {
		if list := b.equal.said[key]; !slices.Contains(list, n) {
			b.equal.said[key] = append(list, n)
		}
	}
}

// canRepeat reports whether a schema is part of something, and so has no name
// but what it is there, and may need a type.
func (b *builder) canRepeat(n *spec.Node, o origin) bool {
	if o.parent == nil || o.component || o.fixed != "" || b.origins[o.parent].page != nil {
		return false
	}
	return slices.ContainsFunc([]string{"enum", "const", "properties", "oneOf", "anyOf", "allOf"}, n.Has)
}

// equalKeys are what a schema says, with each of the names that it must have in
// common with another to be the same: what it is where it stands, or its title.
// If that says little, it must be the same of the same. An enum of many values
// needs no name, nor does a choice between what has names. What only describes the
// whole is left out, since every field has its own description.
func (b *builder) equalKeys(n *spec.Node, o origin) []string {
	var says strings.Builder
	for _, m := range n.All() {
		if !schema.OfUse(m.Name) {
			fmt.Fprintf(&says, " %s:%d", strconv.Quote(m.Name), b.facts.Number(m.Value))
		}
	}
	values := n.Get("enum").Len()
	if n.Has("const") {
		values = 1
	}
	keys := []string{"name " + o.text + says.String()}
	if values != 1 && saysLittle(o.text, values > 0) {
		keys[0] += " of " + b.whole(o)
	}
	if title := n.Get("title").Text(); title != "" && !saysLittle(title, values > 0) {
		keys = append(keys, "title "+title+says.String())
	}
	if values >= manyValues || schema.ChoosesNamed(n) {
		keys = append(keys, "all"+says.String())
	}
	return keys
}

// repeatOf is what a type stands for that stands for several schemas; nil if it
// is for one.
func (b *builder) repeatOf(d model.Decl) *repeat { return b.equal.repeats[d] }

// same gives a schema the type of the one that it is equal to.
func (b *builder) same(n, as *spec.Node, o origin) typed {
	t := b.typ(as, o)
	v := b.facts.View(n)
	t.nullable = v.AllowsNull()
	b.types[n] = t
	d, ok := t.Type.(model.Decl)
	if !ok {
		return t
	}
	rep := b.equal.repeats[d]
	if rep == nil {
		rep = &repeat{}
		rep.note(b.origins[d].text, b.whole(b.origins[d]), b.facts.View(as))
		b.equal.repeats[d] = rep
	}
	rep.also = append(rep.also, n)
	rep.note(o.text, b.whole(o), v)
	decl := d.Declaration()
	decl.Repeated = true
	if len(rep.docs) > 1 {
		decl.Doc = "" // each is of one field
	}
	return t
}

// note adds what one of the schemas is called and says of itself.
func (rep *repeat) note(text, whole string, v *schema.View) {
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	add(&rep.texts, text)
	add(&rep.wholes, whole)
	add(&rep.titles, v.Title)
	add(&rep.docs, v.Description)
}
