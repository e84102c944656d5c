package main

import (
	"io"
	"os"
	"sync"
	"time"
)

// patience is how long a run may take before it says what it is doing.
const patience = time.Second

// clearLine goes to the start of a terminal's line and empties it (ECMA-48, EL).
const clearLine = "\r\x1b[K"

// A progress shows on a terminal which stage a run is at, once that takes long,
// in a line that goes when there is something else to say. It is the writer for
// that too.
type progress struct {
	to io.Writer

	mu    sync.Mutex
	stage string
	late  bool // the run takes long
	shown bool // the line is there
	timer *time.Timer
}

// newProgress starts to count the time of a run.
func newProgress(to io.Writer) *progress {
	p := &progress{to: to}
	p.timer = time.AfterFunc(patience, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.late = true
		p.show()
	})
	return p
}

// at notes which stage the run is at.
func (p *progress) at(stage string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage = stage
	p.show()
}

// show writes the line, if it is time. The lock is held.
func (p *progress) show() {
	if !p.late || p.stage == "" {
		return
	}
	io.WriteString(p.to, clearLine+"gen: "+p.stage+" …")
	p.shown = true
}

// clear takes the line away. The lock is held.
func (p *progress) clear() {
	if p.shown {
		io.WriteString(p.to, clearLine)
	}
	p.shown = false
}

// Write writes what there is to say, in place of the line.
func (p *progress) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	return p.to.Write(text)
}

// stop ends it.
func (p *progress) stop() {
	p.timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage = ""
	p.clear()
}

// isTerminal reports whether people look at what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// stage notes which stage a run is at, for people who wait for it.
func (c *command) stage(stage string) {
	if c.progress != nil {
		c.progress.at(stage)
	}
}

// showProgress has a run show its progress if people look, and returns what
// ends that.
func (c *command) showProgress() (stop func()) {
	if c.quiet || !isTerminal(c.stderr) {
		return func() {}
	}
	p, terminal := newProgress(c.stderr), c.stderr
	c.progress, c.stderr = p, p
	return func() {
		p.stop()
		c.progress, c.stderr = nil, terminal
	}
}
