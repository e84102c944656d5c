package main

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An outcome is what became of the output.
type outcome struct {
	folder string
	output.Result
}

// report tells what is wrong and what was done, as far as the run came, and
// returns the exit code.
func (c *command) report(problems *diag.List, api *model.API, out *outcome) int {
	list := problems.Sorted()
	switch c.format {
	case "json":
		printJSON(c.stdout, newJSONReport(list, api, out))
	case "sarif":
		printJSON(c.stdout, newSARIF(list))
	default:
		c.print(list)
	}
	if problems.Failed() {
		c.note("%s; nothing was written", tally(list))
		return exitProblem
	}
	c.note("%s; %s in %s", counts(api), out, out.folder)
	return exitDone
}

// few is how often a warning may be repeated word by word.
const few = 2

// print prints diagnostics for people. A warning that is there more than a few
// times is printed where it is first, with how many more there are: what is
// wrong in general is seen once. Errors are all to be mended, each in its place, but
// for those that one flag mends.
func (c *command) print(list []*diag.Diagnostic) {
	times := map[diag.Diagnostic]int{}
	for _, d := range list {
		times[alike(d)]++
	}
	printed := map[diag.Diagnostic]bool{}
	source, shown := &listing{}, 0
	show := func(d *diag.Diagnostic) {
		fmt.Fprintln(c.stderr, c.line(d))
		if c.quiet || shown == mostShown {
			return
		}
		if text := source.at(d.Pos); text != "" {
			line, caret, _ := strings.Cut(text, "\n")
			fmt.Fprintf(c.stderr, "%s\n%s\n", line, c.paint(dim, caret))
			shown++
		}
	}
	for _, d := range list {
		kind := alike(d)
		if d.Severity == diag.Error && d.Code != spec.OutsideRoot || times[kind] <= few {
			show(d)
			continue
		}
		if !printed[kind] {
			show(d)
			fmt.Fprintf(c.stderr, "\tand %d more like it\n", times[kind]-1)
		}
		printed[kind] = true
	}
	c.hint(list)
}

// mostShown is how many diagnostics have their line of the source below them.
const mostShown = 20

// hint says to people where more is said of the first code.
func (c *command) hint(list []*diag.Diagnostic) {
	if !c.onTerminal() {
		return
	}
	for _, d := range list {
		if _, ok := topicOf(d.Code); ok {
			c.note("gen explain %s says more", d.Code)
			return
		}
	}
}

// limitWarnings adds an error if there are more warnings than --max-warnings
// allows.
func (c *command) limitWarnings(problems *diag.List) {
	n := 0
	for _, d := range problems.Sorted() {
		if d.Severity == diag.Warning {
			n++
		}
	}
	if c.maxWarnings >= 0 && n > c.maxWarnings {
		problems.Errorf(diag.Pos{}, "max-warnings", "there are %s, and --max-warnings allows %d", plural(n, "warning"), c.maxWarnings)
	}
}

// alike is what diagnostics that say the same of other places have in common.
func alike(d *diag.Diagnostic) diag.Diagnostic {
	return diag.Diagnostic{
		Pos: diag.Pos{File: d.Pos.File}, Severity: d.Severity, Code: d.Code,
		Message: position.ReplaceAllString(d.Message, "$1"),
	}
}

// position finds the places that messages name, without their file.
var position = regexp.MustCompile(`(\S):[0-9]+:[0-9]+\b`)

// tally counts problems: "1 error, 2 warnings".
func tally(list []*diag.Diagnostic) string {
	var parts []string
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		n := 0
		for _, d := range list {
			if d.Severity == severity {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, plural(n, severity.String()))
		}
	}
	return strings.Join(parts, ", ")
}

// counts says what became of what was read.
func counts(api *model.API) string {
	filtered := ""
	if n := len(api.Filtered); n > 0 {
		filtered = fmt.Sprintf(", %d filtered out", n)
	}
	unused, events := "", ""
	if api.Unused > 0 {
		unused = fmt.Sprintf(", %d left out because nothing refers to them (unused_schemas: true has them)", api.Unused)
	}
	if w := api.Webhooks; w != nil {
		events = "; " + plural(len(w.Events), "webhook")
	}
	return fmt.Sprintf("%s read, %d emitted%s%s; %s read, %d emitted, %d degraded%s",
		plural(api.Operation, "operation"), emittedOperations(api.Root), filtered, events, plural(api.Schemas, "schema"), emittedSchemas(api), api.Degraded, unused)
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// emittedOperations counts the methods of a resource and of those below it.
func emittedOperations(r *model.Resource) int {
	n := len(r.Methods)
	for _, child := range r.Children {
		n += emittedOperations(child)
	}
	return n
}

// emittedSchemas counts the component schemas that have a declaration.
func emittedSchemas(api *model.API) int {
	n := 0
	for _, p := range api.Packages {
		for _, d := range p.Types {
			if d.Declaration().Component {
				n++
			}
		}
	}
	return n
}

// jsonDiagnostic is a diagnostic for programs.
type jsonDiagnostic struct {
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Severity string `json:"severity"`
	Code     string `json:"code,omitempty"`
	Message  string `json:"message"`
}

// jsonOutput is what a run did to the output, or would do.
type jsonOutput struct {
	Folder    string   `json:"folder"`
	Added     []string `json:"added"`
	Changed   []string `json:"changed"`
	Removed   []string `json:"removed"`
	Kept      []string `json:"kept"`
	Unchanged int      `json:"unchanged"`
}

// jsonCount is what became of what was read.
type jsonCount struct {
	Read     int  `json:"read"`
	Emitted  int  `json:"emitted"`
	Degraded *int `json:"degraded,omitempty"`
	Filtered int  `json:"filtered,omitempty"`
}

type jsonReport struct {
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
	Operations  *jsonCount       `json:"operations,omitempty"`
	Schemas     *jsonCount       `json:"schemas,omitempty"`
	Output      *jsonOutput      `json:"output,omitempty"`
}

func newJSONReport(list []*diag.Diagnostic, api *model.API, out *outcome) jsonReport {
	r := jsonReport{Diagnostics: []jsonDiagnostic{}}
	for _, d := range list {
		r.Diagnostics = append(r.Diagnostics, jsonDiagnostic{
			d.Pos.File, d.Pos.Line, d.Pos.Col, d.Severity.String(), d.Code, d.Message,
		})
	}
	if api != nil {
		r.Operations = &jsonCount{Read: api.Operation, Emitted: emittedOperations(api.Root), Filtered: len(api.Filtered)}
		r.Schemas = &jsonCount{Read: api.Schemas, Emitted: emittedSchemas(api), Degraded: &api.Degraded}
	}
	if out != nil {
		list := func(names []string) []string { return append([]string{}, names...) }
		r.Output = &jsonOutput{out.folder, list(out.Added), list(out.Changed), list(out.Removed), list(out.Kept), out.Unchanged}
	}
	return r
}

// printJSON prints v for people and programs alike.
func printJSON(w io.Writer, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic(err) // nothing that is printed can fail to
	}
}
