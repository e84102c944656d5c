package docs

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// A row is a value with a name: a parameter, a member of a body or a type, a
// variant.
type row struct {
	ID         string
	Name       string // in Go
	Wire       string // on the wire; empty if it is the same
	Type       typeText
	Marks      []string // "required", "nullable", "read-only", "write-only"
	Deprecated string
	Doc        string // Markdown
	Facts      []fact
	Values     []value
	More       *link // where further values are
	Rows       []*row
	Inner      string // the anchor of the type of Rows, which is shown here only
	InnerName  string
	Brief      []*row // the members of a type that is shown elsewhere
}

// A fact is a keyword and what it says: maxLength 32.
type fact struct{ Key, Value string }

// A value is one that an enum lists.
type value struct{ JSON, Go, Doc string }

// A link is a text that leads somewhere.
type link struct{ Text, URL, Note string }

// A rower makes the rows of one page.
type rower struct {
	s     *site
	page  *page
	ids   map[string]bool
	terse bool // without examples, which stand beside
}

func (s *site) rower(p *page) *rower { return &rower{s: s, page: p, ids: map[string]bool{}} }

// id makes an anchor that is unique in the page.
func (r *rower) id(parts ...string) string {
	id := strings.Map(func(c rune) rune {
		if c == '_' || c == '-' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 0x7f && !isSpaceOrControl(c) {
			return c
		}
		return '-'
	}, strings.Trim(strings.Join(parts, "."), "."))
	if id == "" {
		id = "value"
	}
	unique := id
	for i := 2; r.ids[unique]; i++ {
		unique = id + "-" + strconv.Itoa(i)
	}
	r.ids[unique] = true
	return unique
}

// fields are the rows of an object's members.
func (r *rower) fields(prefix string, o *model.Object, keep func(*model.Field) bool) []*row {
	var rows []*row
	for _, f := range o.Fields {
		if f.In == model.InJSON && !model.Taggable(f.Name.Spec) {
			continue // it has no field
		}
		if keep == nil || keep(f) {
			rows = append(rows, r.field(prefix, f))
		}
	}
	if o.Extra != nil && keep == nil && o.Extra.Type != model.Any {
		name := o.Extra.Name.Go
		if name == "" {
			name = "Extra"
		}
		t := append(plainType("map[string]"), r.s.typeText(r.page, o.Extra.Type)...)
		if o.Tuple {
			t = append(plainType("[]"), r.s.typeText(r.page, o.Extra.Type)...)
		}
		extra := &row{ID: r.id(prefix, name), Name: name, Type: t, Doc: "Every other member."}
		r.members(extra, o.Extra.Type)
		rows = append(rows, extra)
	}
	return rows
}

// field is the row of a field.
func (r *rower) field(prefix string, f *model.Field) *row {
	out := &row{
		ID: r.id(prefix, f.Name.Spec), Name: f.Name.Go, Type: r.s.fieldType(r.page, f),
		Deprecated: f.Deprecated,
	}
	if f.Name.Spec != f.Name.Go {
		out.Wire = f.Name.Spec
	}
	if required(f) {
		out.Marks = append(out.Marks, "required")
	}
	switch f.Presence {
	case model.Nullable, model.NullPointer, model.ThreeState, model.TwoState:
		out.Marks = append(out.Marks, "nullable")
	default:
		if f.Facts != nil && f.Facts.Null {
			out.Marks = append(out.Marks, "nullable")
		}
	}
	if f.ReadOnly {
		out.Marks = append(out.Marks, "read-only")
	}
	if f.WriteOnly {
		out.Marks = append(out.Marks, "write-only")
	}
	r.describe(out, f.Facts, f.Doc)
	r.members(out, f.Type)
	return out
}

// required reports whether a field must be there.
func required(f *model.Field) bool {
	switch f.Presence {
	case model.Plain, model.Nullable, model.NullPointer, model.TwoState:
		return true
	}
	return false
}

// describe adds what the description says of a value.
func (r *rower) describe(out *row, f *model.Facts, doc string) {
	if f == nil {
		out.Doc = doc
		return
	}
	out.Doc = f.Doc
	for _, c := range f.Constraints {
		out.Facts = append(out.Facts, fact{c.Name, c.Value})
	}
	if f.Default != "" {
		out.Facts = append(out.Facts, fact{"default", shorten(f.Default)})
	}
	if len(f.Examples) > 0 && !r.terse {
		out.Facts = append(out.Facts, fact{"example", shorten(unquoted(f.Examples[0]))})
	}
}

// unquoted is the text of a JSON string, and any other JSON as it is.
func unquoted(text string) string {
	var s string
	if json.Unmarshal([]byte(text), &s) == nil && s != "" {
		return s
	}
	return text
}

