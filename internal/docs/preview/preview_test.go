package preview

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Requests go to the declared servers, for pages of this server, and to nothing
// else.
func TestSend(t *testing.T) {
	var got *http.Request
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		_, _ = io.WriteString(w, `{"ok":true}`)
	}))
	defer api.Close()
	s := New("token")
	s.Show(map[string][]byte{"index.html": []byte("<p>hello")}, []string{api.URL + "/v1", "ftp://x", "nothing"})
	for _, tt := range []struct {
		name, token, host, body string
		status                  int
		sent                    bool
	}{
		{"declared", "token", "localhost:1", `{"method":"POST","url":"` + api.URL + `/v1/things?a=b","headers":{"X-Key":"k"},"body":"{}","type":"application/json"}`, 200, true},
		{"the server itself", "token", "127.0.0.1:1", `{"method":"GET","url":"` + api.URL + `/v1"}`, 200, true},
		{"beside the base path", "token", "localhost:1", `{"method":"GET","url":"` + api.URL + `/v1evil"}`, 403, false},
		{"out of the base path", "token", "localhost:1", `{"method":"GET","url":"` + api.URL + `/v1/../admin"}`, 403, false},
		{"another host", "token", "localhost:1", `{"method":"GET","url":"http://169.254.169.254/v1/x"}`, 403, false},
		{"a user in front", "token", "localhost:1", `{"method":"GET","url":"` + strings.Replace(api.URL, "://", "://api@", 1) + `/v1/x"}`, 403, false},
		{"another scheme", "token", "localhost:1", `{"method":"GET","url":"file:///etc/passwd"}`, 403, false},
		{"another page", "", "localhost:1", `{"method":"GET","url":"` + api.URL + `/v1/x"}`, 403, false},
		{"another name of this machine", "token", "evil.example", `{"method":"GET","url":"` + api.URL + `/v1/x"}`, 403, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got = nil
			r := httptest.NewRequest("POST", "/-/send", strings.NewReader(tt.body))
			r.Host = tt.host
			r.Header.Set("X-Lathe", tt.token)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != tt.status || (got != nil) != tt.sent {
				t.Errorf("status %d, sent %v: %s", w.Code, got != nil, w.Body)
			}
			if tt.name == "declared" && (got.Header.Get("X-Key") != "k" || got.URL.Query().Get("a") != "b" || !strings.Contains(w.Body.String(), `{"ok":true}`)) {
				t.Errorf("sent %v, answered %s", got, w.Body)
			}
		})
	}
}

// Pages are served by their path, and told when the site changes.
func TestServe(t *testing.T) {
	s := New("token")
	s.Show(map[string][]byte{"index.html": []byte("<p>hello"), "api/index.html": []byte("<p>api"), "a.md": []byte("# A")}, nil)
	server := httptest.NewServer(s)
	defer server.Close()
	for path, want := range map[string]string{"/": "<p>hello", "/api/": "<p>api", "/a.md": "# A", "/../etc/passwd": "404 page not found\n"} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || string(body) != want {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
	resp, err := http.Get(server.URL + "/-/events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	done := make(chan string)
	go func() {
		text, _ := io.ReadAll(resp.Body)
		done <- string(text)
	}()
	time.Sleep(10 * time.Millisecond)
	s.Show(nil, nil)
	if text := <-done; !strings.Contains(text, "data: changed") {
		t.Errorf("the page is told %q", text)
	}
}
