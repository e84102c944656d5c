package wire

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// check validates a request for an operation, and says in call what it found.
func (s *Server) check(r *http.Request, at *match, call *Call) {
	s.checkSecurity(r, at.operation, call)
	s.checkNames(r, at, call)
	checkAccept(r, at, call)

	var theirs openapi3.Parameters
	for _, ref := range at.declared {
		switch p := ref.Value; {
		case p.In == "header" && slices.Contains(notParameters, http.CanonicalHeaderKey(p.Name)):
		case p.In == "path" && !at.has(p.Name):
			call.Unchecked = append(call.Unchecked, fmt.Sprintf("path parameter %q: it is not in the path", p.Name))
		case readable(p):
			theirs = append(theirs, ref)
			call.Problems = append(call.Problems, strictly(r, p)...)
		default:
			s.checkParameter(r, at, p, call)
		}
	}
	op := *at.operation
	op.Parameters, op.Security = theirs, &openapi3.SecurityRequirements{}
	r.ContentLength = int64(len(call.Body))
	err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request:    r,
		PathParams: at.values,
		Route:      &routers.Route{Spec: s.doc, Path: at.path, PathItem: &openapi3.PathItem{}, Method: r.Method, Operation: &op},
		Options: &openapi3filter.Options{
			MultiError:                        true,
			SkipSettingDefaults:               true,
			RejectWhenRequestBodyNotSpecified: true,
			SchemaValidationOptions:           []openapi3.SchemaValidationOption{anyPattern},
		},
	})
	call.Problems = append(call.Problems, explain(err)...)
}

// notParameters are the headers that OpenAPI describes elsewhere: a parameter
// of that name is to be ignored.
var notParameters = []string{"Accept", "Content-Type", "Authorization"}

// checkAccept refuses a request that does not accept what the operation answers
// if all goes well.
func checkAccept(r *http.Request, at *match, call *Call) {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	_, response := chosen(at.operation, "")
	if accept == "" || response == nil || len(response.Content) == 0 || r.Method == http.MethodHead {
		return
	}
	if otherwise := at.operation.Responses.Default(); otherwise != nil && otherwise.Value == response {
		return // what it answers if all goes well is not said
	}
	if name, _, liked := media(response.Content, accept); !liked {
		call.Problems = append(call.Problems, fmt.Sprintf("header Accept: %s does not include %s", accept, name))
	}
}

// validate holds a value against a schema in the dialect of the description.
func (s *Server) validate(schema *openapi3.Schema, v any, direction openapi3.SchemaValidationOption) error {
	options := []openapi3.SchemaValidationOption{direction, anyPattern, openapi3.MultiErrors()}
	if s.doc.IsOpenAPI31OrLater() {
		options = append(options, openapi3.EnableJSONSchema2020())
	}
	return schema.VisitJSON(v, options...)
}

// explain says what is wrong, a line for each thing, and without the schema,
// which is what most of kin's errors consist of.
func explain(err error) []string {
	if err == nil {
		return nil
	}
	var lines []string
	switch e := err.(type) {
	case openapi3.MultiError:
		for _, part := range e {
			lines = append(lines, explain(part)...)
		}
		return lines
	case *openapi3filter.RequestError:
		where := ""
		if p := e.Parameter; p != nil {
			where = fmt.Sprintf("%s parameter %q: ", p.In, p.Name)
		} else if e.RequestBody != nil {
			where = "body: "
		}
		if e.Err == nil {
			return []string{where + e.Reason}
		}
		for _, line := range explain(e.Err) {
			lines = append(lines, where+line)
		}
		return lines
	case *openapi3.SchemaError:
		at := ""
		if p := e.JSONPointer(); len(p) > 0 {
			at = "/" + strings.Join(p, "/") + ": "
		}
		if inner := (openapi3.MultiError)(nil); errors.As(e.Origin, &inner) && e.SchemaField == "allOf" {
			for _, line := range explain(inner) {
				lines = append(lines, at+line)
			}
			return lines
		}
		reason, _, _ := strings.Cut(e.Reason, "\n")
		return []string{at + reason}
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return []string{line}
}
