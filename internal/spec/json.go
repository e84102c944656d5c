package spec

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// AppendJSON appends n as compact JSON: members in their order and numbers in
// their digits. An absent value is null.
func (n *Node) AppendJSON(dst []byte) []byte {
	switch n.Kind() {
	case Bool, Number:
		return append(dst, n.text...)
	case String:
		return appendString(dst, n.text)
	case Array:
		dst = append(dst, '[')
		for i, item := range n.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = item.AppendJSON(dst)
		}
		return append(dst, ']')
	case Object:
		dst = append(dst, '{')
		for i, m := range n.members {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendString(dst, m.Name), ':')
			dst = m.Value.AppendJSON(dst)
		}
		return append(dst, '}')
	}
	return append(dst, "null"...)
}

// appendString appends s as a JSON string. What is no UTF-8 becomes a
// replacement character, which is all that AppendQuote could complain of.
func appendString(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s)
	return dst
}

// MarshalJSON returns n as [Node.AppendJSON] writes it.
func (n *Node) MarshalJSON() ([]byte, error) { return n.AppendJSON(nil), nil }

// A jsonReader keeps the line of a decoder, which only knows its offset.
type jsonReader struct {
	*parser
	dec  *jsontext.Decoder
	off  int // after the last token, or at the next one
	line int // of off
	bol  int // where that line begins
}

// json reads the text as JSON.
func (p *parser) json() (*Node, error) {
	r := jsonReader{
		parser: p,
		// Both are for us to report: with positions, or as a warning.
		dec:  jsontext.NewDecoder(bytes.NewBufferString(p.src), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
		line: 1,
	}
	root, err := r.value(1)
	if err != nil {
		return nil, err
	}
	if r.next(); r.off < len(r.src) {
		return nil, r.slip(r.off, "there is more text after the end of the value")
	}
	return root, nil
}

// next moves to the next token and returns where it starts. Between two tokens
// is only space and the punctuation that the decoder keeps to itself, and only
// there is a newline, since a string cannot have one.
func (r *jsonReader) next() diag.Pos {
	for ; r.off < len(r.src); r.off++ {
		switch r.src[r.off] {
		case ' ', '\t', '\r', ',', ':':
		case '\n':
			r.line++
			r.bol = r.off + 1
		default:
			return r.pos()
		}
	}
	return r.pos()
}

func (r *jsonReader) pos() diag.Pos {
	return diag.Pos{File: r.file, Line: r.line, Col: r.off - r.bol + 1}
}

// value reads one value.
func (r *jsonReader) value(depth int) (*Node, error) {
	pos := r.next()
	if err := r.spend(1, pos); err != nil {
		return nil, err
	}
	switch kind := r.dec.PeekKind(); kind {
	case jsontext.KindBeginObject, jsontext.KindBeginArray:
		if err := r.deepen(depth, pos); err != nil {
			return nil, err
		}
		if err := r.delimiter(); err != nil {
			return nil, err
		}
		if kind == jsontext.KindBeginArray {
			return r.array(depth, pos)
		}
		return r.object(depth, pos)
	case jsontext.KindString:
		text, err := r.text(pos)
		if err != nil {
			return nil, err
		}
		return r.node(String, pos, text), nil
	}
	raw, err := r.dec.ReadValue()
	if err != nil {
		return nil, r.syntax(err)
	}
	text := r.src[r.off : r.off+len(raw)]
	r.off += len(raw)
	switch raw.Kind() {
	case jsontext.KindNull:
		return r.node(Null, pos, ""), nil
	case jsontext.KindNumber:
		return r.node(Number, pos, text), nil
	}
	return r.node(Bool, pos, text), nil
}

// delimiter reads a brace or bracket.
func (r *jsonReader) delimiter() error {
	r.next()
	if _, err := r.dec.ReadToken(); err != nil {
		return r.syntax(err)
	}
	r.off++
	return nil
}

// array reads the rest of an array.
func (r *jsonReader) array(depth int, pos diag.Pos) (*Node, error) {
	n, base := r.node(Array, pos, ""), len(r.items)
	for r.dec.PeekKind() != jsontext.KindEndArray {
		item, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		r.items = append(r.items, item)
	}
	n.items = append([]*Node(nil), r.items[base:]...)
	r.items = r.items[:base]
	return n, r.delimiter()
}

// object reads the rest of an object.
func (r *jsonReader) object(depth int, pos diag.Pos) (*Node, error) {
	n, base := r.node(Object, pos, ""), len(r.members)
	for r.dec.PeekKind() != jsontext.KindEndObject {
		at := r.next()
		if r.off == len(r.src) || r.src[r.off] != '"' {
			message := "a name must be in double quotes"
			if before := strings.TrimRight(r.src[:r.off], " \t\r\n"); len(r.members) > base && !strings.HasSuffix(before, ",") {
				message = "a comma or a closing brace is missing"
			}
			return nil, r.slip(r.off, message)
		}
		name, err := r.text(at)
		if err != nil {
			return nil, err
		}
		value, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		r.members = append(r.members, Member{Name: name, Pos: at, Value: value})
	}
	r.setUnique(n, r.members[base:])
	r.members = r.members[:base]
	return n, r.delimiter()
}

// text reads a string, without a copy where it holds no escape.
func (r *jsonReader) text(pos diag.Pos) (string, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return "", r.syntax(err)
	}
	quoted := r.src[r.off : r.off+len(raw)]
	r.off += len(raw)
	if !strings.Contains(quoted, `\`) {
		return quoted[1 : len(quoted)-1], nil
	}
	text, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		r.list.Warningf(pos, "lone-surrogate", `the text has half of a surrogate pair (\ud800 to \udfff), which is no character; it is read as %s`, "\ufffd")
	}
	return string(text), nil
}

// syntax turns an error of the decoder into one with a position.
func (r *jsonReader) syntax(err error) error {
	se, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok || errors.Is(err, io.ErrUnexpectedEOF) {
		return r.slip(len(r.src), "")
	}
	return r.slip(min(int(se.ByteOffset), len(r.src)), strings.TrimPrefix(se.Err.Error(), "jsontext: "))
}

// slip reports what is wrong at an offset, if it is none of the usual slips.
func (r *jsonReader) slip(off int, message string) error {
	bol := strings.LastIndexByte(r.src[:off], '\n') + 1
	pos := diag.Pos{File: r.file, Line: 1 + strings.Count(r.src[:off], "\n"), Col: off - bol + 1}
	rest := r.src[off:]
	before := strings.TrimRight(r.src[:off], " \t\r\n")
	after := strings.TrimLeft(strings.TrimPrefix(rest, ","), " \t\r\n")
	switch {
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"):
		return diag.Errorf(pos, "json-comment", "not valid JSON: JSON has no comments; remove it, or write YAML")
	case rest == "":
		message = "the text ends in the middle of a value"
	case (rest[0] == ',' || strings.HasSuffix(before, ",")) && strings.IndexAny(after, "}]") == 0:
		message = "there is a comma after the last value"
	}
	return diag.Errorf(pos, "invalid-json", "not valid JSON: %s", message)
}
