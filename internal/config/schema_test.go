package config

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/openapi-lathe/lathe/internal/spec"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("gen.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("gen.json") // which validates it too
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What the reader takes, the schema does; and what is wrong in its shape, both
// refuse.
func TestSchemaAgrees(t *testing.T) {
	s := compiled(t)
	for _, tt := range []struct {
		text string
		ok   bool
	}{
		{"spec: a.yaml\noutput: b\npackage: p\nmodule: m.com/x\nstrict: true\noperation_types: false", true},
		{`{"$schema": "gen.schema.json", "spec": "a.yaml"}`, true},
		{"envelope: {$schema: a}", false},
		{"go: 1.27", true},
		{"go: '1.26'", true},
		{"go: 1.2", false},
		{"spec: 1", false},
		{"strict: 'yes'", false},
		{"colour: red", false},
		{"spec:\noperations:\npagination:\nexclude:", true},
		{"overlays: a.yaml", true},
		{"overlays: [a.yaml, b.yaml]", true},
		{"overlays: [1]", false},
		{"include: {tag: a, method: [GET, put]}", true},
		{"exclude: [{path: /a/**}, {operation_id: [a, b], extension: x-internal}]", true},
		{"exclude: [{tags: a}]", false},
		{"exclude: a", false},
		{"environment: {base_url: URL, token: TOKEN}", true},
		{"environment: {base_url: A-B}", false},
		{"credentials: {a: {env: B, option: C}, d: }", true},
		{"credentials: {a: {envs: B}}", false},
		{"client_parameters: [a, b]", true},
		{"client_parameters: {a: {env: B}, c: }", true},
		{"client_parameters: {a: {option: B}}", false},
		{"envelope: false", true},
		{"envelope: true", false},
		{"envelope: {result: a, success: b, errors: c}", true},
		{"pagination: {style: cursor, param: a, items: b, next: c, has_more: d, total: e, total_pages: f}", true},
		{"pagination: [{style: link}]", true},
		{"pagination: {style: none}", false},
		{"operations: {a: {resource: b.c, method: d, pagination: false}, GET /e: {pagination: {style: page}}}", true},
		{"operations: {a: {pagination: true}}", false},
		{"schemas: {a: {name: B}}", true},
		{"schemas: {a: B}", false},
	} {
		cfg, problems := Parse("gen.yaml", []byte(tt.text))
		if (cfg != nil) != tt.ok {
			t.Errorf("%s: read is %v, want %v: %v", tt.text, cfg != nil, tt.ok, problems.Err())
		}
		node, err := spec.Parse("gen.yaml", []byte(tt.text), spec.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(node.AppendJSON(nil)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != tt.ok {
			t.Errorf("%s: the schema says %v", tt.text, err)
		}
	}
}

// Every key that is read is in the schema, at any depth, with a description;
// and nothing else is.
func TestSchemaHasTheKeys(t *testing.T) {
	var ways []string
	var walk func(way string, s *jsonSchema)
	walk = func(way string, s *jsonSchema) {
		for _, p := range s.Properties {
			inner := strings.TrimPrefix(way+"."+p.name, ".")
			ways = append(ways, inner)
			if p.schema.Description == "" {
				t.Errorf("about has nothing on %s", inner)
			}
			walk(inner, p.schema)
		}
		if each, ok := s.Additional.(*jsonSchema); ok {
			walk(way+".*", each)
		}
		for _, alternative := range s.AnyOf {
			walk(way, alternative)
		}
		if s.Items != nil {
			walk(way, s.Items)
		}
	}
	walk("", object("", new(reader).keys(new(Config))))
	for way := range abouts {
		for _, side := range []string{"include.", "exclude."} {
			way := strings.Replace(way, "rule.", side, 1)
			if !slices.Contains(ways, way) {
				t.Errorf("about has %s, which is not read", way)
			}
		}
	}
	// The reader names what it knows when it meets what it does not: that list
	// is the schema's.
	for _, way := range append(ways, "") {
		var members []string
		for _, w := range ways {
			if rest, ok := strings.CutPrefix(w, strings.TrimPrefix(way+".", ".")); ok && !strings.Contains(strings.TrimPrefix(rest, "*."), ".") && rest != "" {
				members = append(members, strings.TrimPrefix(rest, "*."))
			}
		}
		if len(members) == 0 {
			continue
		}
		slices.Sort(members)
		members = slices.Compact(members)
		_, problems := Parse("gen.json", unknownAt(way, slices.Contains(ways, way+".*."+members[0])))
		_, list, _ := strings.Cut(problems.Sorted()[0].Message, "it can have ")
		got := strings.Split(list, ", ")
		if slices.Sort(got); !slices.Equal(got, members) {
			t.Errorf("%q: the reader knows %v, the schema has %v", way, got, members)
		}
	}
}

// unknownAt is a config with a key that nobody knows in the object at a way, or
// in a member of it.
func unknownAt(way string, member bool) []byte {
	value := `{"qqqqqqqq": 1}`
	if member {
		value = `{"any": ` + value + `}`
	}
	steps := strings.Split(way, ".")
	slices.Reverse(steps)
	for _, step := range steps {
		if step == "*" {
			step = "any"
		}
		if step != "" {
			value = `{"` + step + `": ` + value + `}`
		}
	}
	return []byte(value)
}

// The table in docs/config.md has the keys of the schema, in its order.
func TestPage(t *testing.T) {
	text, err := os.ReadFile("../../docs/config.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| key | meaning | default |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var got, want []string
	for _, row := range regexp.MustCompile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\|").FindAllStringSubmatch(table, -1) {
		for _, name := range strings.Split(row[1], ", ") {
			got = append(got, strings.Trim(name, "`"))
		}
	}
	for _, k := range new(reader).keys(new(Config)) {
		want = append(want, k.name)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the page has\n%v\nand the reader\n%v", got, want)
	}
}

func TestSchemaIsOrdered(t *testing.T) {
	var s struct {
		Properties json.RawMessage
	}
	if err := json.Unmarshal(JSONSchema(), &s); err != nil {
		t.Fatal(err)
	}
	if a, b := bytes.Index(s.Properties, []byte(`"spec"`)), bytes.Index(s.Properties, []byte(`"operation_types"`)); a < 0 || b < a {
		t.Errorf("spec is at %d, operation_types at %d", a, b)
	}
}
