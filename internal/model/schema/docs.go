package schema

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// About is what a schema says of what it describes: its description, else its
// title. A text that is only the name again says nothing, nor does a title that
// is a name itself, as tools write them which know the schema by it.
func About(v *View, name string) string {
	text := strings.TrimSpace(v.Description)
	if text == "" && !IsName(v.Title) {
		text = strings.TrimSpace(v.Title)
	}
	if letters(text) == letters(name) {
		return ""
	}
	return text
}

// IsName reports whether a text is a word such as programs have for things.
func IsName(text string) bool {
	return !strings.ContainsFunc(strings.TrimSpace(text), func(r rune) bool {
		return r >= utf8.RuneSelf || unicode.IsSpace(r)
	})
}

// letters is a text in small letters and digits, without all else.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// FieldDoc is the documentation of a value with a name, of which one alternative
// may have more to say than the schema around it: anyOf: [X, null].
func (f *Facts) FieldDoc(v *View, name string) string {
	if only := f.Alternatives(v); len(only) == 1 {
		inner := f.View(only[0])
		described := *v
		described.annotations = v.annotations.or(inner.annotations)
		v = &described
	}
	return FieldDoc(v, name)
}

// or fills what a leaves unsaid with what b says.
func (a annotations) or(b annotations) annotations {
	if a.Title == "" && a.Description == "" {
		a.Title, a.Description = b.Title, b.Description
	}
	for _, bound := range []struct{ to, from **spec.Node }{
		{&a.Def, &b.Def},
		{&a.Minimum, &b.Minimum}, {&a.Maximum, &b.Maximum},
		{&a.ExclusiveMinimum, &b.ExclusiveMinimum}, {&a.ExclusiveMaximum, &b.ExclusiveMaximum},
		{&a.minLength, &b.minLength}, {&a.maxLength, &b.maxLength},
		{&a.MinItems, &b.MinItems}, {&a.MaxItems, &b.MaxItems},
	} {
		if *bound.to == nil {
			*bound.to = *bound.from
		}
	}
	return a
}

// FieldDoc is the documentation of a value with a name: what the schema says of
// it, then what the schema demands of it, in sentences.
func FieldDoc(v *View, name string) string {
	text := About(v, name)
	if text != "" && !strings.ContainsRune(".!?:;`)>", rune(text[len(text)-1])) {
		text += "."
	}
	var notes []string
	if s := bounds(v.minLength, v.maxLength, "character", "characters"); s != "" {
		notes = append(notes, s)
	}
	if s := bounds(v.MinItems, v.MaxItems, "element", "elements"); s != "" {
		notes = append(notes, s)
	}
	if s := bounds(v.Minimum, v.Maximum, "", ""); s != "" && !says(text, v.Minimum.Text(), v.Maximum.Text()) {
		notes = append(notes, s)
	}
	if d := v.Def; d != nil && (d.Is(spec.String) && d.Text() != "" || d.Is(spec.Number) || d.Is(spec.Bool)) {
		if !says(text, "default", d.Text()) {
			notes = append(notes, fmt.Sprintf("The default is %s.", d.Text()))
		}
	}
	if len(notes) == 0 {
		return text
	}
	if text == "" {
		return strings.Join(notes, " ")
	}
	if strings.Contains(text, "\n") {
		return text + "\n\n" + strings.Join(notes, " ")
	}
	return text + " " + strings.Join(notes, " ")
}

// says reports whether a text has one word, and the other soon after it.
func says(text, first, second string) bool {
	const soon = 40
	text = strings.ToLower(text)
	for {
		i := indexWord(text, strings.ToLower(first))
		if i < 0 {
			return false
		}
		text = text[i:]
		near := text[:min(len(text), len(first)+soon)]
		if indexWord(near[len(first):], strings.ToLower(second)) >= 0 {
			return true
		}
		text = text[len(first):]
	}
}

// indexWord returns where a text has a word, or its plural or past, that is not
// part of another one or of a number; -1 if nowhere.
func indexWord(text, word string) int {
	if word == "" {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		from = i + len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after := strings.TrimLeft(text[from:], "s")
		next, _ := utf8.DecodeRuneInString(after)
		fraction := strings.HasPrefix(after, ".") && len(after) > 1 && after[1] >= '0' && after[1] <= '9'
		if !isWordRune(before) && !isWordRune(next) && !fraction {
			return i
		}
	}
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// bounds says how small and large something may be: "At most 32 characters."
func bounds(low, high *spec.Node, one, many string) string {
	lo, hi := low.Text(), high.Text()
	if lo == "0" && one != "" {
		lo = "" // no bound at all
	}
	unit := func(n string) string {
		switch {
		case one == "":
			return n
		case n == "1":
			return n + " " + one
		}
		return n + " " + many
	}
	switch {
	case lo == "" && hi == "":
		return ""
	case lo == hi:
		return fmt.Sprintf("Exactly %s.", unit(lo))
	case lo == "":
		return fmt.Sprintf("At most %s.", unit(hi))
	case hi == "":
		return fmt.Sprintf("At least %s.", unit(lo))
	}
	return fmt.Sprintf("From %s to %s.", lo, unit(hi))
}

// Deprecation is what a Deprecated: paragraph says where the description does
// not say why.
func Deprecation(deprecated bool, reason string) string {
	switch {
	case deprecated && reason != "":
		return reason
	case deprecated:
		return "the API may stop supporting it."
	}
	return ""
}
