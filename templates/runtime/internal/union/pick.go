package union

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// pick returns the index of the variant that a value is, -1 if it is none.
func (t *Table) pick(v part) int {
	var few [16]int
	fits := few[:0]
	for i := range t.Variants {
		if isOf(v, t.Variants[i].Kind) {
			fits = append(fits, i)
		}
	}
	if len(fits) == 0 {
		return -1
	}
	switch kindOf(v.text) {
	case '{':
		if i := t.byTag(v, &fits); i >= 0 || len(fits) == 0 {
			return i
		}
		if t.Variants[fits[0]].Item != 0 {
			if i := t.byItem(v, fits); i >= 0 {
				return i
			}
		}
		return t.bestOf(v, fits)
	case '[':
		if i := t.byItem(v, fits); i >= 0 {
			return i
		}
	case '"':
		return t.byText(v, fits)
	}
	return fits[0]
}

// byText chooses among texts: the one that lists the text, else one that lists
// none, else the first.
func (t *Table) byText(v part, fits []int) int {
	if len(fits) == 1 {
		return fits[0]
	}
	text, _ := scalar(v.text)
	open := -1
	for _, i := range fits {
		switch values := t.Variants[i].Values; {
		case in(values, text):
			return i
		case len(values) == 0 && open < 0:
			open = i
		}
	}
	if open < 0 {
		open = fits[0]
	}
	return open
}

// byTag chooses by the tag of an object, if it has one that is known, or leaves in
// fits what the tag does not exclude. It returns -1 if it does not decide.
func (t *Table) byTag(v part, fits *[]int) int {
	if t.Tag == "" {
		return -1
	}
	var few [16]int
	var text []byte
	named := few[:0]
	members(v, func(name []byte, member part) bool {
		if !is(name, t.Tag) {
			return true
		}
		found, ok := scalar(member.text)
		if !ok {
			return true
		}
		text = found
		for _, i := range *fits {
			if in(t.Variants[i].Values, text) {
				named = append(named, i)
			}
		}
		return len(named) == 0
	})
	switch {
	case len(named) == 1:
		return named[0]
	case len(named) > 1:
		*fits = append((*fits)[:0], named...)
		return -1
	case t.Default > 0:
		return t.Default - 1
	}
	*fits = slices.DeleteFunc(*fits, func(i int) bool {
		v := &t.Variants[i]
		return len(v.Values) > 0 && (len(text) > 0 || len(v.Known) == 0)
	})
	return -1
}

// byItem chooses among lists, or maps, by the first of what they hold. It returns
// -1 if there is nothing in it, or nothing that says.
func (t *Table) byItem(v part, fits []int) int {
	if len(fits) == 1 {
		return fits[0]
	}
	item, ok := first(v)
	if !ok {
		return -1
	}
	kind := kindOf(item.text)
	var few [16]int
	left := few[:0]
	for _, i := range fits {
		if isOf(item, t.Variants[i].Item) {
			left = append(left, i)
		}
	}
	switch {
	case len(left) == 0:
		return -1
	case kind != '{' || len(left) == 1:
		return left[0]
	}
	if i := t.byTag(item, &left); i >= 0 {
		return i
	}
	return t.bestOf(item, left)
}

// bestOf chooses by the members that an object has: the variant of which all
// required and the most known ones are there.
func (t *Table) bestOf(v part, fits []int) int {
	if len(fits) == 1 && len(t.Variants[fits[0]].Required) == 0 {
		return fits[0]
	}
	var fewNames [32][]byte
	var fewMembers [32]part
	names, list := fewNames[:0], fewMembers[:0]
	members(v, func(name []byte, member part) bool {
		names, list = append(names, plain(name)), append(list, member)
		return true
	})
	best, score := -1, -1
	for _, i := range fits {
		v := &t.Variants[i]
		if !subset(v.Required, names) {
			continue
		}
		s := len(v.Required)
		for j, name := range names {
			if in(v.Known, name) {
				s += 2
			}
			s += v.weigh(name, list[j])
		}
		if s > score {
			best, score = i, s
		}
	}
	return best
}

// What it counts for or against a variant that a member has a value or a kind that
// it has only there: more than any number of members that are merely known.
const decisive = 1 << 10

// weigh says how much a member counts.
func (v *Variant) weigh(name []byte, member part) int {
	s := 0
	for _, tag := range v.Also {
		if tag.Member == string(name) {
			if text, ok := scalar(member.text); ok && in(tag.Values, text) {
				s += 2 * decisive
			}
		}
	}
	for _, k := range v.Kinds {
		if k[1:] == string(name) && isOf(member, jsontext.Kind(k[0])) {
			s += decisive
		}
	}
	return s
}

// plain returns a name, which stands between quotes, without escapes.
func plain(name []byte) []byte {
	if bytes.IndexByte(name, '\\') < 0 {
		return name
	}
	text, err := jsontext.AppendUnquote(nil, slices.Concat(quote, name, quote))
	if err != nil {
		return name
	}
	return text
}

var quote = []byte{'"'}

// is reports whether a name, which stands between quotes, is text.
func is(name []byte, text string) bool {
	return string(name) == text || bytes.IndexByte(name, '\\') >= 0 && string(plain(name)) == text
}

// scalar returns the text of a string, a number or a boolean.
func scalar(text []byte) ([]byte, bool) {
	switch jsontext.Value(text).Kind() {
	case '"':
		if bytes.IndexByte(text, '\\') < 0 {
			return text[1 : len(text)-1], true
		}
		text, err := jsontext.AppendUnquote(nil, text)
		return text, err == nil
	case '0', 't', 'f':
		return text, true
	}
	return nil, false
}

func in(list []string, text []byte) bool {
	for _, s := range list {
		if s == string(text) {
			return true
		}
	}
	return false
}

func subset(list []string, of [][]byte) bool {
	for _, s := range list {
		if !slices.ContainsFunc(of, func(name []byte) bool { return string(name) == s }) {
			return false
		}
	}
	return true
}
