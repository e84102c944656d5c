// Package machine_test calls a client that gen has just made beside it: one
// that fetches its own tokens, and whose lists and writes have what others have
// not.
package machine_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	machine "github.com/openapi-lathe/lathe/internal/testkit/mockapi/machine/sdk"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/machine/sdk/jobs"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/machine/sdk/option"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/machine/sdk/pagination"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/machine/sdk/param"
)

// A server keeps what it is sent, and answers with the answers in turn.
type server struct {
	mu      sync.Mutex
	sent    []string
	keys    []string
	answers []string // a status and a body
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	user, password, _ := r.BasicAuth()
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path == "/v1/token" {
		s.sent = append(s.sent, fmt.Sprintf("token %s:%s %s", user, password, body))
		fmt.Fprintf(w, `{"access_token":"t%d","expires_in":3600}`, len(s.sent))
		return
	}
	s.sent = append(s.sent, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), r.Method, r.URL.RequestURI(), body)))
	s.keys = append(s.keys, r.Header.Get("Idempotency-Key"))
	status, answer := 200, "{}"
	if len(s.answers) > 0 {
		fmt.Sscanf(s.answers[0], "%d", &status)
		_, answer, _ = strings.Cut(s.answers[0], " ")
		s.answers = s.answers[1:]
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	io.WriteString(w, answer)
}

func start(t *testing.T, answers ...string) (*server, *machine.Client) {
	s := &server{answers: answers}
	ts := httptest.NewServer(s)
	t.Cleanup(ts.Close)
	t.Setenv("MACHINE_OAUTH", "")
	t.Setenv("MACHINE_CLIENT_ID", "id")
	t.Setenv("MACHINE_CLIENT_SECRET", "s3cret")
	t.Setenv("MACHINE_BASE_URL", ts.URL+"/v1")
	return s, machine.NewClient(option.WithRetryDelay(0, time.Millisecond))
}

func (s *server) check(t *testing.T, want ...string) {
	t.Helper()
	if got := strings.Join(s.sent, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("sent\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

const token = "token id:s3cret grant_type=client_credentials&scope=read%20write"

func TestTokensAndKeys(t *testing.T) {
	s, client := start(t, `401 {}`, `500 {}`, `200 {"id":"j"}`)
	job, err := client.Jobs.Create(t.Context(), jobs.CreateParams{ID: "j"})
	if err != nil || job.ID != "j" {
		t.Fatalf("%+v, %v", job, err)
	}
	post := ` POST /v1/jobs {"id":"j"}`
	s.check(t, token, "t1"+post, token, "t3"+post, "t3"+post)
	if s.keys[0] == "" || s.keys[0] != s.keys[1] || s.keys[0] != s.keys[2] {
		t.Errorf("keys %q", s.keys)
	}
}

func TestPagesFromZero(t *testing.T) {
	s, client := start(t, `200 {"items":[{"id":"a"}],"total_pages":2}`, `200 {"items":[{"id":"b"}],"total_pages":2}`)
	ids := ""
	for job, err := range client.Jobs.ListAll(t.Context(), jobs.ListParams{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids += job.ID
	}
	if ids != "ab" {
		t.Errorf("ids %s", ids)
	}
	s.check(t, token, "t1 GET /v1/jobs", "t1 GET /v1/jobs?page=1")
}

func TestSearch(t *testing.T) {
	s, client := start(t, `200 {"items":[{"id":"a"}],"next_cursor":"x"}`, `200 {"items":[{"id":"b"}]}`, `200 {"items":[{"id":"c"}]}`)
	first, err := client.Jobs.Search(t.Context(), jobs.SearchParams{Query: param.Some("q")})
	if err != nil {
		t.Fatal(err)
	}
	second, err := first.Next(t.Context())
	if err != nil || second.Items[0].ID != "b" {
		t.Fatalf("%+v, %v", second, err)
	}
	again, err := client.Jobs.Search(t.Context(), jobs.SearchParams{Query: param.Some("q")}, option.WithCursor(pagination.Cursor(first)))
	if err != nil || again.Items[0].ID != "c" {
		t.Fatalf("%+v, %v", again, err)
	}
	search := "t1 POST /v1/jobs/search "
	s.check(t, token, search+`{"query":"q"}`, search+`{"query":"q","cursor":"x"}`, search+`{"query":"q","cursor":"x"}`)
}

func TestDo(t *testing.T) {
	s, client := start(t, `200 {"n":1}`)
	var out struct{ N int }
	if err := client.Do(t.Context(), "GET", "/new", map[string]any{"a": 1}, &out); err != nil || out.N != 0 {
		t.Errorf("%+v, %v", out, err) // names of members are told apart by case
	}
	s.check(t, token, "t1 GET /v1/new?a=1")
}

// The variable moves the API and its tokens alike.
func TestRegion(t *testing.T) {
	start(t)
	var hosts []string
	client := machine.NewClient(option.WithRegion("us"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		hosts = append(hosts, req.URL.String())
		body := `{"access_token":"t"}`
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	})))
	if err := client.Do(t.Context(), "GET", "/x", nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(hosts, " "); got != "https://us.example.com/v1/token https://us.example.com/v1/x" {
		t.Errorf("asked %s", got)
	}
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(req *http.Request) (*http.Response, error) { return d(req) }
