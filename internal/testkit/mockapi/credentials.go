package mockapi

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// checkSecurity holds the credentials of a request against the alternatives
// that an operation accepts: they must be one of them, and nothing besides. Two
// schemes with the same place, such as two kinds of bearer tokens, cannot be
// told apart. What is in the place of a declared parameter is no credential
// besides.
func (s *Server) checkSecurity(r *http.Request, at *match, call *Call) {
	op := at.operation
	parameters := map[string]bool{} // by place
	for _, ref := range at.declared {
		if p := ref.Value; p != nil {
			parameters[place(p.In, p.Name)] = true
		}
	}
	alternatives := s.doc.Security
	if op.Security != nil {
		alternatives = *op.Security
	}
	schemes := s.schemes()
	sent := map[string]bool{} // by place
	for _, name := range slices.Sorted(maps.Keys(schemes)) {
		if place := placeOf(schemes[name]); carries(r, schemes[name]) {
			call.Credentials = append(call.Credentials, name)
			if !parameters[place] {
				sent[place] = true
			}
		}
	}
	if len(alternatives) == 0 {
		alternatives = openapi3.SecurityRequirements{{}}
	}
	var ways []string
	for _, alternative := range alternatives {
		names := slices.Sorted(maps.Keys(alternative))
		places, known, complete := map[string]bool{}, true, true
		for _, name := range names {
			scheme := schemes[name]
			if scheme == nil {
				known = false
				call.Unchecked = append(call.Unchecked, fmt.Sprintf("security scheme %q: it is not declared", name))
			} else if place := placeOf(scheme); place != "" {
				if !parameters[place] {
					places[place] = true
				}
				complete = complete && carries(r, scheme)
			}
		}
		if !known || complete && maps.Equal(places, sent) {
			call.Security = append([]string{}, names...)
			return
		}
		ways = append(ways, "["+strings.Join(names, " ")+"]")
	}
	call.Problems = append(call.Problems, fmt.Sprintf("credentials: the request has [%s], which is none of %s", strings.Join(call.Credentials, " "), strings.Join(ways, ", ")))
}

// schemes returns the security schemes of the description.
func (s *Server) schemes() map[string]*openapi3.SecurityScheme {
	all := map[string]*openapi3.SecurityScheme{}
	if s.doc.Components != nil {
		for name, ref := range s.doc.Components.SecuritySchemes {
			if ref != nil && ref.Value != nil {
				all[name] = ref.Value
			}
		}
	}
	return all
}

// placeOf returns where in a request a scheme has its credential. It is empty
// for one that is not in the request.
func placeOf(s *openapi3.SecurityScheme) string {
	switch strings.ToLower(s.Type) {
	case "apikey":
		return place(s.In, s.Name)
	case "http", "oauth2", "openidconnect":
		return "header Authorization"
	}
	return ""
}

// place is where a request has what goes by a name.
func place(in, name string) string {
	if in == "header" {
		name = http.CanonicalHeaderKey(name)
	}
	return in + " " + name
}

// carries reports whether a request has a credential for a scheme that is
// written as it should be.
func carries(r *http.Request, s *openapi3.SecurityScheme) bool {
	switch in, name, _ := strings.Cut(placeOf(s), " "); in {
	case "header":
		value := r.Header.Get(name)
		return value != "" && (strings.EqualFold(s.Type, "apiKey") || authorizes(value, s))
	case "query":
		return r.URL.Query().Get(name) != ""
	case "cookie":
		c, err := r.Cookie(name)
		return err == nil && c.Value != ""
	}
	return false
}

// authorizes reports whether the value of an Authorization header is of a
// scheme: of the one that http names, or a bearer token.
func authorizes(value string, s *openapi3.SecurityScheme) bool {
	want := "bearer"
	if strings.EqualFold(s.Type, "http") {
		want = s.Scheme
	}
	scheme, rest, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, want) || strings.TrimSpace(rest) == "" {
		return false
	}
	if !strings.EqualFold(want, "basic") {
		return true
	}
	text, err := base64.StdEncoding.DecodeString(rest)
	return err == nil && strings.Contains(string(text), ":")
}
