package mockapi

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
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
	plain   string // without what is after a # or ?
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
		r.plain = plain
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

// find returns the operations that a request may be for: usually one. There are
// several where paths differ only in the names of their parameters, or in what
// is after a # or ?, which is how descriptions tell operations apart that have
// the same path. Those with most of their own query in the request come first,
// then those with the shortest path.
func (s *Server) find(r *http.Request) []*match {
	var found []*match
	query := r.URL.Query()
	for _, at := range s.routes {
		if len(found) > 0 && found[0].shape() != at.shape() {
			continue
		}
		route, values, err := at.matcher.FindRoute(r)
		if err != nil || !contains(query, at.query) {
			continue
		}
		for name, value := range values {
			if plain, err := url.PathUnescape(value); err == nil {
				values[name] = plain
			}
		}
		found = append(found, &match{route: at, operation: route.Operation, values: values, declared: parameters(at.item, route.Operation)})
	}
	slices.SortStableFunc(found, func(a, b *match) int {
		return cmp.Or(cmp.Compare(len(b.query), len(a.query)), cmp.Compare(len(a.path), len(b.path)))
	})
	return found
}

// has reports whether the path has a parameter.
func (m *match) has(name string) bool {
	_, ok := m.values[name]
	return ok
}

// shape returns the path without the names of its parameters.
func (r *route) shape() string { return parameter.ReplaceAllString(r.plain, "{}") }

var parameter = regexp.MustCompile(`\{[^}]*\}`)

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
