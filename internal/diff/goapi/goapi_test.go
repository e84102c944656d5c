package goapi

import (
	"go/importer"
	"strings"
	"testing"
)

func load(t *testing.T, module string, files map[string]string) *SDK {
	t.Helper()
	data := map[string][]byte{}
	for name, text := range files {
		data[name] = []byte(text)
	}
	sdk, err := Load(module, data, importer.Default())
	if err != nil {
		t.Fatal(err)
	}
	return sdk
}

func lines(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		mark := "+ "
		if c.Breaking {
			mark = "! "
		}
		b.WriteString(mark + c.Name + " " + c.Message + "\n")
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	base := map[string]string{
		"client.go": "package acme\nimport \"example.com/acme/stores\"\nvar Default Client\ntype Client struct { Stores stores.Service; c int }\nfunc (c *Client) Ping(a, b int) error { return nil }\n",
		"stores/stores.go": "package stores\nimport (\"time\"; \"example.com/acme/internal/api\"; \"example.com/acme/shared\")\ntype Service struct{ client *api.Client }\n" +
			"func (s Service) Get(id string) (*Store, error) { return nil, nil }\ntype Store struct { ID string; At time.Time; Tag shared.Tag }\nconst Max = 1\ntype State string\nconst Open State = \"open\"\n",
		"shared/shared.go":         "package shared\ntype Tag struct { Name string }\n",
		"internal/api/api.go":      "package api\ntype Client struct { Secret string }\nfunc Unseen() {}\n",
		"stores/stores_test.go":    "package stores\nfunc init() { undefined }\n",
		"stores/testdata/x/x.go":   "package broken\nvar x undefined\n",
		"stores/example/main.go":   "package main\nfunc main() {}\n",
		"internal/unused/tools.go": "//go:build ignore\npackage unused\nvar x undefined\n",
	}
	for _, c := range []struct {
		name   string
		module string
		edit   map[string]string // file, old => new, in turn
		want   string
	}{
		{name: "nothing", want: ""},
		{name: "another module path", module: "example.com/acme/v2", want: ""},
		{name: "what nobody sees", edit: map[string]string{"internal/api/api.go": "Unseen() {} => Unseen(int) {}"}, want: ""},
		{name: "a body", edit: map[string]string{"client.go": "return nil => panic(1)"}, want: ""},
		{name: "a name of an argument", edit: map[string]string{"client.go": "a, b int => x, y int"}, want: ""},
		{name: "added", edit: map[string]string{"stores/stores.go": "ID string; => ID string; New int;"}, want: "+ stores.Store.New is new\n"},
		{name: "removed", edit: map[string]string{"stores/stores.go": "ID string; => "}, want: "! stores.Store.ID is gone\n"},
		{name: "type", edit: map[string]string{"stores/stores.go": "Tag shared.Tag => Tag *shared.Tag"}, want: "! stores.Store.Tag is now *shared.Tag; was shared.Tag\n"},
		{name: "signature", edit: map[string]string{"client.go": "Ping(a, b int) => Ping(a int)"}, want: "! Client.Ping now takes (int); it took (int, int)\n"},
		{name: "value", edit: map[string]string{"stores/stores.go": "Max = 1 => Max = 2"}, want: "! stores.Max has the value 2 now; it was 1\n"},
		{name: "comparable", edit: map[string]string{"stores/stores.go": "At time.Time => At time.Time; More []int"},
			want: "+ Client can no longer be compared with ==\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			module, files := c.module, map[string]string{}
			if module == "" {
				module = "example.com/acme"
			}
			for name, text := range base {
				text = strings.ReplaceAll(text, "example.com/acme/", module+"/")
				if was, is, ok := strings.Cut(c.edit[name], " => "); ok {
					text = strings.Replace(text, was, is, 1)
				}
				files[name] = text
			}
			got := lines(Compare(load(t, "example.com/acme", base), load(t, module, files)))
			if c.name == "comparable" {
				got = "" // below
				for _, line := range strings.SplitAfter(lines(Compare(load(t, "example.com/acme", base), load(t, module, files))), "\n") {
					if strings.Contains(line, "Store can") {
						got = line
					}
				}
				c.want = "+ stores.Store can no longer be compared with ==\n"
			}
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// A type that moves to another package and leaves an alias behind is the same
// for those who use it, and what changes in it is found by its old name.
func TestCompareMoved(t *testing.T) {
	old := load(t, "m", map[string]string{"a/a.go": "package a\ntype S struct { X int }\nconst C S2 = 1\ntype S2 int\nfunc F() *S { return nil }\n"})
	moved := load(t, "m", map[string]string{
		"a/a.go":      "package a\nimport \"m/shared\"\ntype S = shared.S\ntype S2 = shared.S2\nconst C = shared.C\nfunc F() *shared.S { return nil }\n",
		"shared/s.go": "package shared\ntype S struct { X int }\ntype S2 int\nconst C S2 = 1\n",
	})
	if got, want := lines(Compare(old, moved)), "+ shared.C is new\n+ shared.S is new\n+ shared.S2 is new\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	broken := load(t, "m", map[string]string{
		"a/a.go":      "package a\nimport \"m/shared\"\ntype S = shared.S\ntype S2 = shared.S2\nconst C = shared.C\nfunc F() *shared.S { return nil }\n",
		"shared/s.go": "package shared\ntype S struct { X string }\ntype S2 int\nconst C S2 = 1\n",
	})
	if got := lines(Compare(old, broken)); !strings.Contains(got, "! a.S.X is now string; was int\n") {
		t.Errorf("got\n%s", got)
	}
}

// A type with arguments that becomes another one does so in each field.
func TestCompareInstances(t *testing.T) {
	const param = "package param\ntype Opt[T any] struct { v T }\nfunc (o Opt[T]) Get() T { return o.v }\n"
	sdk := func(fields string) *SDK {
		return load(t, "m", map[string]string{"param/p.go": param, "a/a.go": "package a\nimport (\"time\"; \"m/param\")\ntype E string\nvar _ time.Time\ntype S struct {" + fields + "}\n"})
	}
	old := sdk("A, B, C, D param.Opt[string]; X param.Opt[E]; T param.Opt[time.Time]; L param.Opt[[]*E]")
	for _, c := range []struct{ fields, want string }{
		{"A, B, C, D param.Opt[string]; X param.Opt[E]; T param.Opt[time.Time]; L param.Opt[[]*E]", ""},
		{"A string; B param.Opt[string]; C string; D param.Opt[int]; X param.Opt[string]; T param.Opt[E]; L []*E",
			"! a.S.A is now string; was param.Opt[string]\n! a.S.C is now string; was param.Opt[string]\n! a.S.D is now param.Opt[int]; was param.Opt[string]\n" +
				"! a.S.L is now []*a.E; was param.Opt[[]*a.E]\n! a.S.T is now param.Opt[a.E]; was param.Opt[time.Time]\n! a.S.X is now param.Opt[string]; was param.Opt[a.E]\n"},
	} {
		for range 2 { // what was compared can be compared again
			got := lines(Compare(old, sdk(c.fields)))
			got = strings.ReplaceAll(got, "+ a.S can no longer be compared with ==\n", "")
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		}
	}
}

func TestLoadProblems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"package a\nfunc (", "a.go:2:7"},
		{"package a\nvar X undefined\n", "undefined: undefined"},
		{"package a\nimport \"m/none\"\nvar X none.T\n", "there is no package m/none"},
		{"package a\nimport \"m\"\nvar X m.T\n", "import each other"},
	} {
		_, err := Load("m", map[string][]byte{"a.go": []byte(c.text)}, importer.Default())
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestOutside(t *testing.T) {
	from, err := Outside(t.TempDir(), []string{"time"})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := from.Import("time"); err != nil || p.Scope().Lookup("Time") == nil {
		t.Errorf("time: %v", err)
	}
	if _, err := from.Import("net/http"); err == nil {
		t.Error("net/http is there, which nobody asked for")
	}
	if _, err := Outside(t.TempDir(), []string{"example.com/none"}); err == nil || !strings.Contains(err.Error(), "go list, of what the SDK imports") {
		t.Errorf("a package that is nowhere: %v", err)
	}
	t.Setenv("PATH", "")
	if _, err := Outside(t.TempDir(), []string{"time"}); err == nil || !strings.Contains(err.Error(), "the go command is not there") {
		t.Errorf("without the go command: %v", err)
	}
}

func TestUse(t *testing.T) {
	sdk := load(t, "m", map[string]string{
		"root.go":             "package acme\nimport \"m/a\"\ntype Client struct { A a.Service }\nfunc (c *Client) Do(x int) error { return nil }\n",
		"a/a.go":              "package a\nimport (\"time\"; \"m/internal/api\")\ntype Service struct{}\ntype P[T any] struct { Items []T }\nconst C = 1\nvar V []time.Time\nfunc F(api.X) {}\nfunc G(x ...string) {}\n",
		"internal/api/api.go": "package api\ntype X int\n",
	})
	for name, want := range map[string]string{
		"Client":     "var value acme.Client\n",
		"Client.A":   "func field(v acme.Client) a.Service {\n\treturn v.A\n}\n",
		"Client.Do":  "func method(v *acme.Client) func(x int) error {\n\treturn v.Do\n}\n",
		"a.P.Items":  "func field[T any](v a.P[T]) []T {\n\treturn v.Items\n}\n",
		"a.C":        "var value = a.C\n",
		"a.V":        "var value []time.Time = a.V\n",
		"a.G":        "var function func(x ...string) = a.G\n",
		"a.F":        "", // no program can write its type
		"a.None":     "",
		"a.P":        "",
		"a.P.Nobody": "",
	} {
		if got := sdk.Use(name, "acme"); got != want {
			t.Errorf("Use(%s) = %q, want %q", name, got, want)
		}
	}
}
