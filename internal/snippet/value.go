package snippet

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Value writes a value as an expression of its type. It is the only function
// that writes literals of the model's types.
func (w *Writer) Value(v *model.Value) *jen.Statement {
	if l := w.leaf(v); l != nil {
		return w.marked(l, v)
	}
	switch t := v.Type.(type) {
	case model.Scalar:
		return w.scalarValue(t, v)
	case *model.Enum:
		return w.enumValue(t, v.Text)
	case *model.List:
		return w.Type(t).Add(w.elements(v))
	case *model.Lines:
		values := make([]jen.Code, len(v.Items))
		for i, item := range v.Items {
			values[i] = w.Value(item)
		}
		return w.param("LinesOf").Types(w.Type(t.Elem)).Call(values...)
	case *model.Map:
		return w.Type(t).Add(w.entries(v))
	case *model.Object:
		return w.Type(t).Add(w.members(v))
	case *model.Union:
		return w.Type(t).Add(w.unionValue(v))
	case *model.Opt:
		return w.opt(t.Elem, v)
	case *model.Null:
		return w.nullable(t.Elem, v)
	case *model.Ptr:
		if v.Null {
			return jen.Nil()
		}
		return w.pointer(v.Inner)
	case *model.OrNull:
		if v.Null {
			return w.Type(t).Add(Compact(Entry{"Null", jen.True()}))
		}
		return w.Type(t).Add(Compact(Entry{"Value", w.Value(v.Inner)}))
	case *model.Alias:
		return w.Value(v.Inner)
	case *model.Defined:
		return w.Type(t).Parens(w.Value(v.Inner))
	default:
		panic(fmt.Sprintf("snippet: no value of type %T", t))
	}
}

func (w *Writer) scalarValue(t model.Scalar, v *model.Value) *jen.Statement {
	switch t {
	case model.Any, model.Number:
		return w.scalar(t).Call(String(v.Text))
	case model.AnyObject:
		return w.scalar(t).Add(w.entries(v))
	case model.Empty:
		return jen.True()
	case model.Bool, model.True, model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return jen.Op(v.Text)
	case model.Time:
		return w.timeValue(v.Text)
	case model.Date:
		at, err := time.Parse(time.DateOnly, v.Text)
		if err != nil {
			panic(err) // the model has only what fits
		}
		return w.scalar(t).Add(Compact(
			Entry{"Year", jen.Lit(at.Year())}, Entry{"Month", jen.Qual("time", at.Month().String())}, Entry{"Day", jen.Lit(at.Day())},
		))
	case model.Bytes:
		data, err := base64.StdEncoding.DecodeString(v.Text)
		if err != nil {
			panic(err)
		}
		return w.scalar(t).Call(String(string(data)))
	case model.Secret:
		return w.scalar(t).Call(String(v.Text))
	case model.Reader:
		return jen.Qual("strings", "NewReader").Call(String(v.Text))
	case model.File:
		return w.scalar(t).Add(Compact(
			Entry{"Content", jen.Qual("strings", "NewReader").Call(String(v.Text))}, Entry{"Name", jen.Lit("file.txt")},
		))
	default:
		return String(v.Text)
	}
}

