package api

import (
	"io"
	"sync"
	"sync/atomic"
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
	left  int64  // bytes that may come
	began bool   // some have
	clock *clock // nil if there is no limit
}

func (m *moving) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, io.EOF
	}
	n, err := m.Reader.Read(p[:min(int64(len(p)), m.left)])
	m.left -= int64(n)
	switch {
	case n == 0 || m.clock == nil:
	case m.began:
		m.clock.note(time.Now())
	default: // and mostly the last
		m.began = true
		m.clock.moved.Store(true)
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
	began time.Time
	moved atomic.Bool  // something came, at a time that nobody took
	last  atomic.Int64 // when something came, since began: the timer is set again when it ends, and not for each part
	over  bool         // there is nothing to limit any more
}

// start begins to count; cancel ends the attempt.
func (c *clock) start(cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.began = time.Now()
	c.timer = time.AfterFunc(c.limit, func() {
		if c.moved.Swap(false) {
			c.note(time.Now())
		}
		if left := c.limit - (time.Since(c.began) - time.Duration(c.last.Load())); left > 0 {
			c.reset(left)
		} else {
			cancel()
		}
	})
}

// note says that something came.
func (c *clock) note(at time.Time) { c.last.Store(int64(at.Sub(c.began))) }

func (c *clock) reset(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.over {
		c.timer.Reset(d)
	}
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
	c.note(time.Now())
	c.reset(c.limit)
}

// end stops the clock for good.
func (c *clock) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	c.timer.Stop()
}
