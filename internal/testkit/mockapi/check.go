package mockapi

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/openapi-lathe/lathe/internal/sample"
)

// check validates a request for an operation, and says in call what it found.
func (s *Server) check(r *http.Request, at *match, call *Call) {
	s.checkSecurity(r, at, call)
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
			SchemaValidationOptions:           []openapi3.SchemaValidationOption{sample.AnyPattern},
		},
	})
	about := &explainer{}
	if b := at.operation.RequestBody; b != nil && b.Value != nil {
		if content := b.Value.Content.Get(r.Header.Get("Content-Type")); content != nil {
			about.body = content.Schema
		}
	}
	call.Problems = append(call.Problems, about.lines(err, nil)...)
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
	options := []openapi3.SchemaValidationOption{direction, sample.AnyPattern, openapi3.MultiErrors()}
	if s.doc.IsOpenAPI31OrLater() {
		options = append(options, openapi3.EnableJSONSchema2020())
	}
	return schema.VisitJSON(v, options...)
}

// explain says what is wrong, a line for each thing, and without the schema,
// which is what most of kin's errors consist of.
func explain(err error) []string { return (&explainer{}).lines(err, nil) }

// An explainer explains the errors of a request.
type explainer struct {
	body *openapi3.SchemaRef // what the body must be, if that is known
}

// lines explains an error of the value that path leads to.
func (x *explainer) lines(err error, path []string) []string {
	switch e := err.(type) {
	case nil:
		return nil
	case openapi3.MultiError:
		var lines []string
		for _, part := range e {
			lines = append(lines, x.lines(part, path)...)
		}
		return lines
	case *openapi3filter.RequestError:
		return x.request(e)
	case *openapi3.SchemaError:
		path = append(slices.Clone(path), e.JSONPointer()...)
		if inner := (openapi3.MultiError)(nil); errors.As(e.Origin, &inner) && e.SchemaField == "allOf" {
			return x.lines(inner, path)
		}
		if e.SchemaField == "required" && x.isReadOnly(path) {
			return nil
		}
		if name := unsupported.FindStringSubmatch(e.Reason); name != nil && x.isDeclared(path, name[1]) {
			return nil
		}
		reason, _, _ := strings.Cut(e.Reason, "\n")
		if len(path) > 0 {
			reason = "/" + strings.Join(path, "/") + ": " + reason
		}
		return []string{reason}
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return []string{line}
}

func (x *explainer) request(e *openapi3filter.RequestError) []string {
	where, about := "", &explainer{}
	if p := e.Parameter; p != nil {
		where = fmt.Sprintf("%s parameter %q: ", p.In, p.Name)
	} else if e.RequestBody != nil {
		where, about = "body: ", x
	}
	if e.Err == nil {
		return []string{where + e.Reason}
	}
	lines := about.lines(e.Err, nil)
	for i := range lines {
		lines[i] = where + lines[i]
	}
	return lines
}

// isReadOnly reports whether a member of the body is readOnly: then it is not
// required in a request, though kin says so if another part of the schema
// requires it than the one that describes it.
func (x *explainer) isReadOnly(path []string) bool {
	return len(path) > 0 && sample.ReadOnly(x.at(path))
}

// isDeclared reports whether an object of the body may have a member, though a
// part of its allOf says that it has no others than its own. Strictly, no object
// is what such a schema describes; people mean the parts together.
func (x *explainer) isDeclared(path []string, name string) bool {
	if n := len(path) - 1; n >= 0 && path[n] == name {
		path = path[:n]
	}
	at := x.at(path)
	return at != nil && at.Value != nil && len(at.Value.AllOf) > 0 &&
		sample.Find(at, func(s *openapi3.Schema) *openapi3.SchemaRef { return s.Properties[name] }) != nil
}

// unsupported is what kin-openapi says of a member that must not be there.
var unsupported = regexp.MustCompile(`^property "(.*)" is unsupported`)

// at returns the schema of what path leads to in the body; nil if there is
// none.
func (x *explainer) at(path []string) *openapi3.SchemaRef {
	at := x.body
	for _, name := range path {
		if _, err := strconv.Atoi(name); err == nil && kinds(at)["array"] {
			at = sample.Items(at)
		} else {
			at = property(at, name)
		}
	}
	return at
}
