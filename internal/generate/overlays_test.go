package generate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// What an overlay extends is read where a reference in it could lead, and nowhere
// else, unless the user says so.
func TestExtendsHasLimits(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"overlays", "elsewhere"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	put(t, dir, "api.yaml", things)
	put(t, dir, "overlays/api.yaml", things)
	if err := os.Symlink("../api.yaml", filepath.Join(dir, "overlays/link.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		extends string
		options Options
		fails   string
	}{
		{extends: "api.yaml"},
		{extends: "../api.yaml", fails: "outside of the folder that may be read"},
		{extends: "link.yaml", fails: "outside of the folder that may be read"},
		{extends: "../api.yaml", options: Options{Root: dir}},
		{extends: "file:///etc/passwd", fails: "outside of the folder that may be read"},
		{extends: "/etc/passwd", fails: "outside of the folder that may be read"},
		{extends: "http://127.0.0.1:1/api.yaml", fails: "nothing is fetched from 127.0.0.1:1 unless"},
		{extends: "http://127.0.0.1:1/api.yaml", options: Options{AllowHosts: []string{"127.0.0.1:1"}}, fails: "refused"},
		{extends: "../api.yaml", options: Options{Spec: filepath.Join(dir, "api.yaml")}},
		{extends: ".", fails: "is no file"},
	} {
		t.Run(tt.extends, func(t *testing.T) {
			o := tt.options
			o.Overlays = []string{put(t, dir, "overlays/o.yaml", fmt.Sprintf("overlay: 1.0.0\ninfo: {title: T, version: '1'}\nextends: %q\nactions: [{target: $.info, update: {title: X}}]\n", tt.extends))}
			o.Output, o.Module = filepath.Join(dir, "out"), "example.com/x"
			result, err := Run(o)
			said := fmt.Sprint(err)
			if result != nil {
				said += fmt.Sprint(result.Problems.Err())
			}
			if tt.fails == "" && (err != nil || result.Files == nil) || !strings.Contains(said, tt.fails) {
				t.Errorf("%s, want %q", said, tt.fails)
			}
		})
	}
}
