package union

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Encode writes the field that is set of the union that u points to. It fails if
// two are. If none is it writes null, but for a request, where it fails too: what
// must be there must be one of its variants.
func Encode(enc *jsontext.Encoder, u any) error {
	return (&Table{}).Encode(enc, u)
}

// Encode is [Encode] for a union that has a table. The tag of a variant that is
// not set gets the value that means the variant.
func (t *Table) Encode(enc *jsontext.Encoder, u any) error {
	fields := reflect.ValueOf(u).Elem()
	i, err := only(fields)
	switch {
	case err != nil:
		return err
	case i < 0 && sends(enc):
		return fmt.Errorf("no variant of %s is set; set one of %s", fields.Type().Name(), strings.Join(fieldNames(fields.Type()), ", "))
	case i < 0:
		return enc.WriteToken(jsontext.Null)
	}
	field := fields.Field(i)
	if t.Fill && i < len(t.Variants) && len(t.Variants[i].Values) == 1 {
		field = filled(field, t.Tag, t.Variants[i].Values[0])
	}
	if field.CanAddr() {
		field = field.Addr()
	}
	return json.MarshalEncode(enc, field.Interface())
}

// only returns the index of the one field that is set, -1 if there is none.
func only(fields reflect.Value) (int, error) {
	set := -1
	for i := range fields.NumField() {
		switch {
		case fields.Field(i).IsZero():
		case set >= 0:
			t := fields.Type()
			return 0, fmt.Errorf("two variants of %s are set, %s and %s; only one can be sent", t.Name(), t.Field(set).Name, t.Field(i).Name)
		default:
			set = i
		}
	}
	return set, nil
}

// sends reports whether a request is being written: that is where secrets are
// shown, for which requests have a marshaler.
func sends(enc *jsontext.Encoder) bool {
	m, _ := json.GetOption(enc.Options(), json.WithMarshalers)
	return m != nil
}

func fieldNames(t reflect.Type) []string {
	names := make([]string, t.NumField()-1)
	for i := range names {
		names[i] = t.Field(i).Name
	}
	return names
}

// filled returns a variant whose tag has a value: itself if it is set, else a copy.
func filled(field reflect.Value, tag, text string) reflect.Value {
	object := field
	if object.Kind() == reflect.Pointer {
		object = object.Elem()
	}
	if object.Kind() != reflect.Struct || reflect.PointerTo(object.Type()).Implements(reflect.TypeFor[json.MarshalerTo]()) {
		return field
	}
	i, extra := place(object.Type(), tag)
	switch {
	case i >= 0 && object.Field(i).IsZero():
		made := reflect.New(object.Type())
		made.Elem().Set(object)
		to := made.Elem().Field(i)
		if to.Kind() == reflect.String {
			to.SetString(text)
			return made
		}
		quoted, err := jsontext.AppendQuote(nil, text)
		if err == nil && json.Unmarshal(quoted, to.Addr().Interface()) == nil || json.Unmarshal([]byte(text), to.Addr().Interface()) == nil {
			return made
		}
	case i < 0 && extra >= 0:
		members, ok := object.Field(extra).Convert(extraType).Interface().(map[string]jsontext.Value)
		if _, there := members[tag]; !ok || there {
			return field
		}
		quoted, err := jsontext.AppendQuote(nil, text)
		if err != nil {
			return field
		}
		made := reflect.New(object.Type())
		made.Elem().Set(object)
		all := map[string]jsontext.Value{tag: quoted}
		maps.Copy(all, members)
		made.Elem().Field(extra).Set(reflect.ValueOf(all).Convert(object.Field(extra).Type()))
		return made
	}
	return field
}

var extraType = reflect.TypeFor[map[string]jsontext.Value]()

// A namedMember is one of a struct's type, as JSON calls it.
type namedMember struct {
	of   reflect.Type
	name string
}

// places has the fields of members that were looked for.
var places sync.Map // of namedMember to [2]int

// place returns the index of the field that is a member of a struct, and of the one
// that has the members without a field; -1 if there is none.
func place(t reflect.Type, name string) (field, extra int) {
	if known, ok := places.Load(namedMember{t, name}); ok {
		found := known.([2]int)
		return found[0], found[1]
	}
	field, extra = -1, -1
	for i := range t.NumField() {
		of, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		switch {
		case of == name:
			field = i
		case of == "" && options == "embed" && t.Field(i).Type.ConvertibleTo(extraType):
			extra = i
		}
	}
	places.Store(namedMember{t, name}, [2]int{field, extra})
	return field, extra
}

// Marshal writes a union as encoding/json asks for it.
func Marshal(u any) ([]byte, error) { return json.Marshal(u) }

// Set returns what is set in the union that u points to: a pointer to an
// object, the value of anything else, the JSON of what fits no variant; nil if
// nothing is set.
func Set(u any) any {
	fields := reflect.ValueOf(u).Elem()
	for i := range fields.NumField() {
		field := fields.Field(i)
		if field.IsZero() {
			continue
		}
		if o, ok := field.Interface().(interface{ Any() any }); ok {
			return o.Any()
		}
		return field.Interface()
	}
	return nil
}

// Shared stores in out what the field of that name has in the variant that is set
// of the union that u points to. Out stays as it is if none is set, or if the field
// is not.
func Shared(u any, name string, out any) {
	fields, to := reflect.ValueOf(u).Elem(), reflect.ValueOf(out).Elem()
	for i := range fields.NumField() {
		field := fields.Field(i)
		if field.Kind() != reflect.Pointer || field.IsNil() {
			continue
		}
		from := field.Elem().FieldByName(name)
		if from.Type() != to.Type() {
			if o, ok := from.Interface().(interface{ Any() any }); ok {
				if from = reflect.ValueOf(o.Any()); !from.IsValid() {
					return
				}
			}
			if from.Kind() == reflect.Pointer && to.Kind() != reflect.Pointer {
				if from.IsNil() {
					return
				}
				from = from.Elem()
			}
		}
		if from.CanConvert(to.Type()) {
			to.Set(from.Convert(to.Type()))
		}
		return
	}
}
