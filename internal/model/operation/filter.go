package operation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// filter returns the operations that the config does not leave out. A rule that
// matches none is a warning: it is misspelt, or of a description that changed.
// If none is left it is an error, since an SDK of nothing would take the place
// of the last good one.
func (rd *reader) filter(ops []*Operation) []*Operation {
	include, exclude := compileRules(rd.cfg.Include), compileRules(rd.cfg.Exclude)
	var kept []*Operation
	for _, op := range ops {
		in := rd.anyMatches(include, op) || len(include) == 0
		if out := rd.anyMatches(exclude, op); in && !out && rd.isListed(op) {
			kept = append(kept, op)
		} else {
			rd.left = append(rd.left, op)
			rd.api.Filtered = append(rd.api.Filtered, op.Node.Span())
		}
	}
	rd.unusedRules("include", include)
	rd.unusedRules("exclude", exclude)
	if len(kept) == 0 && len(ops) > 0 {
		rules := slices.Concat(rd.cfg.Include, rd.cfg.Exclude)
		if len(rules) == 0 {
			rd.diags.Errorf(rd.cfg.Pos("operations"), "filter-empty", "the config lists no operation that the description has, and infer.operations is false")
			return kept
		}
		rd.diags.Errorf(rules[0].Pos, "filter-empty", "include and exclude leave no operation")
	}
	return kept
}

// A rule is one of the config's, with its globs compiled.
type rule struct {
	*config.Rule
	paths, ids []*regexp.Regexp
	used       bool
}

func compileRules(rules []config.Rule) []*rule {
	list := make([]*rule, len(rules))
	for i := range rules {
		list[i] = &rule{Rule: &rules[i], paths: globs(rules[i].Paths, "/"), ids: globs(rules[i].IDs, "")}
	}
	return list
}

// globs compiles patterns in which * is anything without a separator, or
// anything at all if there is none, and ** anything at all.
func globs(patterns []string, separator string) []*regexp.Regexp {
	within := ".*"
	if separator != "" {
		within = "[^" + separator + "]*"
	}
	var list []*regexp.Regexp
	for _, pattern := range patterns {
		text := regexp.QuoteMeta(pattern)
		text = strings.ReplaceAll(text, `\*\*`, "\x00")
		text = strings.ReplaceAll(text, `\*`, within)
		text = strings.ReplaceAll(text, "\x00", ".*")
		list = append(list, regexp.MustCompile(`(?s)\A`+text+`\z`))
	}
	return list
}

// anyMatches reports whether one of the rules does; it tries all, to know which
// of them match something.
func (rd *reader) anyMatches(rules []*rule, op *Operation) bool {
	matched := false
	for _, r := range rules {
		if r.matches(op) {
			matched, r.used = true, true
		}
	}
	return matched
}

func (r *rule) matches(op *Operation) bool {
	fits := func(globs []*regexp.Regexp, s string) bool {
		return len(globs) == 0 || slices.ContainsFunc(globs, func(re *regexp.Regexp) bool { return re.MatchString(s) })
	}
	return fits(r.paths, op.Path) && fits(r.ids, op.ID) &&
		(len(r.Methods) == 0 || slices.ContainsFunc(r.Methods, func(m string) bool { return strings.EqualFold(m, op.Method) })) &&
		(len(r.Tags) == 0 || slices.ContainsFunc(op.Node.Get("tags").Elements(), func(tag *spec.Node) bool { return slices.Contains(r.Tags, tag.Text()) })) &&
		(len(r.Extensions) == 0 || slices.ContainsFunc(r.Extensions, op.extended))
}

// extended reports whether an operation has an extension, or its path does:
// x-internal that is there and not false, x-stage=beta that has the value.
func (op *Operation) extended(extension string) bool {
	name, value, valued := strings.Cut(extension, "=")
	n := op.Node.Get(name)
	if n == nil {
		n = op.item.Get(name)
	}
	if valued {
		return n.Text() == value || slices.ContainsFunc(n.Elements(), func(item *spec.Node) bool { return item.Text() == value })
	}
	return n != nil && !n.False() && !n.Is(spec.Null)
}

func (rd *reader) unusedRules(side string, rules []*rule) {
	for _, r := range rules {
		switch {
		case r.used:
		case r.Text != "":
			rd.diags.Warningf(r.Pos, "filter-unused", "--%s %s matches no operation", side, r.Text)
		default:
			rd.diags.Warningf(r.Pos, "filter-unused", "the rule of %s matches no operation", side)
		}
	}
}
