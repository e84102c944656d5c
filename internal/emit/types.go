package emit

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// typ writes a type as Go does.
func (e *emitter) typ(t model.Type) *jen.Statement { return e.use.Type(t) }

// decl writes the declaration of a type that is no params struct.
func (e *emitter) decl(d model.Decl) jen.Code {
	if d, ok := d.(*model.OrNull); ok {
		return e.orNull(d)
	}
	about := e.aboutType(d.Declaration())
	switch d := d.(type) {
	case *model.Object:
		return e.object(d, about)
	case *model.Enum:
		return e.enum(d, about)
	case *model.Defined:
		return doc(about...).Type().Id(d.Name.Go).Add(e.typ(d.Under))
	case *model.Alias:
		if d.Moved {
			return e.movedType(d)
		}
		if page, ok := d.Target.(*model.Page); ok {
			return doc(about...).Type().Id(d.Name.Go).Types(jen.Id("T").Any()).Op("=").Id(page.Name.Go).Types(jen.Id("T"))
		}
		if isErrorData(e.api, d) {
			return doc(about...).Type().Id(d.Name.Go).Add(e.typ(d.Target)) // it has a method
		}
		return doc(about...).Type().Id(d.Name.Go).Op("=").Add(e.typ(d.Target))
	case *model.Union:
		return e.union(d, about)
	default:
		panic(fmt.Sprintf("emit: unknown declaration %T", d))
	}
}

// aboutType is the doc comment of a type. A type without a description, or with
// one that is no Go documentation, is introduced by where it is used, which
// says more than its name.
func (e *emitter) aboutType(d *model.Declared) []prose.Block {
	used := e.uses[d]
	fact := used.fact
	switch {
	case d.Repeated && fact == "":
		fact = "is the type of several fields, such as " + prose.Line(d.Name.Spec) + "."
	case fact == "" || d.Component && d.Name.Spec != d.Name.Go:
		fact = "is the schema " + prose.Line(d.Name.Spec) + "."
	}
	fact = d.Name.Go + " " + fact
	if said := prose.Blocks(d.Doc); !d.Component && len(said) > 1 && said[0].Kind == prose.Paragraph && strings.HasPrefix(used.doc, d.Doc) {
		// The field that it is for has the rest.
		return prose.Deprecate([]prose.Block{{Text: fact + " " + prose.Stopped(said[0].Text)}}, d.Deprecated)
	}
	return prose.Deprecate(prose.Introduce(d.Name, d.Doc, fact, e.words.Type), d.Deprecated)
}

// object writes a struct whose fields are the members of a JSON object.
func (e *emitter) object(o *model.Object, about []prose.Block) *jen.Statement {
	if o.Tuple {
		return e.tuple(o, about)
	}
	return doc(about...).Type().Id(o.Name.Go).Struct(e.fields(o, true)...)
}

// fields writes the fields of a struct. Fields that are parameters of a request
// stay out of the JSON if the struct is its body.
func (e *emitter) fields(o *model.Object, body bool) []jen.Code {
	var fields []jen.Code
	var unnamed []string
	for _, f := range o.Fields {
		switch {
		case f.In == model.InRequest && body:
			fields = append(fields, e.field(f, "-"))
		case f.In == model.InRequest:
			fields = append(fields, e.field(f, ""))
		case !model.Taggable(f.Name.Spec):
			unnamed = append(unnamed, strconv.Quote(f.Name.Spec))
		default:
			tags := map[string]string{"json": memberTag(f)}
			if o.XML && f.XML != "" {
				tags["xml"] = f.XML
			}
			fields = append(fields, e.tagged(f, tags))
		}
	}
	if x := o.Extra; x != nil {
		about := prose.Text(x.Doc, "")
		if len(unnamed) > 0 {
			about = append(about, prose.Block{Text: "It also holds " + strings.Join(unnamed, ", ") + ", which no struct tag can name."})
		}
		fields = append(fields, doc(about...).Id(extraName(x)).Add(e.extra(x)).Add(tag(",embed")))
	}
	return fields
}

// extra is the type of the members that have no field.
func (e *emitter) extra(f *model.Field) *jen.Statement { return e.use.Extra(f) }

func extraName(f *model.Field) string { return snippet.ExtraName(f) }

// field writes a field; the tag names it in JSON.
func (e *emitter) field(f *model.Field, name string) jen.Code {
	if name == "" {
		return e.tagged(f, nil)
	}
	return e.tagged(f, map[string]string{"json": name})
}

// tagged writes a field with its tags.
func (e *emitter) tagged(f *model.Field, tags map[string]string) jen.Code {
	s := doc(prose.Text(f.Doc, f.Deprecated)...).Id(f.Name.Go).Add(e.presence(f))
	if len(tags) > 0 {
		s.Tag(tags)
	}
	return s
}

// presence writes the type of a field, with what shows that it may be absent.
func (e *emitter) presence(f *model.Field) *jen.Statement {
	switch f.Presence {
	case model.Plain, model.OmitZero:
		return e.typ(f.Type)
	case model.Optional, model.Nullable:
		return e.param("Opt").Types(e.typ(f.Type))
	case model.Pointer, model.NullPointer:
		return jen.Op("*").Add(e.typ(f.Type))
	case model.ThreeState, model.TwoState:
		return e.param("Nullable").Types(e.typ(f.Type))
	default:
		panic(fmt.Sprintf("emit: unknown presence %d", f.Presence))
	}
}

