package restree

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// A segment is one step of a path.
type segment struct {
	text  string // what is written, without parameters and endings: "dns_records"
	param bool   // only a parameter; text is its name
	rpc   bool   // written as a method: ":cancel", or the last part of "chat.postMessage"
}

// collection reports whether s is written as a collection.
func (s segment) collection() bool { return !s.param && !roots[s.text] && ident.Plural(s.text) }

// A route is a path taken apart. The parts behind a ? or # are no steps, but
// tell operations of one path apart.
type route struct {
	segments []segment
	extra    string
	variant  string // "beta" of "/responses?beta=true": another form of all that the path has
	rpc      string // "ListUsers" of "/?Action=ListUsers", "AddTags" of "/#X-Amz-Target=Kinesis.AddTags"
}

// parseRoute takes a path apart. It knows "{id}", ":id", "{id}.json",
// "items/{id}:cancel", "chat.postMessage", "Users('{id}')", "thumbnail.{ext}".
func parseRoute(path string) route {
	var r route
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path, r.extra = path[:i], path[i+1:]
		for _, part := range strings.Split(r.extra, "&") {
			switch name, value, _ := strings.Cut(part, "="); {
			case rpcKeys[strings.ToLower(name)] && value != "":
				r.rpc = value[strings.LastIndexByte(value, '.')+1:]
			case value == "true":
				r.variant = name
			}
		}
	}
	for _, part := range strings.Split(path, "/") {
		if n := len(r.segments); n > 0 && digits(part) && r.segments[n-1].collection() { // /folders/0: one item
			r.segments = append(r.segments, segment{text: "id", param: true})
			continue
		}
		r.segments = append(r.segments, parseSegment(part)...)
	}
	r.dateFirst()
	if n := len(r.segments); n > 1 && formats[r.segments[n-1].text] && !r.segments[n-1].param {
		r.segments = r.segments[:n-1] // /containers/json
	}
	return r
}

// dateFirst puts a date, which is the version of what stands before it, in front:
// /crm/lists/2026-09/{id} is /2026-09/crm/lists/{id}.
func (r *route) dateFirst() {
	i := slices.IndexFunc(r.segments, func(s segment) bool { return !s.param && ident.IsDate(s.text) })
	if i > 0 {
		date := r.segments[i]
		r.segments = slices.Insert(slices.Delete(r.segments, i, i+1), 0, date)
	}
}

// rpcKeys are what APIs that have one path for everything call the action.
var rpcKeys = set(`action operation method x-amz-target x-id x-operation cmd`)

// formats are endings that say how an answer is written, not what it is.
var formats = set(`json xml csv html yaml yml txt`)

// domains are what a step that is a name of DNS ends with.
var domains = set(`io com org net dev cloud`)

func parseSegment(part string) []segment {
	if part == "" || part == "." {
		return nil
	}
	if i := strings.LastIndexByte(part, '.'); i > 0 && formats[part[i+1:]] {
		part = part[:i]
	}
	if name, ok := strings.CutPrefix(part, ":"); ok { // Express
		return []segment{{text: name, param: true}}
	}
	static, params := cutParams(part)
	switch {
	case len(params) > 0 && strings.Trim(static, " -._~,;:()'=+") == "":
		return []segment{{text: params[0], param: true}}
	case len(params) > 0 && strings.HasPrefix(part, "{"): // {id}:cancel, {id}.pdf
		return []segment{{text: params[0], param: true}, {text: strings.Trim(static, ":.-"), rpc: true}}
	case len(params) > 0 && strings.ContainsAny(part, "(="): // Users('{id}'), id={id}
		name, _, _ := strings.Cut(static, "(")
		return []segment{{text: strings.Trim(name, "=")}, {text: params[0], param: true}}
	case len(params) > 0 && ident.IsVersion(static+"1"): // v{version}
		return []segment{{text: params[0], param: true}}
	case ident.IsVersion(part):
		return []segment{{text: part}}
	}
	if name, verb, ok := strings.Cut(static, ":"); ok && name != "" && verb != "" {
		return []segment{{text: name}, {text: verb, rpc: true}}
	}
	if len(params) > 0 { // thumbnail.{extension}
		return []segment{{text: strings.Trim(static, " .-_")}}
	}
	labels := strings.Split(static, ".")
	switch {
	case len(labels) > 2 && domains[last(labels)]: // rbac.authorization.k8s.io
		labels = labels[:1]
	case slices.ContainsFunc(labels, startsDigit): // base-v1.5: a number and no method
		labels = []string{static}
	}
	var parts []segment
	for _, p := range labels {
		if p != "" {
			parts = append(parts, segment{text: p})
		}
	}
	if len(parts) > 1 {
		parts[len(parts)-1].rpc = true
	}
	return parts
}

// cutParams returns part without its parameters, and their names.
func cutParams(part string) (static string, params []string) {
	for {
		before, rest, ok := strings.Cut(part, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return static + part, params
		}
		static += before
		params = append(params, name)
		part = after
	}
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
