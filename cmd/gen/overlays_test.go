package main

import (
	"bytes"
	"fmt"
	"maps"
	"testing"

	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

// A description whose every part an overlay brings makes the SDK that it makes
// when it is written in one file.
func TestOverlayIsAsIfWritten(t *testing.T) {
	compared := 0
	for _, c := range some(golden.Read(t, goldens)) {
		want, _, err := generateIn(t, c.In, sdk, false)
		if err != nil {
			continue
		}
		root, err := spec.Parse("openapi.yaml", []byte(c.In["openapi.yaml"]), spec.Limits{})
		if err != nil {
			continue // it is repaired as it is read
		}
		var base, rest []spec.Member
		for _, m := range root.All() {
			if m.Name == "openapi" || m.Name == "swagger" || m.Name == "info" {
				base = append(base, m)
			} else {
				rest = append(rest, m)
			}
		}
		update := spec.NewObject(root.Pos(), rest...).AppendJSON(nil)
		in := maps.Clone(c.In)
		in["openapi.yaml"] = string(spec.NewObject(root.Pos(), base...).AppendJSON(nil))
		in["overlay.json"] = fmt.Sprintf(`{"overlay": "1.1.0", "info": {"title": "T", "version": "1"}, "actions": [{"target": "$", "update": %s}]}`, update)
		got := overlaid(t, c.Name, in)
		if !maps.EqualFunc(got, want, bytes.Equal) {
			for name := range want {
				if !bytes.Equal(got[name], want[name]) {
					t.Errorf("%s: %s differs", c.Name, name)
				}
			}
		}
		compared++
	}
	if compared < 10 {
		t.Errorf("only %d are compared", compared)
	}
}

// overlaid generates from the files of a case and its overlay.
func overlaid(t *testing.T, name string, in map[string]string) map[string][]byte {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range in {
		writeFiles(t, ".", map[string][]byte{name: []byte(text)})
	}
	o := generate.Options{Spec: "openapi.yaml", Overlays: []string{"overlay.json"}, Output: "out", Package: "sdk", Module: sdk}
	if _, ok := in["gen.yaml"]; ok {
		o.ConfigFile = "gen.yaml"
	}
	made, err := generate.Run(o)
	if err != nil || made.Files == nil {
		t.Fatalf("%s: %v %v", name, err, made.Problems.Err())
	}
	return made.Files
}
