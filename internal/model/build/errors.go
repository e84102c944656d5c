package build

import (
	"iter"
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
		for _, n := range b.failures(op) {
			schema, _, _ := b.identity(n, origin{})
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
	if member, items := b.errorsIn(best); items != nil {
		b.errorList(member, items)
	}
	if b.api.ErrorData == nil {
		best = nil
	}
	b.errorBodies(ops, best)
}

// failures yields what an operation says of the bodies of its errors: the
// statuses and the schemas of those that are JSON.
func (b *builder) failures(op *operation) iter.Seq2[string, *spec.Node] {
	return func(yield func(string, *spec.Node) bool) {
		for status, n := range op.node.Get("responses").Members() {
			if !strings.HasPrefix(status, "4") && !strings.HasPrefix(status, "5") && status != "default" {
				continue
			}
			media, content := b.chooseMedia(b.deref(n).Get("content"))
			if isJSON(media) && !yield(status, content.Get("schema")) {
				return
			}
		}
	}
}

// shouldRetry is what the responses of an operation say of repeating it, each
// for itself (x-should-retry); nil if none does.
func (b *builder) shouldRetry(op *operation) map[string]bool {
	var said map[string]bool
	for status, n := range op.node.Get("responses").Members() {
		should := b.deref(n).Get("x-should-retry")
		if should == nil {
			continue
		}
		if !should.True() && !should.False() {
			b.diags.Warningf(should.Pos(), "should-retry", "x-should-retry is true or false; this is ignored")
			continue
		}
		if said == nil {
			said = map[string]bool{}
		}
		said[status] = should.True()
	}
	return said
}

// errorsIn returns the member of an error response that lists its problems, and
// the schema of one; nil if there is none.
func (b *builder) errorsIn(n *spec.Node) (string, *spec.Node) {
	for _, p := range b.view(n).props {
		if pv := b.propView(p); fold(p.name) == "errors" && pv.is("array") && pv.items != nil {
			return p.name, pv.items
		}
	}
	return "", nil
}

// errorList takes the elements of a list for the problems of an error, if they
// have a message.
func (b *builder) errorList(member string, items *spec.Node) {
	t := b.typ(items, origin{fixed: "Data", text: "problem"})
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
		return
	}
	o := b.origins[data] // it may still be part of a body that has a type
	o.fixed = ""
	b.origins[data] = o
}
