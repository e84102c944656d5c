package spec

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// parsed returns the tree of a text and the lines that a user would see.
func parsed(file, text string, limits Limits) (*Node, []string) {
	var list diag.List
	root := parse(file, []byte(text), limits.orDefaults(), &list)
	var lines []string
	for _, d := range list.Sorted() {
		lines = append(lines, d.Error())
	}
	return root, lines
}

// places returns the place of each name and value, in document order.
func places(n *Node) []string {
	pos := func(p diag.Pos) string { return fmt.Sprintf("%d:%d", p.Line, p.Col) }
	all := []string{pos(n.Pos()) + " " + n.Kind().String() + " " + n.Text()}
	for _, m := range n.All() {
		all = append(all, pos(m.Pos)+" "+m.Name)
		all = append(all, places(m.Value)...)
	}
	for _, item := range n.Elements() {
		all = append(all, places(item)...)
	}
	return all
}

func TestPlaces(t *testing.T) {
	want := []string{
		"1:1 an object ",
		"1:1 größe", "1:10 a string ü",
		"2:1 list", "3:3 an array ", "3:5 a number 1", "4:5 an object ", "4:5 a", "4:8 null ",
		"5:1 flow", "5:7 an object ", "5:8 x", "5:11 an array ", "5:12 a boolean true", "5:18 a string é", "5:22 a number 2",
		"6:1 text", "6:7 a string one\ntwo\n",
		"9:1 last", "9:7 a string z",
	}
	const text = "größe: ü\n" +
		"list:\n" +
		"  - 1\n" +
		"  - a: ~\n" +
		"flow: {x: [true, é, 2]}\n" +
		"text: |\n" +
		"  one\n" +
		"  two\n" +
		"last: z\n"
	for _, tt := range []struct{ name, text string }{
		{"newlines", text},
		{"carriage returns", strings.ReplaceAll(text, "\n", "\r\n")},
		{"byte order mark", "\ufeff" + text},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root, problems := parsed("a.yaml", tt.text, Limits{})
			if problems != nil {
				t.Fatal(problems)
			}
			if diff := cmp.Diff(want, places(root)); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
}

// Both parsers must see the same in a text that is both JSON and YAML.
func TestPlacesJSONAndYAML(t *testing.T) {
	const text = `{
  "openapi": "3.1.0", "info" : {"title":"größe ü", "version": "1.10" },
	"x": [1, -2.50e+3, true, null, [], {}, ""],
  "long": [
    {"a": "b\n", "größe": {"c": 9007199254740993}}
  , "last"
  ]
}
`
	asJSON := parser{file: "a.json", src: text, limits: Limits{}.orDefaults()}
	fromJSON, err := asJSON.json()
	if err != nil {
		t.Fatal(err)
	}
	asYAML := parser{file: "a.json", src: strings.ReplaceAll(text, "\t", " "), limits: Limits{}.orDefaults()}
	fromYAML, err := asYAML.yaml()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(places(fromJSON), places(fromYAML)); diff != "" {
		t.Errorf("places (-JSON +YAML):\n%s", diff)
	}
	if got, want := fromJSON.Get("long").At(0).Member("größe").Pos, (diag.Pos{File: "a.json", Line: 5, Col: 18}); got != want {
		t.Errorf("größe is at %s, want %s", got, want)
	}
	if diff := cmp.Diff(string(fromJSON.AppendJSON(nil)), string(fromYAML.AppendJSON(nil))); diff != "" {
		t.Errorf("text (-JSON +YAML):\n%s", diff)
	}
}

func TestScalars(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`yes`, `"yes"`}, {`No`, `"No"`}, {`on`, `"on"`}, {`y`, `"y"`},
		{`true`, `true`}, {`True`, `true`}, {`FALSE`, `false`}, {`"true"`, `"true"`}, {`tRUE`, `"tRUE"`},
		{`null`, `null`}, {`~`, `null`}, {`''`, `""`}, {`NULL`, `null`}, {`nil`, `"nil"`},
		{`1.10`, `1.10`}, {`1`, `1`}, {`-0`, `-0`}, {`9007199254740993`, `9007199254740993`},
		{`99999999999999999999999`, `99999999999999999999999`}, {`1e400`, `1e400`}, {`1E+3`, `1E+3`},
		{`0x1F`, `31`}, {`0o17`, `15`}, {`0xFFFFFFFFFFFFFFFFFF`, `4722366482869645213695`}, {`0b11`, `"0b11"`}, {`0x`, `"0x"`},
		{`.5`, `0.5`}, {`-.5e3`, `-0.5e3`}, {`5.`, `5`}, {`+1.5`, `1.5`}, {`.`, `"."`}, {`1.2.3`, `"1.2.3"`},
		{`1_000`, `"1_000"`}, {`12:30:45`, `"12:30:45"`}, {`2024-01-31`, `"2024-01-31"`}, {`2024-01-31T00:00:00Z`, `"2024-01-31T00:00:00Z"`},
		{`02134`, `"02134"`}, {`007`, `"007"`}, {`+15551234567`, `"+15551234567"`}, {`0`, `0`}, {`0.0`, `0.0`}, {`00`, `"00"`},
		{`!!str 1`, `"1"`}, {`!!int "1"`, `1`}, {`!!float 1`, `1`}, {`!custom 1`, `"1"`}, {`!!binary aGk=`, `"aGk="`}, {`!!null ''`, `null`},
		{`"a\u00e9\x41\n"`, `"aéA\n"`}, {`"\ud83d\ude00"`, `"😀"`}, {`<|endoftext|>`, `"<|endoftext|>"`},
		{`>-
    a
    b`, `"a b"`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			root, problems := parsed("a.yaml", "v: "+tt.text+"\n", Limits{})
			if got := string(root.Get("v").AppendJSON(nil)); got != tt.want || problems != nil {
				t.Errorf("%s is read as %s %q, want %s", tt.text, got, problems, tt.want)
			}
		})
	}
}

