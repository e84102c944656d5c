package main

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diff/contract"
	"github.com/openapi-lathe/lathe/internal/diff/report"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/model"
)

// migration tells how to move from the old edition to the new one: a section
// for each operation that is called otherwise, then one for each type.
func migration(old, new *edition, changes *report.Report) ([]report.Section, error) {
	m := &mover{old: old, new: new, sections: map[string]*section{}}
	if old.api != nil && new.api != nil {
		m.was, m.is = emit.NewUser(old.api), emit.NewUser(new.api)
	}
	for _, c := range changes.Changes {
		if c.Level == contract.Major {
			m.add(c)
		}
	}
	var list []report.Section
	for _, key := range m.order {
		s := m.sections[key]
		if err := m.write(s); err != nil {
			return nil, err
		}
		list = append(list, s.Section)
	}
	slices.SortStableFunc(list, func(a, b report.Section) int { return strings.Compare(a.Title, b.Title) })
	return list, nil
}

// A section is one that grows.
type section struct {
	report.Section
	op    *model.Operation // of the old edition; nil if it is about a type
	names []string         // that change in the Go API
}

type mover struct {
	old, new *edition
	was, is  *emit.User // of both, if there are operations to call
	sections map[string]*section
	order    []string
}

// add puts a change into the section that it belongs to.
func (m *mover) add(c report.Change) {
	title, op := m.about(c)
	s, ok := m.sections[title]
	if !ok {
		s = &section{Section: report.Section{Title: title}, op: op}
		m.sections[title] = s
		m.order = append(m.order, title)
	}
	if text := report.Markdown(&c); !slices.Contains(s.Says, text) {
		s.Says = append(s.Says, text)
	}
	if c.Judgement == report.Go {
		s.names = append(s.names, c.Name)
	}
}

// about is what a change is about: an operation, if it has one, else a type.
func (m *mover) about(c report.Change) (title string, op *model.Operation) {
	name := c.Name
	if call, ok := m.old.calls[name]; ok {
		name = call
	}
	if op := m.old.ops[name]; op != nil {
		return op.Call, op
	}
	if op := m.old.operationOf(c.Name); op != nil {
		return op.Call, op
	}
	if c.Judgement == report.HTTP && c.Name == "" {
		return c.Subject, nil
	}
	parts := strings.Split(name, ".")
	return strings.Join(parts[:min(2, len(parts))], "."), nil
}

// operationOf returns the operation that a name is declared for, nil if it is
// not for one alone: places begin with the operation that they are in.
func (e *edition) operationOf(name string) *model.Operation {
	place := e.placeOf[name]
	if strings.HasSuffix(place, " page") {
		return nil
	}
	for end := strings.LastIndexByte(place, ' '); end > 0; end = strings.LastIndexByte(place[:end], ' ') {
		if op := e.routes[place[:end]]; op != nil {
			return op
		}
	}
	return nil
}

// write adds the code of before and after to a section.
func (m *mover) write(s *section) (err error) {
	if s.op == nil || m.was == nil {
		s.Before, s.After = m.uses(s.names)
		return nil
	}
	changed := func(e *edition, op *model.Operation) func(*model.Field) bool {
		return func(f *model.Field) bool {
			if op.Params == nil {
				return false
			}
			name := strings.TrimPrefix(op.Params.Package.Path+"."+op.Params.Name.Go+"."+f.Name.Go, ".")
			return slices.Contains(s.names, name)
		}
	}
	if s.Before, err = m.was.Call(s.op, changed(m.old, s.op)); err != nil {
		return err
	}
	op := m.new.sameOperation(s.op)
	if op == nil {
		return nil
	}
	if s.After, err = m.is.Call(op, changed(m.new, op)); err != nil {
		return err
	}
	if s.Before == s.After { // it is called as it was, and what comes back is another thing
		s.Before, s.After = m.uses(s.names)
	}
	return nil
}

// uses returns code that uses what changes, before and after.
func (m *mover) uses(names []string) (before, after string) {
	if m.old.sdk == nil {
		return "", ""
	}
	seen := map[string]bool{}
	var was, is []string
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		use := m.old.sdk.Use(name, m.old.root)
		now := m.new.sdk.Use(name, m.new.root)
		if use == "" || use == now {
			continue
		}
		was = append(was, use)
		if now != "" {
			is = append(is, now)
		}
	}
	return strings.Join(was, "\n"), strings.Join(is, "\n")
}

// sameOperation returns the operation of an edition that another one has too:
// that with its method and path, or without the names of parameters in it, or
// the one with its operationId, which moved to another path.
func (e *edition) sameOperation(op *model.Operation) *model.Operation {
	if same := cmp.Or(e.routes[op.Method+" "+op.Path], e.routes[anyRoute(op)]); same != nil || op.ID == "" {
		return same
	}
	return e.ids[op.Method+" "+op.ID]
}

// anyRoute is the method and path of an operation without the names of its
// parameters.
func anyRoute(op *model.Operation) string {
	return op.Method + " " + variable.ReplaceAllString(op.Path, "{}")
}

var variable = regexp.MustCompile(`\{[^{}]*\}`)
