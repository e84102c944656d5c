package union

import (
	"bytes"
	"sync"
	"sync/atomic"

	"github.com/go-json-experiment/json/jsontext"
)

// What is here looks at JSON that nobody has checked yet, to say where a value
// ends and what its members are. It may be wrong about what is not JSON, and
// never reads past its end: the decoder comes after it and finds out.

// A part is JSON that is looked at before it is read. One in a large value knows
// where the objects and lists in that end.
type part struct {
	text []byte
	ends map[int]int // of objects and lists, by where they begin; small ones are not in it
	at   int         // where text begins, as ends counts
}

// sub is what stands between two places in v.
func (v part) sub(from, to int) part {
	return part{text: v.text[from:to], ends: v.ends, at: v.at + from}
}

// skip returns where the value at i ends; negative if it does not.
func (v part) skip(i int) int {
	if end, ok := v.ends[v.at+i]; ok {
		return end - v.at
	}
	return skip(v.text, i)
}

// An index is a large value that a decoder is reading.
type index struct {
	part
	offset int64 // of its text, in what the decoder reads
}

// indices has the large values that are being read, and reading how many there
// are, so that nobody else needs to look.
var (
	indices sync.Map // of *jsontext.Decoder to *index
	reading atomic.Int64
)

const (
	large = 4 << 10 // what is larger gets an index
	small = 256     // what is smaller is not in one
)

// look returns the value that dec reads next, with no text if dec has not all of
// it. done, if it is not nil, is to be called when the value has been read.
func look(dec *jsontext.Decoder) (v part, done func()) {
	text := dec.UnreadBuffer()
	start := 0
	for start < len(text) && (space(text[start]) || text[start] == ',' || text[start] == ':') {
		start++
	}
	if reading.Load() > 0 {
		if found, ok := indices.Load(dec); ok {
			ix := found.(*index)
			if at := int(dec.InputOffset() - ix.offset + int64(start)); at >= 0 && at < len(ix.text) {
				if end := ix.skip(at); end >= 0 {
					return ix.sub(at, end), nil
				}
			}
			return part{}, nil
		}
	}
	if end := skip(text[:min(len(text), start+large)], start); end >= 0 {
		return part{text: text[start:end]}, nil
	}
	end, ends := ends(text[start:])
	if end < 0 {
		return part{}, nil
	}
	ix := &index{part{text: bytes.Clone(text[start : start+end]), ends: ends}, dec.InputOffset() + int64(start)}
	indices.Store(dec, ix)
	reading.Add(1)
	return ix.part, func() {
		reading.Add(-1)
		indices.Delete(dec)
	}
}

// ends returns where the value that text begins with ends, negative if text has
// not all of it, and where the objects and lists in it do.
func ends(text []byte) (int, map[int]int) {
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return skip(text, 0), map[int]int{}
	}
	known, open := map[int]int{}, []int{}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			end := skipString(text, i)
			if end < 0 {
				return -1, nil
			}
			i = end - 1
		case '{', '[':
			open = append(open, i)
		case '}', ']':
			start := open[len(open)-1]
			open = open[:len(open)-1]
			if i+1-start > small {
				known[start] = i + 1
			}
			if len(open) == 0 {
				return i + 1, known
			}
		}
	}
	return -1, nil
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// skip returns where the value at i ends; negative if it does not, as far as
// text goes.
func skip(text []byte, i int) int {
	if i >= len(text) {
		return -1
	}
	switch text[i] {
	case '"':
		return skipString(text, i)
	case '{', '[':
		return skipNested(text, i)
	}
	for ; i < len(text); i++ {
		switch text[i] {
		case ',', '}', ']', ' ', '\t', '\n', '\r':
			return i
		}
	}
	return -1 // there may be more of a number
}

func skipString(text []byte, i int) int {
	for i++; i < len(text); i++ {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		before := bytes.TrimRight(text[:i], `\`)
		if escapes := i - len(before); escapes%2 == 0 {
			return i + 1
		}
	}
	return -1
}

func skipNested(text []byte, i int) int {
	for depth := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			end := skipString(text, i)
			if end < 0 {
				return -1
			}
			i = end - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// first returns the first element of a list, or the value of the first member of an
// object.
func first(v part) (part, bool) {
	if v.text[0] == '{' {
		var found part
		members(v, func(_ []byte, member part) bool {
			found = member
			return false
		})
		return found, found.text != nil
	}
	i := 1
	for i < len(v.text) && space(v.text[i]) {
		i++
	}
	if i >= len(v.text) || v.text[i] == ']' {
		return part{}, false
	}
	end := v.skip(i)
	if end < 0 {
		return part{}, false
	}
	return v.sub(i, end), true
}

// members yields the names of an object's members, as they stand between their
// quotes, and the values. It reports whether it understood all of it.
func members(v part, yield func(name []byte, member part) bool) bool {
	object, i := v.text, 1
	next := func() byte {
		for i < len(object) && space(object[i]) {
			i++
		}
		if i >= len(object) {
			return 0
		}
		return object[i]
	}
	for {
		switch next() {
		case '}':
			return true
		case ',':
			i++
			continue
		case '"':
		default:
			return false
		}
		end := skipString(object, i)
		if end < 0 {
			return false
		}
		name := object[i+1 : end-1]
		if i = end; next() != ':' {
			return false
		}
		i++
		next()
		if end = v.skip(i); end < 0 {
			return false
		}
		if !yield(name, v.sub(i, end)) {
			return true
		}
		i = end
	}
}
