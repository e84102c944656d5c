package build

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// errorData finds the shape of error responses: of all that the operations
// declare the one that most share, if it lists problems that have a message.
func (b *builder) errorData(ops []*operation) {
	count := map[*spec.Node]int{}
	var best, kept *spec.Node
	locked := b.lockedErrors()
	for _, op := range ops {
		for status, n := range op.node.Get("responses").Members() {
			if !strings.HasPrefix(status, "4") && !strings.HasPrefix(status, "5") && status != "default" {
				continue
			}
			media, content := b.chooseMedia(b.deref(n).Get("content"))
			if !isJSON(media) {
				continue
			}
			schema, _, _ := b.identity(content.Get("schema"), origin{})
			if schema == nil {
				continue
			}
			if count[schema]++; best == nil || count[schema] > count[best] {
				best = schema
			}
			if locked == "" || locked != b.pointer(schema) {
				continue
			}
			kept = schema
		}
	}
	if kept != nil {
		best = kept
	}
	if best == nil {
		return
	}
	b.errorsAt = b.pointer(best)
	v := b.view(best)
	for _, p := range v.props {
		if pv := b.propView(p); fold(p.name) == "errors" && pv.is("array") && pv.items != nil {
			b.errorList(p.name, pv.items)
			return
		}
	}
}

// errorList takes the elements of a list for the problems of an error, if they
// have a message.
func (b *builder) errorList(member string, items *spec.Node) {
	t := b.typ(items, origin{fixed: "Data"})
	data, ok := t.Type.(*model.Object)
	if !ok {
		return
	}
	found := &model.ErrorData{Member: member, Data: data}
	for _, f := range data.Fields {
		switch fold(f.Name.Spec) {
		case "code":
			found.Code = f
		case "message":
			found.Message = f
		}
	}
	if found.Message != nil && found.Message.Type == model.String {
		b.api.ErrorData = found
	}
}