// memberTag is the JSON tag of a field that is a member of an object.
func memberTag(f *model.Field) string {
	name := f.Name.Spec
	switch f.Presence {
	case model.OmitZero, model.Optional, model.Pointer, model.ThreeState:
		return name + ",omitzero"
	}
	if name == "-" {
		return name + ",case:strict" // alone it would leave the field out; strict is the default
	}
	return name
}

func tag(value string) jen.Code { return jen.Tag(map[string]string{"json": value}) }

// enum writes a named scalar and its values, and what sends the only one where
// the zero value stands.
func (e *emitter) enum(d *model.Enum, about []prose.Block) jen.Code {
	s := e.enumType(d, about)
	if !d.Fills {
		return s
	}
	name, only := "MarshalJSON", d.Values[0]
	if d.Base == model.String {
		name = "MarshalText" // of which every encoder makes a string
	}
	write := map[model.Scalar]string{model.String: "Text", model.Int64: "Int", model.Float64: "Float"}[d.Base]
	call := jen.Qual(e.importPath("internal/constant"), write).Call(e.typ(d.Base).Call(jen.Id("v")), constant(d.Base, only.Value))
	return s.Line().Line().
		Add(doc(prose.Block{Text: name + " writes [" + only.Name.Go + "] where v is not set."})).
		Func().Params(jen.Id("v").Id(d.Name.Go)).Id(name).Params().Params(jen.Index().Byte(), jen.Error()).Add(oneLine(jen.Return(call)))
}

func (e *emitter) enumType(d *model.Enum, about []prose.Block) *jen.Statement {
	s := doc(about...).Type().Id(d.Name.Go).Add(e.typ(d.Base))
	if len(d.Values) == 0 {
		return s
	}
	if v := d.Values[0]; len(d.Values) == 1 && len(v.Old) == 0 {
		known := v.Name.Go + " is the known value. The API may return others."
		if d.Fills {
			known = v.Name.Go + " is the known value, which is sent where the field is not set. The API may return others."
		}
		about := append([]prose.Block{{Text: known}}, prose.Text(v.Doc, "")...)
		return s.Line().Line().Add(doc(about...)).Const().Id(v.Name.Go).Id(d.Name.Go).Op("=").Add(constant(d.Base, v.Value))
	}
	var values []jen.Code
	for _, v := range d.Values {
		values = append(values, doc(prose.Text(v.Doc, "")...).Id(v.Name.Go).Id(d.Name.Go).Op("=").Add(constant(d.Base, v.Value)))
		for _, old := range v.Old {
			values = append(values, doc(renamed(v.Name.Go)...).Id(old).Op("=").Id(v.Name.Go))
		}
	}
	return s.Line().Line().Add(documented(values))
}

// documented writes the constants of an enum.
func documented(values []jen.Code) *jen.Statement {
	return doc(prose.Block{Text: "Known values. The API may return others."}).Const().Defs(values...)
}

// movedType writes the name that a type of another package had here, and those
// of its constants.
func (e *emitter) movedType(d *model.Alias) jen.Code {
	target := d.Target.(model.Decl).Declaration()
	qualified := target.Package.Name + "." + target.Name.Go
	about := prose.Block{Text: d.Name.Go + " is [" + qualified + "], which other packages share."}
	switch {
	case target.Package == d.Package:
		about.Text = d.Name.Go + " is the name that [" + target.Name.Go + "] had here before the API gave it one."
	case target.Package.Path != model.SharedPath:
		about.Text = d.Name.Go + " is the name that [" + qualified + "] had before its method moved."
	}
	s := doc(about).Type().Id(d.Name.Go).Op("=").Add(e.typ(d.Target))
	if len(d.Values) == 0 {
		return s
	}
	var values []jen.Code
	for _, v := range d.Values {
		values = append(values, jen.Id(v.Name).Op("=").Qual(e.importPath(target.Package.Path), v.Target.Name.Go))
	}
	return s.Line().Line().Add(documented(values))
}

// constant writes the value of an enum.
func constant(base model.Scalar, value string) jen.Code {
	switch base {
	case model.String:
		return jen.Lit(value)
	case model.Int32, model.Int64:
		if _, err := strconv.ParseInt(value, 10, 64); err == nil {
			return jen.Op(value)
		}
	case model.Float32, model.Float64:
		if f, err := strconv.ParseFloat(value, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
			return jen.Op(strconv.FormatFloat(f, 'g', -1, 64))
		}
	}
	panic(fmt.Sprintf("emit: %q is no value of an enum", value))
}

// An entry is a line of a composite literal.
type entry struct {
	name  string
	value jen.Code
}

func entries(list []entry) []snippet.Entry {
	out := make([]snippet.Entry, len(list))
	for i, e := range list {
		out[i] = snippet.Entry{Name: e.name, Value: e.value}
	}
	return out
}

// literal writes T{…} with an entry to a line.
func literal(typ jen.Code, list ...entry) *jen.Statement {
	return snippet.Literal(typ, entries(list)...)
}

// multiline writes {…} with an element to a line.
func multiline(lines ...jen.Code) *jen.Statement { return snippet.Multiline(lines...) }

// compact writes {…} on one line.
func compact(list ...entry) *jen.Statement { return snippet.Compact(entries(list)...) }

func stringLiteral(text string) *jen.Statement { return snippet.String(text) }
