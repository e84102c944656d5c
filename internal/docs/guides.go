package docs

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// A guide is a page of running text, in Markdown.
type guide struct {
	template string // that writes it; empty if text does
	text     string
}

// addGuides adds the pages that tell how to use the SDK, with its names.
func (s *site) addGuides() {
	paged, streamed := false, false
	walk(s.api.Root, func(r *model.Resource) {
		for _, op := range methods(r) {
			paged = paged || op.Result.Kind == model.PageResult
			streamed = streamed || op.Result.Kind == model.ItemsResult || op.Result.Kind == model.StreamResult
		}
	})
	for _, g := range []struct {
		name, title, about string
		there              bool
	}{
		{"overview", s.title(), "", true},
		{"getting-started", "Getting started", "From an empty folder to a first call.", true},
		{"authentication", "Authentication", "The credentials that the API takes, and where a client finds them.", true},
		{"values", "Optional values", "How a field shows that it may be absent or null.", true},
		{"options", "Options", "What can be set for a client and for a call.", true},
		{"pagination", "Pagination", "Lists that come in pages.", paged},
		{"errors", "Errors", "What a call fails with, and how to tell.", true},
		{"retries", "Retries", "What is tried again, and when.", true},
		{"streaming", "Streaming", "Results that are read as they come.", streamed},
		{"webhooks", "Receiving webhooks", "Events that the API sends, verified before they are decoded.", s.api.Webhooks != nil},
		{"testing", "Testing", "The API in your own tests, without a network.", true},
	} {
		if !g.there {
			continue
		}
		p := &page{path: "guides/" + g.name + ".html", title: g.title, label: g.title, about: g.about, guide: &guide{template: "guide-" + g.name + ".md"}}
		if g.name == "overview" {
			p.path, p.label = "index.html", "Overview"
			p.about = sentence(s.api.Doc)
			if p.about == "" {
				p.about = "The reference of " + s.title() + " for Go."
			}
		} else {
			p.crumbs = []*page{s.guides["overview"]}
		}
		s.guides[g.name] = p
		s.pages = append(s.pages, p)
	}
}

// guideOrder are the guides in the order of the sidebar.
func (s *site) guideOrder() []*page {
	var list []*page
	for _, p := range s.pages {
		if p.guide != nil {
			list = append(list, p)
		}
	}
	return list
}

// addOwn adds the pages that the user wrote.
func (s *site) addOwn() {
	for _, own := range s.opts.Pages {
		title := own.Name
		text := string(own.Text)
		for line := range strings.Lines(text) {
			if rest, ok := strings.CutPrefix(line, "# "); ok {
				title = strings.TrimSpace(rest)
				text = strings.Replace(text, line, "", 1)
				break
			}
		}
		p := &page{path: s.claim("guides/", own.Name) + ".html", title: title, label: title, about: sentence(text), guide: &guide{text: text}, crumbs: []*page{s.guides["overview"]}}
		s.pages = append(s.pages, p)
	}
}

// addChanges adds the page of what changed.
func (s *site) addChanges() {
	if s.opts.Changes == nil {
		return
	}
	p := &page{path: "changelog.html", title: "Changelog", label: "Changelog", about: "What changed since " + s.opts.Changes.From + ".", guide: &guide{text: s.opts.Changes.Text}, crumbs: []*page{s.guides["overview"]}}
	s.guides["changelog"] = p
	s.pages = append(s.pages, p)
}

// A guideView is what the templates of guides see.
type guideView struct {
	*model.API
	Site       *site
	Name       string // the name of the API in a sentence
	Import     string
	Needs      string // the module to get
	First      string // a program
	Handling   string
	Paging     string
	Options    string
	Testing    string
	Credential string
	Streaming  string
	Download   string
	Receiving  string
	Signed     bool
	Events     []link
	Call       string // of Paging
	All        string // its twin
	Schemes    []schemeView
	Alternates []string
	Resources  []link
	Failures   []link
	ErrorTypes []link
	ErrorData  []*row
	Counts     struct{ Operations, Types, Resources int }
	Specs      string
}

