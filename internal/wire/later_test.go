package wire_test

import "testing"

// TestLater makes a client of the later description, which is not kept in this
// repository, and runs testdata/later/later_test.go beside it.
func TestLater(t *testing.T) {
	testClient(t, "later", map[string]string{
		"cloudflare-secrets-store-2026-07.yaml": "../../openapi/cloudflare-secrets-store-2026-07.yaml",
	})
}
