package wire_test

import "testing"

// TestLater makes a client of the later description, which is not kept in this
// repository, and runs testdata/later/later_test.go beside it.
func TestLater(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a client")
	}
	testModule(t, "later", map[string]string{
		"gen.yaml":                              "testdata/later/gen.yaml",
		"later_test.go":                         "testdata/later/later_test.go",
		"cloudflare-secrets-store-2026-07.yaml": "../../openapi/cloudflare-secrets-store-2026-07.yaml",
	})
}
