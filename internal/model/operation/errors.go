package operation

import (
	"iter"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// errorData finds the shape of error responses: of all that the operations
// declare the one that most share, if it lists problems that have a message.
func (rd *reader) errorData(ops []*Operation) {
	count := map[*spec.Node]int{}
	inXML := map[*spec.Node]bool{}
	var best, kept *spec.Node
	locked := rd.lockedErrors()
	for _, op := range ops {
		for _, f := range rd.failures(op) {
			schema := rd.facts.Identity(f.schema).Node
			if schema == nil {
				continue
			}
			inXML[schema] = inXML[schema] || f.xml
			if count[schema]++; best == nil || count[schema] > count[best] {
				best = schema
			}
			if locked == "" || locked != rd.facts.Place(schema) {
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
	if list := rd.errorsIn(best); list != nil {
		rd.errorList(list)
	}
	if rd.api.ErrorData == nil {
		best = nil
	} else {
		rd.api.ErrorData.XML = inXML[best]
		rd.api.ErrorData.Place = rd.facts.Place(best)
	}
	rd.errorBodies(ops, best)
}

// A failure is the body of an error.
type failure struct {
	schema *spec.Node
	xml    bool // or else JSON
}

// failures yields what an operation says of the bodies of its errors, by their
// statuses.
func (rd *reader) failures(op *Operation) iter.Seq2[string, failure] {
	return func(yield func(string, failure) bool) {
		for status, n := range op.Node.Get("responses").Members() {
			if !strings.HasPrefix(status, "4") && !strings.HasPrefix(status, "5") && status != "default" {
				continue
			}
			media, content := rd.chooseMedia(rd.facts.Deref(n).Get("content"))
			f := failure{content.Get("schema"), isXML(media)}
			if (IsJSON(media) || f.xml && rd.facts.InXML(f.schema)) && !yield(status, f) {
				return
			}
		}
	}
}

// shouldRetry is what the responses of an operation say of repeating it, each
// for itself (x-should-retry); nil if none does.
func (rd *reader) shouldRetry(op *Operation) map[string]bool {
	var said map[string]bool
	for status, n := range op.Node.Get("responses").Members() {
		should := rd.facts.Deref(n).Get("x-should-retry")
		if should == nil {
			continue
		}
		if !should.True() && !should.False() {
			rd.diags.Warningf(should.Pos(), "should-retry", "x-should-retry is true or false; this is ignored")
			continue
		}
		if said == nil {
			said = map[string]bool{}
		}
		said[status] = should.True()
	}
	return said
}

// errorsIn returns the member of an error response that lists its problems; nil
// if there is none.
func (rd *reader) errorsIn(n *spec.Node) *schema.Prop {
	for _, p := range rd.facts.View(n).Props {
		if pv := rd.facts.PropView(p); ident.Fold(p.Name) == "errors" && model.Taggable(p.Name) && pv.Is("array") && pv.Items != nil {
			return p
		}
	}
	return nil
}

// errorList takes the elements of a list for the problems of an error, if they
// have a message.
func (rd *reader) errorList(list *schema.Prop) {
	v := rd.facts.PropView(list)
	t := rd.types.Type(v.Items, types.Origin{Text: "problem", Problem: true})
	data, ok := t.Type.(*model.Object)
	if !ok {
		return
	}
	found := &model.ErrorData{Member: list.Name, Data: data, Tag: rd.facts.XMLTag(list.Name, v)}
	for _, f := range data.Fields {
		switch ident.Fold(f.Name.Spec) {
		case "code":
			found.Code = f
		case "message":
			found.Message = f
		}
	}
	if found.Message != nil && found.Message.Type == model.String {
		rd.api.ErrorData = found
		return
	}
}
