package emit

import "github.com/openapi-lathe/lathe/internal/model"

// example is a program that calls an operation: the first one that lists
// something, or else the first that needs the least. It is empty if there is
// none that it could call.
func (e *emitter) example() (string, error) {
	op := e.exampleOperation()
	if op == nil {
		return "", nil
	}
	return e.use.Program(op)
}

// exampleOperation chooses what the README shows.
func (e *emitter) exampleOperation() *model.Operation {
	var best *model.Operation
	rank := func(op *model.Operation) int {
		n := 2 * len(op.Args)
		if op.Result.All == "" {
			n += 10
		}
		if op.Method != "GET" {
			n += 20
		}
		if op.Deprecated != "" || op.Result.Kind == model.StreamResult || op.Result.Kind == model.ItemsResult {
			n += 40
		}
		for _, arg := range op.Args {
			if !isWord(arg.Type) {
				n += 1000
			}
		}
		return n
	}
	walk(e.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			if best == nil || rank(op) < rank(best) {
				best = op
			}
		}
	})
	if best == nil || rank(best) >= 1000 {
		return nil
	}
	return best
}

// isWord reports whether a value of a type is a word or a number, so that one
// can stand for all.
func isWord(t model.Type) bool {
	switch t {
	case model.String, model.Secret, model.Bool, model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return true
	}
	enum, ok := t.(*model.Enum)
	return ok && enum.Base == model.String
}
