package lathe_test

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mostModules is how many modules beyond the standard library gen may be built
// from: who keeps it as a tool has them all in go.mod and go.sum.
const mostModules = 16

var moduleRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .+ \\|$")

// CONTRIBUTING.md lists the modules that gen is built from, and they stay few.
func TestModules(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "./cmd/gen").Output()
	if err != nil {
		t.Fatal(err)
	}
	built := strings.Fields(string(out))
	slices.Sort(built)
	built = slices.Compact(built)
	if len(built) > mostModules {
		t.Errorf("gen is built from %d modules, more than %d:\n%s", len(built), mostModules, strings.Join(built, "\n"))
	}

	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| module | what for |\n")
	if !found {
		t.Fatal("CONTRIBUTING.md has no table of modules")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	var listed []string
	for _, row := range moduleRow.FindAllStringSubmatch(table, -1) {
		listed = append(listed, row[1])
	}
	slices.Sort(listed)
	if !slices.Equal(listed, built) {
		t.Errorf("CONTRIBUTING.md lists\n%s\nand gen is built from\n%s", strings.Join(listed, "\n"), strings.Join(built, "\n"))
	}
}
