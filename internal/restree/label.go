package restree

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// Hearsay is what tags and operationIds say of how a step is called. Of several
// words for one thing the first in the alphabet counts, so that the order of
// operations does not matter.
type hearsay struct {
	plural  string // the step in the plural, where the path has it in the singular
	spelled string // the step without abbreviations
	list    bool   // it is a list of what its name says
}

// hear notes what the tag and the operationId of o say of n, which o's path ends
// with, or with an item of which.
func (n *node) hear(o *op) {
	tag := []string(nil)
	if len(o.Tags) > 0 {
		tag = ident.Words(cutTag(o.Tags[0]))
	}
	if !n.plural {
		if k := len(tag) - len(n.ones); k >= 0 {
			n.hearPlural(tag[k:]) // /dashboard, tag Dashboards
		}
		if o.node == n && len(o.id) > 1 && o.verb == o.id[0] {
			n.hearPlural(o.id[1:]) // /webhook, operationId deleteWebhooks
			n.heard.list = n.heard.list || n.verb >= either && calledList(o.id[1:], n.ones)
		}
	}
	if len(o.id) > 1 && o.verb == o.id[0] && crud[o.verb] != other {
		n.hearGerund(singulars(o.id[1:])) // /batch-calling/{id}, operationId getBatchCall
	}
	for m := n; m.parent != nil; m = m.parent {
		if s := joined(tag); !m.seg.param && contracts(m.words, tag) && (m.heard.spelled == "" || s < m.heard.spelled) {
			m.heard.spelled = s
		}
	}
	if s := spellOut(n.words, tag); s != "" && (n.heard.spelled == "" || s < n.heard.spelled) {
		n.heard.spelled = s
	}
}

// hearPlural notes words if they are n's own with the last in the plural.
func (n *node) hearPlural(words []string) {
	text := joined(words)
	if len(words) == len(n.ones) && slices.Equal(singulars(words), n.ones) && words[len(words)-1] != last(n.ones) &&
		(n.heard.plural == "" || text < n.heard.plural) {
		n.heard.plural = text
	}
}

// hearGerund notes ones, in the plural, if they are what n's step is about: it ends
// with the same word and -ing.
func (n *node) hearGerund(ones []string) {
	k := len(n.ones) - 1
	stem, ok := strings.CutSuffix(n.ones[k], "ing")
	if !ok || k == 0 || len(ones) != len(n.ones) || !slices.Equal(ones[:k], n.ones[:k]) || ones[k] != stem && ones[k] != stem+"e" {
		return
	}
	text := joined(append(slices.Clone(ones[:k]), ident.Pluralize(ones[k])))
	if n.heard.plural == "" || text < n.heard.plural {
		n.heard.plural = text
	}
}

// calledList reports whether an object says that a step is a list of what its
// name says: "blocked list" of /blocked.
func calledList(object, ones []string) bool {
	for i := range object {
		if rest, ok := cutPrefix(object[i:], ones); ok && len(rest) > 0 && rest[0] == "list" {
			return true
		}
	}
	return false
}

// spellOut returns the words of a step with the abbreviations in it as a tag
// spells them, "" if it spells none: /shipping_mthds, tag Shipping Methods. What
// stands beside an abbreviation must stand beside its word in the tag.
func spellOut(words, tag []string) string {
	out := slices.Clone(words)
	for i, w := range words {
		if !isAbbreviation(w) {
			continue
		}
		for j, t := range tag {
			alone := len(words) == 1 && len(tag) > 1
			before := i == 0 || j > 0 && tag[j-1] == words[i-1]
			after := i == len(words)-1 || j+1 < len(tag) && tag[j+1] == words[i+1]
			if !alone && before && after && abbreviates(w, t) {
				out[i] = t
			}
		}
	}
	if slices.Equal(out, words) {
		return ""
	}
	return joined(out)
}

// contracts reports whether a step is the only letter that a tag begins with, or
// the beginnings of all words of a tag in one: /t, tag Topics; /convai, tag
// Conversational AI.
func contracts(words, tag []string) bool {
	if len(words) != 1 || len(tag) == 0 || isVersionOrInitialism(words[0]) {
		return false
	}
	step := words[0]
	if len(step) == 1 {
		return len(tag) == 1 && strings.HasPrefix(tag[0], step)
	}
	return len(tag) > 1 && beginnings(step, tag) && step != joinedTight(tag)
}

func isVersionOrInitialism(w string) bool { return ident.IsVersion(w) || ident.IsInitialism(w) }

// beginnings reports whether step is made of the beginnings of all words, two
// letters of each at least.
func beginnings(step string, words []string) bool {
	if len(words) == 0 {
		return step == ""
	}
	for n := min(len(step), len(words[0])); n >= 2; n-- {
		if step[:n] == words[0][:n] && beginnings(step[n:], words[1:]) {
			return true
		}
	}
	return false
}

func joinedTight(words []string) string { return strings.Join(words, "") }

