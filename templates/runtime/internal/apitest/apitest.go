// Package apitest plays the API to the SDK's own tests. A test makes one call;
// what is sent must be for the operation, and what the method returns must say
// all that the answer says: it is written as JSON again and compared with it,
// member by member.
//
// Without a network, the answer is one that the test has. With the environment
// variable TEST_API_BASE_URL the calls go to the server there, which may be a
// mock that checks requests against the API's description, and the answers are
// that server's. The header Test-Name says which test a request is of.
package apitest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// baseURL is where the API is played if there is no server.
const baseURL = "http://api.test"

// Operation is what a test calls.
type Operation struct {
	Method string // of HTTP
	Path   string // the template
	Result string // the member of the answer that the method returns; "" is all of it
	Whole  bool   // the values of a stream are events with their fields
	End    string // the data of the event that ends a stream; "" if none does
	Lines  bool   // they are lines of JSON, though the media type is that of one value
	Answer Answer
}

// Answer is what the API says to a call.
type Answer struct {
	Status      int
	ContentType string // "" is no body
	Body        string
	Means       string // what the body says, as JSON, if it is something else
}

// Call is one call of an operation.
type Call struct {
	t    testing.TB
	api  *api.API
	op   Operation
	base string // of a server; "" plays the API

	problems []string // with the requests that came
	status   int      // of the last answer
	media    string   // its media type
	answer   []byte   // the body of the last answer
	came     int
}

// Start prepares for a call of op.
func Start(t testing.TB, a *api.API, op Operation) *Call {
	return &Call{t: t, api: a, op: op, base: os.Getenv("TEST_API_BASE_URL")}
}

// Options are what a client needs for the call: where to send it, without a
// retry, and a credential for every security scheme.
func (c *Call) Options() []option.RequestOption {
	base := c.base
	if base == "" {
		base = baseURL
	}
	opts := []option.RequestOption{option.WithBaseURL(base), option.WithHTTPClient(c), option.WithMaxRetries(0)}
	return append(opts, c.api.StandIns()...)
}

// Do answers a request. It is what the client sends with.
func (c *Call) Do(r *http.Request) (*http.Response, error) {
	c.came++
	response, err := c.send(r)
	if err != nil {
		return nil, err
	}
	c.status = response.StatusCode
	c.media, _, _ = strings.Cut(response.Header.Get("Content-Type"), ";")
	if c.answer, err = io.ReadAll(response.Body); err != nil {
		return nil, err
	}
	response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(c.answer))
	return response, nil
}

func (c *Call) send(r *http.Request) (*http.Response, error) {
	if c.base != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Test-Name", c.t.Name()) // for the server's log
		return http.DefaultTransport.RoundTrip(r)
	}
	if err := c.receive(r); err != nil {
		return nil, err
	}
	header := http.Header{}
	if c.op.Answer.ContentType != "" {
		header.Set("Content-Type", c.op.Answer.ContentType)
	}
	return &http.Response{
		Status:     http.StatusText(c.op.Answer.Status),
		StatusCode: c.op.Answer.Status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        header,
		Body:          io.NopCloser(strings.NewReader(c.op.Answer.Body)),
		ContentLength: int64(len(c.op.Answer.Body)),
		Request:       r,
	}, nil
}

// receive reads a request and notes what is wrong with it.
func (c *Call) receive(r *http.Request) error {
	if r.Method != c.op.Method {
		c.problems = append(c.problems, fmt.Sprintf("the method is %s, not %s", r.Method, c.op.Method))
	}
	if !matches(c.op.Path, r.URL.Path) && !matches(c.op.Path, r.URL.EscapedPath()) {
		c.problems = append(c.problems, fmt.Sprintf("the path %s does not fit %s", r.URL.EscapedPath(), c.op.Path))
	}
	if r.Body == nil {
		return nil
	}
	defer r.Body.Close()
	n, err := io.Copy(io.Discard, r.Body)
	if err == nil && r.ContentLength >= 0 && n != r.ContentLength {
		err = fmt.Errorf("the body has %d bytes, not the %d that were announced", n, r.ContentLength)
	}
	return err
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// matches reports whether a path is one of a template.
func matches(template, path string) bool {
	if end := strings.IndexAny(template, "?#"); end >= 0 {
		template = template[:end]
	}
	var pattern strings.Builder
	last := 0
	for _, at := range placeholder.FindAllStringIndex(template, -1) {
		pattern.WriteString(regexp.QuoteMeta(template[last:at[0]]) + ".+")
		last = at[1]
	}
	pattern.WriteString(regexp.QuoteMeta(template[last:]))
	ok, err := regexp.MatchString("^"+pattern.String()+"$", path)
	return err == nil && ok
}

// Check fails the test if the call failed, or if what it returned is not what
// the answer says. A method that returns an error only passes nil.
func (c *Call) Check(got any, err error) {
	c.t.Helper()
	switch {
	case c.came == 0:
		c.t.Fatalf("not sent: %v", err)
	case len(c.problems) > 0:
		c.t.Fatalf("wrong request: %s", strings.Join(c.problems, "; "))
	case c.status >= 300:
		c.t.Fatalf("refused with status %d: %s", c.status, c.answer)
	case err != nil:
		c.t.Fatalf("failed: %v\nthe answer was %s", err, excerpt(c.answer))
	}
	differences, err := c.compare(got)
	if err != nil {
		c.t.Fatalf("failed: %v", err)
	}
	if len(differences) > 0 {
		c.t.Errorf("the result differs from the answer:\n\t%s", strings.Join(differences, "\n\t"))
	}
}

// compare returns where the result of a method is not what the answer says.
func (c *Call) compare(got any) ([]string, error) {
	switch got := got.(type) {
	case nil:
		return nil, nil
	case io.ReadCloser:
		data, err := io.ReadAll(got)
		if err := errors.Join(err, got.Close()); err != nil {
			return nil, err
		}
		return different(string(data), string(c.answer)), nil
	case string:
		if text := string(c.answer); !isJSON(c.answer) {
			return different(got, text), nil
		}
	}
	if events, ok := eventsOf(got); ok {
		return c.compareEvents(events), nil
	}
	data, err := api.Encode(got)
	switch means := c.op.Answer.Means; {
	case err != nil:
		return nil, err
	case len(bytes.TrimSpace(c.answer)) == 0:
		return nil, nil // an answer without a body says nothing
	case means != "" && c.base == "":
		return diff("", jsontext.Value(means), data)
	case means != "" && !isJSON(c.answer):
		return nil, nil // only that server knows what its answer means
	}
	want := c.answer
	if list := c.values(); list != nil {
		want = list
	} else if c.op.Result != "" {
		members, err := object(c.answer)
		if err != nil {
			return nil, err
		}
		if want = members[c.op.Result]; want == nil || string(want) == "null" {
			return nil, nil
		}
	}
	if isPage(got) {
		return comparePage(want, data)
	}
	return diff("", want, data)
}

// isPage reports whether a value is a page of the SDK, whose package of pages not
// every SDK has.
func isPage(v any) bool {
	t := reflect.TypeOf(v)
	return t != nil && t.Kind() == reflect.Pointer && path.Base(t.Elem().PkgPath()) == "pagination"
}

func different(got, want string) []string {
	if got == want {
		return nil
	}
	return []string{fmt.Sprintf("it is %q, not %q", excerpt([]byte(got)), excerpt([]byte(want)))}
}

// excerpt is the start of a long text.
func excerpt(text []byte) []byte {
	if len(text) > 500 {
		return append(text[:500:500], "…"...)
	}
	return text
}
