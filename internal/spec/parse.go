package spec

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Limits bound what a description may cost. A zero field takes its default.
type Limits struct {
	Bytes int64 // of one file; by default 64 MiB
	Depth int   // of values within values in one file; by default 512
	Nodes int   // values in one file, those behind an alias counted at each use; by default 20 million
	Files int   // in one description; by default 10,000
}

// orDefaults fills the fields that are not set.
func (l Limits) orDefaults() Limits {
	return Limits{
		Bytes: cmp.Or(l.Bytes, 64<<20),
		Depth: cmp.Or(l.Depth, 512),
		Nodes: cmp.Or(l.Nodes, 20_000_000),
		Files: cmp.Or(l.Files, 10_000),
	}
}

// tooMuch reports that a description passes a limit, and how to raise it.
func tooMuch(pos diag.Pos, flag, format string, args ...any) *diag.Diagnostic {
	return diag.Errorf(pos, "limit", "%s; if that is meant, raise the limit with %s", fmt.Sprintf(format, args...), flag)
}

// Parse reads the one JSON or YAML value that is the text of a file; which of
// the two it is shows in the text. The error joins every problem there is. It
// has nowhere to put a warning, so what [Load] only warns of is an error too.
func Parse(file string, data []byte, limits Limits) (*Node, error) {
	var list, errs diag.List
	root := parse(file, data, limits.orDefaults(), &list)
	for _, d := range list.Sorted() {
		errs.Errorf(d.Pos, d.Code, "%s", d.Message)
	}
	if err := errs.Err(); err != nil {
		return nil, err
	}
	return root, nil
}

// parse reads the text of a file and adds what is wrong with it to list. It
// returns nil if that leaves no tree to trust.
func parse(file string, data []byte, limits Limits, list *diag.List) *Node {
	if int64(len(data)) > limits.Bytes {
		list.Add(tooMuch(diag.Pos{File: file}, "--max-bytes", "the file has more than %d bytes", limits.Bytes))
		return nil
	}
	src, err := decode(file, data, list)
	if err != nil {
		list.Add(err)
		return nil
	}
	root, problems, err := read(file, src, limits)
	list.Add(err)
	for _, d := range problems.Sorted() {
		list.Add(d)
	}
	if err != nil || problems.Failed() {
		return nil
	}
	return root
}

// read parses text as JSON if it starts like JSON, and as YAML if it does not
// or if that fails, since YAML in flow style starts alike. The error is that
// of the language which the file more likely means to be.
func read(file, src string, limits Limits) (*Node, *diag.List, error) {
	start := strings.TrimLeft(src, " \t\r\n")
	if start == "" {
		return nil, &diag.List{}, diag.Errorf(diag.Pos{File: file}, "empty-file", "the file is empty")
	}
	asYAML := parser{file: file, src: src, limits: limits}
	if start[0] != '{' && start[0] != '[' {
		root, err := asYAML.yaml()
		return root, &asYAML.list, err
	}
	asJSON := parser{file: file, src: src, limits: limits}
	root, jsonErr := asJSON.json()
	slip, ok := errors.AsType[*diag.Diagnostic](jsonErr)
	if !ok || slip.Code != "invalid-json" {
		return root, &asJSON.list, jsonErr
	}
	root, yamlErr := asYAML.yaml()
	ext := path.Ext(file)
	switch {
	case ext == ".yaml" || ext == ".yml":
		return root, &asYAML.list, yamlErr
	case yamlErr != nil:
		return nil, &asJSON.list, jsonErr
	}
	asYAML.list.Warningf(slip.Pos, "not-json", "%s; read as YAML instead", slip.Message)
	return root, &asYAML.list, nil
}

// decode returns the text of a file, which is UTF-8, without its byte order
// mark and with a replacement character for each byte that is not UTF-8.
func decode(file string, data []byte, list *diag.List) (string, error) {
	if utf16(data) {
		return "", diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "utf-16", "the file is in UTF-16; save it as UTF-8")
	}
	src := strings.TrimPrefix(string(data), "\ufeff")
	if utf8.ValidString(src) {
		return src, nil
	}
	bad := strings.IndexFunc(src, func(r rune) bool { return r == utf8.RuneError })
	for n := 0; n != 1; { // a replacement character that was written is no bad byte
		if _, n = utf8.DecodeRuneInString(src[bad:]); n != 1 {
			bad += n + strings.IndexFunc(src[bad+n:], func(r rune) bool { return r == utf8.RuneError })
		}
	}
	line := 1 + strings.Count(src[:bad], "\n")
	pos := diag.Pos{File: file, Line: line, Col: bad - strings.LastIndexByte(src[:bad], '\n')}
	list.Warningf(pos, "invalid-utf-8", "the file is not UTF-8: the byte %#x here, and any other like it, is read as \ufffd", src[bad])
	return strings.ToValidUTF8(src, "\ufffd"), nil
}

// utf16 reports whether data is UTF-16: it has its byte order mark, or its
// first character, which is in ASCII, has a zero byte beside it.
func utf16(data []byte) bool {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return true
	}
	return len(data) > 1 && (data[0] == 0) != (data[1] == 0)
}

// A parser reads the text of one file. What ends the reading is returned as an
// error; what does not is in list.
type parser struct {
	file   string
	src    string
	limits Limits
	list   diag.List

	count   int      // nodes so far, those behind an alias counted at each use
	slab    []Node   // the next nodes to give out
	members []Member // of the objects that are being read, inner after outer
	items   []*Node  // likewise of arrays
}

// node returns a new node, taken from a slab since there are many.
func (p *parser) node(kind Kind, pos diag.Pos, text string) *Node {
	if len(p.slab) == 0 {
		p.slab = make([]Node, 256)
	}
	n := &p.slab[0]
	p.slab = p.slab[1:]
	n.kind, n.pos, n.text = kind, pos, text
	return n
}

// spend counts nodes against the limit.
func (p *parser) spend(nodes int, pos diag.Pos) error {
	if p.count += nodes; p.count > p.limits.Nodes {
		return tooMuch(pos, "--max-nodes", "the file has more than %d values", p.limits.Nodes)
	}
	return nil
}

// deepen checks a depth against the limit.
func (p *parser) deepen(depth int, pos diag.Pos) error {
	if depth > p.limits.Depth {
		return tooMuch(pos, "--max-depth", "values are nested deeper than %d levels", p.limits.Depth)
	}
	return nil
}

// setUnique makes members, which it copies, those of n, and reports names that
// are used twice.
func (p *parser) setUnique(n *Node, members []Member) {
	unique := make([]Member, 0, len(members))
	first := map[string]diag.Pos{}
	for _, m := range members {
		var pos diag.Pos
		var twice bool
		if len(members) > many {
			pos, twice = first[m.Name]
			first[m.Name] = m.Pos
		} else if i := slices.IndexFunc(unique, func(u Member) bool { return u.Name == m.Name }); i >= 0 {
			pos, twice = unique[i].Pos, true
		}
		if twice {
			p.list.Errorf(m.Pos, "duplicate-key", "the name %q is used twice in one object, first on line %d; remove one", m.Name, pos.Line)
			continue
		}
		unique = append(unique, m)
	}
	n.setMembers(unique)
}
