package overlay

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func parse(t *testing.T, name, text string) *spec.Node {
	t.Helper()
	n, err := spec.Parse(name, []byte(text), spec.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// lines is a list with a line for each diagnostic.
func lines(list *diag.List) string {
	var lines []string
	for _, d := range list.Sorted() {
		lines = append(lines, d.Error())
	}
	return strings.Join(lines, "\n")
}

// version starts an overlay.
func version(v, actions string) string {
	return "overlay: " + v + "\ninfo: {title: T, version: '1'}\nactions:\n" + actions
}

func TestApply(t *testing.T) {
	for _, tt := range []struct{ name, version, doc, actions, want, problems string }{
		{"an object is merged", "1.1.0", `{"a": {"b": 1, "c": [1], "d": {"e": 1}}, "z": 0}`,
			"- {target: $.a, update: {b: 2, c: [2], d: {f: 3}, g: 4}}",
			`{"a":{"b":2,"c":[1,2],"d":{"e":1,"f":3},"g":4},"z":0}`, ""},
		{"the root", "1.0.0", `{"a": 1}`, "- {target: $, update: {b: 2}}", `{"a":1,"b":2}`, ""},
		{"an array takes an entry", "1.0.0", `{"a": [1]}`, "- {target: $.a, update: {b: 2}}", `{"a":[1,{"b":2}]}`, ""},
		{"an array is joined", "1.0.0", `{"a": [1]}`, "- {target: $.a, update: [2, 3]}", `{"a":[1,2,3]}`, ""},
		{"a single value is replaced", "1.1.0", `{"a": ["x", null]}`, "- {target: '$.a[*]', update: z}", `{"a":["z","z"]}`, ""},
		{"removed", "1.0.0", `{"a": [1, 2, 3], "b": {"c": 1, "d": 2}}`,
			"- {target: '$.a[0,2]', remove: true}\n- {target: $.b.c, remove: true}", `{"a":[2],"b":{"d":2}}`, ""},
		{"remove wins", "1.0.0", `{"a": 1, "b": 1}`, "- {target: $.a, remove: true, update: 2}", `{"b":1}`, ""},
		{"removed, and so is what is in it", "1.0.0", `{"a": {"x": {"x": 1}}, "b": 1}`, "- {target: $..x, remove: true}", `{"a":{},"b":1}`, ""},
		{"removed and made again", "1.0.0", `{"a": {"x": 1}}`,
			"- {target: $.a, remove: true}\n- {target: $, update: {a: {y: 2}}}", `{"a":{"y":2}}`, ""},
		{"inside of each other", "1.1.0", `{"a": {"b": {}}}`, "- {target: '$..*', update: {x: 1}}", `{"a":{"b":{"x":1},"x":1}}`, ""},
		{"the same place twice", "1.1.0", `{"a": [1]}`, "- {target: \"$['a', 'a']\", update: 2}", `{"a":[1,2]}`, ""},
		{"copied", "1.1.0", `{"a": {"x": 1}, "b": {"y": [2]}}`, "- {target: $.b, copy: $.a}", `{"a":{"x":1},"b":{"y":[2],"x":1}}`, ""},
		{"copied to an array", "1.1.0", `{"a": {"x": 1}, "b": []}`, "- {target: $.b, copy: $.a}", `{"a":{"x":1},"b":[{"x":1}]}`, ""},
		{"copied into itself", "1.1.0", `{"a": {"x": 1}}`, "- {target: $.a, copy: $}", `{"a":{"x":1,"a":{"x":1}}}`, ""},
		{"null adds nothing", "1.1.0", `{"a": {"x": 1}}`, "- {target: $, update: {a: , b: }}", `{"a":{"x":1},"b":null}`, ""},
		{"to the last digit", "1.0.0", `{"a": {"n": 9007199254740993}}`, "- {target: $.a, update: {m: 1.10}}", `{"a":{"n":9007199254740993,"m":1.10}}`, ""},

		{"nothing matches", "1.0.0", `{"a": 1}`, "- {target: $.b, update: 2}\n- {target: $.a, update: 3}", `{"a":3}`,
			`o.yaml:4:12: warning: the target $.b matches nothing in the description [overlay-no-match]`},
		{"nothing to do", "1.0.0", `{"a": 1}`, "- {target: $.a}", `{"a":1}`,
			`o.yaml:4:12: warning: the action does nothing: it has neither update nor remove [overlay-no-effect]`},
		{"other kind", "1.1.0", `{"a": {"b": 1}}`, "- {target: $.a, update: {b: {c: 2}}}", `{"a":{"b":1}}`,
			`o.yaml:4:29: error: an object cannot be merged with a number, which is at doc.json:1:13 [overlay-mismatch]`},
		{"other kind in 1.0", "1.0.0", `{"a": {"b": 1, "c": {}, "d": []}}`, "- {target: $.a, update: {b: {c: 2}, c: 5, d: 6}}", `{"a":{"b":{"c":2},"c":5,"d":6}}`,
			`o.yaml:4:29: warning: an object cannot be merged with a number, which is at doc.json:1:13; it replaces it [overlay-mismatch]
o.yaml:4:40: warning: a number cannot be merged with an object, which is at doc.json:1:21; it replaces it [overlay-mismatch]
o.yaml:4:46: warning: a number cannot be merged with an array, which is at doc.json:1:30; it replaces it [overlay-mismatch]`},
		{"a member that is an array", "1.1.0", `{"a": [1]}`, "- {target: $, update: {a: 2}}", `{"a":[1]}`,
			`o.yaml:4:27: error: a number cannot be merged with an array, which is at doc.json:1:7 [overlay-mismatch]`},
		{"targets of two kinds", "1.1.0", `{"a": {}, "b": 1}`, "- {target: $.*, update: {c: 1}}", `{"a":{},"b":1}`,
			`o.yaml:4:12: error: the target matches an object at $['a'] and a number at $['b']; all must be objects, arrays or single values [overlay-mismatch]`},
		{"copy of several", "1.1.0", `{"a": [1, 2]}`, "- {target: $.a, copy: '$.a[*]'}", `{"a":[1,2]}`,
			`o.yaml:4:23: error: $.a[*] matches 2 values, and copy needs one [overlay-mismatch]`},
		{"the whole", "1.0.0", `{"a": 1}`, "- {target: $, remove: true}", `{"a":1}`,
			`o.yaml:4:12: error: the target is the whole description, which cannot be removed [overlay-mismatch]`},
		{"no end", "1.1.0", `{"a": {}}`, strings.Repeat("- {target: $.a, update: {x: {}}}\n- {target: $.a.x, copy: $}\n- {target: $, copy: $.a}\n", 12), "",
			`o.yaml:36:12: error: the overlay adds too many values; if that is meant, raise the limit with --max-nodes [limit]`},
		{"a query without end", "1.1.0", strings.Repeat(`{"a":[`, 50) + strings.Repeat(`]}`, 50), "- {target: '$..*..*..*', remove: true}", "",
			`o.yaml:4:12: error: the query visits too many values; if that is meant, raise the limit with --max-nodes [limit]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o, problems := Parse("o.yaml", []byte(version(tt.version, tt.actions)), spec.Limits{Nodes: 10_000})
			if o == nil {
				t.Fatal(problems.Err())
			}
			doc := parse(t, "doc.json", tt.doc)
			before := string(doc.AppendJSON(nil))
			list := &diag.List{}
			got := o.Apply(doc, list)
			if text := string(got.AppendJSON(nil)); tt.want != "" && text != tt.want {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
			if text := lines(list); text != tt.problems {
				t.Errorf("got the problems\n%s\nwant\n%s", text, tt.problems)
			}
			if after := string(doc.AppendJSON(nil)); after != before {
				t.Errorf("the description changed: %s", after)
			}
		})
	}
}

// What an overlay brought is at its place in the overlay, all else where it was.
func TestPositions(t *testing.T) {
	o, _ := Parse("o.yaml", []byte(version("1.1.0", "- target: $.a\n  update:\n    new: {deep: 1}\n    old: 2\n")), spec.Limits{})
	got := o.Apply(parse(t, "doc.yaml", "a:\n  old: 1\n  same: {x: 1}\n"), &diag.List{}).Get("a")
	for _, tt := range []struct{ got, want string }{
		{got.Pos().String(), "doc.yaml:2:3"},
		{got.Get("same").Get("x").Pos().String(), "doc.yaml:3:13"},
		{got.Member("old").Pos.String(), "doc.yaml:2:3"},
		{got.Get("old").Pos().String(), "o.yaml:7:10"},
		{got.Member("new").Pos.String(), "o.yaml:6:5"},
		{got.Get("new").Get("deep").Pos().String(), "o.yaml:6:17"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}

// An alias is changed where the target says so, and what is put in two places
// is two values.
func TestIdentity(t *testing.T) {
	o, _ := Parse("o.yaml", []byte(version("1.1.0", "- {target: $.a, update: {y: 1}}\n- {target: '$[?@.x]', update: {z: {}}}\n")), spec.Limits{})
	got := o.Apply(parse(t, "doc.yaml", "a: &a {x: 1}\nb: *a\n"), &diag.List{})
	if text, want := string(got.AppendJSON(nil)), `{"a":{"x":1,"y":1,"z":{}},"b":{"x":1,"z":{}}}`; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	if got.Get("a").Get("z") == got.Get("b").Get("z") {
		t.Error("one value is in two places")
	}
}

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no overlay", "openapi: 3.0.0", `o.yaml:1:1: error: this is no overlay: it has no member overlay that names the version, such as overlay: 1.1.0 [overlay-invalid]`},
		{"version", "overlay: 1.2.0", `o.yaml:1:10: error: "1.2.0" is no version of Overlay that is known; write 1.0.0 or 1.1.0 [overlay-invalid]`},
		{"all of it", "overlay: 1.0.0\nx-a: 1\nextnds: a\nactions:\n- {target: a, remove: 1, x-b: 1}\n- {update: 1, copy: $, description: [a]}\n- 1",
			`o.yaml:1:1: error: the overlay has no info with a title and a version [overlay-invalid]
o.yaml:3:1: error: an overlay has no member "extnds"; it can have overlay, info, extends, actions [overlay-invalid]
o.yaml:5:12: error: target is no JSONPath as RFC 9535 has it: at character 1: a query starts with $ [overlay-jsonpath]
o.yaml:5:23: error: remove is a number, and should be a boolean [overlay-invalid]
o.yaml:6:3: error: the action has no target [overlay-invalid]
o.yaml:6:3: error: the action has both update and copy, and neither would count; make it two actions [overlay-invalid]
o.yaml:6:15: error: copy is of Overlay 1.1; write overlay: 1.1.0 [overlay-invalid]
o.yaml:6:37: error: description is an array, and should be a string [overlay-invalid]
o.yaml:7:3: error: an action is a number, and should be an object [overlay-invalid]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o, list := Parse("o.yaml", []byte(tt.text), spec.Limits{})
			if o != nil {
				t.Error("it is an overlay")
			}
			if got := lines(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
	if _, list := Read("missing.yaml", spec.Limits{}); lines(list) != "missing.yaml: error: the overlay cannot be read: no such file or directory [overlay-unreadable]" {
		t.Error(lines(list))
	}
}

// corpus is where documents that others wrote are kept, beside the repository.
const corpus = "../../../shared/corpus/conformance"

func needCorpus(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("there is no corpus beside the repository")
	}
}

// The Overlay project's own documents are valid or not as it says.
func TestProjectValidity(t *testing.T) {
	needCorpus(t)
	tried := 0
	for _, version := range []string{"v1.0", "v1.1"} {
		root := filepath.Join(corpus, "overlay-spec/tests", version)
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			tried++
			o, list := Read(name, spec.Limits{})
			if pass := filepath.Base(filepath.Dir(name)) == "pass"; (o != nil) != pass {
				t.Errorf("%s: valid is %v, want %v\n%s", name, o != nil, pass, lines(list))
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	if tried < 20 {
		t.Errorf("only %d documents", tried)
	}
}

// The Overlay project's sets, and another project's, come out as they say.
func TestProjectSets(t *testing.T) {
	needCorpus(t)
	sets, err := filepath.Glob(corpus + "/overlay-spec/compliant-sets/*")
	if err != nil || len(sets) == 0 {
		t.Fatal("no sets: ", err)
	}
	for _, set := range sets {
		compareSet(t, set+"/openapi.yaml", set+"/overlay.yaml", set+"/output.yaml")
	}
	folder := corpus + "/speakeasy-openapi/overlay/testdata/"
	compareSet(t, folder+"openapi.yaml", folder+"overlay-generated.yaml", folder+"openapi-overlayed.yaml")
}

// compareSet compares the values that an overlay makes, member order aside.
func compareSet(t *testing.T, description, overlay, output string) {
	t.Helper()
	read := func(name string) *spec.Node {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return parse(t, name, string(data))
	}
	o, problems := Read(overlay, spec.Limits{})
	if o == nil {
		t.Fatal(problems.Err())
	}
	got := o.Apply(read(description), problems)
	if err := problems.Err(); err != nil {
		t.Error(err)
	}
	if want := read(output); !same(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", overlay, got.AppendJSON(nil), want.AppendJSON(nil))
	}
}

func same(a, b *spec.Node) bool {
	if a.Kind() != b.Kind() || a.Text() != b.Text() || a.Len() != b.Len() {
		return false
	}
	for name, value := range a.Members() {
		if !b.Has(name) || !same(value, b.Get(name)) {
			return false
		}
	}
	for i, item := range a.Items() {
		if !same(item, b.At(i)) {
			return false
		}
	}
	return true
}
