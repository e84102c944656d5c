// Package mockapi plays the API that a description describes: a server that
// validates every request against it and answers from it. It is for tests and
// the corpus run, not for the generator.
//
// # Who judges
//
// A client that is tested by a server of the same mind passes whatever it does.
//
// Decision: kin-openapi's openapi3filter judges what it can read. What it lets
// pass and should not is checked beside it (undeclared query parameters, text
// after a JSON body, duplicate names, credentials too many, formats that are no
// dates); what it cannot read, such as nested values in a query, is taken from
// it and read here, forms among them; and what nobody can judge is listed as
// such in the [Call].
//
// # What it answers
//
// The response of the lowest 2xx status, or the one that the request's Prefer
// header asks for (code=409), with the media type that its Accept header likes
// best. The body is the description's example if that is what its own schema
// allows, else a value made from the schema; see [sample.Maker].
package mockapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/sample"
)

// A Server is the API of one description. It is safe for concurrent use.
type Server struct {
	doc    *openapi3.T
	routes []*route
	config Config
	end    []byte // the event that the description says streams end with; nil if it says nothing

	mu    sync.Mutex
	calls []*Call
}

// Config says what a server answers.
type Config struct {
	// Made leaves the examples of the description out: every value is made from
	// its schema.
	Made bool
	// Amount is how much such a value has.
	Amount sample.Amount
}

// A Call is a request that came, and what was made of it.
type Call struct {
	Operation string // the operationId; "" if it has none
	Method    string
	Path      string // as the description has it; "" if none of it fits
	URL       string // as it was sent, without the host
	Header    http.Header
	Body      []byte

	// Problems are what is wrong with the request.
	Problems []string
	// Unchecked are the parts of the request that could not be judged.
	Unchecked []string
	// Credentials are the security schemes whose place in the request is taken.
	Credentials []string
	// Security is the alternative that the credentials are: nil if they are
	// none, and empty if none were needed.
	Security []string

	Status int    // of the answer
	Answer []byte // its body
}

// done is the data of the event that ends a stream of events where the description
// speaks of it, as all that do write it.
const done = "[DONE]"

// New returns a server for a description, which must be a JSON text that needs
// no other file.
func New(doc []byte, config Config) (*Server, error) {
	register()
	t, err := openapi3.NewLoader().LoadFromData(doc)
	if err != nil {
		return nil, fmt.Errorf("the description cannot be loaded: %w", err)
	}
	if t.OpenAPI == "" {
		return nil, errors.New("it is no OpenAPI description")
	}
	if err := sample.Endless(t); err != nil {
		return nil, err
	}
	if err := sample.Prepare(t); err != nil {
		return nil, err
	}
	s := &Server{doc: t, config: config}
	if bytes.Contains(doc, []byte(done)) {
		s.end = []byte("data: " + done + "\n\n")
	}
	if s.routes, err = newRoutes(t); err != nil {
		return nil, err
	}
	return s, nil
}

// Base returns the path that the description's first server has, which those of
// its operations are added to.
func (s *Server) Base() string { return basePaths(s.doc.Servers)[0] }

// Calls returns what came so far, in the order of the answers.
func (s *Server) Calls() []*Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Reset forgets the calls.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
}

// ServeHTTP validates the request and answers it. A request with problems gets
// them as {"problems":[…]} with status 400; one for no operation, with 404.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	call := &Call{Method: r.Method, URL: r.URL.RequestURI(), Header: r.Header.Clone(), Body: body}
	if err != nil {
		call.Problems = append(call.Problems, "the body ends early: "+err.Error())
	}
	var a answer
	if call, op := s.judge(r, call); op == nil {
		call.Problems = append(call.Problems, fmt.Sprintf("no operation is %s %s", r.Method, r.URL.EscapedPath()))
		a = s.keep(call, refusal(http.StatusNotFound, call.Problems))
	} else if len(call.Problems) > 0 {
		a = s.keep(call, refusal(http.StatusBadRequest, call.Problems))
	} else {
		a = s.keep(call, s.answer(r, op))
	}
	a.write(w, r)
}

// judge validates a request for each operation that it may be for, and takes
// the one that it is best for.
func (s *Server) judge(r *http.Request, call *Call) (*Call, *openapi3.Operation) {
	var best *Call
	var op *openapi3.Operation
	for _, at := range s.find(r) {
		c := *call
		c.Operation, c.Path = at.operation.OperationID, at.path
		c.Problems = slices.Clone(call.Problems)
		r.Body, r.GetBody = io.NopCloser(bytes.NewReader(call.Body)), nil
		s.check(r, at, &c)
		if best == nil || len(c.Problems) < len(best.Problems) {
			best, op = &c, at.operation
		}
	}
	if best == nil {
		return call, nil
	}
	return best, op
}

// keep remembers a call with its answer.
func (s *Server) keep(call *Call, a answer) answer {
	call.Status, call.Answer = a.status, a.body
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call)
	return a
}

func refusal(status int, problems []string) answer {
	body, err := json.Marshal(map[string][]string{"problems": problems})
	if err != nil {
		panic(err) // strings can be marshaled
	}
	return answer{status: status, contentType: "application/json", body: body}
}
