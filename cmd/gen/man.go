package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// man is the verb that prints the manual page, in the language of man(7).
func (c *command) man() int {
	fmt.Fprint(c.stdout, ".TH GEN 1\n.SH NAME\ngen \\- turn an OpenAPI description into a Go SDK\n.SH SYNOPSIS\n")
	for _, v := range verbs() {
		name := v.name
		if name == "generate" {
			name = "[generate]"
		}
		fmt.Fprintf(c.stdout, ".B gen %s\n%s [flags]\n.br\n", roff(name), roff(strings.TrimSpace(v.takes())))
	}
	fmt.Fprint(c.stdout, ".SH DESCRIPTION\n"+roff("gen reads an OpenAPI description and writes the Go SDK that a careful team would have written by hand. What it is not to infer stands in a gen.yaml; the names that it chose are kept in a gen.lock.")+"\n.SH VERBS\n")
	for _, v := range verbs() {
		fmt.Fprintf(c.stdout, ".SS gen %s%s\n%s.\n", roff(v.name), roff(v.takes()), roff(strings.ToUpper(v.does[:1])+v.does[1:]))
		if v.about != "" {
			fmt.Fprintf(c.stdout, ".PP\n%s\n", roff(strings.TrimSpace(v.about)))
		}
		if v.flags != nil {
			own := pflag.NewFlagSet("own", pflag.ContinueOnError)
			own.SortFlags = false
			v.flags(&command{}, own)
			c.manFlags(own)
		}
	}
	fmt.Fprint(c.stdout, ".SH FLAGS OF EVERY VERB THAT READS A DESCRIPTION\n")
	common := pflag.NewFlagSet("common", pflag.ContinueOnError)
	common.SortFlags = false
	(&command{}).commonFlags(common)
	c.manFlags(common)
	fmt.Fprint(c.stdout, ".SH EXIT STATUS\n")
	for line := range strings.Lines(exitCodes) {
		code, meaning, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if ok {
			fmt.Fprintf(c.stdout, ".TP\n.B %s\n%s\n", code, roff(meaning))
		} else if !strings.HasPrefix(line, "Exit") {
			fmt.Fprintln(c.stdout, roff(strings.TrimSpace(line)))
		}
	}
	fmt.Fprint(c.stdout, ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\n"+roff("If it is set, nothing is coloured.")+"\n.SH SEE ALSO\n"+roff(manual)+"\n")
	return exitDone
}

func (c *command) manFlags(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		if f.Value.Type() == "bool" {
			value = ""
		}
		short := ""
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		fmt.Fprintf(c.stdout, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(short+"--"+f.Name+" "+value)), roff(usage))
	})
}

// roff is text in which nothing is a command of man(7).
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
