// Package effort says how much a test run is to do.
//
//	go test -short ./...    half a minute: what a change is tried with
//	go test ./...           two minutes: each property on a sample, what compiles compiled together
//	FULL=1 go test ./...    as long as it takes: make test-full, and CI
package effort

import (
	"os"
	"testing"
)

// Full reports whether a run is to leave nothing out. The variable is one of
// the environment because a flag would have to be known to every package.
func Full() bool { return os.Getenv("FULL") != "" }

// Of returns how often something is to be done, or how much of it: in a short
// run, in an ordinary one, and in a full one.
func Of[T any](short, ordinary, full T) T {
	switch {
	case testing.Short():
		return short
	case Full():
		return full
	}
	return ordinary
}
