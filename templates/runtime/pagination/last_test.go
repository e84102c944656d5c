package pagination

import (
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

func TestLastID(t *testing.T) {
	type plain struct {
		Name string `json:"name"`
		ID   string `json:"id"`
	}
	type optional struct {
		ID param.Opt[string] `json:"id,omitzero"`
	}
	for _, tt := range []struct {
		name string
		got  string
		want string
	}{
		{"none", lastID([]plain{}), ""},
		{"the last", lastID([]plain{{ID: "a"}, {ID: "b"}}), "b"},
		{"pointers", lastID([]*plain{{ID: "a"}}), "a"},
		{"nil", lastID([]*plain{nil}), ""},
		{"optional", lastID([]optional{{ID: param.Some("a")}}), "a"},
		{"unset", lastID([]optional{{}}), ""},
		{"number", lastID([]struct {
			ID int64 `json:"id"`
		}{{7}}), "7"},
		{"no id", lastID([]struct{ Name string }{{"a"}}), ""},
		{"no struct", lastID([]string{"a"}), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("lastID = %q, want %q", tt.got, tt.want)
			}
		})
	}
}
