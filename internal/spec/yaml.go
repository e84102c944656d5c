package spec

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A yamlReader turns the nodes of the YAML library into ours.
type yamlReader struct {
	*parser
	lines   []yamlLine
	anchors map[*yaml.Node]*anchored
}

// A yamlLine is where a line starts by YAML's count, which has more kinds of
// line breaks than an editor does, and by that of an editor.
type yamlLine struct{ off, line, bol int }

// anchored is what an alias leads to. It is one node however often it is used,
// so that an alias costs nothing; what walks the tree pays, so its nodes count
// at each use. While it is being read its node is nil.
type anchored struct {
	node   *Node
	count  int
	height int
}

// yaml reads the text as YAML.
func (p *parser) yaml() (*Node, error) {
	if at := yamlDirective.FindStringSubmatchIndex(p.src); at != nil {
		p.src = p.src[:at[2]] + "#" + p.src[at[3]:] // the library only knows 1.1, and reads 1.2 all the same
	}
	r := yamlReader{parser: p, lines: yamlLines(p.src), anchors: map[*yaml.Node]*anchored{}}
	root, err := r.document()
	if err != nil && strings.Contains(err.Error(), surrogateError) {
		if whole := wholeSurrogates(p.src); whole != p.src {
			p.src = whole
			r.lines = yamlLines(p.src)
			root, err = r.document()
		}
	}
	if err != nil {
		return nil, err
	}
	n, _, err := r.value(root, 1)
	return n, err
}

// yamlDirective finds the percent sign with which a YAML directive begins.
var yamlDirective = regexp.MustCompile(`^(?:[ \t]*(?:#.*)?\r?\n)*(%)YAML 1`)

// document reads the first document of the text.
func (r *yamlReader) document() (*yaml.Node, error) {
	var limit depthLimit
	limit.depth = r.limits.Depth
	loader, err := yaml.NewLoader(strings.NewReader(r.src), yaml.WithPlugin(&limit))
	if err != nil {
		panic("spec: " + err.Error()) // the options are ours
	}
	var doc, more yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: 1, Column: 1}, nil
	case err != nil:
		return nil, r.syntax(err)
	}
	switch err := loader.Load(&more); {
	case errors.Is(err, io.EOF):
	case err != nil:
		r.list.Warningf(r.at(err), "more-documents", "the file has more than one YAML document; only the first is read")
	case more.Content[0].Kind != yaml.ScalarNode || more.Content[0].Value != "":
		r.list.Warningf(r.pos(&more), "more-documents", "the file has more than one YAML document; only the first is read")
	}
	return doc.Content[0], nil
}

// depthLimit ends the reading of text that is nested too deep. Its own count
// is of levels of indentation, so it is at most ours.
type depthLimit struct{ depth int }

var errTooDeep = errors.New("nested too deep")

// CheckDepth implements [yaml.LoaderLimitsPlugin].
func (l *depthLimit) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > l.depth+1 {
		return errTooDeep
	}
	return nil
}

// CheckAlias implements [yaml.LoaderLimitsPlugin]. Nothing is expanded here.
func (*depthLimit) CheckAlias(int, int) error { return nil }

// value converts a node and returns how many levels it has.
func (r *yamlReader) value(y *yaml.Node, depth int) (*Node, int, error) {
	if y.Kind == yaml.AliasNode {
		return r.alias(y, depth)
	}
	if y.Anchor == "" {
		return r.content(y, depth)
	}
	a := &anchored{}
	r.anchors[y] = a
	before := r.count
	n, height, err := r.content(y, depth)
	a.node, a.height, a.count = n, height, r.count-before
	return n, height, err
}

// alias returns the node that an alias leads to.
func (r *yamlReader) alias(y *yaml.Node, depth int) (*Node, int, error) {
	a := r.anchors[y.Alias]
	if a == nil || a.node == nil {
		return nil, 0, diag.Errorf(r.pos(y), "recursive-alias", "the alias *%s is inside of what it stands for; use $ref for what contains itself", y.Value)
	}
	if err := r.spend(a.count, r.pos(y)); err != nil {
		return nil, 0, err
	}
	return a.node, a.height, r.deepen(depth+a.height-1, r.pos(y))
}

// content converts a node that is no alias.
func (r *yamlReader) content(y *yaml.Node, depth int) (*Node, int, error) {
	pos := r.pos(y)
	if err := r.spend(1, pos); err != nil {
		return nil, 0, err
	}
	switch y.Kind {
	case yaml.SequenceNode:
		return r.sequence(y, depth)
	case yaml.MappingNode:
		return r.mapping(y, depth)
	}
	return r.scalar(y, pos), 0, nil
}

// sequence converts a sequence.
func (r *yamlReader) sequence(y *yaml.Node, depth int) (*Node, int, error) {
	n, deepest := r.node(Array, r.pos(y), ""), 0
	if err := r.deepen(depth, n.pos); err != nil {
		return nil, 0, err
	}
	n.items = make([]*Node, len(y.Content))
	for i, c := range y.Content {
		item, height, err := r.value(c, depth+1)
		if err != nil {
			return nil, 0, err
		}
		n.items[i], deepest = item, max(deepest, height)
	}
	return n, deepest + 1, nil
}

