package emit

import (
	"bytes"
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
		args = append(args, e.sample(arg.Name.Spec, arg.Type, 0))
	}
	if op.Params != nil {
		args = append(args, e.sampleStruct(op.Params, op.Params, show, 0))
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

// deep is how far samples go into structs in structs: those behind it are empty.
const deep = 3

// sampleStruct writes a struct with the fields that must be given, and those
// that show names.
func (e *emitter) sampleStruct(t model.Type, o *model.Object, show func(*model.Field) bool, depth int) *jen.Statement {
	return e.typ(t).Add(e.sampleFields(o, show, depth))
}

func (e *emitter) sampleFields(o *model.Object, show func(*model.Field) bool, depth int) *jen.Statement {
	var entries []entry
	if depth < deep {
		for _, f := range o.Fields {
			if mustBeThere(f) && !f.ReadOnly || show != nil && show(f) {
				entries = append(entries, entry{f.Name.Go, e.sampleField(f, depth)})
			}
		}
	}
	if len(entries) > 1 && depth == 0 {
		lines := make([]jen.Code, len(entries))
		for i, e := range entries {
			lines[i] = jen.Id(e.key).Op(":").Add(e.value)
		}
		return multiline(lines...)
	}
	return compact(entries...)
}

// mustBeThere reports whether a field is always sent.
func mustBeThere(f *model.Field) bool {
	switch f.Presence {
	case model.Plain, model.Nullable, model.NullPointer, model.TwoState:
		return true
	}
	return false
}

// sampleField writes a value for a field.
func (e *emitter) sampleField(f *model.Field, depth int) jen.Code {
	value := e.sample(f.Name.Spec, f.Type, depth)
	switch f.Presence {
	case model.Optional, model.Nullable:
		return e.some(f.Type, value)
	case model.Pointer, model.NullPointer:
		return pointTo(f.Type, value)
	case model.ThreeState, model.TwoState:
		return e.param("NonNull").Call(value)
	}
	return value
}

// pointTo writes a pointer to a value of a type.
func pointTo(t model.Type, value jen.Code) jen.Code {
	switch t := t.(type) {
	case *model.Object, *model.Union:
		return jen.Op("&").Add(value)
	case *model.Alias:
		return pointTo(t.Target, value)
	}
	return jen.New(value)
}

// some writes a param.Opt that is set. A number does not say which type it has.
func (e *emitter) some(t model.Type, value jen.Code) jen.Code {
	switch t {
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Secret:
		return e.param("Some").Types(e.typ(t)).Call(value)
	}
	return e.param("Some").Call(value)
}

// sample writes a value of a type: of a text its name.
func (e *emitter) sample(name string, t model.Type, depth int) jen.Code {
	switch t := t.(type) {
	case model.Scalar:
		return e.sampleScalar(name, t)
	case *model.List:
		if depth >= deep {
			return e.typ(t).Values()
		}
		return e.typ(t).Add(e.sampleElem(strings.TrimSuffix(name, "s"), t.Elem, depth+1))
	case *model.Map:
		return e.typ(t).Values()
	case *model.Opt:
		return e.some(t.Elem, e.sample(name, t.Elem, depth))
	case *model.Null:
		return e.param("NonNull").Call(e.sample(name, t.Elem, depth))
	case *model.Ptr:
		return pointTo(t.Elem, e.sample(name, t.Elem, depth))
	case *model.Object:
		return e.sampleStruct(t, t, nil, depth+1)
	case *model.Enum:
		if len(t.Values) > 0 {
			return jen.Qual(e.importPath(t.Package.Path), t.Values[0].Name.Go)
		}
	case *model.Alias:
		if o, ok := t.Target.(*model.Object); ok {
			return e.sampleStruct(t, o, nil, depth+1)
		}
		return e.sample(name, t.Target, depth)
	case *model.Union:
		return e.typ(t).Values()
	case *model.Defined:
		switch t.Under.(type) {
		case *model.List, *model.Map:
			return e.typ(t).Values()
		}
	}
	return jen.Op("*").New(e.typ(t))
}

// sampleElem writes the value of a list with one element, whose type the list
// says already.
func (e *emitter) sampleElem(name string, t model.Type, depth int) *jen.Statement {
	switch t := t.(type) {
	case *model.Object:
		return jen.Values(e.sampleFields(t, nil, depth+1))
	case *model.Alias:
		if o, ok := t.Target.(*model.Object); ok {
			return jen.Values(e.sampleFields(o, nil, depth+1))
		}
	case *model.List:
		if depth < deep {
			return jen.Values(e.sampleElem(strings.TrimSuffix(name, "s"), t.Elem, depth+1))
		}
		return jen.Values(jen.Values())
	}
	return jen.Values(e.sample(name, t, depth))
}

func (e *emitter) sampleScalar(name string, s model.Scalar) jen.Code {
	switch s {
	case model.String, model.Secret:
		return jen.Lit(name)
	case model.Bool:
		return jen.True()
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return jen.Lit(1)
	case model.Any, model.Number:
		return e.scalar(s).Call(jen.Lit("1"))
	case model.AnyObject, model.Date, model.File, model.Event:
		return e.scalar(s).Values()
	case model.Time:
		return jen.Qual("time", "Now").Call()
	case model.Bytes:
		return e.scalar(s).Call(jen.Lit(name))
	case model.Reader:
		return jen.Qual("strings", "NewReader").Call(jen.Lit(name))
	default:
		panic(fmt.Sprintf("emit: unknown scalar %d", s))
	}
}