// isAbbreviation reports whether a word cannot be read as one: it has no vowel,
// and is no initialism that everybody knows. Words that are only cut short
// (config, auth, repo) are words by now.
func isAbbreviation(w string) bool {
	return len(w) > 1 && !ident.IsInitialism(ident.Singular(w)) && !ident.IsVersion(w) && strings.Trim(w, "bcdfghjklmnpqrstvwxz") == ""
}

// abbreviates reports whether short is long with letters left out, but for the
// first.
func abbreviates(short, long string) bool {
	if len(long) < len(short)+2 || short[0] != long[0] {
		return false
	}
	for i := range len(long) {
		if short != "" && long[i] == short[0] {
			short = short[1:]
		}
	}
	return short == ""
}

// name returns the name of n as a resource.
func (n *node) name() string {
	if n.label == "" {
		n.label = ident.Camel(n.text())
	}
	return n.label
}

// text returns the words that a resource is named by: those of the step, but
// for what its neighbours, tags and operationIds know better.
func (n *node) text() string {
	switch t := n.twin(); {
	case n.heard.plural != "":
		return n.heard.plural
	case t != nil && t.plural: // /rule beside /rules
		return t.seg.text
	case n.heard.spelled != "":
		return n.heard.spelled
	case ident.IsVersion(n.seg.text) && n.seg.text[0] != 'v':
		return "v" + n.seg.text
	case n.heard.list, n.made():
		return joined(append(slices.Clone(n.words[:len(n.words)-1]), ident.Pluralize(last(n.words))))
	}
	return spelledDigit(n.withoutStutter())
}

// spelledDigit returns text with a word for a digit that it begins with: /2fa is
// two fa.
func spelledDigit(text string) string {
	if len(text) > 1 && text[0] >= '0' && text[0] <= '9' && !digits(text[1:2]) {
		return digitWords[text[0]-'0'] + " " + text[1:]
	}
	return text
}

var digitWords = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// made reports whether n is a verb that is a thing nevertheless: one can make
// some, and get them. In the plural it does not read as a method. What has other
// resources beside its items is the name of a product, and stays.
func (n *node) made() bool {
	return n.verb == either && !n.plural && n.has("POST") && n.item != nil && n.item.has("GET") && len(n.kids) == 0
}

// withoutStutter returns n's step without the words of the resource above, if it
// starts with all of them: /ovens/{id}/oven_timers is timers of ovens. One thing
// right below a folder keeps them, as a product does: /bread/bread_maker.
func (n *node) withoutStutter() string {
	c := n.parent.static()
	if c == nil || c.clear || n.parent.scope || !n.plural && !n.parent.seg.param {
		return n.seg.text
	}
	rest, ok := cutPrefix(n.ones, c.ones)
	if !ok || len(rest) == 0 || len(n.parent.byWords[joined(rest)]) > 0 {
		return n.seg.text
	}
	return joined(n.words[len(c.words):])
}

// twin returns the step beside n that has the same words in the other number,
// and is a resource as n is.
func (n *node) twin() *node {
	if n.parent == nil || n.leaf() && len(n.methods) < 2 {
		return nil
	}
	var twin *node
	for _, k := range n.parent.byWords[joined(n.ones)] {
		if k.plural != n.plural && !(k.leaf() && k.verb >= rare) && (twin == nil || k.seg.text < twin.seg.text) {
			twin = k
		}
	}
	return twin
}

// owns are the words for a thing that stands beside others of its kind, which
// have an id.
var owns = set(`default global current`)

// hearOwn notes what n itself is called if it is one thing and has items that
// are of its kind: /policy is the default of /policy/{id}, if that is what the
// operationId says (getDefaultPolicy).
func (n *node) hearOwn(o *op) {
	if n.isOwn(o) && len(o.id) > 2 && o.verb == o.id[0] && owns[o.id[1]] && (n.own == "" || o.id[1] < n.own) {
		n.own = o.id[1]
	}
}

// isOwn reports whether o is about n itself, as others are about its items.
func (n *node) isOwn(o *op) bool {
	one := !n.seg.param && !n.lists && (!n.plural || n.has("GET"))
	return o.node == n && one && n.items() && o.method != "POST"
}

// concernsOwn reports whether o is about n itself, or what that has as well as
// each of its items.
func (n *node) concernsOwn(o *op) bool {
	if n.own == "" || n.isOwn(o) {
		return n.own != ""
	}
	for k := o.node; k.parent != nil; k = k.parent {
		if k.parent == n {
			return !k.seg.param && n.item != nil && n.item.byText[k.seg.text] != nil
		}
	}
	return false
}

// stepNames returns the names of the steps that are the resource of o. A step
// called like a resource above it takes the folder in front into its name:
// /shelves/{id}/lent/shelves is lentShelves of shelves.
func stepNames(o *op, nodes []*node) []string {
	var names []string
	for i, n := range nodes {
		name := n.name()
		if i > 1 && nodes[i-1] == n.parent && n.parent.folder() && slices.Contains(names, name) {
			names[len(names)-1] = ident.Camel(n.parent.text() + " " + n.text())
		} else {
			names = append(names, name)
		}
		if n.concernsOwn(o) {
			names = append(names, n.own)
		}
	}
	return names
}
