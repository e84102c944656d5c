package ssestream

import (
	"errors"
	"iter"
	"testing"
)

func numbers(n int, end error, closed *bool) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		defer func() { *closed = true }()
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if end != nil {
			yield(0, end)
		}
	}
}

func TestStream(t *testing.T) {
	failure := errors.New("lost")
	for _, tt := range []struct {
		name string
		end  error
	}{{"to its end", nil}, {"until it fails", failure}} {
		t.Run(tt.name, func(t *testing.T) {
			closed := false
			s := NewStream(numbers(3, tt.end, &closed))
			n := 0
			for s.Next() {
				if s.Current() != n {
					t.Errorf("value %d is %d", n, s.Current())
				}
				n++
			}
			if n != 3 || s.Err() != tt.end || !closed || s.Next() {
				t.Errorf("%d values, %v, closed %v", n, s.Err(), closed)
			}
		})
	}
}

func TestAll(t *testing.T) {
	failure := errors.New("lost")
	closed, n := false, 0
	var last error
	for v, err := range NewStream(numbers(3, failure, &closed)).All() {
		if last = err; err == nil && v != n {
			t.Errorf("value %d is %d", n, v)
		}
		n++
	}
	if n != 4 || last != failure || !closed {
		t.Errorf("%d values, %v, closed %v", n, last, closed)
	}
	closed = false
	for range NewStream(numbers(3, nil, &closed)).All() {
		break
	}
	if !closed {
		t.Error("a loop that is left does not close the stream")
	}
}

func TestClose(t *testing.T) {
	closed := false
	s := NewStream(numbers(3, nil, &closed))
	if !s.Next() {
		t.Fatal("nothing")
	}
	if err := s.Close(); err != nil || !closed || s.Next() {
		t.Errorf("%v, closed %v", err, closed)
	}
}
