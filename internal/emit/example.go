package emit

import (
	"path"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// shown is how many operations the documentation of the SDK's packages shows in
// use.
const shown = 10

// addExamples adds the tests that the documentation of packages shows as
// examples: of the most central operations.
func (e *emitter) addExamples(files map[string][]byte) error {
	examples := map[*model.Package][]snippet.Example{}
	var order []*model.Package
	for _, op := range snippet.Central(e.api, shown) {
		r := e.resourceOf(op)
		if examples[r.Package] == nil {
			order = append(order, r.Package)
		}
		examples[r.Package] = append(examples[r.Package], snippet.Example{Operation: op, Service: serviceName(e.api, r)})
	}
	for _, p := range order {
		text, err := e.use.Examples(header, p, examples[p])
		if err != nil {
			return err
		}
		name := path.Join(p.Path, "example_test.go")
		if files[name] != nil { // the tests of a resource called example
			name = path.Join(p.Path, "usage_example_test.go")
		}
		files[name] = text
	}
	return nil
}

// resourceOf returns the resource that an operation is a method of.
func (e *emitter) resourceOf(op *model.Operation) *model.Resource {
	var found *model.Resource
	walk(e.api.Root, func(r *model.Resource) {
		for _, m := range r.Methods {
			if m == op {
				found = r
			}
		}
	})
	return found
}

// example is a program that calls the most central operation; it is empty if
// there is none that a short program could call.
func (e *emitter) example() (string, error) {
	central := snippet.Central(e.api, 1)
	if len(central) == 0 {
		return "", nil
	}
	return e.use.Program(central[0])
}
