package templates

import (
	"os"
	"strings"
	"testing"
)

// TestEngineSum holds the go.sum of an SDK to that of this module: an SDK gets
// the JSON engine that the runtime was tested with.
func TestEngineSum(t *testing.T) {
	sum, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(EngineSum) {
		if !strings.Contains(string(sum), line) {
			t.Errorf("engine.sum has %q, go.sum has not", line)
		}
	}
	module, _, _ := strings.Cut(EngineSum, " h1:")
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), module) {
		t.Errorf("engine.sum is for %q, go.mod requires another version", module)
	}
}
