package snippet

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// A Segment is a part of a program: text, or a literal that may be another one.
type Segment struct {
	Text string // as it stands in the program
	Leaf *Leaf  // of a literal; nil for text
}

// A Leaf is a literal in a call.
type Leaf struct {
	Key  string // the way to it: "account_id", "body.0.name"
	Kind string // "string", "number", "boolean" or "enum"
	Wire string // what is sent
	Go   string // the literal

	id   int
	enum *model.Enum
}

// Segments is [Writer.Program] in parts. Names on the way to a leaf are those of
// the wire; what is in a body that is one field begins with "body".
func (w *Writer) Segments(op *model.Operation) ([]Segment, error) {
	args, params := w.values(op)
	own := *w
	own.leaves = map[*model.Value]*Leaf{}
	var order []*Leaf
	var visit func(key string, v *model.Value)
	visit = func(key string, v *model.Value) {
		if l := leafOf(v); l != nil && own.leaves[v] == nil {
			l.Key, l.id = key, len(order)
			own.leaves[v] = l
			order = append(order, l)
			return
		}
		switch {
		case v.Inner != nil:
			visit(key, v.Inner)
		default:
			for i, item := range v.Items {
				visit(key+"."+strconv.Itoa(i), item)
			}
			for _, f := range v.Fields {
				visit(strings.TrimPrefix(key+"."+f.Field.Name.Spec, "."), f.Value)
			}
			for _, e := range v.Entries {
				visit(strings.TrimPrefix(key+"."+e.Name, "."), e.Value)
			}
		}
	}
	for i, v := range args {
		visit(op.Args[i].Name.Spec, v)
	}
	if params != nil {
		visit("", params)
	}
	marked, err := own.main(op, args, params)
	if err != nil {
		return nil, err
	}
	segments, ok := split(marked, order)
	if !ok { // what stands in it looks like our marks
		whole, err := w.main(op, args, params)
		return []Segment{{Text: whole}}, err
	}
	return segments, nil
}

// leafMark is an identifier that no description has by chance.
var leafMark = regexp.MustCompile("ǂ([0-9]+)ǂ")

func split(marked string, leaves []*Leaf) ([]Segment, bool) {
	var list []Segment
	seen := map[int]bool{}
	at := 0
	for _, m := range leafMark.FindAllStringSubmatchIndex(marked, -1) {
		n, err := strconv.Atoi(marked[m[2]:m[3]])
		if err != nil || n >= len(leaves) || seen[n] {
			return nil, false
		}
		seen[n] = true
		if at < m[0] {
			list = append(list, Segment{Text: marked[at:m[0]]})
		}
		list = append(list, Segment{Text: leaves[n].Go, Leaf: leaves[n]})
		at = m[1]
	}
	return append(list, Segment{Text: marked[at:]}), len(seen) == len(leaves)
}

// leafOf is the leaf that a value is; nil if it is none that a caller could
// write otherwise as simply.
func leafOf(v *model.Value) *Leaf {
	if v.Null {
		return nil
	}
	switch t := v.Type.(type) {
	case model.Scalar:
		switch t {
		case model.String:
			return &Leaf{Kind: "string", Wire: v.Text, Go: literalText(v.Text)}
		case model.Bool:
			return &Leaf{Kind: "boolean", Wire: v.Text, Go: v.Text}
		case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
			return &Leaf{Kind: "number", Wire: v.Text, Go: v.Text}
		}
	case *model.Enum:
		for _, c := range t.Values {
			if c.Value == v.Text {
				return &Leaf{Kind: "enum", Wire: v.Text, Go: c.Name.Go, enum: t}
			}
		}
	}
	return nil
}

func (w *Writer) leaf(v *model.Value) *Leaf { return w.leaves[v] }

// marked writes the mark of a leaf in its place.
func (w *Writer) marked(l *Leaf, v *model.Value) *jen.Statement {
	name := "ǂ" + strconv.Itoa(l.id) + "ǂ"
	if l.enum != nil {
		return jen.Qual(w.importPath(l.enum.Package.Path), name)
	}
	return jen.Id(name)
}

// Values are what a leaf can be, of an enum; none if it can be anything.
func (l *Leaf) Values() []*model.EnumValue {
	if l.enum == nil {
		return nil
	}
	return l.enum.Values
}
