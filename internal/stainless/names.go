package stainless

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// goMethod is what a method is called in Go.
func goMethod(name string) string { return ident.Exported(methodName(name)) }

// methodName is the name of a method as gen.yaml has it.
func methodName(name string) string {
	switch name {
	case "create":
		return "new"
	case "retrieve":
		return "get"
	}
	return ident.Camel(name)
}

// wayTo is the way to a resource as gen.yaml has it.
func wayTo(way []string) string {
	if len(way) == 0 {
		return config.Root
	}
	words := make([]string, len(way))
	for i, word := range way {
		words[i] = ident.Camel(word)
	}
	return strings.Join(words, ".")
}

// capitals are the words that Stainless writes in capitals in Go: its own list,
// and that of the Go linter.
var capitals = strings.Fields(`3ds ach acl ai api ats cpu crm db dns e2e eeoc gb gpu hd hris html http https id ip iso jsonl kb kyb kyc lfs mb mp3 mp4
	nft saml sdk sku sms ss ssh sso url

	acl api ascii cpu css dns eof guid html http https id ip json lhs qps ram rhs rpc sla smtp sql ssh tcp tls ttl udp ui uid uuid uri url utf8 vm xml
	xmpp xsrf xss`)

// shapes are the words that it writes in a way of their own without being told.
var shapes = map[string]string{"openai": "OpenAI", "github": "GitHub", "oauth": "OAuth"}

// form is how it writes a word, of which ours is written so.
func form(word, ours string) string {
	if f, ok := shapes[word]; ok {
		return f
	}
	single, plural := strings.CutSuffix(word, "s")
	switch {
	case slices.Contains(capitals, word):
		return strings.ToUpper(word)
	case plural && slices.Contains(capitals, single):
		return strings.ToUpper(single) + "s"
	case strings.ToUpper(ours[:1]) == ours[:1] && strings.ToLower(ours[1:]) == ours[1:]:
		return ours
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// casings are the words of a description that gen would write otherwise, after
// those that the file has.
func (t *translator) casings() {
	known := map[string]bool{}
	for _, c := range t.file.Casings {
		known[c.Word] = true
	}
	var differ []config.Casing
	add := func(text string) {
		for _, word := range ident.Words(text) {
			if known[word] || len(word) < 2 {
				continue
			}
			known[word] = true
			ours := ident.Exported(word)
			if !strings.EqualFold(ours, word) {
				continue // it is no word that a name can have as it is
			}
			if theirs := form(word, ours); theirs != ours {
				differ = append(differ, config.Casing{Word: word, Form: theirs})
			}
		}
	}
	t.eachResource(func(res *resource) {
		add(res.text)
		for _, m := range res.methods {
			add(m.text)
		}
		for _, m := range res.models {
			add(m.text)
		}
	})
	for _, o := range t.file.Options {
		add(o.text)
	}
	eachName(t.doc.Root, add)
	slices.SortFunc(differ, func(a, b config.Casing) int { return strings.Compare(a.Word, b.Word) })
	t.cfg.Casings = append(slices.Clone(t.file.Casings), differ...)
	t.cfg.Casings = slices.DeleteFunc(t.cfg.Casings, func(c config.Casing) bool { return ident.Exported(c.Word) == c.Form })
	t.forms = map[string]string{}
	for _, c := range t.cfg.Casings {
		t.forms[c.Word] = c.Form
	}
}

// eachName calls do with the names in a description that become names in Go:
// those of schemas, of their properties and values, and of parameters.
func eachName(root *spec.Node, do func(string)) {
	var visit func(n *spec.Node)
	visit = func(n *spec.Node) {
		for _, m := range n.All() {
			switch m.Name {
			case "example", "examples", "default", "description":
				continue
			case "properties", "schemas", "parameters", "securitySchemes":
				for _, p := range m.Value.All() {
					do(p.Name)
				}
			case "enum":
				for _, v := range m.Value.Elements() {
					do(v.Text())
				}
			case "name", "title":
				do(m.Value.Text())
			}
			visit(m.Value)
		}
		for _, item := range n.Elements() {
			visit(item)
		}
	}
	visit(root)
}
