package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRules(t *testing.T) {
	c, problems := Parse("gen.yaml", []byte("overlays: [a.yaml, b/c.json]\ninclude: {tag: [a, b], method: get}\nexclude:\n  - path: /x/**\n  - {operation_id: y, extension: [x-a, x-b=c]}\n"))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	for i := range c.Exclude {
		c.Exclude[i].Pos.File = ""
	}
	if diff := cmp.Diff([]string{"a.yaml", "b/c.json"}, c.Overlays); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a", "b", "get"}, append(c.Include[0].Tags, c.Include[0].Methods...)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"/x/**", "y", "x-a", "x-b=c"}, append(append(c.Exclude[0].Paths, c.Exclude[1].IDs...), c.Exclude[1].Extensions...)); diff != "" {
		t.Error(diff)
	}
	if got := c.Exclude[1].Pos.String(); got != "5:5" {
		t.Errorf("the second is at %s", got)
	}
}

func TestParseRule(t *testing.T) {
	for _, tt := range []struct {
		text, problem string
		want          Rule
	}{
		{"tag=a=b", "", Rule{Tags: []string{"a=b"}}},
		{"path=/a/*", "", Rule{Paths: []string{"/a/*"}}},
		{"method=get", "", Rule{Methods: []string{"get"}}},
		{"operation_id=a*", "", Rule{IDs: []string{"a*"}}},
		{"extension=x-a=b", "", Rule{Extensions: []string{"x-a=b"}}},
		{"tag", `"tag" is not KEY=VALUE, where KEY is one of path, method, tag, operation_id, extension`, Rule{}},
		{"tag=", `"tag=" is not KEY=VALUE, where KEY is one of path, method, tag, operation_id, extension`, Rule{}},
		{"tags=a", `"tags" is not one of path, method, tag, operation_id, extension; did you mean "tag"?`, Rule{}},
		{"extension=internal", `"internal" is not an extension, like x-internal or x-stage=beta`, Rule{Extensions: []string{"internal"}}},
		{"method=a b", `"a b" is not a method, like GET`, Rule{Methods: []string{"a b"}}},
	} {
		got, err := ParseRule(tt.text)
		if problem := errorText(err); problem != tt.problem {
			t.Errorf("%s: got %s, want %s", tt.text, problem, tt.problem)
		}
		tt.want.Text = tt.text
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