func TestYAML(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"names", "200: a\n1.10: b\ntrue: c\n~: d\n? e\n: f\n'': g\n0x10: h", `{"200":"a","1.10":"b","true":"c","~":"d","e":"f","":"g","0x10":"h"}`},
		{"alias", "a: &x {b: 1}\nc: *x\nd: [*x, *x]", `{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}`},
		{"alias as name", "a: &x b\n*x : 1", `{"a":"b","b":1}`},
		{"anchor again", "a: &x 1\nb: &x 2\nc: *x", `{"a":1,"b":2,"c":2}`},
		{"merge", "a: &x {b: 1, c: 2}\nd:\n  z: 0\n  <<: *x\n  c: 3", `{"a":{"b":1,"c":2},"d":{"z":0,"b":1,"c":3}}`},
		{"merge list", "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}", `{"a":{"b":1},"c":{"b":2,"d":3},"e":{"b":1,"d":3}}`},
		{"merge of a merge", "a: &x {b: 1}\nc: &y {<<: *x, d: 2}\ne: {<<: *y}", `{"a":{"b":1},"c":{"b":1,"d":2},"e":{"b":1,"d":2}}`},
		{"two merges", "a: &x {b: 1}\nc: &y {d: 2}\ne:\n  <<: *x\n  <<: *y", `{"a":{"b":1},"c":{"d":2},"e":{"b":1,"d":2}}`},
		{"merge in place", "e: {<<: {b: 1}, c: 2}", `{"e":{"b":1,"c":2}}`},
		{"no merge", "'<<': 1", `{"<<":1}`},
		{"flow", "{a: [1, 'b', \"c\"], d: {e}}", `{"a":[1,"b","c"],"d":{"e":null}}`},
		{"document marker", "--- \na: 1\n...\n", `{"a":1}`},
		{"directive", "%YAML 1.2\n---\na: 1\n", `{"a":1}`},
		{"trailing marker", "a: 1\n---\n", `{"a":1}`},
		{"comment", "# c\na: 1 # d\n", `{"a":1}`},
		{"surrogates", `a: "\ud83d\uDE00 \u00e9 \\ud83d"`, `{"a":"😀 é \\ud83d"}`},
		{"slash", `a: "\/"`, `{"a":"/"}`},
		{"tab after colon", "a:\t1\nb: \"x\ty\"\n", `{"a":1,"b":"x\ty"}`},
		{"long name", strings.Repeat("n", 2000) + ": 1", `{"` + strings.Repeat("n", 2000) + `":1}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root, problems := parsed("a.yaml", tt.text, Limits{})
			if got := string(root.AppendJSON(nil)); got != tt.want || problems != nil {
				t.Errorf("got %s %q, want %s", got, problems, tt.want)
			}
		})
	}
}

func TestAliasIsOneNode(t *testing.T) {
	root, _ := parsed("a.yaml", "a: &x {b: 1}\nc: *x\nd: {<<: {e: *x}}", Limits{})
	if a := root.Get("a"); a != root.Get("c") || a != root.Get("d").Get("e") {
		t.Error("an alias leads to a copy")
	}
}

func TestParseProblems(t *testing.T) {
	const bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]\n"
	for _, tt := range []struct {
		name   string
		file   string
		text   string
		limits Limits
		want   []string
	}{
		{"empty", "a.yaml", "", Limits{}, []string{
			"a.yaml: error: the file is empty [empty-file]"}},
		{"only a byte order mark", "a.json", "\ufeff \n", Limits{}, []string{
			"a.json: error: the file is empty [empty-file]"}},
		{"UTF-16", "a.json", "\xff\xfe{\x00}\x00", Limits{}, []string{
			"a.json:1:1: error: the file is in UTF-16; save it as UTF-8 [utf-16]"}},
		{"UTF-16 without a mark", "a.json", "\x00{\x00}", Limits{}, []string{
			"a.json:1:1: error: the file is in UTF-16; save it as UTF-8 [utf-16]"}},
		{"Latin-1", "a.yaml", "a: b\nc: \ufffd caf\xe9 \xe9\n", Limits{}, []string{
			"a.yaml:2:11: warning: the file is not UTF-8: the byte 0xe9 here, and any other like it, is read as \ufffd [invalid-utf-8]"}},

		{"JSON: name twice", "a.json", "{\"a\": 1,\n\n \"b\": {}, \"a\": 2}", Limits{}, []string{
			`a.json:3:11: error: the name "a" is used twice in one object, first on line 1; remove one [duplicate-key]`}},
		{"JSON: name twice, escaped", "a.json", `{"a/b": 1, "a\/b": 2}`, Limits{}, []string{
			`a.json:1:12: error: the name "a/b" is used twice in one object, first on line 1; remove one [duplicate-key]`}},
		{"JSON: comment", "a.json", "{\n  // no\n  \"a\": 1}", Limits{}, []string{
			"a.json:2:3: error: not valid JSON: JSON has no comments; remove it, or write YAML [json-comment]"}},
		{"JSON: comment later", "a.json", "{\"a\": 1, /* no */ \"b\": 2}", Limits{}, []string{
			"a.json:1:10: error: not valid JSON: JSON has no comments; remove it, or write YAML [json-comment]"}},
		{"JSON: comma", "a.json", "{\"a\": [1,\n2,\n]}", Limits{}, []string{
			"a.json:2:2: warning: not valid JSON: there is a comma after the last value; read as YAML instead [not-json]"}},
		{"JSON: cut off", "a.json", "{\"a\": [1,\n", Limits{}, []string{
			"a.json:2:1: error: not valid JSON: the text ends in the middle of a value [invalid-json]"}},
		{"JSON: more after the end", "a.json", "{\"a\": 1}\n}", Limits{}, []string{
			"a.json:2:1: error: not valid JSON: there is more text after the end of the value [invalid-json]"}},
		{"JSON: two values", "a.json", "{\"a\": 1}\n{\"a\": 2}", Limits{}, []string{
			"a.json:2:1: error: not valid JSON: there is more text after the end of the value [invalid-json]"}},
		{"JSON: wrong character", "a.json", "{\"a\": 1\n \"b\": 2}", Limits{}, []string{
			`a.json:2:2: error: not valid JSON: invalid character '"' after object value (expecting ',' or '}') [invalid-json]`}},
		{"JSON: half a pair", "a.json", `{"a": "\ud83d"}`, Limits{}, []string{
			`a.json:1:7: warning: the text has half of a surrogate pair (\ud800 to \udfff), which is no character; it is read as ` + "\ufffd [lone-surrogate]"}},
		{"JSON: number", "a.json", `{"a": 01}`, Limits{}, []string{
			`a.json:1:8: warning: not valid JSON: a comma or a closing brace is missing; read as YAML instead [not-json]`}},
		{"flow in a YAML file", "a.yaml", "{a: 1}", Limits{}, nil},
		{"flow in a JSON file", "a.json", "{a: 1}", Limits{}, []string{
			"a.json:1:2: warning: not valid JSON: a name must be in double quotes; read as YAML instead [not-json]"}},
		{"neither", "a.yml", "{a: 1", Limits{}, []string{
			"a.yml:1:1: error: not valid YAML: did not find expected ',' or '}': a comma or a closing brace is missing (while parsing a flow mapping that starts on line 1) [invalid-yaml]"}},

		{"YAML: name twice", "a.yaml", "a: 1\nb: 2\na: 3\n'b': 4\n", Limits{}, []string{
			`a.yaml:3:1: error: the name "a" is used twice in one object, first on line 1; remove one [duplicate-key]`,
			`a.yaml:4:1: error: the name "b" is used twice in one object, first on line 2; remove one [duplicate-key]`}},
		{"YAML: many names, one twice", "a.yaml", manyNames() + "n3: x\n", Limits{}, []string{
			`a.yaml:31:1: error: the name "n3" is used twice in one object, first on line 4; remove one [duplicate-key]`}},
		{"YAML: tab", "a.yaml", "a:\n\tb: 1\n", Limits{}, []string{
			"a.yaml:2:1: error: not valid YAML: a tab is used as indentation, which must be spaces [yaml-tab]"}},
		{"YAML: tab deeper", "a.yaml", "a:\n  b: 1\n\tc: 2\n", Limits{}, []string{
			"a.yaml:3:1: error: not valid YAML: a tab is used as indentation, which must be spaces [yaml-tab]"}},
		{"YAML: documents", "a.yaml", "a: 1\n---\nb: 2\n", Limits{}, []string{
			"a.yaml:2:1: warning: the file has more than one YAML document; only the first is read [more-documents]"}},
		{"YAML: colon", "a.yaml", "a: b: c\n", Limits{}, []string{
			"a.yaml:1:5: error: not valid YAML: mapping values are not allowed in this context: a value that contains a colon and a space needs quotes, and names of one mapping need the same indentation [invalid-yaml]"}},
		{"YAML: no anchor", "a.yaml", "a: *b\n", Limits{}, []string{
			"a.yaml:1:4: error: not valid YAML: unknown anchor 'b': there is an alias to it, but no anchor of that name before it [invalid-yaml]"}},
		{"YAML: quote", "a.yaml", "a: 'b\nc: d\n", Limits{}, []string{
			"a.yaml:3:1: error: not valid YAML: found unexpected end of stream: a quote is not closed (while scanning a quoted scalar that starts on line 1) [invalid-yaml]"}},
		{"YAML: at", "a.yaml", "a: @b\n", Limits{}, []string{
			"a.yaml:1:4: error: not valid YAML: found character that cannot start any token: a value that starts with @, ` or % needs quotes (while scanning for the next token that starts on line 1) [invalid-yaml]"}},
		{"YAML: control character", "a.yaml", "a: b\nc: d\x01\n", Limits{}, []string{
			"a.yaml:2:5: error: not valid YAML: control characters are not allowed (value: 1) [invalid-yaml]"}},
		{"YAML: infinite", "a.yaml", "a: .inf\nb: -.INF\nc: .NaN\n", Limits{}, []string{
			"a.yaml:1:4: warning: .inf is no number in JSON; it is read as a string [no-json-number]",
			"a.yaml:2:4: warning: -.INF is no number in JSON; it is read as a string [no-json-number]",
			"a.yaml:3:4: warning: .NaN is no number in JSON; it is read as a string [no-json-number]"}},
		{"YAML: list as name", "a.yaml", "{a}: 1\n", Limits{}, []string{
			"a.yaml:1:1: error: a name must be a string, not a list or a mapping; if the braces are meant as text, put them in quotes [complex-key]"}},
		{"YAML: recursive", "a.yaml", "a: &x\n  b: [*x]\n", Limits{}, []string{
			"a.yaml:2:7: error: the alias *x is inside of what it stands for; use $ref for what contains itself [recursive-alias]"}},
		{"YAML: merge of text", "a.yaml", "a: {<<: b}\n", Limits{}, []string{
			"a.yaml:1:5: error: what << merges must be a mapping or a list of mappings, not a string [bad-merge]"}},

		{"too big", "a.yaml", "a: 12345\n", Limits{Bytes: 8}, []string{
			"a.yaml: error: the file has more than 8 bytes; if that is meant, raise the limit with --max-bytes [limit]"}},
		{"too deep JSON", "a.json", `{"a": [[1]]}`, Limits{Depth: 2}, []string{
			"a.json:1:8: error: values are nested deeper than 2 levels; if that is meant, raise the limit with --max-depth [limit]"}},
		{"too deep YAML", "a.yaml", "a:\n  b:\n    c: 1\n", Limits{Depth: 2}, []string{
			"a.yaml:3:5: error: values are nested deeper than 2 levels; if that is meant, raise the limit with --max-depth [limit]"}},
		{"too deep flow", "a.yaml", "a: " + strings.Repeat("[", 600) + strings.Repeat("]", 600), Limits{}, []string{
			"a.yaml:1:517: error: values are nested deeper than 512 levels; if that is meant, raise the limit with --max-depth [limit]"}},
		{"too deep by alias", "a.yaml", "a: &x [[1]]\nb: [*x]\n", Limits{Depth: 3}, []string{
			"a.yaml:2:5: error: values are nested deeper than 3 levels; if that is meant, raise the limit with --max-depth [limit]"}},
		{"too many values", "a.json", `[1,2,3,4]`, Limits{Nodes: 4}, []string{
			"a.json:1:8: error: the file has more than 4 values; if that is meant, raise the limit with --max-nodes [limit]"}},
		{"alias bomb", "a.yaml", bomb, Limits{Nodes: 3000}, []string{
			"a.yaml:4:8: error: the file has more than 3000 values; if that is meant, raise the limit with --max-nodes [limit]"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, got := parsed(tt.file, tt.text, tt.limits)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
}

// manyNames is a mapping that is large enough for an index.
func manyNames() string {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "n%d: %d\n", i, i)
	}
	return b.String()
}

