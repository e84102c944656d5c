package mockapi_test

import "testing"

// TestStreams makes a client of an API that streams in every way, and runs
// testdata/streams/streams_test.go beside it.
func TestStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a client")
	}
	testModule(t, "streams", map[string]string{
		"gen.yaml":        "testdata/streams/gen.yaml",
		"openapi.yaml":    "testdata/streams/openapi.yaml",
		"streams_test.go": "testdata/streams/streams_test.go",
	})
}
