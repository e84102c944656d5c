package stainless

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/jsonpath"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An action is one of an overlay: it removes what a path leads to, or merges a
// value into it.
type action struct {
	target, about string
	update        []byte // JSON; nil: what it leads to is removed
}

// overlay translates what changes the description.
func (t *translator) overlay() []byte {
	t.security()
	for _, tr := range t.file.Transforms {
		t.transform(tr)
	}
	if len(t.actions) == 0 {
		return nil
	}
	var b bytes.Buffer
	b.WriteString("overlay: 1.0.0\ninfo: {title: What stainless.yml changes in the description, version: 1.0.0}\nactions:\n")
	for _, a := range t.actions {
		b.WriteString("  - target: " + config.Quote(a.target) + "\n")
		if a.about != "" {
			b.WriteString("    description: " + config.Quote(a.about) + "\n")
		}
		if a.update == nil {
			b.WriteString("    remove: true\n")
			continue
		}
		fmt.Fprintf(&b, "    update: %s\n", a.update)
	}
	return b.Bytes()
}

func (t *translator) remove(target, about string) {
	t.actions = append(t.actions, action{target: target, about: about})
}

func (t *translator) update(target, about string, value []byte) {
	t.actions = append(t.actions, action{target, about, value})
}

// object is the JSON of an object with one member.
func object(name string, value []byte) []byte {
	key := spec.NewString(diag.Pos{}, name).AppendJSON(nil)
	return []byte(fmt.Sprintf("{%s: %s}", key, value))
}

// security translates what takes the place of the description's own.
func (t *translator) security() {
	if n := t.file.Schemes; n != nil && n.Is(spec.Object) {
		about := "security_schemes of the stainless.yml"
		if t.doc.Root.Get("components").Has("securitySchemes") {
			t.remove("$.components.securitySchemes", about)
		}
		schemes := object("securitySchemes", keywords(n).AppendJSON(nil))
		if t.doc.Root.Has("components") {
			t.update("$.components", about, schemes)
		} else {
			t.update("$", about, object("components", schemes))
		}
	}
	if n := t.file.Security; n != nil && n.Is(spec.Array) {
		about := "security of the stainless.yml"
		if t.doc.Root.Has("security") {
			t.remove("$.security", about)
		}
		t.update("$", about, object("security", n.AppendJSON(nil)))
	}
}

// keywords are security schemes in whose place of the HTTP scheme stands the word
// that the header begins with, where one is given.
func keywords(schemes *spec.Node) *spec.Node {
	var members []spec.Member
	for _, m := range schemes.All() {
		word := m.Value.Get("x-stainless-auth").Get("scheme_keyword")
		var kept []spec.Member
		for _, k := range m.Value.All() {
			switch {
			case k.Name == "x-stainless-auth":
				continue
			case k.Name == "scheme" && word.Text() != "":
				k.Value = word
			}
			kept = append(kept, k)
		}
		members = append(members, spec.Member{Name: m.Name, Pos: m.Pos, Value: spec.NewObject(m.Value.Pos(), kept...)})
	}
	return spec.NewObject(schemes.Pos(), members...)
}

// transform translates a change to the description.
func (t *translator) transform(tr *transform) {
	targets := t.targets(tr)
	about := tr.reason
	args := tr.args
	value := args.Get("value")
	if value == nil {
		value = args.Get("object")
	}
	switch tr.command {
	case "remove":
		keys := args.Get("keys")
		for _, target := range targets {
			if keys == nil {
				t.remove(target, about)
			}
			for _, key := range keys.Elements() {
				t.remove(child(target, key.Text()), about)
			}
		}
	case "merge", "mergeObject", "append":
		if value == nil {
			value = args.Get("values")
		}
		if !t.must(tr, value) {
			return
		}
		for _, target := range targets {
			t.update(target, about, value.AppendJSON(nil))
		}
	case "update", "replace", "replaceProperties", "set":
		if !t.must(tr, value) {
			return
		}
		for _, target := range targets {
			t.replace(tr, target, value)
		}
	case "oneOfToAnyOf", "anyOfToOneOf":
		// A union is told apart by what its variants have, whichever of the two it is.
	case "":
		t.problems.Errorf(tr.pos, "stainless-value", "%s has no command", tr.text)
	default:
		t.problems.Warningf(tr.pos, "stainless-lost", "%s is not translated: gen knows no command %q; write what it does as an action of the overlay", tr.text, tr.command)
	}
}

