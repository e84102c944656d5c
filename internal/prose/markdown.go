package prose

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how many columns the text of a comment line may take; with its slashes it is 100.
const width = 97

// A Block is a paragraph of a description, in plain text. It holds no control
// character, and only code holds newlines.
type Block struct {
	Kind Kind
	Text string
	Mark string // of a list item: "-" or "1."
}

// Kind is what a [Block] is.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Item
	Code // verbatim: its newlines stay
)

// Clean makes text safe to stand anywhere in a source file: valid UTF-8, lines
// that end in a newline, and nothing in it that cannot be seen, such as the
// controls that reorder what a reviewer reads.
func Clean(text string) string {
	if isPlain(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\t':
			return r
		case '\v', '\f', '\u0085', '\u2028', '\u2029':
			return '\n'
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' || r == '\u200b' {
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
}

// isPlain reports whether clean has nothing to do, which it rarely has.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// Line makes a single line of text.
func Line(text string) string { return strings.Join(strings.Fields(Clean(text)), " ") }

// Blocks reads a description, which is CommonMark with some HTML in it. What
// only marks text up is dropped, so that it reads well in a terminal; what
// shapes it stays: paragraphs, lists, code.
func Blocks(text string) []Block {
	r := &reader{}
	for l := range strings.Lines(Clean(text)) {
		l = strings.TrimRight(l, " \t\n")
		if r.fence != "" || isFence(l) {
			r.code(l)
			continue
		}
		if r.indented(l) || strings.IndexByte(l, '<') < 0 {
			r.line(l)
			continue
		}
		parts := strings.Split(stripTags(l), "\n")
		r.line(parts[0])
		for _, part := range parts[1:] {
			r.line(strings.TrimSpace(part))
		}
	}
	r.end()
	return r.blocks
}

// A reader collects the blocks of a description.
type reader struct {
	blocks []Block
	open   bool              // whether the next line can go on with the last block
	blank  bool              // whether the last line was blank
	fence  string            // what ends the code block that is being read
	links  map[string]string // the targets of reference links, by label
}

func isFence(l string) bool {
	l = strings.TrimLeft(l, " ")
	return strings.HasPrefix(l, "```") || strings.HasPrefix(l, "~~~")
}

// code reads a line of a fenced code block, or one of its fences.
func (r *reader) code(l string) {
	switch {
	case r.fence == "":
		r.fence = strings.TrimLeft(l, " ")[:3]
		r.open = false
	case strings.HasPrefix(strings.TrimLeft(l, " "), r.fence):
		r.fence, r.open = "", false
	default:
		r.add(Code, l, "\n")
		return
	}
}

// indented reports whether l is a line of an indented code block.
func (r *reader) indented(l string) bool {
	if !strings.HasPrefix(l, "    ") && !strings.HasPrefix(l, "\t") {
		return false
	}
	if len(r.blocks) == 0 {
		return true
	}
	last := r.blocks[len(r.blocks)-1].Kind
	return last == Code && r.open || last == Paragraph && !r.open
}

var (
	heading = regexp.MustCompile(`^ {0,3}#{1,6}\s+(.*?)\s*#*$`)
	bullet  = regexp.MustCompile(`^([-*+•]|\d{1,9}[.)])\s+(.+)$`)
	rule    = regexp.MustCompile(`^ {0,3}(=+|-+|(\*\s*){3,}|(_\s*){3,}|(-\s*){3,})$`)
)

// line reads a line that is not in a fenced code block.
func (r *reader) line(l string) {
	trimmed := strings.TrimSpace(l)
	if m := definition.FindStringSubmatch(l); m != nil {
		if r.links == nil {
			r.links = map[string]string{}
		}
		r.links[strings.ToLower(m[1])] = m[2]
		return
	}
	if strings.HasPrefix(trimmed, ">") { // a quotation
		trimmed = strings.TrimLeft(trimmed, "> ")
		l = trimmed
	}
	if trimmed == "" {
		if r.open && r.last().Kind == Code {
			r.last().Text += "\n" // trailing ones are dropped in the end
		} else {
			r.open = false
		}
		r.blank = true
		return
	}
	blank := r.blank
	r.blank = false
	if r.indented(l) {
		r.add(Code, strings.TrimPrefix(strings.TrimPrefix(l, "    "), "\t"), "\n")
		return
	}
	switch c := trimmed[0]; {
	case c == '#':
		if m := heading.FindStringSubmatch(l); m != nil {
			r.open = false
			r.add(Paragraph, m[1], "")
			r.open = false
			return
		}
	case c == '=' || c == '-' || c == '*' || c == '_':
		if rule.MatchString(l) {
			r.open = false
			return
		}
	case c == '|':
		r.add(Code, trimmed, "\n")
		return
	}
	if m := listItem(trimmed); m != nil {
		mark := m[1]
		if n := len(mark) - 1; n > 0 && mark[n] == ')' {
			mark = mark[:n] + "."
		} else if n == 0 || !unicode.IsDigit(rune(mark[0])) {
			mark = "-"
		}
		r.open = false
		r.add(Item, m[2], "")
		r.last().Mark = mark
		return
	}
	if blank && len(r.blocks) > 0 && r.last().Kind == Item && l[0] == ' ' {
		r.open = true // another paragraph of the item
	}
	if r.open && r.last().Kind == Item {
		r.add(Item, trimmed, " ")
		return
	}
	r.add(Paragraph, trimmed, " ")
}

// listItem matches an item of a list: what marks it, and its text.
func listItem(l string) []string {
	switch c := l[0]; {
	case c == '-', c == '*', c == '+', '0' <= c && c <= '9', c == "•"[0]:
		return bullet.FindStringSubmatch(l)
	}
	return nil
}

func (r *reader) last() *Block { return &r.blocks[len(r.blocks)-1] }

// add goes on with the last block if it is open and of this kind, else it
// begins one.
func (r *reader) add(kind Kind, text, sep string) {
	if r.open && r.last().Kind == kind {
		r.last().Text += sep + text
		return
	}
	r.blocks = append(r.blocks, Block{Kind: kind, Text: text})
	r.open = true
}

// resolve writes reference links, [text][label], as inline ones.
func (r *reader) resolve(text string) string {
	if len(r.links) == 0 || !strings.Contains(text, "]") {
		return text
	}
	return reference.ReplaceAllStringFunc(text, func(s string) string {
		m := reference.FindStringSubmatch(s)
		label := m[2]
		if label == "" {
			label = m[1]
		}
		if target, ok := r.links[strings.ToLower(label)]; ok {
			return "[" + m[1] + "](" + target + ")"
		}
		return s
	})
}

// end drops what turned out to hold nothing.
func (r *reader) end() {
	kept := r.blocks[:0]
	for _, b := range r.blocks {
		if b.Kind != Code { // as a whole: a link may go on in the next line
			b.Text = inline(r.resolve(b.Text))
		}
		b.Text = strings.TrimRight(b.Text, "\n ")
		if strings.TrimSpace(b.Text) != "" {
			kept = append(kept, b)
		}
	}
	r.blocks = kept
}

var (
	htmlTag = regexp.MustCompile(`(?i)<(/?)(a|abbr|b|blockquote|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|kbd|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|var)(\s[^<>]*)?/?>|<!--.*?-->`)
	href    = regexp.MustCompile(`(?i)href\s*=\s*["']?([^"'\s>]*)`)
	link    = regexp.MustCompile(`!?\[([^\[\]]*)\]\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s>]*)*)>?(?:\s+"[^"]*")?\s*\)`)
	// a definition of CommonMark's, [label]: target "title", and a link to one
	definition = regexp.MustCompile(`^ {0,3}\[([^\[\]]+)\]:\s*<?(\S+?)>?(?:\s+["'(].*)?$`)
	reference  = regexp.MustCompile(`\[([^\[\]]+)\]\[([^\[\]]*)\]`)
	autoURL    = regexp.MustCompile(`<((?:https?|mailto):[^<>\s]+)>`)
	strong     = regexp.MustCompile(`(^|[\s(])__(\S(?:[^_]*[^\s_])?)__([\s.,:;!?)]|$)`)
	escape     = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")
)

// stripTags takes the HTML out of a line. Tags that start a paragraph or an
// item become newlines; what is no HTML, such as <account_id>, stays.
func stripTags(l string) string {
	var target string // of the link that is open
	return htmlTag.ReplaceAllStringFunc(l, func(s string) string {
		m := htmlTag.FindStringSubmatch(s)
		closing := m[1] != ""
		switch name := strings.ToLower(m[2]); name {
		case "br", "tr":
			return "\n"
		case "p", "div", "ul", "ol", "dl", "table", "blockquote", "hr", "pre", "h1", "h2", "h3", "h4", "h5", "h6":
			return "\n\n"
		case "li":
			if !closing {
				return "\n- "
			}
		case "td", "th", "dt", "dd":
			return " "
		case "code", "tt", "kbd":
			return "`"
		case "a":
			if !closing {
				if h := href.FindStringSubmatch(m[3]); h != nil {
					target = h[1]
				}
				return ""
			}
			s := ""
			if strings.Contains(target, ":") {
				s = " (" + target + ")"
			}
			target = ""
			return s
		}
		return ""
	})
}

// inline takes the marks out of a line of prose, but not out of code spans.
func inline(l string) string {
	if !strings.ContainsAny(l, "`*[<&\\") && !strings.Contains(l, "__") {
		return strings.Join(strings.Fields(l), " ")
	}
	l = strings.ReplaceAll(l, "``", "`")
	spans := strings.Split(l, "`")
	for i := range spans {
		if i%2 == 0 || i == len(spans)-1 {
			spans[i] = unmark(spans[i])
		}
	}
	l = strings.Join(spans, "`")
	if strings.Contains(l, "](") { // a link may have a code span in its text
		for before := ""; before != l; { // a badge is a picture in a link
			before = l
			l = link.ReplaceAllStringFunc(l, unlink)
		}
	}
	return strings.Join(strings.Fields(Clean(l)), " ")
}

func unmark(s string) string {
	if strings.IndexByte(s, '<') >= 0 {
		s = autoURL.ReplaceAllString(s, "$1")
	}
	s = strings.ReplaceAll(s, "**", "")
	if strings.Contains(s, "__") {
		s = strong.ReplaceAllString(s, "$1$2$3")
	}
	if strings.IndexByte(s, '\\') >= 0 {
		s = escape.ReplaceAllString(s, "$1")
	}
	return html.UnescapeString(s)
}

// unlink writes a link as text and target. A picture says nothing in a comment,
// nor does a badge, which is a link of a picture; a target on the site that the
// text was written for leads nowhere from here.
func unlink(s string) string {
	m := link.FindStringSubmatch(s)
	text, target := strings.TrimSpace(m[1]), m[2]
	switch {
	case s[0] == '!', text == "":
		return ""
	case target == text || !strings.Contains(target, ":"):
		return text
	}
	return text + " (" + target + ")"
}

// Wrap breaks text into lines at spaces, and text that is written without
// spaces where it gets too wide. Only a word such as a URL is left wider, and
// the second one stays with the first, since a comment starts with a name and
// what it is.
func Wrap(text string, width int) []string {
	var lines []string
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(text) {
		for word != "" {
			part, rest, n := fit(word, width)
			name := i == 1 && len(lines) == 0 // then all that is used is the first word
			if used > 0 && used+1+n > width && !name {
				lines = append(lines, b.String())
				b.Reset()
				used = 0
			}
			if used > 0 {
				b.WriteByte(' ')
				used++
			}
			b.WriteString(part)
			used += n
			word = rest
		}
	}
	if used > 0 {
		lines = append(lines, b.String())
	}
	return lines
}

// fit returns how much of a word fits in a line, the rest, and the columns that
// the first takes. Only words of wide characters, as in Chinese, are broken.
func fit(word string, width int) (part, rest string, columns int) {
	if len(word) <= width {
		return word, "", utf8.RuneCountInString(word)
	}
	for i, r := range word {
		if columns >= width-1 && r >= '\u2e80' {
			return word[:i], word[i:], columns
		}
		columns++
		if r >= '\u2e80' {
			columns++
		}
	}
	return word, "", columns
}
