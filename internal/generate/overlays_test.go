package generate

import (
	"fmt"
	"testing"

	"github.com/openapi-lathe/lathe/internal/overlay"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func TestExtended(t *testing.T) {
	for _, tt := range []struct{ extends, want string }{
		{"api.yaml", "conf/api.yaml"},
		{"./../api%20v1.yaml#/", "api v1.yaml"},
		{"/etc/api.yaml", "/etc/api.yaml"},
		{"file:///etc/api.yaml", "/etc/api.yaml"},
		{"https://api.example.com/openapi.yaml", "https://api.example.com/openapi.yaml"},
	} {
		text := fmt.Sprintf(`{"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "extends": %q, "actions": [{"target": "$"}]}`, tt.extends)
		o, problems := overlay.Parse("conf/o.json", []byte(text), spec.Limits{})
		if o == nil {
			t.Fatal(problems.Err())
		}
		if got := extended(o); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.extends, got, tt.want)
		}
	}
}
