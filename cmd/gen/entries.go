package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/model"
)

// entries are what the config of a description says, in the order of the
// table in docs/config.md.
func (c *command) entries(sdk *generate.Result) []entry {
	api := sdk.API
	list := []entry{
		{lines: []string{"", "spec: " + quoted(from(c.to, sdk.Spec)), "output: " + quoted(from(c.to, sdk.Output)), "package: " + quoted(api.Package)}},
		c.moduleEntry(sdk),
		c.versionEntry(api),
	}
	if c.strict {
		list = append(list, entry{about: "Warnings are errors.", lines: []string{"strict: true"}})
	}
	if c.tests {
		list = append(list, entry{about: "Tests are written that call every method.", lines: []string{"tests: true"}})
	}
	list = append(list, serverEntry(api))
	if len(c.overlays) > 0 {
		lines := []string{"overlays:"}
		for _, name := range c.overlays {
			lines = append(lines, "  - "+quoted(from(c.to, name)))
		}
		list = append(list, entry{about: "OpenAPI Overlays, applied in this order.", lines: lines})
	}
	list = append(list, ruleEntries(sdk.Config)...)
	list = append(list, environmentEntry(api), credentialsEntry(api), paramsEntry(api), envelopeEntry(api), operationsEntry(api))
	return slices.DeleteFunc(list, func(s entry) bool { return len(s.lines) == 0 })
}

func (c *command) moduleEntry(sdk *generate.Result) entry {
	api := sdk.API
	about := "The path of a module of its own. Without it the SDK is part of the module around it."
	lines := []string{"module: " + quoted(api.Module)}
	switch {
	case c.module != "":
		return entry{about, lines, active}
	case sdk.GoMod:
		return entry{about, lines, pin}
	}
	return entry{about, []string{"module: example.com/" + api.Package}, advice}
}

func (c *command) versionEntry(api *model.API) entry {
	s := entry{"The Go version of the SDK: " + strings.Join(config.Versions(), " or ") + ".", []string{"go: " + quoted(api.Go)}, pin}
	if c.version != "" {
		s.kind = active
	}
	return s
}

func serverEntry(api *model.API) entry {
	if strings.Contains(api.BaseURL, "://") {
		return entry{"The server.", []string{"base_url: " + quoted(api.BaseURL)}, pin}
	}
	return entry{"The server, of which the description does not have the whole URL.",
		[]string{"base_url: " + quoted("https://api.example.com"+api.BaseURL)}, advice}
}

// ruleEntries are the filters, which only flags can have given.
func ruleEntries(cfg config.Config) []entry {
	var list []entry
	for _, side := range []struct {
		name, about string
		rules       []config.Rule
	}{
		{"include", "The operations to make methods of.", cfg.Include},
		{"exclude", "The operations to leave out.", cfg.Exclude},
	} {
		if len(side.rules) == 0 {
			continue
		}
		lines := []string{side.name + ":"}
		for _, rule := range side.rules {
			name, value, _ := strings.Cut(rule.Text, "=")
			lines = append(lines, fmt.Sprintf("  - {%s: %s}", name, quoted(value)))
		}
		list = append(list, entry{about: side.about, lines: lines})
	}
	return list
}

func environmentEntry(api *model.API) entry {
	s := entry{about: "The environment variable that names another server.", kind: pin}
	if api.BaseURLEnv != "" {
		s.lines = []string{"environment: {base_url: " + quoted(api.BaseURLEnv) + "}"}
	}
	return s
}

func credentialsEntry(api *model.API) entry {
	s := entry{about: "For each security scheme the environment variable, and the option without its With.", kind: pin}
	for _, scheme := range api.Schemes {
		if len(s.lines) == 0 {
			s.lines = []string{"credentials:"}
		}
		option := strings.TrimPrefix(scheme.Option.Go, "With")
		s.lines = append(s.lines, fmt.Sprintf("  %s: {env: %s, option: %s}", quoted(scheme.Name), quoted(scheme.Env), quoted(option)))
	}
	return s
}

