package docs

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// largestFull is how large llms-full.txt gets. Where it would be larger there is
// none, since no model reads it.
const largestFull = 1 << 20

// machine adds what programs read: the search index, llms.txt, the sitemap.
func (s *site) machine(files map[string][]byte, outs []rendered) {
	files["search.js"] = s.search()
	files["llms.txt"] = s.llms()
	files["sitemap.xml"] = s.sitemap()
	files["robots.txt"] = []byte("User-agent: *\nAllow: /\n")
	if s.opts.URL != "" {
		files["robots.txt"] = fmt.Appendf(files["robots.txt"], "Sitemap: %s/sitemap.xml\n", strings.TrimRight(s.opts.URL, "/"))
	}
	var full bytes.Buffer
	for i := range outs {
		if full.Len() > largestFull {
			return
		}
		full.Write(outs[i].markdown)
		full.WriteString("\n")
	}
	files["llms-full.txt"] = full.Bytes()
}

// llms is the list of pages for language models (llmstxt.org).
func (s *site) llms() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n> The reference of the Go SDK %s.", prose.Line(s.title()), s.api.Module)
	if about := sentence(s.api.Doc); about != "" {
		b.WriteString(" " + about)
	}
	b.WriteString("\n")
	base := ""
	if s.opts.URL != "" {
		base = strings.TrimRight(s.opts.URL, "/") + "/"
	}
	section := func(title string, keep func(*page) bool) {
		started := false
		for _, p := range s.pages {
			if !keep(p) {
				continue
			}
			if !started {
				fmt.Fprintf(&b, "\n## %s\n\n", title)
				started = true
			}
			text := p.title
			if p.op != nil {
				text = "client." + p.op.Call
			}
			fmt.Fprintf(&b, "- [%s](%s%s)", strings.NewReplacer("[", "(", "]", ")").Replace(prose.Line(text)), base, p.twin())
			if p.op != nil {
				fmt.Fprintf(&b, ": %s %s. %s", p.op.Method, p.op.Path, p.title)
			} else if p.about != "" && p.decl == nil {
				fmt.Fprintf(&b, ": %s", p.about)
			}
			b.WriteByte('\n')
		}
	}
	section("Guides", func(p *page) bool { return p.guide != nil })
	section("Operations", func(p *page) bool { return p.op != nil })
	section("Webhooks", func(p *page) bool { return p.event != nil })
	section("Errors", func(p *page) bool { return p.failure != nil })
	section("Optional", func(p *page) bool { return p.listing != nil || p.decl != nil && s.uses[p.decl.Declaration()] != nil })
	return b.Bytes()
}