// mapping converts a mapping. The members that a merge key brings stand where
// it stands, as far as the mapping does not have them itself.
func (r *yamlReader) mapping(y *yaml.Node, depth int) (*Node, int, error) {
	n, deepest := r.node(Object, r.pos(y), ""), 0
	if err := r.deepen(depth, n.pos); err != nil {
		return nil, 0, err
	}
	own := map[string]bool{}
	merges := false
	for i := 0; i < len(y.Content); i += 2 {
		if merges = merges || isMerge(y.Content[i]); merges {
			break
		}
	}
	if merges {
		for i := 0; i < len(y.Content); i += 2 {
			if key := y.Content[i]; !isMerge(key) {
				own[key.Value] = true
			}
		}
	}
	base := len(r.members)
	for i := 0; i < len(y.Content); i += 2 {
		key, pos := y.Content[i], r.pos(y.Content[i])
		value, height, err := r.value(y.Content[i+1], depth+1)
		if err != nil {
			return nil, 0, err
		}
		deepest = max(deepest, height)
		if isMerge(key) {
			if err := r.merge(value, pos, own); err != nil {
				return nil, 0, err
			}
			continue
		}
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			return nil, 0, diag.Errorf(pos, "complex-key", "a name must be a string, not a list or a mapping; if the braces are meant as text, put them in quotes")
		}
		r.members = append(r.members, Member{Name: key.Value, Pos: pos, Value: value})
	}
	r.setUnique(n, r.members[base:])
	r.members = r.members[:base]
	return n, deepest + 1, nil
}

// isMerge reports whether a key is the merge key of YAML 1.1.
func isMerge(key *yaml.Node) bool {
	quoted := key.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
	return key.Kind == yaml.ScalarNode && key.Value == "<<" && !quoted && key.Tag != "!!str"
}

// merge adds to the members that are being read those of from, an object or a
// list of them of which the first wins, that are not in own, and puts them there.
func (r *yamlReader) merge(from *Node, pos diag.Pos, own map[string]bool) error {
	switch from.kind {
	case Object:
		for _, m := range from.members {
			if !own[m.Name] {
				own[m.Name] = true
				r.members = append(r.members, m)
			}
		}
		return r.spend(len(from.members), pos)
	case Array:
		for _, item := range from.items {
			if item.kind == Array {
				return diag.Errorf(pos, "bad-merge", "what << merges must be a mapping or a list of mappings, not a list of lists")
			}
			if err := r.merge(item, pos, own); err != nil {
				return err
			}
		}
		return nil
	}
	return diag.Errorf(pos, "bad-merge", "what << merges must be a mapping or a list of mappings, not %s", from.kind)
}

// scalar converts a scalar by the core schema of YAML 1.2, so that yes, no and
// dates are strings. One rule is our own: what looks like an integer but starts
// with a plus or a superfluous zero is a string as well, since JSON could not
// write its digits, and it is a telephone number or a postal code.
func (r *yamlReader) scalar(y *yaml.Node, pos diag.Pos) *Node {
	quoted := y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	tagged := y.Style&yaml.TaggedStyle != 0
	if quoted && !tagged {
		return r.node(String, pos, y.Value)
	}
	if tagged {
		switch y.Tag {
		case "!!null", "!!bool", "!!int", "!!float":
		default: // a string, or some tag of which we know no more than its text
			return r.node(String, pos, y.Value)
		}
	}
	switch y.Value {
	case "", "~", "null", "Null", "NULL":
		return r.node(Null, pos, "")
	case "true", "True", "TRUE":
		return r.node(Bool, pos, "true")
	case "false", "False", "FALSE":
		return r.node(Bool, pos, "false")
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
		r.list.Warningf(pos, "no-json-number", "%s is no number in JSON; it is read as a string", y.Value)
		return r.node(String, pos, y.Value)
	}
	if literal, ok := yamlNumber(y.Value); ok {
		return r.node(Number, pos, literal)
	}
	return r.node(String, pos, y.Value)
}

var (
	yamlBased = regexp.MustCompile(`^0(?:o[0-7]+|x[0-9a-fA-F]+)$`)
	yamlFloat = regexp.MustCompile(`^([-+]?)(0|[1-9][0-9]*|)(?:\.([0-9]*))?([eE][-+]?[0-9]+)?$`)
)

