package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

//go:embed explain.md
var explainText string

// A topic is what gen explain knows of a code, or of a word of the closing line.
type topic struct{ name, text string }

// topics are all of them, in the order of the file.
func topics() []topic {
	var list []topic
	for part := range strings.SplitSeq("\n"+explainText, "\n## ") {
		if name, text, ok := strings.Cut(part, "\n"); ok && name != "" {
			list = append(list, topic{name, strings.TrimSpace(text)})
		}
	}
	return list
}

// topicOf returns the topic that a code belongs to.
func topicOf(code string) (topic, bool) {
	if strings.HasPrefix(code, "kin-") {
		code = "validation"
	}
	for _, t := range topics() {
		if t.name == code {
			return t, true
		}
	}
	return topic{}, false
}

// explain is the verb that says more of a diagnostic, or lists what it knows.
func (c *command) explain() int {
	if len(c.words) == 0 {
		for _, t := range topics() {
			first, _, _ := strings.Cut(t.text, ". ")
			fmt.Fprintf(c.stdout, "%-24s%s.\n", t.name, strings.TrimSuffix(first, "."))
		}
		return exitDone
	}
	code := strings.Join(c.words, " ")
	if t, ok := topicOf(strings.Trim(code, "[]")); ok {
		fmt.Fprintf(c.stdout, "%s\n\n%s\n", t.name, wrapped(t.text, 80))
		return exitDone
	}
	var known []string
	for _, t := range topics() {
		known = append(known, t.name)
	}
	if near := diag.Nearest(code, known); near != "" {
		c.say("there is no code %q; did you mean %q? gen explain lists all", code, near)
	} else {
		c.say("there is no code %q; gen explain lists all", code)
	}
	return exitUsage
}

// wrapped breaks text into lines of at most so many bytes.
func wrapped(text string, width int) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		switch {
		case column == 0:
		case column+1+len(word) > width:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}
