package emit

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
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
		args = append(args, e.value(standIn(arg.Name.Spec, arg.Type, nil, 0)))
	}
	if op.Params != nil {
		args = append(args, e.value(standIn("", op.Params, show, 0)))
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
	text, _, err := tidy(b.Bytes())
	if err != nil {
		return "", fmt.Errorf("emit: a call of %s: %w", op.Call, err)
	}
	_, body, _ := bytes.Cut(text, []byte("\nfunc "))
	return "func " + string(body), nil
}

// deep is how far stand-ins go into structs in structs: those behind it are
// empty.
const deep = 3

// standIn is a value that stands for one of a type: of a text its name. Of a
// struct it has what must be given, and the fields that show names.
func standIn(name string, t model.Type, show func(*model.Field) bool, depth int) *model.Value {
	v := &model.Value{Type: t}
	switch t := t.(type) {
	case model.Scalar:
		v.Text = standInText(name, t)
	case *model.List:
		if depth < deep {
			v.Items = []*model.Value{standIn(strings.TrimSuffix(name, "s"), t.Elem, nil, depth+1)}
		}
	case *model.Lines:
		v.Items = []*model.Value{standIn(strings.TrimSuffix(name, "s"), t.Elem, nil, depth+1)}
	case *model.Opt:
		v.Inner = standIn(name, t.Elem, nil, depth)
	case *model.Null:
		v.Inner = standIn(name, t.Elem, nil, depth)
	case *model.Ptr:
		v.Inner = standIn(name, t.Elem, nil, depth)
	case *model.OrNull:
		v.Inner = standIn(name, t.Elem, nil, depth)
	case *model.Alias:
		v.Inner = standIn(name, t.Target, nil, depth)
	case *model.Defined:
		v.Inner = standIn(name, t.Under, nil, max(depth, deep-1)) // it contains itself
	case *model.Enum:
		if len(t.Values) > 0 {
			v.Text = t.Values[0].Value
		} else {
			v.Text = standInText(name, t.Base)
		}
	case *model.Object:
		if depth < deep {
			v.Fields = standInFields(t, show, depth+1)
		}
	}
	return v
}

func standInFields(o *model.Object, show func(*model.Field) bool, depth int) []model.FieldValue {
	var fields []model.FieldValue
	for _, f := range o.Fields {
		if f.In == model.InJSON && !model.Taggable(f.Name.Spec) {
			continue // it has no field
		}
		if mustBeThere(f) && !f.ReadOnly || show != nil && show(f) {
			fields = append(fields, model.FieldValue{Field: f, Value: standIn(f.Name.Spec, f.Type, nil, depth)})
		}
	}
	return fields
}

// mustBeThere reports whether a field is always sent.
func mustBeThere(f *model.Field) bool {
	switch f.Presence {
	case model.Plain, model.Nullable, model.NullPointer, model.TwoState:
		return true
	}
	return false
}

// standInText is a scalar as a [model.Value] has it.
func standInText(name string, s model.Scalar) string {
	switch s {
	case model.Bool:
		return "true"
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Any, model.Number:
		return "1"
	case model.Time:
		return "2006-01-02T15:04:05Z"
	case model.Date:
		return "2006-01-02"
	case model.Bytes:
		return base64.StdEncoding.EncodeToString([]byte(name))
	}
	return name
}