func (t *translator) must(tr *transform, value *spec.Node) bool {
	if value == nil {
		t.problems.Errorf(tr.pos, "stainless-value", "%s has no value to write", tr.text)
	}
	return value != nil
}

// targets are the paths of a transform that lead somewhere.
func (t *translator) targets(tr *transform) []string {
	n := tr.args.Get("target")
	if n == nil {
		n = tr.args.Get("filter").Get("only")
	}
	if skip := tr.args.Get("filter").Get("skip"); skip != nil {
		t.problems.Warningf(skip.Pos(), "stainless-lost", "%s.args.filter.skip is not translated: an overlay has no exceptions; write targets that leave them out", tr.text)
	}
	list := n.Elements()
	if n.Is(spec.String) {
		list = []*spec.Node{n}
	}
	if len(list) == 0 && tr.command != "oneOfToAnyOf" && tr.command != "anyOfToOneOf" && tr.command != "" {
		t.problems.Warningf(tr.pos, "stainless-lost", "%s is not translated: it has no target; write what it does as an action of the overlay", tr.text)
	}
	var targets []string
	for _, item := range list {
		q, err := jsonpath.Parse(item.Text())
		if err != nil {
			t.problems.Warningf(item.Pos(), "stainless-lost", "%s is not translated: %q is no JSONPath as RFC 9535 has it: %v; write it as an action of the overlay", tr.text, item.Text(), err)
			continue
		}
		found, err := q.Select(t.doc.Root, 10_000)
		if err == nil && len(found) == 0 && !t.made(item.Text()) {
			t.problems.Warningf(item.Pos(), "stainless-unused", "%s changes nothing: the description has nothing at %s", tr.text, item.Text())
			continue
		}
		targets = append(targets, item.Text())
	}
	return targets
}

// made reports whether an action before leads to a part of a path, so that there
// may be something at it later.
func (t *translator) made(path string) bool {
	for _, a := range t.actions {
		if a.update != nil && a.target != "$" && strings.HasPrefix(path, a.target) {
			return true
		}
	}
	return false
}

// replace removes what a path leads to, and puts a value in its place.
func (t *translator) replace(tr *transform, target string, value *spec.Node) {
	parent, name, ok := cutLast(target)
	if !ok {
		t.problems.Warningf(tr.pos, "stainless-lost", "%s is not translated: the last part of %s is no name; write it as actions of the overlay", tr.text, target)
		return
	}
	t.remove(target, tr.reason)
	t.update(parent, tr.reason, object(name, value.AppendJSON(nil)))
}

// child is the path to a member.
func child(path, name string) string {
	return path + "['" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(name) + "']"
}

// cutLast cuts the last name off a path: $.a.b, $.a['b'].
func cutLast(path string) (parent, name string, ok bool) {
	for _, quote := range []string{"'", `"`} {
		if before, found := strings.CutSuffix(path, quote+"]"); found {
			i := strings.LastIndex(before, "["+quote)
			if i < 0 || strings.ContainsAny(before[i+2:], `\`+quote) {
				return "", "", false
			}
			return path[:i], before[i+2:], true
		}
	}
	i := strings.LastIndexByte(path, '.')
	if i <= 0 || strings.ContainsAny(path[i:], "*[]()?'\"") || path[i-1] == '.' || i+1 == len(path) {
		return "", "", false
	}
	return path[:i], path[i+1:], true
}

// query finds the one schema that a JSONPath of a model leads to.
func (t *translator) query(uri place) (pointer string, ok bool) {
	q, err := jsonpath.Parse(uri.text)
	if err != nil {
		t.problems.Warningf(uri.pos, "stainless-lost", "the model is not named: %q is no JSONPath as RFC 9535 has it: %v; name the schema in gen.yaml", uri.text, err)
		return "", false
	}
	found, err := q.Select(t.doc.Root, 10_000)
	if err != nil || len(found) != 1 {
		t.problems.Warningf(uri.pos, "stainless-schema", "%s leads to %d schemas, and should lead to one; name it in gen.yaml", uri.text, len(found))
		return "", false
	}
	at := t.doc.Pointer(found[0].Node)
	return "#" + at, at != ""
}
