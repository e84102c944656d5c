// Package docs turns a named model into a static reference site: a folder of
// plain files that any host serves and that opens from a disk. It decides no
// name, and writes no Go of its own: programs come from package snippet.
//
// # Types
//
// Problem: a description's types refer to one another. A page that inlines them
// is huge (Stripe: 140 MB of pages when four deep), or never ends.
//
// Decision: a type is a page, and every mention of it a link, with its members
// one level deep where it is used. Only a type that the description does not
// name and that one place uses is shown in that place, with its anchor there,
// unless that makes the page heavy ([heavy]).
//
// # Untrusted text
//
// Problem: descriptions are text from outside, and a site is published under the
// name of who makes it.
//
// Decision: Markdown is rendered by goldmark with raw HTML off; links go to http,
// https or mailto; images become links. Everything else goes
// through html/template. No page has inline script or style, and its content
// security policy allows none.
//
// # Size
//
// Problem: what stands on every page is paid for thousands of times.
//
// Decision: a page has its own branch of the resource tree as HTML. The whole
// tree is in nav.js, which a browser keeps, and what search looks through in
// search.js, which is loaded when somebody searches: a script each, since a page
// from a disk may load no other data.
package docs

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"runtime"
	"sync"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// Options are what a site is to look like. The zero value is a good one.
type Options struct {
	Title  string // in place of the API's
	URL    string // where the site will be, for sitemap.xml and canonical links; empty if it is not known
	Color  string // of links and marks, as #rrggbb; empty: the usual one
	Logo   []byte // an SVG or PNG
	Footer string // Markdown
	// Images allows pages to load images from other hosts that descriptions name.
	Images bool
	// Description is the file that the site offers to download, and Name its name.
	Description []byte
	Name        string
	Pages       []Page // of one's own
	// Templates replaces templates of ours one by one: files of the same name.
	Templates fs.FS
	Changes   *Changes
	Versions  []Version // of the API, that have a site each
	Serve     string    // a word that the server of --serve knows the pages by; empty for a site to publish
}

// A Page is one of its own, in Markdown.
type Page struct {
	Name string // of its file, without extension: "limits"
	Text []byte // the first heading is its title
}

// A Version is a site beside this one.
type Version struct {
	Name    string
	URL     string // relative to the root of this site
	Current bool
}

// Changes are what is new since an earlier version.
type Changes struct {
	From    string
	Text    string          // Markdown
	Added   map[string]bool // calls and types that were not there: "Stores.Create", "stores.Store"
	Changed map[string]bool
}

var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// CheckColor says what is wrong with a colour.
func CheckColor(text string) error {
	if !color.MatchString(text) {
		return fmt.Errorf("%q is no colour such as #0f766e", text)
	}
	return nil
}

// Files returns the files of the site: their content by their path, with
// slashes. The model must have been built with its facts. The same model and
// options make the same bytes.
func Files(api *model.API, opts Options) (map[string][]byte, error) {
	s := newSite(api, opts)
	if err := s.templates(); err != nil {
		return nil, err
	}
	s.plan()
	files := map[string][]byte{}
	outs := make([]rendered, len(s.pages))
	err := parallel(len(s.pages), func(i int) (err error) {
		outs[i], err = s.render(s.pages[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, p := range s.pages {
		files[p.path] = outs[i].html
		files[p.twin()] = outs[i].markdown
	}
	if err := s.assets(files); err != nil {
		return nil, err
	}
	s.machine(files, outs)
	return files, nil
}

// parallel calls do with the numbers below n, as many at a time as there are
// processors, and returns the error of the smallest number that failed.
func parallel(n int, do func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A site is one run.
type site struct {
	api   *model.API
	opts  Options
	use   *snippet.Writer
	tmpl  *set
	pages []*page

	urls     map[string]bool           // paths that are taken, in small letters
	homes    map[*model.Declared]home  // where each type is shown
	decls    []model.Decl              // all of them, in order
	uses     map[*model.Declared][]use // who mentions a type
	ops      map[*model.Operation]*page
	branches map[*model.Resource]*page
	parents  map[*model.Resource]*model.Resource
	guides   map[string]*page
	errors   []*page
	schemes  map[string]*model.Scheme
	texts    sync.Map // Markdown that was rendered, by its text
}

func newSite(api *model.API, opts Options) *site {
	s := &site{
		api: api, opts: opts, use: snippet.New(api),
		urls:     map[string]bool{},
		homes:    map[*model.Declared]home{},
		uses:     map[*model.Declared][]use{},
		ops:      map[*model.Operation]*page{},
		branches: map[*model.Resource]*page{},
		parents:  map[*model.Resource]*model.Resource{},
		guides:   map[string]*page{},
		schemes:  map[string]*model.Scheme{},
	}
	for _, scheme := range api.Schemes {
		s.schemes[scheme.Name] = scheme
	}
	return s
}

// title is what the site is called.
func (s *site) title() string {
	return prose.Line(cmp.Or(s.opts.Title, s.api.Title, s.api.Package))
}
