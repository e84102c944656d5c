package api

import (
	"io"
	"sync"
	"time"
)

// upload is how the body of an attempt is sent that is read on its way.
type upload struct {
	total  int64                   // bytes; -1 if unknown
	report func(done, total int64) // nil if nobody wants to know
	clock  *clock                  // nil if there is no limit
}

// of returns body as it is sent.
func (u upload) of(body io.ReadCloser) io.ReadCloser {
	if body == nil || u.report == nil && u.clock == nil {
		return body
	}
	return &uploading{ReadCloser: body, upload: u}
}

// uploading is the body of one attempt.
type uploading struct {
	io.ReadCloser
	upload
	done int64
}

func (u *uploading) Read(p []byte) (int, error) {
	u.clock.pause()
	n, err := u.ReadCloser.Read(p)
	u.clock.restart()
	if u.done += int64(n); n > 0 && u.report != nil {
		u.report(u.done, u.total)
	}
	return n, err
}

func (u *uploading) Close() error {
	err := u.ReadCloser.Close()
	u.clock.restart() // a Read that is under way may have stopped it for good
	return err
}

// moving is the body of a response that may take any time as long as something
// comes.
type moving struct {
	io.Reader
	clock *clock
}

func (m *moving) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	if n > 0 {
		m.clock.restart()
	}
	return n, err
}

// clock is the limit of time of an attempt that may take longer as long as it
// moves. A large body may take longer than the limit, and the caller's reader any
// time: what counts is how long the connection takes for a part of it, and after
// the last one for the response and each part of that.
type clock struct {
	limit time.Duration
	mu    sync.Mutex
	timer *time.Timer // ends the attempt
	over  bool        // there is nothing to limit any more
}

// pause stops the clock while something else is waited for.
func (c *clock) pause() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timer.Stop()
}

// restart gives the attempt the whole of its time again.
func (c *clock) restart() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.over {
		c.timer.Reset(c.limit)
	}
}

// end stops the clock for good.
func (c *clock) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	c.timer.Stop()
}
