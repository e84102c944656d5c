package mockapi_test

import "testing"

// TestTypes makes a client of a description whose types are what users stumble
// over, and runs testdata/types/types_test.go beside it.
func TestTypes(t *testing.T) {
	runBeside(t, "types", "openapi.yaml", "testdata/types/openapi.yaml")
}
