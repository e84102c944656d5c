package stainless

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// resource reads one and what is below it.
func (r *reader) resource(way string, m *spec.Member, above []string) *resource {
	res := &resource{place: place{m.Name, m.Pos}}
	if res.way = above; m.Name != config.Root && m.Name != config.Shared {
		res.way = append(slices.Clone(above), m.Name)
	} else if len(above) > 0 {
		r.invalid(m.Pos, "%s can be at the top of resources only", m.Name)
	}
	r.object(way, m.Value, keys{
		"models":  func(way string, m *spec.Member) { r.object(way, m.Value, keys{"*": r.model(res)}) },
		"methods": func(way string, m *spec.Member) { r.object(way, m.Value, keys{"*": r.method(res)}) },
		"subresources": func(way string, m *spec.Member) {
			r.object(way, m.Value, keys{"*": func(way string, m *spec.Member) {
				res.below = append(res.below, r.resource(way, m, res.way))
			}})
		},
		"skip":        r.skipped(&res.skip),
		"only":        r.chosen(&res.skip),
		"deprecated":  r.reason(&res.old),
		"description": r.drop("a service is documented by the tags of the description", "say it there, with an overlay"),
		"standalone_api": r.drop("a resource is part of the client",
			"the package of a top-level resource has a New of its own in the layout resources"),
		"terraform": r.drop("it is for Terraform", "nothing is to be done: it says nothing of the Go SDK"),
		"mcp":       r.drop("it is for an MCP server", "nothing is to be done: it says nothing of the Go SDK"),
		"cli":       r.drop("it is for a command line", "nothing is to be done: it says nothing of the Go SDK"),
		"custom":    r.drop("it is code of the hosted service", "write that code in a file of your own beside the SDK; gen keeps it"),
	})
	if m.Name == config.Shared && len(res.methods) > 0 {
		r.invalid(res.methods[0].pos, "$shared has models only")
	}
	return res
}

// skipped reads skip: true, or a list of languages.
func (r *reader) skipped(to *bool) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		switch {
		case m.Value.Is(spec.Bool):
			*to = *to || m.Value.True()
		default:
			*to = *to || slices.Contains(r.texts(way, m.Value), "go")
		}
	}
}

// chosen reads the list of the only languages.
func (r *reader) chosen(to *bool) func(string, *spec.Member) {
	return func(way string, m *spec.Member) { *to = *to || !slices.Contains(r.texts(way, m.Value), "go") }
}

// reason reads why something is deprecated: a text, or one by language.
func (r *reader) reason(to *string) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		switch {
		case m.Value.Is(spec.Object):
			for _, language := range []string{"go", "default"} {
				if n := m.Value.Get(language); n != nil && *to == "" {
					*to = n.Text()
				}
			}
		case m.Value.True():
			*to = "deprecated"
		case !m.Value.False():
			r.text(to)(way, m)
		}
	}
}

func (r *reader) model(res *resource) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		e := &modelEntry{place: place{m.Name, m.Pos}}
		if m.Value.Is(spec.String) {
			e.schema = place{m.Value.Text(), m.Value.Pos()}
			res.models = append(res.models, e)
			return
		}
		var kind, why string
		r.object(way, m.Value, keys{
			"type":       r.text(&kind),
			"to":         r.text(&e.alias),
			"deprecated": r.reason(&why),
			"openapi_uri": func(way string, m *spec.Member) {
				if text, ok := r.scalar(way, m.Value, spec.String); ok {
					e.schema = place{text, m.Value.Pos()}
				}
			},
			"skip":             r.skipped(&e.skip),
			"only":             r.chosen(&e.skip),
			"no_params_suffix": r.always(), // it is for Python
			"param_model":      r.drop("a type is the same in requests and responses", "nothing is to be done: what was read can be sent"),
			"terraform":        r.drop("it is for Terraform", "nothing is to be done"),
		})
		if why != "" {
			r.lost(m.Value.Member("deprecated").Pos, way+".deprecated", "the type is not marked", "mark the schema deprecated with an overlay")
		}
		if kind == "alias" == (e.schema.text != "") {
			r.invalid(m.Pos, "%s needs an openapi_uri, or type: alias and to", way)
			return
		}
		res.models = append(res.models, e)
	}
}

