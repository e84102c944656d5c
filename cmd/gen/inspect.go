package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/model"
)

// inspect is the verb that shows what an SDK would have.
func (c *command) inspect() int {
	sdk, err := generate.Model(c.options())
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	api, problems := sdk.API, sdk.Problems
	if api == nil {
		return c.close(problems, nil)
	}
	if c.format == "json" {
		printJSON(c.stdout, map[string]any{"operations": inspected(api.Root, nil, c.why, []inspectedOperation{})})
	} else {
		c.printTree(api)
	}
	return c.close(problems, api)
}

// close ends an inspection: what is wrong is for people in either format, as
// stdout has the tree.
func (c *command) close(problems *diag.List, api *model.API) int {
	c.limitWarnings(problems)
	list := problems.Sorted()
	c.print(list)
	if problems.Failed() {
		c.note("%s", tally(list))
		return exitProblem
	}
	c.note("%s", counts(api))
	return exitDone
}

// An inspectedOperation is an operation for programs.
type inspectedOperation struct {
	Method      string   `json:"method"`
	Path        string   `json:"path"`
	OperationID string   `json:"operation_id"`
	Resource    string   `json:"resource"` // dotted, in lowerCamel; empty for a method of the client
	Name        string   `json:"name"`     // in lowerCamel
	Call        string   `json:"call"`
	Pagination  string   `json:"pagination"` // empty if it is not paged
	Stream      string   `json:"stream"`     // how it streams; empty if it does not
	Streaming   string   `json:"streaming"`  // the call that streams where call does not; empty if there is none
	Reason      string   `json:"reason"`
	Rule        string   `json:"rule"`           // that named it: a heading in docs/naming.md
	Lost        []string `json:"lost,omitempty"` // rules that would have, with --why
}

// inspected appends the operations of a resource, to which way leads, and of
// those below it, with the rules that lost if why is true.
func inspected(r *model.Resource, way []string, why bool, list []inspectedOperation) []inspectedOperation {
	for _, op := range r.Methods {
		streaming := ""
		if op.Streaming != nil {
			streaming = call(op.Streaming)
		}
		list = append(list, inspectedOperation{
			Method:      op.Method,
			Path:        op.Path,
			OperationID: op.ID,
			Resource:    strings.Join(way, "."),
			Name:        op.Name.Spec,
			Call:        call(op),
			Pagination:  op.Paging,
			Stream:      stream(op),
			Streaming:   streaming,
			Reason:      op.Reason,
			Rule:        op.Rule,
		})
		if why {
			list[len(list)-1].Lost = op.Lost
		}
	}
	for _, child := range r.Children {
		list = inspected(child, append(way[:len(way):len(way)], child.Name.Spec), why, list)
	}
	return list
}

// stream is how an operation, or the method beside it, streams.
func stream(op *model.Operation) string {
	if op.Streaming != nil {
		op = op.Streaming
	}
	s := op.Result.Stream
	switch {
	case s == nil:
		return ""
	case s.End != "":
		return fmt.Sprintf("%s (until %s)", s.Framing, s.End)
	}
	return s.Framing.String()
}

// call is an operation as a program calls it: client.Stores.Get(ctx, storeID, params).
func call(op *model.Operation) string {
	args := []string{"ctx"}
	for _, arg := range op.Args {
		args = append(args, arg.Name.Go)
	}
	if op.Params != nil {
		args = append(args, "params")
	}
	return fmt.Sprintf("client.%s(%s)", op.Call, strings.Join(args, ", "))
}

// printTree prints the resources and their operations, a line each.
func (c *command) printTree(api *model.API) {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	printResource(w, api.Root, "", c.why)
	w.Flush()
	for line := range strings.Lines(b.String()) {
		fmt.Fprintln(c.stdout, strings.TrimRight(line, " \n"))
	}
}

// reason is why an operation is called so: in words, and by which rule. With why
// it also says which other rules fit.
func reason(op *model.Operation, why bool) string {
	text := op.Reason
	if op.Rule != "" {
		text += " [" + op.Rule + "]"
	}
	if why && len(op.Lost) > 0 {
		text += ", not " + strings.Join(op.Lost, ", ")
	}
	return text
}

func printResource(w io.Writer, r *model.Resource, indent string, why bool) {
	for _, op := range r.Methods {
		for _, op := range []*model.Operation{op, op.Streaming} {
			if op == nil {
				continue
			}
			how := op.Paging
			if op.Result.Stream != nil {
				how = stream(op)
			}
			fmt.Fprintf(w, "%s%s %s\t%s\t%s\t%s\n", indent, op.Method, op.Path, call(op), cmp.Or(how, "not paged"), reason(op, why))
		}
	}
	for _, child := range r.Children {
		fmt.Fprintf(w, "%s%s\t\t\t\n", indent, child.Name.Go)
		printResource(w, child, indent+"  ", why)
	}
}
