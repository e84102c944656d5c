package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	texttemplate "text/template"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/internal/snippet"
	"github.com/openapi-lathe/lathe/templates"
)

// A set is the templates of a run.
type set struct {
	html *template.Template
	text *texttemplate.Template
}

// rendered is a page in both forms.
type rendered struct{ html, markdown []byte }

// A view is what templates see.
type view struct {
	Site      *siteView
	Kind      string
	Root      string
	Title     string
	About     string
	Canonical string
	Twin      string
	Doc       string // of the API, on its first page
	Crumbs    []link
	Branch    *branch
	Prev      *link
	Next      *link
	Badge     string // "new", "changed"
	Body      template.HTML
	Text      string // the same in Markdown

	Operation *operationView
	Type      *typeView
	Resource  *resourceView
	List      []link
	Failure   *sentinelView
	Event     *eventView
}

// A siteView is what is the same on every page.
type siteView struct {
	Title, Logo, Icon, Serve string
	Footer                   template.HTML
	Images                   bool
}

func (s *site) shared() *siteView {
	v := &siteView{Title: s.title(), Icon: "icon.svg", Serve: s.opts.Serve, Images: s.opts.Images}
	if len(s.opts.Logo) > 0 {
		v.Logo = "logo." + imageKind(s.opts.Logo)
		v.Icon = v.Logo
	}
	if s.opts.Footer != "" {
		v.Footer = s.markdown(s.opts.Footer)
	}
	return v
}

// cleanText is a text of the description for a page in Markdown: what cannot be
// seen and links to strange places are taken out.
func cleanText(text string) string {
	return strangeLink.ReplaceAllString(prose.Clean(text), "]")
}

var strangeLink = regexp.MustCompile(`(?i)\]\(\s*<?\s*(?:javascript|vbscript|data|file):[^)]*\)`)

// language is what code of a media type is written in, for colours.
func language(media string) string {
	switch {
	case strings.Contains(media, "json"), strings.Contains(media, "form"):
		return "json"
	case strings.Contains(media, "xml"):
		return "xml"
	}
	return "text"
}

// codeHTML is text between tags. Quotes mean nothing there, and code is full of
// them.
func codeHTML(text string) template.HTML {
	return template.HTML(textEscaper.Replace(prose.Clean(text)))
}

var textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\x00", "\ufffd")

// pathHTML is the template of a path with its parameters marked.
func pathHTML(text string) template.HTML {
	text = prose.Line(text)
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		b.WriteString(html.EscapeString(before))
		if !ok || !closed {
			b.WriteString(html.EscapeString(text[len(before):]))
			return template.HTML(b.String())
		}
		b.WriteString("<i>{" + html.EscapeString(name) + "}</i>")
		text = after
	}
}

// enumOptions are the values of an enum and their constants, for the script.
func enumOptions(values []*model.EnumValue) (string, error) {
	const most = 60
	list := [][2]string{}
	for _, v := range values[:min(most, len(values))] {
		list = append(list, [2]string{v.Value, v.Name.Go})
	}
	text, err := json.Marshal(list)
	return string(text), err
}

func programText(segments []snippet.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

// nested is a row in Markdown that stands in another one.
func (s *site) nested(r *row) (string, error) {
	var b bytes.Buffer
	if err := s.tmpl.text.ExecuteTemplate(&b, "row.md", r); err != nil {
		return "", err
	}
	return strings.ReplaceAll(strings.TrimRight(b.String(), "\n"), "\n", "\n  "), nil
}

// A branch is the part of the resource tree around a page.
type branch struct {
	Title string
	URL   string
	Items []branchItem
}

type branchItem struct {
	Text, URL, Method string
	Current           bool
	Deprecated        bool
}

// templates reads the templates: ours, and those that replace them.
func (s *site) templates() error {
	s.tmpl = &set{template.New(""), texttemplate.New("")}
	shared := map[string]any{
		"join": strings.Join, "line": prose.Line, "lower": strings.ToLower, "clean": cleanText, "lang": language, "fence": fence, "cell": cell, "indent": indent,
		"in":      func(list []string, s string) bool { return slices.Contains(list, s) },
		"inc":     func(n int) int { return n + 1 },
		"twin":    markdownURL,
		"web":     func(url string) bool { return safeURL(url, false) },
		"options": enumOptions,
		"program": programText,
		"nested":  s.nested,
	}
	s.tmpl.html.Funcs(template.FuncMap(shared)).Funcs(template.FuncMap{
		"md":   s.markdown,
		"type": func(t typeText) template.HTML { return t.HTML() },
		"path": pathHTML,
		"code": codeHTML,
	})
	s.tmpl.text.Funcs(texttemplate.FuncMap(shared)).Funcs(texttemplate.FuncMap{"type": func(t typeText) string { return t.String() }})
	names, err := fs.Glob(templates.Docs, "docs/*.tmpl")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := templates.Docs.ReadFile(name)
		if err != nil {
			return err
		}
		base := path.Base(name)
		if s.opts.Templates != nil {
			if own, err := fs.ReadFile(s.opts.Templates, base); err == nil {
				text = own
			}
		}
		base = strings.TrimSuffix(base, ".tmpl")
		if strings.HasSuffix(base, ".html") {
			_, err = s.tmpl.html.New(base).Parse(string(text))
		} else {
			_, err = s.tmpl.text.New(base).Parse(string(text))
		}
		if err != nil {
			return fmt.Errorf("docs: template %s: %w", path.Base(name), err)
		}
	}
	return nil
}

