package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/output"
)

const (
	// pause is how often watch looks at its files, and how long they must not
	// change before it runs: an editor or a checkout writes several in a burst.
	pause = 200 * time.Millisecond
	// settled is the age from which the time of a file tells whether it changed.
	// Within one tick of the file system's clock it may be written twice.
	settled = 2 * time.Second
)

func (c *command) watchFlags(flags *pflag.FlagSet) {
	c.outputFlags(flags)
	c.lockFlag(flags)
}

// watch is the verb that runs again whenever a file that was read changes,
// until it is interrupted. A run that fails is reported, and the next change may
// mend it: the last good output stays.
func (c *command) watch() int {
	if c.input == "-" || strings.Contains(c.input, "://") {
		c.say("gen watch watches files, and %s is none", c.input)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c.watchUntil(ctx)
	return exitDone
}

// watchUntil runs until the context is done.
func (c *command) watchUntil(ctx context.Context) {
	c.stamps = map[string]stamp{}
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		c.files = nil
		before := c.stamps
		c.stamps = map[string]stamp{}
		c.generate()
		if len(c.stamps) == 0 {
			c.stamps = before
		}
		c.note("watching %s; interrupt to stop", plural(len(c.stamps), "file"))
		changed := c.wait(ctx, ticker.C)
		if changed == nil {
			return
		}
		c.note("changed: %s", strings.Join(changed, ", "))
		c.changes = c.tellChanges
	}
}

// wait returns the files that changed once they do not change any more, nil if
// the context is done first.
func (c *command) wait(ctx context.Context, tick <-chan time.Time) []string {
	var last []string
	now := map[string]stamp{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick:
		}
		var changed []string
		still := true
		for _, name := range slices.Sorted(maps.Keys(c.stamps)) {
			s := stampOf(name, c.stamps[name], time.Now())
			if s.hash != c.stamps[name].hash {
				changed = append(changed, name)
			} else {
				c.stamps[name] = s
			}
			still = still && now[name].hash == s.hash
			now[name] = s
		}
		if still && len(changed) > 0 && slices.Equal(changed, last) {
			return changed
		}
		last = changed
	}
}

// A stamp tells whether a file is as it was.
type stamp struct {
	time    time.Time
	size    int64
	hash    [sha256.Size]byte // zero if there is no file
	settled bool              // the time tells
}

// stampOf returns the stamp that a file has now, which had another one before.
// What is in it is only read if its time does not tell.
func stampOf(name string, before stamp, now time.Time) stamp {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return stamp{}
	}
	s := stamp{time: info.ModTime(), size: info.Size()}
	s.settled = now.Sub(s.time) > settled
	if before.settled && s.time.Equal(before.time) && s.size == before.size {
		return before
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return stamp{}
	}
	s.hash = sha256.Sum256(data)
	return s
}

// tellChanges says what a run did to the output, a line for each file.
func (c *command) tellChanges(r output.Result) {
	const most = 12
	var lines []string
	for _, what := range []struct {
		word  string
		names []string
	}{{"added", r.Added}, {"changed", r.Changed}, {"removed", r.Removed}} {
		for _, name := range what.names {
			lines = append(lines, what.word+" "+name)
		}
	}
	for i, line := range lines {
		if i == most {
			c.note("  and %d more", len(lines)-most)
			break
		}
		c.note("  %s", line)
	}
}
