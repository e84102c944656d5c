package wire

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// A route is a path of the description. Each has a router of its own: one for
// all of them takes the first path that fits, though only another may have the
// method, and none with a query.
type route struct {
	path    string
	item    *openapi3.PathItem
	query   url.Values // that the path itself has
	matcher routers.Router
}

// A match is the operation that a request is for.
type match struct {
	*route
	operation *openapi3.Operation
	values    map[string]string // of the path's parameters
	declared  openapi3.Parameters
}

// newRoutes returns the paths of a description, those with fewer parameters
// first. A path that no router takes is an error.
func newRoutes(doc *openapi3.T) ([]*route, error) {
	var routes []*route
	for _, path := range doc.Paths.InMatchingOrder() {
		item := doc.Paths.Value(path)
		if item == nil {
			continue
		}
		bases := basePaths(doc.Servers)
		bases = append(bases, basePaths(item.Servers)...)
		for _, op := range item.Operations() {
			if op.Servers != nil {
				bases = append(bases, basePaths(*op.Servers)...)
			}
		}
		slices.Sort(bases)
		r := &route{path: path, item: item}
		plain, _, _ := strings.Cut(path, "#")
		plain, query, _ := strings.Cut(plain, "?")
		r.query, _ = url.ParseQuery(query)
		alone := &openapi3.T{OpenAPI: doc.OpenAPI, Paths: openapi3.NewPaths(openapi3.WithPath(plain, withoutServers(item)))}
		for _, base := range slices.Compact(bases) {
			alone.Servers = append(alone.Servers, &openapi3.Server{URL: base})
		}
		var err error
		if r.matcher, err = gorillamux.NewRouter(alone); err != nil {
			return nil, fmt.Errorf("the path %s: %w", path, err)
		}
		routes = append(routes, r)
	}
	return routes, nil
}

func withoutServers(item *openapi3.PathItem) *openapi3.PathItem {
	alone := *item
	alone.Servers = nil
	return &alone
}

// basePaths returns the paths of servers, without a slash at their end and with
// the defaults of their variables. Without a server it is the root.
func basePaths(servers openapi3.Servers) []string {
	var paths []string
	for _, server := range servers {
		text := server.URL
		for _, name := range slices.Sorted(maps.Keys(server.Variables)) {
			text = strings.ReplaceAll(text, "{"+name+"}", server.Variables[name].Default)
		}
		u, err := url.Parse(text)
		if err != nil {
			continue
		}
		paths = append(paths, strings.TrimSuffix("/"+strings.Trim(u.EscapedPath(), "/"), "/"))
	}
	if len(paths) == 0 {
		return []string{""}
	}
	return paths
}

// find returns the operation that a request is for, or nil. Of several it is
// the one with most of its own query in the request, then the one whose
// required query parameters are all there, then the one with the fewest
// parameters in its path.
func (s *Server) find(r *http.Request) *match {
	var best *match
	most := -1
	query := r.URL.Query()
	for _, at := range s.routes {
		found, values, err := at.matcher.FindRoute(r)
		if err != nil || !contains(query, at.query) {
			continue
		}
		m := &match{route: at, operation: found.Operation, values: values, declared: parameters(at.item, found.Operation)}
		score := 2 * len(at.query)
		if m.complete(query) {
			score++
		}
		if score > most {
			best, most = m, score
		}
	}
	if best != nil {
		for name, value := range best.values {
			if plain, err := url.PathUnescape(value); err == nil {
				best.values[name] = plain
			}
		}
	}
	return best
}

func contains(query, part url.Values) bool {
	for name, values := range part {
		for _, v := range values {
			if !slices.Contains(query[name], v) {
				return false
			}
		}
	}
	return true
}

// complete reports whether the query parameters that m requires are there.
func (m *match) complete(query url.Values) bool {
	for _, p := range m.declared {
		if p.Value.In == "query" && p.Value.Required && !query.Has(p.Value.Name) {
			return false
		}
	}
	return true
}

// parameters returns those of an operation and, where it does not say
// otherwise, of its path.
func parameters(item *openapi3.PathItem, op *openapi3.Operation) openapi3.Parameters {
	all := slices.Clone(op.Parameters)
	for _, p := range item.Parameters {
		if p.Value != nil && op.Parameters.GetByInAndName(p.Value.In, p.Value.Name) == nil {
			all = append(all, p)
		}
	}
	return slices.DeleteFunc(all, func(p *openapi3.ParameterRef) bool { return p == nil || p.Value == nil })
}
