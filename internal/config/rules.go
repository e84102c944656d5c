package config

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// list is a key whose value is a string, or a list of them, that check accepts.
func (r *reader) list(name string, to *[]string, check func(string) error) key {
	return key{name, func(way string, n *spec.Node) {
		if !r.is(way, n, spec.String, spec.Array) {
			return
		}
		values := n.Elements()
		if n.Is(spec.String) {
			values = []*spec.Node{n}
		}
		for _, value := range values {
			var s string
			if r.string(way, value, &s, check); s != "" {
				*to = append(*to, s)
			}
		}
	}, orList(text)}
}

// rules is a key whose value is a rule, or a list of them.
func (r *reader) rules(name string, to *[]Rule) key {
	return key{name, func(way string, n *spec.Node) {
		if !r.is(way, n, spec.Object, spec.Array) {
			return
		}
		if n.Is(spec.Object) {
			*to = append(*to, r.rule(way, n))
		}
		for i, item := range n.Items() {
			*to = append(*to, r.rule(fmt.Sprintf("%s[%d]", way, i), item))
		}
	}, orList(objectOf(r.ruleKeys))}
}

func (r *reader) rule(way string, n *spec.Node) Rule {
	rule := Rule{Pos: n.Pos()}
	r.object(way, n, r.ruleKeys(&rule))
	if n.Len() == 0 && (n.Is(spec.Object) || n.Is(spec.Null)) {
		r.invalid(n, "%s says nothing of the operations that it is about", way)
	}
	return rule
}

func (r *reader) ruleKeys(rule *Rule) []key {
	return []key{
		r.list("path", &rule.Paths, nil),
		r.list("method", &rule.Methods, checkMethod),
		r.list("tag", &rule.Tags, nil),
		r.list("operation_id", &rule.IDs, nil),
		r.list("extension", &rule.Extensions, checkExtension),
	}
}

// ParseRule reads a rule as a flag has it: a key of one and its value, as in
// "tag=beta".
func ParseRule(text string) (Rule, error) {
	name, value, ok := strings.Cut(text, "=")
	rule := Rule{Text: text}
	var known []string
	for _, k := range new(reader).ruleKeys(new(Rule)) {
		known = append(known, k.name)
	}
	if !ok || value == "" {
		return rule, fmt.Errorf("%q is not KEY=VALUE, where KEY is one of %s", text, strings.Join(known, ", "))
	}
	values, check := []string{value}, func(string) error { return nil }
	switch name {
	case "path":
		rule.Paths = values
	case "method":
		rule.Methods, check = values, checkMethod
	case "tag":
		rule.Tags = values
	case "operation_id":
		rule.IDs = values
	case "extension":
		rule.Extensions, check = values, checkExtension
	default:
		return rule, OneOf(name, known)
	}
	return rule, check(value)
}

var methodName = regexp.MustCompile(`^[A-Za-z]+$`)

func checkMethod(name string) error {
	if !methodName.MatchString(name) {
		return fmt.Errorf("%q is not a method, like GET", name)
	}
	return nil
}

func checkExtension(s string) error {
	if name, _, _ := strings.Cut(s, "="); !strings.HasPrefix(name, "x-") {
		return fmt.Errorf("%q is not an extension, like x-internal or x-stage=beta", s)
	}
	return nil
}
