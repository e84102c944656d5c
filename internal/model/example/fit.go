package example

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Fit says how a value, as encoding/json decodes one, is written in a Go type.
// It returns false if the type has no place for it.
func Fit(t model.Type, v any) (*model.Value, bool) {
	switch t := t.(type) {
	case model.Scalar:
		return fitScalar(t, v)
	case *model.List:
		return fitList(t, v)
	case *model.Lines:
		if _, ok := v.([]any); !ok {
			v = []any{v}
		}
		made, ok := fitList(&model.List{Elem: t.Elem}, v)
		if ok {
			made.Type = t
		}
		return made, ok
	case *model.Map:
		object, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		made := &model.Value{Type: t}
		return made, fitEntries(made, t.Elem, object, nil)
	case *model.Opt, *model.Null, *model.Ptr, *model.OrNull:
		if v == nil {
			return &model.Value{Type: t, Null: true}, true
		}
		return fitInner(t, model.Elem(t), v)
	case *model.Defined:
		return fitInner(t, t.Under, v)
	case *model.Alias:
		return fitInner(t, t.Target, v)
	case *model.Enum:
		made, ok := fitScalar(t.Base, v)
		if ok {
			made.Type = t
		}
		return made, ok
	case *model.Object:
		if t.Tuple {
			return fitTuple(t, v)
		}
		object, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		return FitObject(t, object)
	case *model.Union:
		return fitUnion(t, v)
	}
	return nil, false
}

func fitInner(t, under model.Type, v any) (*model.Value, bool) {
	in, ok := Fit(under, v)
	return &model.Value{Type: t, Inner: in}, ok
}

func fitList(t *model.List, v any) (*model.Value, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, false
	}
	made := &model.Value{Type: t}
	for _, item := range list {
		elem, ok := Fit(t.Elem, item)
		if !ok {
			return nil, false
		}
		made.Items = append(made.Items, elem)
	}
	return made, true
}

// fitEntries adds the members of an object that are not among the known to a
// map.
func fitEntries(made *model.Value, elem model.Type, object map[string]any, known []string) bool {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if slices.Contains(known, name) {
			continue
		}
		e, ok := Fit(elem, object[name])
		if !ok {
			return false
		}
		made.Entries = append(made.Entries, model.Entry{Name: name, Value: e})
	}
	return true
}

// FitObject sets the fields of a struct that are members of a JSON object, in
// the order of the struct.
func FitObject(t *model.Object, object map[string]any) (*model.Value, bool) {
	made := &model.Value{Type: t}
	var known []string
	for _, f := range t.Fields {
		if f.In != model.InJSON || !model.Taggable(f.Name.Spec) { // which is among the members without a field
			continue
		}
		v, there := object[f.Name.Spec]
		known = append(known, f.Name.Spec)
		if !there {
			continue
		}
		if fillsItself(f, v) {
			continue
		}
		value, set, ok := FitField(f, v)
		if !ok {
			return nil, false
		}
		if set {
			made.Fields = append(made.Fields, model.FieldValue{Field: f, Value: value})
		}
	}
	if t.Extra == nil {
		return made, true // what else the object has, there is no place for
	}
	return made, fitEntries(made, t.Extra.Type, object, known)
}

// fillsItself reports whether a field that is not set is sent as v, so that nobody
// sets it.
func fillsItself(f *model.Field, v any) bool {
	if !f.FillsItself() {
		return false
	}
	if e, ok := f.Type.(*model.Enum); ok {
		made, fits := fitScalar(e.Base, v)
		return fits && made.Text == e.Values[0].Value
	}
	return v == true
}

// fitTuple sets the fields of a struct that are the elements of a JSON array. What
// comes after them are items, if there is a place for them.
func fitTuple(t *model.Object, v any) (*model.Value, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, false
	}
	made := &model.Value{Type: t}
	for i, item := range list {
		switch {
		case i < len(t.Fields):
			value, set, ok := FitField(t.Fields[i], item)
			if !ok {
				return nil, false
			}
			if set {
				made.Fields = append(made.Fields, model.FieldValue{Field: t.Fields[i], Value: value})
			}
		case t.Extra != nil:
			value, ok := Fit(t.Extra.Type, item)
			if !ok {
				return nil, false
			}
			made.Items = append(made.Items, value)
		}
	}
	return made, true
}

