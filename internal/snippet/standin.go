package snippet

import (
	"encoding/base64"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// deep is how far stand-ins go into structs in structs: those behind it are
// empty.
const deep = 3

// StandIn is a value that stands for one of a type: of a text its name. Of a
// struct it has what must be given, and the fields that show names.
func StandIn(name string, t model.Type, show func(*model.Field) bool) *model.Value {
	return standIn(name, t, show, 0)
}

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
		if MustBeThere(f) && !f.ReadOnly && !f.FillsItself() || show != nil && show(f) {
			fields = append(fields, model.FieldValue{Field: f, Value: standIn(f.Name.Spec, f.Type, nil, depth)})
		}
	}
	return fields
}

// MustBeThere reports whether a field is always sent.
func MustBeThere(f *model.Field) bool {
	switch f.Presence {
	case model.Plain, model.Nullable, model.NullPointer, model.TwoState:
		return true
	}
	return false
}

// standInText is a scalar as a [model.Value] has it.
func standInText(name string, s model.Scalar) string {
	switch s {
	case model.Bool, model.True:
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
