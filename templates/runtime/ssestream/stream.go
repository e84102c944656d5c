// Package ssestream has streams as callers of SDKs by Stainless read them: with
// Next, Current and Err. New code loops over the iterators of package streaming.
package ssestream

import "iter"

// Stream is a stream of values.
type Stream[T any] struct {
	next    func() (T, error, bool)
	stop    func()
	current T
	err     error
}

// NewStream returns the stream of what values yields. The request is sent by the
// first call of Next.
func NewStream[T any](values iter.Seq2[T, error]) *Stream[T] {
	s := new(Stream[T])
	s.next, s.stop = iter.Pull2(values)
	return s
}

// Next waits for the next value. It reports false after the last, and at an error.
func (s *Stream[T]) Next() bool {
	if s.err != nil {
		return false
	}
	value, err, ok := s.next()
	if err != nil {
		s.err = err
		s.stop()
	}
	if !ok || err != nil {
		return false
	}
	s.current = value
	return true
}

// Current returns the value that Next waited for.
func (s *Stream[T]) Current() T { return s.current }

// Err returns the error that ended the stream; nil if nothing failed.
func (s *Stream[T]) Err() error { return s.err }

// All yields the values that are left, and closes the stream when the loop ends.
func (s *Stream[T]) All() iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		defer s.stop()
		for s.Next() {
			if !yield(s.current, nil) {
				return
			}
		}
		if s.err != nil {
			var none T
			yield(none, s.err)
		}
	}
}

// Close ends the stream. A stream that was read to its end is closed already.
func (s *Stream[T]) Close() error {
	s.stop()
	return nil
}
