package streaming

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/go-json-experiment/json/jsontext"
)

// eventsOf reads a stream of events: "name id data" for each, and the error that
// it ends with.
func eventsOf(r io.Reader, limit int) string {
	e := newEvents(r, limit, "")
	var got []string
	for {
		rec, err := e.next()
		if err != nil {
			if err != io.EOF {
				got = append(got, err.Error())
			}
			return strings.Join(got, "|")
		}
		got = append(got, fmt.Sprintf("%s %s %q", rec.name, e.lastID, rec.data))
	}
}

// bound is the limit of bytes in these tests.
const bound = 50

// The rules of WHATWG HTML, section 9.2.6, and its examples.
func TestEvents(t *testing.T) {
	long := strings.Repeat("x", 44)
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"the standard's first example", "data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\ndata: This is the third message.\n\n",
			`  "This is the first message."|  "This is the second message, it\nhas two lines."|  "This is the third message."`},
		{"the standard's second", "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n", `add  "73857293"|remove  "2153"`},
		{"the standard's stocks", "data: YHOO\ndata: +2\ndata: 10\n\n", `  "YHOO\n+2\n10"`},
		{"the standard's ids", ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
			` 1 "first event"|  "second event"|  " third event"`},
		{"the standard's two events, the third cut off", "data\n\ndata\ndata\n\ndata:", `  ""|  "\n"|unexpected EOF`},
		{"the standard's spaces", "data:test\n\ndata: test\n\n", `  "test"|  "test"`},
		{"CR", "data: a\rdata: b\r\rdata: c\r\r", `  "a\nb"|  "c"`},
		{"CR LF", "event: e\r\ndata: a\r\n\r\ndata: b\r\n\r\n", `e  "a"|  "b"`},
		{"all of them", "data: a\r\n\ndata: b\n\r\ndata: c\r\r", `  "a"|  "b"|  "c"`},
		{"a byte order mark", "\ufeffdata: a\n\n", `  "a"`},
		{"only the first", "\ufeff\ufeffdata: a\n\n\ufeffdata: b\n\ndata: c\n\n", `  "c"`},
		{"comments", ":\n: a\n:data: a\n\ndata: b\n:\n\n", `  "b"`},
		{"unknown fields", "Data: a\n data: b\ndata : c\nfoo\nfoo: bar\n\n", ""},
		{"a name without data", "event: a\n\ndata: b\n\n", `  "b"`},
		{"an empty name", "event: a\nevent:\ndata: b\n\n", `  "b"`},
		{"an id stays", "id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c\n\n", ` 1 "a"| 1 "b"| 2 "c"`},
		{"an id with a null", "id: 1\ndata: a\n\nid: 2\x00\ndata: b\n\n", ` 1 "a"| 1 "b"`},
		{"an id that is cut off", "id: 1\ndata: a\n\nid: 2\ndata: b\n", ` 1 "a"|unexpected EOF`},
		{"colons in data", "data: a: b\n\ndata::c\n\n", `  "a: b"|  ":c"`},
		{"no break at the end", "data: a\n\ndata: b", `  "a"|unexpected EOF`},
		{"only a name at the end", "data: a\n\nevent: b\n", `  "a"|unexpected EOF`},
		{"half a name at the end", "data: a\n\neve", `  "a"`},
		{"a comment at the end", "data: a\n\n: bye", `  "a"`},
		{"the last event without its breaks", "data: a\n\ndata: [DONE]", `  "a"|  "[DONE]"`},
		{"the last event without one of them", "data: a\n\ndata: [DONE]\n", `  "a"|  "[DONE]"`},
		{"many breaks", "\n\n\ndata: a\n\n\n\n", `  "a"`},
		{"a line at the bound", "data: " + long + "\n\n", `  "` + long + `"`},
		{"a line over it", "data: a\n\ndata: " + long + "x\n\n", `  "a"|a line is longer than 50 bytes: option.WithMaxEventSize allows no more`},
		{"an event over it", "data: " + long + "\ndata: 1234567\n\n", `an event is longer than 50 bytes: option.WithMaxEventSize allows no more`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"at once":      strings.NewReader(tt.in),
				"byte by byte": iotest.OneByteReader(strings.NewReader(tt.in)),
				"with its end": iotest.DataErrReader(strings.NewReader(tt.in)),
			} {
				if got := eventsOf(r, bound); got != tt.want {
					t.Errorf("%s: got\n\t%s\nwant\n\t%s", name, got, tt.want)
				}
			}
		})
	}
}

