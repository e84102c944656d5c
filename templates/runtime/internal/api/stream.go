package api

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// stream is a reader that is sent as a body, perhaps more than once.
type stream struct {
	r      io.Reader
	seeker io.Seeker // nil if r can be read only once
	start  int64     // where r stood
	length int64     // in bytes; -1 if unknown

	mu   sync.Mutex // net/http may ask for the body again while it reads the old one
	last *reading
}

func newStream(r io.Reader) *stream {
	s := &stream{r: r, length: -1}
	seeker, ok := r.(io.Seeker)
	if !ok {
		switch sized := r.(type) {
		case *measured:
			s.length = sized.length
		case interface{ Len() int }:
			s.length = int64(sized.Len())
		}
		return s
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return s // a pipe is a file that cannot seek
	}
	end, err := seeker.Seek(0, io.SeekEnd)
	if err != nil {
		return s
	}
	if _, err := seeker.Seek(start, io.SeekStart); err != nil {
		return s
	}
	s.seeker, s.start, s.length = seeker, start, end-start
	return s
}

// measured is a reader whose length is known, although it does not tell.
type measured struct {
	io.Reader
	length int64
}

// replayable reports whether open would succeed: the reader can go back, or
// nothing has been taken from it yet.
func (s *stream) replayable() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seeker != nil || s.last == nil || !s.last.touched.Load()
}

// open returns the stream from its start, and takes it away from whoever still
// reads it for an attempt that is over.
func (s *stream) open() (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil {
		s.last.end()
	}
	if s.seeker != nil {
		if _, err := s.seeker.Seek(s.start, io.SeekStart); err != nil {
			return nil, err
		}
	} else if s.last != nil && s.last.touched.Load() {
		return nil, errors.New("it is a stream that has been read")
	}
	s.last = &reading{r: s.r}
	return s.last, nil
}

// reading is one attempt's use of a stream.
type reading struct {
	mu      sync.Mutex // held while reading
	r       io.Reader
	touched atomic.Bool // something has been asked of r
	closed  atomic.Bool
}

func (r *reading) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed.Load() {
		return 0, errors.New("the body of an attempt that is over")
	}
	r.touched.Store(true)
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		err = local(err) // of a file, say
	}
	return n, err
}

// Close does not wait for a Read, since a reader may block for long, and does
// not close the reader, which is the caller's.
func (r *reading) Close() error {
	r.closed.Store(true)
	if values, ok := r.r.(*valueReader); ok {
		return values.Close()
	}
	return nil
}

// end closes r and waits for a Read that is under way.
func (r *reading) end() {
	r.closed.Store(true)
	r.mu.Lock()
	defer r.mu.Unlock()
}
