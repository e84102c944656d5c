package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/diff/contract"
)

func TestNext(t *testing.T) {
	for _, c := range []struct {
		from  string
		level contract.Level
		want  string
	}{
		{"v1.2.3", contract.Patch, "v1.2.4"},
		{"v1.2.3", contract.Minor, "v1.3.0"},
		{"v1.2.3", contract.Major, "v2.0.0"},
		{"1.2.3", contract.Minor, "v1.3.0"},
		{"v0.2.3", contract.Patch, "v0.2.4"},
		{"v0.2.3", contract.Minor, "v0.3.0"},
		{"v0.2.3", contract.Major, "v0.3.0"},
		{"v2.0.0-rc.1", contract.Patch, "v2.0.0"},
		{"v2.0.0-rc.1+build", contract.Minor, "v2.1.0"},
		{"v9.9.9", contract.Major, "v10.0.0"},
		{"", contract.Major, ""},
		{"v1.2", contract.Major, ""},
		{"v01.2.3", contract.Major, ""},
	} {
		if got := Next(c.from, c.level); got != c.want {
			t.Errorf("Next(%s, %s) = %q, want %q", c.from, c.level, got, c.want)
		}
	}
}

func report() *Report {
	r := &Report{From: "v1.0.0", Contract: true, Changes: []Change{
		{Level: contract.Minor, Judgement: Go, Subject: "a.B", What: "is new"},
		{Level: contract.Major, Judgement: Go, Subject: "a.C", What: "is now *[]int; was <-chan int"},
		{Level: contract.Patch, Judgement: HTTP, What: "some descriptions read differently"},
		{Level: contract.Major, Judgement: HTTP, Subject: "A.Get", Where: "Body.snake_case", What: "is gone", Old: diag.Pos{File: "o.yaml", Line: 1, Col: 2}, New: diag.Pos{File: "n.yaml", Line: 3, Col: 4}},
	}}
	r.Sort()
	return r
}

func TestReport(t *testing.T) {
	r := report()
	want := `major: 2 breaking changes, 2 others
next version: v2.0.0, after v1.0.0

HTTP API
  major  A.Get: Body.snake_case is gone (n.yaml:3:4, was o.yaml:1:2)
  patch  Some descriptions read differently

Go API
  major  a.C is now *[]int; was <-chan int
  minor  a.B is new
`
	if got := r.Text(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, want := range []string{"- `A.Get`: Body.snake\\_case is gone.\n", "- `a.C` is now \\*\\[]int; was \\<-chan int.\n", "- Some descriptions read differently.\n", "# Major: 2 breaking changes, 2 others\n"} {
		if got := r.Markdown(); !strings.Contains(got, want) {
			t.Errorf("the Markdown has no %q:\n%s", want, got)
		}
	}
	var read jsonReport
	if err := json.Unmarshal([]byte(r.JSON()), &read); err != nil || read.Level != "major" || len(read.Changes) != 4 || read.Changes[0].New.Line != 3 {
		t.Errorf("%v\n%s", err, r.JSON())
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		levels []contract.Level
		want   string
	}{
		{nil, "patch: nothing changes"},
		{[]contract.Level{contract.Patch}, "patch: 1 change, not breaking"},
		{[]contract.Level{contract.Minor, contract.Patch}, "minor: 2 changes, none of them breaking"},
		{[]contract.Level{contract.Major}, "major: 1 breaking change"},
		{[]contract.Level{contract.Major, contract.Minor}, "major: 1 breaking change, 1 other"},
		{[]contract.Level{contract.Major, contract.Major, contract.Minor, contract.Minor}, "major: 2 breaking changes, 2 others"},
	} {
		r := &Report{}
		for _, level := range c.levels {
			r.Changes = append(r.Changes, Change{Level: level})
		}
		if got := r.summary(); got != c.want {
			t.Errorf("%v: %q, want %q", c.levels, got, c.want)
		}
	}
}

func TestPrepend(t *testing.T) {
	const entry = "## v1.1.0\n\n- new\n"
	for _, c := range []struct{ name, text, want string }{
		{"none", "", "# Changelog\n\n## v1.1.0\n\n- new\n"},
		{"others", "# Changelog\n\nOurs.\n\n## v1.0.0\n\n- old\n", "# Changelog\n\nOurs.\n\n## v1.1.0\n\n- new\n\n## v1.0.0\n\n- old\n"},
		{"the same", "# Changelog\n\n## v1.1.0\n\n- other\n\n## v1.0.0\n\n- old\n", "# Changelog\n\n## v1.1.0\n\n- new\n\n## v1.0.0\n\n- old\n"},
		{"the same alone", "# Changelog\n\n## v1.1.0\n\n- other\n", "# Changelog\n\n## v1.1.0\n\n- new\n"},
		{"no entries", "# Changelog\n", "# Changelog\n\n## v1.1.0\n\n- new\n"},
		{"no head", "## v1.0.0\n\n- old\n", "## v1.1.0\n\n- new\n\n## v1.0.0\n\n- old\n"},
	} {
		if got := Prepend(c.text, entry); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestEntry(t *testing.T) {
	r := report()
	want := "## v2.0.0\n\n### Breaking\n\n- `A.Get`: Body.snake\\_case is gone.\n- `a.C` is now \\*\\[]int; was \\<-chan int.\n\n### Changed\n\n- Some descriptions read differently.\n"
	if got := r.Entry(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	r.Contract, r.From = false, ""
	if got := r.Entry(); !strings.HasPrefix(got, "## Unreleased\n") || !strings.Contains(got, "- `a.B` is new.\n") {
		t.Errorf("got\n%s", got)
	}
}

// What a description says does no harm where it is shown.
func TestHostile(t *testing.T) {
	r := &Report{Changes: []Change{{Judgement: HTTP, Subject: "GET /a`b\n\x1b[2J", Where: "Body.<script>\n## x", What: "is `gone`"}}}
	for name, text := range map[string]string{"text": r.Text(), "markdown": r.Markdown(), "entry": r.Entry()} {
		if strings.ContainsAny(text, "\x1b") || strings.Contains(text, "\n## x") || strings.Contains(text, "a`b") && name != "text" || strings.Contains(text, "- `GET /a'b") && strings.Contains(text, " <script>") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}
