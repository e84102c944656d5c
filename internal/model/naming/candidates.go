package naming

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// candidates are the names that a declaration may have, the shortest first.
func (n *namer) candidates(d model.Decl, o types.Origin) []string {
	switch {
	case n.types.Fixed(d) != "":
		return []string{n.types.UnionName(d, n.types.Fixed(d))}
	case o.Page != nil:
		return n.pageNames(o.Page, o.Op)
	case o.Parent != nil:
		base := o.Parent.Declaration().Name.Go
		if base == "" { // the SDK has only a part of what it was declared in
			base = ident.Exported(n.path(o.Parent))
		}
		own := ident.Exported(o.Text)
		if n.types.Origins[o.Parent].Page != nil {
			return []string{own, base + own}
		}
		list := append(n.repeatedNames(d), base+own)
		if in := where(n.types.Origins[o.Parent].Op, o.Parent, o.Text); in != "" {
			list = append(list, base+in+own)
		}
		// Parts of things that have one name in two packages can meet in a third.
		return append(list, base+own+kindWord(d), ident.Exported(n.path(d)))
	case o.Op != nil:
		base := n.types.UnionName(d, strings.TrimSuffix(o.Op.Resource.Service, "Service")+o.Op.Name.Go+ident.Exported(o.Text))
		return []string{base, ident.Exported(strings.ReplaceAll(o.Op.Call, ".", " ") + " " + o.Text)}
	}
	list := n.componentNames(o.Text, d.Declaration().Package)
	if o.Param {
		list = append(list, list[0]+"Param")
	}
	if o.Failure {
		list = append(list, list[0]+"Body")
	}
	if o.Element {
		list = append(list, list[len(list)-1]+"Item")
	}
	return list
}

// where says where in a request of op the parameter goes whose type is a part of
// params, "" if it is no parameter.
func where(op *model.Operation, params model.Decl, parameter string) string {
	if op == nil || op.Params != params {
		return ""
	}
	for _, input := range op.Inputs {
		if input.Name == parameter {
			return ident.Exported(input.In.String())
		}
	}
	return ""
}

func kindWord(d model.Decl) string {
	switch d.(type) {
	case *model.Enum:
		return "Enum"
	case *model.Union:
		return "Union"
	case *model.Defined:
		return "List"
	case *model.OrNull:
		return "Value"
	}
	return "Object"
}

// componentNames are the candidates for a component: without the words that
// repeat its package, and of a name with dots or slashes the last part first.
func (n *namer) componentNames(text string, p *model.Package) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(`./\:#`, r) })
	var list []string
	add := func(name string) {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	for i := len(parts) - 1; i >= 0; i-- {
		tail := strings.Join(parts[i:], " ")
		if i > 0 && (isVersion(tail) || n.isComponent(tail)) {
			continue // it says nothing, or is the whole name of another
		}
		add(ident.Exported(withoutPrefix(tail, p.Name)))
		add(ident.Exported(tail))
	}
	add(ident.Exported(text))
	return list
}

// isComponent reports whether a component schema is called so.
func (n *namer) isComponent(name string) bool {
	return n.plain[ident.Exported(name)]
}

// isVersion reports whether a part of a name is only a version: v1, 2024-01.
func isVersion(s string) bool {
	s = strings.TrimLeft(strings.ToLower(s), "v")
	return s != "" && strings.TrimLeft(s, "0123456789.-_") == ""
}

// withoutPrefix drops the first words of a name if together they are the name of
// its package.
func withoutPrefix(text, pkg string) string {
	all := ident.Words(text)
	joined := ""
	for i, w := range all[:max(len(all)-1, 0)] {
		joined += strings.ToLower(w)
		if joined == pkg {
			return strings.Join(all[i+1:], " ")
		}
	}
	return text
}

// spoken says a sign in front of a word as a word, so that -size and size are
// told apart and the plain one keeps its name. Of those behind a word it says
// the ones that compare: sent> beside sent.
func spoken(text string) string {
	rest := strings.TrimLeft(text, "+-<>=!")
	if rest == "" {
		return text
	}
	word := strings.TrimRight(rest, "<>=")
	after := rest[len(word):]
	if !strings.ContainsAny(after, "<>") {
		word, after = rest, ""
	}
	if word == text {
		return text
	}
	return signsBefore.Replace(text[:len(text)-len(rest)]) + word + signsAfter.Replace(after)
}

var (
	signsBefore = strings.NewReplacer("-", "minus ", "+", "plus ", "<", "less ", ">", "greater ", "=", "equal ", "!", "not ")
	signsAfter  = strings.NewReplacer("<", " less", ">", " greater", "=", " equal")
)

// pageNames are the candidates for the name of a page type: after how the next
// page is asked for, which is what the most usual page of a style is called,
// then with the member that has the items, then after the first operation that
// returns it.
func (n *namer) pageNames(page *model.Page, op *model.Operation) []string {
	if name := n.types.Origins[page].Text; name != "" { // the config gives it
		return []string{name, ident.Exported(strings.ReplaceAll(op.Call, ".", " ")) + name}
	}
	base := [...]string{"SinglePage", "NumberedPage", "OffsetPage", "CursorPage", "LinkedPage", "LinkPage"}[page.Style]
	own := true // the plain name is for the page that most operations return
	uses := map[*model.Page]int{}
	for _, op := range n.api.Operations {
		uses[op.Result.Page]++
	}
	for _, other := range n.api.Pages {
		if other.Style == page.Style && uses[other] > uses[page] {
			own = false
		}
	}
	call := ident.Exported(strings.ReplaceAll(op.Call, ".", " "))
	items := "Bare"
	if !page.Bare {
		items = ident.Exported(page.Items[len(page.Items)-1].Name.Spec)
	}
	list := []string{base, items + base, call + base}
	if !own {
		list = list[1:]
	}
	return list
}
