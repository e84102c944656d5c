package mockapi_test

import "testing"

// TestConstructs makes a client of a description with one operation for each
// construct of OpenAPI whose bytes matter, and runs
// testdata/constructs/constructs_test.go beside it.
func TestConstructs(t *testing.T) {
	runBeside(t, "constructs", "openapi.yaml", "testdata/constructs/openapi.yaml")
}
