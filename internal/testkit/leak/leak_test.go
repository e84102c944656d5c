package leak

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestMain(m *testing.M) { Main(m) }

// TestLeak leaves a goroutine behind when the test below asks it to.
func TestLeak(t *testing.T) {
	if os.Getenv("LEAK") == "" {
		t.Skip("it is run by TestMainTells")
	}
	go func() { select {} }()
}

func TestMainTells(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for seconds")
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestLeak$")
	cmd.Env = append(os.Environ(), "LEAK=1")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "left 1 goroutines behind") || !strings.Contains(string(out), "leak.TestLeak") {
		t.Errorf("%v\n%s", err, out)
	}
}