// timeValue writes a moment in UTC.
func (w *Writer) timeValue(text string) *jen.Statement {
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
func (w *Writer) enumValue(t *model.Enum, text string) *jen.Statement {
	for _, c := range t.Values {
		if c.Value == text {
			return jen.Qual(w.importPath(t.Package.Path), c.Name.Go)
		}
	}
	if t.Base == model.String {
		return w.Type(t).Call(String(text))
	}
	return w.Type(t).Call(jen.Op(text))
}

// elements writes the braces of a list. An element that is a struct needs no
// type of its own there, nor an & before it.
func (w *Writer) elements(v *model.Value) *jen.Statement {
	list := make([]jen.Code, len(v.Items))
	for i, item := range v.Items {
		list[i] = w.element(item)
	}
	if len(list) == 1 || len(v.Items) > 0 && plain(v.Items[0].Type) {
		return jen.Values(list...)
	}
	return Multiline(list...)
}

func (w *Writer) element(v *model.Value) jen.Code {
	if _, ok := v.Type.(*model.Alias); ok {
		return w.element(v.Inner)
	}
	if p, ok := v.Type.(*model.Ptr); ok && !v.Null {
		if _, ok := p.Elem.(*model.Object); ok {
			return w.members(v.Inner)
		}
	}
	switch v.Type.(type) {
	case *model.Object:
		return w.members(v)
	case *model.Union:
		return w.unionValue(v)
	case *model.List:
		return w.elements(v)
	case *model.Map:
		return w.entries(v)
	}
	return w.Value(v)
}

// entries writes the braces of a map.
func (w *Writer) entries(v *model.Value) *jen.Statement {
	list := make([]jen.Code, len(v.Entries))
	for i, entry := range v.Entries {
		list[i] = String(entry.Name).Op(":").Add(w.element(entry.Value))
	}
	if len(list) == 1 {
		return jen.Values(list...)
	}
	return Multiline(list...)
}

// members writes the braces of a struct.
func (w *Writer) members(v *model.Value) *jen.Statement {
	o := v.Type.(*model.Object)
	var entries []Entry
	short, width := true, 0
	for _, f := range v.Fields {
		width += len(f.Field.Name.Go) + len(f.Value.Text)
		entries = append(entries, Entry{f.Field.Name.Go, w.fieldValue(f.Field.Presence, f.Value)})
		short = short && plain(f.Value.Type)
	}
	if len(v.Items) > 0 { // after the fields of a tuple
		entries = append(entries, Entry{ExtraName(o.Extra), jen.Index().Add(w.Type(o.Extra.Type)).Add(w.elements(v))})
		short = false
	}
	if len(v.Entries) > 0 {
		entries = append(entries, Entry{ExtraName(o.Extra), w.Extra(o.Extra).Add(w.entries(v))})
		short = false
	}
	if len(entries) <= 1 || short && width <= narrow {
		return Compact(entries...)
	}
	return Literal(jen.Null(), entries...)
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
func (w *Writer) fieldValue(p model.Presence, v *model.Value) *jen.Statement {
	switch p {
	case model.Plain, model.OmitZero:
		return w.Value(v)
	case model.Optional, model.Nullable:
		return w.opt(v.Type, wrapped(v))
	case model.ThreeState, model.TwoState:
		return w.nullable(v.Type, wrapped(v))
	case model.Pointer, model.NullPointer:
		return w.pointer(v)
	default:
		panic(fmt.Sprintf("snippet: unknown presence %d", p))
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
func (w *Writer) opt(elem model.Type, v *model.Value) *jen.Statement {
	if v.Null {
		return w.param("Null").Types(w.Type(elem)).Call()
	}
	some := w.param("Some")
	switch elem {
	case model.Int64:
		some = w.param("Int")
	case model.Float64:
		some = w.param("Float")
	case model.Int32, model.Uint64, model.Float32:
		some.Types(w.Type(elem))
	}
	return some.Call(w.Value(v.Inner))
}

// nullable writes a param.Nullable.
func (w *Writer) nullable(elem model.Type, v *model.Value) *jen.Statement {
	if v.Null {
		return w.param("NullOf").Types(w.Type(elem)).Call()
	}
	return w.param("NonNull").Call(w.Value(v.Inner))
}

// pointer writes a pointer to a value.
func (w *Writer) pointer(v *model.Value) *jen.Statement {
	switch v.Type.(type) {
	case *model.Object, *model.Union:
		return jen.Op("&").Add(w.Value(v))
	}
	return jen.New(w.Value(v))
}

// RawField is the field of a union for what fits none of its variants.
const RawField = "Raw"

// unionValue writes the braces of a union.
func (w *Writer) unionValue(v *model.Value) *jen.Statement {
	if v.Variant == nil && v.Text == "" {
		return Compact()
	}
	if v.Variant == nil {
		return Compact(Entry{RawField, jen.Qual(w.jsontext, "Value").Call(String(v.Text))})
	}
	return Compact(Entry{v.Variant.Name.Go, w.fieldValue(v.Variant.Presence, v.Inner)})
}

// String writes a text, in backquotes where quotes would need many escapes.
func String(text string) *jen.Statement { return jen.Op(literalText(text)) }

func literalText(text string) string {
	if strings.ContainsAny(text, `"\`) && strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}
