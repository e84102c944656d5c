package sdktest

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// baseURL is where a client believes the API to be.
const baseURL = "http://api.test"

// DefaultPageSize is how many items a page has if neither the request nor
// [Server.PageSize] says so.
const DefaultPageSize = 20

// description is what is particular to one API.
type description struct {
	api   *api.API
	error string            // where its errors have what; see table
	pages map[string]string // where its pages have what, by their Go type; see table
	// writeXML returns what turns JSON into a document with this outermost element;
	// nil if the API has none.
	writeXML func(root string) func(data []byte, t reflect.Type) ([]byte, error)
}

// A Server plays the API. Make one with [New]. It is safe for concurrent use.
//
// It is what [Server.Options] make a client send with, and an [http.Handler] for
// a program that makes its own client and takes a URL:
// httptest.NewServer(api).
type Server struct {
	// On has the operations of the API: say there what each answers.
	On On
	// PageSize is how many items a page of a list has where the request does not
	// say; 0 is [DefaultPageSize]. Set it before the first call.
	PageSize int
	// Fallback answers what On has no answer for. Nil fails the test. Set it
	// before the first call.
	Fallback http.Handler

	t          testing.TB
	about      *description
	operations []*operation
	byName     map[string]*operation

	mu    sync.Mutex // guards all below, and the operations
	calls []*Call
	plan  plan
	over  bool // the test is; nothing may be reported any more
}

func (s *Server) init(t testing.TB, about *description, on any) {
	s.t, s.about, s.byName = t, about, map[string]*operation{}
	s.plan.expected = -1
	s.add("", reflect.ValueOf(on).Elem())
	t.Cleanup(s.finish)
}

// add finds the operations below a group, by the names of its fields.
func (s *Server) add(name string, group reflect.Value) {
	for i := range group.NumField() {
		field := group.Type().Field(i)
		way := field.Name
		if name != "" {
			way = name + "." + way
		}
		if field.Type.NumField() < 2 || field.Type.Field(1).Type != reflect.TypeFor[*operation]() {
			s.add(way, group.Field(i))
			continue
		}
		// The first field of an Operation has the types that it is for.
		types := field.Type.Field(0).Type.Elem()
		op := &operation{server: s, name: way, tag: field.Tag, handles: types.In(0), plan: plan{expected: -1}}
		to := group.Field(i).Field(1)
		reflect.NewAt(to.Type(), to.Addr().UnsafePointer()).Elem().Set(reflect.ValueOf(op))
		s.operations = append(s.operations, op)
		s.byName[way] = op
	}
}

// finish says what was expected and did not come.
func (s *Server) finish() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	for _, op := range s.operations {
		if n := len(op.calls); op.expected >= 0 && n != op.expected {
			s.t.Errorf("sdktest: %s was requested %d times, not %d", op.name, n, op.expected)
		}
	}
	if n := len(s.calls); s.plan.expected >= 0 && n != s.plan.expected {
		s.t.Errorf("sdktest: the API was requested %d times, not %d", n, s.plan.expected)
	}
}

// Options make a client call this fake, with a credential for each security
// scheme. Options that follow them win. Any number of clients may share them.
func (s *Server) Options() []option.RequestOption {
	opts := []option.RequestOption{
		option.WithBaseURL(baseURL),
		option.WithHTTPClient(s),
		// With middleware, the context of a request says which call it is of.
		option.WithCallMiddleware(func(ctx context.Context, _ *option.Call, next func(context.Context) error) error { return next(ctx) }),
	}
	return append(opts, s.about.api.StandIns()...)
}

// Calls returns the requests that came, in order: all of them, or those of
// operations by their Go names, such as "Things.Get". A call that was repeated is
// there more than once.
func (s *Server) Calls(operations ...string) []*Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*Call
	for _, c := range s.calls {
		if len(operations) == 0 || slices.Contains(operations, c.Operation) {
			list = append(list, c)
		}
	}
	return list
}

// Fail lets the next n requests fail, of whatever operation; see
// the function [Fail], which comes first.
func (s *Server) Fail(n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plan.faults = append(s.plan.faults, fault{n, err})
}

// Delay lets each answer take this much longer; 0 ends it.
func (s *Server) Delay(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plan.delay = d
}

// Expect makes the test fail at its end unless n requests came in all,
// repetitions included.
func (s *Server) Expect(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plan.expected = n
}

// Do answers a request: it makes the fake what a client sends with.
func (s *Server) Do(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	call, op, err := s.receive(r)
	if err != nil {
		return nil, err
	}
	a := answer{server: s, op: op, call: call, request: r}
	return a.make(r.Context())
}

// ServeHTTP answers a request that came over a network.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	resp, err := s.Do(r)
	if err != nil {
		panic(http.ErrAbortHandler) // which breaks the connection
	}
	send(w, resp)
}

// receive reads a request and notes it.
func (s *Server) receive(r *http.Request) (*Call, *operation, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, nil, err
	}
	call := &Call{Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.Query(), Header: r.Header.Clone(), Body: body}
	var op *operation
	if c := api.CallOf(r.Context()); c != nil {
		op = s.byName[c.Operation]
	}
	if op == nil {
		op = s.route(r)
	}
	if op != nil {
		call.Operation = op.name
		op.read(r, call)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call)
	if op != nil {
		op.calls = append(op.calls, call)
	}
	return call, op, nil
}

// fail fails the test, unless it is over.
func (s *Server) fail(format string, args ...any) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		s.t.Errorf("sdktest: "+format, args...)
	}
}

// base is the path of the API's own base URL, which a client that was given the
// URL of a server may have kept.
func (s *Server) base() string {
	u, err := url.Parse(s.about.api.BaseURL)
	if err != nil {
		return ""
	}
	return u.EscapedPath()
}
