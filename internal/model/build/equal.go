package build

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/names"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// equals has the schemas that stand somewhere without a name of their own and
// say the same as others. They are one type; see the package documentation.
type equals struct {
	numbers map[string]int          // of what nodes say
	known   map[*spec.Node]int      // the numbers of nodes that were asked for
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
		if !ofUse(m.Name) {
			fmt.Fprintf(&says, " %s:%d", strconv.Quote(m.Name), b.number(m.Value))
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
	if values >= manyValues || b.choosesNamed(n) {
		keys = append(keys, "all"+says.String())
	}
	return keys
}

// choosesNamed reports whether the alternatives of a schema are components and
// plain values, so that its type can be named after them: StringOrFile.
func (b *builder) choosesNamed(n *spec.Node) bool {
	alternatives := append(slices.Clone(n.Get("anyOf").Elements()), n.Get("oneOf").Elements()...)
	components := 0
	for _, a := range alternatives {
		switch t := a.Get("type"); {
		case a.IsRef():
			components++
		case !t.Is(spec.String) || t.Text() == "object" || t.Text() == "array" || a.Has("enum") || a.Has("const") || a.Has("format"):
			return false
		}
	}
	return components > 0 && len(alternatives) > 1 && len(alternatives) <= 3 && !n.Has("properties") && !n.Has("allOf")
}

// littleWords say something only of what they are part of.
var littleWords = []string{
	"attribute", "attributes", "body", "content", "data", "element", "entry", "item", "items", "object", "params", "payload",
	"properties", "response", "result", "results", "value", "values",
}

// saysLittle reports whether a name needs that of what it is part of, as does one
// word for some values, such as type or status.
func saysLittle(name string, enum bool) bool {
	list := words(name)
	return len(list) < 2 && (enum || len(list) == 0 || slices.Contains(littleWords, strings.ToLower(list[0])))
}

// whole is what something is part of: the resource whose method takes it, or what
// that is called where it stands.
func (b *builder) whole(o origin) string {
	in := b.origins[o.parent]
	if in.op != nil && in.op.Params == o.parent && len(in.op.service.way) > 0 {
		return names.Singular(in.op.service.way[len(in.op.service.way)-1])
	}
	return in.text
}

// describes reports whether a keyword tells of a value and changes nothing in
// its type.
func describes(keyword string) bool {
	switch keyword {
	case "title", "description", "deprecated", "default", "example", "examples", "externalDocs", "$comment":
		return true
	}
	return false
}

// ofUse reports whether a keyword, on the whole of a schema, is of the field that
// has its type and not of the type.
func ofUse(keyword string) bool {
	switch keyword {
	case "nullable", "readOnly", "writeOnly":
		return true
	}
	return describes(keyword)
}

// number returns a number that two nodes have in common if and only if they say
// the same: the same members in the same order, and references to the same
// places.
func (b *builder) number(n *spec.Node) int {
	if number, ok := b.equal.known[n]; ok {
		return number
	}
	var text strings.Builder
	switch n.Kind() {
	case spec.Array:
		text.WriteString("[")
		for _, item := range n.Elements() {
			fmt.Fprintf(&text, " %d", b.number(item))
		}
	case spec.Object:
		text.WriteString("{")
		for _, m := range n.All() {
			if m.Name == "$ref" && m.Value.Is(spec.String) {
				if target, err := b.doc.Deref(n); err == nil {
					fmt.Fprintf(&text, " to %p", target)
					continue
				}
			}
			fmt.Fprintf(&text, " %s:%d", strconv.Quote(m.Name), b.number(m.Value))
		}
	default:
		fmt.Fprintf(&text, "%d %s", n.Kind(), n.Text())
	}
	number, ok := b.equal.numbers[text.String()]
	if !ok {
		number = len(b.equal.numbers) + 1
		b.equal.numbers[text.String()] = number
	}
	b.equal.known[n] = number
	return number
}

// same gives a schema the type of the one that it is equal to.
func (b *builder) same(n, as *spec.Node, o origin) typed {
	t := b.typ(as, o)
	v := b.view(n)
	t.nullable = v.nullable || slices.ContainsFunc(v.enum, func(e *spec.Node) bool { return e.Is(spec.Null) })
	b.types[n] = t
	d, ok := t.Type.(model.Decl)
	if !ok {
		return t
	}
	r := b.equal.repeats[d]
	if r == nil {
		r = &repeat{}
		r.note(b.origins[d].text, b.whole(b.origins[d]), b.view(as))
		b.equal.repeats[d] = r
	}
	r.also = append(r.also, n)
	r.note(o.text, b.whole(o), v)
	decl := d.Declaration()
	decl.Repeated = true
	if len(r.docs) > 1 {
		decl.Doc = "" // each is of one field
	}
	return t
}

// note adds what one of the schemas is called and says of itself.
func (r *repeat) note(text, whole string, v *view) {
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	add(&r.texts, text)
	add(&r.wholes, whole)
	add(&r.titles, v.title)
	add(&r.docs, v.description)
}

// repeatedName is what a type that stands for several schemas is called in all of
// them: where they stand, or at the end of that, or by their title; "" if it is
// nothing.
func (b *builder) repeatedName(d model.Decl) string {
	r := b.equal.repeats[d]
	if r == nil {
		return ""
	}
	common := words(r.texts[0])
	for _, text := range r.texts[1:] {
		common = commonEnd(common, words(text))
	}
	_, enum := d.(*model.Enum)
	little := len(common) == 0 || saysLittle(strings.Join(common, " "), enum)
	if title := r.titles[0]; little && len(r.titles) == 1 && title != "" && !saysLittle(title, enum) && len(title) <= longestName {
		common = words(title)
	}
	if len(common) == 0 {
		return choiceName(d)
	}
	return strings.Join(common, " ")
}

// choiceName is the name of a union after its variants, if they are components and
// scalars: "string or file"; else "".
func choiceName(d model.Decl) string {
	u, ok := d.(*model.Union)
	if !ok {
		return ""
	}
	list := make([]string, len(u.Variants))
	for i, v := range u.Variants {
		list[i] = v.Name.Spec
		if d, ok := v.Type.(model.Decl); ok && !d.Declaration().Component || !ok && !isScalar(v.Type) {
			return ""
		}
	}
	return strings.Join(list, " or ")
}

// repeatedNames are the names that a type may have for what it is in all schemas
// that it stands for: that alone if it says enough, with what all are part of, or
// with the one value that it has.
func (b *builder) repeatedNames(d model.Decl) []string {
	name := b.repeatedName(d)
	enum, isEnum := d.(*model.Enum)
	if name == "" {
		return nil
	}
	if isEnum && len(enum.Values) == 1 {
		return []string{names.Exported(enum.Values[0].Value + " " + name)}
	}
	little := saysLittle(name, isEnum)
	var list []string
	if !little {
		list = append(list, names.Exported(name))
	}
	if wholes := b.equal.repeats[d].wholes; len(wholes) == 1 && !strings.EqualFold(names.Exported(wholes[0]), names.Exported(name)) {
		list = append(list, names.Exported(wholes[0]+" "+name))
	}
	if choice := choiceName(d); choice != "" {
		list = append(list, names.Exported(choice))
	}
	if !little {
		list = append(list, names.Exported(name)+kindWord(d))
	}
	return list
}

// commonEnd is the words that two names end with.
func commonEnd(a, b []string) []string {
	n := 0
	for n < len(a) && n < len(b) && strings.EqualFold(a[len(a)-1-n], b[len(b)-1-n]) {
		n++
	}
	return a[len(a)-n:]
}
