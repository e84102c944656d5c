package docs

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// addWebhooks adds a page for each event that the API sends, and one that lists
// them.
func (s *site) addWebhooks() {
	hooks := s.api.Webhooks
	if hooks == nil {
		return
	}
	top := &page{path: "webhooks/index.html", title: "Webhooks", label: "Webhooks", about: "The events that the API sends.", listing: &listing{}, crumbs: []*page{s.guides["overview"]}}
	s.guides["events"] = top
	s.pages = append(s.pages, top)
	for _, event := range hooks.Events {
		p := &page{
			path: s.claim("webhooks/", strings.ToLower(event.Spec)) + ".html", title: event.Spec, label: event.Spec,
			about: sentence(event.Doc), event: event, crumbs: []*page{top},
		}
		if p.about == "" {
			p.about = "An event that the API sends."
		}
		top.listing.pages = append(top.listing.pages, p)
		s.pages = append(s.pages, p)
	}
}

// An eventView is what the page of an event shows.
type eventView struct {
	Doc, Deprecated, Callback string
	Names                     []string
	Header                    string
	Package                   string
	Type                      typeText
	Field                     string // of the handler
	Rows                      []*row
	Values                    []value
	Example                   string
	Program                   string
	Signed                    bool
}

func (s *site) eventView(p *page) (*eventView, error) {
	event, hooks := p.event, s.api.Webhooks
	v := &eventView{
		Doc: event.Doc, Deprecated: event.Deprecated, Callback: event.Callback, Names: event.Names, Header: hooks.Header,
		Package: hooks.Package.Name, Signed: hooks.Signature != nil,
	}
	if event.Variant != nil {
		f := &model.Field{Name: event.Variant.Name, Type: event.Variant.Type, Presence: event.Variant.Presence}
		v.Type, v.Field = s.fieldType(p, f), "On"+event.Variant.Name.Go
		if d := named(event.Variant.Type); d != nil {
			v.Rows = s.rower(p).of("", d)
			v.Example = s.exampleOf(d)
		}
	}
	var err error
	v.Program, err = s.use.Webhook(event)
	return v, err
}