// render makes both forms of a page.
func (s *site) render(p *page) (rendered, error) {
	v, err := s.view(p)
	if err != nil {
		return rendered{}, err
	}
	var h, t bytes.Buffer
	if err := s.tmpl.html.ExecuteTemplate(&h, "layout.html", v); err != nil {
		return rendered{}, fmt.Errorf("docs: %s: %w", p.path, err)
	}
	if err := s.tmpl.text.ExecuteTemplate(&t, v.Kind+".md", v); err != nil {
		return rendered{}, fmt.Errorf("docs: %s: %w", p.twin(), err)
	}
	return rendered{h.Bytes(), tidyText(t.Bytes())}, nil
}

// tidyText leaves no more than one blank line in a row.
func tidyText(text []byte) []byte {
	var b bytes.Buffer
	blank := true
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, " \t\r\n")
		if len(line) == 0 {
			if blank {
				continue
			}
			blank = true
		} else {
			blank = false
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
}

func (s *site) view(p *page) (*view, error) {
	v := &view{Site: s.shared(), Root: p.root(), Title: p.title, About: p.about, Canonical: path.Base(p.path), Twin: path.Base(p.twin())}
	if p == s.guides["overview"] {
		v.Doc = s.api.Doc
	}
	if s.opts.URL != "" {
		v.Canonical = strings.TrimRight(s.opts.URL, "/") + "/" + strings.TrimSuffix(p.path, "index.html")
	}
	for _, c := range p.crumbs {
		v.Crumbs = append(v.Crumbs, link{Text: c.label, URL: p.to(c)})
	}
	if p.prev != nil {
		v.Prev = &link{Text: p.prev.title, URL: p.to(p.prev)}
	}
	if p.next != nil {
		v.Next = &link{Text: p.next.title, URL: p.to(p.next)}
	}
	v.Branch = s.branch(p)
	v.Badge = s.badge(p)
	var err error
	switch {
	case p.guide != nil:
		v.Kind = "guide"
		v.Text, err = s.guideText(p)
		if err == nil {
			v.Body, err = s.guideHTML(p, v.Text)
		}
	case p.op != nil:
		v.Kind = "operation"
		v.Operation, err = s.operation(p)
	case p.resource != nil:
		v.Kind, v.Resource = "resource", s.resource(p)
	case p.decl != nil:
		v.Kind, v.Type = "type", s.typeView(p)
	case p.failure != nil:
		v.Kind, v.Failure = "failure", s.failureView(p)
	case p.event != nil:
		v.Kind = "event"
		v.Event, err = s.eventView(p)
	default:
		v.Kind = "list"
		for _, other := range p.listing.pages {
			l := link{Text: other.label, URL: p.to(other), Note: other.about}
			if len(p.listing.pages) > fewNotes {
				l.Note = ""
			}
			v.List = append(v.List, l)
		}
	}
	return v, err
}

// fewNotes is how many pages a list may have that says something of each.
const fewNotes = 300

// badge says what became of a page since the version that the site is compared
// with.
func (s *site) badge(p *page) string {
	c := s.opts.Changes
	if c == nil {
		return ""
	}
	name := ""
	switch {
	case p.op != nil:
		name = p.op.Call
	case p.decl != nil:
		d := p.decl.Declaration()
		name = d.Package.Name + "." + d.Name.Go
	}
	switch {
	case c.Added[name]:
		return "new"
	case c.Changed[name]:
		return "changed"
	}
	return ""
}

// branch is the part of the resource tree that a page is in.
func (s *site) branch(p *page) *branch {
	r := p.resource
	if r == nil {
		return nil
	}
	home := s.branches[r]
	b := &branch{Title: home.label, URL: p.to(home)}
	const most = 14
	for _, op := range methods(r) {
		if len(b.Items) == most {
			break
		}
		o := s.ops[op]
		b.Items = append(b.Items, branchItem{Text: op.Name.Go, URL: p.to(o), Method: op.Method, Current: o == p, Deprecated: op.Deprecated != ""})
	}
	if r == s.api.Root {
		return b // its children are all there is; nav.js has them
	}
	for _, c := range r.Children {
		if len(b.Items) == most {
			break
		}
		b.Items = append(b.Items, branchItem{Text: c.Name.Go, URL: p.to(s.branches[c])})
	}
	return b
}

