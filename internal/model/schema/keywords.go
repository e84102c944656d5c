package schema

import "github.com/openapi-lathe/lathe/internal/spec"

// Keywords are what schemas that all apply to one value say of it, over
// references and allOf: of each keyword what stands nearest to the use.
type Keywords struct {
	Found map[string]*spec.Node
	Null  bool // the value may be null
}

// Keywords collects what schemas say.
func (f *Facts) Keywords(nodes ...*spec.Node) Keywords {
	k := Keywords{Found: map[string]*spec.Node{}}
	seen := map[*spec.Node]bool{}
	for _, n := range nodes {
		k.read(f.doc, n, seen)
	}
	return k
}

func (k *Keywords) read(doc *spec.Document, n *spec.Node, seen map[*spec.Node]bool) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	for _, m := range n.All() {
		if _, ok := k.Found[m.Name]; !ok {
			k.Found[m.Name] = m.Value
		}
	}
	k.Null = k.Null || SaysNullable(n) || HasNull(n)
	if n.Get("$ref").Is(spec.String) {
		if target, err := doc.Deref(n); err == nil {
			k.read(doc, target, seen)
		}
	}
	for _, part := range n.Get("allOf").Elements() {
		k.read(doc, part, seen)
	}
}