func (r *reader) method(res *resource) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		d := &method{place: place{m.Name, m.Pos}}
		ok := true
		switch {
		case m.Value.Is(spec.String):
			d.endpoint, ok = r.endpoint(m.Value)
		default:
			ok = r.methodKeys(way, m, d)
		}
		if ok {
			r.differ(res, d)
			res.methods = append(res.methods, d)
		}
	}
}

// differ reports a method that has the name of another one of its resource in Go.
func (r *reader) differ(res *resource, d *method) {
	for _, other := range res.methods {
		if goMethod(other.text) == goMethod(d.text) {
			r.invalid(d.pos, "the methods %s and %s (%s) of one resource are both %s in Go; rename one of them",
				d.text, other.text, at(other.pos), goMethod(d.text))
		}
	}
}

func at(pos diag.Pos) string { return pos.String() }

func (r *reader) methodKeys(way string, m *spec.Member, d *method) bool {
	var kind string
	ok := true
	r.object(way, m.Value, keys{
		"type":     r.text(&kind),
		"endpoint": func(_ string, m *spec.Member) { d.endpoint, ok = r.endpoint(m.Value) },
		"to":       r.text(&d.alias),
		"paginated": func(way string, m *spec.Member) {
			switch {
			case m.Value.Is(spec.Bool):
				d.unpaged, d.paged = m.Value.False(), m.Value.True()
			case m.Value.Is(spec.String):
				d.scheme, d.paged = place{m.Value.Text(), m.Value.Pos()}, true
			default:
				r.invalid(m.Value.Pos(), "%s is true, false or the name of a scheme", way)
			}
		},
		"body_param_name": r.text(&d.bodyName),
		"positional_params": func(way string, m *spec.Member) {
			names := []string{}
			if !m.Value.False() {
				names = r.texts(way, m.Value)
			}
			d.positional = &names
		},
		"unwrap_response": func(way string, m *spec.Member) {
			if d.noUnwrap = m.Value.False(); !d.noUnwrap {
				r.text(&d.unwrap)(way, m)
			}
		},
		"streaming":  func(way string, m *spec.Member) { d.stream = r.methodStream(way, m.Value) },
		"deprecated": r.reason(&d.deprecated),
		"skip":       r.skipped(&d.skip),
		"only":       r.chosen(&d.skip),
		"default_request_options": func(way string, m *spec.Member) {
			r.object(way, m.Value, keys{
				"max_retries": r.count(&d.maxRetries),
				"timeout": func(way string, m *spec.Member) {
					if t := r.duration(way, m.Value); t > 0 {
						d.timeout = t.String()
					}
				},
			})
		},
		"description":      r.drop("a method is documented by the description", "change the operation's summary with an overlay"),
		"skip_test_reason": r.always(), // it is for tests of the service
		"docs":             r.drop("snippets show what gen chooses", "nothing is to be done"),
		"terraform":        r.drop("it is for Terraform", "nothing is to be done"),
		"mcp":              r.drop("it is for an MCP server", "nothing is to be done"),
		"cli":              r.drop("it is for a command line", "nothing is to be done"),
		"custom":           r.drop("it is code of the hosted service", "write that code in a file of your own beside the SDK; gen keeps it"),
	})
	switch {
	case !ok:
		return false
	case kind == "alias" && d.alias == "":
		r.invalid(m.Pos, "%s is an alias of nothing; add to: and the method", way)
		return false
	case kind != "" && kind != "http" && kind != "alias":
		r.lost(m.Pos, way, "gen makes no methods of the type "+kind, "write it in a file of your own beside the SDK; gen keeps it")
		return false
	case kind != "alias" && d.endpoint.text == "":
		r.invalid(m.Pos, "%s has no endpoint", way)
		return false
	}
	return true
}

func (r *reader) methodStream(way string, n *spec.Node) *streaming {
	s := &streaming{flag: "stream"}
	r.object(way, n, keys{
		"stream_event_model": func(_ string, m *spec.Member) { s.event = place{m.Value.Text(), m.Value.Pos()} },
		"param_discriminator": func(way string, m *spec.Member) {
			if s.flag = ""; !m.Value.Is(spec.Null) {
				r.text(&s.flag)(way, m)
			}
		},
		"params_type_in_stream_event": r.always(),
	})
	return s
}