// paramsEntry advises of parameters that most operations have.
func paramsEntry(api *model.API) entry {
	ops := allOperations(api.Root)
	count := map[string]int{}
	var names []string
	for _, op := range ops {
		for _, in := range op.Inputs {
			required := in.Arg != nil || in.Field != nil && in.Field.Presence == model.Plain
			if word := strings.ToLower(in.Name); !required || word == "id" || word == "name" {
				continue // which mean something else each time
			}
			if count[in.Name]++; count[in.Name] == 1 {
				names = append(names, in.Name)
			}
		}
	}
	var most []string
	for _, name := range names {
		if n := count[name]; n > 2 && 2*n > len(ops) {
			most = append(most, quoted(name))
		}
	}
	if most == nil {
		return entry{}
	}
	return entry{"Most operations need these parameters: so they would be set once for a client.",
		[]string{"client_parameters: [" + strings.Join(most, ", ") + "]"}, advice}
}

func envelopeEntry(api *model.API) entry {
	about := "The members of what wraps every response, or false if nothing does."
	if api.Success == "" {
		return entry{about, []string{"envelope: false"}, pin}
	}
	count := map[string]int{}
	result := ""
	for _, op := range allOperations(api.Root) {
		name := op.Result.Unwrap
		if p := op.Result.Page; p != nil && name == "" && len(p.Items) > 0 {
			name = p.Items[0].Name.Spec
		}
		if count[name]++; name != "" && (result == "" || count[name] > count[result]) {
			result = name
		}
	}
	members := "result: " + quoted(result) + ", success: " + quoted(api.Success)
	if api.ErrorData != nil && api.ErrorData.Member != "" {
		members += ", errors: " + quoted(api.ErrorData.Member)
	}
	return entry{about, []string{"envelope: {" + members + "}"}, pin}
}

// pageStyles are the styles of pages as a config names them.
var pageStyles = map[model.PageStyle]string{
	model.SinglePage: "single", model.NumberedPage: "page", model.OffsetPage: "offset",
	model.CursorPage: "cursor", model.NextURLPage: "next_url", model.LinkPage: "link",
}

func operationsEntry(api *model.API) entry {
	s := entry{about: "Where each operation is, how it is called, and how it is paged.", kind: pin}
	ids := map[string]int{}
	for _, op := range allOperations(api.Root) {
		ids[op.ID]++
	}
	eachOperation(api.Root, nil, func(op *model.Operation, way []string) {
		if len(s.lines) == 0 {
			s.lines = []string{"operations:"}
		}
		key := op.Method + " " + op.Path
		if op.ID != "" && ids[op.ID] == 1 {
			key = op.ID
		}
		var members []string
		if len(way) > 0 {
			members = append(members, "resource: "+quoted(strings.Join(way, ".")))
		}
		members = append(members, "method: "+quoted(op.Name.Spec))
		if p := op.Result.Page; p != nil {
			paging := "style: " + pageStyles[p.Style]
			if op.Result.Cursor != "" {
				paging += ", param: " + quoted(op.Result.Cursor)
			}
			members = append(members, "pagination: {"+paging+"}")
		}
		line := fmt.Sprintf("  %s: {%s}", quoted(key), strings.Join(members, ", "))
		if key == op.ID {
			line += " # " + strings.Join(strings.Fields(op.Method+" "+op.Path), " ")
		}
		s.lines = append(s.lines, line)
	})
	return s
}

// eachOperation calls do for every operation of a resource, to which way leads,
// and of those below it.
func eachOperation(r *model.Resource, way []string, do func(op *model.Operation, way []string)) {
	for _, op := range r.Methods {
		do(op, way)
	}
	for _, child := range r.Children {
		eachOperation(child, append(way[:len(way):len(way)], child.Name.Spec), do)
	}
}

// allOperations returns the operations of a resource and of those below it.
func allOperations(r *model.Resource) []*model.Operation {
	var list []*model.Operation
	eachOperation(r, nil, func(op *model.Operation, _ []string) { list = append(list, op) })
	return list
}
