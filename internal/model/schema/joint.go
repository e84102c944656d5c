package schema

import (
	"fmt"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// Joint is the node that stands for a value which several schemas describe,
// always the same one for the same schemas. isNew reports whether it was not
// asked for before.
func (f *Facts) Joint(nodes []*spec.Node) (n *spec.Node, isNew bool) {
	var key strings.Builder
	for _, n := range nodes {
		fmt.Fprintf(&key, "%p ", f.Identity(n).Node)
	}
	n, ok := f.merges[key.String()]
	if !ok {
		n = spec.NewObject(nodes[0].Pos())
		f.merges[key.String()] = n
		f.parts[n] = nodes
	}
	return n, !ok
}
