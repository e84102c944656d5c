package lathe_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Who adds gen to a module as a tool gets the modules that it is built from:
// they are to stay few.
func TestModules(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "./cmd/gen").Output()
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Fields(string(out))
	slices.Sort(list)
	list = slices.DeleteFunc(slices.Compact(list), func(m string) bool { return m == module })
	const most = 15
	if len(list) > most {
		t.Errorf("gen is built from %d modules, more than %d: %s", len(list), most, strings.Join(list, " "))
	}
}
