// Package leak runs the tests of a package and fails if they leave goroutines
// behind. A response whose body nobody closes leaves those of its connection.
//
// Decision: own code, since the library that does this brings four modules into
// a graph that is kept small, for one function.
package leak

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Main is for a TestMain. It runs the tests, and gives goroutines that are on
// their way out a few seconds to get there.
func Main(m *testing.M) {
	code := m.Run()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	var left []string
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if left = running(); len(left) == 0 || time.Now().After(deadline) {
			break
		}
	}
	if len(left) > 0 && code == 0 {
		fmt.Fprintf(os.Stderr, "the tests left %d goroutines behind:\n\n%s\n", len(left), strings.Join(left, "\n\n"))
		code = 1
	}
	os.Exit(code)
}

// running returns the stacks of all goroutines but the caller's and those of
// the test framework and the runtime.
func running() []string {
	buf := make([]byte, 1<<20)
	var list []string
	all := strings.Split(strings.TrimSpace(string(buf[:runtime.Stack(buf, true)])), "\n\n")
	for _, stack := range all[1:] {
		_, calls, _ := strings.Cut(stack, "\n")
		if !strings.HasPrefix(calls, "testing.") && !strings.HasPrefix(calls, "os/signal.") && !strings.Contains(calls, "created by testing.(*M)") &&
			!strings.HasPrefix(calls, "runtime.") {
			list = append(list, stack)
		}
	}
	return list
}
