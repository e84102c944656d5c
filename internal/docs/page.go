package docs

import (
	"path"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// A page is a file of the site. Exactly one of guide, resource, op, decl,
// failure, event and listing says what it shows.
type page struct {
	path   string // "api/secretsstore/stores/create.html"
	title  string
	label  string // in lists: "Create"
	about  string // a sentence, as plain text
	crumbs []*page
	prev   *page
	next   *page

	guide    *guide
	resource *model.Resource
	op       *model.Operation
	decl     model.Decl
	failure  *failure
	event    *model.Webhook
	listing  *listing
}

// twin is the path of the page in Markdown.
func (p *page) twin() string { return strings.TrimSuffix(p.path, ".html") + ".md" }

// root is the way from the page to the root of the site: "../../".
func (p *page) root() string { return strings.Repeat("../", strings.Count(p.path, "/")) }

// to is the relative URL of another page, "" of the same one.
func (p *page) to(other *page) string {
	if other == nil || p == other {
		return ""
	}
	return relative(p.path, other.path)
}

// relative is the way from one path of the site to another.
func relative(from, to string) string {
	dir := path.Dir(from)
	up := ""
	for dir != "." && !strings.HasPrefix(to, dir+"/") {
		dir = path.Dir(dir)
		up += "../"
	}
	if dir != "." {
		to = strings.TrimPrefix(to, dir+"/")
	}
	return up + to
}

// claim makes a path of its own of one that is wanted. File systems may not tell
// capitals apart, so paths must differ in more. What comes later gives way; the
// order is that of the description.
func (s *site) claim(dir, name string) string {
	name = segment(name)
	for i := 1; ; i++ {
		try := name
		if i > 1 {
			try = name + "-" + strconv.Itoa(i)
		}
		full := dir + try
		if key := strings.ToLower(full); !s.urls[key] {
			s.urls[key] = true
			return full
		}
	}
}

// segment is a name as a part of a path that needs no escaping anywhere.
func segment(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-', r == '.', r > 0x7f && r != '\ufeff' && !isSpaceOrControl(r):
			return r
		}
		return '-'
	}, name)
	name = strings.Trim(name, ".")
	if name == "" {
		return "page"
	}
	const longest = 100
	if r := []rune(name); len(r) > longest {
		name = string(r[:longest])
	}
	switch strings.ToLower(name) { // names that Windows keeps for devices
	case "con", "prn", "aux", "nul", "com1", "lpt1", "index":
		name += "_"
	}
	return name
}

func isSpaceOrControl(r rune) bool {
	return r <= ' ' || r == 0x7f || r == 0xa0 || r >= 0x2000 && r <= 0x206f || r >= 0x80 && r < 0xa0
}

// sentence is the first sentence of a text in Markdown, plain.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	blocks := prose.Blocks(text)
	if len(blocks) == 0 {
		return ""
	}
	line := prose.Line(blocks[0].Text)
	for i := 0; i+1 < len(line); i++ {
		if (line[i] == '.' || line[i] == '!' || line[i] == '?') && line[i+1] == ' ' && i > 20 {
			line = line[:i+1]
			break
		}
	}
	const longest = 160
	if r := []rune(line); len(r) > longest {
		cut := string(r[:longest])
		if i := strings.LastIndexByte(cut, ' '); i > 0 {
			cut = cut[:i]
		}
		return strings.TrimRight(cut, " ,;:") + "…"
	}
	return line
}
