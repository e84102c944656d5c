package emit

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// value writes a value as an expression of its type. It is the only function
// that writes literals of the model's types.
func (e *emitter) value(v *model.Value) *jen.Statement {
	switch t := v.Type.(type) {
	case model.Scalar:
		return e.scalarValue(t, v)
	case *model.Enum:
		return e.enumValue(t, v.Text)
	case *model.List:
		return e.typ(t).Add(e.elements(v))
	case *model.Lines:
		values := make([]jen.Code, len(v.Items))
		for i, item := range v.Items {
			values[i] = e.value(item)
		}
		return e.param("LinesOf").Types(e.typ(t.Elem)).Call(values...)
	case *model.Map:
		return e.typ(t).Add(e.entries(v))
	case *model.Object:
		return e.typ(t).Add(e.members(v))
	case *model.Union:
		return e.typ(t).Add(e.unionValue(v))
	case *model.Opt:
		return e.opt(t.Elem, v)
	case *model.Null:
		return e.nullable(t.Elem, v)
	case *model.Ptr:
		if v.Null {
			return jen.Nil()
		}
		return e.pointer(v.Inner)
	case *model.OrNull:
		if v.Null {
			return e.typ(t).Add(compact(entry{"Null", jen.True()}))
		}
		return e.typ(t).Add(compact(entry{"Value", e.value(v.Inner)}))
	case *model.Alias:
		return e.value(v.Inner)
	case *model.Defined:
		return e.typ(t).Parens(e.value(v.Inner))
	default:
		panic(fmt.Sprintf("emit: no value of type %T", t))
	}
}

func (e *emitter) scalarValue(t model.Scalar, v *model.Value) *jen.Statement {
	switch t {
	case model.Any, model.Number:
		return e.scalar(t).Call(stringLiteral(v.Text))
	case model.AnyObject:
		return e.scalar(t).Add(e.entries(v))
	case model.Empty:
		return jen.True()
	case model.Bool, model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return jen.Op(v.Text)
	case model.Time:
		return e.timeValue(v.Text)
	case model.Date:
		at, err := time.Parse(time.DateOnly, v.Text)
		if err != nil {
			panic(err) // the model has only what fits
		}
		return e.scalar(t).Add(compact(
			entry{"Year", jen.Lit(at.Year())}, entry{"Month", jen.Qual("time", at.Month().String())}, entry{"Day", jen.Lit(at.Day())},
		))
	case model.Bytes:
		data, err := base64.StdEncoding.DecodeString(v.Text)
		if err != nil {
			panic(err)
		}
		return e.scalar(t).Call(stringLiteral(string(data)))
	case model.Secret:
		return e.scalar(t).Call(stringLiteral(v.Text))
	case model.Reader:
		return jen.Qual("strings", "NewReader").Call(stringLiteral(v.Text))
	case model.File:
		return e.scalar(t).Add(compact(
			entry{"Content", jen.Qual("strings", "NewReader").Call(stringLiteral(v.Text))}, entry{"Name", jen.Lit("file.txt")},
		))
	default:
		return stringLiteral(v.Text)
	}
}

// timeValue writes a moment in UTC.
func (e *emitter) timeValue(text string) *jen.Statement {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	at = at.UTC()
	return jen.Qual("time", "Date").Call(
		jen.Lit(at.Year()), jen.Qual("time", at.Month().String()), jen.Lit(at.Day()),
		jen.Lit(at.Hour()), jen.Lit(at.Minute()), jen.Lit(at.Second()), jen.Lit(at.Nanosecond()), jen.Qual("time", "UTC"),
	)
}

// enumValue writes the constant that has a value, or else the value.
func (e *emitter) enumValue(t *model.Enum, text string) *jen.Statement {
	for _, c := range t.Values {
		if c.Value == text {
			return jen.Qual(e.importPath(t.Package.Path), c.Name.Go)
		}
	}
	if t.Base == model.String {
		return e.typ(t).Call(stringLiteral(text))
	}
	return e.typ(t).Call(jen.Op(text))
}

// elements writes the braces of a list. An element that is a struct needs no
// type of its own there, nor an & before it.
func (e *emitter) elements(v *model.Value) *jen.Statement {
	list := make([]jen.Code, len(v.Items))
	for i, item := range v.Items {
		list[i] = e.element(item)
	}
	if len(list) == 1 || len(v.Items) > 0 && plain(v.Items[0].Type) {
		return jen.Values(list...)
	}
	return multiline(list...)
}

