package parity

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Fate is what becomes of a symbol.
type Fate string

// The fates. What is kept by alias is a second name of something, and compiles as
// well.
const (
	Kept    Fate = "kept"
	Alias   Fate = "alias"
	Changed Fate = "changed"
	Gone    Fate = "gone"
)

// An Outcome is a symbol of the old SDK and what becomes of it in the new one.
type Outcome struct {
	Kind  Kind   `json:"kind"`
	Name  string `json:"name"`
	Fate  Fate   `json:"fate"`
	Was   string `json:"was,omitempty"`   // what it was, unless it is kept
	Is    string `json:"is,omitempty"`    // what it is, if it changed
	Route string `json:"route,omitempty"` // of a method
}

// A Count says how many symbols of a kind have which fate.
type Count struct {
	Kind    Kind    `json:"kind"`
	Total   int     `json:"total"`
	Kept    int     `json:"kept"`
	Alias   int     `json:"alias"`
	Changed int     `json:"changed"`
	Gone    int     `json:"gone"`
	Rate    float64 `json:"rate"` // of what is kept, by itself or by alias, in percent
}

// A Report is what users of the old SDK find in the new one.
type Report struct {
	Counts   []Count   `json:"counts"`
	Total    Count     `json:"total"`
	Outcomes []Outcome `json:"symbols"`
}

// Compare says what becomes of the symbols of old in new.
func Compare(old, new map[string]*Symbol) *Report {
	r := &Report{}
	keys := make([]string, 0, len(old))
	for key := range old {
		keys = append(keys, key)
	}
	order := map[Kind]int{}
	for i, k := range Kinds() {
		order[k] = i
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(order[old[a].Kind]-order[old[b].Kind], cmp.Compare(old[a].Name, old[b].Name))
	})
	aliases := aliasNames(new)
	for _, key := range keys {
		r.Outcomes = append(r.Outcomes, outcome(old[key], new[key], aliases))
	}
	for _, kind := range Kinds() {
		c := Count{Kind: kind}
		for _, o := range r.Outcomes {
			if o.Kind == kind {
				c.add(o.Fate)
			}
		}
		c.settle()
		r.Counts = append(r.Counts, c)
		r.Total.Total += c.Total
		r.Total.Kept += c.Kept
		r.Total.Alias += c.Alias
		r.Total.Changed += c.Changed
		r.Total.Gone += c.Gone
	}
	r.Total.Kind = "total"
	r.Total.settle()
	return r
}

func (c *Count) add(f Fate) {
	c.Total++
	switch f {
	case Kept:
		c.Kept++
	case Alias:
		c.Alias++
	case Changed:
		c.Changed++
	case Gone:
		c.Gone++
	}
}

func (c *Count) settle() {
	c.Rate = 100
	if c.Total > 0 {
		c.Rate = float64(c.Kept+c.Alias) / float64(c.Total) * 100
	}
}

// aliasNames are the second names that the new SDK has for its types, with the
// texts of what they stand for.
func aliasNames(symbols map[string]*Symbol) map[string]string {
	names := map[string]string{}
	for _, s := range symbols {
		if s.alias {
			names[s.Name] = s.target
		}
	}
	return names
}

func outcome(was, is *Symbol, aliases map[string]string) Outcome {
	o := Outcome{Kind: was.Kind, Name: was.Name, Was: was.Text, Route: was.Route}
	text := ""
	if is != nil {
		text = is.Text
	}
	if is != nil && was.listed {
		is = &Symbol{Text: unqualified(is.Text), alias: is.alias}
		was = &Symbol{Text: unqualified(was.Text)}
	}
	switch {
	case is == nil:
		o.Fate = Gone
	case was.Text == is.Text && is.alias && !was.alias:
		o.Fate = Alias
	case was.Text == is.Text:
		o.Fate = Kept
	case resolved(was.Text, aliases) == resolved(is.Text, aliases):
		o.Fate = Alias
	default:
		o.Fate, o.Is = Changed, text
	}
	if o.Fate == Kept || o.Fate == Alias {
		o.Was = ""
	}
	return o
}

// unqualified is a signature in which types stand without their packages.
func unqualified(text string) string { return qualifier.ReplaceAllString(text, "") }

var qualifier = regexp.MustCompile(`[\w/]+\.`)

// resolved is a text in which second names are those that they stand for.
func resolved(text string, aliases map[string]string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if !isNameByte(text[i]) {
			b.WriteByte(text[i])
			i++
			continue
		}
		end := i
		for end < len(text) && (isNameByte(text[end]) || (text[end] == '.' && !strings.HasPrefix(text[end:], "...")) || text[end] == '/') {
			end++
		}
		name := text[i:end]
		if target, ok := aliases[name]; ok {
			name = target
		}
		b.WriteString(name)
		i = end
	}
	return b.String()
}

func isNameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}

// Table writes the counts as Markdown.
func (r *Report) Table() string {
	var b strings.Builder
	b.WriteString("| | of | kept | by alias | changed | gone | rate |\n|---|---:|---:|---:|---:|---:|---:|\n")
	for _, c := range append(slices.Clone(r.Counts), r.Total) {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %.1f %% |\n", c.Kind, c.Total, c.Kept, c.Alias, c.Changed, c.Gone, c.Rate)
	}
	return b.String()
}

// Left returns what users have to change.
func (r *Report) Left() []Outcome {
	return slices.DeleteFunc(slices.Clone(r.Outcomes), func(o Outcome) bool { return o.Fate == Kept || o.Fate == Alias })
}

// Text writes the counts for a terminal.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s %6s %6s %6s %8s %6s %8s\n", "", "of", "kept", "alias", "changed", "gone", "rate")
	for _, c := range append(slices.Clone(r.Counts), r.Total) {
		fmt.Fprintf(&b, "%-10s %6d %6d %6d %8d %6d %6.1f %%\n", c.Kind, c.Total, c.Kept, c.Alias, c.Changed, c.Gone, c.Rate)
	}
	return b.String()
}
