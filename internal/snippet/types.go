package snippet

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Type writes a type as Go does. It is the only function that knows how.
func (w *Writer) Type(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case model.Scalar:
		return w.scalar(t)
	case *model.List:
		return jen.Index().Add(w.Type(t.Elem))
	case *model.Map:
		return jen.Map(jen.String()).Add(w.Type(t.Elem))
	case *model.Opt:
		return w.param("Opt").Types(w.Type(t.Elem))
	case *model.Null:
		return w.param("Nullable").Types(w.Type(t.Elem))
	case *model.Ptr:
		return jen.Op("*").Add(w.Type(t.Elem))
	case *model.Lines:
		return w.param("Lines").Types(w.Type(t.Elem))
	case model.TypeParam:
		return jen.Id("T")
	case model.Decl:
		d := t.Declaration()
		return jen.Qual(w.importPath(d.Package.Path), d.Name.Go)
	default:
		panic(fmt.Sprintf("snippet: unknown type %T", t))
	}
}

func (w *Writer) scalar(s model.Scalar) *jen.Statement {
	switch s {
	case model.Any:
		return jen.Qual(w.jsontext, "Value")
	case model.Number:
		return w.param("Number")
	case model.AnyObject:
		return jen.Map(jen.String()).Add(jen.Qual(w.jsontext, "Value"))
	case model.String:
		return jen.String()
	case model.Bool:
		return jen.Bool()
	case model.Int32:
		return jen.Int32()
	case model.Int64:
		return jen.Int64()
	case model.Uint64:
		return jen.Uint64()
	case model.Float32:
		return jen.Float32()
	case model.Float64:
		return jen.Float64()
	case model.Time:
		return jen.Qual("time", "Time")
	case model.Date:
		return w.param("Date")
	case model.True:
		return w.param("True")
	case model.Bytes:
		return jen.Index().Byte()
	case model.Secret:
		return w.param("Secret")
	case model.Empty:
		return w.param("Empty")
	case model.Reader:
		return jen.Qual("io", "Reader")
	case model.File:
		return w.param("File")
	case model.Event:
		return jen.Qual(w.importPath("streaming"), "Event")
	default:
		panic(fmt.Sprintf("snippet: unknown scalar %d", s))
	}
}

// Extra is the type of the members that have no field: one that says so itself
// where nothing more is known of them.
func (w *Writer) Extra(f *model.Field) *jen.Statement {
	if f.Type == model.Any {
		return w.param("Extra")
	}
	return jen.Map(jen.String()).Add(w.Type(f.Type))
}

// ExtraName is what the field of those members is called.
func ExtraName(f *model.Field) string {
	if f.Name.Go == "" {
		return "Extra"
	}
	return f.Name.Go
}

// An Entry is a line of a composite literal.
type Entry struct {
	Name  string
	Value jen.Code
}

// Literal writes T{…} with an entry to a line, in the order given; jen.Dict
// would sort them.
func Literal(typ jen.Code, entries ...Entry) *jen.Statement {
	lines := make([]jen.Code, len(entries))
	for i, e := range entries {
		lines[i] = jen.Id(e.Name).Op(":").Add(e.Value)
	}
	return jen.Add(typ).Add(Multiline(lines...))
}

// Multiline writes {…} with an element to a line.
func Multiline(lines ...jen.Code) *jen.Statement {
	if len(lines) == 0 {
		return jen.Values()
	}
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, lines...)
}

// Compact writes {…} on one line.
func Compact(entries ...Entry) *jen.Statement {
	values := make([]jen.Code, len(entries))
	for i, e := range entries {
		values[i] = jen.Id(e.Name).Op(":").Add(e.Value)
	}
	return jen.Values(values...)
}
