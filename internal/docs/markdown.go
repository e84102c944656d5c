package docs

import (
	"bytes"
	"html"
	"html/template"
	"net/url"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/openapi-lathe/lathe/internal/prose"
)

// markdown renders CommonMark with the tables and autolinks of GitHub. Raw HTML
// is left out, and links go where [safeURL] allows; see the package
// documentation.
func (s *site) markdown(source string) template.HTML {
	if source == "" {
		return ""
	}
	if plain(source) {
		return template.HTML("<p>" + textEscaper.Replace(strings.TrimSpace(source)) + "</p>")
	}
	if done, ok := s.texts.Load(source); ok {
		return done.(template.HTML)
	}
	var b bytes.Buffer
	clean := stripTags(prose.Clean(source))
	if err := s.converter(false).Convert([]byte(clean), &b); err != nil {
		return template.HTML("<p>" + html.EscapeString(clean) + "</p>")
	}
	done := template.HTML(bytes.TrimSpace(b.Bytes()))
	s.texts.Store(source, done)
	return done
}

// plain reports whether a text is one paragraph without any mark.
func plain(source string) bool {
	for i := range len(source) {
		switch c := source[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9' && i > 0:
		case c == ' ' && i > 0, c == ',', c == '.' && i > 0, c == '(', c == ')' && i > 0, c == '\'', c == '"', c == '/', c == ';':
		case c == '-' && i > 0, c == ':' && !strings.HasPrefix(source[i:], "://"), c == '?', c == '%', c == '=' && i > 0:
		default:
			return false
		}
	}
	return !strings.Contains(source, "www.")
}

// A prose of our own has anchors at its headings; what descriptions say has
// not, since their anchors could be any.
func (s *site) converter(own bool) goldmark.Markdown {
	options := []parser.Option{parser.WithASTTransformers(util.Prioritized(&tamer{images: s.opts.Images, own: own}, 100))}
	if own {
		options = append(options, parser.WithAutoHeadingID())
	}
	return goldmark.New(
		goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), extension.Strikethrough, extension.Linkify),
		goldmark.WithParserOptions(options...),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(ghtml.NewRenderer(), 1000))),
	)
}

// A tamer changes what a document may not do: links to strange places become
// text, images become links, and headings go below those of the page.
type tamer struct{ images, own bool }

// Transform implements parser.ASTTransformer.
func (t *tamer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var bad []ast.Node
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if !t.own {
				n.Level = min(n.Level+2, 6)
			}
		case *ast.Link:
			if !safeURL(string(n.Destination), t.own) {
				bad = append(bad, n)
			}
		case *ast.AutoLink:
			if !safeURL(string(n.URL(source)), t.own) {
				bad = append(bad, n)
			}
		case *ast.Image:
			bad = append(bad, n)
		case *ast.RawHTML, *ast.HTMLBlock:
			bad = append(bad, n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return
	}
	for _, n := range bad {
		t.replace(n, source)
	}
}

func (t *tamer) replace(n ast.Node, source []byte) {
	parent := n.Parent()
	if parent == nil {
		return
	}
	switch n := n.(type) {
	case *ast.Image:
		if t.images && safeURL(string(n.Destination), t.own) {
			return
		}
		if !safeURL(string(n.Destination), t.own) {
			unwrap(parent, n)
			return
		}
		l := ast.NewLink()
		l.Destination = n.Destination
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			l.AppendChild(l, c)
		}
		if l.FirstChild() == nil {
			l.AppendChild(l, ast.NewString(n.Destination))
		}
		if inLink(parent) {
			unwrap(parent, n)
			return
		}
		parent.ReplaceChild(parent, n, l)
	case *ast.AutoLink:
		parent.ReplaceChild(parent, n, ast.NewString(util.EscapeHTML(n.Label(source))))
	case *ast.RawHTML, *ast.HTMLBlock:
		parent.RemoveChild(parent, n)
	default:
		unwrap(parent, n)
	}
}

func inLink(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// unwrap puts what is in a node in its place.
func unwrap(parent, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

// safeURL reports whether a link may go somewhere: to http, https or mailto, and
// where the text is our own to a page of the site. What a description means by a
// link within its own document leads nowhere here.
func safeURL(raw string, own bool) bool {
	raw = strings.TrimSpace(raw)
	if strings.IndexFunc(raw, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) >= 0 {
		return false
	}
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return true
	case "":
		return own && u.Host == "" && raw != ""
	}
	return false
}

// stripTags turns the HTML that descriptions use for what Markdown has into
// Markdown. Other tags are left for the parser, which drops them.
func stripTags(text string) string {
	if !strings.ContainsRune(text, '<') {
		return text
	}
	return tags.Replace(text)
}

var tags = strings.NewReplacer(
	"<br>", "\n\n", "<br/>", "\n\n", "<br />", "\n\n", "<BR>", "\n\n",
	"<p>", "\n\n", "</p>", "\n\n", "<ul>", "\n\n", "</ul>", "\n\n", "<ol>", "\n\n", "</ol>", "\n\n", "<li>", "\n- ", "</li>", "",
	"<code>", "`", "</code>", "`", "<b>", "**", "</b>", "**", "<strong>", "**", "</strong>", "**",
	"<i>", "*", "</i>", "*", "<em>", "*", "</em>", "*", "<div>", "\n\n", "</div>", "\n\n", "<span>", "", "</span>", "",
	"<aside>", "\n\n", "</aside>", "\n\n", "<pre>", "\n\n", "</pre>", "\n\n",
)
