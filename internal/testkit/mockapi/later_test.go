package mockapi_test

import "testing"

// TestLater makes a client of the later description, which is not kept in this
// repository, and runs testdata/later/later_test.go beside it.
func TestLater(t *testing.T) {
	runBeside(t, "later", "cloudflare-secrets-store-2026-07.yaml", "../../../openapi/cloudflare-secrets-store-2026-07.yaml")
}

// TestMachine makes a client of testdata/machine/openapi.yaml, and runs
// machine_test.go beside it.
func TestMachine(t *testing.T) {
	runBeside(t, "machine", "openapi.yaml", "testdata/machine/openapi.yaml")
}

// TestTypedFailures makes a client of testdata/failures/openapi.yaml, and runs
// failures_test.go beside it.
func TestTypedFailures(t *testing.T) {
	runBeside(t, "failures", "openapi.yaml", "testdata/failures/openapi.yaml")
}

// runBeside makes the client of testdata/NAME/gen.yaml in a module of its own,
// with the description there, and runs NAME_test.go.
func runBeside(t *testing.T, name, description, from string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it compiles a client")
	}
	testModule(t, name, map[string]string{
		"gen.yaml":        "testdata/" + name + "/gen.yaml",
		name + "_test.go": "testdata/" + name + "/" + name + "_test.go",
		description:       from,
	})
}