// sitemap lists the pages (sitemaps.org). Addresses must be whole there; without
// one they begin at the root of whatever host.
func (s *site) sitemap() []byte {
	base := "/"
	if s.opts.URL != "" {
		base = strings.TrimRight(s.opts.URL, "/") + "/"
	}
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range s.pages {
		b.WriteString("<url><loc>")
		if err := xml.EscapeText(&b, []byte(base+strings.TrimSuffix(p.path, "index.html"))); err != nil {
			panic(err) // a buffer takes everything
		}
		b.WriteString("</loc></url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}

// largestIndex is how many bytes of search.js and nav.js go over the wire, compressed.
const largestIndex = 60 << 10

// search is the index that the script searches. Where it would be large, words
// that few look for lead to fewer pages.
func (s *site) search() []byte {
	nav := compressed(s.nav())
	for _, level := range []struct{ refs, values, fields int }{{4, 4000, 20000}, {2, 3000, 12000}, {1, 2000, 9000}, {1, 1200, 6000}, {1, 500, 4000}, {1, 200, 2500}, {1, 0, 1000}} {
		text := s.searchWith(level.refs, level.values, level.fields)
		if nav+compressed(text) <= largestIndex {
			return text
		}
	}
	return s.searchWith(1, 0, 0)
}

func compressed(text []byte) int {
	var n counter
	w, err := gzip.NewWriterLevel(&n, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write(text); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return int(n)
}

type counter int

func (n *counter) Write(p []byte) (int, error) { *n += counter(len(p)); return len(p), nil }

var _ io.Writer = (*counter)(nil)

func (s *site) searchWith(refs, values, fields int) []byte {
	var ops, types, more strings.Builder
	number := map[*page]int{}
	path := ""
	for _, p := range s.pages {
		if p.op == nil {
			continue
		}
		number[p] = len(number)
		title := p.title
		if title == p.label {
			title = ""
		}
		n := 0
		for n < len(path) && n < len(p.op.Path) && path[n] == p.op.Path[n] {
			n++
		}
		for n > 0 && n < len(p.op.Path) && p.op.Path[n]&0xc0 == 0x80 {
			n-- // within a letter
		}
		path = p.op.Path
		fmt.Fprintf(&ops, "%s\t%s\t%s\n", flat(title), strconv.FormatInt(int64(len([]rune(path[:n]))), 36), flat(path[n:]))
	}
	for _, pkg := range s.guides["types"].listing.pages {
		name, dir := pkg.label, last(strings.TrimSuffix(pkg.path, "/index.html"))
		types.WriteString("@" + name)
		if dir != name {
			types.WriteString("=" + dir)
		}
		types.WriteByte('\n')
		for _, p := range pkg.listing.pages {
			number[p] = len(number)
			types.WriteString(p.label)
			if seg := last(strings.TrimSuffix(p.path, ".html")); seg != p.label {
				types.WriteString("=" + seg)
			}
			types.WriteByte('\n')
		}
	}
	for _, p := range s.pages {
		switch {
		case p.guide != nil:
			fmt.Fprintf(&more, "guide\t%s\t%s\t%s\n", flat(p.title), "", p.path)
		case p.event != nil:
			fmt.Fprintf(&more, "event\t%s\t%s\t%s\n", flat(p.title), "", p.path)
		case p.failure != nil:
			fmt.Fprintf(&more, "error\t%s\t%s\t%s\n", p.title, strings.Join(p.failure.statuses, " "), p.path)
		case p.resource != nil && p.op == nil && p.resource.Call != "":
			fmt.Fprintf(&more, "resource\t%s\t%s\t%s\n", flat(p.title), "client."+p.resource.Call, p.path)
		}
	}
	codes := s.codes()
	for _, c := range codes {
		fmt.Fprintf(&more, "code\t%s\t%s\t%s\n", flat(c.code), flat(c.message), c.page.path)
	}
	words := s.words(number, refs, values, fields)
	return fmt.Appendf(nil, "latheSearch({ops:%s,types:%s,more:%s,words:%s});\n", script(ops.String()), script(types.String()), script(more.String()), script(words))
}

// flat is text without what separates the parts of an entry.
func flat(text string) string { return prose.Line(text) }

// words are the names of members and the values of enums, each with the pages
// that have it.
func (s *site) words(number map[*page]int, refs, values, fields int) string {
	type word struct {
		text  string
		pages []int
	}
	index := map[string]*word{}
	var order []*word
	count := map[byte]int{}
	most := map[byte]int{'f': fields, 'v': values}
	add := func(text string, p *page) {
		n, ok := number[p]
		if !ok || strings.ContainsAny(text, "\t\n") || len(text) < 2 || len(text) > 80 {
			return
		}
		w := index[text]
		if w == nil {
			if count[text[0]] >= most[text[0]] {
				return
			}
			count[text[0]]++
			w = &word{text: text}
			index[text] = w
			order = append(order, w)
		}
		if len(w.pages) < refs && !slices.Contains(w.pages, n) {
			w.pages = append(w.pages, n)
		}
	}
	object := func(o *model.Object, p *page) {
		for _, f := range o.Fields {
			add("f"+f.Name.Spec, p)
		}
	}
	for _, d := range s.decls { // types first: they say what a member is
		p, _ := s.where(d.Declaration())
		switch d := d.(type) {
		case *model.Object:
			object(d, p)
		case *model.Page:
			object(&d.Object, p)
		case *model.Enum:
			for _, v := range d.Values {
				add("v"+v.Value, p)
			}
		}
	}
	walk(s.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			if op.Params != nil {
				object(op.Params, s.ops[op])
			}
			for _, arg := range op.Args {
				add("f"+arg.Name.Spec, s.ops[op])
			}
		}
	})
	slices.SortFunc(order, func(a, b *word) int { return strings.Compare(a.text, b.text) })
	var b strings.Builder
	for _, w := range order {
		b.WriteString(w.text)
		b.WriteByte('\t')
		for i, n := range w.pages {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(int64(n), 36))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// An errorCode is one that an example of a failure has.
type errorCode struct {
	code, message string
	page          *page
}

// codes finds the codes of errors in the examples that the description gives.
func (s *site) codes() []errorCode {
	const most = 400
	seen := map[string]bool{}
	var list []errorCode
	for _, p := range s.pages {
		if p.op == nil || p.op.Facts == nil {
			continue
		}
		for _, r := range p.op.Facts.Responses {
			if !strings.HasPrefix(r.Status, "4") && !strings.HasPrefix(r.Status, "5") && r.Status != "default" {
				continue
			}
			for _, c := range r.Content {
				for _, e := range c.Examples {
					if e.Made {
						continue
					}
					var v any
					if json.Unmarshal([]byte(e.Text), &v) != nil {
						continue
					}
					visitCodes(v, func(code, message string) {
						if !seen[code] && len(list) < most {
							seen[code] = true
							list = append(list, errorCode{code, message, p})
						}
					})
				}
			}
		}
	}
	return list
}

// visitCodes finds the members called code, with the message beside them.
func visitCodes(v any, found func(code, message string)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			visitCodes(item, found)
		}
	case map[string]any:
		for _, key := range []string{"code", "error_code", "errorCode", "type"} {
			if c, ok := v[key]; ok {
				message, _ := v["message"].(string)
				switch c := c.(type) {
				case string:
					found(c, message)
				case float64:
					found(strconv.FormatFloat(c, 'f', -1, 64), message)
				}
				break
			}
		}
		for _, key := range []string{"error", "errors"} {
			visitCodes(v[key], found)
		}
	}
}
