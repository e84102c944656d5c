package operation

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// errorBodies fills in the types of the bodies of errors, and finds the usual
// ones: what more than half of the operations have that have any. A body that
// every error of the SDK is read in, or one like it, needs no type.
func (rd *reader) errorBodies(ops []*Operation, form *spec.Node) {
	var all []*model.ErrorBody
	count := map[model.Type]int{}
	some := 0
	for _, op := range ops {
		if op.Success == nil || op.Success.Status != "default" {
			rd.errorBodiesOf(op, form)
		}
		for _, e := range op.Errors {
			count[e.Type]++
			for _, status := range e.Statuses {
				all = addError(all, e.Type, status, e.XML)
			}
		}
		if len(op.Errors) > 0 {
			some++
		}
	}
	for _, e := range all {
		if 2*count[e.Type] > some {
			rd.api.Errors = append(rd.api.Errors, e)
		}
	}
}

func (rd *reader) errorBodiesOf(op *Operation, form *spec.Node) {
	for status, f := range rd.failures(op) {
		for _, t := range rd.errorTypes(f.schema, rd.responseName(op, status), form) {
			op.Errors = addError(op.Errors, t, status, f.xml)
		}
	}
}

func addError(list []*model.ErrorBody, t model.Type, status string, xml bool) []*model.ErrorBody {
	for _, e := range list {
		if e.Type == t {
			e.XML = e.XML || xml
			if !slices.Contains(e.Statuses, status) {
				e.Statuses = append(e.Statuses, status)
			}
			return list
		}
	}
	return append(list, &model.ErrorBody{Type: t, Statuses: []string{status}, XML: xml})
}

// responseName is what the response is called that a status of an operation
// refers to; empty if it stands in the operation.
func (rd *reader) responseName(op *Operation, status string) string {
	n := op.Node.Get("responses").Get(status)
	if !n.Has("$ref") {
		return ""
	}
	at := rd.doc.Pointer(rd.facts.Deref(n))
	name := at[strings.LastIndexByte(at, '/')+1:]
	if code, err := strconv.Atoi(name); err == nil {
		return http.StatusText(code)
	}
	return name
}

// errorTypes returns the types of a body: several for a choice that stands
// where it is used, since any of them can be asked for. It is nil for what has
// no name in the description; see the package documentation.
func (rd *reader) errorTypes(n *spec.Node, response string, form *spec.Node) []model.Type {
	n, o, _ := rd.types.Identity(n, types.Origin{})
	if n == nil || form != nil && rd.sameForm(n, form) {
		return nil
	}
	if !o.Component {
		var list []model.Type
		for _, key := range []string{"oneOf", "anyOf"} {
			for _, n := range n.Get(key).Elements() {
				list = append(list, rd.errorTypes(n, "", form)...)
			}
		}
		if list != nil || response == "" {
			return list
		}
		o = types.Origin{Text: response}
	}
	o.Failure = true
	if d, ok := rd.types.Type(n, o).Type.(model.Decl); ok {
		return []model.Type{d}
	}
	return nil
}

// sameForm reports whether a body has no member that the form lacks in which
// errors are read, and no problem does.
func (rd *reader) sameForm(n, form *spec.Node) bool {
	list := rd.errorsIn(n)
	if n == form || list == nil || list.Name != rd.api.ErrorData.Member {
		return n == form
	}
	return rd.within(rd.facts.PropView(list).Items, rd.facts.PropView(rd.errorsIn(form)).Items) && rd.within(n, form)
}

// within reports whether an object has the properties of another one only.
func (rd *reader) within(n, other *spec.Node) bool {
	v, o := rd.facts.View(n), rd.facts.View(other)
	return len(v.OneOf) == 0 && !slices.ContainsFunc(v.Props, func(p *schema.Prop) bool { return o.Prop(p.Name) == nil })
}