// FitField is the value of a field. It is not set for a null that the field has
// no place for, which then is not sent.
func FitField(f *model.Field, v any) (value *model.Value, set, ok bool) {
	if v == nil {
		switch f.Presence {
		case model.Optional, model.Nullable, model.ThreeState, model.TwoState:
			return &model.Value{Type: f.Type, Null: true}, true, true
		}
		if _, holds := f.Type.(*model.OrNull); !holds && model.Underlying(f.Type) != model.Any {
			return nil, false, true
		}
	}
	value, ok = Fit(f.Type, v)
	return value, ok, ok
}

func fitScalar(t model.Scalar, v any) (*model.Value, bool) {
	text, isText := v.(string)
	made := &model.Value{Type: t, Text: text}
	switch t {
	case model.Any:
		made.Text = jsonText(v)
		return made, true
	case model.AnyObject:
		object, ok := v.(map[string]any)
		return made, ok && fitEntries(made, model.Any, object, nil)
	case model.Bool, model.True:
		b, ok := v.(bool)
		made.Text = strconv.FormatBool(b)
		return made, ok
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Number:
		if !isText { // else the values of its enum are in quotes
			made.Text = digits(v)
		}
		return made, fitsNumber(t, made.Text)
	case model.Reader, model.File:
		if !isText {
			made.Text = jsonText(v)
		}
		return made, true
	case model.Time:
		at, err := time.Parse(time.RFC3339Nano, text)
		made.Text = at.UTC().Format(time.RFC3339Nano)
		return made, isText && err == nil
	case model.Date:
		_, err := time.Parse(time.DateOnly, text)
		return made, isText && err == nil
	case model.Bytes:
		_, err := base64.StdEncoding.DecodeString(text)
		return made, isText && err == nil
	case model.String:
		if number := digits(v); number != "" {
			made.Text = number // a text in the path or in a query
			return made, true
		}
		if b, ok := v.(bool); ok {
			made.Text = strconv.FormatBool(b) // of an enum without quotes
			return made, true
		}
	}
	return made, isText
}

// digits writes a number, "" for what is none.
func digits(v any) string {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		if v == float64(int64(v)) && v < 1e15 && v > -1e15 {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	case int:
		return strconv.Itoa(v)
	case json.Number:
		return v.String()
	}
	return ""
}

func fitsNumber(t model.Scalar, text string) bool {
	var err error
	switch t {
	case model.Int32:
		_, err = strconv.ParseInt(text, 10, 32)
	case model.Int64:
		_, err = strconv.ParseInt(text, 10, 64)
	case model.Uint64:
		_, err = strconv.ParseUint(text, 10, 64)
	default:
		_, err = strconv.ParseFloat(text, 64)
	}
	return err == nil
}

// fitUnion chooses the variant as the SDK does when it reads the value; if none
// takes it, it is kept as it is.
func fitUnion(u *model.Union, v any) (*model.Value, bool) {
	for _, variant := range ranked(u, v) {
		if in, ok := Fit(variant.Type, v); ok {
			return &model.Value{Type: u, Variant: variant, Inner: in}, true
		}
	}
	return &model.Value{Type: u, Text: jsonText(v)}, true
}

// ranked returns the variants that a value may be, the likeliest first.
func ranked(u *model.Union, v any) []*model.Variant {
	object, isObject := v.(map[string]any)
	score := func(variant *model.Variant) int {
		if variant.Kind != model.KindAny && variant.Kind != kindOfValue(v) {
			return -1
		}
		if !isObject {
			return 0
		}
		if tag, ok := object[u.Tag]; ok && slices.Contains(variant.Values, fmt.Sprint(tag)) {
			return 1000
		}
		if variant == u.Default {
			return 999
		}
		n := len(variant.Required)
		for _, name := range variant.Required {
			if _, ok := object[name]; !ok {
				return -1
			}
		}
		for name := range object {
			if slices.Contains(variant.Known, name) {
				n += 2
			}
		}
		return n
	}
	list := slices.DeleteFunc(slices.Clone(u.Variants), func(variant *model.Variant) bool { return score(variant) < 0 })
	slices.SortStableFunc(list, func(a, b *model.Variant) int { return score(b) - score(a) })
	return list
}

func kindOfValue(v any) model.JSONKind {
	switch v.(type) {
	case map[string]any:
		return model.KindObject
	case []any:
		return model.KindArray
	case string:
		return model.KindString
	case bool:
		return model.KindBool
	case nil:
		return model.KindAny
	}
	return model.KindNumber
}

// jsonText is the JSON of a value.
func jsonText(v any) string {
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "null" // it came from JSON, so there is no such value
	}
	return strings.TrimSuffix(text.String(), "\n")
}
