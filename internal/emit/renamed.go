package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// What was renamed is there under its old name too: each function here writes
// that for one kind of declaration.

// renamed is the doc comment of an old name.
func renamed(now string) []prose.Block {
	return []prose.Block{{Text: "Deprecated: use [" + now + "]."}}
}

// oldFields writes the old names of a field that leads to a resource.
func oldFields(r *model.Resource, service jen.Code) []jen.Code {
	var fields []jen.Code
	for _, old := range r.Old {
		about := []prose.Block{{Text: "Deprecated: use " + r.Name.Go + "."}}
		fields = append(fields, doc(about...).Id(old).Add(service))
	}
	return fields
}

// old writes an old name of a method, which calls the new one.
func (m *method) old(name, now string, results []jen.Code) *jen.Statement {
	return doc(renamed(m.service + "." + now)...).Func().Params(m.receiver()).Id(name).Params(m.params()...).Params(results...).
		Block(jen.Return(jen.Id(m.self).Dot(now).Call(m.passed()...)))
}