func TestRetryField(t *testing.T) {
	for in, want := range map[string]string{
		"": "0s false", "10": "10ms true", "0": "0s true", "-1": "0s false", "+1": "0s false", "1.5": "0s false", "1 ": "0s false",
		"99999999": "1m0s true", "99999999999999999999999": "1m0s true",
	} {
		if d, ok := digits([]byte(in)); fmt.Sprint(d, " ", ok) != want {
			t.Errorf("%q is %v, %v, not %s", in, d, ok, want)
		}
	}
}

// valuesOf reads values of JSON: each, and the error that the stream ends with.
func valuesOf(s interface{ next() (record, error) }) string {
	var got []string
	for {
		rec, err := s.next()
		if err != nil {
			if err != io.EOF {
				got = append(got, err.Error())
			}
			return strings.Join(got, "|")
		}
		got = append(got, string(rec.data))
	}
}

func TestJSONLines(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"values", "{\"a\":1}\n[2]\n3\n\"four\"\nnull\n", `{"a":1}|[2]|3|"four"|null`},
		{"no break at the end", "1\n2", "1|2"},
		{"CR LF", "1\r\n2\r\n", "1|2"},
		{"blank lines keep it alive", "\n1\n\n \n2\n\n", "1|2"},
		{"a CR alone is no break", "[1,\r2]\n", "[1,\r2]"},
		{"too long", "1\n\"" + strings.Repeat("a", 50) + "\"\n", "1|a line is longer than 50 bytes: option.WithMaxEventSize allows no more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"at once":      strings.NewReader(tt.in),
				"byte by byte": iotest.OneByteReader(strings.NewReader(tt.in)),
			} {
				if got := valuesOf(newJSONLines(r, bound)); got != tt.want {
					t.Errorf("%s: got %q, want %q", name, got, tt.want)
				}
			}
		})
	}
}

// RFC 7464, with what its section 2 says of values that are cut off.
func TestSequence(t *testing.T) {
	const cut = "unexpected EOF"
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"values", "\x1e{\"a\":1}\n\x1e[2]\n\x1e3\n\x1e\"four\"\n", `{"a":1}|[2]|3|"four"`},
		{"breaks and separators inside", "\x1e{\n\"a\": \"\\\"\\n}\",\n\"b\":[\n]}\n\x1e1\n", "{\n\"a\": \"\\\"\\n}\",\n\"b\":[\n]}|1"},
		{"several separators", "\x1e\x1e1\n\x1e\x1e", "1"},
		{"no break", "\x1e{}\x1e[]\x1e\"a\"", `{}|[]|"a"`},
		{"a number without one may be cut off", "\x1e1\n\x1e12", "1|" + cut},
		{"and a word", "\x1etrue\x1e1\n", cut},
		{"an object that is", "\x1e{\"a\":\x1e1\n", cut},
		{"a string that is", "\x1e\"abc", cut},
		{"too long", "\x1e\"" + strings.Repeat("a", 50) + "\"\n", "a value is longer than 50 bytes: option.WithMaxEventSize allows no more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"at once":      strings.NewReader(tt.in),
				"byte by byte": iotest.OneByteReader(strings.NewReader(tt.in)),
			} {
				if got := valuesOf(newSequence(r, bound)); got != tt.want {
					t.Errorf("%s: got %q, want %q", name, got, tt.want)
				}
			}
		})
	}
	t.Run("a value is there as soon as its line is", func(t *testing.T) {
		r, w := io.Pipe()
		go w.Write([]byte("\x1e{\"a\":\n1}\n"))
		if rec, err := newSequence(r, bound).next(); err != nil || string(rec.data) != "{\"a\":\n1}" {
			t.Errorf("%q, %v", rec.data, err)
		}
	})
}

