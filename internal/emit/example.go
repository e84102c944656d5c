package emit

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// example writes a program that calls an operation: the first one that lists
// something, or else the first that needs the least. It is empty if there is
// none that it could call.
func (e *emitter) example() (string, error) {
	r, op := e.exampleOperation()
	if op == nil {
		return "", nil
	}
	g := jen.NewFilePathName("main", "main")
	g.NoFormat = true
	g.ImportNames(e.packages)
	if path.Base(e.api.Module) != e.api.Package {
		g.ImportAlias(e.api.Module, e.api.Package)
	}
	g.Func().Id("main").Params().Block(e.exampleBody(r, op)...)
	var b bytes.Buffer
	if err := g.Render(&b); err != nil {
		return "", err
	}
	text, _, err := tidy(b.Bytes())
	if err != nil {
		return "", fmt.Errorf("emit: README.md: %w", err)
	}
	return string(text), nil
}

func (e *emitter) exampleBody(r *model.Resource, op *model.Operation) []jen.Code {
	names := scope{e.api.Package: true}
	if op.Params != nil {
		names[op.Params.Package.Name] = true
	}
	ctx, client := names.local("ctx"), names.local("client")
	item, result := names.local("item"), names.local("result")
	call := jen.Id(client)
	for part := range strings.SplitSeq(r.Call, ".") {
		if part != "" {
			call.Dot(part)
		}
	}
	args := e.exampleArgs(op, jen.Id(ctx))
	failed := jen.Err().Op("!=").Nil()
	fatal := jen.Block(jen.Qual("log", "Fatal").Call(jen.Err()))
	body := []jen.Code{
		jen.Id(ctx).Op(":=").Qual("context", "Background").Call(),
		jen.Id(client).Op(":=").Qual(e.api.Module, "NewClient").Call(),
	}
	loop := op.Result.All
	if op.Result.Kind == model.ItemsResult {
		loop = op.Name.Go
	}
	switch {
	case loop != "":
		return append(body, jen.For(jen.List(jen.Id(item), jen.Err()).Op(":=").Range().Add(call.Dot(loop).Call(args...))).Block(
			jen.If(failed).Add(fatal),
			jen.Qual("fmt", "Println").Call(jen.Id(item)),
		))
	case op.Result.Kind == model.NoResult:
		return append(body, jen.If(jen.Err().Op(":=").Add(call.Dot(op.Name.Go).Call(args...)), failed).Add(fatal))
	}
	return append(body,
		jen.List(jen.Id(result), jen.Err()).Op(":=").Add(call.Dot(op.Name.Go).Call(args...)),
		jen.If(failed).Add(fatal),
		jen.Qual("fmt", "Println").Call(jen.Id(result)),
	)
}

// exampleArgs are the arguments of a call, of the params only what must be
// there and is text.
func (e *emitter) exampleArgs(op *model.Operation, ctx jen.Code) []jen.Code {
	args := []jen.Code{ctx}
	for _, arg := range op.Args {
		args = append(args, placeholder(arg.Name.Spec, arg.Type))
	}
	if op.Params == nil {
		return args
	}
	var entries []entry
	for _, f := range op.Params.Fields {
		if f.Presence == model.Plain && f.Type == model.String {
			entries = append(entries, entry{f.Name.Go, placeholder(f.Name.Spec, f.Type)})
		}
	}
	return append(args, e.typ(op.Params).Add(compact(entries...)))
}

// placeholder is a value that shows what goes there.
func placeholder(name string, t model.Type) jen.Code {
	switch t {
	case model.String, model.Secret:
		return jen.Lit(name)
	case model.Bool:
		return jen.True()
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return jen.Lit(1)
	}
	if enum, ok := t.(*model.Enum); ok && enum.Base == model.String {
		return jen.Lit(name)
	}
	return nil
}

// exampleOperation chooses what the README shows.
func (e *emitter) exampleOperation() (*model.Resource, *model.Operation) {
	var resource *model.Resource
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
			if placeholder("", arg.Type) == nil {
				n += 1000
			}
		}
		return n
	}
	walk(e.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			if best == nil || rank(op) < rank(best) {
				resource, best = r, op
			}
		}
	})
	if best == nil || rank(best) >= 1000 {
		return nil, nil
	}
	return resource, best
}