// yamlNumber returns a number of YAML as JSON writes it, digit by digit.
func yamlNumber(s string) (string, bool) {
	if s == "" || s[0] > '9' || len(s) > 1000 {
		return "", false
	}
	if yamlBased.MatchString(s) {
		n, _ := new(big.Int).SetString(s, 0)
		return n.String(), true
	}
	m := yamlFloat.FindStringSubmatch(s)
	if m == nil || m[2] == "" && m[3] == "" {
		return "", false
	}
	sign, whole, fraction, exponent := m[1], m[2], m[3], m[4]
	integer := !strings.Contains(s, ".") && exponent == ""
	if integer && sign == "+" {
		return "", false
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return strings.TrimPrefix(sign, "+") + whole + fraction + exponent, true
}

// yamlLines finds the lines of a text.
func yamlLines(src string) []yamlLine {
	lines := []yamlLine{{line: 1}}
	line, bol := 1, 0
	for i := 0; i < len(src); {
		next := strings.IndexAny(src[i:], "\n\r\u0085\u2028\u2029")
		if next < 0 {
			break
		}
		i += next
		c, size := utf8.DecodeRuneInString(src[i:])
		if c == '\r' && strings.HasPrefix(src[i+1:], "\n") {
			c, size = '\n', 2
		}
		i += size
		if c == '\n' {
			line++
			bol = i
		}
		lines = append(lines, yamlLine{i, line, bol})
	}
	return lines
}

// pos returns the place of a node.
func (r *yamlReader) pos(y *yaml.Node) diag.Pos { return r.mark(y.Line, y.Column) }

// mark returns the place of a line and a column that counts characters.
func (r *yamlReader) mark(line, column int) diag.Pos {
	if line < 1 {
		return diag.Pos{File: r.file}
	}
	l := r.lines[min(line, len(r.lines))-1]
	off := l.off
	for range column - 1 {
		if off >= len(r.src) {
			break
		}
		if r.src[off] < utf8.RuneSelf {
			off++
			continue
		}
		_, size := utf8.DecodeRuneInString(r.src[off:])
		off += size
	}
	return diag.Pos{File: r.file, Line: l.line, Col: off - l.bol + 1}
}

// at returns the place of an error of the library.
func (r *yamlReader) at(err error) diag.Pos {
	le, ok := errors.AsType[*yaml.LoadError](err)
	switch {
	case !ok:
		return diag.Pos{File: r.file}
	case le.Mark.Line > 0:
		return r.mark(le.Mark.Line, le.Mark.Column)
	}
	off := min(le.Mark.Index, len(r.src)) // the reader only knows the offset
	bol := strings.LastIndexByte(r.src[:off], '\n') + 1
	return diag.Pos{File: r.file, Line: 1 + strings.Count(r.src[:off], "\n"), Col: off - bol + 1}
}

const surrogateError = "invalid Unicode character escape code"

// yamlHints says what is meant by a message of the library, or what to do.
var yamlHints = []struct{ message, hint string }{
	{"mapping values are not allowed in this context", "a value that contains a colon and a space needs quotes, and names of one mapping need the same indentation"},
	{"did not find expected key", "the names of one mapping need the same indentation"},
	{"could not find expected ':'", "there is a name without a colon and a value"},
	{"did not find expected ',' or '}'", "a comma or a closing brace is missing"},
	{"did not find expected ',' or ']'", "a comma or a closing bracket is missing"},
	{"did not find expected alphabetic or numeric character", "a value that starts with * or & needs quotes"},
	{"found unexpected end of stream", "a quote is not closed"},
}

// syntax turns an error of the library into one with a position.
func (r *yamlReader) syntax(err error) error {
	le, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return diag.Errorf(diag.Pos{File: r.file}, "invalid-yaml", "not valid YAML: %s", err)
	}
	pos := r.at(err)
	if strings.Contains(le.Message, errTooDeep.Error()) {
		return r.deepen(r.limits.Depth+1, pos)
	}
	line := r.src
	if le.Mark.Line > 0 {
		line = r.src[r.lines[min(le.Mark.Line, len(r.lines))-1].off:]
	}
	line, _, _ = strings.Cut(line, "\n")
	blank := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	message := le.Message
	switch {
	case strings.Contains(blank, "\t") || strings.Contains(message, "tab"):
		return diag.Errorf(pos, "yaml-tab", "not valid YAML: a tab is used as indentation, which must be spaces")
	case strings.HasPrefix(message, "unknown anchor"):
		message = strings.Replace(message, " referenced", ": there is an alias to it, but no anchor of that name before it", 1)
	case strings.HasPrefix(message, "found character that cannot start any token"):
		message += ": a value that starts with @, ` or % needs quotes"
	default:
		for _, h := range yamlHints {
			if strings.Contains(message, h.message) {
				message += ": " + h.hint
				break
			}
		}
	}
	if le.ContextMsg != "" && le.ContextMark.Line > 0 {
		message += fmt.Sprintf(" (%s that starts on line %d)", le.ContextMsg, r.mark(le.ContextMark.Line, 1).Line)
	}
	return diag.Errorf(pos, "invalid-yaml", "not valid YAML: %s", message)
}

var surrogates = regexp.MustCompile(`\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})`)

// wholeSurrogates writes characters that are escaped as in JSON, as surrogate
// pairs, the way that the library reads.
func wholeSurrogates(src string) string {
	return surrogates.ReplaceAllStringFunc(src, func(pair string) string {
		var high, low rune
		fmt.Sscanf(pair, `\u%x\u%x`, &high, &low)
		return fmt.Sprintf(`\U%08X`, (high-0xd800)<<10+(low-0xdc00)+0x10000)
	})
}