func (s *site) guideText(p *page) (string, error) {
	if p.guide.template == "" {
		return prose.Clean(p.guide.text), nil
	}
	v := &guideView{API: s.api, Site: s, Name: s.title(), Import: s.api.Module, Needs: s.api.Module, Specs: s.opts.Name}
	if err := s.programs(v); err != nil {
		return "", err
	}
	if hooks := s.api.Webhooks; hooks != nil {
		v.Signed = hooks.Signature != nil
		for _, e := range s.guides["events"].listing.pages {
			v.Events = append(v.Events, link{Text: e.title, URL: markdownURL(p.to(e)), Note: e.about})
		}
		if len(hooks.Events) > 0 {
			var err error
			if v.Receiving, err = s.use.Webhook(hooks.Events[0]); err != nil {
				return "", err
			}
		}
	}
	for _, scheme := range s.api.Schemes {
		v.Schemes = append(v.Schemes, s.scheme(scheme))
	}
	for _, names := range s.api.Security {
		var list []string
		for _, name := range names {
			list = append(list, titled(name))
		}
		v.Alternates = append(v.Alternates, strings.Join(list, " and "))
	}
	for _, r := range s.api.Root.Children {
		home := s.branches[r]
		n := 0
		walk(r, func(r *model.Resource) { n += len(r.Methods) })
		v.Resources = append(v.Resources, link{Text: "client." + r.Call, URL: markdownURL(p.to(home)), Note: count(n, "operation")})
	}
	for _, e := range s.errors {
		v.Failures = append(v.Failures, link{Text: e.failure.name, URL: markdownURL(p.to(e)), Note: e.failure.says})
	}
	for _, e := range s.api.Errors {
		if d := named(e.Type); d != nil {
			v.ErrorTypes = append(v.ErrorTypes, link{Text: d.Declaration().Package.Name + "." + d.Declaration().Name.Go, URL: markdownURL(s.typeURL(p, d)), Note: strings.Join(e.Statuses, ", ")})
		}
	}
	if d := s.api.ErrorData; d != nil {
		v.ErrorData = s.rower(p).fields("", d.Data, nil)
	}
	walk(s.api.Root, func(r *model.Resource) {
		v.Counts.Resources++
		v.Counts.Operations += len(r.Methods)
	})
	v.Counts.Resources--
	v.Counts.Types = len(s.decls)
	var b bytes.Buffer
	if err := s.tmpl.text.ExecuteTemplate(&b, p.guide.template, v); err != nil {
		return "", fmt.Errorf("docs: %s: %w", p.path, err)
	}
	return string(tidyText(b.Bytes())), nil
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// markdownURL is the URL of a page's twin.
func markdownURL(url string) string { return strings.Replace(url, ".html", ".md", 1) }

// programs chooses the operations that guides show.
func (s *site) programs(v *guideView) error {
	var all, paged, plain, streams, downloads []*model.Operation
	walk(s.api.Root, func(r *model.Resource) {
		for _, op := range methods(r) {
			all = append(all, op)
			switch op.Result.Kind {
			case model.PageResult:
				if op.Result.All != "" {
					paged = append(paged, op)
				}
				plain = append(plain, op)
			case model.ItemsResult:
				streams = append(streams, op)
			case model.StreamResult:
				downloads = append(downloads, op)
			default:
				plain = append(plain, op)
			}
		}
	})
	rank := func(list []*model.Operation) *model.Operation {
		if len(list) == 0 {
			return nil
		}
		return slices.MinFunc(list, func(a, b *model.Operation) int { return burden(a) - burden(b) })
	}
	write := func(to *string, op *model.Operation, with func(*model.Operation) (string, error)) error {
		if op == nil {
			return nil
		}
		text, err := with(op)
		*to = text
		return err
	}
	first := rank(paged)
	if first == nil {
		first = rank(all)
	}
	any := rank(plain)
	if op := rank(paged); op != nil {
		v.Call, v.All = "client."+op.Call, op.Result.All
	}
	for _, err := range []error{
		write(&v.First, first, s.use.Program),
		write(&v.Handling, any, s.use.Handling),
		write(&v.Paging, rank(paged), s.use.Paging),
		write(&v.Options, any, s.use.Options),
		write(&v.Testing, any, s.use.Testing),
		write(&v.Credential, any, s.use.Credential),
		write(&v.Streaming, rank(streams), s.use.Program),
		write(&v.Download, rank(downloads), s.use.Program),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// burden is how much there is to a call: the less, the better it is to show.
func burden(op *model.Operation) int {
	n := 2 * len(op.Args)
	if op.Method != "GET" {
		n += 10
	}
	if op.Deprecated != "" {
		n += 40
	}
	if op.Params != nil {
		for _, f := range op.Params.Fields {
			if required(f) {
				n += 2
				if named(f.Type) != nil {
					n += 3
				}
			}
		}
	}
	return n
}

// guideHTML renders a guide.
func (s *site) guideHTML(p *page, text string) (template.HTML, error) {
	var b bytes.Buffer
	if err := s.converter(true).Convert([]byte(text), &b); err != nil {
		return "", fmt.Errorf("docs: %s: %w", p.path, err)
	}
	return template.HTML(b.String()), nil
}