func TestIndex(t *testing.T) {
	root, problems := parsed("a.yaml", manyNames(), Limits{})
	if problems != nil {
		t.Fatal(problems)
	}
	if got := root.Get("n29").Text(); got != "29" || root.Has("n30") {
		t.Errorf("n29 is %q", got)
	}
	root.drop("n0")
	root.put("n31", newString(root.Pos(), "x"))
	if got := root.Get("n31").Text(); got != "x" || root.Has("n0") || root.Get("n29").Text() != "29" {
		t.Errorf("after a change: n31 is %q", got)
	}
}

func TestParse(t *testing.T) {
	if _, err := Parse("a.yaml", []byte("a: .inf\nb: 1\nb: 2"), Limits{}); err == nil || err.Error() !=
		"a.yaml:1:4: error: .inf is no number in JSON; it is read as a string [no-json-number]\n"+
			`a.yaml:3:1: error: the name "b" is used twice in one object, first on line 2; remove one [duplicate-key]` {
		t.Errorf("got %v", err)
	}
	root, err := Parse("a.yaml", []byte("a: 1"), Limits{})
	if err != nil || root.Get("a").Text() != "1" {
		t.Errorf("got %s, %v", root.AppendJSON(nil), err)
	}
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct {
		text    string
		integer string
		float   string
	}{
		{"1", "1 true", "1 true"},
		{"-9223372036854775808", "-9223372036854775808 true", "-9.223372036854776e+18 true"},
		{"9223372036854775808", "0 false", "9.223372036854776e+18 true"},
		{"9007199254740993", "9007199254740993 true", "9.007199254740992e+15 true"},
		{"1.0", "1 true", "1 true"},
		{"1e3", "1000 true", "1000 true"},
		{"1.5", "0 false", "1.5 true"},
		{"1e400", "0 false", "+Inf false"},
		{`"1"`, "0 false", "0 false"},
		{"null", "0 false", "0 false"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			n, _ := parsed("a.json", "["+tt.text+"]", Limits{})
			i, ok := n.At(0).Int()
			if got := fmt.Sprint(i, ok); got != tt.integer {
				t.Errorf("Int is %s, want %s", got, tt.integer)
			}
			f, ok := n.At(0).Float()
			if got := fmt.Sprint(f, ok); got != tt.float {
				t.Errorf("Float is %s, want %s", got, tt.float)
			}
		})
	}
}