// A stream that breaks off says why, and no value of it is made up.
func TestBrokenInput(t *testing.T) {
	broken := func(text string) io.Reader {
		return io.MultiReader(strings.NewReader(text), iotest.ErrReader(errors.New("reset")))
	}
	if got := eventsOf(broken("data: a\n\ndata: b\n"), 100); got != `  "a"|reset` {
		t.Error(got)
	}
	if got := valuesOf(newJSONLines(broken("1\n2"), 100)); got != "1|reset" {
		t.Error(got)
	}
	if got := valuesOf(newSequence(broken("\x1e1\n\x1e{}"), 100)); got != "1|reset" {
		t.Error(got)
	}
	if got := valuesOf(newJSONLines(idle{}, 100)); got != io.ErrNoProgress.Error() {
		t.Error(got)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// FuzzEvents holds the decoder to one that has the whole stream before it, and
// to itself however the stream is cut.
func FuzzEvents(f *testing.F) {
	for _, seed := range []string{"data: a\n\n", "\ufeffevent: e\r\nid: 1\rdata: a\n\r\n", ": c\n\ndata\n\n", "retry: 1\ndata:\xff\r\r", "id: \x00\n\ndata: x\ndata: y\n\n"} {
		f.Add([]byte(seed), 1)
	}
	f.Fuzz(func(t *testing.T, in []byte, chunk int) {
		in = append(in[:len(in):len(in)], "\n\n"...) // an event that is cut off is an error, which TestEvents has
		got := eventsOf(&chunks{in, 1 + max(chunk, -chunk)%64}, 1<<20)
		if want := slowEvents(string(in)); got != want {
			t.Errorf("%q: got\n\t%s\nwant\n\t%s", in, got, want)
		}
	})
}

// chunks reads so many bytes at a time.
type chunks struct {
	in []byte
	n  int
}

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.in) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.in[:min(max(c.n, 1), len(c.in))])
	c.in = c.in[n:]
	return n, nil
}

// slowEvents is what the standard says, word by word.
func slowEvents(in string) string {
	in = strings.TrimPrefix(in, "\ufeff")
	in = strings.ReplaceAll(in, "\r\n", "\n")
	in = strings.ReplaceAll(in, "\r", "\n")
	var got []string
	var data, name, id, last string
	linesIn := strings.Split(in, "\n")
	for _, line := range linesIn[:len(linesIn)-1] { // the last has no break
		if line == "" {
			last = id
			if data != "" {
				got = append(got, fmt.Sprintf("%s %s %q", name, last, strings.TrimSuffix(data, "\n")))
			}
			data, name = "", ""
			continue
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "data":
			data += value + "\n"
		case "event":
			name = strings.ToValidUTF8(value, "\ufffd")
		case "id":
			if !strings.Contains(value, "\x00") {
				id = strings.ToValidUTF8(value, "\ufffd")
			}
		}
	}
	return strings.Join(got, "|")
}

// FuzzJSONLines writes the values it read, reads them again, and gets the same;
// a sequence of them too.
func FuzzJSONLines(f *testing.F) {
	for _, seed := range []string{"1\n2\n", "{}\r\n\r\n[1,\r2]", " \n\"a\"", "\x1e{}\n\x1e1\n"} {
		f.Add([]byte(seed), 1)
	}
	f.Fuzz(func(t *testing.T, in []byte, chunk int) {
		n := 1 + max(chunk, -chunk)%64
		got := valuesOf(newJSONLines(&chunks{in, n}, 1<<20))
		var want []string
		for line := range bytes.SplitSeq(in, []byte("\n")) {
			if line = bytes.TrimSpace(line); len(line) > 0 {
				want = append(want, string(line))
			}
		}
		if got != strings.Join(want, "|") {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		valuesOf(newSequence(&chunks{in, n}, 1<<20)) // it ends, whatever it is
		var sequence bytes.Buffer
		for i, v := range want {
			if !jsontext.Value(v).IsValid() {
				return
			}
			sequence.WriteString("\x1e" + v + "\n")
			want[i] = v
		}
		if again := valuesOf(newSequence(&chunks{sequence.Bytes(), n}, 1<<20)); again != got {
			t.Errorf("%q as a sequence: got %q, want %q", in, again, got)
		}
	})
}