// A resourceView is what the page of a resource shows.
type resourceView struct {
	Call       string
	Doc        string
	Package    string
	Operations []operationLine
	Children   []childLine
	Types      *link
}

type operationLine struct {
	Title, Call, Method, Path, URL, Badge string
	Deprecated                            bool
}

type childLine struct {
	Title, Call, URL, About string
	Count                   int
}

func (s *site) resource(p *page) *resourceView {
	r := p.resource
	v := &resourceView{Call: "client", Doc: r.Doc}
	if r.Call != "" {
		v.Call += "." + r.Call
		v.Package = r.Package.Path
		if t := s.packagePage(r.Package); t != nil {
			v.Types = &link{Text: "Types of package " + r.Package.Name, URL: p.to(t)}
		}
	}
	for _, op := range methods(r) {
		o := s.ops[op]
		v.Operations = append(v.Operations, operationLine{o.title, "client." + op.Call, op.Method, op.Path, p.to(o), s.badge(o), op.Deprecated != ""})
	}
	for _, c := range r.Children {
		n := 0
		walk(c, func(r *model.Resource) { n += len(r.Methods) })
		home := s.branches[c]
		v.Children = append(v.Children, childLine{home.title, "client." + c.Call, p.to(home), sentence(c.Doc), n})
	}
	return v
}

func (s *site) packagePage(pkg *model.Package) *page {
	for _, p := range s.guides["types"].listing.pages {
		if p.listing.pkg == pkg {
			return p
		}
	}
	return nil
}

// A typeView is what the page of a type shows.
type typeView struct {
	Kind       string
	Package    string
	Import     string
	Spec       string // what the description calls it; empty if the same
	Doc        string
	Deprecated string
	Under      typeText
	Tag        string
	Facts      []fact
	Rows       []*row
	Values     []value
	Base       string
	Example    string
	UsedBy     []link
	More       int
}

// fewUses is how many uses of a type are listed.
const fewUses = 40

func (s *site) typeView(p *page) *typeView {
	d := p.decl.Declaration()
	r := s.rower(p)
	v := &typeView{Kind: kindOf(p.decl), Package: d.Package.Name, Import: s.importPath(d.Package.Path), Doc: d.Doc, Deprecated: d.Deprecated}
	if d.Facts != nil && d.Facts.Doc != "" {
		v.Doc = d.Facts.Doc
	}
	if d.Component && d.Name.Spec != d.Name.Go {
		v.Spec = d.Name.Spec
	}
	switch d := p.decl.(type) {
	case *model.Enum:
		v.Values, v.Base = s.values(d), scalarText(d.Base)
	case *model.Union:
		v.Rows, v.Tag = r.of("", d), d.Tag
	case *model.Defined:
		v.Under = s.typeText(p, d.Under)
	case *model.Alias:
		v.Under = s.typeText(p, d.Target)
		v.Rows = r.of("", d)
		if e, ok := target(d).(*model.Enum); ok {
			v.Values, v.Base = s.values(e), scalarText(e.Base)
		}
	default:
		v.Rows = r.of("", p.decl)
	}
	v.Example = s.exampleOf(p.decl)
	seen := map[*page]bool{p: true}
	for _, u := range s.uses[d] {
		other := s.ops[u.op]
		if u.decl != nil {
			other, _ = s.where(u.decl.Declaration())
		}
		if other == nil || seen[other] {
			continue
		}
		seen[other] = true
		if len(v.UsedBy) == fewUses {
			v.More++
			continue
		}
		text := other.title
		if other.op != nil {
			text = "client." + other.op.Call
		}
		v.UsedBy = append(v.UsedBy, link{Text: text, URL: p.to(other)})
	}
	return v
}

func (s *site) importPath(pkg string) string {
	if pkg == "" {
		return s.api.Module
	}
	return s.api.Module + "/" + pkg
}

// fence writes a code block of Markdown that nothing in it can end.
func fence(language, text string) string {
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	return mark + language + "\n" + strings.TrimRight(text, "\n") + "\n" + mark
}

// cell is text in a cell of a table of Markdown.
func cell(text string) string { return strings.ReplaceAll(prose.Line(text), "|", `\|`) }

// indent puts spaces before every line but the first.
func indent(n int, text string) string {
	return strings.ReplaceAll(strings.TrimSpace(cleanText(text)), "\n", "\n"+strings.Repeat(" ", n))
}
