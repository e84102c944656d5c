package emit

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// A User writes code that uses an SDK, for what tells people how to.
type User struct {
	e         *emitter
	resources map[*model.Operation]*model.Resource
}

// NewUser returns one for the SDK that a model makes.
func NewUser(api *model.API) *User {
	u := &User{newEmitter(api), map[*model.Operation]*model.Resource{}}
	walk(api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			u.resources[op] = r
		}
	})
	return u
}

// Call returns a function that calls an operation with a value for everything
// that must be given, and for the fields of the params that show names.
func (u *User) Call(op *model.Operation, show func(*model.Field) bool) (string, error) {
	e, r := u.e, u.resources[op]
	m := e.methodOf(r, op)
	names := scope{e.api.Package: true}
	if op.Params != nil {
		names[op.Params.Package.Name] = true
	}
	ctx, client := names.local("ctx"), names.local("client")
	call := jen.Id(client)
	for part := range strings.SplitSeq(op.Call, ".") {
		call.Dot(part)
	}
	args := []jen.Code{jen.Id(ctx)}
	for _, arg := range op.Args {
		args = append(args, e.use.Value(snippet.StandIn(arg.Name.Spec, arg.Type, nil)))
	}
	if op.Params != nil {
		args = append(args, e.use.Value(snippet.StandIn("", op.Params, show)))
	}
	g := jen.NewFilePathName("main", "main")
	g.NoFormat = true
	g.ImportNames(e.packages)
	g.Func().Id("call").Params(
		jen.Id(ctx).Qual("context", "Context"), jen.Id(client).Op("*").Qual(e.api.Module, "Client"),
	).Params(m.results()...).Block(jen.Return(call.Call(args...)))
	var b bytes.Buffer
	if err := g.Render(&b); err != nil {
		return "", fmt.Errorf("emit: a call of %s: %w", op.Call, err)
	}
	text, _, err := snippet.Tidy(b.Bytes())
	if err != nil {
		return "", fmt.Errorf("emit: a call of %s: %w", op.Call, err)
	}
	_, body, _ := bytes.Cut(text, []byte("\nfunc "))
	return "func " + string(body), nil
}
