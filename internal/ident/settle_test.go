package ident

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// settled settles claims, given as "what: candidates", and returns the names in
// their order. "!" in front makes a claim fixed.
func settled(t *testing.T, claims ...string) (names []string, problems []string) {
	t.Helper()
	names = make([]string, len(claims))
	var list []*Claim
	for i, text := range claims {
		text, fixed := strings.CutPrefix(text, "!")
		what, candidates, ok := strings.Cut(text, ": ")
		if !ok {
			t.Fatalf("claim %q", text)
		}
		list = append(list, &Claim{
			Candidates: strings.Fields(candidates),
			What:       what,
			Pos:        diag.Pos{File: "api.yaml", Line: i + 1, Col: 1},
			Fixed:      fixed,
			Set:        func(name string) { names[i] = name },
		})
	}
	var found diag.List
	found.Add(Settle(list))
	for _, d := range found.Sorted() {
		problems = append(problems, d.Error())
	}
	return names, problems
}

func TestSettle(t *testing.T) {
	for _, tt := range []struct {
		name     string
		claims   []string
		want     string
		problems []string
	}{
		{"no rivals", []string{`a: Foo LongFoo`, `b: Bar`}, "Foo Bar", nil},
		{"rivals move together", []string{`a: Foo AFoo`, `b: Foo BFoo`, `c: Bar`}, "AFoo BFoo Bar", nil},
		{"a move may push another", []string{`a: Foo Bar`, `b: Foo BFoo`, `c: Bar CBar`, `d: Qux`}, "Bar BFoo CBar Qux", nil},
		{"fixed stays", []string{`!a: Foo`, `b: Foo BFoo`}, "Foo BFoo", nil},
		{"one who has no other name keeps it", []string{`a: Foo`, `b: Foo BFoo`, `c: Foo CFoo`}, "Foo BFoo CFoo", nil},
		{"two who have no other name", []string{`schema "foo": Foo`, `b: Foo BFoo`, `schema "FOO": Foo`}, "FooLower BFoo FooUpper", nil},
		{"one who cannot move stays", []string{`a: Foo Foo Foo`, `b: Foo BFoo`}, "Foo BFoo", nil},
		{"kind", []string{`schema "Foo": Foo`, `parameter "Foo": Foo`}, "FooSchema FooParameter", []string{
			`api.yaml:1:1: warning: schema "Foo" would be named Foo, as parameter "Foo" (api.yaml:2:1) is, and is FooSchema now: choose a better name [name-clash]`,
			`api.yaml:2:1: warning: parameter "Foo" would be named Foo, as schema "Foo" (api.yaml:1:1) is, and is FooParameter now: choose a better name [name-clash]`,
		}},
		{"symbols", []string{`schema "foo-bar": FooBar`, `schema "foo.bar": FooBar`}, "FooBarDash FooBarDot", nil},
		{"case", []string{`schema "foo": Foo`, `schema "Foo": Foo`, `schema "FOO": Foo`}, "FooLower FooTitle FooUpper", nil},
		{"two fixed", []string{`!a: Foo`, `!b: Foo`}, "Foo Foo", []string{
			`api.yaml:1:1: error: a is to be named Foo, and so is b (api.yaml:2:1): choose another name for one of them [name-clash]`,
			`api.yaml:2:1: error: b is to be named Foo, and so is a (api.yaml:1:1): choose another name for one of them [name-clash]`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			names, problems := settled(t, tt.claims...)
			if got := strings.Join(names, " "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if tt.problems != nil && !slices.Equal(problems, tt.problems) {
				t.Errorf("got problems\n%s\nwant\n%s", strings.Join(problems, "\n"), strings.Join(tt.problems, "\n"))
			}
		})
	}
}

// A hash ends what words do not, and does not depend on the neighbours.
func TestSettleHash(t *testing.T) {
	two, _ := settled(t, `schema "a b": AB`, `schema "b a": AB`)
	three, problems := settled(t, `schema "b a": AB`, `schema "c": AB`, `schema "a b": AB`)
	if two[0] != three[2] || two[1] != three[0] || two[0] == two[1] {
		t.Errorf("got %q, and with another claim %q", two, three)
	}
	if len(problems) != 3 {
		t.Errorf("got problems %q", problems)
	}
}

func FuzzSettle(f *testing.F) {
	f.Add(uint64(1), uint8(5))
	f.Add(uint64(2), uint8(40))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		r := rand.New(rand.NewPCG(seed, 1))
		var claims []*Claim
		names := map[string]string{}
		for i := range int(n) {
			what := fmt.Sprintf("%s %q", []string{"schema", "parameter"}[r.IntN(2)], fmt.Sprintf("x%d", i))
			c := &Claim{What: what, Pos: diag.Pos{Line: i}, Fixed: i == 0, Set: func(name string) { names[what] = name }}
			for range 1 + r.IntN(3) {
				c.Candidates = append(c.Candidates, string(rune('A'+r.IntN(6))))
			}
			claims = append(claims, c)
		}
		err := Settle(claims)
		first := names
		taken := map[string]string{}
		for _, c := range claims {
			name := first[c.What]
			if other, ok := taken[name]; ok {
				t.Errorf("%s and %s are both named %s", c.What, other, name)
			}
			taken[name] = c.What
		}
		names = map[string]string{}
		r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		again := Settle(claims)
		for _, c := range claims {
			if first[c.What] != names[c.What] {
				t.Errorf("%s is %s, and in another order %s", c.What, first[c.What], names[c.What])
			}
		}
		if len(claims) > 0 && names[claims[0].What] == "" || lines(err) != lines(again) {
			t.Errorf("problems differ:\n%v\n%v", err, again)
		}
	})
}

// lines returns the messages of err in document order.
func lines(err error) string {
	var l diag.List
	l.Add(err)
	var all []error
	for _, d := range l.Sorted() {
		all = append(all, d)
	}
	if len(all) == 0 {
		return ""
	}
	return errors.Join(all...).Error()
}

// Claims that nothing tells from each other get names of their own nevertheless.
func TestSettleEqualClaims(t *testing.T) {
	var names []string
	claim := func() *Claim {
		return &Claim{Candidates: []string{"Foo"}, What: "schema", Set: func(name string) { names = append(names, name) }}
	}
	if err := Settle([]*Claim{claim(), claim(), claim()}); err == nil {
		t.Error("no warning")
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != 3 {
		t.Errorf("got %q", names)
	}
}
