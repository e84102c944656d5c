package param

import (
	"io"
	"iter"
)

// Lines is a body of many values, which are written one after another as the
// request is sent, and never held in memory together. Make one with [LinesOf],
// [LinesSeq], [LinesSeq2] or [LinesReader]. The zero Lines is none.
type Lines[T any] struct{ source lines }

// lines is where the values of a Lines are. Exactly one is not nil.
type lines struct {
	values iter.Seq2[any, error]
	again  bool // values can be asked for again
	text   io.Reader
}

// LinesOf is a body of these values. A request that fails may be sent again.
func LinesOf[T any](values ...T) Lines[T] {
	return Lines[T]{lines{again: true, values: func(yield func(any, error) bool) {
		for i := range values {
			if !yield(&values[i], nil) {
				return
			}
		}
	}}}
}

// LinesSeq is a body of the values that seq yields, each asked for when the one
// before it is on its way. A sequence is walked once, so a request that fails
// after that is not sent again.
func LinesSeq[T any](seq iter.Seq[T]) Lines[T] {
	if seq == nil {
		return Lines[T]{}
	}
	return Lines[T]{lines{values: func(yield func(any, error) bool) {
		for value := range seq {
			if !yield(&value, nil) {
				return
			}
		}
	}}}
}

// LinesSeq2 is [LinesSeq] of a sequence that may fail, which ends the request
// with its error.
func LinesSeq2[T any](seq iter.Seq2[T, error]) Lines[T] {
	if seq == nil {
		return Lines[T]{}
	}
	return Lines[T]{lines{values: func(yield func(any, error) bool) {
		for value, err := range seq {
			if !yield(&value, err) {
				return
			}
		}
	}}}
}

// LinesReader is a body of what r has, which is written already in the form that
// the API takes. It is sent again only if r is an [io.Seeker].
func LinesReader[T any](r io.Reader) Lines[T] { return Lines[T]{lines{text: r}} }

// IsZero reports whether l is none.
func (l Lines[T]) IsZero() bool { return l.source.values == nil && l.source.text == nil }

// Source is for the transport: the values and whether they can be asked for
// again, or else a reader of their text.
func (l Lines[T]) Source() (values iter.Seq2[any, error], again bool, text io.Reader) {
	return l.source.values, l.source.again, l.source.text
}
