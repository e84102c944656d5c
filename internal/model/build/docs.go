package build

import (
	"fmt"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// fieldDoc is the documentation of a value: its description, then what the
// schema demands of it, in sentences.
func fieldDoc(v *view) string {
	text := strings.TrimSpace(v.description)
	if text == "" {
		text = strings.TrimSpace(v.title)
	}
	if text != "" && !strings.ContainsRune(".!?:;`)>", rune(text[len(text)-1])) {
		text += "."
	}
	var notes []string
	if s := bounds(v.minLength, v.maxLength, "character", "characters"); s != "" {
		notes = append(notes, s)
	}
	if s := bounds(v.minItems, v.maxItems, "element", "elements"); s != "" {
		notes = append(notes, s)
	}
	if s := bounds(v.minimum, v.maximum, "", ""); s != "" {
		notes = append(notes, s)
	}
	if d := v.def; d != nil && (d.Is(spec.String) && d.Text() != "" || d.Is(spec.Number) || d.Is(spec.Bool)) {
		notes = append(notes, fmt.Sprintf("The default is %s.", d.Text()))
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

// deprecation is what a Deprecated: paragraph says where the description does
// not say why.
func deprecation(deprecated bool) string {
	if deprecated {
		return "the API may stop supporting it."
	}
	return ""
}
