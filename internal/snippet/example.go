package snippet

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// An Example is an operation to show in the documentation of its package, and
// the type that it is a method of.
type Example struct {
	Operation *model.Operation
	Service   string
}

// Examples returns the tests of a package that its documentation shows as
// examples: each is compiled with the tests, and none runs, since it would need
// the API. header is the first line of the file.
func (w *Writer) Examples(header string, pkg *model.Package, list []Example) ([]byte, error) {
	g := w.imports(jen.NewFilePathName(w.importPath(pkg.Path)+"_test", pkg.Name+"_test"))
	g.HeaderComment(header)
	for _, x := range list {
		op := x.Operation
		method := op.Name.Go
		if w.twin(op) {
			method = op.Result.All
		}
		g.Func().Id("Example" + x.Service + "_" + method).Params().Block(w.body(op, w.arguments(w.values(op)))...).Line()
	}
	var b bytes.Buffer
	err := g.Render(&b)
	if own := w.importPath(pkg.Path); err == nil && !bytes.Contains(b.Bytes(), []byte(strconv.Quote(own))) {
		g.Anon(own) // vet resolves the names of examples in what the file imports
		b.Reset()
		err = g.Render(&b)
	}
	if err != nil {
		return nil, fmt.Errorf("snippet: the examples of package %s: %w", pkg.Name, err)
	}
	text, _, err := Tidy(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("snippet: the examples of package %s: %w", pkg.Name, err)
	}
	return text, nil
}
