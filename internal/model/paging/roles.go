package paging

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
)

// Names that say what a parameter or member is for, folded to lower case
// without separators.
var (
	pageParams   = []string{"page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"}
	offsetParams = []string{"offset", "skip", "startindex", "startat"}
	cursorParams = []string{"cursor", "after", "pagetoken", "nexttoken", "nextpagetoken", "pagecursor", "continuationtoken", "marker", "nextcursor", "startafter", "startingafter", "afterid", "continue", "next"}

	itemsMembers = []string{"data", "items", "results", "result", "values", "entries", "records", "objects", "list", "content", "elements"}
	roleMembers  = map[model.Role][]string{
		model.PageNumber: {"page", "pagenumber", "currentpage", "pageno", "pagenum", "pageindex"},
		model.PerPage:    {"perpage", "pagesize", "limit", "itemsperpage", "maxresults"},
		model.TotalItems: {"totalcount", "total", "totalitems", "totalresults", "totalelements", "totalentries", "totalrecords", "itemcount"},
		model.TotalPages: {"totalpages", "pagecount", "lastpage", "numpages", "totalpagecount"},
		model.Next:       {"nextcursor", "cursor", "nextpagetoken", "nexttoken", "nextpagecursor", "after", "endcursor", "continuationtoken", "nextmarker", "next", "nextpage", "nextpageurl", "nextlink", "nexturl", "nextpageuri", "continue", "lastid"},
		model.HasMore:    {"hasmore", "hasnext", "hasnextpage", "morerecords", "istruncated", "more", "hasadditional"},
		model.Offset:     {"offset", "skip", "startindex"},
	}
	// roles in the order in which they are looked for.
	roles = []model.Role{model.PageNumber, model.PerPage, model.TotalItems, model.TotalPages, model.Next, model.HasMore, model.Offset}
)

// factsOf finds the members of a page that say where it stands in its list, those
// of the page itself before those of the objects in it.
func factsOf(page *model.Page) []model.Fact { return factsIn(nil, nil, page.Fields) }

func factsIn(known []model.Fact, path, fields []*model.Field) []model.Fact {
	for _, role := range roles {
		if f := tellerOf(role, fields); f != nil && factOf(known, role) == nil {
			known = append(known, model.Fact{Role: role, Path: append(slices.Clone(path), f)})
		}
	}
	if len(path) == deepestFact {
		return known
	}
	for _, f := range fields {
		if o, ok := pointee(f.Type).(*model.Object); ok && tellsOfPages(f.Name.Spec) {
			known = factsIn(known, append(slices.Clone(path), f), o.Fields)
			if isNext(f.Name.Spec) && factOf(known, model.Next) == nil {
				known = append(known, nextIn(append(slices.Clone(path), f), o.Fields)...)
			}
		}
	}
	return known
}

// isNext reports whether a member that is an object tells where the next page is:
// paging.next.after, _links.next.href.
func isNext(name string) bool {
	f := ident.Fold(name)
	return f == "next" || f == "nextpage"
}

// nextIn returns the fact that an object called next tells: a cursor, before a URL.
func nextIn(path, fields []*model.Field) []model.Fact {
	for _, name := range [...]string{"after", "cursor", "token", "offset", "url", "href", "uri", "link"} {
		for _, f := range fields {
			if ident.Fold(f.Name.Spec) == name && canTell(model.Next, f.Type) {
				return []model.Fact{{Role: model.Next, Path: append(slices.Clone(path), f)}}
			}
		}
	}
	return nil
}

// deepestFact is in how many objects of a page facts are looked for:
// meta.pagination.next.
const deepestFact = 2

// tellerOf returns the field that is called as one in a role is, by the best of
// its names; nil if there is none.
func tellerOf(role model.Role, fields []*model.Field) *model.Field {
	for _, name := range roleMembers[role] {
		for _, f := range fields {
			if ident.Fold(f.Name.Spec) == name && canTell(role, f.Type) {
				return f
			}
		}
	}
	return nil
}

func pointee(t model.Type) model.Type {
	if p, ok := t.(*model.Ptr); ok {
		return p.Elem
	}
	return t
}

// tellsOfPages reports whether a member is one that APIs keep the facts of a
// page in.
func tellsOfPages(name string) bool {
	f := ident.Fold(name)
	for _, word := range []string{"meta", "info", "pag", "cursor", "links", "response"} {
		if strings.Contains(f, word) {
			return true
		}
	}
	return isNext(name)
}

// canTell reports whether a type can hold what a role says.
func canTell(role model.Role, t model.Type) bool {
	switch role {
	case model.Next:
		return t == model.String
	case model.HasMore:
		return t == model.Bool
	}
	return isNumber(t)
}

// factOf returns what facts have of a role; nil if they have nothing.
func factOf(facts []model.Fact, role model.Role) *model.Fact {
	for i := range facts {
		if facts[i].Role == role {
			return &facts[i]
		}
	}
	return nil
}
