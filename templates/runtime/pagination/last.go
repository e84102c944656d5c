package pagination

import (
	"fmt"
	"reflect"
	"strings"
)

// lastID returns the id of the last of the items of a page, which is where the
// next page starts; empty if there is none.
func lastID[T any](items []T) string {
	if len(items) == 0 {
		return ""
	}
	return idOf(reflect.ValueOf(&items[len(items)-1]))
}

// idOf returns the member of a struct that is called id in JSON.
func idOf(v reflect.Value) string {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return ""
	}
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); name == "id" {
			return text(v.Field(i).Interface())
		}
	}
	return ""
}

// text is an id as the query has it.
func text(id any) string {
	if o, ok := id.(interface{ Any() any }); ok {
		id = o.Any()
	}
	if id == nil {
		return ""
	}
	return fmt.Sprint(id)
}
