// Command corpus makes an SDK from every description below a folder, builds and
// vets it, calls every method over the wire, and holds what became of each
// against a record of what once passed.
// It changes neither the descriptions nor, without -update, the record.
//
//	go run ./internal/testkit/corpus [-jobs 2] [-only GLOB] [-below BYTES] [-to STEP]
//		[-record FILE] [-update] [-out FILE] [-work DIR] [-slow TIMES] DIR
//
// All SDKs are packages of one module and share the build cache, so that a
// second run costs little for what did not change. It must be started in the
// module of gen, whose go.mod says what an SDK requires.
//
// The exit code is 1 if a description falls short of the record or makes gen
// panic, hang or run out of memory, and 2 if the run itself cannot be done.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path"
	"sync"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// maxJobs is how many descriptions are worked on at a time, at most: a large
// SDK may need 3 GB to compile.
const maxJobs = 2

// A command is what the command line says.
type command struct {
	dir    string
	jobs   int
	only   string
	below  int64
	record string
	update bool
	out    string
	work   string
	last   state
	slow   int
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	if err == nil {
		var fine bool
		if fine, err = c.run(ctx, stdout); err == nil {
			if fine {
				return 0
			}
			return 1
		}
	}
	if err != flag.ErrHelp {
		fmt.Fprintln(stderr, "corpus:", err)
	}
	return 2
}

func parse(args []string, stderr io.Writer) (*command, error) {
	c := &command{}
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&c.jobs, "jobs", maxJobs, "how `many` descriptions to work on at a time, at most 2")
	flags.StringVar(&c.only, "only", "", "leave out what does not match this `glob` by its path, file name or folder")
	flags.Int64Var(&c.below, "below", 0, "leave out files of this many `bytes` or more")
	flags.StringVar(&c.record, "record", "", "the `file` with what passed before")
	flags.BoolVar(&c.update, "update", false, "add what is better now to the record")
	flags.StringVar(&c.out, "out", "", "write the table to this `file` as TSV")
	to := flags.String("to", "call", "the last `step`: generate, build, vet or call")
	flags.IntVar(&c.slow, "slow", 1, "give everything so many `times` as long, on a machine that is busy")
	flags.StringVar(&c.work, "work", "", "keep the SDKs and what was said of each in this `folder`")
	if err := flags.Parse(args); err != nil {
		return nil, flag.ErrHelp // flags has said it
	}
	if flags.NArg() != 1 {
		return nil, fmt.Errorf("one folder of descriptions, not %d", flags.NArg())
	}
	var known bool
	if c.last, known = lastSteps[*to]; !known {
		return nil, fmt.Errorf("-to %q: there is no such step", *to)
	}
	if _, err := path.Match(c.only, ""); err != nil {
		return nil, fmt.Errorf("-only %q: %w", c.only, err)
	}
	c.dir = flags.Arg(0)
	c.jobs = min(max(c.jobs, 1), maxJobs)
	return c, nil
}

// run works through the folder and reports whether all is as it should be.
func (c *command) run(ctx context.Context, stdout io.Writer) (fine bool, err error) {
	past, err := readRecord(c.record)
	if err != nil {
		return false, err
	}
	descriptions, err := find(c.dir, c.only, c.below)
	if err != nil {
		return false, err
	}
	if len(descriptions) == 0 {
		return false, fmt.Errorf("%s: there is no description there, or -only and -below leave all out", c.dir)
	}
	work := c.work
	if work == "" {
		if work, err = os.MkdirTemp("", "corpus"); err != nil {
			return false, err
		}
		defer os.RemoveAll(work)
	}
	m, err := newModule(ctx, work)
	if err != nil {
		return false, err
	}
	m.last, m.slow = c.last, time.Duration(c.slow)

	t := newTable(stdout, descriptions, c.last)
	c.each(descriptions, func(name string) {
		if ctx.Err() == nil {
			t.add(m.try(ctx, c.dir, name), past)
		}
	})
	if err := ctx.Err(); err != nil {
		return false, err
	}
	t.finish(past)
	if c.out != "" {
		if err := t.write(c.out); err != nil {
			return false, err
		}
	}
	if c.update && c.record != "" {
		if err := past.grow(t.rows).write(c.record); err != nil {
			return false, err
		}
	}
	return len(t.short) == 0, nil
}

// each calls f with every name, as many at a time as there are jobs.
func (c *command) each(names []string, f func(string)) {
	queue := make(chan string)
	var workers sync.WaitGroup
	for range c.jobs {
		workers.Go(func() {
			for name := range queue {
				f(name)
			}
		})
	}
	for _, name := range names {
		queue <- name
	}
	close(queue)
	workers.Wait()
}
