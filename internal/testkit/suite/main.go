// Command suite runs go test and says what it is doing: a line for each package
// when it ends, the output of what fails, and every 20 seconds what is running.
// Its arguments are those of go test.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// beat is how often it says what is running.
const beat = 20 * time.Second

func main() {
	cmd := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "suite:", err)
		os.Exit(2)
	}
	r := newReporter(os.Stdout)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	go func() {
		for range ticker.C {
			r.running(time.Now())
		}
	}()
	r.follow(out, time.Now)
	if cmd.Wait() != nil {
		os.Exit(1)
	}
}

// An event is a line of go test -json (go doc test2json).
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
	Elapsed float64
	// An event of the build has these two in place of the package.
	ImportPath string
}

// A reporter prints what events say.
type reporter struct {
	mu      sync.Mutex
	to      io.Writer
	started map[[2]string]time.Time        // tests that run, by package and name
	output  map[[2]string]*strings.Builder // of tests that may fail
	begun   time.Time
}

func newReporter(to io.Writer) *reporter {
	return &reporter{to: to, started: map[[2]string]time.Time{}, output: map[[2]string]*strings.Builder{}, begun: time.Now()}
}

// follow reads events until there are no more. What is no event is printed.
func (r *reporter) follow(events io.Reader, now func() time.Time) {
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		var e event
		switch {
		case len(line) == 0:
		case json.Unmarshal(line, &e) != nil:
			r.print("%s", line)
		default:
			r.add(e, now())
		}
		if err != nil {
			return
		}
	}
}

func (r *reporter) print(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.to, format, args...)
}

func (r *reporter) add(e event, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := [2]string{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.to, e.Output)
	case "start":
		r.started[key] = now
	case "run", "cont":
		r.started[key] = now
	case "pause":
		delete(r.started, key)
	case "output":
		if r.output[key] == nil {
			r.output[key] = &strings.Builder{}
		}
		r.output[key].WriteString(e.Output)
	case "pass", "skip", "fail":
		r.end(e, key)
	}
}

// end prints how a package ended, and what a test that fails says.
func (r *reporter) end(e event, key [2]string) {
	said := ""
	if b := r.output[key]; b != nil {
		said = b.String()
	}
	delete(r.started, key)
	delete(r.output, key)
	switch {
	case e.Action == "fail":
		fmt.Fprint(r.to, said)
	case e.Test == "":
		// The last line is what go test prints without -json.
		lines := strings.SplitAfter(strings.TrimRight(said, "\n"), "\n")
		fmt.Fprintln(r.to, lines[len(lines)-1])
	}
}

// running prints what is running: of tests that have subtests, only those.
func (r *reporter) running(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []string
	keys := slices.SortedFunc(maps.Keys(r.started), func(a, b [2]string) int { return r.started[a].Compare(r.started[b]) })
	for _, key := range keys {
		inner := func(other [2]string) bool {
			return other[0] == key[0] && other != key && (key[1] == "" || strings.HasPrefix(other[1], key[1]+"/"))
		}
		if slices.ContainsFunc(keys, inner) {
			continue
		}
		name := key[0][strings.LastIndexByte(key[0], '/')+1:]
		if key[1] != "" {
			name += " " + key[1]
		}
		list = append(list, fmt.Sprintf("%s (%d s)", name, int(now.Sub(r.started[key]).Seconds())))
	}
	what := "compiling"
	if len(list) > 0 {
		const most = 4
		what = "running " + strings.Join(list[:min(most, len(list))], ", ")
		if len(list) > most {
			what += fmt.Sprintf(" and %d more", len(list)-most)
		}
	}
	fmt.Fprintf(r.to, "… after %d s: %s\n", int(now.Sub(r.begun).Seconds()), what)
}
