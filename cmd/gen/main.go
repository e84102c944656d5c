// Command gen turns an OpenAPI description into a Go SDK.
//
//	gen [generate] SPEC|gen.yaml   writes the SDK
//	gen diff OLD NEW               says what changes between two versions
//	gen help [VERB]                lists the verbs, or the flags of one
//
// What was asked for is all that comes out on stdout: the tree of inspect, the
// schema, the diagnostics where --format says json or sarif. Everything else that there is
// to say is on stderr: diagnostics as text, what was inferred, and a closing
// line with what became of the operations and schemas.
//
// The exit code is 0 when it is done; 1 for a problem in the description or
// the config, and for an output that --check finds stale; 2 for a problem in
// the command line, or with the output that it names.
package main

import (
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// The exit codes.
const (
	exitDone    = 0
	exitProblem = 1
	exitUsage   = 2
)

// run is the command, with everything that it may touch passed in, but for the
// files that the arguments name.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr, args: args, maxWarnings: -1}
	verb, err := c.parse(args)
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	stop, err := c.profile()
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	defer stop()
	return verb(c)
}
