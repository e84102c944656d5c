package ident

import "testing"

// No package has a name that Go, Windows or a generated test has for something else.
func TestPackageReserved(t *testing.T) {
	for name, want := range map[string]string{
		"aux": "auxservice", "CON": "conservice", "com1": "com1service", "lpt9": "lpt9service", "nul": "nulservice",
		"init": "initservice", "t": "tservice", "auxiliary": "auxiliary",
	} {
		if got := Package(name); got != want {
			t.Errorf("Package(%q) = %s, want %s", name, got, want)
		}
	}
}
