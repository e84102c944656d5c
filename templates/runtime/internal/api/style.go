package api

import (
	"strconv"
	"strings"
)

// Style is how a parameter that is a list or an object becomes text. A text of
// its own is the same in each style but Label and Matrix.
type Style uint16

// The styles. The first is the default of OpenAPI: form with explode in
// queries and cookies, simple in paths and headers.
const (
	Default        Style = iota // a=1&a=2, or in paths and headers 1,2; an object's members are parameters: x=1&y=2
	Joined                      // form without explode: a=1,2; an object: a=x,1,y,2
	SpaceDelimited              // a=1%202
	PipeDelimited               // a=1%7C2
	DeepObject                  // a[x]=1&a[y][z]=2; a list: a[0]=1&a[1]=2
	Brackets                    // as DeepObject, but a list of texts: a[]=1&a[]=2
	Dots                        // a.x=1&a.y.z=2; a list of objects: a[0].x=1
	Content                     // the JSON of the value
	Label                       // in paths: .1,2
	Matrix                      // in paths: ;a=1,2
	Verbatim                    // in cookies: a=1; a=2, with nothing encoded
	Whole                       // in place of a query: its text, without a name
	WholeContent                // in place of a query: its JSON, without a name

	styleMask Style = 1<<8 - 1
)

// Modifiers of a style.
const (
	Explode       Style = 1 << (8 + iota) // in paths and headers: x=1,y=2; with Label .1.2; with Matrix ;a=1;a=2
	AllowReserved                         // leaves :@!$'()*,;=/?[] as they are in a query, and :@!$&'()*+,;=/ in a path
)

// appendPair adds name=value to a raw query, both encoded.
func appendPair(dst []byte, name, value string) []byte {
	return unreserved.append(appendName(dst, name), value)
}

func appendName(dst []byte, name string) []byte {
	if len(dst) > 0 {
		dst = append(dst, '&')
	}
	return append(unreserved.append(dst, name), '=')
}

// appendQuery adds a parameter to a raw query.
func appendQuery(dst []byte, name string, n node, style Style) []byte {
	in := unreserved
	if style&AllowReserved != 0 {
		in = reserved
	}
	switch style &= styleMask; style {
	case Joined:
		return appendJoined(dst, name, n, ",", in)
	case SpaceDelimited:
		return appendJoined(dst, name, n, "%20", in)
	case PipeDelimited:
		return appendJoined(dst, name, n, "%7C", in)
	case Whole, WholeContent:
		if len(dst) > 0 {
			dst = append(dst, '&')
		}
		return in.append(dst, strings.Join(n.flat(), ","))
	}
	if n.kind == object && style == Default {
		for i, member := range n.nodes {
			dst = appendNested(dst, n.names[i], member, style, in)
		}
		return dst
	}
	return appendNested(dst, name, n, style, in)
}

// appendJoined adds one parameter with all texts of n. An empty list is sent:
// it says that there is nothing in it.
func appendJoined(dst []byte, name string, n node, separator string, in *class) []byte {
	if n.kind == absent {
		return dst
	}
	dst = appendName(dst, name)
	for i, text := range n.flat() {
		if i > 0 {
			dst = append(dst, separator...)
		}
		dst = in.append(dst, text)
	}
	return dst
}

// appendNested adds a parameter for each text in n, named by the way to it. A
// list of texts repeats its name where OpenAPI says so: as a parameter or member
// of its own, and a list of lists like one list. Within brackets it says nothing,
// and there, as for lists of objects, the elements are numbered: it is what
// servers read that know brackets, and keeps apart what belongs together.
func appendNested(dst []byte, name string, n node, style Style, in *class) []byte {
	return appendWay(dst, name, n, style, in, false)
}

func appendWay(dst []byte, way string, n node, style Style, in *class, within bool) []byte {
	switch n.kind {
	case scalar:
		dst = in.append(appendName(dst, way), n.text)
	case list:
		number := 0
		for _, element := range n.nodes {
			if element.kind == absent {
				continue
			}
			name, inside := way, true
			switch {
			case style == Brackets && element.kind == scalar:
				name += "[]"
			case style == DeepObject, within && style != Dots, element.kind == object:
				name += "[" + strconv.Itoa(number) + "]"
			default:
				inside = within
			}
			dst = appendWay(dst, name, element, style, in, inside)
			number++
		}
	case object:
		for i, member := range n.nodes {
			name := way + "[" + n.names[i] + "]"
			if style == Dots {
				name = way + "." + n.names[i]
			}
			dst = appendWay(dst, name, member, style, in, true)
		}
	}
	return dst
}

// appendPath adds the value of a path parameter. One without text adds nothing.
func appendPath(dst []byte, name string, n node, style Style) []byte {
	explode, in := style&Explode != 0, segment
	if style&AllowReserved != 0 {
		in = segments
	}
	style &= styleMask
	if n.kind == scalar && style == Default {
		return in.append(dst, n.text)
	}
	texts := n.texts(explode, in.encode)
	if len(texts) == 0 || n.kind == scalar && n.text == "" {
		return dst
	}
	prefix, separator := "", ","
	switch {
	case style == Label && explode:
		prefix, separator = ".", "."
	case style == Label:
		prefix = "."
	case style == Matrix && explode && n.kind == object:
		prefix, separator = ";", ";"
	case style == Matrix && explode:
		prefix = ";" + segment.encode(name) + "="
		separator = prefix
	case style == Matrix:
		prefix = ";" + segment.encode(name) + "="
	}
	dst = append(dst, prefix...)
	return append(dst, strings.Join(texts, separator)...)
}

// headerText returns the value of a header in simple style. Nothing in it is
// encoded: no rule says that a server would decode it.
func headerText(n node, style Style) string {
	return strings.Join(n.texts(style&Explode != 0, func(text string) string { return text }), ",")
}

// texts returns the texts of n; the members of an object that explodes are x=1
// each.
func (n node) texts(explode bool, encode func(string) string) []string {
	var texts []string
	if n.kind != object || !explode {
		for _, text := range n.flat() {
			texts = append(texts, encode(text))
		}
		return texts
	}
	for i, member := range n.nodes {
		if member.kind != absent {
			texts = append(texts, encode(n.names[i])+"="+strings.Join(member.texts(false, encode), ","))
		}
	}
	return texts
}
