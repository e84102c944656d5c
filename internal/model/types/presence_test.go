package types

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

func TestPresenceOf(t *testing.T) {
	object, union, enum := &model.Object{}, &model.Union{}, &model.Enum{Base: model.String}
	list, defined := &model.List{Elem: model.String}, &model.Defined{Under: &model.List{Elem: model.String}}
	empty := &model.Enum{Base: model.String, Values: []*model.EnumValue{{Value: "asc"}, {Value: ""}}}
	for _, tt := range []struct {
		name               string
		typ                model.Type
		required, nullable bool
		want               model.Presence
	}{
		{"required", model.String, true, false, model.Plain},
		{"optional", model.String, false, false, model.Optional},
		{"nullable", model.String, true, true, model.Nullable},
		{"optional and nullable", model.String, false, true, model.Optional},
		{"optional enum", enum, false, false, model.OmitZero},
		{"optional enum with an empty value", empty, false, false, model.Pointer},
		{"nullable enum with an empty value", empty, true, true, model.Nullable},
		{"nullable enum", enum, true, true, model.TwoState},
		{"optional and nullable enum", enum, false, true, model.ThreeState},
		{"list", list, true, false, model.Plain},
		{"optional list", list, false, false, model.OmitZero},
		{"nullable list", list, true, true, model.TwoState},
		{"optional and nullable list", list, false, true, model.ThreeState},
		{"optional map", &model.Map{Elem: model.Int64}, false, false, model.OmitZero},
		{"optional list with a name", defined, false, false, model.OmitZero},
		{"optional and nullable list with a name", defined, false, true, model.ThreeState},
		{"struct", object, true, false, model.Plain},
		{"optional struct", object, false, false, model.Pointer},
		{"nullable struct", object, true, true, model.NullPointer},
		{"optional and nullable struct", object, false, true, model.ThreeState},
		{"union", union, true, false, model.Plain},
		{"optional union", union, false, false, model.OmitZero},
		{"nullable union", union, true, true, model.Plain},
		{"optional nullable union", union, false, true, model.OmitZero},
		{"empty text", model.Empty, false, false, model.Plain},
		{"any", model.Any, true, false, model.Plain},
		{"any that may be null is any", model.Any, true, true, model.Plain},
		{"optional any that may be null", model.Any, false, true, model.OmitZero},
		{"optional object without members", model.AnyObject, false, false, model.OmitZero},
		{"nullable object without members", model.AnyObject, true, true, model.Nullable},
		{"optional bytes", model.Bytes, false, false, model.OmitZero},
		{"optional file", model.File, false, false, model.OmitZero},
		{"optional stream", model.Reader, false, false, model.Plain},
		{"optional lines", &model.Lines{Elem: model.Any}, false, false, model.Plain},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := PresenceOf(tt.typ, tt.required, tt.nullable); got != tt.want {
				t.Errorf("got presence %d, want %d", got, tt.want)
			}
		})
	}
}