func (e *emitter) element(v *model.Value) jen.Code {
	if _, ok := v.Type.(*model.Alias); ok {
		return e.element(v.Inner)
	}
	if p, ok := v.Type.(*model.Ptr); ok && !v.Null {
		if _, ok := p.Elem.(*model.Object); ok {
			return e.members(v.Inner)
		}
	}
	switch v.Type.(type) {
	case *model.Object:
		return e.members(v)
	case *model.Union:
		return e.unionValue(v)
	case *model.List:
		return e.elements(v)
	case *model.Map:
		return e.entries(v)
	}
	return e.value(v)
}

// entries writes the braces of a map.
func (e *emitter) entries(v *model.Value) *jen.Statement {
	list := make([]jen.Code, len(v.Entries))
	for i, entry := range v.Entries {
		list[i] = stringLiteral(entry.Name).Op(":").Add(e.element(entry.Value))
	}
	if len(list) == 1 {
		return jen.Values(list...)
	}
	return multiline(list...)
}

// members writes the braces of a struct.
func (e *emitter) members(v *model.Value) *jen.Statement {
	o := v.Type.(*model.Object)
	var entries []entry
	short, width := true, 0
	for _, f := range v.Fields {
		width += len(f.Field.Name.Go) + len(f.Value.Text)
		entries = append(entries, entry{f.Field.Name.Go, e.fieldValue(f.Field.Presence, f.Value)})
		short = short && plain(f.Value.Type)
	}
	if len(v.Items) > 0 { // after the fields of a tuple
		entries = append(entries, entry{extraName(o.Extra), jen.Index().Add(e.typ(o.Extra.Type)).Add(e.elements(v))})
		short = false
	}
	if len(v.Entries) > 0 {
		entries = append(entries, entry{extraName(o.Extra), e.extra(o.Extra).Add(e.entries(v))})
		short = false
	}
	if len(entries) <= 1 || short && width <= narrow {
		return compact(entries...)
	}
	return literal(jen.Null(), entries...)
}

// narrow is how much text there is in a struct that is written on one line.
const narrow = 40

// plain reports whether values of a type are written in a word or two.
func plain(t model.Type) bool {
	switch t := t.(type) {
	case model.Scalar:
		return t != model.Any && t != model.AnyObject && t != model.Time
	case *model.Enum:
		return true
	}
	return false
}

// fieldValue writes the value of a field with this presence.
func (e *emitter) fieldValue(p model.Presence, v *model.Value) *jen.Statement {
	switch p {
	case model.Plain, model.OmitZero:
		return e.value(v)
	case model.Optional, model.Nullable:
		return e.opt(v.Type, wrapped(v))
	case model.ThreeState, model.TwoState:
		return e.nullable(v.Type, wrapped(v))
	case model.Pointer, model.NullPointer:
		return e.pointer(v)
	default:
		panic(fmt.Sprintf("emit: unknown presence %d", p))
	}
}

// wrapped is a value that its field wraps, as one of a type that does.
func wrapped(v *model.Value) *model.Value {
	if v.Null {
		return v
	}
	return &model.Value{Inner: v}
}

// opt writes a param.Opt. Constants without a type need to be told theirs.
func (e *emitter) opt(elem model.Type, v *model.Value) *jen.Statement {
	if v.Null {
		return e.param("Null").Types(e.typ(elem)).Call()
	}
	some := e.param("Some")
	switch elem {
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		some.Types(e.typ(elem))
	}
	return some.Call(e.value(v.Inner))
}

// nullable writes a param.Nullable.
func (e *emitter) nullable(elem model.Type, v *model.Value) *jen.Statement {
	if v.Null {
		return e.param("NullOf").Types(e.typ(elem)).Call()
	}
	return e.param("NonNull").Call(e.value(v.Inner))
}

// pointer writes a pointer to a value.
func (e *emitter) pointer(v *model.Value) *jen.Statement {
	switch v.Type.(type) {
	case *model.Object, *model.Union:
		return jen.Op("&").Add(e.value(v))
	}
	return jen.New(e.value(v))
}

// unionValue writes the braces of a union.
func (e *emitter) unionValue(v *model.Value) *jen.Statement {
	if v.Variant == nil && v.Text == "" {
		return compact()
	}
	if v.Variant == nil {
		return compact(entry{rawField, jen.Qual(e.jsontext, "Value").Call(stringLiteral(v.Text))})
	}
	return compact(entry{v.Variant.Name.Go, e.fieldValue(v.Variant.Presence, v.Inner)})
}

// stringLiteral writes a text, in backquotes where quotes would need many
// escapes.
func stringLiteral(text string) *jen.Statement {
	if strings.ContainsAny(text, `"\`) && strconv.CanBackquote(text) {
		return jen.Op("`" + text + "`")
	}
	return jen.Op(strconv.Quote(text))
}
