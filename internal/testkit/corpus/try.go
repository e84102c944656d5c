package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A state is how far a description came. Each is better than those before it.
type state int

const (
	failed    state = iota // gen panicked, hung, ran out of memory or found a bug of its own
	refused                // gen said what is wrong with the description
	generated              // the SDK does not compile
	built                  // go vet has something to say about it
	vetted                 // its calls could not be made
	called
)

var states = [...]string{"failed", "refused", "generated", "built", "vetted", "called"}

func (s state) String() string { return states[s] }

// A row is what became of a description.
type row struct {
	Name  string // its path below the folder
	State state

	Operations, Emitted int // methods that it has, and that the SDK has
	Schemas, Degraded   int
	Warnings            int
	Lines               int // of Go

	Calls calls // over the wire

	Generate, Build, Vet, Call cost

	// Problem is the first thing that was said of what went wrong.
	Problem string
}

// A cost is what a step took.
type cost struct {
	Seconds float64 // of CPU, which says more than the clock on a busy machine
	MB      int64   // of the largest process
}

// A step is something to be done with a description. If it fails, that is what
// became of the description.
type step struct {
	reaches state // if it succeeds
	limit   time.Duration
	run     func(*trial) error
}

// steps are in order.
var steps = []step{
	{generated, time.Minute, (*trial).generate},
	{built, 5 * time.Minute, (*trial).build},
	{vetted, 5 * time.Minute, (*trial).vet},
	{called, 10 * time.Minute, (*trial).call},
}

// lastSteps has the state that a step reaches, by what the step is called.
var lastSteps = map[string]state{"generate": generated, "build": built, "vet": vetted, "call": called}

// A trial is one description on its way through the steps.
type trial struct {
	*module
	row
	ctx    context.Context // of the step
	file   string
	folder string
	root   string       // the folder that gen asked for, if it needs one above the description's
	env    []string     // of the next command, besides the usual
	log    bytes.Buffer // all that was said
}

// try makes an SDK of a description and says what became of it.
func (m *module) try(ctx context.Context, dir, name string) row {
	folder := m.folder(name)
	t := &trial{module: m, row: row{Name: name, State: failed}, file: filepath.Join(dir, filepath.FromSlash(name)), folder: folder}
	for _, s := range steps {
		if err := t.step(ctx, s); err != nil {
			t.Problem = err.Error()
			break
		}
		if t.State = s.reaches; t.State == m.last {
			break
		}
	}
	t.Lines = countLines(filepath.Join(m.dir, folder))
	if err := os.WriteFile(filepath.Join(m.dir, folder+".log"), t.log.Bytes(), 0o666); err != nil && t.Problem == "" {
		t.Problem = err.Error()
	}
	return t.row
}

func (t *trial) step(ctx context.Context, s step) error {
	var done context.CancelFunc
	limit := s.limit * t.slow
	t.ctx, done = context.WithTimeout(ctx, limit)
	defer done()
	err := s.run(t)
	if errors.Is(t.ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("not done after %v", limit)
	}
	return err
}

// command runs a program in the module and returns what it printed. What it
// said on stderr is in the error, if there is one.
func (t *trial) command(c *cost, name string, args ...string) (stdout []byte, err error) {
	cmd := exec.CommandContext(t.ctx, name, args...)
	together(cmd)
	cmd.WaitDelay = 5 * time.Second
	cmd.Dir = t.dir
	cmd.Env = append(environment(), t.env...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err = cmd.Run()
	fmt.Fprintf(&t.log, "$ %s\n%s%s", strings.Join(cmd.Args, " "), out.Bytes(), said.Bytes())
	if s := cmd.ProcessState; s != nil {
		*c = cost{(s.UserTime() + s.SystemTime()).Seconds(), peak(s) >> 20}
	}
	if err != nil && said.Len() > 0 {
		err = errors.New(said.String())
	}
	return out.Bytes(), err
}

// generate is the step that runs gen.
func (t *trial) generate() error {
	file, err := filepath.Abs(t.file)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Join(t.dir, t.folder)); err != nil {
		return err
	}
	args := []string{"generate", "--tests", "--quiet", "--format", "json", "-o", t.folder, file}
	if t.root != "" {
		args = append(args, "--root", t.root)
	}
	out, err := t.command(&t.row.Generate, t.gen, args...)
	var said struct {
		Diagnostics []struct {
			File           string
			Line, Column   int
			Severity, Code string
			Message        string
		}
		Operations, Schemas struct{ Read, Emitted, Degraded int }
	}
	parse := json.Unmarshal(out, &said)
	t.Operations, t.Emitted = said.Operations.Read, said.Operations.Emitted
	t.Schemas, t.Degraded = said.Schemas.Read, said.Schemas.Degraded
	first, ours := "", false
	for _, d := range said.Diagnostics {
		if _, root, asked := strings.Cut(d.Message, " --root "); asked && d.Code == "outside-root" && t.root == "" {
			t.root = root // as a user would
			t.Warnings = 0
			return t.generate()
		}
		if d.Severity == "warning" {
			t.Warnings++
		} else if first == "" {
			first = fmt.Sprintf("%s:%d:%d: %s [%s]", filepath.Base(d.File), d.Line, d.Column, d.Message, d.Code)
			ours = d.Code == "" // no diagnostic, but an error of the emitter
		}
	}
	switch exit := (*exec.ExitError)(nil); {
	case err == nil:
		return parse
	case ours:
		return errors.New(first)
	case first != "":
		t.State = refused
		return errors.New(first)
	case errors.As(err, &exit):
		return err // without a word
	}
	problem := firstOf(err.Error(), panicLine, anyLine)
	if frame := ourFrame.FindStringSubmatch(err.Error()); frame != nil {
		problem += " at " + frame[1]
	}
	return errors.New(problem)
}

// build is the step that compiles the SDK.
func (t *trial) build() error { return t.goCommand(&t.row.Build, "build") }

// vet is the step that runs go vet.
func (t *trial) vet() error { return t.goCommand(&t.row.Vet, "vet") }

func (t *trial) goCommand(c *cost, verb string) error {
	_, err := t.command(c, "go", verb, "./"+t.folder+"/...")
	if err != nil {
		return errors.New(firstOf(strings.ReplaceAll(err.Error(), t.folder+"/", ""), goLine, anyLine))
	}
	return nil
}

var (
	panicLine = regexp.MustCompile(`(?m)^(panic|fatal error): .*`)
	ourFrame  = regexp.MustCompile(`(?m)^(?:main\.|github\.com/openapi-lathe/lathe/).*\n\s+\S*?/((?:internal|cmd)/\S+\.go:[0-9]+)`)
	goLine    = regexp.MustCompile(`(?m)^(vet: )?\S+\.go:[0-9]+.*`)
	anyLine   = regexp.MustCompile(`(?m)^[^#\s].*`)
)

// firstOf returns the first line of a text that one of the patterns matches;
// the earlier patterns are tried first.
func firstOf(text string, patterns ...*regexp.Regexp) string {
	for _, p := range patterns {
		if line := p.FindString(text); line != "" {
			return line
		}
	}
	return strings.TrimSpace(text)
}

// countLines returns the lines of all Go files below a folder.
func countLines(folder string) int {
	lines := 0
	// What cannot be read has no lines: that there is a problem was said.
	fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			data, _ := os.ReadFile(filepath.Join(folder, name))
			lines += bytes.Count(data, []byte("\n"))
		}
		return nil
	})
	return lines
}