// roles are what a member of a page or a parameter is for.
func (r *reader) pagination(way string, m *spec.Member) {
	list := m.Value.Elements()
	if m.Value.Is(spec.Object) {
		list = []*spec.Node{m.Value}
	}
	for _, n := range list {
		s := &scheme{place: place{"page", n.Pos()}}
		var where, about string
		r.object(way, n, keys{
			"name": r.text(&s.text), "type": r.text(&s.kind), "description": r.text(&about),
			"request":                 func(way string, m *spec.Member) { r.pageMembers(way, m.Value, s, true) },
			"response":                func(way string, m *spec.Member) { r.pageMembers(way, m.Value, s, false) },
			"param_location":          r.text(&where),
			"continue_on_empty_items": r.drop("a list ends at an empty page that has no cursor", "loop with page.Next and your own condition"),
		})
		s.inBody = where == "body"
		if err := config.OneOf(s.kind, strings.Fields("cursor cursor_id cursor_url offset page_number fake_page")); err != nil {
			r.invalid(n.Pos(), "%s: type: %v", way, err)
			continue
		}
		r.usual(s)
		r.f.Pagination = append(r.f.Pagination, s)
	}
}

// pageMembers reads the members of a page or the parameters of its request,
// with what each is for.
func (r *reader) pageMembers(way string, n *spec.Node, s *scheme, request bool) {
	if !n.Is(spec.Object) {
		r.invalid(n.Pos(), "%s is %s, and should be an object", way, n.Kind())
		return
	}
	r.pageMember(way, "", n, s, request)
}

func (r *reader) pageMember(way, above string, n *spec.Node, s *scheme, request bool) {
	for name, value := range n.Members() {
		at := strings.TrimPrefix(above+"."+name, ".")
		p := value.Get("x-stainless-pagination-property")
		switch {
		case request:
			s.with = append(s.with, name)
		case above == "" && !p.Get("is_top_level_array").True() && p.Get("from_header") == nil:
			s.answers = append(s.answers, name)
		}
		if h := p.Get("from_header"); h != nil {
			if s.link = strings.EqualFold(h.Text(), "link"); !s.link {
				r.lost(h.Pos(), way+"."+at, "a cursor is not read from the header "+h.Text(), "read it with option.WithResponseHeader and pass it to the next call")
			}
		}
		if p.Get("is_top_level_array").True() {
			s.bare = true
		}
		switch purpose := p.Get("purpose"); purpose.Text() {
		case "":
		case "items":
			s.items = at
		case "next_cursor_param", "next_cursor_id_param", "page_number_param", "offset_count_param":
			s.param = name
		case "next_cursor_field", "cursor_url_field", "cursor_item_id":
			s.next = at
		case "has_next_page":
			s.hasMore = at
		case "offset_total_count_field":
			s.total = at
		case "total_page_count_field":
			s.totalPages = at
		case "current_page_number_field", "offset_count_start_field":
			// found by the name of the member
		case "previous_cursor_param", "previous_cursor_field", "previous_cursor_id_param":
			r.lost(purpose.Pos(), way+"."+at, "there is no call for the page before", "pass the parameter yourself")
		default:
			r.lost(purpose.Pos(), way+"."+at, "gen knows no purpose "+purpose.Text(), "say how the list is paged in gen.yaml (pagination)")
		}
		if !request {
			r.pageMember(way, at, value.Get("properties"), s, false)
		}
	}
}

// usual fills in the roles that nobody gave, by what members are called.
func (r *reader) usual(s *scheme) {
	if s.items == "" && !s.bare {
		for _, name := range s.answers {
			if slices.Contains([]string{"data", "items", "results", "result", "entries"}, name) {
				s.items = name
				break
			}
		}
	}
	first := func(to *string, from []string, words ...string) {
		for _, word := range words {
			if *to == "" && slices.Contains(from, word) {
				*to = word
			}
		}
	}
	switch s.kind {
	case "cursor":
		first(&s.param, s.with, "cursor", "after", "page_token", "next_cursor", "starting_after")
		first(&s.next, s.answers, "next_cursor", "next_page_token", "cursor", "last_id")
	case "cursor_id":
		first(&s.param, s.with, "after", "starting_after", "after_id", "cursor")
	case "page_number":
		first(&s.param, s.with, "page", "page_number")
	case "offset":
		first(&s.param, s.with, "offset", "skip", "start")
	}
	first(&s.hasMore, s.answers, "has_more", "has_next_page", "has_next")
}
