package restree

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// A style is how most operationIds of a description are built, if they name a
// group and a method: "emails/send", "v1.endpoint.get-stats", "Apis_ListByService".
// The zero style is none.
type style struct{ sep string }

// idStyle finds the style of two thirds of the operationIds.
func idStyle(ops []Operation) style {
	for _, sep := range []string{"/", ".", "#", "::", "_"} {
		n := 0
		groups := map[string]bool{}
		for i := range ops {
			if group, _, _, ok := cutID(cutTail(ops[i].ID, ops[i].Method, ops[i].Path), sep); ok {
				n++
				groups[strings.Join(group, ".")] = true
			}
		}
		if n > 0 && n*3 >= len(ops)*2 && len(groups)*2 <= n+1 {
			return style{sep}
		}
	}
	return style{}
}

// cutID parts an operationId into group and method, and takes a version out.
func cutID(id, sep string) (group []string, method, version string, ok bool) {
	parts := strings.Split(id, sep)
	if len(parts) < 2 || slices.ContainsFunc(parts, func(p string) bool { return !ident.HasWord(p) }) {
		return nil, "", "", false
	}
	if sep == "_" && (len(parts) != 2 || !startsUpper(parts[0])) {
		return nil, "", "", false // Group_Method, and no snake case
	}
	for _, g := range parts[:len(parts)-1] {
		if ident.IsVersion(g) {
			version = g
		} else {
			group = append(group, g)
		}
	}
	return group, last(parts), version, len(group) > 0
}

func startsUpper(s string) bool { return s[0] >= 'A' && s[0] <= 'Z' }

// kinds are words that say of a group only that it is one: UsersController.
var kinds = set(`service controller api resource handler`)

// place decides by the operationId, if it has the style.
func (s style) place(o *op) (placement, bool) {
	if s.sep == "" {
		return placement{}, false
	}
	group, method, version, ok := cutID(cutTail(o.ID, o.Method, o.Path), s.sep)
	if !ok {
		return placement{}, false
	}
	p := placement{reason: "operationId " + o.ID, rule: "operation-id-group", byID: true, version: version}
	for _, g := range group {
		words := ident.Words(g)
		if len(words) > 1 && kinds[last(words)] {
			g = strings.Join(words[:len(words)-1], " ")
		}
		p.resource = append(p.resource, ident.Camel(g))
	}
	words := ident.Words(method)
	if len(words) > 1 && isVerb(words[0]) && slices.Equal(singulars(words[1:]), singulars(ident.Words(last(p.resource)))) {
		method = words[0] // ListUsers of UserService
	}
	p.name = ident.Camel(method)
	if o.method == "HEAD" {
		p.alt = "head" // of an operationId that it shares with GET
	}
	return p, true
}
