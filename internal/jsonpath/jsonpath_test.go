package jsonpath

import (
	"errors"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/spec"
)

func parse(t testing.TB, text string) *spec.Node {
	t.Helper()
	n, err := spec.Parse("doc.json", []byte(text), spec.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func paths(matches []*Match) string {
	var list []string
	for _, m := range matches {
		list = append(list, m.String())
	}
	return strings.Join(list, " ")
}

const shop = `{"books": [
	{"title": "A", "price": 8.95, "tags": ["x", "y"]},
	{"title": "B", "price": 12.99},
	{"title": "C", "price": 8.99, "isbn": "0-1"},
	{"title": "D", "price": 22, "isbn": "0-2", "tags": []}],
	"bike": {"colour": "red", "price": 399}, "it's": null, "a b": {"c.d": 1}, "é": true}`

func TestSelect(t *testing.T) {
	for _, tt := range []struct{ doc, query, want string }{
		{shop, `$`, `$`},
		{shop, `$.bike.colour`, `$['bike']['colour']`},
		{shop, `$["it's"]`, `$['it\'s']`},
		{shop, `$['it\'s']`, `$['it\'s']`},
		{shop, `$['a b']["c.d"]`, `$['a b']['c.d']`},
		{shop, `$.é`, `$['é']`},
		{shop, `$["\u00e9", "\u00E9"]`, `$['é'] $['é']`},
		{`{"😀": 1}`, `$["\ud83d\ude00"]`, `$['😀']`},
		{`{"a\tb": 1, "\u0001": 2}`, `$.*`, `$['a\tb'] $['\u0001']`},
		{shop, `$.missing`, ``},
		{shop, `$.books[0].title`, `$['books'][0]['title']`},
		{shop, `$.books[-1].title`, `$['books'][3]['title']`},
		{shop, `$.books[-5]`, ``},
		{shop, `$.books[4]`, ``},
		{shop, `$.bike[0]`, ``},
		{shop, `$.books.title`, ``},
		{shop, `$.bike.*`, `$['bike']['colour'] $['bike']['price']`},
		{shop, `$.bike['price','colour']`, `$['bike']['price'] $['bike']['colour']`},
		{shop, `$..price`, `$['books'][0]['price'] $['books'][1]['price'] $['books'][2]['price'] $['books'][3]['price'] $['bike']['price']`},
		{shop, `$.books..["title"]`, `$['books'][0]['title'] $['books'][1]['title'] $['books'][2]['title'] $['books'][3]['title']`},
		{`[[0, 1], [2]]`, `$..[0]`, `$[0] $[0][0] $[1][0]`},
		{`{"o": {"j": 1}, "a": [5, [4]]}`, `$..*`, `$['o'] $['a'] $['o']['j'] $['a'][0] $['a'][1] $['a'][1][0]`},
		{`{"o": {"j": 1}, "a": [5, [4]]}`, `$..[*]`, `$['o'] $['a'] $['o']['j'] $['a'][0] $['a'][1] $['a'][1][0]`},

		{`[0,1,2,3,4,5,6]`, `$[1:3]`, `$[1] $[2]`},
		{`[0,1,2,3,4,5,6]`, `$[5:]`, `$[5] $[6]`},
		{`[0,1,2,3,4,5,6]`, `$[:2]`, `$[0] $[1]`},
		{`[0,1,2,3,4,5,6]`, `$[1:5:2]`, `$[1] $[3]`},
		{`[0,1,2,3,4,5,6]`, `$[5:1:-2]`, `$[5] $[3]`},
		{`[0,1,2]`, `$[::-1]`, `$[2] $[1] $[0]`},
		{`[0,1,2]`, `$[ : : ]`, `$[0] $[1] $[2]`},
		{`[0,1,2]`, `$[-2:]`, `$[1] $[2]`},
		{`[0,1,2]`, `$[:-5:-1]`, `$[2] $[1] $[0]`},
		{`[0,1,2]`, `$[10:-10:-1]`, `$[2] $[1] $[0]`},
		{`[0,1,2]`, `$[::0]`, ``},
		{`[0,1,2]`, `$[0, 0, 1:]`, `$[0] $[0] $[1] $[2]`},

		{shop, `$.books[?@.isbn].title`, `$['books'][2]['title'] $['books'][3]['title']`},
		{shop, `$.books[?!@.isbn].title`, `$['books'][0]['title'] $['books'][1]['title']`},
		{shop, `$.books[?(@.price < 10)].title`, `$['books'][0]['title'] $['books'][2]['title']`},
		{shop, `$.books[?@.price<10&&@.isbn].title`, `$['books'][2]['title']`},
		{shop, `$.books[?@.price<10 && !(@.isbn || @.title=='A')]`, ``},
		{shop, `$.books[?@.title == 'A' || @.title == 'B' && @.isbn].title`, `$['books'][0]['title']`},
		{shop, `$.books[?@.price == $.bike.price]`, ``},
		{shop, `$.books[?@.price <= $.books[2].price].title`, `$['books'][0]['title'] $['books'][2]['title']`},
		{shop, `$[?@.colour == "red"]`, `$['bike']`},
		{shop, `$[?@ == null]`, `$['it\'s']`},
		{shop, `$[?@ == true]`, `$['é']`},
		{shop, `$..[?@.tags[?@ == 'y']].title`, `$['books'][0]['title']`},

		{`[1, 1.0, 1e0, 10e-1, "1", 2]`, `$[?@ == 1]`, `$[0] $[1] $[2] $[3]`},
		{`[9007199254740993, 9007199254740992]`, `$[?@ > 9007199254740992]`, `$[0]`},
		{`[0, -0, -0.0]`, `$[?@ == -0]`, `$[0] $[1] $[2]`},
		{`["a", "b", "", 1, null]`, `$[?@ < 'b']`, `$[0] $[2]`},
		{`["a", 1, null, true]`, `$[?@ != 1]`, `$[0] $[2] $[3]`},
		{`["a", 1, null, true]`, `$[?@ >= null]`, `$[2]`},
		{`[{"a": 1}, {"b": 1}, 3]`, `$[?@.a == @.c]`, `$[1] $[2]`},
		{`[{"a": 1}, {"b": 1}]`, `$[?@.a != @.c]`, `$[0]`},
		{`[{"a": 1}]`, `$[?@.x <= @.y]`, `$[0]`},
		{`[{"a": {"x": 1, "y": [2]}, "b": {"y": [2], "x": 1.0}}]`, `$[?@.a == @.b]`, `$[0]`},
		{`[{"a": [1, 2], "b": [2, 1]}]`, `$[?@.a == @.b]`, ``},

		{`["", "ab", "é😀", [1], {"a": 1, "b": 2}, 5]`, `$[?length(@) == 2]`, `$[1] $[2] $[4]`},
		{`[{"a": []}, {"a": [1]}, {}]`, `$[?length(@.a) == 0]`, `$[0]`},
		{`[{"a": [1, 2]}, {"a": [1]}]`, `$[?count(@.a.*) > 1]`, `$[0]`},
		{`[{"a": {"x": 3}}, {"a": {}}]`, `$[?value(@..x) == 3]`, `$[0]`},
		{`[{"x": 3, "a": {"x": 3}}]`, `$[?value(@..x) == 3]`, ``},
		{`["ab", "abc", "xab", 1]`, `$[?match(@, 'a.')]`, `$[0]`},
		{`["ab", "abc", "xab", 1]`, `$[?search(@, 'a.')]`, `$[0] $[1] $[2]`},
		{`["a|b", "a", "b"]`, `$[?match(@, 'a|b')]`, `$[1] $[2]`},
		{`["a\nb", "a\rb", "a.b"]`, `$[?match(@, 'a.b')]`, `$[2]`},
		{`["a\nb", "a.b"]`, `$[?match(@, 'a[.]b')]`, `$[1]`},
		{`["a.b", "axb"]`, `$[?match(@, 'a\\.b')]`, `$[0]`},
		{`["É", "e"]`, `$[?match(@, '\\p{Lu}')]`, `$[0]`},
		{`["a"]`, `$[?match(@, '(')]`, ``},
		{`[{"s": "ab", "p": "a."}]`, `$[?match(@.s, @.p)]`, `$[0]`},
		{`[{"s": "ab"}]`, `$[?length(value(@..s)) == 2]`, `$[0]`},
		{`{"a": 1}`, "$ \n.a", `$['a']`},
		{`{"a": [1]}`, "$ ['a'] [ 0 ]", `$['a'][0]`},
	} {
		t.Run(tt.query, func(t *testing.T) {
			q, err := Parse(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			found, err := q.Select(parse(t, tt.doc), 1000)
			if err != nil {
				t.Fatal(err)
			}
			if got := paths(found); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ query, want string }{
		{``, `at character 1: a query starts with $`},
		{`a`, `at character 1: a query starts with $`},
		{` $`, `at character 1: a query starts with $`},
		{`$ `, `at character 2: " " is not part of a query`},
		{`$.a ~`, `at character 4: " " is not part of a query`},
		{`$.a~`, `at character 4: "~" is not part of a query`},
		{`$.`, `at character 3: a name or * is expected, not the end; other names are written ['name']`},
		{`$. a`, `at character 3: a name or * is expected, not " "; other names are written ['name']`},
		{`$...a`, `at character 4: a name or * is expected, not "."; other names are written ['name']`},
		{`$.1a`, `at character 3: a name or * is expected, not "1"; other names are written ['name']`},
		{`$.a-b`, `at character 4: a name with a hyphen is written ['a-b']`},
		{`$.paths.*[?(@.x-internal)]`, `at character 16: a name with a hyphen is written ['x-internal']`},
		{`$[]`, `at character 3: a selector is expected, not "]"`},
		{`$[a]`, `at character 3: a selector is expected, not "a"`},
		{`$[1`, `at character 4: a comma or ] is expected, not the end`},
		{`$[1,]`, `at character 5: a selector is expected, not "]"`},
		{`$['a]`, `at character 6: the string has no end`},
		{`$["a\'b"]`, `at character 6: there is no escape \'`},
		{`$['\ud83d']`, `at character 10: half of a surrogate pair is no character`},
		{`$['\ud83dA']`, `at character 10: half of a surrogate pair is no character`},
		{`$['\u00g0']`, `at character 6: \u has four hexadecimal digits`},
		{"$['\t']", `at character 4: a control character must be escaped`},
		{`$[01]`, `at character 3: "01" is no integer`},
		{`$[-0]`, `at character 3: "-0" is no integer`},
		{`$[-]`, `at character 4: a digit is expected, not "]"`},
		{`$[1.0]`, `at character 4: a comma or ] is expected, not "."`},
		{`$[9007199254740992]`, `at character 3: the integer is too large`},
		{`$[1:2:3:4]`, `at character 8: a comma or ] is expected, not ":"`},
		{`$[?]`, `at character 4: a query, a literal or a function is expected, not "]"`},
		{`$[?true]`, `at character 4: a literal must be compared`},
		{`$[?@.a = 1]`, `at character 8: a comma or ] is expected, not "="`},
		{`$[?(@.a]`, `at character 8: ) is expected, not "]"`},
		{`$[?(@.a) == 1]`, `at character 10: a comma or ] is expected, not "="`},
		{`$[?!@.a == 1]`, `at character 9: a comma or ] is expected, not "="`},
		{`$[?@.* == 1]`, `at character 4: the query may select several values, and only one can be compared`},
		{`$[?1 == @..a]`, `at character 9: the query may select several values, and only one can be compared`},
		{`$[?@.a == 01]`, `at character 11: a number has no leading zeros`},
		{`$[?@.a == 1.]`, `at character 13: a digit is expected, not "]"`},
		{`$[?@.a == 1e]`, `at character 13: a digit is expected, not "]"`},
		{`$[?name == 'a']`, `at character 4: name is no literal; a member is written @.name`},
		{`$[?True == 1]`, `at character 4: a query, a literal or a function is expected, not "T"`},
		{`$[?lower(@)]`, `at character 4: there is no function lower()`},
		{`$[?length(@)]`, `at character 4: the result of length() must be compared`},
		{`$[?length(@.*) < 3]`, `at character 11: the query may select several values, and only one can be compared`},
		{`$[?count(1) == 1]`, `at character 10: count() takes a query`},
		{`$[?count() == 1]`, `at character 4: count() takes 1 arguments, and a parenthesis at their end`},
		{`$[?match(@, 'a', 'b')]`, `at character 18: match() takes 2 arguments`},
		{`$[?match(@, 'a') == true]`, `at character 4: the result of match() cannot be compared`},
		{`$[?match (@, 'a')]`, `at character 4: match is no literal; a member is written @.match`},
		{`$` + strings.Repeat("[?(@", 300), `at character 269: the query is nested deeper than 200 levels`},
	} {
		t.Run(tt.query[:min(len(tt.query), 40)], func(t *testing.T) {
			_, err := Parse(tt.query)
			var syntax *SyntaxError
			if !errors.As(err, &syntax) {
				t.Fatalf("no error: %v", err)
			}
			if got := err.Error(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A query that would go on for long is stopped.
func TestTooMany(t *testing.T) {
	doc := parse(t, strings.Repeat(`{"a": [`, 15)+strings.Repeat(`]}`, 15))
	for _, query := range []string{`$..*..*..*..*..*`, `$..[?@..[?@..[?@..a]]]`, `$..[?count($..*..*) > 1]`} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if found, err := q.Select(doc, 2_000); !errors.Is(err, ErrTooMany) || found != nil {
			t.Errorf("%s: %d values, and %v", query, len(found), err)
		}
		if query == `$..*..*..*..*..*` {
			continue
		}
		if _, err := q.Select(doc, 1_000_000); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// What a query selects is selected by its normalized path too, and by that
// alone.
func FuzzQuery(f *testing.F) {
	for _, query := range []string{`$..*`, `$.books[?@.price < 10 && match(@.title, 'A')]`, `$['a b', 0, ::-1]`, `$..[?count(@.*) > 1]`} {
		f.Add(query)
	}
	doc := parse(f, shop)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			return
		}
		found, err := q.Select(doc, 100_000)
		if err != nil {
			return
		}
		for _, m := range found {
			again, err := Parse(m.String())
			if err != nil {
				t.Fatalf("%s: %v", m, err)
			}
			if found, _ := again.Select(doc, 1000); len(found) != 1 || found[0].Node != m.Node {
				t.Errorf("%s selects %s", m, paths(found))
			}
		}
	})
}
