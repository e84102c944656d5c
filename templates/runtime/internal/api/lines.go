package api

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
)

// Lines is a body of many values, a [param.Lines], each on a line of its own,
// which are encoded as they are sent.
func Lines(contentType string, v any) Body {
	return Body{contentType: contentType, value: v, encode: encodeLines}
}

// Sequence is [Lines] in the form of a JSON text sequence (RFC 7464).
func Sequence(contentType string, v any) Body {
	return Body{contentType: contentType, value: v, encode: encodeSequence}
}

func encodeLines(_ *codec, b *Body) (payload, error) { return encodeValues(b, "") }

func encodeSequence(_ *codec, b *Body) (payload, error) { return encodeValues(b, "\x1e") }

// manyValues is a [param.Lines].
type manyValues interface {
	Source() (iter.Seq2[any, error], bool, io.Reader)
}

func encodeValues(body *Body, before string) (payload, error) {
	l, ok := body.value.(manyValues)
	if !ok {
		return payload{}, errors.New("it is no param.Lines")
	}
	values, again, text := l.Source()
	switch {
	case values != nil:
		b := &valueReader{values: values, before: before, codec: newCodec()}
		s := &stream{r: b, length: -1}
		if again {
			s.seeker = b
		}
		return payload{contentType: body.contentType, stream: s}, nil
	case text != nil:
		return payload{contentType: body.contentType, stream: newStream(text)}, nil
	}
	return payload{}, nil
}

// valueReader reads the text of values that are asked for one by one.
type valueReader struct {
	values iter.Seq2[any, error]
	before string // each value
	codec  *codec
	closed atomic.Bool // whoever read it is done

	mu   sync.Mutex                // held while reading
	next func() (any, error, bool) // nil before the first value is asked for
	stop func()
	text bytes.Buffer // not yet read
	err  error        // once there are no more values

	secretsMu sync.Mutex
	secrets   []string // in the values so far
}

// Read reads what is written of the values, and asks for the next one where
// that is all.
func (v *valueReader) Read(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for v.text.Len() == 0 {
		if v.err != nil {
			return 0, v.err
		}
		v.write()
		if v.closed.Load() {
			v.end()
		}
	}
	return v.text.Read(p)
}

// write encodes the next value.
func (v *valueReader) write() {
	if v.next == nil {
		v.next, v.stop = iter.Pull2(v.values)
	}
	value, err, ok := v.next()
	if !ok {
		v.err = io.EOF
		return
	}
	var data []byte
	if err == nil {
		data, err = v.codec.marshal(value)
	}
	if err != nil {
		v.err = err
		v.stop()
		return
	}
	v.secretsMu.Lock()
	v.secrets = append(v.secrets, v.codec.secrets...)
	v.secretsMu.Unlock()
	v.codec.secrets = nil
	v.text.WriteString(v.before)
	v.text.Write(data)
	v.text.WriteByte('\n')
}

// Seek goes back to the first value, which is all that a request needs.
func (v *valueReader) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekStart {
		return 0, errors.New("a body of values can be read from its start only")
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.end()
	v.next, v.err = nil, nil
	v.text.Reset()
	v.closed.Store(false)
	return 0, nil
}

// end gives up the values that were not asked for. The caller holds v.mu.
func (v *valueReader) end() {
	if v.stop != nil {
		v.stop()
		v.err = io.ErrClosedPipe
	}
}

// Close gives up the values that were not asked for. It does not wait for a
// Read, which does it then. A reader that was not read yet stays as it is.
func (v *valueReader) Close() error {
	v.closed.Store(true)
	if v.mu.TryLock() {
		defer v.mu.Unlock()
		v.end()
		if v.next == nil {
			v.closed.Store(false)
		}
	}
	return nil
}

// shown returns the secrets in what was sent so far.
func (v *valueReader) shown() []string {
	v.secretsMu.Lock()
	defer v.secretsMu.Unlock()
	return slices.Clone(v.secrets)
}