// shorten cuts what is too long for a line.
func shorten(text string) string {
	const longest = 120
	if r := []rune(text); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return text
}

// inner is the anchor of a type that is shown here; empty if the page has it
// already.
func (r *rower) inner(d model.Decl) string {
	id := r.s.homes[d.Declaration()].id
	if r.ids[id] {
		return ""
	}
	r.ids[id] = true
	return id
}

// fewValues is how many values of an enum with a page of its own are shown where
// it is used.
const fewValues = 12

// members adds what is inside a value: all of it if it is shown nowhere else,
// else its members in brief.
func (r *rower) members(out *row, t model.Type) {
	d := named(t)
	if d == nil {
		return
	}
	if e, ok := target(d).(*model.Enum); ok {
		out.Values = r.s.values(e)
		if r.s.isLocal(d) {
			out.Inner, out.InnerName = r.inner(d), d.Declaration().Name.Go
			return
		}
		if len(out.Values) > fewValues {
			out.More = &link{Text: strconv.Itoa(len(out.Values)-fewValues) + " more", URL: r.s.typeURL(r.page, d)}
			out.Values = out.Values[:fewValues]
		}
		for i := range out.Values {
			out.Values[i].Doc = sentence(out.Values[i].Doc)
		}
		return
	}
	if r.s.isLocal(d) {
		out.Inner, out.InnerName = r.inner(d), d.Declaration().Name.Go
		out.Rows = r.of(out.ID, d)
		return
	}
	if r.page.decl != nil && r.page.decl.Declaration() != d.Declaration() {
		out.Brief = r.brief(d)
	}
}

// of are the rows of a declaration.
func (r *rower) of(prefix string, d model.Decl) []*row {
	switch d := target(d).(type) {
	case *model.Object:
		return r.fields(prefix, d, nil)
	case *model.Page:
		return r.fields(prefix, &d.Object, nil)
	case *model.Union:
		var rows []*row
		for _, v := range d.Variants {
			rows = append(rows, r.variant(prefix, d, v))
		}
		return rows
	}
	return nil
}

// manyVariants is from where on the variants of a union are only named.
const manyVariants = 24

func (r *rower) variant(prefix string, u *model.Union, v *model.Variant) *row {
	f := &model.Field{Name: v.Name, Type: v.Type, Presence: v.Presence}
	out := &row{ID: r.id(prefix, v.Name.Go), Name: v.Name.Go, Type: r.s.fieldType(r.page, f)}
	if d := named(v.Type); d != nil && !r.s.isLocal(d) {
		out.Doc = sentence(d.Declaration().Doc)
	}
	if u.Tag != "" && len(v.Values) > 0 {
		out.Facts = append(out.Facts, fact{u.Tag, strings.Join(v.Values, ", ")})
	}
	if v == u.Default && u.Tag != "" {
		out.Facts = append(out.Facts, fact{u.Tag, "anything else"})
	}
	r.members(out, v.Type)
	if len(u.Variants) > manyVariants {
		out.Brief = nil
	}
	return out
}

// fewMembers is how many members of a type are shown in brief.
const fewMembers = 16

// brief are the members of a type that is shown elsewhere: their names and
// types.
func (r *rower) brief(d model.Decl) []*row {
	o, ok := target(d).(*model.Object)
	if !ok || len(o.Fields) == 0 {
		return nil
	}
	home, _ := r.s.where(d.Declaration())
	if t, ok := target(d).(model.Decl); ok {
		if p, _ := r.s.where(t.Declaration()); p != nil {
			home = p
		}
	}
	if home == nil {
		return nil
	}
	var rows []*row
	for _, f := range o.Fields {
		if f.In == model.InJSON && !model.Taggable(f.Name.Spec) {
			continue
		}
		if len(rows) == fewMembers {
			rows = append(rows, &row{Name: "…", ID: r.page.to(home)})
			break
		}
		rows = append(rows, &row{Name: f.Name.Spec, ID: r.page.to(home) + "#" + segmentID(f.Name.Spec), Type: plainType(r.s.fieldType(r.page, f).String())})
	}
	return rows
}

// segmentID is the anchor of a member on the page of its type.
func segmentID(name string) string { return (&rower{ids: map[string]bool{}}).id(name) }

// values are those of an enum.
func (s *site) values(e *model.Enum) []value {
	list := make([]value, len(e.Values))
	for i, v := range e.Values {
		text := v.Value
		if e.Base == model.String {
			text = quote(v.Value)
		}
		list[i] = value{JSON: text, Go: v.Name.Go, Doc: v.Doc}
	}
	return list
}

// quote writes a text as JSON does.
func quote(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return text
	}
	return strings.TrimSpace(b.String())
}
